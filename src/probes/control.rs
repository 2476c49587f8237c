//! Control probes: the page's own origin, the canary (a name that cannot exist), and the control URLs of the settings.

use reachcheck_model::observation::{Answer, Failure, NotRun, Outcome};
use reachcheck_model::probe::Probe;

use crate::browser::fetch::{self, FetchEnd};
use crate::browser::{clock, environment, random};

/// The page's own origin. Its answer can be read, so it cannot be mistaken. And its clock, where it says it.
pub async fn origin() -> (Outcome, Outcome) {
    let url = environment::page_url();
    let (ended, date) = fetch::own(&url, Probe::Origin.deadline_ms()).await;
    let clock = match (&ended, date) {
        (FetchEnd::Responded { ms, .. }, Some(remote_unix_ms)) => Outcome::Answered {
            ms: *ms,
            answer: Answer::Clock {
                local_unix_ms: clock::moment().unix_ms,
                remote_unix_ms,
            },
        },
        _ => Outcome::NotRun(NotRun::NotOffered),
    };
    (outcome(ended), clock)
}

/// `https://<random>.invalid/` must fail: no name under `.invalid` exists (RFC 6761 section 6.4).
pub async fn canary() -> Outcome {
    let url = format!("https://{}.invalid/", random::token());
    outcome(fetch::opaque(&url, Probe::Canary.deadline_ms()).await)
}

/// An address of the settings.
pub async fn control(url: &str, probe: Probe) -> Outcome {
    outcome(fetch::opaque(url, probe.deadline_ms()).await)
}

fn outcome(ended: FetchEnd) -> Outcome {
    match ended {
        FetchEnd::Responded { ms, status } => Outcome::Answered {
            ms,
            answer: status.map_or(Answer::Opaque, Answer::Readable),
        },
        FetchEnd::Rejected { ms } => Outcome::Failed {
            ms,
            failure: Failure::Network { tls_finished: None },
        },
        FetchEnd::TimedOut { ms } => Outcome::TimedOut { ms },
    }
}
