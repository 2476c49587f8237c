use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{Facts, Proof, RelayState};
use crate::finding::{Finding, in_network};
use crate::phrasing::{Circumstances, Phrasing, Value};

/// None of the configured relays answered.
///
/// ```
/// use reachcheck_diagnosis::testing::healthy;
///
/// let run = healthy().relay_unreachable();
/// assert_eq!(run.findings(), ["relay-unreachable / network - inferred"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RelayUnreachable {
    /// The relay's address.
    pub relay: String,
    /// Something answered in its place.
    pub wrong_answer: bool,
}

pub(super) const META: Meta = Meta {
    token: "relay-unreachable",
    wire: 28,
    short: 29,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let RelayState::Unreachable { wrong_answer } = facts.relay else {
        return Vec::new();
    };
    let first = facts.plan.relays.first();
    let cause = Cause::RelayUnreachable(RelayUnreachable {
        relay: first.map(|relay| relay.base.clone()).unwrap_or_default(),
        wrong_answer,
    });
    in_network(Some(cause), Proof::Inferred)
}

impl Evidence for RelayUnreachable {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        let form = if self.wrong_answer { "wrong" } else { "" };
        Phrasing::what(form, &[("relay", Value::Text(&self.relay))])
    }

    fn examples() -> Vec<Self> {
        vec![Self {
            relay: "https://relay.example/".to_owned(),
            wrong_answer: true,
        }]
    }

    fn further_examples() -> Vec<Self> {
        vec![Self {
            relay: "https://relay.example/".to_owned(),
            wrong_answer: false,
        }]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{ALL_WELL, expect, healthy, nothing_answers};
    use reachcheck_model::observation::Outcome;
    use reachcheck_model::probe::Probe;

    #[test]
    fn one_relay_that_answers_is_enough() {
        let mut second = healthy();
        second.relays.push(second.relays[0].clone());
        let silent = second.set(Probe::Challenge(1), Outcome::TimedOut { ms: 5000.0 });
        expect(&silent, &[ALL_WELL]);
    }

    #[test]
    fn nothing_at_all_that_answers_explains_it() {
        assert_eq!(
            nothing_answers().findings(),
            ["offline / network - inferred"]
        );
    }
}
