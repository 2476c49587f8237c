//! Findings of the check.

use super::catalogue::{Arg, Given, filled, given, hold, say, word};
use super::check::Finding as Key;
use super::{Lang, list};
use reachcheck_diagnosis::analysis::{GaveUp, Inspection, OutsideFailure, Way, WhyNot};
use reachcheck_diagnosis::finding::Cause;
use reachcheck_wire::CertificateFault;

/// What a finding's text may name beside its cause.
#[derive(Clone, Debug)]
pub struct FindingWords<'run> {
    /// Hosts with ports, as a list in reading order.
    pub hosts: Vec<String>,
    /// Whose service.
    pub provider: &'run str,
    /// The outside relay's round trip to the first host, in milliseconds, where it got through.
    pub outside_ms: Option<f64>,
}

/// A finding in words: what happened, what it means, who has to do what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingText {
    /// One line for people.
    pub title: String,
    /// What happened: the evidence.
    pub what: String,
    /// What it means, with the candidates where there is more than one.
    pub means: String,
    /// Who has to do what.
    pub action: String,
}

/// The four sentences of a finding, and what they name. That all of it is given is checked while this is compiled.
macro_rules! sentences {
    ($told:expr, $title:path, $what:path, $means:path, $action:path $(, $place:ident: $value:expr)* $(,)?) => {{
        const _: () = hold(
            $title,
            &[$title as usize, $what as usize, $means as usize, $action as usize],
            &[$(stringify!($place)),*],
            &["hosts", "provider", "outside"],
        );
        $told.say([$title, $what, $means, $action], given!(Key::Outside $(, $place: $value)*))
    }};
}

/// What any finding may name.
struct Told<'words> {
    lang: Lang,
    hosts: &'words str,
    provider: &'words str,
    /// How it looks from outside, as a sentence.
    outside: &'words str,
}

impl Told<'_> {
    fn say(&self, keys: [Key; 4], given: &[Given<'_>]) -> FindingText {
        let at_hand = given!(
            Key::Outside,
            hosts: Arg::Text(self.hosts),
            provider: Arg::Text(self.provider),
            outside: Arg::Text(self.outside)
        );
        let given = [given, at_hand].concat();
        four(self.lang, keys, &given)
    }
}

