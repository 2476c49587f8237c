use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{Detail, EndpointFacts, Facts, GaveUp};
use crate::finding::{Finding, failing_here};
use crate::phrasing::{Circumstances, Phrasing, Value};
use reachcheck_model::catalogue::{EndpointRef, Kind};
use reachcheck_model::thresholds::ENDPOINT_DEADLINE_S;

/// Silence until the deadline, where outside gets an answer or nobody outside looked. Inferred, until the browser
/// itself has given up as well.
///
/// ```
/// use reachcheck_diagnosis::testing::healthy;
///
/// let run = healthy().silent("seattle/tcp");
/// assert_eq!(run.findings(), ["dropped / seattle - inferred"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Dropped {
    /// How long was waited, in seconds.
    pub seconds: u32,
    /// What the browser was waiting for, if that is known by now.
    pub gave_up: Option<GaveUp>,
}

pub(super) const META: Meta = Meta {
    token: "dropped",
    wire: 4,
    short: 7,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    failing_here(facts, &|endpoint| match endpoint.conclusion.detail {
        Detail::NoAnswer if !endpoint.stalls => Some(Cause::Dropped(Dropped {
            seconds: ENDPOINT_DEADLINE_S,
            gave_up: endpoint
                .gave_up
                .filter(|gave_up| holds_for_its_region(facts, endpoint, *gave_up)),
        })),
        _ => None,
    })
}

/// Whether the browser gave up like this on every endpoint of the region that is silent: they are one finding. What it
/// gave up as a lookup is another.
fn holds_for_its_region(facts: &Facts<'_>, of: &EndpointFacts, gave_up: GaveUp) -> bool {
    let region = of.endpoint.region;
    let endpoints = Kind::ALL.map(|kind| facts.endpoint(EndpointRef { region, kind }));
    endpoints.iter().all(|other| {
        let is_silent = other.conclusion.detail == Detail::NoAnswer;
        !is_silent || other.gave_up == Some(gave_up) || other.gave_up == Some(GaveUp::Lookup)
    })
}

