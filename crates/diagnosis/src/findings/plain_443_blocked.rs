use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{CheckOutcome, Expectation, Facts, OutsideView, Proof};
use crate::finding::{Finding, each};
use crate::phrasing::{Circumstances, Phrasing};
use reachcheck_model::catalogue::Kind;
use reachcheck_model::observation::Outcome;
use reachcheck_model::probe::Probe;

/// STUN that dies on a port where TLS passes, and a TCP endpoint that, seen from outside, does not speak TLS. Either a
/// firewall lets only TLS pass there, and call events will not arrive; or it stops STUN alone, as app control does that
/// knows it by its magic cookie, and nothing is lost. A page can say nothing else there, so the two look alike, and no
/// verdict follows. Where every TCP endpoint speaks TLS there is nothing to say.
///
/// ```
/// use reachcheck_model::probe::Probe;
/// use reachcheck_diagnosis::testing::{failed, healthy, waits};
///
/// let run = healthy()
///     .set(Probe::Plain, failed(300.0))
///     .outside("seattle/tcp", waits("seattle/tcp"));
/// assert_eq!(run.findings(), ["plain-443-blocked / seattle - inferred"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Plain443Blocked;

pub(super) const META: Meta = Meta {
    token: "plain-443-blocked",
    wire: 7,
    short: 14,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let plain_fails = matches!(
        facts.observations.get(Probe::Plain),
        Some(Outcome::Failed { .. } | Outcome::TimedOut { .. })
    );
    let tls_passes = matches!(
        facts.observations.get(Probe::Socket),
        Some(Outcome::Answered { .. })
    );
    if !plain_fails || !tls_passes {
        return Vec::new();
    }
    let blocked = || Cause::Plain443Blocked(Plain443Blocked);
    let mut needs_plain = each(facts, &|endpoint| {
        let needs = endpoint.endpoint.kind == Kind::Tcp
            && endpoint.conclusion.outcome != CheckOutcome::NotRun
            && matches!(
                endpoint.outside,
                OutsideView::Reached {
                    expect: Expectation::NoTls(_) | Expectation::Greets | Expectation::SilentInTls,
                    ..
                }
            );
        needs.then(blocked)
    });
    for finding in &mut needs_plain {
        finding.proof = Proof::Inferred;
    }
    needs_plain
}

impl Evidence for Plain443Blocked {
    /// Reports of earlier releases have it without hosts.
    fn phrasing(&self, about: Circumstances) -> Phrasing<'_> {
        Phrasing {
            means: if about.has_hosts { "hosts" } else { "" },
            ..Phrasing::default()
        }
    }

    fn examples() -> Vec<Self> {
        vec![Self]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{
        ALL_DEGRADED, ALL_WELL, R, SEATTLE_UNKNOWN, answered, closed, expect, failed, healthy,
        rejects_tls, waits,
    };
    use reachcheck_model::observation::{Answer, NotRun, Outcome};
    use reachcheck_model::probe::Probe;
    use reachcheck_wire::Rejection;

    #[test]
    fn stun_that_dies_is_told_where_an_endpoint_speaks_plainly_and_hurts_no_verdict() {
        let dead = || healthy().set(Probe::Plain, failed(300.0));
        expect(&dead(), &[ALL_WELL]);
        let plain = dead()
            .fails_after("seattle/tcp", 4.0)
            .tcp_stands("seattle/tcp")
            .outside("seattle/tcp", rejects_tls("seattle/tcp", Rejection::Closed));
        expect(
            &plain,
            &[ALL_WELL, "plain-443-blocked / seattle - inferred"],
        );
        // A port that waits stays undecided, and the reason is named.
        let waiting = dead()
            .silent("seattle/tcp")
            .outside("seattle/tcp", waits("seattle/tcp"));
        expect(
            &waiting,
            &[SEATTLE_UNKNOWN, "plain-443-blocked / seattle - inferred"],
        );
    }

    #[test]
    fn plain_bytes_say_nothing_where_tls_does_not_pass_either_or_nobody_asked() {
        for outcome in [
            answered(250.0, Answer::Passed),
            Outcome::NotRun(NotRun::NotHere),
            Outcome::NotRun(NotRun::NotOffered),
        ] {
            expect(&healthy().set(Probe::Plain, outcome), &[ALL_WELL]);
        }
        let blocked = healthy()
            .set(Probe::Plain, failed(300.0))
            .set(Probe::Socket, closed(3.0 * R, 1006));
        expect(
            &blocked,
            &[ALL_DEGRADED, "socket-blocked / network - inferred"],
        );
    }
}
