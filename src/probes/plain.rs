//! Bytes that are not TLS, by WebRTC's TURN over TCP. Only Chromium tells what became of them.

use reachcheck_core::environment::Family;
use reachcheck_core::observation::{Answer, Failure, NotRun, Outcome};
use reachcheck_core::plan::Probe;
use reachcheck_wire as wire;

use crate::browser::clock;
use crate::browser::turn::Gathering;

/// To the relay on 443 and back: its own error code has come both ways.
pub async fn relay(host: &str, family: Family) -> Outcome {
    let not_here = Outcome::NotRun(NotRun::NotHere);
    if family != Family::Chromium {
        return not_here;
    }
    // A second try, since the one bad moment of a network is no firewall.
    let mut last = not_here;
    for _ in 0..2 {
        last = ask_relay(host).await;
        if matches!(last, Outcome::Answered { .. } | Outcome::NotRun(_)) {
            return last;
        }
    }
    last
}

async fn ask_relay(host: &str) -> Outcome {
    let started = clock::now_ms();
    let deadline_ms = f64::from(Probe::Plain.deadline_ms());
    let Some(mut gathering) = Gathering::begin(&[format!("turn:{host}:443?transport=tcp")]) else {
        return Outcome::NotRun(NotRun::NotHere);
    };
    loop {
        let ms = clock::now_ms() - started;
        match gathering.next(deadline_ms - ms).await {
            None => return Outcome::TimedOut { ms: deadline_ms },
            Some(told) if told.code == wire::STUN_ERROR => {
                return Outcome::Answered {
                    ms: clock::now_ms() - started,
                    answer: Answer::Passed,
                };
            }
            Some(told) if !told.connected => {
                return Outcome::Failed {
                    ms: clock::now_ms() - started,
                    failure: Failure::Network { tls_finished: None },
                };
            }
            // Connected, and no answer of the relay's: the bytes may still come.
            Some(_) => {}
        }
    }
}

/// To a TCP endpoint, plain and by TLS. What is established proves; what is not disproves nothing.
pub async fn endpoint(host: &str, port: u16, family: Family) -> Outcome {
    if family != Family::Chromium {
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
