use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{CheckOutcome, EndpointFacts, Facts, OutsideView, Proof};
use crate::finding::{Finding, in_network};
use crate::phrasing::{Circumstances, Phrasing};

/// What answers this browser refuses the relay, resets it or leaves it without an answer: the service lets some networks
/// in, and the relay's is not among them, so what it could not reach says nothing.
///
/// ```
/// use reachcheck_diagnosis::testing::{healthy, unreached};
/// use reachcheck_wire::Connect;
///
/// let refused = unreached("seattle/https", Connect::Refused { ms: 2.0 });
/// let run = healthy().outside("seattle/https", refused);
/// assert_eq!(run.findings(), ["relay-turned-away / network - inferred"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RelayTurnedAway {
    /// Something fails here of which the relay can say nothing for it.
    pub undecided: bool,
}

pub(super) const META: Meta = Meta {
    token: "relay-turned-away",
    wire: 35,
    short: 36,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(turned_away) = facts.turned_away else {
        return Vec::new();
    };
    let is_open = |endpoint: &EndpointFacts| {
        let outcome = endpoint.conclusion.outcome;
        endpoint.outside == OutsideView::NotRun
            && matches!(outcome, CheckOutcome::Failed | CheckOutcome::Unknown)
    };
    let undecided = facts.endpoints.iter().any(is_open);
    let cause = Cause::RelayTurnedAway(RelayTurnedAway { undecided });
    let mut found = in_network(Some(cause), Proof::Inferred);
    for finding in &mut found {
        finding.endpoints.push(turned_away.endpoint);
    }
    found
}

