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
    use crate::testing::{R, SEATTLE_BLOCKED, expect, failed, healthy, not_needed, phases_direct};

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
}
