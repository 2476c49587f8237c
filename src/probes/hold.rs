//! A socket to the relay on which nothing is said for a while. Late: nothing waits for it.

use reachcheck_core::observation::{Answer, Failure, NotRun, Outcome};
use reachcheck_core::plan::Probe;
use reachcheck_wire::{self as wire, ClientMessage, Hold, ServerMessage};

use crate::browser::clock;
use crate::browser::socket::{Happened, Socket};

/// Opens a socket of its own and holds it.
pub async fn run(socket_url: String) -> Outcome {
    let nothing = Outcome::NotRun(NotRun::NoSocket);
    let Some(mut socket) = Socket::connect(&socket_url) else {
        return nothing;
    };
    let opening_ms = f64::from(Probe::Socket.deadline_ms());
    let Some(Happened::Open(started)) = socket.next(opening_ms).await else {
        return nothing;
    };
    socket.send(&wire::json::write(&ClientMessage::Hold {
        hold: Hold::Short,
    }));
    let deadline_ms = f64::from(Probe::Hold.deadline_ms());
    loop {
        let left_ms = deadline_ms - (clock::now_ms() - started);
        match socket.next(left_ms).await {
            None => return Outcome::TimedOut { ms: deadline_ms },
            Some(Happened::Closed { at, code, .. }) => {
                let failure = if code == wire::CLOSE_BUSY {
                    Failure::Busy
                } else {
                    Failure::Closed { code, opened: true }
                };
                return Outcome::Failed {
                    ms: at - started,
                    failure,
                };
            }
            Some(Happened::Text(at, text)) => match wire::json::read::<ServerMessage>(&text) {
                Ok(ServerMessage::Held { .. }) => {
                    return Outcome::Answered {
                        ms: at - started,
                        answer: Answer::Held,
                    };
                }
                Ok(ServerMessage::Refused { .. }) => return Outcome::NotRun(NotRun::NotOffered),
                _ => {}
            },
            Some(Happened::Open(_)) => {}
        }
    }
}
