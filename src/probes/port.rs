//! The relay on ports beside 443, by the same challenge.

use reachcheck_core::observation::{Answer, Failure, Outcome};
use reachcheck_core::plan::{Port, Probe, failure_gap_ms};

use super::relay::challenge;
use crate::browser::clock;

/// Asks the relay on that port; where it fails, once more, since the first try also paid for the name.
pub async fn run(base: &str, port: Port) -> Outcome {
    let Some(url) = with_port(base, port.number()) else {
        return Outcome::Failed {
            ms: 0.0,
            failure: Failure::Forbidden,
        };
    };
    let deadline_ms = Probe::Port(port).deadline_ms();
    let first = ask(&url, deadline_ms).await;
    let Outcome::Failed { ms: first_ms, .. } = first else {
        return first;
    };
    clock::sleep_ms(failure_gap_ms(first_ms)).await;
    match ask(&url, deadline_ms).await {
        Outcome::Failed { ms, failure } => Outcome::Failed {
            ms: ms.min(first_ms),
            failure,
        },
        second => second,
    }
}

async fn ask(base: &str, deadline_ms: u32) -> Outcome {
    match challenge(base, deadline_ms).await.0 {
        Outcome::Answered { ms, .. } => Outcome::Answered {
            ms,
            answer: Answer::Readable(200),
        },
        other => other,
    }
}

/// The same address on another port.
fn with_port(base: &str, port: u16) -> Option<String> {
    let url = web_sys::Url::new(base).ok()?;
    url.set_port(&port.to_string());
    Some(url.href())
}
