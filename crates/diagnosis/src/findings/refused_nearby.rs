use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{Detail, Facts};
use crate::finding::{Finding, failing_here};
use crate::phrasing::{Circumstances, Phrasing, Value};

/// Refused faster than the path to the service allows: a firewall, proxy, filter or name filter close by.
///
/// ```
/// use reachcheck_diagnosis::testing::{R, healthy};
///
/// let run = healthy().fails_after("seattle/https", 3.0 / R);
/// assert_eq!(run.findings(), ["refused-nearby / seattle - confirmed"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RefusedNearby {
    /// Milliseconds.
    pub ms: f64,
}

pub(super) const META: Meta = Meta {
    token: "refused-nearby",
    wire: 2,
    short: 6,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    failing_here(facts, &|endpoint| match endpoint.conclusion.detail {
        Detail::RefusedNearby { ms } => Some(Cause::RefusedNearby(RefusedNearby { ms })),
        _ => None,
    })
}

impl Evidence for RefusedNearby {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        Phrasing::plain(&[("time", Value::Ms(self.ms))])
    }

    fn examples() -> Vec<Self> {
        vec![Self { ms: 0.0 }]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{R, SEATTLE_BLOCKED, expect, healthy, rejects_tls, unreached};
    use reachcheck_wire::{Connect, Rejection};

    #[test]
    fn refused_faster_than_the_path_is_nearby() {
        let near = healthy().fails_after("seattle/https", 3.0 / R);
        expect(
            &near,
            &[SEATTLE_BLOCKED, "refused-nearby / seattle - confirmed"],
        );
    }

    #[test]
    fn a_port_with_another_protocol_refused_nearby_is_blocked_by_time() {
        let near = healthy()
            .fails_after("seattle/tcp", 3.0 / R)
            .outside("seattle/tcp", rejects_tls("seattle/tcp", Rejection::Closed));
        expect(
            &near,
            &[SEATTLE_BLOCKED, "refused-nearby / seattle - inferred"],
        );
    }

    #[test]
    fn half_a_round_trip_is_not_nearby() {
        let half = healthy().fails_after("seattle/https", 0.5);
        expect(
            &half,
            &[SEATTLE_BLOCKED, "not-connected / seattle - confirmed"],
        );
    }

    #[test]
    fn a_private_address_explains_it() {
        let private = healthy().fails_after("seattle/https", 3.0 / R).outside(
            "seattle/https",
            unreached("seattle/https", Connect::Forbidden),
        );
        assert_eq!(private.findings(), ["private-address / seattle - inferred"]);
    }
}
