//! TLS to the relay passes on 443 and bytes that are not TLS do not: a firewall lets only what it knows pass
//! there. It hurts a region whose TCP endpoint, seen from outside, does not speak TLS.

use super::{Rule, each};
use crate::analysis::{CheckOutcome, Expectation, Facts, OutsideView, Proof};
use crate::finding::{Cause, Code, Finding};
use reachcheck_model::catalogue::Kind;
use reachcheck_model::observation::Outcome;
use reachcheck_model::probe::Probe;

pub(super) const RULE: Rule = Rule {
    find,
    hides: |code| matches!(code, Code::CutInHandshake),
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
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
        needs.then_some(Cause::Plain443Blocked)
    });
    for finding in &mut needs_plain {
        finding.proof = Proof::Inferred;
    }
    if needs_plain.is_empty() {
        needs_plain.push(Finding::network(Cause::Plain443Blocked, Proof::Inferred));
    }
    needs_plain
}
