use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{Facts, Proof, RelayState};
use crate::finding::{Finding, in_network};

/// The settings name no relay.
///
/// ```
/// use reachcheck_diagnosis::testing::healthy;
///
/// let run = healthy().no_relay();
/// assert_eq!(run.findings(), ["no-relay / network - confirmed"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct NoRelay;

pub(super) const META: Meta = Meta {
    token: "no-relay",
    wire: 30,
    short: 31,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let is_missing = facts.relay == RelayState::NotConfigured;
    in_network(
        is_missing.then_some(Cause::NoRelay(NoRelay)),
        Proof::Confirmed,
    )
}

impl Evidence for NoRelay {
    fn examples() -> Vec<Self> {
        vec![Self]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{ALL_WELL, expect, healthy};

    #[test]
    fn it_spoils_nothing_and_a_relay_that_is_silent_is_another_finding() {
        expect(
            &healthy().no_relay(),
            &[ALL_WELL, "no-relay / network - confirmed"],
        );
        let silent = healthy().relay_unreachable();
        assert_eq!(
            silent.findings(),
            ["relay-unreachable / network - inferred"]
        );
    }
}
