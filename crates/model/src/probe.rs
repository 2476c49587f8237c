//! What a run can try, and how long it waits for each.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::catalogue::EndpointRef;
use crate::thresholds as limits;

/// One question to one endpoint, answered by an attempt or a few. Probes are ordered as they are declared here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Probe {
    /// The page's own origin: does the place the page came from still answer?
    Origin,
    /// A name that cannot exist (RFC 6761 section 6.4). If it answers, something answers for everybody.
    Canary,
    /// An address of the settings that answers whenever the internet does.
    Control(usize),
    /// The challenge to a relay, by HTTPS.
    Challenge(usize),
    /// Opening the chosen relay's WebSocket, tried twice.
    Socket,
    /// Round trips over it.
    Pings,
    /// Server events over it.
    Events,
    /// Whether the relay's own controls answer it.
    RelayControls,
    /// `fetch` of an endpoint: attempt 0 is cold, the others are warm.
    Fetch(EndpointRef, u8),
    /// A WebSocket attempt at an endpoint: always a new connection.
    Upgrade(EndpointRef),
    /// The relay's dial of an endpoint.
    Dial(EndpointRef),
    /// What the browser's own timing says of the way to the page and to the relay.
    Timing,
    /// Our clock beside another.
    Clock(ClockSource),
    /// What the relay saw of its socket's request.
    Saw,
    /// The relay on another of its ports, by HTTPS.
    Port(Port),
    /// Bytes that are not TLS, to the relay on 443 and back, by WebRTC (Chromium only).
    Plain,
    /// Plain TCP and TLS to a TCP endpoint, by WebRTC (Chromium only).
    Turn(EndpointRef),
    /// The catalogue's image of an HTTPS endpoint, which only the real service serves.
    Image(EndpointRef),
    /// A socket to the relay that stays silent for [`reachcheck_wire::Hold::Short`]. Late.
    Hold,
    /// When the browser itself gives up a first `fetch` that stays without an answer. Late.
    GiveUp(EndpointRef),
    /// An endpoint's own host on another port, by HTTPS: how it fails tells how far it came. Late.
    OwnPort(EndpointRef, Port),
    /// What WebRTC's attempt at an endpoint comes to beyond its deadline: Chromium names the address of a connection that
    /// stands in silence only after 40 s. Late.
    LateTurn(EndpointRef),
    /// A fresh name under the domain of an endpoint that fails: nobody has asked for it, and nobody keeps an answer, so
    /// its failure costs what a lookup costs that fails.
    FreshName(EndpointRef),
    /// Whether the next relay's own controls answer it, where the settings name several relays.
    NextControls,
    /// The next relay's dial of an endpoint that fails here and that the first relay does not get through to.
    NextDial(EndpointRef),
    /// Whether the answers of an HTTPS endpoint came to their end. WebKit hands an answer over with its head, and shows its
    /// end by an entry in Resource Timing.
    Body(EndpointRef),
    /// `fetch` of a silent endpoint that insists on an address of one space: it fails as soon as it is connected to another,
    /// while one that suits goes on (Chromium; docs/browsers.md section 5).
    InSpace(EndpointRef, AddressSpace),
}

/// Where an address lies, as `fetch` has it in `targetAddressSpace`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AddressSpace {
    /// The internet.
    Public,
    /// A local network, to which a public page needs the permission that the browser asks for.
    Local,
}

impl AddressSpace {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Public, Self::Local];

    /// How `fetch` names it.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Local => "local",
        }
    }
}

/// Whose clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ClockSource {
    /// The relay's, from the challenge.
    Relay,
    /// The page's host's, from its `Date` header.
    Origin,
}

/// The ports beside 443 that the client uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Port {
    /// HTTP.
    Http,
    /// XMPP, for presence.
    Xmpp,
}

impl Port {
    /// Both, in the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::Http, Self::Xmpp];

    /// The TCP port.
    #[must_use]
    pub const fn number(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Xmpp => 5222,
        }
    }
}

impl Ord for Probe {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl PartialOrd for Probe {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Probe {
    /// One number for the order: observations are looked up by it thousands of times in a run, and a comparison that is
    /// derived, field by field, took a quarter of a simulated run.
    const fn rank(self) -> u64 {
        let (kind, place, number) = match self {
            Self::Origin => (0, 0, 0),
            Self::Canary => (1, 0, 0),
            Self::Control(index) => (2, index, 0),
            Self::Challenge(index) => (3, index, 0),
            Self::Socket => (4, 0, 0),
            Self::Pings => (5, 0, 0),
            Self::Events => (6, 0, 0),
            Self::RelayControls => (7, 0, 0),
            Self::Fetch(endpoint, number) => (8, endpoint.place(), number),
            Self::Upgrade(endpoint) => (9, endpoint.place(), 0),
            Self::Dial(endpoint) => (10, endpoint.place(), 0),
            Self::Timing => (11, 0, 0),
            Self::Clock(source) => (12, 0, source as u8),
            Self::Saw => (13, 0, 0),
            Self::Port(port) => (14, 0, port as u8),
            Self::Plain => (15, 0, 0),
            Self::Turn(endpoint) => (16, endpoint.place(), 0),
            Self::Image(endpoint) => (17, endpoint.place(), 0),
            Self::Hold => (18, 0, 0),
            Self::GiveUp(endpoint) => (19, endpoint.place(), 0),
            Self::OwnPort(endpoint, port) => (20, endpoint.place(), port as u8),
            Self::LateTurn(endpoint) => (21, endpoint.place(), 0),
            Self::FreshName(endpoint) => (22, endpoint.place(), 0),
            Self::NextControls => (23, 0, 0),
            Self::NextDial(endpoint) => (24, endpoint.place(), 0),
            Self::Body(endpoint) => (25, endpoint.place(), 0),
            Self::InSpace(endpoint, space) => (26, endpoint.place(), space as u8),
        };
        (kind << 40) | ((place as u64) << 8) | number as u64
    }