impl Evidence for RelayTurnedAway {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        let form = if self.undecided { "undecided" } else { "" };
        Phrasing {
            means: form,
            action: form,
            ..Phrasing::default()
        }
    }

    fn examples() -> Vec<Self> {
        vec![Self { undecided: true }]
    }

    fn further_examples() -> Vec<Self> {
        vec![Self { undecided: false }]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{
        ALL_WELL, R, SEATTLE_BLOCKED, SEATTLE_UNKNOWN, Scenario, after_tls, answered, expect,
        healthy, rejects_tls, unreached, waits,
    };
    use reachcheck_model::observation::Answer;
    use reachcheck_model::probe::Probe;
    use reachcheck_wire::{
        AnsweredHello, CertificateFault, Connect, DialReport, Dialogue, Rejection,
    };

    const TURNED: &str = "relay-turned-away / network - inferred";
    const SEATTLE_DOWN: &str = "down: reachable reachable down reachable";

    /// Every way in which no connection comes up.
    const NO_CONNECTION: [Connect; 3] = [
        Connect::Refused { ms: 2.0 },
        Connect::TimedOut { ms: 4000.0 },
        Connect::Unreachable { ms: 2.0 },
    ];

    fn refused(run: Scenario, id: &str) -> Scenario {
        run.outside(id, unreached(id, NO_CONNECTION[0]))
    }

    fn neither(report: DialReport) -> DialReport {
        DialReport {
            hello: Some(AnsweredHello::Neither),
            ..report
        }
    }

    #[test]
    fn an_endpoint_that_answers_here_and_not_the_relay_shows_it() {
        for connect in NO_CONNECTION {
            for at in ["toronto/https", "toronto/tcp"] {
                let run = healthy().outside(at, unreached(at, connect));
                expect(&run, &[ALL_WELL, TURNED]);
            }
        }
        let at = "toronto/https";
        for ended in [
            rejects_tls(at, Rejection::Reset),
            rejects_tls(at, Rejection::Closed),
            waits(at),
        ] {
            expect(
                &healthy().outside(at, neither(ended.clone())),
                &[ALL_WELL, TURNED],
            );
            // An earlier relay does not say which hello it was.
            expect(&healthy().outside(at, ended), &[ALL_WELL, TURNED]);
        }
    }

    #[test]
    fn what_it_could_not_reach_elsewhere_is_not_down() {
        for connect in NO_CONNECTION {
            let at = "seattle/https";
            let run = healthy().silent(at).outside(at, unreached(at, connect));
            assert_eq!(run.summary()[0], SEATTLE_DOWN);
            let turned = refused(run, "toronto/tcp");
            let dropped = "dropped / seattle - inferred";
            expect(&turned, &[SEATTLE_UNKNOWN, dropped, TURNED]);
        }
        let at = "seattle/tcp";
        let run = refused(healthy().silent(at), at);
        assert_eq!(run.summary()[0], SEATTLE_DOWN);
        expect(&refused(run, "toronto/tcp"), &[SEATTLE_UNKNOWN, TURNED]);
    }

    #[test]
    fn what_it_did_reach_counts_and_so_does_a_certificate() {
        let turned = refused(healthy(), "toronto/https");
        let blocked = turned.clone().silent("seattle/https");
        let dropped = "dropped / seattle - inferred";
        expect(&blocked, &[SEATTLE_BLOCKED, dropped, TURNED]);
        let closed = Dialogue::Closed { ms: 2.0 };
        let expired = after_tls("seattle/https", Some(CertificateFault::Expired), closed);
        let down = turned
            .fails_after("seattle/https", 2.0)
            .outside("seattle/https", expired);
        assert_eq!(down.summary()[0], SEATTLE_DOWN);
    }

    #[test]
    fn a_port_that_ends_handshakes_acquits_nobody_where_the_relay_is_reset() {
        let at = "seattle/tcp";
        let reset = neither(rejects_tls(at, Rejection::Reset));
        let run = healthy()
            .fails_after(at, 4.0)
            .tcp_stands(at)
            .outside(at, reset);
        expect(&run, &[ALL_WELL]);
        let https = "toronto/https";
        let turned = run.outside(https, neither(rejects_tls(https, Rejection::Reset)));
        assert_eq!(turned.summary()[0], SEATTLE_UNKNOWN);
        // An alert is an answer.
        let alert = neither(rejects_tls(at, Rejection::Alert));
        assert_eq!(turned.outside(at, alert).summary()[0], ALL_WELL);
    }

    #[test]
    fn a_connection_that_something_took_here_shows_it_and_its_time_alone_does_not() {
        let at = "toronto/tcp";
        let run = refused(
            refused(healthy().silent("seattle/https"), "seattle/https"),
            at,
        );
        let cut = run.fails_after(at, 4.0);
        assert!(
            cut.findings().iter().all(|it| it != TURNED),
            "{:?}",
            cut.findings()
        );
        let taken = cut.tcp_stands(at);
        assert!(
            taken.findings().contains(&TURNED.to_owned()),
            "{:?}",
            taken.findings()
        );
    }

    #[test]
    fn a_handshake_that_ends_here_too_shows_nothing() {
        let at = "toronto/https";
        let reset = neither(rejects_tls(at, Rejection::Reset));
        let taken = healthy().fails_after(at, 4.0).tcp_stands(at);
        let run = taken.outside(at, reset);
        assert!(
            run.findings().iter().all(|it| it != TURNED),
            "{:?}",
            run.findings()
        );
    }

    #[test]
    fn nobody_else_who_turns_it_down_does() {
        for (id, report) in [
            // No address for the relay; an alert; bytes that are not TLS; no HTTP.
            (
                "seattle/https",
                unreached("seattle/https", Connect::NotResolved),
            ),
            (
                "seattle/https",
                neither(rejects_tls("seattle/https", Rejection::Alert)),
            ),
            (
                "seattle/https",
                neither(rejects_tls("seattle/https", Rejection::NotTls)),
            ),
            (
                "seattle/https",
                after_tls("seattle/https", None, Dialogue::Closed { ms: 2.0 }),
            ),
        ] {
            expect(&healthy().outside(id, report), &[ALL_WELL]);
        }
        // At a TCP endpoint, which may speak another protocol.
        let reset = neither(rejects_tls("seattle/tcp", Rejection::Reset));
        let tcp = healthy().outside("seattle/tcp", reset);
        assert!(tcp.findings().is_empty(), "{:?}", tcp.findings());
    }

    #[test]
    fn an_answer_that_may_be_anybodys_shows_nothing() {
        let at = "toronto/https";
        let everybody = refused(healthy(), at).set(Probe::Canary, answered(20.0, Answer::Opaque));
        assert!(everybody.findings().iter().all(|it| it != TURNED));
        // Its other endpoint is 300 ms away from the relay, so no answer comes from there in 4.
        let further =
            crate::testing::further_away(crate::testing::speaks_http("toronto/tcp"), 300.0);
        let fast = refused(healthy(), at).outside("toronto/tcp", further);
        assert!(
            fast.clone()
                .answers_after(at, 4.0)
                .findings()
                .iter()
                .all(|it| it != TURNED)
        );
        assert!(
            fast.answers_after(at, 300.0 + R)
                .findings()
                .contains(&TURNED.to_owned())
        );
    }

    /// Somebody opens connections, or answers for everybody; an image that only the service has, and a WebSocket that opens,
    /// are the service's all the same.
    #[test]
    fn an_answer_that_is_the_services_shows_it_whoever_else_answers() {
        let at = "toronto/https";
        let shows = |run: &Scenario| run.findings().contains(&TURNED.to_owned());
        let everybody = refused(healthy(), at).set(Probe::Canary, answered(20.0, Answer::Opaque));
        let mut saw = crate::testing::saw();
        saw.forwarded = vec![("via".to_owned(), "1.1 squid".to_owned())];
        let opened =
            refused(healthy(), at).set(Probe::Saw, answered(84.0, Answer::Saw(Box::new(saw))));
        for run in [everybody, opened] {
            assert!(!shows(&run), "{:?}", run.findings());
            let image = Probe::Image(run.find(at));
            let with_image = run.set(image, answered(90.0, Answer::Opaque));
            assert!(shows(&with_image), "{:?}", with_image.findings());
        }
    }

    #[test]
    fn a_relay_that_reaches_nothing_explains_it() {
        let lost = refused(healthy(), "seattle/https")
            .set(Probe::RelayControls, crate::testing::controls(0));
        assert!(lost.findings().iter().all(|it| it != TURNED));
    }
}
