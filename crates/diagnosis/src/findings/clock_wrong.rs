use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{EndpointFacts, Facts, Proof};
use crate::finding::{Finding, in_network};
use crate::phrasing::{Circumstances, Phrasing, Value};
use reachcheck_model::observation::{Answer, Outcome};
use reachcheck_model::probe::{ClockSource, Probe};
use reachcheck_model::thresholds::CLOCK_TOLERANCE_S;

/// This computer's clock differs from others by more than sign-on tolerates. Two others that agree make it
/// sure which one is wrong.
///
/// ```
/// use reachcheck_model::probe::{ClockSource, Probe};
/// use reachcheck_diagnosis::testing::{clock, healthy};
///
/// let run = healthy()
///     .set(Probe::Clock(ClockSource::Relay), clock(-7200.0))
///     .set(Probe::Clock(ClockSource::Origin), clock(-7201.0));
/// assert_eq!(run.findings(), ["clock-wrong / network - confirmed"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ClockWrong {
    /// How far ahead this computer is, in seconds; negative where it is behind.
    pub ahead_s: f64,
    /// How many others agree that it is.
    pub witnesses: usize,
}

pub(super) const META: Meta = Meta {
    token: "clock-wrong",
    wire: 18,
    short: 22,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(clocks) = compare(facts) else {
        return Vec::new();
    };
    let proof = if clocks.witnesses > 1 {
        Proof::Confirmed
    } else {
        Proof::Inferred
    };
    let cause = Cause::ClockWrong(ClockWrong {
        ahead_s: clocks.ahead_s,
        witnesses: clocks.witnesses,
    });
    in_network(Some(cause), proof)
}

/// Whether a certificate that is valid by the relay's clock is not valid by ours, and ours is the wrong one.
pub(super) fn explains(facts: &Facts<'_>, endpoint: &EndpointFacts) -> bool {
    let Some(clocks) = compare(facts) else {
        return false;
    };
    let now_s = clocks.local_unix_ms / 1000.0;
    #[expect(clippy::cast_precision_loss, reason = "seconds since 1970")]
    let is_outside =
        |(begins, expires): (i64, i64)| now_s < begins as f64 || now_s > expires as f64;
    endpoint.certificate_unix.is_some_and(is_outside)
}

/// Our clock beside others that agree that it is wrong.
struct Clocks {
    ahead_s: f64,
    witnesses: usize,
    local_unix_ms: f64,
}

/// `None` where our clock is right, or nobody else's is known. If one of them finds our clock right, it is the
/// other that is wrong.
fn compare(facts: &Facts<'_>) -> Option<Clocks> {
    let seen: Vec<(f64, f64)> = [ClockSource::Relay, ClockSource::Origin]
        .into_iter()
        .filter(|source| is_elsewhere(facts, *source))
        .filter_map(
            |source| match facts.observations.get(Probe::Clock(source))? {
                Outcome::Answered {
                    answer:
                        Answer::Clock {
                            local_unix_ms,
                            remote_unix_ms,
                        },
                    ..
                } => Some(((local_unix_ms - remote_unix_ms) / 1000.0, *local_unix_ms)),
                _ => None,
            },
        )
        .collect();
    let (ahead_s, local_unix_ms) = seen
        .iter()
        .copied()
        .min_by(|(one, _), (other, _)| one.abs().total_cmp(&other.abs()))?;
    (ahead_s.abs() >= CLOCK_TOLERANCE_S).then_some(Clocks {
        ahead_s,
        witnesses: seen.len(),
        local_unix_ms,
    })
}

/// A clock on this very computer is our own.
fn is_elsewhere(facts: &Facts<'_>, source: ClockSource) -> bool {
    match source {
        ClockSource::Relay => !facts.relay_is_local(),
        ClockSource::Origin => !facts.environment.origin_is_loopback,
    }
}

impl Evidence for ClockWrong {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        let (title, what) = match (self.witnesses > 1, self.ahead_s > 0.0) {
            (true, true) => ("", ""),
            (true, false) => ("", "behind"),
            (false, true) => ("differ", "ahead-of-other"),
            (false, false) => ("differ", "behind-other"),
        };
        Phrasing {
            title,
            ..Phrasing::what(what, &[("span", Value::Span(self.ahead_s.abs()))])
        }
    }

    fn examples() -> Vec<Self> {
        vec![Self {
            ahead_s: -86_400.0,
            witnesses: 2,
        }]
    }

    fn further_examples() -> Vec<Self> {
        [(600.0, 2), (7200.0, 1), (-7200.0, 1), (0.0, 1)]
            .map(|(ahead_s, witnesses)| Self { ahead_s, witnesses })
            .into()
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{ALL_WELL, SEATTLE_BLOCKED, after_tls, clock, expect, healthy};
    use reachcheck_model::observation::{NotRun, Outcome};
    use reachcheck_model::probe::{ClockSource, Probe};
    use reachcheck_wire::{CertificateFault, Dialogue};

    #[test]
    fn a_wrong_clock_is_told_by_two_others_that_agree() {
        let with = |relay, origin| {
            healthy()
                .set(Probe::Clock(ClockSource::Relay), clock(relay))
                .set(Probe::Clock(ClockSource::Origin), clock(origin))
        };
        expect(
            &with(-7200.0, -7201.0),
            &[ALL_WELL, "clock-wrong / network - confirmed"],
        );
        // One of them finds us right, so it is the other that is wrong.
        expect(&with(-7200.0, 2.0), &[ALL_WELL]);
        expect(&with(200.0, 201.0), &[ALL_WELL]);
        let alone = with(7200.0, 0.0).set(
            Probe::Clock(ClockSource::Origin),
            Outcome::NotRun(NotRun::NotOffered),
        );
        expect(&alone, &[ALL_WELL, "clock-wrong / network - inferred"]);
    }

    #[test]
    fn a_clock_that_makes_a_certificate_invalid_is_the_cause_of_its_refusal() {
        // The certificate of the relay's dial began in 2023.
        let rejected = |ahead_s| {
            healthy()
                .fails_after("seattle/https", 2.0)
                .set(Probe::Clock(ClockSource::Relay), clock(ahead_s))
                .set(Probe::Clock(ClockSource::Origin), clock(ahead_s))
        };
        let year_s = 365.0 * 86_400.0;
        expect(
            &rejected(-5.0 * year_s),
            &[SEATTLE_BLOCKED, "clock-wrong / network - confirmed"],
        );
        // Wrong, but not by so much.
        expect(
            &rejected(-7200.0),
            &[
                SEATTLE_BLOCKED,
                "tls-rejected / seattle - confirmed",
                "clock-wrong / network - confirmed",
            ],
        );
        // Bad by the relay's clock, too: then it is the service's.
        let bad = after_tls(
            "seattle/https",
            Some(CertificateFault::Expired),
            Dialogue::Closed { ms: 2.0 },
        );
        expect(
            &rejected(-5.0 * year_s).outside("seattle/https", bad),
            &[
                "down: reachable reachable down reachable",
                "service-down / seattle - inferred",
                "clock-wrong / network - confirmed",
            ],
        );
    }
}
