use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{Facts, Proof};
use crate::finding::{Finding, in_network};
use crate::phrasing::{Circumstances, Phrasing, Value};

/// Something in this browser stands between the page and the network: what it measures may be that.
///
/// ```
/// use reachcheck_diagnosis::testing::healthy;
///
/// let mut run = healthy();
/// run.environment.replaced = vec!["fetch".to_owned()];
/// assert_eq!(run.findings(), ["extension-interferes / network - confirmed"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ExtensionInterferes {
    /// The functions that are not the browser's own.
    pub replaced: Vec<String>,
}

pub(super) const META: Meta = Meta {
    token: "extension-interferes",
    wire: 31,
    short: 32,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let replaced = facts.environment.replaced.clone();
    let cause = Cause::ExtensionInterferes(ExtensionInterferes { replaced });
    in_network(
        (!facts.environment.replaced.is_empty()).then_some(cause),
        Proof::Confirmed,
    )
}

impl Evidence for ExtensionInterferes {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        Phrasing::plain(&[("replaced", Value::List(&self.replaced))])
    }

    fn examples() -> Vec<Self> {
        vec![Self {
            replaced: vec!["X-BlueCoat-Via".to_owned(), "fetch".to_owned()],
        }]
    }

    fn further_examples() -> Vec<Self> {
        vec![Self {
            replaced: Vec::new(),
        }]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{ALL_WELL, expect, healthy};

    #[test]
    fn it_is_named_and_spoils_nothing() {
        let mut meddled = healthy();
        expect(&meddled, &[ALL_WELL]);
        meddled.environment.replaced = vec!["fetch".to_owned(), "WebSocket".to_owned()];
        expect(
            &meddled,
            &[ALL_WELL, "extension-interferes / network - confirmed"],
        );
    }
}
