//! The rules: facts to findings, one file each, most important first.
//!
//! A rule never measures and never words. Which symptoms a root cause hides stands beside it, as data.

mod answer_not_from_service;
mod clock_wrong;
mod closed_after_tls;
mod cut_in_handshake;
mod dropped;
mod events_lost;
mod extension_interferes;
mod hold_cut;
mod inspected;
mod ipv6_broken;
mod not_connected;
mod not_resolved;
mod offline;
mod plain_443_blocked;
mod ports_closed;
mod private_address;
mod proxy_in_path;
mod proxy_login;
mod refused_far;
mod refused_nearby;
mod relay;
mod service_down;
mod slow;
mod socket_blocked;
mod split_egress;
mod tls_rejected;
mod unsteady;

use crate::analysis::{CheckOutcome, Detail, EndpointFacts, Facts, OutsideView};
use crate::catalogue::EndpointRef;
use crate::finding::{Cause, Code, Finding, Scope};

/// One rule.
struct Rule {
    /// What it finds.
    find: fn(&Facts<'_>) -> Vec<Finding>,
    /// What follows from it and is not said again. A finding of the network hides everywhere, one of a
    /// region only there.
    hides: fn(Code) -> bool,
}

const NOTHING: fn(Code) -> bool = |_| false;

/// In order of importance.
const RULES: &[(Code, Rule)] = &[
    (Code::Offline, offline::RULE),
    (Code::ProxyLogin, proxy_login::RULE),
    (Code::AnswerNotFromService, answer_not_from_service::RULE),
    (Code::NotResolved, not_resolved::RULE),
    (Code::PrivateAddress, private_address::RULE),
    (Code::RefusedNearby, refused_nearby::RULE),
    (Code::Dropped, dropped::RULE),
    (Code::TlsRejected, tls_rejected::RULE),
    (Code::CutInHandshake, cut_in_handshake::RULE),
    (Code::ClosedAfterTls, closed_after_tls::RULE),
    (Code::RefusedFar, refused_far::RULE),
    (Code::NotConnected, not_connected::RULE),
    (Code::ServiceDown, service_down::RULE),
    (Code::Plain443Blocked, plain_443_blocked::RULE),
    (Code::SocketBlocked, socket_blocked::RULE),
    (Code::HoldCut, hold_cut::RULE),
    (Code::EventsLost, events_lost::RULE),
    (Code::Port80Closed, ports_closed::PORT_80),
    (Code::Port5222Closed, ports_closed::PORT_5222),
    (Code::Unsteady, unsteady::RULE),
    (Code::Slow, slow::RULE),
    (Code::ClockWrong, clock_wrong::RULE),
    (Code::ExtensionInterferes, extension_interferes::RULE),
    (Code::Inspected, inspected::RULE),
    (Code::ProxyInPath, proxy_in_path::RULE),
    (Code::SplitEgress, split_egress::RULE),
    (Code::Ipv6Broken, ipv6_broken::RULE),
    (Code::RelayMisconfigured, relay::MISCONFIGURED),
    (Code::RelayBusy, relay::BUSY),
    (Code::RelayUnreachable, relay::UNREACHABLE),
    (Code::RelayNotOutside, relay::NOT_OUTSIDE),
    (Code::NoRelay, relay::NOT_CONFIGURED),
];

/// Every finding of a run, in order of importance, one per code and scope, symptoms hidden.
#[must_use]
pub fn findings(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for (_, rule) in RULES {
        for finding in (rule.find)(facts) {
            let same = |other: &&mut Finding| {
                other.scope == finding.scope && other.cause.code() == finding.cause.code()
            };
            match found.iter_mut().find(same) {
                Some(first) => first.endpoints.extend(finding.endpoints),
                None => found.push(finding),
            }
        }
    }
    // Masks are computed for all before any is removed: a finding that is hidden still hides others.
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

/// Whether findings with the code `cause` hide findings with the code `symptom`.
fn hides(cause: Code, symptom: Code) -> bool {
    RULES
        .iter()
        .any(|(code, rule)| *code == cause && (rule.hides)(symptom))
}

/// One finding for each endpoint that fails here, and is not known to fail from outside, where `cause`
/// recognises what its check rests on.
fn failing_here(
    facts: &Facts<'_>,
    cause: &dyn Fn(&EndpointFacts) -> Option<Cause>,
) -> Vec<Finding> {
    each(facts, &|endpoint| {
        let fails_here = endpoint.conclusion.outcome == CheckOutcome::Failed
            && !matches!(endpoint.outside, OutsideView::Failed(_));
        fails_here.then(|| cause(endpoint)).flatten()
    })
}

/// One finding for each endpoint that works, with a reservation that `cause` recognises.
fn working(
    facts: &Facts<'_>,
    cause: &dyn Fn(&EndpointFacts, &Detail) -> Option<Cause>,
) -> Vec<Finding> {
    each(facts, &|endpoint| {
        let works = endpoint.conclusion.outcome == CheckOutcome::Ok;
        let detail = &endpoint.conclusion.detail;
        works.then(|| cause(endpoint, detail)).flatten()
    })
}

/// One finding for each endpoint where `cause` recognises it.
fn each(facts: &Facts<'_>, cause: &dyn Fn(&EndpointFacts) -> Option<Cause>) -> Vec<Finding> {
    let mut found = Vec::new();
    for endpoint in &facts.endpoints {
        if let Some(cause) = cause(endpoint) {
            found.push(of_endpoint(endpoint, cause));
        }
    }
    found
}

fn of_endpoint(endpoint: &EndpointFacts, cause: Cause) -> Finding {
    Finding {
        scope: Scope::Region(endpoint.endpoint.region),
        cause,
        proof: endpoint.conclusion.proof,
        endpoints: vec![endpoint.endpoint],
        outside_ms: match endpoint.outside {
            OutsideView::Reached { connect_ms, .. } => Some(connect_ms),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::RULES;
    use crate::finding::Code;

    #[test]
    fn there_is_one_rule_per_code_in_the_order_of_the_codes() {
        let ordered: Vec<Code> = RULES.iter().map(|(code, _)| *code).collect();
        assert_eq!(ordered, Code::ALL);
    }
}
