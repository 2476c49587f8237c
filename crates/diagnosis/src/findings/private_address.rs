use super::{Cause, Code, Evidence, Meta, Spoils};
use crate::analysis::{AttemptPattern, CheckOutcome, Facts, Proof};
use crate::finding::{Finding, each};
use crate::phrasing::{Circumstances, Phrasing};

/// The name leads to a private address: the relay found it so, or the browser keeps `fetch` waiting for a
/// permission (Local Network Access) while a WebSocket opens (Firefox; docs/browsers.md section 5).
///
/// ```
/// use reachcheck_diagnosis::testing::{healthy, unreached};
/// use reachcheck_wire::Connect;
///
/// let run = healthy().silent("seattle/https").outside(
///     "seattle/https",
///     unreached("seattle/https", Connect::Forbidden),
/// );
/// assert_eq!(run.findings(), ["private-address / seattle - inferred"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct PrivateAddress {
    /// The relay found it so too.
    pub everywhere: bool,
}

pub(super) const META: Meta = Meta {
    token: "private-address",
    wire: 6,
    short: 5,
    hides: &[
        Code::RefusedNearby,
        Code::Dropped,
        Code::Refused,
        Code::NotConnected,
        Code::Unsteady,
    ],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = each(facts, &|endpoint| {
        let fails = endpoint.conclusion.outcome == CheckOutcome::Failed;
        let asks = matches!(
            &endpoint.pattern,
            AttemptPattern::Answered(answered)
                if answered.opened && !answered.fetched && answered.fetch_waits
        );
        let everywhere = endpoint.is_private && fails;
        (everywhere || asks).then_some(Cause::PrivateAddress(PrivateAddress { everywhere }))
    });
    for finding in &mut found {
        finding.proof = Proof::Inferred;
    }
    found
}

impl Evidence for PrivateAddress {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        Phrasing::what(if self.everywhere { "everywhere" } else { "" }, &[])
    }

    fn examples() -> Vec<Self> {
        vec![Self { everywhere: true }]
    }

    fn further_examples() -> Vec<Self> {
        vec![Self { everywhere: false }]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{
        ALL_WELL, SEATTLE_UNKNOWN, answered, expect, healthy, not_needed, unreached,
    };
    use reachcheck_model::observation::{Answer, Outcome};
    use reachcheck_model::probe::Probe;
    use reachcheck_wire::Connect;

    #[test]
    fn requests_that_wait_beside_sockets_that_open_ask_for_a_permission() {
        let silence = Outcome::TimedOut { ms: 8000.0 };
        let private = healthy().firefox().endpoint(
            "seattle/tcp",
            [silence, not_needed(), not_needed(), not_needed()],
            answered(98.0, Answer::Opened),
        );
        expect(
            &private,
            &[ALL_WELL, "private-address / seattle - inferred"],
        );
        // A request that is answered waits for nothing.
        let opened = healthy().set(
            Probe::Upgrade(healthy().find("seattle/tcp")),
            answered(250.0, Answer::Opened),
        );
        expect(&opened, &[ALL_WELL]);
    }

    #[test]
    fn what_the_relay_could_not_try_says_nothing_of_the_service() {
        let silent = |connect| {
            healthy()
                .silent("seattle/https")
                .outside("seattle/https", unreached("seattle/https", connect))
        };
        expect(
            &silent(Connect::NotTried),
            &[SEATTLE_UNKNOWN, "dropped / seattle - inferred"],
        );
        // It does not dial private addresses, and finding one explains the silence.
        expect(
            &silent(Connect::Forbidden),
            &[SEATTLE_UNKNOWN, "private-address / seattle - inferred"],
        );
    }
}
