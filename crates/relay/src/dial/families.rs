//! A name that has addresses of both families: both are dialled, side by side.

use std::net::SocketAddr;
use std::time::Instant;

use reachcheck_wire::{Connect, Other, Tls};
use tokio::time::{self, timeout, timeout_at};

use super::handshake::Hello;
use super::http::Asking;
use super::{Dial, Facts, Met, NOT_TRIED, connect_one, elapsed_ms, family};
use crate::limits;
use crate::tls::HelloSize;

impl Dial<'_> {
    /// Dials both address families side by side. What is told in full is the first of the two that connects soon, else
    /// the one that connects at all, else the failure that says most; of the other, how far it came.
    pub(super) async fn both(self, addresses: [SocketAddr; 2]) -> Facts {
        let began = Instant::now();
        let soon = time::Instant::now() + limits::DIAL_OTHER;
        // Tasks, since both must begin at once.
        let mut attempts = addresses.map(|address| tokio::spawn(connect_one(address, self.until)));
        let mut met: [Option<Met>; 2] = [None, None];
        let [first, second] = &mut attempts;
        if let Ok(early) = timeout_at(soon, &mut *first).await {
            met[0] = Some(early.unwrap_or(NOT_TRIED));
        }
        while !met.iter().flatten().any(|(_, stream)| stream.is_some())
            && met.iter().any(Option::is_none)
        {
            tokio::select! {
                done = &mut *first, if met[0].is_none() => met[0] = Some(done.unwrap_or(NOT_TRIED)),
                done = &mut *second, if met[1].is_none() => met[1] = Some(done.unwrap_or(NOT_TRIED)),
            }
        }
        let says = |met: &Option<Met>| met.as_ref().map_or(0, |(connect, _)| telling(connect));
        let full = usize::from(says(&met[1]) > says(&met[0]));
        let (connect, stream) = met[full].take().unwrap_or(NOT_TRIED);
        let beside = 1 - full;
        let other = async {
            let pending = if beside == 0 { first } else { second };
            let (connect, stream) = match met[beside].take() {
                Some(met) => met,
                None => match timeout_at(soon, pending).await {
                    Ok(done) => done.unwrap_or(NOT_TRIED),
                    Err(_) => (
                        Connect::TimedOut {
                            ms: elapsed_ms(began),
                        },
                        None,
                    ),
                },
            };
            let tls = match stream {
                Some(stream) if self.target.kind.is_some() => {
                    let handshake =
                        self.converse(stream, Hello::either(HelloSize::Small), Asking::Nothing);
                    let silent = Tls::Silent {
                        ms: limits::DIAL_OTHER.as_secs_f64() * 1000.0,
                    };
                    let handshake = timeout(limits::DIAL_OTHER, handshake).await;
                    handshake.map_or(Some(silent), |met| met.tls)
                }
                _ => None,
            };
            Other {
                family: family(addresses[beside]),
                connect,
                tls,
            }
        };
        let (facts, other) = tokio::join!(self.lead(connect, stream), other);
        attempts.iter().for_each(tokio::task::JoinHandle::abort);
        Facts {
            other: Some(other),
            ..facts
        }
    }
}

/// How much a failure says: a refusal came from there, silence may have, no route did not.
const fn telling(connect: &Connect) -> u8 {
    match connect {
        Connect::Connected { .. } => 5,
        Connect::Refused { .. } => 4,
        Connect::TimedOut { .. } => 3,
        Connect::Unreachable { .. } => 2,
        Connect::NotResolved | Connect::Forbidden => 1,
        Connect::NotTried => 0,
    }
}
