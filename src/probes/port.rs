//! Port probe: the relay's challenge on ports other than 443.

use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::observation::{Answer, Failure, Outcome};
use reachcheck_model::plan::failure_gap_ms;
use reachcheck_model::probe::{Port, Probe};
use reachcheck_model::thresholds::SECOND_OPINION_DEADLINE_MS;

use super::challenge::{challenge, socket_url};
use super::plain::{self, Bytes};
use crate::browser::socket::{Socket, SocketEvent};
use crate::browser::{clock, environment};

/// Asks the relay on that port; where it fails, once more, since the first try also paid for the name; and where
/// it fails again, whether it was connected at least.
pub async fn run(base: &str, port: Port, family: BrowserFamily) -> Outcome {
    let Some(base) = environment::on_port(base, port.number()) else {
        return Outcome::Failed {
            ms: 0.0,
            failure: Failure::Forbidden,
        };
    };
    let deadline_ms = Probe::Port(port).deadline_ms();
    let first = ask(&base, deadline_ms).await;
    let Outcome::Failed { ms: first_ms, .. } = first else {
        return first;
    };
    clock::sleep_ms(failure_gap_ms(first_ms)).await;
    let (ms, failure) = match ask(&base, deadline_ms).await {
        Outcome::Failed { ms, failure } => (ms.min(first_ms), failure),
        second => return second,
    };
    if failure == Failure::WrongAnswer {
        return Outcome::Failed { ms, failure };
    }
    let failed = |failure| Outcome::Failed { ms, failure };
    match family {
        BrowserFamily::Chromium => {
            let host = environment::hostname(&base).unwrap_or_default();
            match plain::once(&host, port.number()).await {
                Some(Bytes::Passed) => Outcome::Answered {
                    ms,
                    answer: Answer::Passed,
                },
                Some(Bytes::Connected) => failed(Failure::ConnectedOnly),
                Some(Bytes::Nothing) | None => failed(failure),
            }
        }
        BrowserFamily::Firefox if tls_failed(&base).await => failed(Failure::ConnectedOnly),
        BrowserFamily::Firefox | BrowserFamily::WebKit | BrowserFamily::Other => failed(failure),
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

/// Firefox's close code says when it was the TLS handshake that failed, and so that TCP stood.
async fn tls_failed(base: &str) -> bool {
    const TLS_HANDSHAKE: u16 = 1015;
    let attempt = Socket::attempt(&socket_url(base), SECOND_OPINION_DEADLINE_MS.into()).await;
    matches!(
        attempt.happened,
        Some(SocketEvent::Closed {
            code: TLS_HANDSHAKE,
            ..
        })
    )
}
