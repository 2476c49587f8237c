use super::{Cause, Code, Evidence, Meta, Spoils};
use crate::analysis::{CheckOutcome, Expectation, Facts, OutsideView, Proof};
use crate::finding::{Finding, each};
use crate::phrasing::{Circumstances, Phrasing};
use reachcheck_model::catalogue::Kind;
use reachcheck_model::observation::Outcome;
use reachcheck_model::probe::Probe;

/// TLS to the relay passes on 443 and bytes that are not TLS do not: a firewall lets only what it knows pass
/// there. It hurts a region whose TCP endpoint, seen from outside, does not speak TLS.
///
/// ```
/// use reachcheck_model::probe::Probe;
/// use reachcheck_diagnosis::testing::{failed, healthy};
///
/// let run = healthy().set(Probe::Plain, failed(300.0));
/// assert_eq!(run.findings(), ["plain-443-blocked / network - inferred"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Plain443Blocked;

pub(super) const META: Meta = Meta {
    token: "plain-443-blocked",
    wire: 7,
    short: 14,
    hides: &[Code::CutInHandshake],
    spoils: Spoils::ItsRegion,
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
    if needs_plain.is_empty() {
        needs_plain.push(Finding::network(blocked(), Proof::Inferred));
    }
    needs_plain
}

impl Evidence for Plain443Blocked {
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
    fn plain_bytes_that_die_hurt_the_regions_that_speak_plainly() {
        let dead = || healthy().set(Probe::Plain, failed(300.0));
        expect(
            &dead(),
            &[ALL_WELL, "plain-443-blocked / network - inferred"],
        );
        let plain = dead()
            .fails_after("seattle/tcp", 4.0)
            .tcp_stands("seattle/tcp")
            .outside("seattle/tcp", rejects_tls("seattle/tcp", Rejection::Closed));
        expect(
            &plain,
            &[
                "degraded: reachable reachable degraded reachable",
                "plain-443-blocked / seattle - inferred",
            ],
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
