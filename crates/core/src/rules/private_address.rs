//! The name leads to a private address: the relay found it so, or the browser keeps `fetch` waiting for a
//! permission (Local Network Access) while a WebSocket opens (Firefox; docs/browsers.md section 5).

use super::{Rule, each};
use crate::analysis::{CheckOutcome, Facts, Proof, Shape};
use crate::finding::{Cause, Code, Finding};

pub(super) const RULE: Rule = Rule {
    find,
    hides: |code| {
        matches!(
            code,
            Code::Dropped | Code::NotConnected | Code::RefusedNearby | Code::Unsteady
        )
    },
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = each(facts, &|endpoint| {
        let fails = endpoint.conclusion.outcome == CheckOutcome::Failed;
        let asks = matches!(
            &endpoint.shape,
            Shape::Answered(answered)
                if answered.opened && !answered.fetched && answered.fetch_waits
        );
        let everywhere = endpoint.is_private && fails;
        (everywhere || asks).then_some(Cause::PrivateAddress { everywhere })
    });
    for finding in &mut found {
        finding.proof = Proof::Inferred;
    }
    found
}
