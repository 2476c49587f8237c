use super::{Cause, Code, Evidence, Meta, Spoils};
use crate::analysis::{Detail, Facts, GaveUp};
use crate::finding::{Finding, failing_here};
use crate::phrasing::{Circumstances, Phrasing, Value};

/// The name is not known here: every attempt took as long as a failing lookup, or the browser gave up when
/// browsers give up on a name server that does not answer.
///
/// ```
/// use reachcheck_diagnosis::testing::{failed, healthy, not_needed, phases_direct};
///
/// // Two lookups of 65 ms, every time.
/// let run = healthy().timing(None, Some(phases_direct(65.0))).endpoint(
///     "seattle/https",
///     [failed(131.0), failed(129.0), failed(131.0), not_needed()],
///     not_needed(),
/// );
/// assert_eq!(run.findings(), ["not-resolved / seattle - confirmed"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct NotResolved {
    /// How long each attempt took, milliseconds; `None` where no server answered at all.
    pub ms: Option<f64>,
}

pub(super) const META: Meta = Meta {
    token: "not-resolved",
    wire: 5,
    short: 4,
    hides: &[
        Code::RefusedNearby,
        Code::Dropped,
        Code::RefusedFar,
        Code::Refused,
        Code::NotConnected,
    ],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    failing_here(facts, &|endpoint| {
        let ms = match endpoint.conclusion.detail {
            _ if endpoint.gave_up == Some(GaveUp::Lookup) => None,
            Detail::NotResolved { ms } => Some(ms),
            _ => return None,
        };
        Some(Cause::NotResolved(NotResolved { ms }))
    })
}

impl Evidence for NotResolved {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        match self.ms {
            Some(ms) => Phrasing::what("timed", &[("time", Value::Ms(ms))]),
            None => Phrasing::default(),
        }
    }

    fn examples() -> Vec<Self> {
        vec![Self { ms: Some(5012.0) }, Self { ms: None }]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{
        R, SEATTLE_BLOCKED, answered, closed, expect, failed, healthy, not_needed, phases_direct,
    };
    use reachcheck_model::observation::{Answer, Outcome};
    use reachcheck_model::operating_system::OperatingSystem;
    use reachcheck_model::probe::Probe;

    #[test]
    fn a_name_that_is_not_known_costs_every_attempt_the_same() {
        let slow_names = || healthy().timing(None, Some(phases_direct(65.0)));
        let unknown = |ms| {
            slow_names().endpoint(
                "seattle/https",
                [failed(ms), failed(ms - 2.0), failed(ms), not_needed()],
                not_needed(),
            )
        };
        // Two lookups of 65 ms, which no number of round trips of 82 ms explains.
        expect(
            &unknown(131.0),
            &[SEATTLE_BLOCKED, "not-resolved / seattle - confirmed"],
        );
        // A refusal pays for the name once.
        let refused = slow_names().endpoint(
            "seattle/https",
            [failed(R + 65.0), failed(R), failed(R), not_needed()],
            not_needed(),
        );
        expect(
            &refused,
            &[SEATTLE_BLOCKED, "refused-far / seattle - confirmed"],
        );
        // Two explanations remain where a lookup takes as long as the way there; the weaker word is said.
        let both = healthy().timing(None, Some(phases_direct(80.0))).endpoint(
            "seattle/https",
            [failed(165.0), failed(164.0), failed(165.0), not_needed()],
            not_needed(),
        );
        expect(
            &both,
            &[SEATTLE_BLOCKED, "not-connected / seattle - confirmed"],
        );
    }

    /// A system that keeps what does not exist lets repeats get faster, as those of a refusal do. A name that nobody can
    /// have asked for tells what a lookup costs that fails.
    #[test]
    fn a_fresh_name_tells_a_lookup_that_the_system_keeps() {
        let unknown = |fresh: Outcome| {
            let run = healthy().endpoint(
                "seattle/https",
                [failed(100.0), failed(51.0), failed(50.0), not_needed()],
                not_needed(),
            );
            let probe = Probe::FreshName(run.find("seattle/https"));
            run.set(probe, fresh)
        };
        let suspected = unknown(failed(101.0));
        expect(
            &suspected,
            &[SEATTLE_BLOCKED, "not-resolved / seattle - confirmed"],
        );
        assert_eq!(suspected.place("seattle/https"), "name inferred");
        let without = [SEATTLE_BLOCKED, "not-connected / seattle - confirmed"];
        // Recordings and reports of before have none; one that answers says nothing of names, nor one that came too late.
        for fresh in [
            not_needed(),
            answered(300.0, Answer::Opaque),
            Outcome::Cancelled,
            failed(160.0),
        ] {
            expect(&unknown(fresh), &without);
        }
        // WebRTC was connected there, so the name is known.
        let taken = unknown(failed(101.0)).tcp_stands("seattle/https");
        assert_eq!(taken.findings(), ["tls-rejected / seattle - confirmed"]);
        // Behind a proxy it is the proxy that looks the name up.
        let proxied = unknown(failed(101.0)).behind_proxy();
        assert_eq!(
            proxied.findings(),
            [
                "not-connected / seattle - confirmed",
                "proxy-in-path / network - inferred"
            ]
        );
    }

    /// A refusal takes two seconds on Windows, close by as well, so what fails at once after a lookup is a name.
    #[test]
    fn firefox_on_windows_shows_a_name_that_the_system_keeps() {
        let kept = |first_ms, fresh_ms| {
            let run = healthy().firefox().endpoint(
                "seattle/https",
                [failed(first_ms), failed(2.0), failed(1.0), not_needed()],
                closed(2.0, 1006),
            );
            let probe = Probe::FreshName(run.find("seattle/https"));
            run.set(probe, failed(fresh_ms))
        };
        let unknown = kept(90.0, 88.0);
        expect(
            &unknown,
            &[SEATTLE_BLOCKED, "not-resolved / seattle - confirmed"],
        );
        let mut elsewhere = unknown;
        elsewhere.environment.system = OperatingSystem::Linux;
        let near = [SEATTLE_BLOCKED, "refused-nearby / seattle - confirmed"];
        expect(&elsewhere, &near);
        expect(&kept(140.0, 88.0), &near);
        // The name server is as close by as whatever else may be.
        expect(&kept(20.0, 20.0), &near);
    }

    /// A refusal that Windows repeats is one, however long lookups take.
    #[test]
    fn a_repeated_refusal_hides_a_lookup_that_takes_as_long() {
        let refused = healthy().endpoint(
            "seattle/https",
            [
                failed(2_010.0),
                failed(2_011.0),
                failed(2_012.0),
                not_needed(),
            ],
            not_needed(),
        );
        let fresh = Probe::FreshName(refused.find("seattle/https"));
        expect(
            &refused.set(fresh, failed(2_020.0)),
            &[SEATTLE_BLOCKED, "refused-nearby / seattle - confirmed"],
        );
    }
}