impl Evidence for Dropped {
    fn phrasing(&self, about: Circumstances) -> Phrasing<'_> {
        let form = match self.gave_up {
            Some(GaveUp::Connection) => "connection",
            Some(GaveUp::Handshake) => "handshake",
            Some(GaveUp::Later) => "later",
            Some(GaveUp::Lookup) | None => "",
        };
        let mut phrasing = Phrasing::what(form, &[("seconds", Value::Whole(self.seconds.into()))]);
        if self.gave_up == Some(GaveUp::Handshake) {
            phrasing.means = "handshake";
        } else if let Some(ms) = about.outside_ms {
            phrasing.means = "outside";
            phrasing.given.push(("time", Value::Ms(ms)));
        }
        phrasing
    }

    fn examples() -> Vec<Self> {
        [
            None,
            Some(GaveUp::Lookup),
            Some(GaveUp::Handshake),
            Some(GaveUp::Later),
            Some(GaveUp::Connection),
        ]
        .map(|gave_up| Self {
            seconds: 8,
            gave_up,
        })
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::{Cause, Dropped};
    use crate::analysis::{GaveUp, Layer, Proof};
    use crate::testing::{
        ALL_WELL, R, SEATTLE_BLOCKED, SEATTLE_UNKNOWN, Scenario, answered, check, closed, expect,
        failed, healthy, not_needed, rejects_tls, speaks_http, unreached, waits,
    };
    use reachcheck_model::local_conditions::LocalConditions;
    use reachcheck_model::observation::{Answer, Outcome};
    use reachcheck_model::operating_system::OperatingSystem;
    use reachcheck_model::probe::Probe;
    use reachcheck_wire::{AnsweredHello, Connect, DialReport, Plain, Rejection};

    #[test]
    fn dropped_here_and_answering_outside_is_blocked() {
        let dropped = healthy().silent("seattle/tcp");
        expect(&dropped, &[SEATTLE_BLOCKED, "dropped / seattle - inferred"]);
        assert_eq!(check(&dropped, "seattle/tcp"), "failed inferred");
    }

    /// A computer that slept through the wait has not waited, and one whose network was away has met nobody's firewall.
    #[test]
    fn a_computer_that_slept_or_was_without_a_network_is_not_told_as_silence() {
        let dropped = healthy().silent("seattle/tcp");
        let endpoint = dropped.find("seattle/tcp");
        let while_out = |local: LocalConditions| {
            let probes = [Probe::Fetch(endpoint, 0), Probe::Upgrade(endpoint)];
            let put = |run: Scenario, probe| run.while_out(probe, local);
            probes.into_iter().fold(dropped.clone(), put)
        };
        let calm = LocalConditions::default();
        let stalled = |stalled_ms| LocalConditions { stalled_ms, ..calm };
        let changed = LocalConditions {
            network_changed: true,
            ..calm
        };
        for local in [stalled(6_000.0), changed] {
            assert_eq!(while_out(local).summary()[0], SEATTLE_UNKNOWN);
            let findings = while_out(local).findings();
            assert!(
                findings.iter().all(|it| !it.starts_with("dropped")),
                "{findings:?}"
            );
            assert_eq!(check(&while_out(local), "seattle/tcp"), "unknown none");
        }
        // Most of the wait was one.
        let hardly = while_out(stalled(1_500.0));
        assert_eq!(hardly.summary(), dropped.summary());
        // One attempt that was not disturbed is enough.
        let one = dropped.clone().while_out(Probe::Upgrade(endpoint), changed);
        assert_eq!(one.summary(), dropped.summary());
    }

    #[test]
    fn both_endpoints_dropped_are_one_finding() {
        let dropped = healthy().silent("seattle/tcp").silent("seattle/https");
        expect(&dropped, &[SEATTLE_BLOCKED, "dropped / seattle - inferred"]);
        assert_eq!(dropped.diagnose().findings[0].endpoints.len(), 2);
    }

    #[test]
    fn a_kept_connection_that_died_first_does_not_hide_the_silence() {
        // As Firefox showed it at a port that had answered before it was dropped.
        let silence = || Outcome::TimedOut { ms: 8000.0 };
        let with = |upgrade| {
            let fetches = [failed(5305.0), silence(), not_needed(), not_needed()];
            healthy()
                .firefox()
                .endpoint("seattle/tcp", fetches, upgrade)
        };
        expect(
            &with(silence()),
            &[SEATTLE_BLOCKED, "dropped / seattle - inferred"],
        );
        // A new connection that is refused is no silence.
        expect(
            &with(closed(R, 1006)),
            &[SEATTLE_BLOCKED, "not-connected / seattle - confirmed"],
        );
    }

    /// As Firefox showed it where 5 % of all packets are lost, at a healthy port that resets what is TLS.
    #[test]
    fn a_port_that_ended_one_attempt_is_not_dropped_where_loss_keeps_the_next_waiting() {
        let silence = || Outcome::TimedOut { ms: 8000.0 };
        let first = |first| {
            let fetches = [first, silence(), not_needed(), not_needed()];
            healthy()
                .firefox()
                .endpoint("seattle/tcp", fetches, silence())
                .outside("seattle/tcp", rejects_tls("seattle/tcp", Rejection::Reset))
        };
        expect(&first(failed(1705.0)), &[SEATTLE_UNKNOWN]);
        // What a browser gives up after seconds was silent, too.
        let dropped = [SEATTLE_BLOCKED, "dropped / seattle - inferred"];
        expect(&first(failed(5305.0)), &dropped);
        expect(&first(silence()), &dropped);
    }

    #[test]
    fn a_port_that_waits_for_everybody_is_not_dropped() {
        let waiting = healthy()
            .silent("seattle/tcp")
            .outside("seattle/tcp", waits("seattle/tcp"));
        expect(&waiting, &[SEATTLE_UNKNOWN]);
        assert_eq!(check(&waiting, "seattle/tcp"), "unknown none");
    }

    #[test]
    fn dropped_without_anybody_outside_is_unknown() {
        let https = healthy().no_relay().silent("seattle/https");
        expect(
            &https,
            &[
                SEATTLE_UNKNOWN,
                "dropped / seattle - inferred",
                "no-relay / network - confirmed",
            ],
        );
        assert_eq!(check(&https, "seattle/https"), "failed inferred");
        // A healthy port that waits would look the same.
        let tcp = healthy().no_relay().silent("seattle/tcp");
        expect(&tcp, &[SEATTLE_UNKNOWN, "no-relay / network - confirmed"]);
    }

    #[test]
    fn late_evidence_tells_what_the_browser_was_waiting_for() {
        let gave_up = |outcome| {
            let scenario = healthy().silent("seattle/tcp");
            let probe = Probe::GiveUp(scenario.find("seattle/tcp"));
            scenario.set(probe, outcome)
        };
        expect(
            &gave_up(failed(13_010.0)),
            &[SEATTLE_BLOCKED, "not-resolved / seattle - confirmed"],
        );
        let waited_for = |outcome| {
            let diagnosis = gave_up(outcome).diagnose();
            let finding = &diagnosis.findings[0];
            let place = diagnosis.place_of(finding);
            match finding.cause {
                Cause::Dropped(Dropped { gave_up, .. }) => (gave_up, finding.proof, place),
                ref other => panic!("{other:?}"),
            }
        };
        let (handshake, proof, place) = waited_for(failed(30_200.0));
        assert_eq!(
            (handshake, proof),
            (Some(GaveUp::Handshake), Proof::Confirmed)
        );
        // That it fails is the browser's word; where is read from the clock.
        let place = place.expect("by its time");
        assert_eq!((place.layer, place.proof), (Layer::Tls, Proof::Inferred));
        // Windows gives up an unanswered SYN so, and nothing else ends then.
        let (connection, _, place) = waited_for(failed(21_010.0));
        assert_eq!(connection, Some(GaveUp::Connection));
        let place = place.expect("by its time");
        assert_eq!(
            (place.layer, place.proof),
            (Layer::Connect, Proof::Inferred)
        );
        assert_eq!(waited_for(failed(25_000.0)), (None, Proof::Confirmed, None));
        // What still waits still waits, and no more is known of it.
        let silence = Outcome::TimedOut { ms: 36_000.0 };
        let still_waits = (Some(GaveUp::Later), Proof::Inferred, None);
        assert_eq!(waited_for(silence), still_waits);
    }

    /// WebRTC was connected, so it was no SYN that waited.
    #[test]
    fn a_connection_that_stands_did_not_wait_for_one() {
        let gave_up = Probe::GiveUp(healthy().find("seattle/https"));
        let silent = healthy()
            .silent("seattle/https")
            .set(gave_up, failed(21_010.0));
        assert_eq!(silent.place("seattle/https"), "connect inferred");
        let stands = silent.tcp_stands("seattle/https");
        assert_eq!(stands.place("seattle/https"), "tls inferred");
    }

    /// Each system has times of its own, and those that nobody measured have none.
    #[test]
    fn when_it_gave_up_is_read_by_what_the_computer_runs() {
        let place = |system, ms| {
            let mut silent = healthy().silent("seattle/https");
            silent.environment.system = system;
            let gave_up = Probe::GiveUp(silent.find("seattle/https"));
            silent.set(gave_up, failed(ms)).place("seattle/https")
        };
        for (system, lookup, connection, handshake) in [
            (
                OperatingSystem::Windows,
                "name inferred",
                "connect inferred",
                "tls inferred",
            ),
            (OperatingSystem::Linux, "name inferred", "", "tls inferred"),
            (OperatingSystem::MacOs, "", "", ""),
            (OperatingSystem::Unknown, "", "", ""),
        ] {
            let placed = [10_010.0, 21_010.0, 30_200.0].map(|ms| place(system, ms));
            assert_eq!(placed, [lookup, connection, handshake], "{system:?}");
        }
    }

    #[test]
    fn what_is_known_of_one_endpoint_alone_is_not_said_of_both() {
        let both = || healthy().silent("seattle/https").silent("seattle/tcp");
        let gave_up = |run: Scenario, id, ms| {
            let probe = Probe::GiveUp(run.find(id));
            run.set(probe, failed(ms))
        };
        let said = |run: &Scenario| {
            let diagnosis = run.diagnose();
            let finding = &diagnosis.findings[0];
            match finding.cause {
                Cause::Dropped(Dropped { gave_up, .. }) => {
                    (gave_up, finding.proof, finding.endpoints.len())
                }
                ref other => panic!("{other:?}"),
            }
        };
        let handshake = Some(GaveUp::Handshake);
        let one = gave_up(both(), "seattle/https", 30_200.0);
        assert_eq!(said(&one), (None, Proof::Inferred, 2));
        let two = gave_up(one, "seattle/tcp", 30_400.0);
        assert_eq!(said(&two), (handshake, Proof::Confirmed, 2));
        // The other one is a name, and a finding of its own.
        let name = gave_up(both(), "seattle/https", 30_200.0);
        let name = gave_up(name, "seattle/tcp", 13_010.0);
        let found = name.findings();
        assert_eq!(
            found,
            [
                "not-resolved / seattle - confirmed",
                "dropped / seattle - confirmed"
            ]
        );
    }

    #[test]
    fn a_deadline_of_the_page_is_no_word_of_the_browser() {
        let silence = || Outcome::TimedOut { ms: 8000.0 };
        let with = |fetches, upgrade| {
            healthy()
                .firefox()
                .endpoint("seattle/https", fetches, upgrade)
        };
        let waits = || [silence(), not_needed(), not_needed(), not_needed()];
        let proof = |run: &Scenario| check(run, "seattle/https");
        assert_eq!(proof(&with(waits(), silence())), "failed inferred");
        // A server that is well turns a WebSocket down, too.
        let turned_down = with(waits(), closed(3.0 * R, 1006));
        assert_eq!(proof(&turned_down), "failed inferred");
        // Its handshake failed, by the browser's own word.
        let in_tls = with(waits(), closed(2.0 * R, 1015));
        assert_eq!(proof(&in_tls), "failed confirmed");
        // One request of several that failed is the browser's word, whatever the others wait for.
        let mixed = || [failed(2.0 * R), failed(2.0 * R), silence(), not_needed()];
        let refused = with(mixed(), closed(2.0 * R, 1006));
        assert_eq!(proof(&refused), "failed confirmed");
        // Unless all new connections wait: then it was a kept one that had died.
        assert_eq!(proof(&with(mixed(), silence())), "failed inferred");
        // Nothing is confirmed by what failed for everybody.
        let refused = unreached("seattle/https", Connect::Refused { ms: 1.0 });
        let gave_up = Probe::GiveUp(healthy().find("seattle/https"));
        let down = healthy()
            .silent("seattle/https")
            .set(gave_up, failed(30_200.0))
            .outside("seattle/https", refused);
        assert_eq!(proof(&down), "failed inferred");
    }

    /// A server that does not read a ClientHello in two segments is silent to every browser, and answers a small one.
    #[test]
    fn what_answers_a_small_hello_alone_is_no_view_from_outside() {
        let answered = |hello| DialReport {
            hello: Some(hello),
            ..speaks_http("seattle/https")
        };
        let silent = |hello| {
            healthy()
                .silent("seattle/https")
                .outside("seattle/https", answered(hello))
        };
        expect(
            &silent(AnsweredHello::OnlySmall),
            &[SEATTLE_UNKNOWN, "dropped / seattle - inferred"],
        );
        expect(
            &silent(AnsweredHello::BrowserSized),
            &[SEATTLE_BLOCKED, "dropped / seattle - inferred"],
        );
        // It answers here, and then no view from outside is needed.
        let well = healthy().outside("seattle/https", answered(AnsweredHello::OnlySmall));
        expect(&well, &[ALL_WELL]);
    }

    #[test]
    fn firefox_waits_for_more_than_a_greeting_and_that_is_no_silence_of_the_network() {
        let greets = || DialReport {
            plain: Some(Plain::Greeted { ms: 1.0 }),
            ..rejects_tls("seattle/tcp", Rejection::NotTls)
        };
        let silent = || {
            healthy()
                .silent("seattle/tcp")
                .outside("seattle/tcp", greets())
        };
        expect(&silent().firefox(), &[SEATTLE_UNKNOWN]);
        // Chromium hears it and ends; its silence is the network's.
        expect(
            &silent(),
            &[SEATTLE_BLOCKED, "dropped / seattle - inferred"],
        );
        // One that answers, but says nothing first, is heard by Firefox, too.
        let answers = rejects_tls("seattle/tcp", Rejection::NotTls);
        expect(
            &healthy()
                .firefox()
                .silent("seattle/tcp")
                .outside("seattle/tcp", answers),
            &[SEATTLE_BLOCKED, "dropped / seattle - inferred"],
        );
        // WebRTC waits for it to say more, and would not for a connection that was refused.
        let still_waits = Answer::Turn {
            plain: false,
            tls: false,
        };
        let heard = |turn_ms| {
            let heard = healthy()
                .fails_after("seattle/tcp", 4.0)
                .outside("seattle/tcp", greets());
            let turn = Probe::Turn(heard.find("seattle/tcp"));
            heard.set(turn, answered(turn_ms, still_waits.clone()))
        };
        expect(&heard(3_001.0), &[ALL_WELL]);
        // One that was refused would have ended it, and not have taken four round trips.
        expect(&heard(210.0), &[SEATTLE_UNKNOWN]);
    }
}
