//! What a check rests on.

use super::Lang;
use super::catalogue::{Arg, say, word};
use super::check::Detail as Key;
use reachcheck_diagnosis::analysis::{Detail, Internet, WhyNot};
use reachcheck_model::thresholds::ENDPOINT_DEADLINE_S;

/// What a check rests on, without a full stop; short enough for a table's cell.
#[must_use]
pub fn detail(lang: Lang, detail: &Detail) -> String {
    let key = match *detail {
        Detail::Answered { ms } | Detail::SocketOpen { ms: Some(ms) } => {
            return Arg::Ms(ms).say(lang);
        }
        Detail::AnsweredSometimes { answered, failed } => {
            let (answered, tries) = (Arg::Count(answered), Arg::Count(answered + failed));
            return say!(lang, Key::AnsweredSometimes, answered: answered, tries: tries);
        }
        Detail::TooFast { ms, .. } => return say!(lang, Key::TooFast, time: Arg::Ms(ms)),
        Detail::NotResolved { ms } => return say!(lang, Key::NotResolved, time: Arg::Ms(ms)),
        Detail::PortOpen { ms } => return say!(lang, Key::PortOpen, time: Arg::Ms(ms)),
        Detail::PortRefused { ms } => return say!(lang, Key::PortRefused, time: Arg::Ms(ms)),
        Detail::Held { seconds } => {
            return say!(lang, Key::Held, seconds: Arg::Whole(seconds.into()));
        }
        Detail::HoldCut {
            seconds: Some(seconds),
        } => return say!(lang, Key::HoldCut, seconds: Arg::Tenths(seconds)),
        Detail::NoAnswer => {
            let seconds = Arg::Whole(ENDPOINT_DEADLINE_S.into());
            return say!(lang, Key::NoAnswer, seconds: seconds);
        }
        Detail::RefusedNearby { ms } => return say!(lang, Key::RefusedNearby, time: Arg::Ms(ms)),
        Detail::RefusedFar { ms } => return say!(lang, Key::RefusedFar, time: Arg::Ms(ms)),
        Detail::Refused { ms } => return say!(lang, Key::Refused, time: Arg::Ms(ms)),
        Detail::TlsFailed { ms } => return say!(lang, Key::TlsFailed, time: Arg::Ms(ms)),
        Detail::Cut { ms } => return say!(lang, Key::Cut, time: Arg::Ms(ms)),
        Detail::ClosedAfterTls { ms } => {
            return say!(lang, Key::ClosedAfterTls, time: Arg::Ms(ms));
        }
        Detail::Failed { ms } => return say!(lang, Key::Failed, time: Arg::Ms(ms)),
        Detail::Events {
            expected,
            arrived,
            late_ms_max,
        } => {
            return say!(
                lang,
                Key::Events,
                arrived: Arg::Whole(arrived.into()),
                expected: Arg::Whole(expected.into()),
                time: Arg::Ms(late_ms_max),
            );
        }
        Detail::StoodStill { ms } => return say!(lang, Key::StoodStill, time: Arg::Ms(ms)),
        Detail::NetworkChanged => Key::NetworkChanged,
        Detail::PermissionWaits => Key::PermissionWaits,
        Detail::Pending | Detail::Internet(Internet::Pending) => Key::Pending,
        Detail::NotTried => Key::NotTried,
        Detail::Connected => Key::Connected,
        Detail::AsFromOutside => Key::AsFromOutside,
        Detail::AnswersUnlikeOutside => Key::AnswersUnlikeOutside,
        Detail::NotOffered => Key::NotOffered,
        Detail::PortSilent => Key::PortSilent,
        Detail::BehindProxy => Key::BehindProxy,
        Detail::PortTaken => Key::PortTaken,
        Detail::PortCut => Key::PortCut,
        Detail::HoldCut { seconds: None } => Key::HoldCutUnseen,
        Detail::NeedsOutside(_) => Key::NeedsOutside,
        Detail::SilentHereAndOutside => Key::SilentHereAndOutside,
        Detail::Ambiguous => Key::Ambiguous,
        Detail::Internet(Internet::OriginAnswered) => Key::OriginAnswered,
        Detail::Internet(Internet::RelayAnswered) => Key::RelayAnswered,
        Detail::Internet(Internet::ControlAnswered) => Key::ControlAnswered,
        Detail::Internet(Internet::EndpointAnswered) => Key::EndpointAnswered,
        Detail::Internet(Internet::NothingAnswered) => Key::NothingAnswered,
        Detail::NoRelay(WhyNot::NoRelay) => Key::NoRelay,
        Detail::NoRelay(WhyNot::RelayUnreachable) => Key::RelayUnreachable,
        Detail::NoRelay(WhyNot::RelayRefused) => Key::RelayRefused,
        Detail::NoRelay(WhyNot::RelayInside) => Key::RelayInside,
        Detail::NoRelay(WhyNot::RelayLostItsWay) => Key::RelayLostItsWay,
        Detail::NoRelay(WhyNot::NoWord) => Key::NoWord,
        Detail::RelayOnThisComputer => Key::RelayOnThisComputer,
        Detail::SocketOpen { ms: None } => Key::SocketOpen,
        Detail::SocketFailed => Key::SocketFailed,
        Detail::EventsCut => Key::EventsCut,
        Detail::NoSocket => Key::NoSocket,
    };
    word(lang, key).to_owned()
}
