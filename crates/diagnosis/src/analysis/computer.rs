//! This computer, as facts of the run: what it adds to the times that are read, and what else it did meanwhile.

use reachcheck_model::catalogue::EndpointRef;
use reachcheck_model::environment::{BrowserFamily, Environment};
use reachcheck_model::local_conditions::LocalConditions;
use reachcheck_model::observation::{Observations, Outcome};
use reachcheck_model::operating_system::OperatingSystem;
use reachcheck_model::probe::Probe;
use reachcheck_model::thresholds as limits;

use super::conclusion::Detail;
use super::path::{PathLength, RttMultiple};

/// What is known of the computer that a run was made on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Computer {
    /// Its operating system.
    pub system: OperatingSystem,
    /// The smallest step of the page's clock, in milliseconds.
    pub clock_grain_ms: Option<f64>,
    /// The browser's own delay beside the attempts, at most, in milliseconds; `None` where it was not measured.
    pub own_delay_ms: Option<f64>,
    /// The longest time for which the page stood still while a probe was out, in milliseconds.
    pub stalled_ms: f64,
    /// Whether its network came or went while a probe was out.
    pub network_changed: bool,
}

impl Computer {
    /// Of a run, finished or not.
    #[must_use]
    pub fn read(environment: &Environment, observations: &Observations) -> Self {
        let local = observations.all_local().iter().map(|(_, local)| *local);
        let own_delays = local.clone().filter_map(|local| local.own_delay_ms);
        Self {
            system: environment.system,
            clock_grain_ms: environment.clock_grain_ms,
            own_delay_ms: own_delays.max_by(f64::total_cmp),
            stalled_ms: local
                .clone()
                .map(|local| local.stalled_ms)
                .fold(0.0, f64::max),
            network_changed: local.into_iter().any(|local| local.network_changed),
        }
    }

    /// The smallest step of the page's clock, in milliseconds, where it is too large for some of what is read by it.
    #[must_use]
    pub fn coarse_grain_ms(&self) -> Option<f64> {
        coarse(self.clock_grain_ms)
    }
}

/// What this computer did while something was out, where that may be why it failed: its network came or went, or the page
/// stood still for as long as this (ms).
pub(super) fn disturbance(local: LocalConditions, stall_ms: f64) -> Option<Detail> {
    if local.network_changed {
        return Some(Detail::NetworkChanged);
    }
    let ms = local.stalled_ms;
    (ms >= stall_ms).then_some(Detail::StoodStill { ms })
}

/// What this computer did to an endpoint's attempts, where it may be why every one failed that did. A failure is one of a
/// network that came or went; a deadline of the page also passes where it stands still for most of the wait, as on a
/// computer that sleeps, and then nobody has waited.
pub(super) fn disturbance_of(endpoint: EndpointRef, observations: &Observations) -> Option<Detail> {
    let fetches = (0..limits::FETCHES).map(|attempt| Probe::Fetch(endpoint, attempt));
    let attempts = fetches.chain([Probe::Upgrade(endpoint)]);
    let failures = attempts.filter_map(|probe| {
        let stall_ms = match observations.get(probe)? {
            Outcome::Failed { .. } => f64::INFINITY,
            Outcome::TimedOut { ms } => 0.5 * ms,
            Outcome::Answered { .. } | Outcome::Cancelled | Outcome::NotRun(_) => return None,
        };
        Some(disturbance(observations.local(probe), stall_ms))
    });
    let failures: Option<Vec<Detail>> = failures.collect();
    failures?.into_iter().next()
}

/// How long an attempt took outside of this browser: between two bounds, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// It took no less: all of the browser's own delay lies in its time.
    pub shortest_ms: f64,
    /// It took no more: none of it does.
    pub longest_ms: f64,
}

impl Reading {
    /// Of a probe that took so many milliseconds by the page's clock, give or take a step of that clock.
    #[must_use]
    pub fn of(
        probe: Probe,
        ms: f64,
        observations: &Observations,
        clock_grain_ms: Option<f64>,
    ) -> Self {
        let own_delay_ms = observations.local(probe).own_delay_ms.unwrap_or(0.0);
        let grain_ms = coarse(clock_grain_ms).unwrap_or(0.0);
        Self {
            shortest_ms: (ms - own_delay_ms - grain_ms).max(0.0),
            longest_ms: ms + grain_ms,
        }
    }

    /// The level that this time falls into, wherever between its bounds it lies.
    #[must_use]
    pub fn level(self, path: &PathLength, family: BrowserFamily) -> Option<RttMultiple> {
        let level = path.level(self.longest_ms, family)?;
        (path.level(self.shortest_ms, family) == Some(level)).then_some(level)
    }
}

