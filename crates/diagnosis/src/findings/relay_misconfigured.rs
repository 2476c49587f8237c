use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{Facts, Proof, RelayState};
use crate::finding::{Finding, in_network};
use crate::phrasing::{Circumstances, Phrasing, Value};

/// The relay answers, and does not allow this page's origin.
///
/// ```
/// use reachcheck_diagnosis::testing::healthy;
///
/// let run = healthy().challenge(|challenge| challenge.origin_allowed = false);
/// assert_eq!(run.findings(), ["relay-misconfigured / network - confirmed"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RelayMisconfigured {
    /// This page's origin.
    pub origin: String,
}

pub(super) const META: Meta = Meta {
    token: "relay-misconfigured",
    wire: 26,
    short: 27,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let refuses = facts.relay == RelayState::Refuses;
    let cause = || {
        Cause::RelayMisconfigured(RelayMisconfigured {
            origin: facts.environment.origin.clone(),
        })
    };
    in_network(refuses.then(cause), Proof::Confirmed)
}

impl Evidence for RelayMisconfigured {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        Phrasing::plain(&[("origin", Value::Text(&self.origin))])
    }

    fn examples() -> Vec<Self> {
        vec![Self {
            origin: "https://check.example".to_owned(),
        }]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{ALL_WELL, expect, healthy};

    #[test]
    fn a_relay_that_knows_the_page_and_is_busy_is_not_misconfigured() {
        let refuses = healthy().challenge(|challenge| challenge.origin_allowed = false);
        expect(
            &refuses,
            &[ALL_WELL, "relay-misconfigured / network - confirmed"],
        );
        let busy = healthy().challenge(|challenge| challenge.busy = true);
        assert_eq!(busy.findings(), ["relay-busy / network - confirmed"]);
    }
}
