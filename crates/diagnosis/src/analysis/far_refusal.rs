//! Refusals at the far end, of endpoints to which nothing was connected: they take a round trip, whatever else browsers add.

use reachcheck_model::figures::ascending;
use reachcheck_model::probe::Probe;
use reachcheck_model::thresholds as limits;

use super::attempt_pattern::Attempts;
use super::computer::Reading;
use super::path::{PathLength, RttMultiple};
use super::{fresh_name, outside};

/// Fewer attempts may all have been late.
const ATTEMPTS_MIN: usize = 3;

/// The time of one refusal at the far end, in milliseconds, where each of several addresses refused one after the other.
pub(super) fn by_each_address(
    attempts: &Attempts<'_>,
    path: &PathLength,
    failed_ms: &[f64],
) -> Option<f64> {
    let addresses = outside::addresses(attempts.endpoint, attempts.observations);
    let [_, second_ms, ..] = ascending(failed_ms.iter().copied())[..] else {
        return None;
    };
    let one_ms = second_ms / f64::from(addresses);
    let is_far = path.level(one_ms, attempts.family) == Some(RttMultiple::One);
    (addresses > 1 && is_far).then_some(one_ms)
}

/// The time of the fastest refusal, in milliseconds, where it took a round trip and none of several ended near by, this
/// browser's own delay taken off: what was not connected took no more, and whatever was later was held back or made twice
/// (Firefox: 90, 181, 167 ms and its WebSocket 107 ms, R = 82 ms). A fresh name must have failed sooner, or this may be
/// that of a name.
pub(super) fn after_a_trip(attempts: &Attempts<'_>, path: &PathLength) -> Option<f64> {
    let endpoint = attempts.endpoint;
    let fetches = (0..limits::FETCHES).map(|attempt| Probe::Fetch(endpoint, attempt));
    let probes = fetches.chain([Probe::Upgrade(endpoint)]);
    let failed: Vec<Reading> = probes.filter_map(|it| attempts.failed(it)).collect();
    let least = |of: fn(&Reading) -> f64| failed.iter().map(of).min_by(f64::total_cmp);
    let fastest = Reading {
        shortest_ms: least(|it| it.shortest_ms)?,
        longest_ms: least(|it| it.longest_ms)?,
    };
    let is_near = fastest.shortest_ms < limits::NEAR_MAX_MS.max(0.5 * path.longest_ms);
    let took_a_trip = path.level(fastest.longest_ms, attempts.family) == Some(RttMultiple::One);
    let fresh = attempts.failed(Probe::FreshName(endpoint))?;
    let is_no_name = fresh.longest_ms * fresh_name::SAME.end() < fastest.shortest_ms;
    (failed.len() >= ATTEMPTS_MIN && took_a_trip && !is_near && is_no_name)
        .then_some(fastest.longest_ms)
}
