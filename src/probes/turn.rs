//! Plain TCP by WebRTC's TURN over TCP: bytes that are not TLS. Only Chromium tells what became of them.

use std::rc::Rc;

use futures::FutureExt as _;
use reachcheck_model::machine::{Attempt, Input, Sign};
use reachcheck_model::observation::{NotRun, Outcome};

use super::Work;
use crate::browser::turn::Gathering;

/// Work of an attempt to reach a server by these schemes, each with its host and port.
pub fn work<const N: usize>(
    attempt: Attempt,
    servers: [(&str, &str, u16); N],
    tell: impl Fn(Input) + 'static,
) -> Work {
    let urls = servers.map(|(scheme, host, port)| format!("{scheme}:{host}:{port}?transport=tcp"));
    let future = async move {
        let Some(mut gathering) = Gathering::begin(&urls) else {
            return tell(Input::Ended {
                attempt,
                outcome: Outcome::NotRun(NotRun::NotHere),
                clock: None,
            });
        };
        while let Some(told) = gathering.next().await {
            let sign = Sign::Ice {
                tls: told.url.starts_with("turns:"),
                connected: told.connected,
                code: told.code,
            };
            tell(Input::Sign(attempt, sign));
        }
    };
    Work {
        future: future.boxed_local(),
        sender: Rc::default(),
    }
}
