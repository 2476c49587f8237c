//! WebSocket of a run: what happens on it, as signs.

use std::cell::OnceCell;
use std::rc::Rc;

use futures::FutureExt as _;
use reachcheck_model::machine::{Attempt, Input, Sign};
use reachcheck_model::observation::{Failure, Outcome};
use reachcheck_wire::{self as wire, ServerMessage};

use super::Work;
use crate::browser::clock;
use crate::browser::socket::{Socket, SocketEvent};

/// Work of an attempt to connect, which goes on as long as the socket lives. A message that cannot be read is passed
/// over: its question runs out of time.
pub fn work(attempt: Attempt, url: String, tell: impl Fn(Input) + 'static) -> Work {
    let sender = Rc::new(OnceCell::new());
    let slot = sender.clone();
    let future = async move {
        let started = clock::now_ms();
        let Some(mut socket) = Socket::connect(&url) else {
            return tell(Input::Ended {
                attempt,
                outcome: Outcome::Failed {
                    ms: 0.0,
                    failure: Failure::Forbidden,
                },
                clock: None,
            });
        };
        let _ = slot.set(socket.sender());
        while let Some(event) = socket.event().await {
            let sign = match event {
                SocketEvent::Open(at) => Sign::Opened {
                    at,
                    ms: at - started,
                },
                SocketEvent::Text(at, text) => match wire::decode::<ServerMessage>(&text) {
                    Ok(message) => Sign::Heard { at, message },
                    Err(_) => continue,
                },
                SocketEvent::Closed { at, code, clean } => Sign::Closed {
                    at,
                    ms: at - started,
                    code,
                    clean,
                },
            };
            tell(Input::Sign(attempt, sign));
        }
    };
    Work {
        future: future.boxed_local(),
        sender,
    }
}
