//! Ports 80 and 5222 are closed towards the relay, where it listens.

use super::{NOTHING, Rule};
use crate::analysis::{CheckOutcome, Detail, Facts};
use crate::checks;
use crate::finding::{Cause, Finding};
use reachcheck_model::probe::Port;

pub(super) const PORT_80: Rule = Rule {
    find: |facts| {
        find(facts, Port::Http, |refused_ms| Cause::Port80Closed {
            refused_ms,
        })
    },
    hides: NOTHING,
};

pub(super) const PORT_5222: Rule = Rule {
    find: |facts| {
        find(facts, Port::Xmpp, |refused_ms| Cause::Port5222Closed {
            refused_ms,
        })
    },
    hides: NOTHING,
};

fn find(facts: &Facts<'_>, port: Port, cause: fn(Option<f64>) -> Cause) -> Vec<Finding> {
    let check = checks::port(facts, port);
    if check.outcome != CheckOutcome::Failed {
        return Vec::new();
    }
    let refused_ms = match check.detail {
        Detail::PortRefused { ms } => Some(ms),
        _ => None,
    };
    vec![Finding::network(cause(refused_ms), check.proof)]
}