/// Clocks that step by no more than this (ms) are fine enough for what is read by them, Firefox's and WebKit's among them.
const FINE_GRAIN_MS: f64 = 2.0;

/// A clock's step, where it is too large for some of what is read by it, in milliseconds.
pub(super) fn coarse(grain_ms: Option<f64>) -> Option<f64> {
    grain_ms.filter(|grain_ms| *grain_ms > FINE_GRAIN_MS)
}

#[cfg(test)]
mod tests {
    use super::{Computer, Reading};
    use crate::analysis::{PathLength, RttMultiple};
    use crate::testing::{R, expect, healthy};
    use reachcheck_model::environment::BrowserFamily;
    use reachcheck_model::local_conditions::LocalConditions;
    use reachcheck_model::observation::{NotRun, Observations, Outcome};
    use reachcheck_model::probe::Probe;

    const fn delayed(ms: f64) -> LocalConditions {
        LocalConditions {
            own_delay_ms: Some(ms),
            stalled_ms: 0.0,
            network_changed: false,
            kept: false,
        }
    }

    fn reading(ms: f64, local: LocalConditions, grain_ms: Option<f64>) -> Reading {
        let mut observations = Observations::default();
        let outcome = Outcome::NotRun(NotRun::NotHere);
        observations.insert_under(Probe::Canary, outcome, local);
        Reading::of(Probe::Canary, ms, &observations, grain_ms)
    }

    /// Far is one round trip, and a near refusal that was held back for as long looks like it.
    #[test]
    fn a_level_counts_only_if_the_own_delay_leaves_it() {
        let path = PathLength {
            shortest_ms: 80.0,
            longest_ms: 80.0,
        };
        let level = |ms, local| reading(ms, local, Some(0.1)).level(&path, BrowserFamily::Chromium);
        assert_eq!(
            level(83.0, LocalConditions::default()),
            Some(RttMultiple::One)
        );
        assert_eq!(level(83.0, delayed(20.0)), Some(RttMultiple::One));
        assert_eq!(level(83.0, delayed(78.0)), None);
        // How late this very attempt was is not known: a refusal that is told late is placed nowhere.
        assert_eq!(level(140.0, delayed(60.0)), None);
        // Nothing that ended so soon was far away, however late it was told.
        assert_eq!(level(4.0, delayed(30.0)), Some(RttMultiple::Near));
    }

    #[test]
    fn a_coarse_clock_leaves_the_levels_that_are_coarser_still() {
        let path = |r| PathLength {
            shortest_ms: r,
            longest_ms: r,
        };
        let level = |ms, r, grain| {
            let calm = LocalConditions::default();
            reading(ms, calm, Some(grain)).level(&path(r), BrowserFamily::Firefox)
        };
        assert_eq!(level(83.0, 80.0, 1.0), Some(RttMultiple::One));
        assert_eq!(level(83.3, 80.0, 16.7), Some(RttMultiple::One));
        assert_eq!(level(100.0, 80.0, 100.0), None);
        assert_eq!(level(16.7, 40.0, 16.7), None);
    }

    /// The refusal near by that a busy browser tells of after the time of a far one.
    #[test]
    fn a_refusal_that_was_told_late_is_placed_nowhere() {
        let refused = |ms: f64| healthy().fails_after("toronto/https", ms / R);
        let headline = "blocked: blocked reachable reachable reachable";
        let probes = |scenario: crate::testing::Scenario, local: LocalConditions| {
            let endpoint = scenario.find("toronto/https");
            (0..3).fold(scenario, |scenario, attempt| {
                scenario.while_out(Probe::Fetch(endpoint, attempt), local)
            })
        };
        expect(
            &refused(82.0),
            &[headline, "refused-far / toronto - confirmed"],
        );
        expect(
            &probes(refused(82.0), delayed(9.0)),
            &[headline, "refused-far / toronto - confirmed"],
        );
        expect(
            &probes(refused(82.0), delayed(79.0)),
            &[headline, "not-connected / toronto - confirmed"],
        );
    }

    #[test]
    fn a_run_is_told_by_the_worst_of_its_probes() {
        let scenario = healthy()
            .while_out(Probe::Origin, delayed(3.0))
            .while_out(Probe::Canary, delayed(12.0));
        let session = scenario.session();
        let computer = Computer::read(&scenario.environment, &session.observations);
        assert_eq!(computer.own_delay_ms, Some(12.0));
        assert_eq!(computer.system.name(), "Windows");
        assert!(!computer.network_changed);
    }
}
