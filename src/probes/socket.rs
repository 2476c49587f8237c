//! WebSocket of a run: what happens on it, as signs.

use std::cell::OnceCell;
use std::rc::Rc;

use futures::future::OptionFuture;
use futures::{FutureExt as _, join};
use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::machine::{Attempt, Input, Sign};
use reachcheck_model::observation::{Failure, Outcome};
use reachcheck_wire::{self as wire, ServerMessage};

use super::Work;
use super::own_delay::OwnDelayBefore;
use crate::browser::clock;
use crate::browser::socket::{Socket, SocketEvent};

/// Work of an attempt to connect, which goes on as long as the socket lives. A message that cannot be read is passed
/// over: its question runs out of time.
pub fn work(
    attempt: Attempt,
    url: String,
    family: BrowserFamily,
    tell: impl Fn(Input) + 'static,
) -> Work {
    let sender = Rc::new(OnceCell::new());
    let slot = sender.clone();
    let future = async move {
        let mut own_delay = Some(OwnDelayBefore::begin(family));
        let timed = own_delay.as_ref().map(OwnDelayBefore::timed);
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
        let told = async {
            while let Some(event) = socket.event().await {
                let sign = match event {
                    SocketEvent::Open(at) => {
                        own_delay = None;
                        Sign::Opened {
                            at,
                            ms: at - started,
                        }
                    }
                    SocketEvent::Text(at, text) => match wire::decode::<ServerMessage>(&text) {
                        Ok(message) => Sign::Heard { at, message },
                        Err(_) => continue,
                    },
                    SocketEvent::Closed { at, code, clean } => {
                        if let Some(own_delay) = own_delay.take()
                            && let Some(own_delay) = own_delay.end().await
                        {
                            tell(Input::Sign(attempt, Sign::OwnDelay(own_delay)));
                        }
                        Sign::Closed {
                            at,
                            ms: at - started,
                            code,
                            clean,
                        }
                    }
                };
                tell(Input::Sign(attempt, sign));
            }
        };
        join!(told, OptionFuture::from(timed));
    };
    Work {
        future: future.boxed_local(),
        sender,
    }
}
