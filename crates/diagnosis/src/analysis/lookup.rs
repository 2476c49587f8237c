//! Names that are not known: no browser keeps a failed lookup, so every attempt pays for it again
//! (docs/browsers.md section 1.4, rule 6).

use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::thresholds as limits;

/// What the times of failed attempts say about the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameLookup {
    /// Nothing.
    Silent,
    /// Every attempt, the first included, took as long as failing lookups do, and the names of this run were
    /// not known beforehand. A refusal of a name that this one host had known would look the same.
    Suspect,
}

/// How many lookups a browser makes for a name that does not exist, and for one whose server fails
/// (docs/browsers.md section 1.4: Chromium 2 and 4; Firefox and WebKit 1 and 2).
const fn lookups(family: BrowserFamily) -> [f64; 2] {
    match family {
        BrowserFamily::Chromium => [2.0, 4.0],
        BrowserFamily::Firefox | BrowserFamily::WebKit | BrowserFamily::Other => [1.0, 2.0],
    }
}

/// What a failing lookup costs, as this run shows it (milliseconds).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Costs {
    /// A lookup that the browser timed.
    pub lookup_ms: Option<f64>,
    /// The failure of the name that cannot exist: all the lookups that this browser makes for such a one.
    pub canary_ms: Option<f64>,
}

/// `attempts_ms` in the order in which they were made.
pub(super) fn read(attempts_ms: &[f64], costs: Costs, family: BrowserFamily) -> NameLookup {
    let [first, ref repeats @ ..] = *attempts_ms else {
        return NameLookup::Silent;
    };
    let Some(fastest_repeat) = repeats.iter().copied().min_by(f64::total_cmp) else {
        return NameLookup::Silent;
    };
    // Attempts may wait. But a refusal is faster by the whole lookup once the name is known: by half, where the
    // two are alike.
    let never_faster = fastest_repeat >= limits::NEVER_FASTER_SHARE * first;
    let fastest = fastest_repeat.min(first);
    let timed = costs.lookup_ms.filter(|ms| *ms >= limits::LOOKUP_MIN_MS);
    let by_lookup = timed.map(|ms| lookups(family).map(|times| times * ms));
    // SERVFAIL is asked twice as often as NXDOMAIN.
    // Firefox often has asked ahead for the relay's name; WebKit's failure comes late by chance (191 ms seen, at
    // lookups of 3 ms).
    let canary = costs
        .canary_ms
        .filter(|ms| family == BrowserFamily::Firefox && *ms >= limits::CANARY_MIN_MS);
    let by_canary = canary.map(|ms| [ms, 2.0 * ms]);
    let fits = by_lookup
        .into_iter()
        .chain(by_canary)
        .flatten()
        .any(|expected| (0.75..=1.25).contains(&(fastest / expected)));
    if never_faster && fits {
        NameLookup::Suspect
    } else {
        NameLookup::Silent
    }
}

#[cfg(test)]
mod tests {
    use super::{Costs, NameLookup, read};
    use reachcheck_model::environment::BrowserFamily;

    /// Times of docs/browsers.md section 8.1, lookups at 80 ms.
    #[test]
    fn repeats_that_never_get_faster_make_a_name_suspect() {
        for (attempts, lookup, family, expected) in [
            (
                &[165.0, 165.0, 164.0][..],
                Some(80.0),
                BrowserFamily::Chromium,
                NameLookup::Suspect,
            ),
            (
                &[82.0, 82.0, 84.0],
                Some(80.0),
                BrowserFamily::Firefox,
                NameLookup::Suspect,
            ),
            (
                &[327.0, 326.0],
                Some(80.0),
                BrowserFamily::Chromium,
                NameLookup::Suspect,
            ),
            // Refused far: the first paid for a lookup that the others did not need.
            (
                &[167.0, 83.0, 83.0],
                Some(80.0),
                BrowserFamily::Chromium,
                NameLookup::Silent,
            ),
            (
                &[163.0, 82.0, 84.0],
                Some(80.0),
                BrowserFamily::Firefox,
                NameLookup::Silent,
            ),
            // A resolver near by: not to be told from any other refusal there.
            (
                &[4.0, 3.0, 4.0],
                Some(1.0),
                BrowserFamily::Firefox,
                NameLookup::Silent,
            ),
            (
                &[82.0, 82.0],
                None,
                BrowserFamily::Firefox,
                NameLookup::Silent,
            ),
            (
                &[82.0],
                Some(80.0),
                BrowserFamily::Firefox,
                NameLookup::Silent,
            ),
        ] {
            assert_eq!(
                read(
                    attempts,
                    Costs {
                        lookup_ms: lookup,
                        canary_ms: None,
                    },
                    family
                ),
                expected,
                "{attempts:?} {family:?}"
            );
        }
    }

    /// Firefox asked ahead for the relay's name, so its timing shows no lookup (lab, 92 ms beside 105 ms).
    #[test]
    fn the_name_that_cannot_exist_shows_what_a_failing_lookup_costs() {
        let with = |canary_ms| Costs {
            lookup_ms: Some(6.0),
            canary_ms,
        };
        let read = |attempts: &[f64], canary| read(attempts, with(canary), BrowserFamily::Firefox);
        assert_eq!(read(&[111.0, 92.0, 92.0], Some(105.0)), NameLookup::Suspect);
        assert_eq!(read(&[164.0, 164.0], Some(84.0)), NameLookup::Suspect);
        assert_eq!(
            read(&[101.0, 171.0, 84.0], Some(104.0)),
            NameLookup::Suspect
        );
        assert_eq!(read(&[163.0, 82.0, 84.0], Some(84.0)), NameLookup::Silent);
        // A name server near by.
        assert_eq!(read(&[25.0, 24.0], Some(25.0)), NameLookup::Silent);
        assert_eq!(read(&[82.0, 82.0], None), NameLookup::Silent);
    }
}
