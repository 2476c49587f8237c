//! The way out of this network, as the browser's own timing and the relay show it.

use super::Canary;
use crate::environment::Family;
use crate::observation::{Answer, Observations, Outcome, Phases, Timing};
use crate::plan::Probe;
use crate::thresholds as limits;
use reachcheck_wire::{Consistency, Saw};

/// What stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Nothing that shows.
    Direct,
    /// The browser asks a proxy to connect for it.
    Proxy,
    /// Something near by takes TCP connections in the far end's place.
    EndsNearby,
    /// The browser does not show it.
    Unknown,
}

impl Way {
    pub(super) fn read(observations: &Observations, family: Family) -> Self {
        let Some(timing) = timing(observations) else {
            return Self::Unknown;
        };
        let of =
            |phases: &Option<Phases>| phases.as_ref().map_or(Self::Unknown, |p| way(p, family));
        match of(&timing.relay) {
            // The page's own connection may have been made ahead of its request, so its handshake seems
            // shorter than it was; it is only asked for a proxy.
            Self::Unknown if of(&timing.page) == Self::Proxy => Self::Proxy,
            way => way,
        }
    }
}

/// Behind a proxy there is no lookup, and Chromium's connect phase begins later than the lookup that did not
/// happen; without one it begins exactly at the lookup's end (browser.md section 4, and every row measured in
/// the lab). Where TCP ends near by, the handshake takes 0.3 to 0.8 ms while a request takes a round trip.
fn way(phases: &Phases, family: Family) -> Way {
    let no_lookup = phases.lookup_start <= 0.0 && phases.lookup_end <= 0.0;
    match (family, phases.connect_ms()) {
        (Family::Chromium, Some(_)) if no_lookup && phases.connect_start > 0.0 => Way::Proxy,
        (Family::Chromium, Some(_)) if phases.connect_start > phases.lookup_end => Way::Unknown,
        (_, Some(connect_ms))
            if phases.request_ms() >= limits::FLOOR_MIN_MS
                && connect_ms < limits::ENDS_NEARBY_SHARE * phases.request_ms() =>
        {
            Way::EndsNearby
        }
        (_, Some(_)) => Way::Direct,
        (_, None) => Way::Unknown,
    }
}

pub(super) fn timing(observations: &Observations) -> Option<&Timing> {
    match observations.get(Probe::Timing)? {
        Outcome::Answered {
            answer: Answer::Timing(timing),
            ..
        } => Some(timing),
        _ => None,
    }
}

/// How encrypted connections show that somebody opens them on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inspection {
    /// An address that cannot exist answered over a trusted connection.
    NameThatCannotExist,
    /// The relay met a TLS handshake that this browser does not make.
    Handshake,
    /// The relay met headers, inside TLS, that no browser sends: their names.
    Headers(Vec<String>),
}

/// Hard facts only, strongest first.
pub(super) fn inspection(canary: Canary, observations: &Observations) -> Option<Inspection> {
    if canary == Canary::Answered {
        return Some(Inspection::NameThatCannotExist);
    }
    let all = saw(observations);
    let inconsistent = |saw: &&Saw| {
        saw.tls
            .as_ref()
            .is_some_and(|tls| tls.consistency == Consistency::Inconsistent)
    };
    if all.iter().any(inconsistent) {
        return Some(Inspection::Handshake);
    }
    // Where TLS does not end at the relay itself, its own operator's proxy adds such headers.
    let names: Vec<String> = all
        .iter()
        .filter(|saw| saw.tls.is_some())
        .flat_map(|saw| saw.forwarded.iter().map(|(name, _)| name.clone()))
        .collect();
    (!names.is_empty()).then_some(Inspection::Headers(names))
}

/// What the relays saw of the challenge and of the socket.
fn saw(observations: &Observations) -> Vec<&Saw> {
    observations
        .iter()
        .filter_map(|(_, outcome)| match outcome {
            Outcome::Answered {
                answer: Answer::Challenge(challenge),
                ..
            } => Some(&challenge.saw),
            Outcome::Answered {
                answer: Answer::Saw(saw),
                ..
            } => Some(saw),
            _ => None,
        })
        .collect()
}
