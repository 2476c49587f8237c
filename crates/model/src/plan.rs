//! Which probes a run makes, from catalogue, settings and the support link. Pure planning: what, not how.

use crate::catalogue::{EndpointRef, Kind, Region};
use crate::config::Config;
use crate::probe::{AddressSpace, ClockSource, Port, Probe};
use crate::thresholds as limits;

/// A relay as this run uses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelayTarget {
    /// Absolute base address, ending in `/`.
    pub base: String,
    /// Whether that is on this very computer.
    pub is_loopback: bool,
}

/// Everything a run will do, and the regions it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Whose service, for texts.
    pub provider: String,
    /// The regions of this run, in order; [`EndpointRef::region`] is an index into these.
    pub regions: Vec<Region>,
    /// Relays, in order of preference.
    pub relays: Vec<RelayTarget>,
    /// Addresses of the extra controls.
    pub controls: Vec<String>,
    /// Whether WebRTC may send its plain bytes to TCP endpoints.
    pub plain_tcp_probe: bool,
    /// Every probe, each exactly once.
    pub probes: Vec<Probe>,
}

impl Plan {
    /// The regions that a report is about; nothing is planned.
    #[must_use]
    pub const fn of_report(provider: String, regions: Vec<Region>) -> Self {
        Self {
            provider,
            regions,
            relays: Vec::new(),
            controls: Vec::new(),
            plain_tcp_probe: false,
            probes: Vec::new(),
        }
    }

    /// The same regions, and nothing planned.
    #[must_use]
    pub fn without_probes(&self) -> Self {
        let regions = self.regions.iter().cloned().map(|region| Region {
            image: None,
            ..region
        });
        Self::of_report(self.provider.clone(), regions.collect())
    }

    /// Plans a run over those regions of the catalogue that the link names (all, if it names none).
    #[must_use]
    pub fn new(config: &Config, relays: Vec<RelayTarget>, wanted: &[String]) -> Self {
        let regions: Vec<Region> = config
            .catalogue
            .regions
            .iter()
            .filter(|region| wanted.is_empty() || wanted.contains(&region.id))
            .cloned()
            .collect();
        let controls: Vec<String> = config.controls.iter().map(ToString::to_string).collect();
        let mut probes = vec![Probe::Origin, Probe::Canary];
        probes.extend((0..controls.len()).map(Probe::Control));
        probes.extend((0..relays.len()).map(Probe::Challenge));
        probes.extend_from_slice(&[
            Probe::Socket,
            Probe::Pings,
            Probe::Events,
            Probe::RelayControls,
            Probe::Timing,
            Probe::Clock(ClockSource::Relay),
            Probe::Clock(ClockSource::Origin),
            Probe::Saw,
            Probe::Plain,
            Probe::Hold,
        ]);
        probes.extend_from_slice(&Port::ALL.map(Probe::Port));
        // There is a next relay only where there are several.
        if relays.len() > 1 {
            probes.push(Probe::NextControls);
            probes.extend(EndpointRef::of(regions.len()).map(Probe::NextDial));
        }
        for endpoint in EndpointRef::of(regions.len()) {
            probes.extend((0..limits::FETCHES).map(|attempt| Probe::Fetch(endpoint, attempt)));
            probes.extend_from_slice(&[
                Probe::Upgrade(endpoint),
                Probe::FreshName(endpoint),
                Probe::Dial(endpoint),
                Probe::GiveUp(endpoint),
            ]);
            probes.extend_from_slice(&Port::ALL.map(|port| Probe::OwnPort(endpoint, port)));
            probes.extend_from_slice(&[Probe::Turn(endpoint), Probe::LateTurn(endpoint)]);
            probes.extend(AddressSpace::ALL.map(|space| Probe::InSpace(endpoint, space)));
            if endpoint.kind == Kind::Https {
                probes.extend_from_slice(&[Probe::Image(endpoint), Probe::Body(endpoint)]);
            }
        }
        Self {
            provider: config.catalogue.provider.clone(),
            regions,
            relays,
            controls,
            plain_tcp_probe: config.plain_tcp_probe,
            probes,
        }
    }

    /// The region of an endpoint.
    #[must_use]
    pub fn region(&self, endpoint: EndpointRef) -> &Region {
        &self.regions[endpoint.region]
    }

    /// Every endpoint of the run.
    pub fn endpoints(&self) -> impl Iterator<Item = EndpointRef> + use<> {
        EndpointRef::of(self.regions.len())
    }
}

/// How long to wait before repeating a failure that took `failed_ms` (all in milliseconds).
#[must_use]
pub fn failure_gap_ms(failed_ms: f64) -> f64 {
    (failed_ms * limits::FAILURE_GAP_FACTOR)
        .clamp(limits::FAILURE_GAP_MIN_MS, limits::FAILURE_GAP_MAX_MS)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Plan, RelayTarget, failure_gap_ms};
    use crate::config::Config;
    use crate::probe::Probe;

    fn relay() -> RelayTarget {
        RelayTarget {
            base: "https://relay.example/".to_owned(),
            is_loopback: false,
        }
    }

    #[test]
    fn every_probe_is_planned_once() {
        let plan = Plan::new(&Config::default(), vec![relay()], &[]);
        let distinct: BTreeSet<Probe> = plan.probes.iter().copied().collect();
        assert_eq!(distinct.len(), plan.probes.len());
        // Origin, canary, challenge, socket, pings, events, relay's controls, timing, two clocks, what it
        // saw, plain bytes, hold, two ports; fourteen per endpoint, and of the HTTPS ones an image and the end of their answers.
        assert_eq!(plan.probes.len(), 15 + 4 * (16 + 14));
    }

    #[test]
    fn the_link_chooses_regions_in_the_catalogues_order() {
        let wanted = ["seattle".to_owned(), "toronto".to_owned()];
        let plan = Plan::new(&Config::default(), Vec::new(), &wanted);
        let ids: Vec<&str> = plan
            .regions
            .iter()
            .map(|region| region.id.as_str())
            .collect();
        assert_eq!(ids, ["toronto", "seattle"]);
    }

    #[test]
    fn repeats_of_failures_keep_their_distance() {
        assert!((failure_gap_ms(2.0) - 700.0).abs() < 1e-9);
        assert!((failure_gap_ms(200.0) - 1000.0).abs() < 1e-9);
        assert!((failure_gap_ms(5000.0) - 1500.0).abs() < 1e-9);
    }
}
