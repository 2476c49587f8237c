//! Dials shared by everybody: one at a time per endpoint, and its facts serve all for a while.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ipnet::IpNet;
use reachcheck_model::catalogue::{Catalogue, Kind};
use reachcheck_wire::{Connect, ControlsReport, DialReport, Tls};
use rustls::RootCertStore;
use tokio::sync::{Mutex, Semaphore};
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
    /// Held while dialling: that is the single flight.
    last: Mutex<Option<(Instant, Facts)>>,
}

impl Slot {
    fn new(target: Target) -> Self {
        Self {
            target,
            last: Mutex::new(None),
        }
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
        let (age, facts) = self.facts(Which::Endpoint(id.to_owned()), metrics).await;
        Some(DialReport {
            endpoint: id.to_owned(),
            age_ms: u64::try_from(age.as_millis()).unwrap_or(u64::MAX),
            connect: facts.connect,
            tls: facts.tls,
            get: facts.get,
            upgrade: facts.upgrade,
            plain: facts.plain,
            other: facts.other.map(Box::new),
            addresses: facts.addresses,
            hello: facts.hello,
        })
    }

    /// How many of the relay's own controls complete a trusted TLS handshake.
    pub async fn controls(&self, metrics: &Metrics) -> ControlsReport {
        let configured = self.shared.controls.len();
        let attempts: Vec<_> = (0..configured)
            .map(|index| {
                let (dials, metrics) = (self.clone(), metrics.clone());
                tokio::spawn(async move { dials.facts(Which::Control(index), &metrics).await })
            })
            .collect();
        let mut answered = 0;
        for attempt in attempts {
            if let Ok((_, facts)) = attempt.await
                && is_trusted(&facts)
            {
                answered += 1;
            }
        }
        ControlsReport {
            answered,
            configured: u32::try_from(configured).unwrap_or(u32::MAX),
        }
    }

    /// In a task of its own: a client that leaves does not stop a dial that others wait for.
    async fn facts(&self, which: Which, metrics: &Metrics) -> (Duration, Facts) {
        let (shared, metrics) = (self.shared.clone(), metrics.clone());
        tokio::spawn(async move { shared.facts(&which, &metrics).await })
            .await
            .unwrap_or_else(|_| (Duration::ZERO, Connect::NotTried.into()))
    }
}

impl Shared {
    /// Ends within [`limits::DIAL`], the wait for others included.
    async fn facts(&self, which: &Which, metrics: &Metrics) -> (Duration, Facts) {
        let until = time::Instant::now() + limits::DIAL;
        let slot = match which {
            Which::Endpoint(id) => self.endpoints.get(id),
            Which::Control(index) => self.controls.get(*index),
        };
        let Some(slot) = slot else {
            return (Duration::ZERO, Connect::NotTried.into());
        };
        let not_begun = || {
            metrics.limited(Limit::Dials);
            (Duration::ZERO, Connect::NotTried.into())
        };
        let Ok(mut last) = timeout_at(until, slot.last.lock()).await else {
            return not_begun();
        };
        if let Some((at, facts)) = &*last {
            let age = at.elapsed();
            let fresh = if is_trusted(facts) {
                self.limits.dial_fresh
            } else {
                self.limits.dial_fresh_failed
            };
            if age < fresh {
                metrics.dialled(Dialled::Cached);
                return (age, facts.clone());
            }
        }
        // The semaphore is never closed.
        let Ok(Ok(_permit)) = timeout_at(until, self.permits.acquire()).await else {
            return not_begun();
        };
        let has_time = until.saturating_duration_since(time::Instant::now()) >= limits::DIAL_CORE;
        let facts = dial::dial(&slot.target, &self.allowed, &self.roots, until).await;
        metrics.dialled(if is_trusted(&facts) {
            Dialled::Trusted
        } else {
            Dialled::NotTrusted
        });
        // What was cut short because it began late serves nobody else.
        if has_time || time::Instant::now() < until {
            *last = Some((Instant::now(), facts.clone()));
        }
        (Duration::ZERO, facts)
    }
}

fn is_trusted(facts: &Facts) -> bool {
    matches!(
        &facts.tls,
        Some(Tls::Finished { certificate, .. }) if certificate.fault.is_none()
    )
}
