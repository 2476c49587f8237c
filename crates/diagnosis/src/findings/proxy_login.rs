use super::{Cause, Code, Evidence, Meta, Spoils};
use crate::analysis::{Facts, Proof};
use crate::finding::Finding;
use reachcheck_model::catalogue::Kind;
use reachcheck_model::observation::Outcome;
use reachcheck_model::probe::Probe;
use reachcheck_model::thresholds::LOGIN_REFUSAL_MAX_MS;

/// A proxy asks for a login: the browser keeps `fetch` waiting behind its dialog, while a WebSocket, for which
/// there is no dialog, fails at once (docs/browsers.md section 1.2).
///
/// ```
/// use reachcheck_diagnosis::testing::{closed, healthy, not_needed, silence};
///
/// let mut run = healthy();
/// for id in ["toronto/tcp", "seattle/tcp"] {
///     let fetches = [silence(), not_needed(), not_needed(), not_needed()];
///     run = run.endpoint(id, fetches, closed(13.0, 1006));
/// }
/// assert_eq!(run.findings(), ["proxy-login / network - inferred"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ProxyLogin;

pub(super) const META: Meta = Meta {
    token: "proxy-login",
    wire: 8,
    short: 2,
    hides: &[
        Code::RefusedNearby,
        Code::Dropped,
        Code::Refused,
        Code::NotConnected,
        Code::SocketBlocked,
        Code::RelayUnreachable,
    ],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
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
        ..Finding::network(Cause::ProxyLogin(ProxyLogin), Proof::Inferred)
    }]
}

impl Evidence for ProxyLogin {
    fn examples() -> Vec<Self> {
        vec![Self]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Scenario, closed, healthy, not_needed, silence, summary};
    use reachcheck_model::observation::Outcome;
    use reachcheck_model::probe::Probe;

    #[test]
    fn a_login_is_told_by_requests_that_wait_and_sockets_that_do_not() {
        let mut scenario = healthy();
        for region in ["toronto", "virginia", "seattle", "virginia-seattle"] {
            scenario = scenario.silent(&format!("{region}/https")).endpoint(
                &format!("{region}/tcp"),
                [
                    Outcome::TimedOut { ms: 8000.0 },
                    not_needed(),
                    not_needed(),
                    not_needed(),
                ],
                closed(13.0, 1006),
            );
        }
        let lines = summary(&scenario);
        assert_eq!(lines[1..], ["proxy-login / network - inferred"]);
        // One endpoint alone may be a device's doing.
        let one = healthy().endpoint(
            "seattle/tcp",
            [
                Outcome::TimedOut { ms: 8000.0 },
                not_needed(),
                not_needed(),
                not_needed(),
            ],
            closed(13.0, 1006),
        );
        assert!(
            !summary(&one)
                .iter()
                .any(|line| line.contains("proxy-login"))
        );
    }

    #[test]
    fn the_relay_behind_the_same_proxy_is_not_said_again() {
        let asks = |mut run: Scenario| {
            for id in ["toronto/tcp", "seattle/tcp"] {
                let fetches = [silence(), not_needed(), not_needed(), not_needed()];
                run = run.endpoint(id, fetches, closed(13.0, 1006));
            }
            run.findings()
        };
        let alone = ["proxy-login / network - inferred"];
        assert_eq!(asks(healthy().relay_unreachable()), alone);
        assert_eq!(
            asks(healthy().set(Probe::Socket, closed(13.0, 1006))),
            alone
        );
    }
}
