//! The TLS handshake was refused: by time (two round trips), or by the browser's own word (Firefox). Where this
//! computer's clock makes the certificate invalid, the clock is the cause, and is said instead.

use super::{NOTHING, Rule, clock_wrong, failing_here};
use crate::analysis::{Detail, Facts, Shape};
use crate::finding::{Cause, Finding};

pub(super) const RULE: Rule = Rule {
    find,
    hides: NOTHING,
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    failing_here(facts, &|endpoint| match endpoint.conclusion.detail {
        Detail::TlsFailed { .. } if clock_wrong::explains(facts, endpoint) => None,
        Detail::TlsFailed { ms } => Some(Cause::TlsRejected {
            ms,
            said_by_browser: matches!(
                endpoint.shape,
                Shape::Unplaced {
                    tls_failed: true,
                    ..
                }
            ),
        }),
        _ => None,
    })
}
