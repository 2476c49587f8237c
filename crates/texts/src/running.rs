//! What is said while a run goes on: what is tried, what is known, and how long it may still take.

use super::catalogue::{Arg, say, word};
use super::check::Running as Key;
use super::{Lang, names};
use reachcheck_diagnosis::diagnosis::{Diagnosis, Verdict};
use reachcheck_model::plan::Plan;

/// What is tried now, and how many regions are reachable so far.
#[must_use]
pub fn running(lang: Lang, plan: &Plan, diagnosis: &Diagnosis) -> String {
    let regions = || plan.regions.iter().zip(&diagnosis.regions);
    let tested = |verdict: Option<Verdict>| regions().filter(move |(_, it)| it.so_far() == verdict);
    let left: Vec<&str> = tested(None)
        .map(|(region, _)| region.name.as_str())
        .collect();
    if left.is_empty() {
        return word(lang, Key::Network).to_owned();
    }
    if left.len() == plan.regions.len() {
        return say!(lang, Key::All, provider: Arg::Text(&plan.provider));
    }
    let passing = [Verdict::Reachable, Verdict::Degraded]
        .map(|verdict| tested(Some(verdict)).count())
        .iter()
        .sum();
    say!(
        lang,
        Key::Some,
        passing: Arg::Count(passing),
        total: Arg::Count(plan.regions.len()),
        names: Arg::Text(&names(lang, &left)),
    )
}

/// Something that is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wait {
    /// The whole run.
    Run,
    /// An endpoint that has said nothing so far, by its host and port.
    Endpoint(String),
}

/// How long a run that has taken less than this (seconds) is said to take: the usual.
const USUAL_S: u32 = 5;

/// How long something is still waited for at most, of which so many seconds have passed and so many are left.
#[must_use]
pub fn waiting(lang: Lang, wait: &Wait, passed_s: u32, left_s: u32) -> String {
    let seconds = Arg::Count(left_s as usize);
    match wait {
        Wait::Run if passed_s < USUAL_S => say!(lang, Key::Soon, seconds: seconds),
        Wait::Run => say!(lang, Key::AtMost, seconds: seconds),
        Wait::Endpoint(host) => {
            say!(lang, Key::Silent, host: Arg::Text(host), seconds: seconds)
        }
    }
}
