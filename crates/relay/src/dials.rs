//! Dials shared by everybody: one at a time per endpoint, and its facts serve all for a while.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use futures_util::future::join_all;
use ipnet::IpNet;
use reachcheck_model::catalogue::{Catalogue, Kind};
use reachcheck_wire::{Connect, ControlsReport, DialReport, Tls};
use rustls::RootCertStore;
use tokio::sync::{Semaphore, watch};
use tokio::time::{self, timeout_at};

use crate::config::Settings;
use crate::dial::{self, Facts, Target};
use crate::limits::{self, Limits};
use crate::metrics::{Dialled, Limit, Metrics};

/// Everything that may be dialled, and what was last met there.
#[derive(Clone)]
pub struct Dials {
    shared: Arc<Shared>,
}

struct Shared {
    endpoints: HashMap<String, Slot>,
    controls: Vec<Slot>,
    allowed: Vec<IpNet>,
    roots: Arc<RootCertStore>,
    permits: Semaphore,
    limits: Limits,
}

struct Slot {
    target: Target,
    last: Mutex<Last>,
}

/// What is known of a target, and who is finding out. The lock is held for a look alone, never while anything is waited
/// for.
#[derive(Default)]
struct Last {
    known: Option<Known>,
    /// The dial that is under way: whoever asks meanwhile waits for its facts.
    under_way: Option<watch::Receiver<Option<Known>>>,
}

/// Facts, and when they were met.
#[derive(Clone)]
struct Known {
    at: Instant,
    facts: Arc<Facts>,
}

/// What a question meets.
enum Asked {
    /// Facts that are fresh enough.
    Fresh(Known),
    /// A dial that is under way.
    UnderWay(watch::Receiver<Option<Known>>),
    /// Nothing: the dial is the asker's to begin.
    Nobody(watch::Sender<Option<Known>>),
}

impl Slot {
    fn new(target: Target) -> Self {
        Self {
            target,
            last: Mutex::default(),
        }
    }

    fn ask(&self, limits: &Limits) -> Asked {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = last.known.as_ref().filter(|known| known.is_fresh(limits)) {
            return Asked::Fresh(known.clone());
        }
        // One whose task is gone without an answer is not under way any more.
        if let Some(answer) = last.under_way.as_ref()
            && answer.has_changed().is_ok()
        {
            return Asked::UnderWay(answer.clone());
        }
        let (tell, answer) = watch::channel(None);
        last.under_way = Some(answer);
        Asked::Nobody(tell)
    }

    /// The end of a dial that this slot's question began.
    fn settle(&self, known: &Known, is_kept: bool) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.under_way = None;
        if is_kept {
            last.known = Some(known.clone());
        }
    }
}

impl Known {
    fn now(facts: Facts) -> Self {
        Self {
            at: Instant::now(),
            facts: Arc::new(facts),
        }
    }

    /// Whether it still serves everybody. What was connected to is well, whatever it speaks: nobody knows whether a TCP
    /// endpoint speaks TLS.
    fn is_fresh(&self, limits: &Limits) -> bool {
        let is_connected = matches!(self.facts.connect, Connect::Connected { .. });
        let longest = match is_connected {
            true => limits.dial_fresh,
            false => limits.dial_fresh_failed,
        };
        self.at.elapsed() < longest
    }
}

/// Which slot.
#[derive(Clone)]
enum Which {
    Endpoint(String),
    Control(usize),
}

impl Dials {
    /// The endpoints of a catalogue and the relay's own controls; nothing else can ever be dialled.
    pub fn new(catalogue: &Catalogue, settings: &Settings, roots: Arc<RootCertStore>) -> Self {
        let endpoints = catalogue
            .endpoints()
            .map(|endpoint| {
                let region = &catalogue.regions[endpoint.region];
                let host_port = region.host_port(endpoint.kind);
                let path = match endpoint.kind {
                    Kind::Https => region.https.path.clone(),
                    Kind::Tcp => "/".to_owned(),
                };
                let target = Target {
                    host: host_port.host.to_owned(),
                    port: host_port.port,
                    path,
                    kind: Some(endpoint.kind),
                };
                (region.endpoint_id(endpoint.kind), Slot::new(target))
            })
            .collect();
        let controls = settings
            .controls
            .iter()
            .map(|control| {
                Slot::new(Target {
                    host: control.host.clone(),
                    port: control.port,
                    path: "/".to_owned(),
                    kind: None,
                })
            })
            .collect();
        Self {
            shared: Arc::new(Shared {
                endpoints,
                controls,
                allowed: settings.allow_targets.clone(),
                roots,
                permits: Semaphore::new(settings.limits.dials),
                limits: settings.limits,
            }),
        }
    }

