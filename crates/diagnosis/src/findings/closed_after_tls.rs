use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{Detail, Facts};
use crate::finding::{Finding, failing_here};
use crate::phrasing::{Circumstances, Phrasing, Value};

/// Encrypted, then closed without an answer, where outside gets one or nobody outside looked.
///
/// ```
/// use reachcheck_diagnosis::testing::healthy;
///
/// let run = healthy().fails_after("seattle/tcp", 3.0);
/// assert_eq!(run.findings(), ["closed-after-tls / seattle - confirmed"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ClosedAfterTls {
    /// Milliseconds.
    pub ms: f64,
}

pub(super) const META: Meta = Meta {
    token: "closed-after-tls",
    wire: 11,
    short: 10,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    failing_here(facts, &|endpoint| match endpoint.conclusion.detail {
        Detail::ClosedAfterTls { ms } => Some(Cause::ClosedAfterTls(ClosedAfterTls { ms })),
        _ => None,
    })
}

impl Evidence for ClosedAfterTls {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        Phrasing::plain(&[("time", Value::Ms(self.ms))])
    }

    fn examples() -> Vec<Self> {
        vec![Self { ms: 246.0 }]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{
        ALL_WELL, SEATTLE_BLOCKED, SEATTLE_UNKNOWN, closes_after_tls, expect, healthy,
    };

    #[test]
    fn the_time_of_a_closed_tls_connection_tells() {
        let closes = healthy().fails_after("seattle/https", 3.0);
        expect(
            &closes,
            &[SEATTLE_BLOCKED, "closed-after-tls / seattle - confirmed"],
        );
    }

    #[test]
    fn a_port_that_closes_for_everybody_is_well() {
        let closes = healthy()
            .fails_after("seattle/tcp", 3.0)
            .outside("seattle/tcp", closes_after_tls("seattle/tcp"));
        // A time acquits nobody: something must show that the connection was taken.
        expect(&closes, &[SEATTLE_UNKNOWN]);
        // And TLS passes from outside, so that it must have here.
        let tcp = closes.clone().tcp_stands("seattle/tcp");
        expect(&tcp, &[SEATTLE_UNKNOWN]);
        expect(&closes.tls_stands("seattle/tcp"), &[ALL_WELL]);
        // A box that cuts the browser's own hello, and lets WebRTC's through.
        let cut = healthy()
            .fails_after("seattle/https", 2.0)
            .tls_stands("seattle/https");
        assert_eq!(cut.findings(), ["tls-rejected / seattle - confirmed"]);
    }
}
