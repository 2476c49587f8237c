//! Hold probe: a socket to the relay kept silent for a while. Late: nothing waits for it.

use reachcheck_model::observation::{Answer, Failure, NotRun, Outcome};
use reachcheck_model::probe::Probe;
use reachcheck_wire::{self as wire, ClientMessage, Hold};

use super::silence::{End, Silence, keep};
use crate::browser::socket::{Socket, SocketEvent};

/// Opens a socket of its own and holds it.
pub async fn run(socket_url: String) -> Outcome {
    let opening_ms = f64::from(Probe::Socket.deadline_ms());
    let attempt = Socket::attempt(&socket_url, opening_ms).await;
    let (Some(mut socket), Some(SocketEvent::Open(started))) = (attempt.socket, attempt.happened)
    else {
        return Outcome::NotRun(NotRun::NoSocket);
    };
    let deadline_ms = f64::from(Probe::Hold.deadline_ms());
    let silence = Silence {
        ask: ClientMessage::Hold { hold: Hold::Short },
        patience_ms: deadline_ms,
        note_ms: None,
    };
    match keep(&mut socket, &silence, |_, _, _| {}, || false).await {
        End::Word { at, .. } => Outcome::Answered {
            ms: at - started,
            answer: Answer::Held,
        },
        End::Nothing { .. } => Outcome::TimedOut { ms: deadline_ms },
        End::Closed { at, code, .. } => Outcome::Failed {
            ms: at - started,
            failure: if code == wire::CLOSE_BUSY {
                Failure::Busy
            } else {
                Failure::Closed { code, opened: true }
            },
        },
        End::Refused(_) => Outcome::NotRun(NotRun::NotOffered),
    }
}
