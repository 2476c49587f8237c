use super::{Cause, Evidence, Meta, Spoils, clock_wrong};
use crate::analysis::{AttemptPattern, Detail, Facts};
use crate::finding::{Finding, failing_here};
use crate::phrasing::{Circumstances, Phrasing, Value};

/// The TLS handshake failed: by time (two round trips), by the browser's own word (Firefox), or since a sign shows that
/// something took the connection and the time tells no more, so that it may also have been cut. Where this computer's
/// clock makes the certificate invalid, the clock is the cause, and is said instead.
///
/// ```
/// use reachcheck_diagnosis::testing::healthy;
///
/// let run = healthy().fails_after("seattle/https", 2.0);
/// assert_eq!(run.findings(), ["tls-rejected / seattle - confirmed"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct TlsRejected {
    /// Milliseconds.
    pub ms: f64,
    /// The browser itself says that the handshake failed (Firefox, 1015).
    pub said_by_browser: bool,
}

pub(super) const META: Meta = Meta {
    token: "tls-rejected",
    wire: 9,
    short: 8,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    failing_here(facts, &|endpoint| match endpoint.conclusion.detail {
        Detail::TlsFailed { .. } if clock_wrong::explains(facts, endpoint) => None,
        Detail::TlsFailed { ms } => Some(Cause::TlsRejected(TlsRejected {
            ms,
            said_by_browser: matches!(
                endpoint.pattern,
                AttemptPattern::Unplaced {
                    tls_failed: true,
                    ..
                }
            ),
        })),
        _ => None,
    })
}

impl Evidence for TlsRejected {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        let form = if self.said_by_browser { "said" } else { "" };
        Phrasing::what(form, &[("time", Value::Ms(self.ms))])
    }

    fn examples() -> Vec<Self> {
        vec![Self {
            ms: 164.0,
            said_by_browser: true,
        }]
    }

    fn further_examples() -> Vec<Self> {
        vec![Self {
            ms: 164.0,
            said_by_browser: false,
        }]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{
        ALL_WELL, R, SEATTLE_BLOCKED, SEATTLE_UNKNOWN, closed, expect, failed, healthy, not_needed,
        rejects_tls,
    };
    use reachcheck_model::probe::Probe;
    use reachcheck_wire::Rejection;

    #[test]
    fn certificates_are_rejected_after_two_round_trips() {
        expect(
            &healthy().fails_after("seattle/https", 2.0),
            &[SEATTLE_BLOCKED, "tls-rejected / seattle - confirmed"],
        );
        // Firefox says so itself, whatever the time.
        let odd = [failed(77.0), failed(140.0), failed(210.0), not_needed()];
        let said = healthy()
            .firefox()
            .endpoint("seattle/https", odd, closed(300.0, 1015));
        expect(
            &said,
            &[SEATTLE_BLOCKED, "tls-rejected / seattle - confirmed"],
        );
    }

    #[test]
    fn a_reset_of_the_hello_is_not_a_healthy_plain_port() {
        // Two round trips in Chromium where four are the far end's doing.
        let reset = healthy()
            .fails_after("seattle/tcp", 2.0)
            .outside("seattle/tcp", rejects_tls("seattle/tcp", Rejection::Closed));
        expect(
            &reset,
            &[SEATTLE_BLOCKED, "tls-rejected / seattle - inferred"],
        );
        // Ten round trips in Firefox where twenty are.
        let in_firefox = |trips| {
            healthy()
                .firefox()
                .fails_after("seattle/tcp", trips)
                .outside("seattle/tcp", rejects_tls("seattle/tcp", Rejection::Closed))
        };
        expect(
            &in_firefox(10.0),
            &[SEATTLE_BLOCKED, "cut-in-handshake / seattle - inferred"],
        );
        let repeated = |trips: f64, once: f64| {
            let socket = Probe::Upgrade(healthy().find("seattle/tcp"));
            in_firefox(trips).set(socket, closed(once * R, 1006))
        };
        expect(&repeated(20.0, 2.0), &[ALL_WELL]);
        // A WebSocket that took as long: it was not connected.
        assert_eq!(
            repeated(2.0, 2.0).findings(),
            ["not-connected / seattle - inferred"]
        );
        // Between the two nothing is shown, nor by one that the browser held back.
        expect(&repeated(20.0, 8.0), &[SEATTLE_UNKNOWN]);
        expect(&repeated(20.0, 20.0), &[SEATTLE_UNKNOWN]);
        // A box near by that takes every connection and resets it.
        assert_eq!(repeated(4.0, 0.1).summary()[0], SEATTLE_BLOCKED);
    }
}
