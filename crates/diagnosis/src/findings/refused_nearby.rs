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
    use crate::testing::{
        R, SEATTLE_BLOCKED, closed, expect, failed, healthy, not_needed, rejects_tls, unreached,
    };
    use reachcheck_model::probe::Probe;
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

    /// As Firefox showed it behind a proxy that says no: one request ended at once, and so did the WebSocket.
    #[test]
    fn a_request_and_the_websocket_that_end_nearby_are_two() {
        let seen = |fetched: [f64; 3], socket_ms: f64| {
            let [one, two, three] = fetched.map(failed);
            let attempts = [one, two, three, not_needed()];
            let socket = closed(socket_ms, 1006);
            let run = healthy().behind_proxy();
            run.endpoint("seattle/https", attempts, socket)
        };
        let proxy = "proxy-in-path / network - inferred";
        let near = "refused-nearby / seattle - confirmed";
        expect(
            &seen([45.0, 6.0, 68.0], 7.0),
            &[SEATTLE_BLOCKED, near, proxy],
        );
        // The WebSocket is late, or no request is at once.
        let open = "not-connected / seattle - confirmed";
        for late in [seen([45.0, 6.0, 68.0], 55.0), seen([45.0, 52.0, 68.0], 7.0)] {
            expect(&late, &[SEATTLE_BLOCKED, open, proxy]);
        }
        // Close code 1015 says that TLS failed: the proxy let it through.
        let tls = seen([45.0, 6.0, 68.0], 7.0);
        let socket = Probe::Upgrade(tls.find("seattle/https"));
        let tls = tls.set(socket, closed(7.0, 1015));
        let rejected = "tls-rejected / seattle - confirmed";
        expect(&tls, &[SEATTLE_BLOCKED, rejected, proxy]);
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