    /// How many endpoints there are.
    pub fn count(&self) -> usize {
        self.shared.endpoints.len()
    }

    /// The facts about an endpoint, at most [`Limits::dial_fresh`] old; `None` if there is no such id.
    pub async fn endpoint(&self, id: &str, metrics: &Metrics) -> Option<DialReport> {
        if !self.shared.endpoints.contains_key(id) {
            return None;
        }
        let which = Which::Endpoint(id.to_owned());
        let Known { at, facts } = self.shared.known(which, metrics).await;
        Some(DialReport {
            endpoint: id.to_owned(),
            age_ms: u64::try_from(at.elapsed().as_millis()).unwrap_or(u64::MAX),
            connect: facts.connect,
            tls: facts.tls.clone(),
            get: facts.get,
            upgrade: facts.upgrade,
            plain: facts.plain,
            other: facts.other.clone().map(Box::new),
            addresses: facts.addresses,
            hello: facts.hello,
        })
    }

    /// How many of the relay's own controls complete a trusted TLS handshake.
    pub async fn controls(&self, metrics: &Metrics) -> ControlsReport {
        let configured = self.shared.controls.len();
        let ask = |index| self.shared.known(Which::Control(index), metrics);
        let known = join_all((0..configured).map(ask)).await;
        let answered = known.iter().filter(|known| is_trusted(&known.facts));
        ControlsReport {
            answered: u32::try_from(answered.count()).unwrap_or(u32::MAX),
            configured: u32::try_from(configured).unwrap_or(u32::MAX),
        }
    }
}

impl Shared {
    fn slot(&self, which: &Which) -> Option<&Slot> {
        match which {
            Which::Endpoint(id) => self.endpoints.get(id),
            Which::Control(index) => self.controls.get(*index),
        }
    }

    /// The facts of a slot. Whoever waits for a dial costs some hundred bytes: it is the task of its own that has the
    /// dial's, and a client that leaves does not stop what others wait for. Ends within [`limits::DIAL`], since the dial
    /// does.
    async fn known(self: &Arc<Self>, which: Which, metrics: &Metrics) -> Known {
        let nothing = || Known::now(Connect::NotTried.into());
        let Some(slot) = self.slot(&which) else {
            return nothing();
        };
        let mut answer = match slot.ask(&self.limits) {
            Asked::Fresh(known) => {
                metrics.dialled(Dialled::Cached);
                return known;
            }
            Asked::UnderWay(answer) => {
                metrics.dialled(Dialled::Cached);
                answer
            }
            Asked::Nobody(tell) => {
                let answer = tell.subscribe();
                tokio::spawn(self.clone().dial(which, metrics.clone(), tell));
                answer
            }
        };
        let known = answer.wait_for(Option::is_some).await;
        known
            .ok()
            .and_then(|known| known.clone())
            .unwrap_or_else(nothing)
    }

    /// Dials for everybody who asks meanwhile.
    async fn dial(
        self: Arc<Self>,
        which: Which,
        metrics: Metrics,
        tell: watch::Sender<Option<Known>>,
    ) {
        let until = time::Instant::now() + limits::DIAL;
        let Some(slot) = self.slot(&which) else {
            return;
        };
        // The semaphore is never closed.
        let Ok(Ok(_permit)) = timeout_at(until, self.permits.acquire()).await else {
            metrics.limited(Limit::Dials);
            let nothing = Known::now(Connect::NotTried.into());
            slot.settle(&nothing, false);
            tell.send_replace(Some(nothing));
            return;
        };
        let has_time = until.saturating_duration_since(time::Instant::now()) >= limits::DIAL_CORE;
        let facts = dial::dial(&slot.target, &self.allowed, &self.roots, until).await;
        metrics.dialled(if is_trusted(&facts) {
            Dialled::Trusted
        } else {
            Dialled::NotTrusted
        });
        let known = Known::now(facts);
        // What was cut short because it began late serves nobody else.
        slot.settle(&known, has_time || time::Instant::now() < until);
        tell.send_replace(Some(known));
    }
}

fn is_trusted(facts: &Facts) -> bool {
    matches!(
        &facts.tls,
        Some(Tls::Finished { certificate, .. }) if certificate.fault.is_none()
    )
}
