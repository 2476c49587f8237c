//! Names that are not known: no browser keeps a failed lookup, so every attempt pays for it again
//! (docs/browsers.md section 1.4, rule 6).

use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::thresholds as limits;

/// What the times of failed attempts say about the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameLookup {
    /// Nothing.
    Silent,
    /// Every attempt, the first included, took as long as failing lookups do. A refusal of a name that this one
    /// host had known would look the same, and so does a browser that is late by as much.
    Suspect,
    /// The same, and the first answers of hosts that are well were late enough for a lookup as slow as that.
    Corroborated,
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
    /// The longest lookup that the first answers of hosts that are well leave room for; `None` where none is well.
    pub room_ms: Option<f64>,
}

impl Costs {
    /// Whether the hosts that are well show lookups of `lookup_ms`. A busy browser is late at single requests, at
    /// the canary too; that all the others were quick at first tells it from slow names.
    fn are_shown_elsewhere(&self, lookup_ms: f64) -> bool {
        self.room_ms
            .is_none_or(|room_ms| room_ms >= limits::LOOKUP_SHOWN_SHARE * lookup_ms)
    }
}

/// The longest lookup that every host's answers leave room for, from pairs of the first answer and the fastest later
/// one, in milliseconds: a first answer pays for the name and three round trips (TCP, TLS 1.3, HTTP), a later one for
/// a round trip. `None` without a pair.
pub(super) fn room_ms(answers_ms: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    answers_ms
        .map(|(first_ms, later_ms)| (first_ms - limits::NEW_CONNECTION_TRIPS * later_ms).max(0.0))
        .min_by(f64::total_cmp)
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
    let by_lookup = timed.map(|ms| (ms, lookups(family).map(|times| times * ms)));
    // SERVFAIL is asked twice as often as NXDOMAIN.
    // Firefox often has asked ahead for the relay's name; WebKit's failure comes late by chance (191 ms seen, at
    // lookups of 3 ms).
    let canary = costs
        .canary_ms
        .filter(|ms| family == BrowserFamily::Firefox && *ms >= limits::CANARY_MIN_MS);
    let by_canary = canary.map(|ms| (ms, [ms, 2.0 * ms]));
    let fits = |expected: f64| (0.75..=1.25).contains(&(fastest / expected));
    let mut fitting = by_lookup
        .into_iter()
        .chain(by_canary)
        .filter(|(_, expected)| expected.iter().copied().any(fits))
        .map(|(lookup_ms, _)| lookup_ms)
        .peekable();
    if !never_faster || fitting.peek().is_none() {
        NameLookup::Silent
    } else if fitting.any(|lookup_ms| costs.are_shown_elsewhere(lookup_ms)) {
        NameLookup::Corroborated
    } else {
        NameLookup::Suspect
    }
}

#[cfg(test)]
mod tests {
    use super::{Costs, NameLookup, read, room_ms};
    use reachcheck_model::environment::BrowserFamily;

    /// Times of docs/browsers.md section 8.1, lookups at 80 ms.
    #[test]
    fn repeats_that_never_get_faster_make_a_name_suspect() {
        for (attempts, lookup, family, expected) in [
            (
                &[165.0, 165.0, 164.0][..],
                Some(80.0),
                BrowserFamily::Chromium,
                NameLookup::Corroborated,
            ),
            (
                &[82.0, 82.0, 84.0],
                Some(80.0),
                BrowserFamily::Firefox,
                NameLookup::Corroborated,
            ),
            (
                &[327.0, 326.0],
                Some(80.0),
                BrowserFamily::Chromium,
                NameLookup::Corroborated,
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
                        room_ms: None,
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
            room_ms: None,
        };
        let read = |attempts: &[f64], canary| read(attempts, with(canary), BrowserFamily::Firefox);
        assert_eq!(
            read(&[111.0, 92.0, 92.0], Some(105.0)),
            NameLookup::Corroborated
        );
        assert_eq!(read(&[164.0, 164.0], Some(84.0)), NameLookup::Corroborated);
        assert_eq!(
            read(&[101.0, 171.0, 84.0], Some(104.0)),
            NameLookup::Corroborated
        );
        assert_eq!(read(&[163.0, 82.0, 84.0], Some(84.0)), NameLookup::Silent);
        // A name server near by.
        assert_eq!(read(&[25.0, 24.0], Some(25.0)), NameLookup::Silent);
        assert_eq!(read(&[82.0, 82.0], None), NameLookup::Silent);
    }

    /// A busy browser was late at the canary and at a refused port alike (lab, the refusal one round trip of 82 ms
    /// away, a name server near by); the hosts that are well had their first answers after three round trips.
    #[test]
    fn a_canary_that_was_late_alone_corroborates_nothing() {
        let read = |room_ms| {
            let costs = Costs {
                lookup_ms: None,
                canary_ms: Some(100.0),
                room_ms,
            };
            read(&[124.0, 104.0, 126.0], costs, BrowserFamily::Firefox)
        };
        assert_eq!(read(Some(6.0)), NameLookup::Suspect);
        assert_eq!(read(Some(84.0)), NameLookup::Corroborated);
        assert_eq!(read(None), NameLookup::Corroborated);
    }

    #[test]
    fn the_quickest_first_answer_bounds_the_lookup() {
        assert_eq!(room_ms([].into_iter()), None);
        assert_eq!(
            room_ms([(330.0, 82.0), (252.0, 82.0)].into_iter()),
            Some(6.0)
        );
        // A kept connection of an earlier run paid for neither name nor handshake.
        assert_eq!(room_ms([(83.0, 82.0)].into_iter()), Some(0.0));
    }
}
