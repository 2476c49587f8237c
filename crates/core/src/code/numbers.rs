//! What verdicts and findings are called in a short code. **A number is for ever**: a code that was written down keeps
//! its meaning, so what no longer exists keeps its number, and nothing takes one that was in use.

use crate::diagnosis::Verdict;
use crate::finding::Code;

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

/// A finding's number; 0 is none. New findings take the next: up to 39 they are in codes of the first format, up to 1023
/// in those of the second, which are longer by a character.
pub(super) const fn finding_number(code: Code) -> u64 {
    match code {
        Code::Offline => 1,
        Code::ProxyLogin => 2,
        Code::AnswerNotFromService => 3,
        Code::NotResolved => 4,
        Code::PrivateAddress => 5,
        Code::RefusedNearby => 6,
        Code::Dropped => 7,
        Code::TlsRejected => 8,
        Code::CutInHandshake => 9,
        Code::ClosedAfterTls => 10,
        Code::RefusedFar => 11,
        Code::NotConnected => 12,
        Code::ServiceDown => 13,
        Code::Plain443Blocked => 14,
        Code::SocketBlocked => 15,
        Code::HoldCut => 16,
        Code::EventsLost => 17,
        Code::Port80Closed => 18,
        Code::Port5222Closed => 19,
        Code::Unsteady => 20,
        Code::Slow => 21,
        Code::ClockWrong => 22,
        Code::Inspected => 23,
        Code::ProxyInPath => 24,
        Code::SplitEgress => 25,
        Code::Ipv6Broken => 26,
        Code::RelayMisconfigured => 27,
        Code::RelayBusy => 28,
        Code::RelayUnreachable => 29,
        Code::RelayNotOutside => 30,
        Code::NoRelay => 31,
        Code::ExtensionInterferes => 32,
    }
}

/// The finding of a number.
pub(super) fn finding_of(number: u64) -> Option<Code> {
    let mut all = Code::ALL.iter().copied();
    all.find(|code| finding_number(*code) == number)
}

#[cfg(test)]
mod tests {
    use super::{STATES, finding_number, finding_of, state, verdict};
    use crate::code::format::SECOND;
    use crate::finding::Code;

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
