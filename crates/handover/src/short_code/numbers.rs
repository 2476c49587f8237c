//! The numbers of verdicts and findings in a short code. **A number is for ever**: a code that was written down keeps
//! its meaning, so what no longer exists keeps its number, and nothing takes one that was in use.

use reachcheck_diagnosis::diagnosis::Verdict;
use reachcheck_diagnosis::findings::Code;

/// One more than a verdict's highest number: five of a region, and 0, not tested.
pub(super) const STATES: u64 = 6;

/// A verdict's number.
pub(super) const fn state(verdict: Verdict) -> u64 {
    match verdict {
        Verdict::Blocked => 1,
        Verdict::Down => 2,
        // A region is never offline.
        Verdict::Unknown | Verdict::Offline => 3,
        Verdict::Degraded => 4,
        Verdict::Reachable => 5,
    }
}

/// The verdict of a number.
pub(super) const fn verdict(state: u64) -> Option<Verdict> {
    match state {
        1 => Some(Verdict::Blocked),
        2 => Some(Verdict::Down),
        3 => Some(Verdict::Unknown),
        4 => Some(Verdict::Degraded),
        5 => Some(Verdict::Reachable),
        _ => None,
    }
}

/// A finding's number; 0 is none. It stands in the finding's own file: up to 39 they are in codes of the first format, up
/// to 1023 in those of the second, which are longer by a character.
pub(super) fn finding_number(code: Code) -> u64 {
    code.meta().short.into()
}

/// The finding of a number.
pub(super) fn finding_of(number: u64) -> Option<Code> {
    Code::of_short(number)
}

#[cfg(test)]
mod tests {
    use super::{STATES, finding_number, finding_of, state, verdict};
    use crate::short_code::format::SECOND;
    use reachcheck_diagnosis::findings::Code;

    #[test]
    fn every_number_stands_for_one_thing_and_fits() {
        for code in Code::ALL {
            let number = finding_number(*code);
            assert_eq!(finding_of(number), Some(*code), "{number}");
            assert!((1..SECOND.findings).contains(&number), "{number}");
        }
        assert_eq!(finding_of(0), None);
        for number in 1..STATES {
            assert_eq!(verdict(number).map(state), Some(number));
        }
        assert_eq!((verdict(0), verdict(STATES)), (None, None));
    }
}
