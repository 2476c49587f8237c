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
