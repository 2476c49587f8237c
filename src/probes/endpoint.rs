//! One endpoint of a region: `fetch` cold and warm, and a WebSocket attempt, always a new connection.

use std::pin::pin;

use futures_util::future::{Either, join, select};
use reachcheck_core::catalogue::{EndpointRef, Kind, Region};
use reachcheck_core::environment::Family;
use reachcheck_core::observation::{Answer, Failure, NotRun, Outcome};
use reachcheck_core::plan::{Probe, failure_gap_ms};
use reachcheck_core::thresholds::{
    ENDPOINT_DEADLINE_MS, FETCHES, FETCHES_WHEN_FAILING, SECOND_OPINION_DEADLINE_MS,
    SILENCE_BEFORE_SOCKET_MS,
};

use super::Emit;
use crate::browser::clock;
use crate::browser::fetch::{self, Ended};
use crate::browser::socket::{Happened, Socket};

/// Everything about one endpoint.
pub struct Track {
    /// Which one.
    pub endpoint: EndpointRef,
    /// Address for `fetch`.
    pub fetch_url: String,
    /// Address for the WebSocket.
    pub socket_url: String,
    /// The browser's family: one of them shows whether TLS finished.
    pub family: Family,
    /// Where outcomes go.
    pub emit: Emit,
}

impl Track {
    /// Plans the track of one endpoint.
    pub fn new(endpoint: EndpointRef, region: &Region, family: Family, emit: Emit) -> Self {
        Self {
            endpoint,
            fetch_url: region.fetch_url(endpoint.kind),
            socket_url: region.socket_url(endpoint.kind),
            family,
            emit,
        }
    }

    /// Runs every probe of the endpoint, and emits an outcome for each.
    pub async fn run(self) {
        let first = pin!(self.fetch());
        // A fetch that stays silent gets its WebSocket beside it: what is dropped need not be waited for
        // twice.
        let silence = clock::sleep_ms(SILENCE_BEFORE_SOCKET_MS.into());
        match select(first, pin!(silence)).await {
            Either::Left((first, _)) => {
                self.emit_fetch(0, first.clone());
                join(self.upgrade_after(&first), self.repeat(&first)).await;
            }
            Either::Right(((), first)) => {
                let first = async {
                    let first = first.await;
                    self.emit_fetch(0, first.clone());
                    self.repeat(&first).await;
                };
                join(first, self.upgrade_if_telling()).await;
            }
        }
    }

    /// What comes beside the repeats, once the first `fetch` has ended.
    async fn upgrade_after(&self, first: &Outcome) {
        if first.is_failure() {
            self.upgrade_if_telling().await;
        } else if self.endpoint.kind == Kind::Tcp {
            // It has answered already; a browser that holds sockets back is not waited for in full.
            self.upgrade(SECOND_OPINION_DEADLINE_MS).await;
        } else {
            self.skip_upgrade();
        }
    }

    /// A TCP endpoint that fails or is silent always gets a second opinion. An HTTPS endpoint gets it only
    /// where it can say more than the first, in Firefox (1015): Chromium holds WebSockets back for
    /// seconds once some seven have failed (browser.md section 3).
    async fn upgrade_if_telling(&self) {
        if self.endpoint.kind == Kind::Tcp || self.family == Family::Firefox {
            self.upgrade(ENDPOINT_DEADLINE_MS).await;
        } else {
            self.skip_upgrade();
        }
    }

    fn skip_upgrade(&self) {
        let skipped = Outcome::NotRun(NotRun::NotNeeded);
        self.emit(Probe::Upgrade(self.endpoint), skipped);
    }

    async fn upgrade(&self, deadline_ms: u32) {
        let outcome = attempt_socket(&self.socket_url, deadline_ms.into()).await;
        self.emit(Probe::Upgrade(self.endpoint), outcome);
    }

    async fn repeat(&self, first: &Outcome) {
        let attempts = match first {
            Outcome::Answered { .. } => FETCHES,
            Outcome::Failed { .. } => FETCHES_WHEN_FAILING,
            // Waiting for the same silence again would tell nothing new.
            Outcome::TimedOut { .. } | Outcome::Cancelled | Outcome::NotRun(_) => 1,
        };
        let mut last = first.clone();
        let mut attempt = 1;
        while attempt < attempts && !matches!(last, Outcome::TimedOut { .. }) {
            if let Outcome::Failed { ms, .. } = last {
                clock::sleep_ms(failure_gap_ms(ms)).await;
            }
            last = self.fetch().await;
            self.emit_fetch(attempt, last.clone());
            attempt += 1;
        }
        for attempt in attempt..FETCHES {
            self.emit_fetch(attempt, Outcome::NotRun(NotRun::NotNeeded));
        }
    }

    async fn fetch(&self) -> Outcome {
        let deadline_ms = Probe::Fetch(self.endpoint, 0).deadline_ms();
        let started = clock::now_ms();
        match fetch::opaque(&self.fetch_url, deadline_ms).await {
            Ended::Responded { ms, .. } => Outcome::Answered {
                ms,
                answer: Answer::Opaque,
            },
            Ended::Rejected { ms } => Outcome::Failed {
                ms,
                failure: Failure::Network {
                    tls_finished: match self.family {
                        Family::Firefox => fetch::tls_finished(&self.fetch_url, started).await,
                        Family::Chromium | Family::WebKit | Family::Other => None,
                    },
                },
            },
            Ended::TimedOut { ms } => Outcome::TimedOut { ms },
        }
    }

    fn emit_fetch(&self, attempt: u8, outcome: Outcome) {
        self.emit(Probe::Fetch(self.endpoint, attempt), outcome);
    }

    fn emit(&self, probe: Probe, outcome: Outcome) {
        (self.emit)(probe, outcome);
    }
}

/// One WebSocket attempt, ended at once when it opens.
async fn attempt_socket(url: &str, deadline_ms: f64) -> Outcome {
    let started = clock::now_ms();
    let Some(mut socket) = Socket::connect(url) else {
        return Outcome::Failed {
            ms: 0.0,
            failure: Failure::Forbidden,
        };
    };
    match socket.next(deadline_ms).await {
        None | Some(Happened::Text(..)) => Outcome::TimedOut { ms: deadline_ms },
        Some(Happened::Open(at)) => Outcome::Answered {
            ms: at - started,
            answer: Answer::Opened,
        },
        Some(Happened::Closed {
            at,
            code,
            clean: true,
        }) => Outcome::Answered {
            ms: at - started,
            answer: Answer::ClosedInOrder(code),
        },
        Some(Happened::Closed {
            at,
            code,
            clean: false,
        }) => Outcome::Failed {
            ms: at - started,
            failure: if code == 0 {
                Failure::Forbidden
            } else {
                Failure::Closed {
                    code,
                    opened: false,
                }
            },
        },
    }
}
