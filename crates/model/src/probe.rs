//! What a run can try, and how long it waits for each.

use serde::{Deserialize, Serialize};

use crate::catalogue::EndpointRef;
use crate::thresholds as limits;

/// One attempt of one kind, or a few that only make sense together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

impl Probe {
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
            Self::Fetch(..) | Self::Upgrade(_) | Self::Image(_) => limits::ENDPOINT_DEADLINE_MS,
            Self::Hold => limits::HOLD_DEADLINE_MS,
            Self::GiveUp(_) => limits::GIVE_UP_DEADLINE_MS,
        }
    }

    /// Whether nothing waits for it: its outcome may come after the run has finished.
    #[must_use]
    pub const fn is_late(self) -> bool {
        matches!(self, Self::Hold | Self::GiveUp(_) | Self::OwnPort(..))
    }
}
