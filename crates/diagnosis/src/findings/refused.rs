use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{Detail, Facts};
use crate::finding::{Finding, failing_here};
use crate::phrasing::{Circumstances, Phrasing, Value};

/// Refused, and nothing says where: the operating system tries again before it tells.
///
/// ```
/// use reachcheck_diagnosis::testing::{R, healthy};
///
/// // The scenario's computer runs Windows.
/// let run = healthy().fails_after("seattle/https", 2_090.0 / R);
/// assert_eq!(run.findings(), ["refused / seattle - confirmed"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// Milliseconds, the system's own repeats included.
    pub ms: f64,
}

pub(super) const META: Meta = Meta {
    token: "refused",
    wire: 32,
    short: 33,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    failing_here(facts, &|endpoint| match endpoint.conclusion.detail {
        Detail::Refused { ms } => Some(Cause::Refused(Refused { ms })),
        _ => None,
    })
}

impl Evidence for Refused {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        Phrasing::plain(&[("time", Value::Ms(self.ms))])
    }

    fn examples() -> Vec<Self> {
        vec![Self { ms: 2090.0 }]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{
        R, SEATTLE_BLOCKED, closed, expect, failed, healthy, not_needed, rejects_tls,
    };
    use reachcheck_model::environment::BrowserFamily;
    use reachcheck_model::operating_system::OperatingSystem;
    use reachcheck_wire::Rejection;

    const AT: &str = "seattle/tcp";

    fn refused_after(ms: f64, socket_ms: f64) -> crate::testing::Scenario {
        let fetches = [failed(ms), failed(ms + 4.0), failed(ms + 2.0), not_needed()];
        healthy().endpoint(AT, fetches, closed(socket_ms, 1006))
    }

    #[test]
    fn two_seconds_on_windows_are_refused_at_every_dialect() {
        for outside in [None, Some(Rejection::Reset), Some(Rejection::NotTls)] {
            let of = |scenario: crate::testing::Scenario| match outside {
                None => scenario,
                Some(rejection) => scenario.outside(AT, rejects_tls(AT, rejection)),
            };
            let far = of(refused_after(2_085.0, 2_084.0));
            assert_eq!(far.summary()[0], SEATTLE_BLOCKED);
            assert!(far.findings()[0].starts_with("refused / seattle"));
            assert_eq!(far.place(AT), "connect inferred");
            // What is left is less than the way there: near by.
            let near = of(refused_after(2_003.0, 2_004.0));
            assert!(near.findings()[0].starts_with("refused-nearby / seattle"));
        }
    }

    #[test]
    fn a_port_that_takes_the_connection_and_cuts_it_as_late_is_not_refused() {
        // Twenty round trips of a path of 100 ms in Firefox, and its WebSocket, which it does not repeat, after two.
        let other = rejects_tls(AT, Rejection::Reset);
        let mut cut = refused_after(2_003.0, 2.0 * R).outside(AT, other.clone());
        cut.environment.family = BrowserFamily::Firefox;
        assert!(!cut.findings().iter().any(|it| it.starts_with("refused")));
        // The same on a system that reports a refusal at once.
        let mut linux = refused_after(2_003.0, 2_004.0).outside(AT, other);
        linux.environment.system = OperatingSystem::Linux;
        assert!(!linux.findings().iter().any(|it| it.starts_with("refused")));
    }

    #[test]
    fn a_lookup_that_the_browser_gave_up_explains_it() {
        use reachcheck_model::probe::Probe;

        let refused = healthy().fails_after("seattle/https", 2_090.0 / R);
        let gave_up = Probe::GiveUp(refused.find("seattle/https"));
        let lookup = refused.set(gave_up, failed(13_010.0));
        expect(
            &lookup,
            &[SEATTLE_BLOCKED, "not-resolved / seattle - confirmed"],
        );
    }
}
