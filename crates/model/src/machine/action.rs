//! Actions: how each attempt is made.

use super::Machine;
use super::attempt::{Attempt, State};
use super::choreography::Relay;
use crate::environment::BrowserFamily;
use crate::probe::{AddressSpace, Probe};

/// Under which no name exists (RFC 6761 section 6.4).
pub const CANARY_DOMAIN: &str = "invalid";

/// How an attempt is made. It says all that a driver needs.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// `fetch` of an address whose answer nobody may read.
    Fetch(String),
    /// `fetch` of the page's own address.
    FetchPage,
    /// `fetch` of an address whose answer nobody may read, and that must lie in this space.
    FetchInSpace {
        /// The address.
        url: String,
        /// Where it must lie.
        space: AddressSpace,
    },
    /// `fetch` of a random name under this domain, which nobody has asked for before.
    FetchFreshName(String),
    /// A challenge to the relay at this address.
    Challenge {
        /// Base address of the relay.
        base: String,
        /// Another port than the address's own.
        port: Option<u16>,
    },
    /// The relay is asked by HTTPS for its dial of the endpoint with this id.
    AskDial {
        /// Base address of the relay.
        base: String,
        /// `REGION/https` or `REGION/tcp`.
        endpoint: String,
    },
    /// The relay is asked by HTTPS for its controls.
    AskControls {
        /// Base address of the relay.
        base: String,
    },
    /// A WebSocket to an endpoint.
    Socket(String),
    /// A WebSocket to the relay.
    RelaySocket {
        /// Base address of the relay.
        base: String,
        /// Another port than the address's own.
        port: Option<u16>,
    },
    /// WebRTC asks an endpoint, without TLS and with it.
    GatherEndpoint {
        /// Host name.
        host: String,
        /// TCP port.
        port: u16,
    },
    /// WebRTC asks the relay, without TLS.
    GatherRelay {
        /// Base address of the relay.
        base: String,
        /// TCP port.
        port: u16,
    },
    /// An image.
    Image(String),
    /// The browser is waited for to have timed the end of so many answers of an address.
    AwaitBodies {
        /// The address.
        url: String,
        /// How many answers.
        count: u32,
    },
    /// What the browser itself timed is read.
    ReadTiming {
        /// Base address and nonce of the challenge whose timing is wanted.
        challenge: Option<(String, String)>,
        /// The relay's second answer, in milliseconds.
        warm_ms: Option<f64>,
    },
}

impl Machine {
    /// How an attempt is made.
    pub(super) fn action(&self, attempt: Attempt) -> Action {
        let plan = &*self.plan;
        let base = |index: usize| plan.relays[index].base.clone();
        let relay = || match self.relay() {
            Relay::Chosen { index, .. } => base(index),
            // The only one, whose challenge is out.
            Relay::Pending | Relay::Without(_) => base(0),
        };
        let next_relay = || self.next_relay().map_or_else(String::new, base);
        match attempt.probe {
            Probe::Origin => Action::FetchPage,
            Probe::Canary => Action::FetchFreshName(CANARY_DOMAIN.to_owned()),
            Probe::FreshName(endpoint) => {
                Action::FetchFreshName(self.domain(endpoint).unwrap_or(CANARY_DOMAIN).to_owned())
            }
            Probe::Control(index) => Action::Fetch(plan.controls[index].clone()),
            Probe::Challenge(index) => Action::Challenge {
                base: base(index),
                port: None,
            },
            Probe::Fetch(endpoint, _) => {
                Action::Fetch(plan.region(endpoint).fetch_url(endpoint.kind))
            }
            Probe::InSpace(endpoint, space) => Action::FetchInSpace {
                url: plan.region(endpoint).fetch_url(endpoint.kind),
                space,
            },
            Probe::Upgrade(endpoint) => {
                Action::Socket(plan.region(endpoint).socket_url(endpoint.kind))
            }
            Probe::Turn(endpoint) => {
                let place = plan.region(endpoint).host_port(endpoint.kind);
                Action::GatherEndpoint {
                    host: place.host.to_owned(),
                    port: place.port,
                }
            }
            Probe::Image(endpoint) => {
                let image = plan.region(endpoint).image.as_ref();
                Action::Image(image.map(ToString::to_string).unwrap_or_default())
            }
            Probe::Body(endpoint) => Action::AwaitBodies {
                url: plan.region(endpoint).fetch_url(endpoint.kind),
                count: self.answers(endpoint),
            },
            Probe::OwnPort(endpoint, port) => {
                let region = plan.region(endpoint);
                let url = region.other_port_url(endpoint.kind, port.number());
                Action::Fetch(url.unwrap_or_default())
            }
            Probe::Socket | Probe::Hold => Action::RelaySocket {
                base: relay(),
                port: None,
            },
            Probe::Port(port) => self.port_action(relay(), port.number(), attempt.number),
            Probe::Plain => Action::GatherRelay {
                base: relay(),
                port: 443,
            },
            Probe::Dial(endpoint) => Action::AskDial {
                base: relay(),
                endpoint: plan.region(endpoint).endpoint_id(endpoint.kind),
            },
            Probe::RelayControls => Action::AskControls { base: relay() },
            Probe::NextDial(endpoint) => Action::AskDial {
                base: next_relay(),
                endpoint: plan.region(endpoint).endpoint_id(endpoint.kind),
            },
            Probe::NextControls => Action::AskControls { base: next_relay() },
            Probe::Timing if attempt.number == 0 => Action::Challenge {
                base: relay(),
                port: None,
            },
            // The others make no attempt of their own.
            Probe::Timing
            | Probe::Clock(_)
            | Probe::Pings
            | Probe::Events
            | Probe::Saw
            | Probe::GiveUp(_)
            | Probe::LateTurn(_) => self.read_timing(),
        }
    }

    fn port_action(&self, base: String, port: u16, number: u8) -> Action {
        match (number, self.family) {
            (2, BrowserFamily::Chromium) => Action::GatherRelay { base, port },
            (2, _) => Action::RelaySocket {
                base,
                port: Some(port),
            },
            _ => Action::Challenge {
                base,
                port: Some(port),
            },
        }
    }

    fn read_timing(&self) -> Action {
        let again = Attempt::new(Probe::Timing, 0);
        let warm_ms = match self.log.state(again) {
            Some(State::Over { outcome, .. }) => outcome.answered_ms(),
            _ => None,
        };
        let challenge = match self.relay() {
            Relay::Chosen {
                index, challenge, ..
            } => Some((
                self.plan.relays[index].base.clone(),
                challenge.nonce.clone(),
            )),
            Relay::Pending | Relay::Without(_) => None,
        };
        Action::ReadTiming { challenge, warm_ms }
    }
}
