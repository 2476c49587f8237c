use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{Detail, Facts};
use crate::finding::{Finding, failing_here};
use crate::phrasing::{Circumstances, Phrasing, Value};

/// It failed, and neither time nor the view from outside says where: the candidates are named.
///
/// ```
/// use reachcheck_diagnosis::testing::healthy;
///
/// let run = healthy().fails_after("seattle/https", 1.6);
/// assert_eq!(run.findings(), ["not-connected / seattle - confirmed"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct NotConnected {
    /// Milliseconds.
    pub ms: f64,
}

pub(super) const META: Meta = Meta {
    token: "not-connected",
    wire: 12,
    short: 12,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    failing_here(facts, &|endpoint| match endpoint.conclusion.detail {
        Detail::Failed { ms } => Some(Cause::NotConnected(NotConnected { ms })),
        _ => None,
    })
}

impl Evidence for NotConnected {
    /// A proxy that was asked is the first of the candidates: name, refusal and handshake are its affair then.
    fn phrasing(&self, about: Circumstances) -> Phrasing<'_> {
        let form = if about.is_proxied { "proxy" } else { "" };
        Phrasing {
            means: form,
            action: form,
            ..Phrasing::plain(&[("time", Value::Ms(self.ms))])
        }
    }

    fn examples() -> Vec<Self> {
        vec![Self { ms: 120.0 }]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{R, SEATTLE_BLOCKED, expect, healthy, unreached};
    use reachcheck_wire::Connect;

    #[test]
    fn between_the_levels_nothing_is_placed() {
        let between = healthy().fails_after("seattle/https", 1.6);
        expect(
            &between,
            &[SEATTLE_BLOCKED, "not-connected / seattle - confirmed"],
        );
    }

    #[test]
    fn on_a_level_it_is_placed() {
        for (trips, finding) in [
            (3.0 / R, "refused-nearby / seattle - confirmed"),
            (1.0, "refused-far / seattle - confirmed"),
            (2.0, "tls-rejected / seattle - confirmed"),
        ] {
            let placed = healthy().fails_after("seattle/https", trips);
            assert_eq!(placed.findings(), [finding]);
        }
    }

    #[test]
    fn a_private_address_explains_it() {
        let private = healthy().fails_after("seattle/https", 1.6).outside(
            "seattle/https",
            unreached("seattle/https", Connect::Forbidden),
        );
        assert_eq!(private.findings(), ["private-address / seattle - inferred"]);
    }
}
