use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{AttemptPattern, Detail, Facts};
use crate::finding::{Finding, working};
use crate::phrasing::{Circumstances, Phrasing, Value};
use reachcheck_model::thresholds::ENDPOINT_DEADLINE_S;

/// An endpoint whose requests wait for their whole deadline in Chromium, while a WebSocket there, always a new connection,
/// is turned down at once as the relay's is. Most likely the browser still holds connections that it began while the host
/// was silent, six of which keep every further request waiting (docs/browsers.md section 3).
///
/// ```
/// use reachcheck_model::observation::Outcome;
/// use reachcheck_diagnosis::testing::{R, answers_upgrades, closed, healthy, not_needed};
///
/// let silence = Outcome::TimedOut { ms: 8_000.0 };
/// let fetches = [silence, not_needed(), not_needed(), not_needed()];
/// let run = healthy()
///     .endpoint("seattle/https", fetches, closed(3.0 * R, 1006))
///     .outside("seattle/https", answers_upgrades("seattle/https", 404));
/// assert_eq!(run.findings(), ["requests-wait / seattle - inferred"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RequestsWait {
    /// How long they waited, in seconds.
    pub seconds: u32,
}

pub(super) const META: Meta = Meta {
    token: "requests-wait",
    wire: 41,
    short: 42,
    hides: &[],
    spoils: Spoils::ItsRegion,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    working(facts, &|endpoint, detail| {
        let is_socket_alone = matches!(endpoint.pattern, AttemptPattern::SocketAlone { .. });
        let is_found = is_socket_alone && matches!(detail, Detail::AnsweredSometimes { .. });
        is_found.then_some(Cause::RequestsWait(RequestsWait {
            seconds: ENDPOINT_DEADLINE_S,
        }))
    })
}

impl Evidence for RequestsWait {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        Phrasing::plain(&[("seconds", Value::Whole(self.seconds.into()))])
    }

    fn examples() -> Vec<Self> {
        vec![Self {
            seconds: ENDPOINT_DEADLINE_S,
        }]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{
        R, SEATTLE_BLOCKED, SEATTLE_UNKNOWN, Scenario, answered, answers_upgrades, closed, expect,
        healthy, not_needed,
    };
    use reachcheck_model::local_conditions::LocalConditions;
    use reachcheck_model::observation::{Answer, Outcome};
    use reachcheck_model::probe::Probe;

    const SEATTLE_DEGRADED: &str = "degraded: reachable reachable degraded reachable";
    const WAIT: &str = "requests-wait / seattle - inferred";
    const AT: &str = "seattle/https";

    fn silence() -> Outcome {
        Outcome::TimedOut { ms: 8_000.0 }
    }

    fn waits_beside(run: Scenario, socket: Outcome) -> Scenario {
        let fetches = [silence(), not_needed(), not_needed(), not_needed()];
        run.endpoint(AT, fetches, socket)
            .outside(AT, answers_upgrades(AT, 404))
    }

    #[test]
    fn requests_that_wait_beside_a_socket_that_was_turned_down_are_held_by_the_browser() {
        let run = waits_beside(healthy(), closed(3.0 * R, 1006));
        expect(&run, &[SEATTLE_DEGRADED, WAIT]);
    }

    #[test]
    fn a_request_that_is_answered_or_a_socket_that_ends_sooner_is_another_fault() {
        let answer = || answered(R, Answer::Opaque);
        let fetches = [silence(), answer(), answer(), not_needed()];
        let once = healthy()
            .endpoint(AT, fetches, closed(3.0 * R, 1006))
            .outside(AT, answers_upgrades(AT, 404));
        expect(&once, &[SEATTLE_DEGRADED, "unsteady / seattle - inferred"]);
        // Refused, or cut in the handshake: no new connection gets through.
        for trips in [0.1, 1.0, 4.0] {
            let given = waits_beside(healthy(), closed(trips * R, 1006)).summary();
            assert_eq!(given[0], SEATTLE_BLOCKED, "{given:?}");
            assert_ne!(given[1], WAIT);
        }
        // After seconds it is the same silence.
        for socket in [silence(), closed(40.0 * R, 1006)] {
            expect(
                &waits_beside(healthy(), socket),
                &[SEATTLE_BLOCKED, "dropped / seattle - inferred"],
            );
        }
        // From outside an upgrade would be taken up: this one was turned down by somebody else.
        let elsewhere =
            waits_beside(healthy(), closed(3.0 * R, 1006)).outside(AT, answers_upgrades(AT, 101));
        assert!(!elsewhere.findings().contains(&WAIT.to_owned()));
    }

    /// Firefox hands no answer over before its end: there it is the answer that stalls.
    #[test]
    fn in_firefox_it_is_the_answer_that_stalls() {
        let given = waits_beside(healthy().firefox(), closed(3.0 * R, 1006)).findings();
        assert!(!given.contains(&WAIT.to_owned()), "{given:?}");
        assert!(given[0].starts_with("answers-then-stalls"), "{given:?}");
    }

    #[test]
    fn a_network_that_changed_meanwhile_explains_it() {
        let run = waits_beside(healthy(), closed(3.0 * R, 1006));
        let at = run.find(AT);
        let changed = LocalConditions {
            network_changed: true,
            ..LocalConditions::default()
        };
        let probes = [Probe::Fetch(at, 0), Probe::Upgrade(at)];
        let while_out = |run: Scenario, probe| run.while_out(probe, changed);
        expect(
            &probes.into_iter().fold(run, while_out),
            &[
                SEATTLE_UNKNOWN,
                "network-changed-in-run / network - confirmed",
            ],
        );
    }
}
