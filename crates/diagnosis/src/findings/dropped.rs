use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{Detail, Facts, GaveUp};
use crate::finding::{Finding, failing_here};
use crate::phrasing::{Circumstances, Phrasing, Value};
use reachcheck_model::thresholds::ENDPOINT_DEADLINE_S;

/// Silence until the deadline, where outside gets an answer or nobody outside looked.
///
/// ```
/// use reachcheck_diagnosis::testing::healthy;
///
/// let run = healthy().silent("seattle/tcp");
/// assert_eq!(run.findings(), ["dropped / seattle - confirmed"]);
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
        Detail::NoAnswer => Some(Cause::Dropped(Dropped {
            seconds: ENDPOINT_DEADLINE_S,
            gave_up: endpoint.gave_up,
        })),
        _ => None,
    })
}

impl Evidence for Dropped {
    fn phrasing(&self, about: Circumstances) -> Phrasing<'_> {
        let form = match self.gave_up {
            Some(GaveUp::Handshake) => "handshake",
            Some(GaveUp::Later) => "later",
            Some(GaveUp::Lookup) | None => "",
        };
        let mut phrasing = Phrasing::what(form, &[("seconds", Value::Whole(self.seconds.into()))]);
        if let Some(ms) = about.outside_ms {
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
    use crate::analysis::GaveUp;
    use crate::testing::{
        ALL_WELL, R, SEATTLE_BLOCKED, SEATTLE_UNKNOWN, check, closed, expect, failed, healthy,
        not_needed, rejects_tls, speaks_http, waits,
    };
    use reachcheck_model::observation::Outcome;
    use reachcheck_model::probe::Probe;
    use reachcheck_wire::{AnsweredHello, DialReport, Plain, Rejection};

    #[test]
    fn dropped_here_and_answering_outside_is_blocked() {
        let dropped = healthy().silent("seattle/tcp");
        expect(
            &dropped,
            &[SEATTLE_BLOCKED, "dropped / seattle - confirmed"],
        );
        assert_eq!(check(&dropped, "seattle/tcp"), "failed confirmed");
    }

    #[test]
    fn both_endpoints_dropped_are_one_finding() {
        let dropped = healthy().silent("seattle/tcp").silent("seattle/https");
        expect(
            &dropped,
            &[SEATTLE_BLOCKED, "dropped / seattle - confirmed"],
        );
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
            &[SEATTLE_BLOCKED, "dropped / seattle - confirmed"],
        );
        // A new connection that is refused is no silence.
        expect(
            &with(closed(R, 1006)),
            &[SEATTLE_BLOCKED, "not-connected / seattle - confirmed"],
        );
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
        let waited_for = |outcome| match gave_up(outcome).diagnose().findings[0].cause {
            Cause::Dropped(Dropped { gave_up, .. }) => gave_up,
            ref other => panic!("{other:?}"),
        };
        assert_eq!(waited_for(failed(30_200.0)), Some(GaveUp::Handshake));
        assert_eq!(waited_for(failed(22_000.0)), None);
        let silence = Outcome::TimedOut { ms: 36_000.0 };
        assert_eq!(waited_for(silence), Some(GaveUp::Later));
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
            &[SEATTLE_BLOCKED, "dropped / seattle - confirmed"],
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
            &[SEATTLE_BLOCKED, "dropped / seattle - confirmed"],
        );
        // One that answers, but says nothing first, is heard by Firefox, too.
        let answers = rejects_tls("seattle/tcp", Rejection::NotTls);
        expect(
            &healthy()
                .firefox()
                .silent("seattle/tcp")
                .outside("seattle/tcp", answers),
            &[SEATTLE_BLOCKED, "dropped / seattle - confirmed"],
        );
        let heard = healthy()
            .fails_after("seattle/tcp", 4.0)
            .outside("seattle/tcp", greets());
        expect(&heard, &[ALL_WELL]);
    }
}
