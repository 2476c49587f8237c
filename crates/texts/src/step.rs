//! What would decide where the evidence of a run does not: for the agent, the helpdesk and IT, most telling first.

use super::Lang;
use super::catalogue::{Arg, say, word};
use super::check::{Step as Key, Ui};
use super::names;
use reachcheck_diagnosis::analysis::{CheckOutcome, RelayState};
use reachcheck_diagnosis::diagnosis::{Diagnosis, Verdict};
use reachcheck_diagnosis::findings::Code;
use reachcheck_model::catalogue::{EndpointRef, Kind};
use reachcheck_model::plan::Plan;

/// Who does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Whoever reads the page.
    Agent,
    /// The helpdesk.
    Helpdesk,
    /// The agent's IT department.
    It,
}

/// Something that would decide, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Who does it.
    pub who: Who,
    /// Who that is, in words.
    pub name: &'static str,
    /// What, and what it tells.
    pub words: String,
}

/// What would decide, most telling first; nothing where the verdict decides.
#[must_use]
pub fn steps(lang: Lang, plan: &Plan, diagnosis: &Diagnosis) -> Vec<Step> {
    let plain = |who, key| step(lang, who, word(lang, key).to_owned());
    match diagnosis.headline {
        Verdict::Offline => vec![
            plain(Who::Agent, Key::SignIn),
            plain(Who::Agent, Key::Hotspot),
            plain(Who::Helpdesk, Key::Colleagues),
            plain(Who::It, Key::LetOut),
        ],
        Verdict::Unknown => unknown(lang, plan, diagnosis),
        Verdict::Blocked | Verdict::Down | Verdict::Degraded | Verdict::Reachable => Vec::new(),
    }
}

fn unknown(lang: Lang, plan: &Plan, diagnosis: &Diagnosis) -> Vec<Step> {
    let plain = |who, key| step(lang, who, word(lang, key).to_owned());
    let undecided: Vec<EndpointRef> = undecided(diagnosis).collect();
    // Another network tells the agent's from all else, whatever it is; another browser only where this one is the cause.
    let mut steps = vec![
        plain(Who::Agent, Key::Hotspot),
        plain(Who::Agent, Key::OtherBrowser),
    ];
    if suspects_browser(diagnosis) {
        steps.reverse();
    }
    let mut found = diagnosis.findings.iter();
    if found.any(|it| it.cause.code() == Code::PermissionWaits) {
        steps.insert(0, plain(Who::Agent, Key::Allow));
    }
    if let Some(first) = undecided.first() {
        let region = plan.region(*first);
        let url = match first.kind {
            Kind::Https => region.https.to_string(),
            Kind::Tcp => ["https://", &region.host_port(first.kind).to_string(), "/"].concat(),
        };
        steps.push(step(
            lang,
            Who::Agent,
            say!(lang, Key::Tab, url: Arg::Text(&url)),
        ));
    }
    steps.push(plain(Who::Helpdesk, Key::Elsewhere));
    if !matches!(diagnosis.relay, RelayState::Usable { .. }) {
        steps.push(plain(Who::Helpdesk, Key::Relay));
    }
    if !undecided.is_empty() {
        let mut hosts: Vec<String> = Vec::new();
        for endpoint in undecided {
            let host = plan
                .region(endpoint)
                .host_port(endpoint.kind)
                .host
                .to_string();
            if !hosts.contains(&host) {
                hosts.push(host);
            }
        }
        let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
        let hosts = names(lang, &hosts);
        steps.push(step(
            lang,
            Who::It,
            say!(lang, Key::Logs, hosts: Arg::Text(&hosts)),
        ));
    }
    steps
}

fn step(lang: Lang, who: Who, words: String) -> Step {
    let name = match who {
        Who::Agent => Ui::StepAgent,
        Who::Helpdesk => Ui::StepHelpdesk,
        Who::It => Ui::StepIt,
    };
    Step {
        who,
        name: word(lang, name),
        words,
    }
}

/// The endpoints that leave their region undecided.
fn undecided(diagnosis: &Diagnosis) -> impl Iterator<Item = EndpointRef> {
    let regions = diagnosis.regions.iter().enumerate();
    let regions = regions.filter(|(_, it)| it.verdict == Verdict::Unknown);
    regions.flat_map(|(region, it)| {
        let checks = it.checks.iter().zip(Kind::ALL);
        let open = checks.filter(|(check, _)| check.conclusion.outcome != CheckOutcome::Ok);
        open.map(move |(_, kind)| EndpointRef { region, kind })
    })
}

/// Whether something in the browser itself may be the cause.
fn suspects_browser(diagnosis: &Diagnosis) -> bool {
    diagnosis.findings.iter().any(|found| {
        matches!(
            found.cause.code(),
            Code::ExtensionInterferes | Code::SocketBlocked | Code::PrivateAddress
        )
    })
}
