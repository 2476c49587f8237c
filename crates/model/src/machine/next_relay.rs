//! The next relay: a second view from outside of what fails here, where the first relay does not get through to it.

use reachcheck_wire::DialReport;

use super::Machine;
use super::choreography::{Next, Relay, relays_by_distance};
use crate::catalogue::{EndpointRef, Kind};
use crate::observation::{Answer, NotRun, Observations, Outcome};
use crate::plan::Plan;
use crate::probe::Probe;

/// Whether another view from outside may change what is said of an endpoint.
enum Need {
    /// That cannot be told yet.
    Open,
    /// Not before this time.
    At(f64),
    Yes,
    No,
}

impl Machine {
    /// Where in the plan the next relay stands, if there is one that serves us and is outside.
    pub(super) fn next_relay(&self) -> Option<usize> {
        next_relay(&self.plan, &self.observed)
    }

    /// The next relay's own controls, asked as soon as it is known which one that is.
    pub(super) fn next_controls(&self) -> Next {
        match (self.relay(), self.next_relay()) {
            (Relay::Pending, _) => Next::Waits,
            (Relay::Without(why), _) => Next::never(why),
            (Relay::Chosen { .. }, None) => Next::never(NotRun::RelayUnusable),
            (Relay::Chosen { at, .. }, Some(_)) => self.once(Probe::NextControls, at),
        }
    }

    /// The next relay's dial of an endpoint.
    pub(super) fn next_dial(&self, endpoint: EndpointRef) -> Next {
        let probe = Probe::NextDial(endpoint);
        let is_outside = match self.relay() {
            Relay::Pending => return Next::Waits,
            Relay::Without(why) => return Next::never(why),
            Relay::Chosen { .. } if self.next_relay().is_none() => {
                return Next::never(NotRun::RelayUnusable);
            }
            Relay::Chosen { challenge, .. } => challenge.outside,
        };
        if self.was_begun(probe) {
            return self.once(probe, self.now);
        }
        let need = match self.observed.get(Probe::RelayControls) {
            // The next one takes the first one's place.
            _ if !is_outside => Need::Yes,
            None => Need::Open,
            Some(Outcome::Answered {
                answer: Answer::Controls(report),
                ..
            }) if report.answered > 0 => self.need_of_another_view(endpoint),
            Some(_) => Need::Yes,
        };
        match need {
            Need::Open => Next::Waits,
            Need::At(at) => Next::At(at),
            Need::Yes => self.once(probe, self.now),
            Need::No => Next::never(NotRun::NotNeeded),
        }
    }

    /// Whether an endpoint fails here, or has been silent for a while, and the first relay does not get through to it.
    fn need_of_another_view(&self, endpoint: EndpointRef) -> Need {
        match self.observed.get(Probe::Fetch(endpoint, 0)) {
            None if self.silent_at(endpoint) > self.now => {
                return Need::At(self.silent_at(endpoint));
            }
            None | Some(Outcome::Failed { .. } | Outcome::TimedOut { .. }) => {}
            Some(_) => return Need::No,
        }
        match self.observed.get(Probe::Dial(endpoint)) {
            None => Need::Open,
            Some(dial) => match dialled(dial) {
                Some(report) if gets_through(endpoint.kind, report) => {
                    self.need_where_handshakes_end(endpoint, report)
                }
                _ => Need::Yes,
            },
        }
    }

    /// Whether the service may be turning the first relay away in TLS, as it does at an HTTPS endpoint that answers here: then
    /// a port that ends handshakes may do no more than that.
    fn need_where_handshakes_end(&self, endpoint: EndpointRef, report: &DialReport) -> Need {
        if endpoint.kind == Kind::Https || !report.ends_handshake() {
            return Need::No;
        }
        for other in self.plan.endpoints().filter(|it| it.kind == Kind::Https) {
            let fetched = self.observed.get(Probe::Fetch(other, 0));
            let dial = self.observed.get(Probe::Dial(other));
            let (Some(fetched), Some(dial)) = (fetched, dial) else {
                return Need::Open;
            };
            let is_ended = dialled(dial).is_some_and(DialReport::ends_handshake);
            if is_ended && fetched.answered_ms().is_some() {
                return Need::Yes;
            }
        }
        Need::No
    }
}

/// The relay that is asked where the first one does not get through: the nearest of the others that serve us and are
/// outside.
#[must_use]
pub fn next_relay(plan: &Plan, observed: &Observations) -> Option<usize> {
    let serving = relays_by_distance(plan, observed)?;
    let mut others = serving.into_iter().skip(1);
    others.find_map(|(index, challenge)| challenge.outside.then_some(index))
}

fn dialled(dial: &Outcome) -> Option<&DialReport> {
    match dial {
        Outcome::Answered {
            answer: Answer::Dial(report),
            ..
        } => Some(report),
        _ => None,
    }
}

/// Whether a dial came as far as an endpoint of this kind lets a browser come.
fn gets_through(kind: Kind, report: &DialReport) -> bool {
    match kind {
        Kind::Https => report.gets_http_as_browser(),
        Kind::Tcp => report.is_connected() && report.tls.is_some(),
    }
}
