//! The path to each region: what its own answers, the relay's position and the other regions say of its length together.

use reachcheck_model::catalogue::{EndpointRef, Kind};
use reachcheck_model::observation::Outcome;
use reachcheck_model::probe::Probe;
use reachcheck_model::thresholds as limits;

use super::path::OwnTrip;
use super::{
    Canary, Facts, FastAnswers, Intermediary, Outside, PathLength, attempt_pattern, fast_answers,
    intermediary, outside, path, round_trips,
};

/// A way that takes so many times as long as by way of the relay, in every region, is another one; less is what a busy
/// computer adds.
const DETOUR_TIMES: f64 = 1.5;

impl Facts<'_> {
    /// Our round trip to a region: what the region's own answers and the relay's position say together.
    pub(super) fn path_length(&self, region: usize) -> Option<PathLength> {
        let bounds = self.path_bounds(region);
        let own = self.own_trip(region).filter(|own| {
            // An answer from nearer than the region can be is no measure of the way there.
            self.canary == Canary::Failed
                && !self.is_made_ahead(region)
                && !path::is_too_fast(own.ms, bounds.map(|path| path.shortest_ms))
        });
        path::combine(
            bounds,
            own.map(|own| OwnTrip {
                is_told: own.is_told && self.detour_ms.is_none(),
                ..own
            }),
        )
    }

    /// The round trip to a region by its HTTPS endpoint's fastest warm answer.
    fn own_trip(&self, region: usize) -> Option<OwnTrip> {
        let kind = Kind::Https;
        let endpoint = EndpointRef { region, kind };
        let (probe, ms) = attempt_pattern::fastest_warm_answer(endpoint, self.observations)?;
        let trips = self.answer_trips(endpoint);
        let cold = self.observations.get(Probe::Fetch(endpoint, 0));
        let was_kept = cold
            .and_then(Outcome::answered_ms)
            .is_some_and(|cold_ms| ms <= limits::KEPT_SHARE * cold_ms);
        let keeps_open =
            self.outside == Outside::Yes && outside::keeps_open(endpoint, self.observations);
        let own_delay_ms = self.observations.local(probe).own_delay_ms.unwrap_or(0.0);
        Some(OwnTrip {
            ms: ms / trips,
            own_delay_ms: own_delay_ms / trips,
            is_told: !intermediary::is_busy_moment(self.observations)
                && (trips > 1.0 || was_kept && keeps_open),
        })
    }

    /// How many round trips each warm answer of an endpoint certainly took. Behind a proxy connections are the proxy's.
    pub(super) fn answer_trips(&self, endpoint: EndpointRef) -> f64 {
        match self.way {
            Intermediary::Proxy | Intermediary::EndsNearby => 1.0,
            _ => round_trips::of_warm_answers(endpoint, self.observations, self.environment.family),
        }
    }

    /// The shortest round trip that an answer from the region can take, in milliseconds. Behind a proxy the
    /// way to the relay may be another one, and excludes nothing; unless something answers for everybody.
    pub(super) fn floor_ms(&self, region: usize) -> Option<f64> {
        if self.way == Intermediary::Proxy && self.canary != Canary::Answered {
            return None;
        }
        self.path_by_relay(region).map(|path| path.shortest_ms)
    }

    /// What every round trip to a region lies between. Where the service is reached by another way than the relay, the way
    /// to the relay bounds nothing from below.
    pub(super) fn path_bounds(&self, region: usize) -> Option<PathLength> {
        let path = self.path_by_relay(region)?;
        Some(PathLength {
            shortest_ms: match self.fast_answers {
                FastAnswers::WaysDiffer => 0.0,
                _ => path.shortest_ms,
            },
            longest_ms: path.longest_ms + self.detour_ms.unwrap_or(0.0),
        })
    }

    /// How much further away than by way of the relay the service is at most, where every region that answers is (two at
    /// least): it is reached by another way, as through a VPN, or each of them takes its time to answer. Which of the two
    /// is not known, so this only ever makes the bounds wider.
    pub(super) fn read_detour_ms(&self) -> Option<f64> {
        let beyond_ms = |region| {
            let own = self.own_trip(region).filter(|own| own.is_told)?;
            let longest_ms = self.path_by_relay(region)?.longest_ms;
            let least_ms = own.ms - own.own_delay_ms;
            Some((own.ms - longest_ms, least_ms / longest_ms))
        };
        let regions: Vec<_> = (0..self.plan.regions.len()).filter_map(beyond_ms).collect();
        let are_all_beyond = regions.iter().all(|(_, times)| *times > DETOUR_TIMES);
        let detours = regions.iter().map(|(ms, _)| *ms);
        (regions.len() >= 2 && are_all_beyond)
            .then(|| detours.max_by(f64::total_cmp))
            .flatten()
    }

    /// |A-B| to A+B, from our round trip to the relay and the relay's to the region.
    pub(super) fn path_by_relay(&self, region: usize) -> Option<PathLength> {
        if self.outside != Outside::Yes || self.relay_is_local() {
            return None;
        }
        let ours = self.relay_path()?;
        // The region's hosts stand together, so the faster dial is the better measure of the way there.
        let theirs = Kind::ALL
            .into_iter()
            .filter_map(|kind| {
                outside::round_trip_ms(EndpointRef { region, kind }, self.observations)
            })
            .min_by(f64::total_cmp)?;
        Some(PathLength {
            shortest_ms: (ours.shortest_ms - theirs)
                .max(theirs - ours.longest_ms)
                .max(0.0),
            longest_ms: ours.longest_ms + theirs,
        })
    }

    /// What the HTTPS endpoints' answers say together. Who answers for everybody, or opens connections on the way, is
    /// known by that, and needs no other sign.
    pub(super) fn read_fast_answers(&self) -> FastAnswers {
        if self.canary != Canary::Failed || self.inspection.is_some() {
            return FastAnswers::None;
        }
        let measured = |region| {
            let endpoint = fast_answers::endpoint(region);
            Some(fast_answers::Measured {
                own_ms: self.fastest_trip_ms(region)?,
                from_relay_ms: outside::round_trip_ms(endpoint, self.observations)?,
                is_too_fast: self.is_too_fast(region),
            })
        };
        let regions: Vec<_> = (0..self.plan.regions.len()).filter_map(measured).collect();
        fast_answers::read(&regions)
    }

    /// Whether every answer that is too fast may have come on a connection that was made ahead. That the service is reached
    /// by another way is not said then; nor is it ruled out.
    pub(crate) fn are_fast_ones_made_ahead(&self) -> bool {
        let mut fast = (0..self.plan.regions.len()).filter(|region| self.is_too_fast(*region));
        fast.all(|region| self.is_made_ahead(region))
    }

    /// The round trip by the fastest warm answer of a region's HTTPS endpoint, in milliseconds.
    fn fastest_trip_ms(&self, region: usize) -> Option<f64> {
        let endpoint = fast_answers::endpoint(region);
        let warm_ms = attempt_pattern::warm_answers_ms(endpoint, self.observations);
        Some(warm_ms.first()? / self.answer_trips(endpoint))
    }

    /// Whether that is less than any answer from there can take by way of the relay.
    fn is_too_fast(&self, region: usize) -> bool {
        let floor_ms = self.floor_ms(region);
        let trip_ms = self.fastest_trip_ms(region);
        trip_ms.is_some_and(|trip_ms| path::is_too_fast(trip_ms, floor_ms))
    }

    /// Whether a region's answers took one round trip each of the way by the relay rather than three of a shorter one, while
    /// others show no other way: on connections that Chromium had begun before, while the host was silent, and that came
    /// up since (docs/browsers.md section 3).
    fn is_made_ahead(&self, region: usize) -> bool {
        let trips = |region| self.answer_trips(fast_answers::endpoint(region));
        let is_possible =
            |trip_ms: f64| !path::is_too_fast(trip_ms * trips(region), self.floor_ms(region));
        let shows_the_way = |other| trips(other) > 1.0 && !self.is_too_fast(other);
        trips(region) > 1.0
            && self.is_too_fast(region)
            && self.fastest_trip_ms(region).is_some_and(is_possible)
            && (0..self.plan.regions.len()).any(shows_the_way)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{
        R, Scenario, answered, check, closed, failed, further_away, healthy, not_needed,
        rejects_tls, speaks_http,
    };
    use reachcheck_model::observation::Answer;
    use reachcheck_model::probe::Probe;
    use reachcheck_wire::Rejection;

    /// Toronto's HTTPS endpoint is refused after one round trip of the way by the relay, and these regions answer after three
    /// on a kept connection.
    fn toronto_fails(answers_late: &[&str]) -> Scenario {
        let failing = healthy().firefox().fails_after("toronto/https", 1.0);
        answers_late.iter().fold(failing, |run, region| {
            let id = format!("{region}/https");
            let warm = || answered(3.0 * R, Answer::Opaque);
            let cold = answered(9.0 * R, Answer::Opaque);
            run.endpoint(&id, [cold, warm(), warm(), warm()], not_needed())
                .outside(&id, speaks_http(&id))
        })
    }

    #[test]
    fn where_all_answer_late_the_way_may_be_longer_and_a_level_is_none() {
        let run = toronto_fails(&["virginia", "seattle", "virginia-seattle"]);
        assert_eq!(run.findings(), ["not-connected / toronto - confirmed"]);
    }

    #[test]
    fn where_one_answers_in_time_the_others_are_slow() {
        let run = toronto_fails(&["virginia", "seattle"]);
        assert_eq!(run.findings(), ["refused-far / toronto - confirmed"]);
    }

    /// A port that speaks no TLS here as from outside, 85 ms away: Firefox repeats two round trips ten times. Answers of a busy
    /// moment make its region seem 139 ms away, and the same times those of a hello that was reset (seed 614671615162398195).
    #[test]
    fn answers_of_a_busy_moment_are_no_measure_of_the_way() {
        let with = |pings: [f64; 5]| {
            let answer = |ms| answered(ms, Answer::Opaque);
            let fetches = [317.0, 139.0, 157.0, 140.0].map(answer);
            let tries = [failed(1_679.0), failed(1_673.0), not_needed(), not_needed()];
            let plain = rejects_tls("seattle/tcp", Rejection::Closed);
            healthy()
                .firefox()
                .set(Probe::Pings, answered(650.0, Answer::Pings(pings.to_vec())))
                .endpoint("seattle/https", fetches, not_needed())
                .outside(
                    "seattle/https",
                    further_away(speaks_http("seattle/https"), 141.8),
                )
                .endpoint("seattle/tcp", tries, closed(169.0, 1006))
                .outside("seattle/tcp", further_away(plain, 147.6))
        };
        let busy = with([183.0, 185.0, 97.0, 101.0, 84.0]);
        assert_eq!(busy.findings(), [] as [&str; 0]);
        assert_ne!(check(&busy, "seattle/tcp"), "ok confirmed");
        let quiet = with([93.0, 83.0, 84.0, 84.0, 84.0]);
        assert_eq!(quiet.findings(), ["cut-in-handshake / seattle - inferred"]);
    }
}
