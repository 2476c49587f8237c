use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{Facts, Inspection, Proof};
use crate::finding::{Finding, in_network};
use crate::phrasing::{Circumstances, Phrasing, Value};

/// A name that cannot exist answered over trusted TLS: somebody opens the encrypted connections.
///
/// ```
/// use reachcheck_model::observation::Answer;
/// use reachcheck_model::probe::Probe;
/// use reachcheck_diagnosis::testing::{answered, healthy};
///
/// let run = healthy().set(Probe::Canary, answered(12.0, Answer::Opaque));
/// assert_eq!(run.findings(), ["inspected / network - confirmed"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Inspected {
    /// How it shows.
    pub how: Inspection,
}

pub(super) const META: Meta = Meta {
    token: "inspected",
    wire: 25,
    short: 23,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let how = facts.inspection.clone();
    in_network(
        how.map(|how| Cause::Inspected(Inspected { how })),
        Proof::Confirmed,
    )
}

impl Evidence for Inspected {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        match &self.how {
            Inspection::NameThatCannotExist => Phrasing::default(),
            Inspection::Handshake => Phrasing::what("handshake", &[]),
            Inspection::Headers(headers) => {
                Phrasing::what("headers", &[("headers", Value::List(headers))])
            }
        }
    }

    fn examples() -> Vec<Self> {
        [
            Inspection::NameThatCannotExist,
            Inspection::Handshake,
            Inspection::Headers(vec!["X-BlueCoat-Via".to_owned(), "Via".to_owned()]),
        ]
        .map(|how| Self { how })
        .into()
    }

    fn further_examples() -> Vec<Self> {
        vec![Self {
            how: Inspection::Headers(Vec::new()),
        }]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{
        ALL_WELL, SEATTLE_UNKNOWN, answered, check, closes_after_tls, expect, healthy, saw,
        unreached,
    };
    use reachcheck_model::observation::Answer;
    use reachcheck_model::probe::Probe;
    use reachcheck_wire::{Connect, Consistency, Saw};

    #[test]
    fn inspection_is_found_on_hard_facts_only() {
        let seen = |change: fn(&mut Saw)| {
            let mut saw = saw();
            change(&mut saw);
            healthy().set(Probe::Saw, answered(84.0, Answer::Saw(Box::new(saw))))
        };
        let inconsistent = seen(|saw| {
            saw.tls.as_mut().expect("TLS facts").consistency = Consistency::Inconsistent;
        });
        expect(
            &inconsistent,
            &[ALL_WELL, "inspected / network - confirmed"],
        );
        assert_eq!(check(&inconsistent, "toronto/https"), "ok inferred");
        let via = seen(|saw| saw.forwarded = vec![("via".to_owned(), "1.1 squid".to_owned())]);
        expect(&via, &[ALL_WELL, "inspected / network - confirmed"]);
        expect(
            &seen(|saw| saw.tls.as_mut().expect("TLS facts").consistency = Consistency::Unknown),
            &[ALL_WELL],
        );
        // Where TLS ends before the relay, its own operator adds such headers.
        expect(
            &seen(|saw| {
                saw.tls = None;
                saw.forwarded = vec![("x-forwarded-for".to_owned(), "10.0.0.2".to_owned())];
            }),
            &[ALL_WELL],
        );
    }

    #[test]
    fn an_answer_for_everybody_makes_every_success_inferred() {
        let inspected = healthy().set(Probe::Canary, answered(12.0, Answer::Opaque));
        expect(&inspected, &[ALL_WELL, "inspected / network - confirmed"]);
        assert_eq!(check(&inspected, "toronto/https"), "ok inferred");
        // Where outside gets no HTTP answer from a port, the one here is the inspector's.
        let faked = inspected.outside("seattle/tcp", closes_after_tls("seattle/tcp"));
        assert_eq!(check(&faked, "seattle/tcp"), "failed inferred");
        // Without such an inspector it may be the service itself, towards us.
        let odd = healthy().outside("seattle/tcp", closes_after_tls("seattle/tcp"));
        assert_eq!(check(&odd, "seattle/tcp"), "unknown none");
    }

    #[test]
    fn an_answer_of_whoever_inspects_is_no_answer_of_a_service_that_is_down() {
        let inspected = || healthy().set(Probe::Canary, answered(9.0, Answer::Opaque));
        let refused = || unreached("seattle/https", Connect::Refused { ms: 2.0 });
        let down = inspected().outside("seattle/https", refused());
        expect(&down, &[SEATTLE_UNKNOWN, "inspected / network - confirmed"]);
        assert_eq!(check(&down, "seattle/https"), "unknown none");
        // Nobody inspects: then it answers here, whatever outside met.
        let turned_away = "relay-turned-away / network - inferred";
        let run = healthy().outside("seattle/https", refused());
        expect(&run, &[ALL_WELL, turned_away]);
    }
}
