//! A proxy asks for a login: the browser keeps `fetch` waiting behind its dialog, while a WebSocket, for which
//! there is no dialog, fails at once (docs/browsers.md section 1.2).

use super::Rule;
use crate::analysis::{Facts, Proof};
use crate::catalogue::Kind;
use crate::finding::{Cause, Code, Finding};
use crate::observation::Outcome;
use crate::plan::Probe;
use crate::thresholds::LOGIN_REFUSAL_MAX_MS;

pub(super) const RULE: Rule = Rule {
    find,
    hides: |code| {
        matches!(
            code,
            Code::Dropped
                | Code::NotConnected
                | Code::RefusedNearby
                | Code::RelayUnreachable
                | Code::SocketBlocked
        )
    },
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    // Chromium shows it at TCP endpoints only: what waits beside them waits for the same dialog.
    let mut endpoints = Vec::new();
    let mut tcp = 0;
    for endpoint in facts.plan.endpoints() {
        let waits = matches!(
            facts.observations.get(Probe::Fetch(endpoint, 0)),
            Some(Outcome::TimedOut { .. })
        );
        let fails_at_once = matches!(
            facts.observations.get(Probe::Upgrade(endpoint)),
            Some(Outcome::Failed { ms, .. }) if *ms < LOGIN_REFUSAL_MAX_MS
        );
        if waits {
            endpoints.push(endpoint);
            tcp += usize::from(fails_at_once && endpoint.kind == Kind::Tcp);
        }
    }
    // One endpoint alone could be a device's doing; a proxy asks for all of them.
    if tcp < 2 && tcp < facts.plan.regions.len() || tcp == 0 {
        return Vec::new();
    }
    vec![Finding {
        endpoints,
        ..Finding::network(Cause::ProxyLogin, Proof::Inferred)
    }]
}
