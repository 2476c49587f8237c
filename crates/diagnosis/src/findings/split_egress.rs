use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{Facts, Proof};
use crate::finding::{Finding, in_network};
use reachcheck_model::observation::{Answer, Outcome};
use reachcheck_model::probe::Probe;

/// HTTPS and the socket reached the relay from two addresses: two ways out, or a proxy for one of them.
///
/// ```
/// use reachcheck_model::observation::Answer;
/// use reachcheck_model::probe::Probe;
/// use reachcheck_diagnosis::testing::{answered, healthy, saw};
///
/// let mut on_socket = saw();
/// on_socket.address = "198.51.100.8".to_owned();
/// let run = healthy().set(Probe::Saw, answered(84.0, Answer::Saw(Box::new(on_socket))));
/// assert_eq!(run.findings(), ["split-egress / network - confirmed"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct SplitEgress;

pub(super) const META: Meta = Meta {
    token: "split-egress",
    wire: 20,
    short: 25,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(challenge) = facts.challenge() else {
        return Vec::new();
    };
    let is_split = matches!(
        facts.observations.get(Probe::Saw),
        Some(Outcome::Answered {
            answer: Answer::Saw(saw),
            ..
        }) if same_family(&saw.address, &challenge.saw.address)
            && saw.address != challenge.saw.address
    );
    in_network(
        is_split.then_some(Cause::SplitEgress(SplitEgress)),
        Proof::Confirmed,
    )
}

/// A computer with IPv4 and IPv6 may use either; that is no second way out.
fn same_family(one: &str, other: &str) -> bool {
    one.contains(':') == other.contains(':')
}

impl Evidence for SplitEgress {
    fn examples() -> Vec<Self> {
        vec![Self]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{ALL_WELL, answered, expect, healthy, saw};
    use reachcheck_model::observation::Answer;
    use reachcheck_model::probe::Probe;
    use reachcheck_wire::Saw;

    #[test]
    fn two_addresses_are_two_ways_out() {
        let with = |address: &str| {
            let saw = Saw {
                address: address.to_owned(),
                ..saw()
            };
            healthy().set(Probe::Saw, answered(84.0, Answer::Saw(Box::new(saw))))
        };
        expect(
            &with("198.51.100.8"),
            &[ALL_WELL, "split-egress / network - confirmed"],
        );
        // The other address family is no other line.
        expect(&with("2001:db8::7"), &[ALL_WELL]);
    }
}
