use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{Detail, Facts};
use crate::finding::{Finding, failing_here};
use crate::phrasing::{Circumstances, Phrasing, Value};

/// Refused after one round trip: at the far end, or by a device close to it.
///
/// ```
/// use reachcheck_diagnosis::testing::healthy;
///
/// let run = healthy().fails_after("seattle/https", 1.0);
/// assert_eq!(run.findings(), ["refused-far / seattle - confirmed"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RefusedFar {
    /// Milliseconds.
    pub ms: f64,
}

pub(super) const META: Meta = Meta {
    token: "refused-far",
    wire: 3,
    short: 11,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    failing_here(facts, &|endpoint| match endpoint.conclusion.detail {
        Detail::RefusedFar { ms } => Some(Cause::RefusedFar(RefusedFar { ms })),
        _ => None,
    })
}

impl Evidence for RefusedFar {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        Phrasing::plain(&[("time", Value::Ms(self.ms))])
    }

    fn examples() -> Vec<Self> {
        vec![Self { ms: 82.0 }]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{
        R, SEATTLE_BLOCKED, closed, expect, failed, healthy, not_needed, speaks_http,
    };
    use reachcheck_model::local_conditions::LocalConditions;
    use reachcheck_model::probe::Probe;
    use reachcheck_wire::AddressCounts;

    #[test]
    fn refused_after_one_round_trip_is_far() {
        let far = healthy().fails_after("seattle/https", 1.0);
        expect(
            &far,
            &[SEATTLE_BLOCKED, "refused-far / seattle - confirmed"],
        );
    }

    #[test]
    fn the_two_fastest_attempts_decide() {
        // As Firefox showed it once at a port that the far end refuses.
        let odd = |times: [f64; 3]| {
            let [one, two, three] = times.map(failed);
            healthy().endpoint(
                "seattle/https",
                [one, two, three, not_needed()],
                closed(R, 1006),
            )
        };
        expect(
            &odd([104.0, 85.0, 166.0]),
            &[SEATTLE_BLOCKED, "refused-far / seattle - confirmed"],
        );
        // One that is fast alone is the browser's doing (a backup socket).
        expect(
            &odd([330.0, 326.0, 3.0]),
            &[SEATTLE_BLOCKED, "not-connected / seattle - confirmed"],
        );
    }

    /// As Firefox showed it at a port that the far end refuses: it made two of three connections twice.
    #[test]
    fn one_that_took_a_round_trip_and_none_that_took_less_is_far_where_nothing_was_connected() {
        let firefox = |fetched: [f64; 3], socket_ms: f64, fresh_ms: Option<f64>| {
            let id = "seattle/https";
            let [one, two, three] = fetched.map(failed);
            let socket = closed(socket_ms, 1006);
            let run = healthy().firefox();
            let run = run.endpoint(id, [one, two, three, not_needed()], socket);
            let fresh = Probe::FreshName(run.find(id));
            match fresh_ms {
                Some(ms) => run.set(fresh, failed(ms)),
                None => run,
            }
        };
        let open = [SEATTLE_BLOCKED, "not-connected / seattle - confirmed"];
        let seen = [90.0, 181.0, 167.0];
        let far = [SEATTLE_BLOCKED, "refused-far / seattle - confirmed"];
        expect(&firefox(seen, 107.0, Some(11.0)), &far);
        expect(&firefox([204.0, 114.0, 169.0], 152.0, Some(30.0)), &far);
        // None took a round trip.
        expect(&firefox([204.0, 140.0, 169.0], 152.0, Some(11.0)), &open);
        // One that took less ended nearer.
        expect(&firefox([90.0, 20.0, 167.0], 107.0, Some(11.0)), &open);
        // It may be a name: as slow as a fresh one, or none was asked for.
        expect(&firefox(seen, 107.0, Some(80.0)), &open);
        expect(&firefox(seen, 107.0, None), &open);
        // This browser's own delay may be why the WebSocket did not end near by.
        let late = |own_delay_ms: f64| {
            let run = firefox(seen, 107.0, Some(11.0));
            let socket = Probe::Upgrade(run.find("seattle/https"));
            let local = LocalConditions {
                own_delay_ms: Some(own_delay_ms),
                ..LocalConditions::default()
            };
            run.while_out(socket, local)
        };
        expect(&late(40.0), &far);
        expect(&late(80.0), &open);
        // What Firefox repeats ten times was connected.
        let repeated = firefox([860.0, 870.0, 880.0], 90.0, Some(11.0));
        assert_ne!(repeated.findings()[0], "refused-far / seattle - confirmed");
    }

    /// Each of several addresses takes a round trip to refuse, and two of them take as long as TLS that is cut.
    #[test]
    fn every_address_refuses_for_itself() {
        let id = "seattle/https";
        let with = |addresses: u32| {
            let mut report = speaks_http(id);
            report.addresses = Some(AddressCounts {
                ipv4: addresses,
                ipv6: 0,
            });
            let refused = healthy().firefox().fails_after(id, 2.0);
            refused.outside(id, report).findings()
        };
        assert_eq!(with(2), ["refused-far / seattle - confirmed"]);
        assert_eq!(with(1), ["not-connected / seattle - confirmed"]);
        // Close code 1015 says that TLS failed, whatever its time.
        let tls = healthy().firefox().fails_after(id, 2.0);
        let socket = Probe::Upgrade(tls.find(id));
        let tls = tls.set(socket, closed(2.0 * R, 1015));
        assert_eq!(tls.findings(), ["tls-rejected / seattle - confirmed"]);
    }

    #[test]
    fn a_lookup_that_the_browser_gave_up_explains_it() {
        let refused = healthy().fails_after("seattle/https", 1.0);
        let gave_up = Probe::GiveUp(refused.find("seattle/https"));
        let lookup = refused.set(gave_up, failed(13_010.0));
        assert_eq!(lookup.findings(), ["not-resolved / seattle - confirmed"]);
    }
}