    /// When to give up waiting, in milliseconds after its start.
    #[must_use]
    pub const fn deadline_ms(self) -> u32 {
        match self {
            Self::Origin | Self::Canary | Self::Control(_) | Self::Timing | Self::Clock(_) => {
                limits::CONTROL_DEADLINE_MS
            }
            Self::Challenge(_) | Self::Socket | Self::Saw => limits::RELAY_DEADLINE_MS,
            Self::Port(_) | Self::OwnPort(..) => limits::PORT_DEADLINE_MS,
            Self::Plain | Self::Turn(_) => limits::TURN_DEADLINE_MS,
            Self::Pings => limits::PINGS_DEADLINE_MS,
            Self::Events => limits::EVENTS_DEADLINE_MS,
            Self::RelayControls | Self::Dial(_) => limits::DIAL_DEADLINE_MS,
            Self::NextControls | Self::NextDial(_) => limits::NEXT_RELAY_DEADLINE_MS,
            Self::Fetch(..)
            | Self::Upgrade(_)
            | Self::Image(_)
            | Self::FreshName(_)
            | Self::Body(_)
            | Self::InSpace(..) => limits::ENDPOINT_DEADLINE_MS,
            Self::Hold => limits::HOLD_DEADLINE_MS,
            Self::GiveUp(_) => limits::GIVE_UP_DEADLINE_MS,
            Self::LateTurn(_) => limits::LATE_TURN_DEADLINE_MS,
        }
    }

    /// Whether nothing waits for it: its outcome may come after the run has finished.
    #[must_use]
    pub const fn is_late(self) -> bool {
        matches!(
            self,
            Self::Hold | Self::GiveUp(_) | Self::OwnPort(..) | Self::LateTurn(_)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{AddressSpace, ClockSource, Port, Probe};
    use crate::catalogue::EndpointRef;

    #[test]
    fn probes_are_ordered_as_they_are_declared() {
        let mut probes = vec![Probe::Origin, Probe::Canary];
        probes.extend([0, 1, 300].map(Probe::Control));
        probes.extend([0, 1].map(Probe::Challenge));
        probes.extend([
            Probe::Socket,
            Probe::Pings,
            Probe::Events,
            Probe::RelayControls,
        ]);
        let endpoints: Vec<EndpointRef> = EndpointRef::of(200).collect();
        for endpoint in &endpoints {
            probes.extend((0..4).map(|number| Probe::Fetch(*endpoint, number)));
        }
        probes.extend(endpoints.iter().map(|it| Probe::Upgrade(*it)));
        probes.extend(endpoints.iter().map(|it| Probe::Dial(*it)));
        probes.push(Probe::Timing);
        probes.extend([ClockSource::Relay, ClockSource::Origin].map(Probe::Clock));
        probes.push(Probe::Saw);
        probes.extend(Port::ALL.map(Probe::Port));
        probes.push(Probe::Plain);
        probes.extend(endpoints.iter().map(|it| Probe::Turn(*it)));
        probes.extend(endpoints.iter().map(|it| Probe::Image(*it)));
        probes.push(Probe::Hold);
        probes.extend(endpoints.iter().map(|it| Probe::GiveUp(*it)));
        for endpoint in &endpoints {
            probes.extend(Port::ALL.map(|port| Probe::OwnPort(*endpoint, port)));
        }
        probes.extend(endpoints.iter().map(|it| Probe::LateTurn(*it)));
        probes.extend(endpoints.iter().map(|it| Probe::FreshName(*it)));
        probes.push(Probe::NextControls);
        probes.extend(endpoints.iter().map(|it| Probe::NextDial(*it)));
        probes.extend(endpoints.iter().map(|it| Probe::Body(*it)));
        for endpoint in &endpoints {
            probes.extend(AddressSpace::ALL.map(|space| Probe::InSpace(*endpoint, space)));
        }
        for pair in probes.windows(2) {
            assert!(pair[0] < pair[1], "{pair:?}");
        }
    }
}
