//! One endpoint of a region: `fetch` cold and warm, a WebSocket attempt, always a new connection, and what else
//! can say more.

use std::rc::Rc;

use futures::FutureExt as _;
use futures::future::{join, join3};
use reachcheck_model::catalogue::{EndpointRef, Kind};
use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::observation::{Answer, Failure, NotRun, Outcome};
use reachcheck_model::plan::failure_gap_ms;
use reachcheck_model::probe::{Port, Probe};
use reachcheck_model::thresholds::{
    ENDPOINT_DEADLINE_MS, FETCHES, FETCHES_WHEN_FAILING, SECOND_OPINION_DEADLINE_MS,
    SILENCE_BEFORE_SOCKET_MS,
};

use super::{Context, plain};
use crate::browser::fetch::{self, Attempt, FetchEnd};
use crate::browser::socket::{Socket, SocketEvent};
use crate::browser::{clock, image};

/// Everything about one endpoint.
pub struct Track {
    endpoint: EndpointRef,
    /// Address for `fetch`.
    fetch_url: String,
    /// Address for the WebSocket.
    socket_url: String,
    context: Context,
}

impl Track {
    /// The track of one endpoint.
    pub fn new(endpoint: EndpointRef, context: Context) -> Self {
        let region = context.plan.region(endpoint);
        Self {
            endpoint,
            fetch_url: region.fetch_url(endpoint.kind),
            socket_url: region.socket_url(endpoint.kind),
            context,
        }
    }

    /// Runs every probe of the endpoint, and emits an outcome for each.
    pub async fn run(self) {
        join(self.attempts(), self.image()).await;
    }

    /// How the endpoint's host fails on ports beside its own, one after the other: refused near by, refused at the
    /// far end, connected, or silent. Nothing is known to listen there, so no rule builds on it. Not before
    /// the run has finished, so that it takes nothing from what the verdict stands on.
    pub async fn own_ports(self) {
        for port in Port::ALL {
            let probe = Probe::OwnPort(self.endpoint, port);
            let region = self.context.plan.region(self.endpoint);
            let outcome = match region.other_port_url(self.endpoint.kind, port.number()) {
                None => Outcome::NotRun(NotRun::NotNeeded),
                Some(url) => self.fetch(&url, probe.deadline_ms()).await,
            };
            self.emit(probe, outcome);
        }
    }

    async fn attempts(&self) {
        let mut first = self.first().boxed_local();
        // A fetch that stays silent gets its WebSocket beside it: what is dropped need not be waited for
        // twice.
        let ended = clock::timeout(&mut first, SILENCE_BEFORE_SOCKET_MS.into()).await;
        let (upgrade, turn) = match &ended {
            Some(first) => (
                self.upgrade_after(first).boxed_local(),
                self.turn_after(first).boxed_local(),
            ),
            None => {
                // A WebSocket is always a new connection; `fetch` may wait for one that another page began.
                let left_ms = ENDPOINT_DEADLINE_MS - SILENCE_BEFORE_SOCKET_MS;
                (
                    self.upgrade(left_ms).boxed_local(),
                    self.turn().boxed_local(),
                )
            }
        };
        let repeat = async {
            let first = match &ended {
                Some(first) => first.clone(),
                None => first.await,
            };
            self.repeat(&first).await;
        };
        join3(upgrade, repeat, turn).await;
    }

    /// The first `fetch`, cold. Where it stays without an answer it goes on beyond its deadline, for when the
    /// browser itself gives it up tells what it was waiting for.
    async fn first(&self) -> Rc<Outcome> {
        let mut attempt = Attempt::opaque(&self.fetch_url);
        let deadline_ms = Probe::Fetch(self.endpoint, 0).deadline_ms();
        let give_up = Probe::GiveUp(self.endpoint);
        let outcome = if let Some(ended) = attempt.within(deadline_ms).await {
            self.emit(give_up, Outcome::NotRun(NotRun::NotNeeded));
            self.outcome(&self.fetch_url, ended, attempt.started())
                .await
        } else {
            let context = self.context.clone();
            self.context.leave(async move {
                let deadline_ms = give_up.deadline_ms();
                let outcome = match attempt.within(deadline_ms).await {
                    None => Outcome::TimedOut {
                        ms: deadline_ms.into(),
                    },
                    Some(FetchEnd::Rejected { ms } | FetchEnd::TimedOut { ms }) => {
                        Outcome::Failed {
                            ms,
                            failure: Failure::Network { tls_finished: None },
                        }
                    }
                    Some(FetchEnd::Responded { ms, .. }) => Outcome::Answered {
                        ms,
                        answer: Answer::Opaque,
                    },
                };
                context.emit(give_up, outcome);
            });
            Outcome::TimedOut {
                ms: deadline_ms.into(),
            }
        };
        let outcome = Rc::new(outcome);
        self.emit_fetch(0, outcome.clone());
        outcome
    }

    /// Plain TCP by WebRTC, only where `fetch` and WebSocket cannot say it: it sends bytes that are foreign
    /// to the endpoint.
    async fn turn_after(&self, first: &Outcome) {
        if first.is_failure() {
            self.turn().await;
        } else {
            self.skip_turn(NotRun::NotNeeded);
        }
    }

