use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{Facts, Intermediary, Proof};
use crate::finding::{Finding, in_network};
use crate::phrasing::{Circumstances, Phrasing};

/// Somebody connects in the browser's place. No fault; it explains others, and says whom to ask.
///
/// ```
/// use reachcheck_diagnosis::testing::healthy;
///
/// let run = healthy().behind_proxy();
/// assert_eq!(run.findings(), ["proxy-in-path / network - inferred"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ProxyInPath {
    /// How it shows.
    pub way: Intermediary,
}

pub(super) const META: Meta = Meta {
    token: "proxy-in-path",
    wire: 19,
    short: 24,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let cause = match facts.way {
        way @ (Intermediary::Proxy | Intermediary::EndsNearby) => {
            Some(Cause::ProxyInPath(ProxyInPath { way }))
        }
        Intermediary::Direct | Intermediary::Unknown => None,
    };
    in_network(cause, Proof::Inferred)
}

impl Evidence for ProxyInPath {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        let form = match self.way {
            Intermediary::Proxy => "asked",
            Intermediary::EndsNearby | Intermediary::Direct | Intermediary::Unknown => "",
        };
        Phrasing::what(form, &[])
    }

    fn examples() -> Vec<Self> {
        [
            Intermediary::Proxy,
            Intermediary::EndsNearby,
            Intermediary::Direct,
            Intermediary::Unknown,
        ]
        .map(|way| Self { way })
        .into()
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::{Layer, Proof};
    use crate::testing::{
        ALL_DEGRADED, ALL_WELL, R, SEATTLE_BLOCKED, answered, check, closed, expect, failed,
        healthy, not_needed, phases_direct, summary, through_proxy,
    };
    use reachcheck_model::observation::{Answer, Failure, Outcome, Phases, Timing};
    use reachcheck_model::probe::{Port, Probe};

    #[test]
    fn a_proxy_is_named_and_spoils_nothing() {
        let proxied = healthy().behind_proxy();
        expect(&proxied, &[ALL_WELL, "proxy-in-path / network - inferred"]);
        // TCP in no time, then TLS in two round trips: something near by takes connections.
        let nearby = Phases {
            secure_start: Some(3.4),
            ..phases_direct(1.0)
        };
        let ends_nearby = [ALL_WELL, "proxy-in-path / network - inferred"];
        expect(&healthy().timing(None, Some(nearby.clone())), &ends_nearby);
        expect(
            &healthy().firefox().timing(None, Some(nearby.clone())),
            &ends_nearby,
        );
        // The same entry of the page's document may be of a connection that was made ahead.
        expect(&healthy().timing(Some(nearby), None), &[ALL_WELL]);
        // So may one whose TLS took but one round trip.
        let ahead = Phases {
            secure_start: Some(3.0),
            connect_end: 3.0 + R,
            ..phases_direct(1.0)
        };
        expect(&healthy().timing(None, Some(ahead)), &[ALL_WELL]);
    }

    #[test]
    fn firefox_behind_a_proxy_pays_for_the_handshake_in_its_request() {
        // As measured: connect and TLS at one moment, the answer three round trips after the request.
        let proxied = |response_end| Phases {
            lookup_start: 2.0,
            lookup_end: 2.0,
            connect_start: 3.0,
            secure_start: Some(3.0),
            connect_end: 3.0,
            request_start: 4.0,
            response_start: 85.0,
            response_end,
            protocol: "http/1.1".to_owned(),
        };
        expect(
            &healthy().firefox().timing(None, Some(proxied(251.0))),
            &[ALL_WELL, "proxy-in-path / network - inferred"],
        );
        // An answer that was late by as much as a round trip.
        expect(
            &healthy().firefox().timing(None, Some(proxied(168.0))),
            &[ALL_WELL],
        );
        // A spare connection: one round trip.
        expect(
            &healthy().firefox().timing(None, Some(proxied(86.0))),
            &[ALL_WELL],
        );
    }

    /// A CONNECT that a far proxy refuses has a duration in Firefox, as what failed after TLS has. Where no handshake shows,
    /// the way is not known to be direct, whether or not the request pays for it, and the duration proves nothing; nor does
    /// it where the request took no longer than the WebSocket, for what was connected is repeated.
    #[test]
    fn a_duration_proves_tls_on_a_way_that_is_known_to_be_direct_and_repeated_alone() {
        let refused = |phases, times: f64| {
            let after_tls = || Outcome::Failed {
                ms: times * 2.6 * R,
                failure: Failure::Network {
                    tls_finished: Some(true),
                },
            };
            let fetches = [after_tls(), after_tls(), after_tls(), not_needed()];
            let run = healthy().firefox().timing(None, Some(phases));
            let run = run.endpoint("seattle/https", fetches, closed(2.6 * R, 1006));
            let seattle = run.diagnose().regions[2].checks[0].conclusion.place;
            seattle.map(|place| (place.layer, place.proof))
        };
        let unseen = Phases {
            secure_start: Some(3.0 + R),
            connect_end: 3.0 + R,
            request_start: 3.0 + R,
            response_start: 3.0 + 2.0 * R,
            response_end: 3.0 + 2.0 * R,
            ..phases_direct(1.0)
        };
        assert_eq!(
            refused(phases_direct(1.0), 10.0),
            Some((Layer::Http, Proof::Confirmed))
        );
        assert_eq!(refused(phases_direct(1.0), 1.0), None);
        assert_ne!(refused(unseen, 10.0), Some((Layer::Http, Proof::Confirmed)));
    }

    #[test]
    fn a_refusal_behind_a_proxy_is_not_placed_at_the_far_end() {
        // A proxy 80 ms away that says no takes as long as the service would.
        let refused = healthy().behind_proxy().fails_after("seattle/https", 1.0);
        expect(
            &refused,
            &[
                SEATTLE_BLOCKED,
                "not-connected / seattle - confirmed",
                "proxy-in-path / network - inferred",
            ],
        );
        let refused = healthy().behind_proxy().fails_after("seattle/https", 0.04);
        assert_eq!(summary(&refused)[1], "refused-nearby / seattle - confirmed");
    }

    #[test]
    fn a_second_run_on_the_connection_of_the_first_still_knows_of_the_proxy() {
        let on_its_connection = || Phases {
            lookup_end: 0.0,
            lookup_start: 0.0,
            connect_start: 0.0,
            secure_start: Some(0.0),
            connect_end: 0.0,
            ..phases_direct(1.0)
        };
        let run = |relay, earlier| {
            let timing = Timing {
                page: None,
                relay: Some(relay),
                earlier,
                warm_ms: Some(R),
            };
            healthy()
                .set(
                    Probe::Timing,
                    answered(90.0, Answer::Timing(Box::new(timing))),
                )
                .set(Probe::Port(Port::Xmpp), failed(3.0))
        };
        let proxy = "proxy-in-path / network - inferred";
        let again = run(on_its_connection(), Some(through_proxy()));
        expect(&again, &[ALL_WELL, proxy]);
        assert_eq!(check(&again, "network/port-5222"), "unknown none");
        // Direct then is direct now.
        let direct = run(on_its_connection(), Some(phases_direct(1.0)));
        let closed = [ALL_DEGRADED, "port-5222-closed / network - inferred"];
        expect(&direct, &closed);
        // A connection of its own says more than an earlier one.
        expect(&run(phases_direct(1.0), Some(through_proxy())), &closed);
    }
}