/// Title, what, means and what to do, each filled in from the same.
pub(super) fn four<K: super::catalogue::Key>(
    lang: Lang,
    keys: [K; 4],
    given: &[Given<'_>],
) -> FindingText {
    let [title, what, means, action] = keys.map(|key| filled(lang, key, given));
    FindingText {
        title,
        what,
        means,
        action,
    }
}

/// A finding.
#[must_use]
#[expect(
    clippy::too_many_lines,
    reason = "an arm for each form of each finding"
)]
pub fn finding(lang: Lang, cause: &Cause, words: &FindingWords<'_>) -> FindingText {
    let outside = match words.outside_ms {
        Some(time) => say!(lang, Key::Outside, time: Arg::Ms(time)),
        None => say!(lang, Key::NobodyOutside),
    };
    let told = Told {
        lang,
        hosts: &list(lang, &words.hosts),
        provider: words.provider,
        outside: &outside,
    };
    match cause {
        Cause::Offline => sentences!(
            told,
            Key::OfflineTitle,
            Key::OfflineWhat,
            Key::OfflineMeans,
            Key::OfflineDo,
        ),
        Cause::AnswerNotFromService {
            ms: Some(time),
            floor_ms: Some(floor),
        } => sentences!(
            told, Key::NotFromServiceTitle, Key::NotFromServiceTooFast, Key::NotFromServiceMeans, Key::NotFromServiceDo,
            time: Arg::Ms(*time), floor: Arg::Ms(*floor),
        ),
        Cause::AnswerNotFromService { .. } => sentences!(
            told,
            Key::NotFromServiceTitle,
            Key::NotFromServiceUnlike,
            Key::NotFromServiceMeans,
            Key::NotFromServiceDo,
        ),
        Cause::ProxyLogin => sentences!(
            told,
            Key::ProxyLoginTitle,
            Key::ProxyLoginWhat,
            Key::ProxyLoginMeans,
            Key::ProxyLoginDo,
        ),
        Cause::NotResolved { ms: Some(time) } => sentences!(
            told, Key::NotResolvedTitle, Key::NotResolvedAfter, Key::NotResolvedMeans, Key::NotResolvedDo,
            time: Arg::Ms(*time),
        ),
        Cause::NotResolved { ms: None } => sentences!(
            told,
            Key::NotResolvedTitle,
            Key::NotResolvedGaveUp,
            Key::NotResolvedMeans,
            Key::NotResolvedDo,
        ),
        Cause::PrivateAddress { everywhere: true } => sentences!(
            told,
            Key::PrivateAddressTitle,
            Key::PrivateAddressEverywhere,
            Key::PrivateAddressMeans,
            Key::PrivateAddressDo,
        ),
        Cause::PrivateAddress { everywhere: false } => sentences!(
            told,
            Key::PrivateAddressTitle,
            Key::PrivateAddressHere,
            Key::PrivateAddressMeans,
            Key::PrivateAddressDo,
        ),
        Cause::Plain443Blocked if words.hosts.is_empty() => sentences!(
            told,
            Key::Plain443Title,
            Key::Plain443What,
            Key::Plain443Means,
            Key::Plain443Do,
        ),
        Cause::Plain443Blocked => sentences!(
            told,
            Key::Plain443Title,
            Key::Plain443What,
            Key::Plain443HostsMeans,
            Key::Plain443Do,
        ),
        Cause::HoldCut { seconds, is_round } => {
            let mut text = match seconds {
                Some(seconds) => sentences!(
                    told, Key::HoldCutTitle, Key::HoldCutAfter, Key::HoldCutMeans, Key::HoldCutDo,
                    seconds: Arg::Tenths(*seconds),
                ),
                None => sentences!(
                    told,
                    Key::HoldCutTitle,
                    Key::HoldCutUnseen,
                    Key::HoldCutMeans,
                    Key::HoldCutDo,
                ),
            };
            if *is_round {
                text.means = say!(lang, Key::HoldCutRoundMeans);
            }
            text
        }
        Cause::Port80Closed {
            refused_ms: Some(time),
        } => sentences!(
            told, Key::Port80Title, Key::Port80Refused, Key::Port80Means, Key::Port80Do,
            time: Arg::Ms(*time),
        ),
        Cause::Port80Closed { refused_ms: None } => sentences!(
            told,
            Key::Port80Title,
            Key::Port80Silent,
            Key::Port80Means,
            Key::Port80Do,
        ),
        Cause::Port5222Closed {
            refused_ms: Some(time),
        } => sentences!(
            told, Key::Port5222Title, Key::Port5222Refused, Key::Port5222Means, Key::Port5222Do,
            time: Arg::Ms(*time),
        ),
        Cause::Port5222Closed { refused_ms: None } => sentences!(
            told,
            Key::Port5222Title,
            Key::Port5222Silent,
            Key::Port5222Means,
            Key::Port5222Do,
        ),
        Cause::ClockWrong { ahead_s, witnesses } => {
            let span = span(lang, ahead_s.abs());
            let span = Arg::Text(&span);
            match (*witnesses > 1, *ahead_s > 0.0) {
                (true, true) => sentences!(
                    told, Key::ClockWrongTitle, Key::ClockAheadOfBoth, Key::ClockMeans, Key::ClockDo, span: span,
                ),
                (true, false) => sentences!(
                    told, Key::ClockWrongTitle, Key::ClockBehindBoth, Key::ClockMeans, Key::ClockDo, span: span,
                ),
                (false, true) => sentences!(
                    told, Key::ClocksDifferTitle, Key::ClockAheadOfOther, Key::ClockMeans, Key::ClockDo, span: span,
                ),
                (false, false) => sentences!(
                    told, Key::ClocksDifferTitle, Key::ClockBehindOther, Key::ClockMeans, Key::ClockDo, span: span,
                ),
            }
        }
        Cause::ProxyInPath { way: Way::Proxy } => sentences!(
            told,
            Key::ProxyInPathTitle,
            Key::ProxyInPathAsked,
            Key::ProxyInPathMeans,
            Key::ProxyInPathDo,
        ),
        Cause::ProxyInPath {
            way: Way::EndsNearby | Way::Direct | Way::Unknown,
        } => sentences!(
            told,
            Key::ProxyInPathTitle,
            Key::ProxyInPathTaken,
            Key::ProxyInPathMeans,
            Key::ProxyInPathDo,
        ),
        Cause::SplitEgress => sentences!(
            told,
            Key::SplitEgressTitle,
            Key::SplitEgressWhat,
            Key::SplitEgressMeans,
            Key::SplitEgressDo,
        ),
        Cause::Ipv6Broken { lost_ms } => sentences!(
            told, Key::Ipv6BrokenTitle, Key::Ipv6BrokenWhat, Key::Ipv6BrokenMeans, Key::Ipv6BrokenDo,
            time: Arg::Ms(*lost_ms),
        ),
        Cause::RefusedNearby { ms } => sentences!(
            told, Key::RefusedNearbyTitle, Key::RefusedNearbyWhat, Key::RefusedNearbyMeans, Key::ItAllows,
            time: Arg::Ms(*ms),
        ),
        Cause::RefusedFar { ms } => sentences!(
            told, Key::RefusedFarTitle, Key::RefusedFarWhat, Key::RefusedFarMeans, Key::RefusedFarDo,
            time: Arg::Ms(*ms),
        ),
        Cause::Dropped { seconds, gave_up } => {
            let seconds = Arg::Whole((*seconds).into());
            let mut text = match gave_up {
                Some(GaveUp::Handshake) => sentences!(
                    told, Key::DroppedTitle, Key::DroppedHandshake, Key::DroppedMeans, Key::ItAllows, seconds: seconds,
                ),
                Some(GaveUp::Later) => sentences!(
                    told, Key::DroppedTitle, Key::DroppedLater, Key::DroppedMeans, Key::ItAllows, seconds: seconds,
                ),
                Some(GaveUp::Lookup) | None => sentences!(
                    told, Key::DroppedTitle, Key::DroppedWhat, Key::DroppedMeans, Key::ItAllows, seconds: seconds,
                ),
            };
            if let Some(time) = words.outside_ms {
                text.means = say!(lang, Key::DroppedOutsideMeans, time: Arg::Ms(time));
            }
            text
        }
        Cause::TlsRejected {
            ms,
            said_by_browser: true,
        } => sentences!(
            told, Key::TlsRejectedTitle, Key::TlsRejectedSaid, Key::TlsRejectedMeans, Key::TlsRejectedDo,
            time: Arg::Ms(*ms),
        ),
        Cause::TlsRejected {
            ms,
            said_by_browser: false,
        } => sentences!(
            told, Key::TlsRejectedTitle, Key::TlsRejectedWhat, Key::TlsRejectedMeans, Key::TlsRejectedDo,
            time: Arg::Ms(*ms),
        ),
        Cause::CutInHandshake { ms } => sentences!(
            told, Key::CutInHandshakeTitle, Key::CutInHandshakeWhat, Key::CutInHandshakeMeans, Key::ItAllows,
            time: Arg::Ms(*ms),
        ),
        Cause::ClosedAfterTls { ms } => sentences!(
            told, Key::ClosedAfterTlsTitle, Key::ClosedAfterTlsWhat, Key::ClosedAfterTlsMeans, Key::ItAllows,
            time: Arg::Ms(*ms),
        ),
        Cause::NotConnected { ms } => sentences!(
            told, Key::NotConnectedTitle, Key::NotConnectedWhat, Key::NotConnectedMeans, Key::NotConnectedDo,
            time: Arg::Ms(*ms),
        ),
        Cause::ServiceDown { outside } => match outside {
            OutsideFailure::Refused => sentences!(
                told,
                Key::ServiceDownTitle,
                Key::ServiceDownRefused,
                Key::ServiceDownMeans,
                Key::ServiceDownDo,
            ),
            OutsideFailure::NoAnswer => sentences!(
                told,
                Key::ServiceDownTitle,
                Key::ServiceDownNoAnswer,
                Key::ServiceDownMeans,
                Key::ServiceDownDo,
            ),
            OutsideFailure::NoRoute => sentences!(
                told,
                Key::ServiceDownTitle,
                Key::ServiceDownNoRoute,
                Key::ServiceDownMeans,
                Key::ServiceDownDo,
            ),
            OutsideFailure::NotResolved => sentences!(
                told,
                Key::ServiceDownTitle,
                Key::ServiceDownNotResolved,
                Key::ServiceDownMeans,
                Key::ServiceDownDo,
            ),
            OutsideFailure::NoTls => sentences!(
                told,
                Key::ServiceDownTitle,
                Key::ServiceDownNoTls,
                Key::ServiceDownMeans,
                Key::ServiceDownDo,
            ),
            OutsideFailure::NoHttp => sentences!(
                told,
                Key::ServiceDownTitle,
                Key::ServiceDownNoHttp,
                Key::ServiceDownMeans,
                Key::ServiceDownDo,
            ),
            OutsideFailure::Certificate(fault) => sentences!(
                told, Key::ServiceDownTitle, Key::ServiceDownCertificate, Key::ServiceDownMeans, Key::ServiceDownDo,
                fault: Arg::Text(certificate(lang, *fault)),
            ),
        },
        Cause::SocketBlocked => sentences!(
            told,
            Key::SocketBlockedTitle,
            Key::SocketBlockedWhat,
            Key::SocketBlockedMeans,
            Key::SocketBlockedDo,
        ),
        Cause::EventsLost {
            expected,
            arrived,
            late_ms_max: Some(late),
        } => sentences!(
            told, Key::EventsLostTitle, Key::EventsLostCount, Key::EventsLostMeans, Key::EventsLostDo,
            arrived: Arg::Whole((*arrived).into()), expected: Arg::Whole((*expected).into()), time: Arg::Ms(*late),
        ),
        Cause::EventsLost {
            late_ms_max: None, ..
        } => sentences!(
            told,
            Key::EventsLostTitle,
            Key::EventsLostCut,
            Key::EventsLostMeans,
            Key::EventsLostDo,
        ),
        Cause::Unsteady { answered, failed } => sentences!(
            told, Key::UnsteadyTitle, Key::UnsteadyWhat, Key::UnsteadyMeans, Key::TryCable,
            answered: Arg::Count(*answered), failed: Arg::Count(*failed),
        ),
        Cause::Slow { ms, limit_ms } => sentences!(
            told, Key::SlowTitle, Key::SlowWhat, Key::SlowMeans, Key::TryCable,
            time: Arg::Ms(*ms), limit: Arg::Ms(*limit_ms),
        ),
        Cause::ExtensionInterferes { replaced } => sentences!(
            told, Key::ExtensionTitle, Key::ExtensionWhat, Key::ExtensionMeans, Key::ExtensionDo,
            replaced: Arg::Text(&replaced.join(", ")),
        ),
        Cause::Inspected {
            how: Inspection::NameThatCannotExist,
        } => sentences!(
            told,
            Key::InspectedTitle,
            Key::InspectedName,
            Key::InspectedMeans,
            Key::InspectedDo,
        ),
        Cause::Inspected {
            how: Inspection::Handshake,
        } => sentences!(
            told,
            Key::InspectedTitle,
            Key::InspectedHandshake,
            Key::InspectedMeans,
            Key::InspectedDo,
        ),
        Cause::Inspected {
            how: Inspection::Headers(headers),
        } => sentences!(
            told, Key::InspectedTitle, Key::InspectedHeaders, Key::InspectedMeans, Key::InspectedDo,
            headers: Arg::Text(&headers.join(", ")),
        ),
        Cause::RelayMisconfigured { origin } => sentences!(
            told, Key::RelayMisconfiguredTitle, Key::RelayMisconfiguredWhat, Key::RelayNotAskedMeans, Key::RelayMisconfiguredDo,
            origin: Arg::Text(origin),
        ),
        Cause::RelayBusy => sentences!(
            told,
            Key::RelayBusyTitle,
            Key::RelayBusyWhat,
            Key::RelayNotAskedMeans,
            Key::RelayBusyDo,
        ),
        Cause::RelayUnreachable {
            relay,
            wrong_answer: true,
        } => sentences!(
            told, Key::RelayUnreachableTitle, Key::RelayUnreachableWrong, Key::RelayUnreachableMeans, Key::RelayUnreachableDo,
            relay: Arg::Text(relay),
        ),
        Cause::RelayUnreachable {
            relay,
            wrong_answer: false,
        } => sentences!(
            told, Key::RelayUnreachableTitle, Key::RelayUnreachableWhat, Key::RelayUnreachableMeans, Key::RelayUnreachableDo,
            relay: Arg::Text(relay),
        ),
        Cause::RelayNotOutside { why } => match why {
            WhyNot::RelayLostItsWay => sentences!(
                told,
                Key::RelayNotOutsideTitle,
                Key::RelayNotOutsideLostItsWay,
                Key::NotComparedMeans,
                Key::RelayNotOutsideDo,
            ),
            WhyNot::RelayInside => sentences!(
                told,
                Key::RelayNotOutsideTitle,
                Key::RelayNotOutsideInside,
                Key::NotComparedMeans,
                Key::RelayNotOutsideDo,
            ),
            WhyNot::NoRelay | WhyNot::RelayUnreachable | WhyNot::RelayRefused | WhyNot::NoWord => {
                sentences!(
                    told,
                    Key::RelayNotOutsideTitle,
                    Key::RelayNotOutsideNoWord,
                    Key::NotComparedMeans,
                    Key::RelayNotOutsideDo,
                )
            }
        },
        Cause::NoRelay => sentences!(
            told,
            Key::NoRelayTitle,
            Key::NoRelayWhat,
            Key::NotComparedMeans,
            Key::NoRelayDo,
        ),
    }
}

/// A time span in words that need no unit table.
fn span(lang: Lang, seconds: f64) -> String {
    if seconds < 5400.0 {
        say!(lang, Key::Minutes, count: Arg::Whole(seconds / 60.0))
    } else if seconds < 129_600.0 {
        say!(lang, Key::Hours, count: Arg::Whole(seconds / 3600.0))
    } else {
        say!(lang, Key::Days, count: Arg::Whole(seconds / 86_400.0))
    }
}

fn certificate(lang: Lang, fault: CertificateFault) -> &'static str {
    let key = match fault {
        CertificateFault::Expired => Key::Expired,
        CertificateFault::NotYetValid => Key::NotYetValid,
        CertificateFault::WrongName => Key::WrongName,
        CertificateFault::Untrusted => Key::Untrusted,
        CertificateFault::Other => Key::OtherFault,
    };
    word(lang, key)
}
