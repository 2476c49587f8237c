use super::{Cause, Code, Evidence, Meta, Spoils};
use crate::analysis::{Facts, Proof};
use crate::finding::{Finding, in_network};

/// Nothing beyond this computer answered: no control, no endpoint.
///
/// Everything else that failed follows from it, so it hides all other findings.
///
/// ```
/// use reachcheck_diagnosis::testing::nothing_answers;
///
/// assert_eq!(nothing_answers().findings(), ["offline / network - inferred"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Offline;

pub(super) const META: Meta = Meta {
    token: "offline",
    wire: 0,
    short: 1,
    hides: Code::ALL,
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    // That many attempts without one answer are no proof that none could have come.
    in_network(
        facts.is_offline().then_some(Cause::Offline(Offline)),
        Proof::Inferred,
    )
}

impl Evidence for Offline {
    fn examples() -> Vec<Self> {
        vec![Self]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{
        NOTHING_DECIDED, R, answered, check, expect, not_needed, nothing_answers, summary,
    };
    use reachcheck_model::observation::{Answer, Outcome};
    use reachcheck_model::probe::Probe;

    #[test]
    fn nothing_answering_is_offline_and_hides_everything_else() {
        expect(
            &nothing_answers(),
            &[
                "offline: unknown unknown unknown unknown",
                "offline / network - inferred",
            ],
        );
        assert_eq!(
            check(&nothing_answers(), "network/internet"),
            "failed inferred"
        );
    }

    /// A run that is cancelled before anything answered has nothing to say of the internet.
    #[test]
    fn what_was_called_off_accuses_nobody() {
        let mut cancelled = nothing_answers();
        for probe in cancelled.plan().probes {
            cancelled = cancelled.set(probe, Outcome::Cancelled);
        }
        assert_eq!(check(&cancelled, "network/internet"), "not-run none");
        let summary = cancelled.summary();
        let offline = summary.iter().any(|line| line.contains("offline"));
        assert!(!offline, "{summary:?}");
    }

    #[test]
    fn page_and_relay_on_this_computer_are_not_the_internet() {
        let mut local = nothing_answers()
            .set(Probe::Origin, answered(2.0, Answer::Readable(200)))
            .challenge(|challenge| challenge.outside = false);
        local.environment.origin_is_loopback = true;
        local.relays[0].is_loopback = true;
        expect(
            &local,
            &[
                "offline: unknown unknown unknown unknown",
                "offline / network - inferred",
            ],
        );
    }

    #[test]
    fn one_control_or_endpoint_that_answers_is_not_offline() {
        let origin = nothing_answers().set(Probe::Origin, answered(84.0, Answer::Readable(404)));
        assert_eq!(summary(&origin)[0], NOTHING_DECIDED);
        let answer = || answered(R, Answer::Opaque);
        let endpoint = nothing_answers().endpoint(
            "toronto/https",
            [answer(), answer(), answer(), answer()],
            not_needed(),
        );
        assert_eq!(summary(&endpoint)[0], NOTHING_DECIDED);
        assert_eq!(check(&endpoint, "network/internet"), "ok confirmed");
    }

    #[test]
    fn what_is_no_fault_of_the_network_is_hidden_too() {
        let mut meddled = nothing_answers();
        meddled.environment.replaced = vec!["fetch".to_owned()];
        assert_eq!(meddled.findings(), ["offline / network - inferred"]);
    }
}
