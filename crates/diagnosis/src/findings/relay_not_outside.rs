use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{Facts, Outside, Proof, RelayState, WhyNot};
use crate::finding::{Finding, in_network};
use crate::phrasing::{Circumstances, Phrasing};

/// The relay serves us, and is no view from outside: on this computer, or without a way out of its own.
///
/// ```
/// use reachcheck_model::probe::Probe;
/// use reachcheck_diagnosis::testing::{controls, healthy};
///
/// let run = healthy().set(Probe::RelayControls, controls(0));
/// assert_eq!(run.findings(), ["relay-not-outside / network - confirmed"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RelayNotOutside {
    /// Why.
    pub why: WhyNot,
}

pub(super) const META: Meta = Meta {
    token: "relay-not-outside",
    wire: 29,
    short: 30,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let is_usable = matches!(facts.relay, RelayState::Usable { .. });
    let cause = match facts.first_outside {
        Outside::No(why @ (WhyNot::RelayInside | WhyNot::RelayLostItsWay | WhyNot::NoWord))
            if is_usable =>
        {
            Some(Cause::RelayNotOutside(RelayNotOutside { why }))
        }
        _ => None,
    };
    in_network(cause, Proof::Confirmed)
}

impl Evidence for RelayNotOutside {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        let form = match self.why {
            WhyNot::RelayLostItsWay => "lost-its-way",
            WhyNot::RelayInside => "inside",
            WhyNot::NoRelay | WhyNot::RelayUnreachable | WhyNot::RelayRefused | WhyNot::NoWord => {
                ""
            }
        };
        Phrasing::what(form, &[])
    }

    fn examples() -> Vec<Self> {
        vec![Self {
            why: WhyNot::RelayInside,
        }]
    }

    fn further_examples() -> Vec<Self> {
        [WhyNot::RelayLostItsWay, WhyNot::NoWord, WhyNot::NoRelay]
            .map(|why| Self { why })
            .into()
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{SEATTLE_UNKNOWN, controls, expect, healthy, summary, unreached};
    use reachcheck_model::probe::Probe;
    use reachcheck_wire::Connect;

    #[test]
    fn a_relay_that_lost_its_way_or_is_inside_is_no_view_from_outside() {
        let lost = healthy()
            .set(Probe::RelayControls, controls(0))
            .silent("seattle/https")
            .outside(
                "seattle/https",
                unreached("seattle/https", Connect::TimedOut { ms: 4000.0 }),
            );
        expect(
            &lost,
            &[
                SEATTLE_UNKNOWN,
                "dropped / seattle - inferred",
                "relay-not-outside / network - confirmed",
            ],
        );
        let inside = healthy()
            .challenge(|challenge| challenge.outside = false)
            .silent("seattle/https");
        assert_eq!(summary(&inside)[0], SEATTLE_UNKNOWN);
        // One control that answers is enough.
        let found = lost.set(Probe::RelayControls, controls(1));
        assert_eq!(
            summary(&found)[0],
            "down: reachable reachable down reachable"
        );
    }
}