    async fn turn(&self) {
        if self.endpoint.kind == Kind::Https {
            return;
        }
        if !self.context.plan.plain_tcp_probe {
            return self.skip_turn(NotRun::NotHere);
        }
        let place = self.context.plan.region(self.endpoint).host_port(Kind::Tcp);
        let outcome = plain::endpoint(place.host, place.port, self.context.family).await;
        self.emit(Probe::Turn(self.endpoint), outcome);
    }

    fn skip_turn(&self, why: NotRun) {
        if self.endpoint.kind == Kind::Tcp {
            self.emit(Probe::Turn(self.endpoint), Outcome::NotRun(why));
        }
    }

    /// The image that only the real service serves, where the catalogue names one.
    async fn image(&self) {
        if self.endpoint.kind == Kind::Tcp {
            return;
        }
        let probe = Probe::Image(self.endpoint);
        let region = self.context.plan.region(self.endpoint);
        let Some(url) = &region.image else {
            return self.emit(probe, Outcome::NotRun(NotRun::NotHere));
        };
        let started = clock::now_ms();
        let loaded = image::load(&url.to_string(), probe.deadline_ms()).await;
        let ms = clock::now_ms() - started;
        let outcome = match loaded {
            Some(true) => Outcome::Answered {
                ms,
                answer: Answer::Opaque,
            },
            Some(false) => Outcome::Failed {
                ms,
                failure: Failure::Network { tls_finished: None },
            },
            None => Outcome::TimedOut { ms },
        };
        self.emit(probe, outcome);
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
    /// seconds once some seven have failed (docs/browsers.md section 3).
    async fn upgrade_if_telling(&self) {
        if self.endpoint.kind == Kind::Tcp || self.context.family == BrowserFamily::Firefox {
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

    async fn repeat(&self, first: &Rc<Outcome>) {
        let attempts = match **first {
            Outcome::Answered { .. } => FETCHES,
            Outcome::Failed { .. } => FETCHES_WHEN_FAILING,
            // Waiting for the same silence again would tell nothing new.
            Outcome::TimedOut { .. } | Outcome::Cancelled | Outcome::NotRun(_) => 1,
        };
        let mut last = first.clone();
        let mut attempt = 1;
        while attempt < attempts && !matches!(*last, Outcome::TimedOut { .. }) {
            if let Outcome::Failed { ms, .. } = *last {
                clock::sleep_ms(failure_gap_ms(ms)).await;
            }
            let deadline_ms = Probe::Fetch(self.endpoint, attempt).deadline_ms();
            last = Rc::new(self.fetch(&self.fetch_url, deadline_ms).await);
            self.emit_fetch(attempt, last.clone());
            attempt += 1;
        }
        for attempt in attempt..FETCHES {
            self.emit_fetch(attempt, Rc::new(Outcome::NotRun(NotRun::NotNeeded)));
        }
    }

    async fn fetch(&self, url: &str, deadline_ms: u32) -> Outcome {
        let started = clock::now_ms();
        let ended = fetch::opaque(url, deadline_ms).await;
        self.outcome(url, ended, started).await
    }

    async fn outcome(&self, url: &str, ended: FetchEnd, started: f64) -> Outcome {
        match ended {
            FetchEnd::Responded { ms, .. } => Outcome::Answered {
                ms,
                answer: Answer::Opaque,
            },
            FetchEnd::Rejected { ms } => Outcome::Failed {
                ms,
                failure: Failure::Network {
                    tls_finished: match self.context.family {
                        BrowserFamily::Firefox => fetch::tls_finished(url, started).await,
                        BrowserFamily::Chromium | BrowserFamily::WebKit | BrowserFamily::Other => {
                            None
                        }
                    },
                },
            },
            FetchEnd::TimedOut { ms } => Outcome::TimedOut { ms },
        }
    }

    fn emit_fetch(&self, attempt: u8, outcome: Rc<Outcome>) {
        self.context
            .emit(Probe::Fetch(self.endpoint, attempt), outcome);
    }

    fn emit(&self, probe: Probe, outcome: Outcome) {
        self.context.emit(probe, outcome);
    }
}

/// One WebSocket attempt, ended at once when it opens.
async fn attempt_socket(url: &str, deadline_ms: f64) -> Outcome {
    let attempt = Socket::attempt(url, deadline_ms).await;
    if attempt.socket.is_none() {
        return Outcome::Failed {
            ms: 0.0,
            failure: Failure::Forbidden,
        };
    }
    let (at, result) = match attempt.happened {
        None | Some(SocketEvent::Text(..)) => return Outcome::TimedOut { ms: deadline_ms },
        Some(SocketEvent::Open(at)) => (at, Ok(Answer::Opened)),
        Some(SocketEvent::Closed { at, code, clean }) => {
            let result = match (clean, code) {
                (true, _) => Ok(Answer::ClosedInOrder(code)),
                (false, 0) => Err(Failure::Forbidden),
                (false, _) => Err(Failure::Closed {
                    code,
                    opened: false,
                }),
            };
            (at, result)
        }
    };
    let ms = at - attempt.started;
    match result {
        Ok(answer) => Outcome::Answered { ms, answer },
        Err(failure) => Outcome::Failed { ms, failure },
    }
}
