use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{Detail, Facts};
use crate::finding::{Finding, failing_here};
use crate::phrasing::{Circumstances, Phrasing, Value};

/// Connected, then cut while the encryption was being agreed.
///
/// ```
/// use reachcheck_diagnosis::testing::healthy;
///
/// let run = healthy().fails_after("seattle/tcp", 4.0);
/// assert_eq!(run.findings(), ["cut-in-handshake / seattle - confirmed"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct CutInHandshake {
    /// Milliseconds.
    pub ms: f64,
}

pub(super) const META: Meta = Meta {
    token: "cut-in-handshake",
    wire: 10,
    short: 9,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    failing_here(facts, &|endpoint| match endpoint.conclusion.detail {
        Detail::Cut { ms } => Some(Cause::CutInHandshake(CutInHandshake { ms })),
        _ => None,
    })
}

impl Evidence for CutInHandshake {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        Phrasing::plain(&[("time", Value::Ms(self.ms))])
    }

    fn examples() -> Vec<Self> {
        vec![Self { ms: 90.0 }]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{ALL_WELL, SEATTLE_BLOCKED, expect, failed, healthy, rejects_tls};
    use reachcheck_model::probe::Probe;
    use reachcheck_wire::Rejection;

    #[test]
    fn the_same_time_where_outside_gets_an_answer_is_a_cut() {
        expect(
            &healthy().fails_after("seattle/tcp", 4.0),
            &[SEATTLE_BLOCKED, "cut-in-handshake / seattle - confirmed"],
        );
        expect(
            &healthy().fails_after("seattle/tcp", 3.0),
            &[SEATTLE_BLOCKED, "closed-after-tls / seattle - confirmed"],
        );
    }

    #[test]
    fn a_port_that_ends_tls_from_outside_too_is_not_cut() {
        let as_outside = healthy()
            .fails_after("seattle/tcp", 4.0)
            .outside("seattle/tcp", rejects_tls("seattle/tcp", Rejection::Closed));
        expect(&as_outside.tcp_stands("seattle/tcp"), &[ALL_WELL]);
    }

    #[test]
    fn a_firewall_that_passes_tls_alone_does_not_explain_it() {
        let cut = healthy()
            .firefox()
            .fails_after("seattle/tcp", 10.0)
            .outside("seattle/tcp", rejects_tls("seattle/tcp", Rejection::Closed));
        assert_eq!(cut.findings(), ["cut-in-handshake / seattle - inferred"]);
        // TLS is what was cut, and what passes to the relay.
        let with_stun = cut.set(Probe::Plain, failed(300.0));
        assert_eq!(
            with_stun.findings(),
            [
                "cut-in-handshake / seattle - inferred",
                "plain-443-blocked / seattle - inferred"
            ]
        );
    }
}
