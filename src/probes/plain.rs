//! Plain TCP probe: bytes that are not TLS, by WebRTC's TURN over TCP. Only Chromium tells what became of them.

use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::observation::{Answer, Failure, NotRun, Outcome};
use reachcheck_model::probe::Probe;
use reachcheck_wire as wire;

use crate::browser::clock;
use crate::browser::turn::Gathering;

/// What became of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bytes {
    /// The relay's own error code came back: they passed both ways.
    Passed,
    /// Connected, and no answer of the relay's.
    Connected,
    /// Not even connected, as far as the browser tells.
    Nothing,
}

/// To the relay on 443 and back.
pub async fn relay(host: &str, family: BrowserFamily) -> Outcome {
    let not_here = Outcome::NotRun(NotRun::NotHere);
    if family != BrowserFamily::Chromium {
        return not_here;
    }
    let started = clock::now_ms();
    // A second try, since the one bad moment of a network is no firewall.
    for _ in 0..2 {
        match once(host, 443).await {
            None => return not_here,
            Some(Bytes::Passed) => {
                return Outcome::Answered {
                    ms: clock::now_ms() - started,
                    answer: Answer::Passed,
                };
            }
            Some(Bytes::Connected | Bytes::Nothing) => {}
        }
    }
    Outcome::Failed {
        ms: clock::now_ms() - started,
        failure: Failure::Network { tls_finished: None },
    }
}

/// One try, to any port of the relay. `None` where the browser has no WebRTC.
pub async fn once(host: &str, port: u16) -> Option<Bytes> {
    let started = clock::now_ms();
    let deadline_ms = f64::from(Probe::Plain.deadline_ms());
    let mut gathering = Gathering::begin(&[format!("turn:{host}:{port}?transport=tcp")])?;
    let mut connected = false;
    loop {
        let ms = clock::now_ms() - started;
        match gathering.next(deadline_ms - ms).await {
            Some(told) if told.code == wire::STUN_ERROR => return Some(Bytes::Passed),
            Some(told) if told.connected => connected = true,
            // It was not, or the time is over.
            _ if connected => return Some(Bytes::Connected),
            _ => return Some(Bytes::Nothing),
        }
    }
}

/// To a TCP endpoint, plain and by TLS. What is established proves; what is not disproves nothing.
pub async fn endpoint(host: &str, port: u16, family: BrowserFamily) -> Outcome {
    if family != BrowserFamily::Chromium {
        return Outcome::NotRun(NotRun::NotHere);
    }
    let started = clock::now_ms();
    let deadline_ms = f64::from(Probe::Plain.deadline_ms());
    let urls = ["turn", "turns"].map(|scheme| format!("{scheme}:{host}:{port}?transport=tcp"));
    let Some(mut gathering) = Gathering::begin(&urls) else {
        return Outcome::NotRun(NotRun::NotHere);
    };
    let (mut plain, mut tls) = (false, false);
    let (mut heard_plain, mut heard_tls) = (false, false);
    while !(plain || heard_plain && heard_tls) {
        let ms = clock::now_ms() - started;
        let Some(told) = gathering.next(deadline_ms - ms).await else {
            break;
        };
        if told.url.starts_with("turns:") {
            heard_tls = true;
            tls |= told.connected;
        } else {
            heard_plain = true;
            plain |= told.connected;
        }
    }
    Outcome::Answered {
        ms: clock::now_ms() - started,
        answer: Answer::Turn { plain, tls },
    }
}
