//! Rules, applied: every finding of a run, symptoms hidden by their causes.

use crate::analysis::Facts;
use crate::finding::{Finding, Scope};
use crate::findings::{Code, RULES};
use reachcheck_model::catalogue::EndpointRef;

/// Every finding of a run, in order of importance, one per code and scope, symptoms hidden.
#[must_use]
pub(crate) fn found(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for rule in RULES {
        for finding in rule(facts) {
            let same = |other: &&mut Finding| {
                other.scope == finding.scope && other.cause.code() == finding.cause.code()
            };
            match found.iter_mut().find(same) {
                // What is said of several is no surer than of the least sure.
                Some(first) => {
                    first.proof = first.proof.max(finding.proof);
                    first.endpoints.extend(finding.endpoints);
                }
                None => found.push(finding),
            }
        }
    }
    // All are judged before any is changed: what is hidden itself still hides.
    let left: Vec<Option<Vec<EndpointRef>>> = found
        .iter()
        .map(|finding| unexplained(finding, &found))
        .collect();
    let mut left = left.into_iter();
    found.retain_mut(|finding| match left.next().flatten() {
        Some(endpoints) => {
            finding.endpoints = endpoints;
            true
        }
        None => false,
    });
    found
}

/// The endpoints that are left of a finding once its causes have taken those that they explain, if there is anything
/// left. A cause without endpoints explains all of it.
fn unexplained(finding: &Finding, causes: &[Finding]) -> Option<Vec<EndpointRef>> {
    let mut endpoints = finding.endpoints.clone();
    for cause in causes {
        if (cause.scope != Scope::Network && cause.scope != finding.scope)
            || !hides(cause.cause.code(), finding.cause.code())
        {
            continue;
        }
        if cause.endpoints.is_empty() {
            return None;
        }
        endpoints.retain(|endpoint| !cause.endpoints.contains(endpoint));
        if endpoints.is_empty() {
            return None;
        }
    }
    Some(endpoints)
}

/// Whether a finding is the cause of what has the other code.
fn hides(cause: Code, symptom: Code) -> bool {
    cause != symptom && cause.meta().hides.contains(&symptom)
}
