//! The headline of a run.

use super::catalogue::{Arg, say};
use super::check::Headline as Key;
use super::{Lang, names};
use reachcheck_diagnosis::diagnosis::Verdict;

/// The headline of a run, to be put in words.
#[derive(Clone, Debug)]
pub struct Headline<'names> {
    /// The verdict.
    pub verdict: Verdict,
    /// Whose service.
    pub provider: &'names str,
    /// Names of all tested regions.
    pub all: Vec<&'names str>,
    /// Names of the regions that have the headline's verdict.
    pub affected: Vec<&'names str>,
    /// How many regions are reachable, degraded ones included.
    pub passing: usize,
}

/// A headline in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadlineText {
    /// One line.
    pub title: String,
    /// What it means.
    pub means: String,
    /// What to do now.
    pub action: String,
}

/// The headline of a finished run.
#[must_use]
pub fn headline(lang: Lang, headline: &Headline<'_>) -> HeadlineText {
    let affected = names(lang, &headline.affected);
    let affected = Arg::Text(&affected);
    let provider = Arg::Text(headline.provider);
    let all = headline.all.len();
    let total = Arg::Count(all);
    let title = match headline.verdict {
        Verdict::Offline => say!(lang, Key::OfflineTitle),
        Verdict::Blocked => match headline.passing {
            0 => say!(lang, Key::BlockedTitle, provider: provider),
            passing => {
                let passing = Arg::Count(passing);
                say!(lang, Key::BlockedSomeTitle, passing: passing, total: total)
            }
        },
        Verdict::Down => say!(lang, Key::DownTitle, provider: provider, affected: affected),
        Verdict::Unknown => say!(lang, Key::UnknownTitle),
        Verdict::Degraded if all == 1 => say!(lang, Key::DegradedOneTitle, affected: affected),
        Verdict::Degraded => say!(lang, Key::DegradedTitle, provider: provider),
        Verdict::Reachable if all == 1 => say!(lang, Key::ReachableOneTitle, affected: affected),
        Verdict::Reachable => say!(lang, Key::ReachableTitle, total: total),
    };
    let means = match headline.verdict {
        Verdict::Offline => say!(lang, Key::OfflineMeans),
        Verdict::Blocked => say!(lang, Key::BlockedMeans, affected: affected),
        Verdict::Down => say!(lang, Key::DownMeans),
        Verdict::Unknown if all == headline.affected.len() => say!(lang, Key::UnknownMeans),
        Verdict::Unknown => say!(lang, Key::UnknownSomeMeans, affected: affected),
        Verdict::Degraded => say!(lang, Key::DegradedMeans, affected: affected),
        Verdict::Reachable => say!(lang, Key::ReachableMeans, provider: provider),
    };
    let action = match headline.verdict {
        Verdict::Offline => say!(lang, Key::OfflineDo),
        Verdict::Blocked => say!(lang, Key::BlockedDo),
        Verdict::Down => say!(lang, Key::DownDo),
        Verdict::Unknown | Verdict::Degraded => say!(lang, Key::SendReport),
        Verdict::Reachable => say!(lang, Key::ReachableDo),
    };
    HeadlineText {
        title,
        means,
        action,
    }
}
