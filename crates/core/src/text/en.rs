//! English.

use super::{
    FindingText, FindingWords, First, Headline, HeadlineText, Limit, Ui, list, ms, names, numbers,
};
use crate::analysis::{
    CheckOutcome, Detail, GaveUp, Inspection, Internet, OutsideFailure, Proof, Way, WhyNot,
};
use crate::code::CodeRefusal;
use crate::codec::Refusal;
use crate::compare::Remark;
use crate::config::ConfigError;
use crate::diagnosis::{CheckName, Verdict};
use crate::figures::{tenths, whole};
use crate::finding::Cause;
use crate::link::LinkProblem;
use crate::picture::{Reach, Route, Stop};
use crate::thresholds::ENDPOINT_DEADLINE_S;
use crate::wire::CertificateFault;

pub(super) const fn ui(key: Ui) -> &'static str {
    match key {
        Ui::Title => "Connection check",
        Ui::Start => "Start the check",
        Ui::StartAgain => "Run again",
        Ui::Cancel => "Cancel",
        Ui::CopyReport => "Copy report",
        Ui::DownloadReport => "Download report",
        Ui::Copied => "Copied. Paste it into your ticket or message to support.",
        Ui::CopyFailed => {
            "The browser refused to copy. The report is selected below: press Ctrl+C (on a Mac ⌘C), then paste it into your ticket."
        }
        Ui::Language => "Language",
        Ui::RegionsTitle => "Regions",
        Ui::NetworkTitle => "This network",
        Ui::FindingsTitle => "What we found",
        Ui::ReportTitle => "Report for support",
        Ui::ReportHint => {
            "This is exactly what Copy puts on the clipboard. Nothing is sent until you paste or send it."
        }
        Ui::ShowReport => "Show the report",
        Ui::Region => "Region",
        Ui::SignOnHttps => "Sign-on (HTTPS)",
        Ui::CallEventsTcp => "Call events (TCP)",
        Ui::Result => "Result",
        Ui::Running => "Checking the connection…",
        Ui::RunningHint => "This takes a few seconds. You can keep working.",
        Ui::IdleTitle => "Ready to check your connection",
        Ui::IdleHint => "Press Start. It takes a few seconds and changes nothing on this computer.",
        Ui::CancelledTitle => "The check was cancelled",
        Ui::CancelledHint => "There is no result. Press Run again when you are ready.",
        Ui::Testing => "testing…",
        Ui::What => "What",
        Ui::Means => "Means",
        Ui::Do => "Do",
        Ui::Ticket => "Ticket",
        Ui::TestedAddresses => "Which addresses are tested?",
        Ui::PrivacyNote => {
            "The page talks only to the addresses below and to the relay of your helpdesk. It stores nothing and sends no report by itself."
        }
        Ui::ContactSupport => "Support",
        Ui::StopBrowser => "This browser",
        Ui::StopNetwork => "Your network or proxy",
        Ui::StopInternet => "Internet",
        Ui::StopRelay => "Relay",
        Ui::ReportHeading => "connection report for",
        Ui::ReportCancelled => "CANCELLED before the end: there is no result.",
        Ui::ReportResult => "RESULT",
        Ui::ReportNetwork => "THIS NETWORK",
        Ui::ReportFindings => "WHAT WE FOUND",
        Ui::ReportNoFindings => "Nothing to report.",
        Ui::ReportForIt => "FOR YOUR IT DEPARTMENT",
        Ui::ReportOutboundOnly => {
            "Allow OUTBOUND only, by name. Nothing inbound is ever needed, and the addresses behind the names change:"
        }
        Ui::ReportConfirm => "Confirm from a computer in the same network:",
        Ui::ReportExpected => "expected",
        Ui::ReportPurposeHttps => "sign-on and status",
        Ui::ReportPurposeTcp => "call events, kept open",
        Ui::ReportLimits => "LIMITS OF THIS TEST",
        Ui::ReportMeasurements => "MEASUREMENTS (in ms)",
        Ui::ReportMeasurementsKey => {
            "f: fetch, first cold, then warm; ws: WebSocket; out: seen from outside (TCP, TLS, HTTP). x: failed, with its close code; -: no answer; way: lookup, TCP, TLS and request to the relay; clock: ours minus theirs; 80, 5222: the host itself on these ports, where nothing is known to listen (a refusal as late as a round trip has passed this network)."
        }
        Ui::ReportPersonal => "PERSONAL DETAILS",
        Ui::ReportAddress => "Address",
        Ui::ReportBrowser => "Browser",
        Ui::ReportRelay => "Relay",
        Ui::ReportNotices => "NOTICES",
        Ui::RequestPurpose80 => "sign-on over HTTP",
        Ui::RequestPurpose5222 => "presence (XMPP)",
        Ui::RequestTitle => "FIREWALL REQUEST",
        Ui::RequestDirection => "Direction",
        Ui::RequestOutbound => "outbound",
        Ui::RequestPort => "Port",
        Ui::RequestHost => "Host",
        Ui::RequestPurpose => "Purpose",
        Ui::RequestExempt => {
            "Exempt from TLS inspection (nobody opens the encrypted connection on the way):"
        }
        Ui::RequestAnyProtocol => "Allow any protocol there, not TLS alone:",
        Ui::RequestNoLogin => "Let these pass the proxy without a login:",
        Ui::RequestIdle => {
            "Do not cut connections to these hosts that are quiet: an idle timeout of one hour or more."
        }
        Ui::RequestWebSocket => "Allow WebSocket and long-lived connections on port 443.",
        Ui::RequestPresence => {
            "The provider’s list names no host of its own for presence; until it does, these are the hosts of its regions."
        }
        Ui::ConfirmPowerShell => "PowerShell, without a proxy:",
        Ui::ExpectPowerShell => {
            "TcpTestSucceeded : True (where only a proxy may go out, it fails all the same)"
        }
        Ui::ConfirmCurl => "curl, without a proxy (in PowerShell: curl.exe):",
        Ui::ExpectHttp => "a line that begins with “< HTTP/”; its number does not matter",
        Ui::ExpectConnected => "a line with “Connected to”; what comes after it does not matter",
        Ui::ConfirmCurlProxy => "curl, through your proxy (put its name and port in):",
        Ui::ExpectProxy => "a line with 200 after “CONNECT”; 403 or 407 is the proxy’s refusal",
        Ui::ConfirmOpenssl => "openssl, without a proxy (with one: -proxy PROXY:8080):",
        Ui::ExpectCertificate => {
            "“CONNECTED”, and as issuer a public authority, not your own company or firewall"
        }
        Ui::ExpectNoTls => "“CONNECTED”; the error after it is right, there is no TLS at this port",
        Ui::ExpectPerhapsTls => {
            "“CONNECTED”; an error after it may be right, not every such port speaks TLS"
        }
        Ui::LinesSquid => {
            "SQUID (squid.conf, before the first “http_access deny” and the first “ssl_bump”):"
        }
        Ui::LinesPac => {
            "PAC FILE (first in FindProxyForURL, where these hosts may be reached without the proxy):"
        }
        Ui::LinesWindows => {
            "WINDOWS FIREWALL (PowerShell as administrator, where outbound is blocked by default; names need Windows 11 or Server 2022 and later, with network protection of Microsoft Defender on):"
        }
        Ui::LinesNftables => {
            "NFTABLES (put your own table and chain for “inet filter” and “forward”; the sets are filled by name, below):"
        }
        Ui::LinesDnsmasq => "DNSMASQ 2.87 or later, as the network’s name server, fills them:",
        Ui::ReportCode => "Code",
        Ui::ReportPage => "Page",
        Ui::ReportLeftOut => "left out on request",
        Ui::ReportData => {
            "--- data for support: paste all of this at the page’s “Read a report” ---"
        }
        Ui::ReportDataEnd => "--- end of data ---",
        Ui::CopyRequest => "Copy the request",
        Ui::RequestPageTitle => "For your IT department",
        Ui::RequestHint => {
            "What to allow so that the service works, how to confirm it, and ready lines for common firewalls and proxies. Give it to whoever runs your network."
        }
        Ui::ShowRequest => "Show the request",
        Ui::RequestCopied => "Copied. Paste it into a message to your IT department.",
        Ui::TextCopyFailed => {
            "The browser refused to copy. The text is selected: press Ctrl+C (on a Mac ⌘C)."
        }
        Ui::LeaveOut => "Personal details in the report",
        Ui::IncludeAddress => "My public address",
        Ui::IncludeBrowser => "My browser and its language",
        Ui::CopyLink => "Copy as link",
        Ui::LinkCopied => "Link copied. It holds the whole report; nothing is stored anywhere.",
        Ui::SendByMail => "Send by e-mail",
        Ui::SendDirect => "Send to support",
        Ui::Sending => "Sending…",
        Ui::Sent => "Sent. Support has received the report.",
        Ui::SendFailed => {
            "The report could not be sent. Copy it and paste it into your ticket instead."
        }
        Ui::MailPaste => "(Copy the report on the page and paste it here.)",
        Ui::MailWhole => "The whole report:",
        Ui::ForHelpdesk => "For the helpdesk",
        Ui::ReadReport => "Read a report",
        Ui::BackToCheck => "To the connection check",
        Ui::ReadHint => {
            "Paste reports, links or a short code. This page reads them by itself, also without a network, and sends nothing."
        }
        Ui::ReadLabel => "Report, link or code",
        Ui::ReadButton => "Read",
        Ui::ReadClear => "Clear",
        Ui::ReadMade => "Made",
        Ui::ReadTook => "Took",
        Ui::ReadVersion => "Version",
        Ui::ReadFromCode => {
            "From a short code: it holds the verdicts and the leading finding, no more."
        }
        Ui::ReadPending => "When this was made, late evidence was still out.",
        Ui::NotTested => "not tested",
        Ui::NoFinding => "no finding",
        Ui::CompareTitle => "Side by side",
        Ui::CompareWhat => "What is compared",
        Ui::CompareDiffers => "differs",
        Ui::CompareCommon => "In words",
        Ui::CompareYes => "found",
        Ui::CompareNo => "not found",
        Ui::BuildTitle => "Make a support link",
        Ui::BuildHint => {
            "Send this link to the agent. It opens the check with the ticket filled in."
        }
        Ui::BuildAnyLanguage => "The agent’s browser decides",
        Ui::BuildRegions => "Regions to test",
        Ui::BuildLink => "Link",
        Ui::BuildQr => "The link as a QR code",
        Ui::BuildCopied => "Link copied.",
        Ui::BuildBadTicket => {
            "A ticket number has at most 64 letters, digits, spaces and - _ . / # :"
        }
        Ui::SourceEmbedded => "From the provider’s article 63242 on firewall configuration.",
    }
}

pub(super) const fn first(key: First) -> &'static str {
    match key {
        First::Loading => "Loading the connection check…",
        First::WasmLate => {
            "This takes longer than it should: the network is slow, or something holds the file back. The page goes on trying."
        }
        First::WasmBlocked => {
            "Your network blocks WebAssembly files. The check itself did not arrive as it was sent, so it cannot run. Whoever runs the network allows files of the type application/wasm from this site. Show them this page."
        }
        First::ScriptBlocked => {
            "Your network, or an extension of this browser, blocks the script of this page. The check cannot run. Allow JavaScript files from this site, or try another browser. Show this page to your IT department."
        }
        First::BrowserTooOld => {
            "This browser cannot run the check: it is too old, or WebAssembly is switched off in it. Open this link in an up-to-date Edge, Chrome, Firefox or Safari."
        }
        First::NoScript => "This page needs JavaScript. Please switch it on, or ask your helpdesk.",
        First::ForIt => "For your IT department: the addresses that agents need, outbound only",
    }
}

pub(super) const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Offline => "offline",
        Verdict::Blocked => "blocked",
        Verdict::Down => "down",
        Verdict::Unknown => "unknown",
        Verdict::Degraded => "degraded",
        Verdict::Reachable => "reachable",
    }
}

pub(super) const fn outcome(outcome: CheckOutcome) -> &'static str {
    match outcome {
        CheckOutcome::Ok => "ok",
        CheckOutcome::Failed => "failed",
        CheckOutcome::Unknown => "unknown",
        CheckOutcome::NotRun => "not tested",
    }
}

pub(super) const fn proof(proof: Proof) -> &'static str {
    match proof {
        Proof::Confirmed => "confirmed",
        Proof::Inferred => "inferred",
        Proof::None => "",
    }
}

pub(super) const fn check(name: CheckName) -> &'static str {
    match name {
        CheckName::Https => "Sign-on (HTTPS)",
        CheckName::Tcp => "Call events (TCP)",
        CheckName::Internet => "Internet",
        CheckName::Socket => "Live connection (WebSocket)",
        CheckName::Events => "Server events",
        CheckName::Port80 => "Port 80 (HTTP)",
        CheckName::Port5222 => "Port 5222 (presence)",
        CheckName::Hold => "Quiet connection",
    }
}

pub(super) fn detail(detail: &Detail) -> String {
    match detail {
        Detail::Pending => "testing…".to_owned(),
        Detail::NotTried => "not tried".to_owned(),
        Detail::Answered { ms: time } => ms(*time),
        Detail::AnsweredSometimes { answered, failed } => {
            format!("{answered} of {} tries answered", answered + failed)
        }
        Detail::Connected => "connection established".to_owned(),
        Detail::AsFromOutside => "same as from outside".to_owned(),
        Detail::TooFast { ms: time, .. } => {
            format!("answered by something else, in {}", ms(*time))
        }
        Detail::AnswersUnlikeOutside => "answers unlike from outside".to_owned(),
        Detail::NotResolved { ms: time } => format!("name not known, after {}", ms(*time)),
        Detail::NotOffered => "the relay does not offer it".to_owned(),
        Detail::PortOpen { ms: time } => format!("open, {}", ms(*time)),
        Detail::PortRefused { ms: time } => format!("refused after {}", ms(*time)),
        Detail::PortSilent => "no answer".to_owned(),
        Detail::BehindProxy => "behind a proxy this cannot be told".to_owned(),
        Detail::PortTaken => "something else answers there".to_owned(),
        Detail::PortCut => "connected, and encryption was cut".to_owned(),
        Detail::Held { seconds } => format!("stayed open through {seconds} s of silence"),
        Detail::HoldCut {
            seconds: Some(seconds),
        } => format!("cut after {} s of silence", tenths(seconds)),
        Detail::HoldCut { seconds: None } => "died in silence, unseen".to_owned(),
        Detail::NoAnswer => format!("no answer in {ENDPOINT_DEADLINE_S} s"),
        Detail::RefusedNearby { ms: time } => format!("refused close by, after {}", ms(*time)),
        Detail::RefusedFar { ms: time } => format!("refused at the far end, after {}", ms(*time)),
        Detail::TlsFailed { ms: time } => format!("no secure connection, after {}", ms(*time)),
        Detail::Cut { ms: time } => format!("cut while connecting, after {}", ms(*time)),
        Detail::ClosedAfterTls { ms: time } => {
            format!("closed without answer, after {}", ms(*time))
        }
        Detail::Failed { ms: time } => format!("failed after {}", ms(*time)),
        Detail::NeedsOutside(_) => "needs a view from outside".to_owned(),
        Detail::SilentHereAndOutside => "silent, from outside too".to_owned(),
        Detail::Ambiguous => "more than one explanation".to_owned(),
        Detail::Internet(internet) => match internet {
            Internet::Pending => "testing…".to_owned(),
            Internet::OriginAnswered => "this page's server answers".to_owned(),
            Internet::RelayAnswered => "the relay answers".to_owned(),
            Internet::ControlAnswered => "a control address answers".to_owned(),
            Internet::EndpointAnswered => "the service answers".to_owned(),
            Internet::NothingAnswered => "nothing outside this computer answered".to_owned(),
        },
        Detail::NoRelay(why) => match why {
            WhyNot::NoRelay => "no relay is set up".to_owned(),
            WhyNot::RelayUnreachable => "the relay did not answer".to_owned(),
            WhyNot::RelayRefused => "the relay had no room or does not know this page".to_owned(),
            WhyNot::RelayInside => "the relay is not outside".to_owned(),
            WhyNot::RelayLostItsWay => "the relay itself has no way out".to_owned(),
            WhyNot::NoWord => "no word from the relay".to_owned(),
        },
        Detail::RelayOnThisComputer => {
            "the relay runs on this computer, so this says nothing about the network".to_owned()
        }
        Detail::SocketOpen { ms: Some(time) } => ms(*time),
        Detail::SocketOpen { ms: None } => "open".to_owned(),
        Detail::SocketFailed => "failed twice, though HTTPS to the same place works".to_owned(),
        Detail::Events {
            expected,
            arrived,
            late_ms_max,
        } => format!(
            "{arrived} of {expected} arrived, at most {} late",
            ms(*late_ms_max)
        ),
        Detail::EventsCut => "the connection broke".to_owned(),
        Detail::NoSocket => "no live connection to send them on".to_owned(),
    }
}

pub(super) fn headline(headline: &Headline<'_>) -> HeadlineText {
    let provider = headline.provider;
    let affected = names(&headline.affected, "and");
    let total = headline.all.len();
    let passing = headline.passing;
    match headline.verdict {
        Verdict::Offline => HeadlineText {
            title: "No connection to the internet".to_owned(),
            means: "Nothing outside this computer answered, neither the service nor any other address.".to_owned(),
            action: "Check the cable or Wi-Fi. If your network has a sign-in page, open any web site, sign in, then run this check again.".to_owned(),
        },
        Verdict::Blocked => HeadlineText {
            title: if passing == 0 {
                format!("This network blocks {provider}")
            } else {
                format!("This network lets {passing} of {total} regions through")
            },
            means: format!("Stopped here, but answering from outside: {affected}. This network, or this computer, is where it breaks."),
            action: "Copy the report and send it to support. It holds the exact request for your IT department.".to_owned(),
        },
        Verdict::Down => HeadlineText {
            title: format!("{provider} does not answer in {affected}"),
            means: "It fails from here and from outside alike, so your network is not the cause.".to_owned(),
            action: "Nothing to change on your side. Copy the report and send it to support.".to_owned(),
        },
        Verdict::Unknown => HeadlineText {
            title: "The check could not decide".to_owned(),
            means: if total == headline.affected.len() {
                "The evidence does not show whether your network or the service is at fault. What was missing stands below.".to_owned()
            } else {
                format!("For {affected} the evidence does not show whether your network or the service is at fault. What was missing stands below.")
            },
            action: "Copy the report and send it to support.".to_owned(),
        },
        Verdict::Degraded => HeadlineText {
            title: if total == 1 {
                format!("{affected} answers, but not well")
            } else {
                format!("{provider} answers, but not well")
            },
            means: format!("Something will disturb your work in {affected}. What it is stands below."),
            action: "Copy the report and send it to support.".to_owned(),
        },
        Verdict::Reachable => HeadlineText {
            title: if total == 1 {
                format!("{affected} is reachable")
            } else {
                format!("All {total} regions are reachable")
            },
            means: format!("This browser reaches everything of {provider} that was tested."),
            action: "If you still have trouble, copy the report and send it to support: it tells them where not to look.".to_owned(),
        },
    }
}

/// Where the outside relay got through, that is the comparison; else that nobody looked.
fn outside(words: &FindingWords<'_>) -> String {
    match words.outside_ms {
        Some(time) => format!(" From outside, our relay reached it in {}.", ms(time)),
        None => {
            " Nobody outside could be asked, so the service itself is not ruled out.".to_owned()
        }
    }
}

/// A time span in words that need no unit table.
fn seconds_in_words(seconds: f64) -> String {
    let seconds = seconds.abs();
    if seconds < 5400.0 {
        format!("{} minutes", whole(seconds / 60.0))
    } else if seconds < 129_600.0 {
        format!("{} hours", whole(seconds / 3600.0))
    } else {
        format!("{} days", whole(seconds / 86_400.0))
    }
}

const fn certificate(fault: CertificateFault) -> &'static str {
    match fault {
        CertificateFault::Expired => "its certificate has expired",
        CertificateFault::NotYetValid => "its certificate is not valid yet",
        CertificateFault::WrongName => "its certificate is for another name",
        CertificateFault::Untrusted => "its certificate is from an authority that is not trusted",
        CertificateFault::Other => "its certificate is not acceptable",
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one arm per finding, each a text of its own"
)]
pub(super) fn finding(cause: &Cause, words: &FindingWords<'_>) -> FindingText {
    let hosts = list(&words.hosts, "and");
    let provider = words.provider;
    let it_allows =
        "Your IT department allows it (request in the report). Nothing to do on this computer."
            .to_owned();
    match cause {
        Cause::Offline => FindingText {
            title: "No way out".to_owned(),
            what: "Nothing outside this computer answered: no region and no other address.".to_owned(),
            means: "No cable or Wi-Fi, a sign-in page of the network that waits for you, or a firewall that blocks everything.".to_owned(),
            action: "Check cable or Wi-Fi; open any web site to see a sign-in page; then run again.".to_owned(),
        },
        Cause::AnswerNotFromService { ms: time, floor_ms } => FindingText {
            title: "Something else answered in the service's place".to_owned(),
            what: match (time, floor_ms) {
                (Some(time), Some(floor)) => format!("{hosts} answered in {}; the way there alone takes at least {}.", ms(*time), ms(*floor)),
                _ => format!("{hosts} answers here as it does not from outside, and so does a name that does not exist."),
            },
            means: "A filter, security product or proxy near you answers, most likely with a page that says “blocked”.".to_owned(),
            action: "Your IT department exempts these hosts from filtering and inspection (request in the report).".to_owned(),
        },
        Cause::ProxyLogin => FindingText {
            title: "A proxy asks for a login".to_owned(),
            what: format!("{hosts}: the browser keeps waiting, while a live connection is refused at once. That is what a login window of a proxy looks like."),
            means: "The proxy of your network wants your user name and password for these addresses, and has not got them.".to_owned(),
            action: "If a window asks for a user name and password, fill it in and run again. Otherwise your IT department lets these hosts pass without a login (request in the report).".to_owned(),
        },
        Cause::NotResolved { ms: time } => FindingText {
            title: "The name is not known here".to_owned(),
            what: match time {
                Some(time) => format!("{hosts}: every try failed after {}, the time of a name lookup.", ms(*time)),
                None => format!("{hosts}: the browser gave up while it was looking up the name."),
            },
            means: format!("The name servers of this network do not know the name, or do not answer for it.{}", outside(words)),
            action: "Your IT department checks how its name servers and filters treat these names (request in the report).".to_owned(),
        },
        Cause::PrivateAddress { everywhere } => FindingText {
            title: "The name leads to a private address".to_owned(),
            what: if *everywhere {
                format!("{hosts}: our relay finds a private address behind the name.")
            } else {
                format!("{hosts}: the browser holds requests back as it does for addresses inside a network, while live connections open.")
            },
            means: "Your company may lead the service over its own network. Browsers ask for permission to go there; the client may work all the same.".to_owned(),
            action: "If the browser asks whether this page may reach devices on your network, allow it and run again. Your IT department knows whether the address is meant.".to_owned(),
        },
        Cause::Plain443Blocked => FindingText {
            title: "Only encrypted web traffic passes on port 443".to_owned(),
            what: "To our relay TLS passes on port 443; bytes of another kind do not.".to_owned(),
            means: if words.hosts.is_empty() {
                "A firewall looks at what is said on port 443 and lets only TLS pass. Clients that say something else there will fail.".to_owned()
            } else {
                format!("A firewall looks at what is said on port 443 and lets only TLS pass. Seen from outside, {hosts} does not speak TLS, so call events will not arrive.")
            },
            action: "Your IT department allows any TCP protocol to these hosts on port 443 (request in the report).".to_owned(),
        },
        Cause::HoldCut { seconds, is_round } => FindingText {
            title: "Quiet connections are cut".to_owned(),
            what: match seconds {
                Some(seconds) => format!("A connection to our relay on which nothing was said was cut after {} s.", tenths(seconds)),
                None => "A connection to our relay on which nothing was said died without a sign.".to_owned(),
            },
            means: if *is_round {
                "A firewall, proxy or router ends connections that are quiet for that long: a round number, so a timer. Calls are announced on such connections and will be missed.".to_owned()
            } else {
                "Something on the way ends connections that are quiet for a while. Calls are announced on such connections and will be missed.".to_owned()
            },
            action: format!("Your IT department raises the idle timeout for the hosts of {provider} to an hour or more."),
        },
        Cause::Port80Closed { refused_ms } => FindingText {
            title: "Port 80 is closed".to_owned(),
            what: match refused_ms {
                Some(time) => format!("Our relay listens on port 80; from here it was refused after {}.", ms(*time)),
                None => "Our relay listens on port 80; from here there was no answer.".to_owned(),
            },
            means: "The client also uses port 80. This was tested towards our relay, not towards the service.".to_owned(),
            action: format!("Your IT department allows outbound port 80 to the hosts of {provider}."),
        },
        Cause::Port5222Closed { refused_ms } => FindingText {
            title: "Port 5222 (presence) is closed".to_owned(),
            what: match refused_ms {
                Some(time) => format!("Our relay listens on port 5222; from here it was refused after {}.", ms(*time)),
                None => "Our relay listens on port 5222; from here there was no answer.".to_owned(),
            },
            means: "The client uses port 5222 for presence. This was tested towards our relay, not towards the service.".to_owned(),
            action: format!("Your IT department allows outbound port 5222 to the hosts of {provider}."),
        },
        Cause::ClockWrong { ahead_s, witnesses } => FindingText {
            title: if *witnesses > 1 { "This computer's clock is wrong".to_owned() } else { "Two clocks differ".to_owned() },
            what: format!("This computer's clock is {} {} {}.", seconds_in_words(*ahead_s), if *ahead_s > 0.0 { "ahead of" } else { "behind" }, if *witnesses > 1 { "both the relay's and the page's server" } else { "the other server asked" }),
            means: "With a wrong clock sign-on is refused and certificates seem expired.".to_owned(),
            action: "Set the clock of this computer (date, time and time zone) and run again.".to_owned(),
        },
        Cause::ProxyInPath { way } => FindingText {
            title: "A proxy stands in the way".to_owned(),
            what: match way {
                Way::Proxy => "The browser asks a proxy to connect for it.".to_owned(),
                Way::EndsNearby | Way::Direct | Way::Unknown => "Connections are taken by something close by, in the far end's place.".to_owned(),
            },
            means: "No fault by itself. What is refused here may be refused by the proxy, and the client may take another way.".to_owned(),
            action: "Support compares the proxy settings of this browser with those of the client.".to_owned(),
        },
        Cause::SplitEgress => FindingText {
            title: "Two ways out".to_owned(),
            what: "HTTPS and live connections reach our relay from two different addresses.".to_owned(),
            means: "Your network sends them over two lines or proxies. Services that expect one address may end the session.".to_owned(),
            action: "Support mentions it to your IT department if sessions end for no visible reason.".to_owned(),
        },
        Cause::Ipv6Broken { lost_ms } => FindingText {
            title: "IPv6 leads nowhere".to_owned(),
            what: format!("Connecting took {} longer than a round trip, as it does where IPv6 is tried first and nothing answers.", ms(*lost_ms)),
            means: "This network offers IPv6 and does not carry it. Every first connection loses a moment; IPv4 works.".to_owned(),
            action: "Your IT department mends IPv6 or stops offering it.".to_owned(),
        },
        Cause::RefusedNearby { ms: time } => FindingText {
            title: "Refused close by".to_owned(),
            what: format!("{hosts} was refused after {}, faster than the way to the service allows.", ms(*time)),
            means: format!("A firewall, proxy, security program or name filter near you says no.{}", outside(words)),
            action: it_allows,
        },
        Cause::RefusedFar { ms: time } => FindingText {
            title: "Refused at the far end".to_owned(),
            what: format!("{hosts} was refused after {}, one trip to the service and back.", ms(*time)),
            means: format!("The service, or a firewall just in front of it, does not accept connections from your address.{}", outside(words)),
            action: "Support asks the provider whether your company's address is blocked there; your IT department checks its firewall (request in the report).".to_owned(),
        },
        Cause::Dropped { seconds, gave_up } => FindingText {
            title: "No answer".to_owned(),
            what: match gave_up {
                Some(GaveUp::Handshake) => format!("No answer from {hosts} in {seconds} s. Left alone, the browser gave up as it does when the connection stands and the secure handshake gets no answer."),
                Some(GaveUp::Later) => format!("No answer from {hosts} in {seconds} s, nor after half a minute: not even the connection was taken."),
                Some(GaveUp::Lookup) | None => format!("No answer from {hosts} in {seconds} s."),
            },
            means: match words.outside_ms {
                Some(time) => format!("A firewall drops it on the way. Our relay reached it from outside in {}.", ms(time)),
                None => "A firewall drops it, or the service is silent. Nobody outside could be asked.".to_owned(),
            },
            action: it_allows,
        },
        Cause::TlsRejected { ms: time, said_by_browser } => FindingText {
            title: "No secure connection".to_owned(),
            what: if *said_by_browser {
                format!("{hosts}: the browser reports that the secure handshake failed, after {}.", ms(*time))
            } else {
                format!("{hosts} failed after {}, the time of a refused secure handshake.", ms(*time))
            },
            means: format!("Something shows a certificate this browser does not trust (an inspecting firewall, or a wrong clock on this computer), or resets the handshake.{}", outside(words)),
            action: "Your IT department exempts these hosts from inspection (request in the report). Open the address in a new tab: the code on the error page tells which it is.".to_owned(),
        },
        Cause::CutInHandshake { ms: time } => FindingText {
            title: "Cut while connecting".to_owned(),
            what: format!("{hosts} took the connection and cut it after {}.", ms(*time)),
            means: format!("A firewall that looks into connections cuts it once it sees the name.{}", outside(words)),
            action: it_allows,
        },
        Cause::ClosedAfterTls { ms: time } => FindingText {
            title: "Closed without an answer".to_owned(),
            what: format!("{hosts} was connected securely, then closed after {} without an answer.", ms(*time)),
            means: format!("A proxy or inspecting firewall ends the connection, or the service does.{}", outside(words)),
            action: it_allows,
        },
        Cause::NotConnected { ms: time } => FindingText {
            title: "No connection".to_owned(),
            what: format!("{hosts} failed after {}.", ms(*time)),
            means: format!("The name is not known to your network, the connection is refused, or the secure handshake fails: the time does not tell which.{}", outside(words)),
            action: "Open the address in a new tab and send support the code on the error page. Your IT department checks that it is allowed (request in the report).".to_owned(),
        },
        Cause::ServiceDown { outside: failure } => FindingText {
            title: "The service does not answer".to_owned(),
            what: match failure {
                OutsideFailure::Refused => format!("{hosts} fails from here, and refuses connections from outside too."),
                OutsideFailure::NoAnswer => format!("{hosts} fails from here, and does not answer from outside either."),
                OutsideFailure::NoRoute => format!("{hosts} fails from here, and there is no way to it from outside either."),
                OutsideFailure::NotResolved => format!("{hosts} fails from here, and its name is not known outside either."),
                OutsideFailure::NoTls => format!("{hosts} fails from here, and makes no secure connection from outside either."),
                OutsideFailure::NoHttp => format!("{hosts} fails from here, and gives no answer from outside either."),
                OutsideFailure::Certificate(fault) => format!("{hosts} fails from here, and from outside {} too.", certificate(*fault)),
            },
            means: format!("The fault is with {provider}, not with your network."),
            action: "Support tells the provider. Nothing to do on your side.".to_owned(),
        },
        Cause::SocketBlocked => FindingText {
            title: "Live connections are blocked".to_owned(),
            what: "HTTPS to our relay works; a WebSocket to the same place failed twice.".to_owned(),
            means: "A proxy or inspecting firewall removes WebSocket. Long-lived connections, on which calls are announced, will suffer from the same device.".to_owned(),
            action: "Your IT department allows WebSocket and long-lived connections on port 443.".to_owned(),
        },
        Cause::EventsLost { expected, arrived, late_ms_max } => FindingText {
            title: "Server events get lost".to_owned(),
            what: match late_ms_max {
                Some(late) => format!("{arrived} of {expected} test events arrived, the latest {} late.", ms(*late)),
                None => "The connection broke while test events were on their way.".to_owned(),
            },
            means: "Calls and queue changes will reach you late or not at all.".to_owned(),
            action: "Support looks at the network's quality together with your IT department.".to_owned(),
        },
        Cause::Unsteady { answered, failed } => FindingText {
            title: "Unsteady".to_owned(),
            what: format!("{hosts} answered {answered} tries and failed {failed}."),
            means: "The way there loses connections: a weak Wi-Fi, an overloaded line or device.".to_owned(),
            action: "Try a cable instead of Wi-Fi and run again; send both reports to support.".to_owned(),
        },
        Cause::Slow { ms: time, limit_ms } => FindingText {
            title: "Slow".to_owned(),
            what: format!("{hosts} typically answers in {}; more than {} is noticeable.", ms(*time), ms(*limit_ms)),
            means: "Sign-on and status changes will lag.".to_owned(),
            action: "Try a cable instead of Wi-Fi and run again; send both reports to support.".to_owned(),
        },
        Cause::ExtensionInterferes { replaced } => FindingText {
            title: "An extension interferes with this page".to_owned(),
            what: format!("In the browser, something has put its own {} in place of the browser’s.", replaced.join(", ")),
            means: "A privacy, security or blocking extension, or the browser’s tracking protection, stands between this page and the network. What the page measured may be that, and not your network.".to_owned(),
            action: "Open this link in a private window without extensions, or in another browser, and compare.".to_owned(),
        },
        Cause::Inspected { how } => FindingText {
            title: "Encrypted connections are opened on the way".to_owned(),
            what: match how {
                Inspection::NameThatCannotExist => "An address that cannot exist answered over a trusted secure connection.".to_owned(),
                Inspection::Handshake => "Our relay met a secure handshake that this browser does not make.".to_owned(),
                Inspection::Headers(headers) => format!("Inside the encrypted connection our relay found headers that browsers do not send: {}.", headers.join(", ")),
            },
            means: "A proxy or security product inspects encrypted traffic, so an answer here does not prove that it came from the service.".to_owned(),
            action: format!("Your IT department exempts the hosts of {provider} from inspection."),
        },
        Cause::RelayMisconfigured { origin } => FindingText {
            title: "The relay does not know this page".to_owned(),
            what: format!("The relay answers, but does not serve pages of {origin}."),
            means: "It could not be asked how things look from outside. This is not a fault of your network.".to_owned(),
            action: format!("The operator of this page adds {origin} to the relay's origins."),
        },
        Cause::RelayBusy => FindingText {
            title: "The relay is busy".to_owned(),
            what: "The relay answers, and has no room for another test now.".to_owned(),
            means: "It could not be asked how things look from outside. This is not a fault of your network.".to_owned(),
            action: "Run again in a minute.".to_owned(),
        },
        Cause::RelayUnreachable { relay, wrong_answer } => FindingText {
            title: "The relay could not be reached".to_owned(),
            what: if *wrong_answer {
                format!("Something that is not the relay answered at {relay}.")
            } else {
                format!("{relay} did not answer.")
            },
            means: "Without it nobody can say whether what fails here answers from outside. Your network blocks the relay, or the relay is off.".to_owned(),
            action: "Support checks that the relay runs. Your IT department may allow it.".to_owned(),
        },
        Cause::RelayNotOutside { why } => FindingText {
            title: "There is no view from outside".to_owned(),
            what: match why {
                WhyNot::RelayLostItsWay => "The relay answers, but none of its own control addresses answers it.".to_owned(),
                WhyNot::RelayInside => "The relay runs on this computer or inside this network.".to_owned(),
                WhyNot::NoRelay | WhyNot::RelayUnreachable | WhyNot::RelayRefused | WhyNot::NoWord => "The relay did not say how things look from where it stands.".to_owned(),
            },
            means: "What fails here cannot be compared with how it looks from outside, so it is not called blocked or down.".to_owned(),
            action: "The operator of this page runs a relay on the open internet that can reach it.".to_owned(),
        },
        Cause::NoRelay => FindingText {
            title: "No relay is set up".to_owned(),
            what: "This page knows no relay.".to_owned(),
            means: "What fails here cannot be compared with how it looks from outside, so it is not called blocked or down.".to_owned(),
            action: "The operator of this page names a relay in config.json.".to_owned(),
        },
    }
}

pub(super) fn limit(limit: Limit<'_>) -> String {
    match limit {
        Limit::Browser(browser) => format!("Made in {browser}, with that browser's proxy settings; the client may use others."),
        Limit::SomeBrowser => "Made in a browser, with that browser's proxy settings; the client may use others.".to_owned(),
        Limit::FirefoxProxy => "Firefox keeps its own proxy settings: to compare, open the page in Edge or Chrome.".to_owned(),
        Limit::SocketIsNotTcp => "A WebSocket that passes on 443 does not prove that another protocol passes there.".to_owned(),
        Limit::TcpFromBrowser => "A browser cannot speak the client's own protocol to the TCP endpoints; it sees whether they can be reached.".to_owned(),
        Limit::OtherPorts => "Ports 80 and 5222 (presence) were tested towards the relay only, or not at all; that proves the port, not the service.".to_owned(),
        Limit::StillOut => "A quiet connection, or a try without an answer, was still being watched when this was written; the page goes on and may know more by now.".to_owned(),
        Limit::Ping => "Ping proves nothing and was not used.".to_owned(),
    }
}

pub(super) fn link_problem(problem: &LinkProblem) -> String {
    match problem {
        LinkProblem::Ticket(value) => {
            format!("The ticket number in the link, “{value}”, is not one and was left out.")
        }
        LinkProblem::Lang(value) => {
            format!("The link asks for the language “{value}”, which this page does not have.")
        }
        LinkProblem::Region(value) => {
            format!("The link names the region “{value}”, which does not exist; it was left out.")
        }
        LinkProblem::Autostart(value) => {
            format!("“autostart” in the link is “{value}”; it can only be 0 or 1.")
        }
        LinkProblem::Encoding(value) => {
            format!("A part of the link could not be read and was left out: “{value}”.")
        }
    }
}

pub(super) fn config_problem(error: &ConfigError) -> String {
    format!(
        "The settings file config.json has an error and was not used; the built-in settings are in force. At {error}"
    )
}

pub(super) fn route(route: Route, far_end: &str) -> String {
    let is_sure = route.proof == Proof::Confirmed;
    match route.reach {
        Reach::Waiting => String::new(),
        Reach::Through if is_sure => format!("It gets all the way through: {far_end}."),
        Reach::Through => {
            format!("By all signs it gets all the way through: {far_end} (inferred).")
        }
        Reach::BreaksAt(Stop::Browser) => "It breaks on this computer.".to_owned(),
        Reach::BreaksAt(Stop::Network) if is_sure => {
            "It breaks in your network, in a proxy or on this computer.".to_owned()
        }
        Reach::BreaksAt(Stop::Network) => {
            "By all signs it breaks in your network, in a proxy or on this computer (inferred)."
                .to_owned()
        }
        Reach::BreaksAt(Stop::Internet) => {
            "It breaks on the internet, beyond your network.".to_owned()
        }
        Reach::BreaksAt(Stop::FarEnd) if is_sure => format!("It breaks at the far end: {far_end}."),
        Reach::BreaksAt(Stop::FarEnd) => {
            format!("By all signs it breaks at the far end: {far_end} (inferred).")
        }
        Reach::Unclear => "Where it breaks is not clear.".to_owned(),
    }
}

pub(super) fn spread(count: usize, fastest_ms: f64, slowest_ms: f64) -> String {
    if count == 1 {
        format!("one answer, in {}", ms(fastest_ms))
    } else {
        format!(
            "{count} answers, in {} to {}",
            ms(fastest_ms),
            ms(slowest_ms)
        )
    }
}

pub(super) fn progress(done: usize, total: usize) -> String {
    format!("{done} of {total} probes done")
}

pub(super) fn announcement(title: &str) -> String {
    format!("The check is finished. {title}.")
}

pub(super) fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NoData => "There is no report in this text, no link to one, and no short code.".to_owned(),
        Refusal::NoBlock => "This is a report, but its last part, the data for support, is missing or cannot be read. Ask for the whole text, to its last line.".to_owned(),
        Refusal::Truncated { have, of: Some(of) } => format!("The report’s data are cut off: {have} of {of} lines are there. Ask for the whole text, to its last line."),
        Refusal::Truncated { have: 0, of: None } => "The link is cut off. Ask for it again, or for the report’s text.".to_owned(),
        Refusal::Truncated { of: None, .. } => "The beginning of the report’s data is missing. Ask for the whole text.".to_owned(),
        Refusal::Altered { lines } => match &lines[..] {
            [line] => format!("Line {line} of the report’s data was changed or lost on the way. Ask for the report again, as a file or a link."),
            lines => format!("Lines {} of the report’s data were changed or lost on the way. Ask for the report again, as a file or a link.", numbers(lines, "and")),
        },
        Refusal::Damaged => "The report’s data were changed on the way and do not fit their checksum. Ask for the report again, as a file or a link.".to_owned(),
        Refusal::Newer => "A newer version of this page made this report. Reload this page, or open the newer one.".to_owned(),
    }
}

pub(super) fn code_refusal(refusal: CodeRefusal) -> String {
    match refusal {
        CodeRefusal::Length { wanted } => format!("a code of this page has {wanted} characters."),
        CodeRefusal::Character { place } => {
            format!("character {place} is not one that codes have.")
        }
        CodeRefusal::Check => {
            "the check character does not fit, so something was misheard or mistyped.".to_owned()
        }
        CodeRefusal::OtherCatalogue => {
            "it was made by a page with other regions, or by a newer version.".to_owned()
        }
    }
}

pub(super) fn remark(remark: &Remark, titles: &[String]) -> String {
    match remark {
        Remark::Alike => "They do not differ in any verdict, check or finding.".to_owned(),
        Remark::SameVerdict(same) => format!("All say: {}.", verdict(*same)),
        Remark::RegionsAlike(same, regions) => {
            let regions: Vec<&str> = regions.iter().map(String::as_str).collect();
            format!(
                "In all of them {}: {}.",
                verdict(*same),
                names(&regions, "and")
            )
        }
        Remark::RegionDiffers(region, groups) => {
            let groups: Vec<String> = groups
                .iter()
                .map(|(found, reports)| {
                    format!("{} in {}", verdict(*found), numbers(reports, "and"))
                })
                .collect();
            format!("{region} differs: {}.", groups.join("; "))
        }
        Remark::FindingsShared(_) => format!("Found in all of them: {}.", titles.join("; ")),
        Remark::NoFindingShared => "They have no finding in common.".to_owned(),
        Remark::FindingOnlyIn(_, _, reports) => format!(
            "Only in {}: {}.",
            numbers(reports, "and"),
            titles.join("; ")
        ),
        Remark::SameAddress(true) => {
            "All come from the same public address, so most likely from the same network."
                .to_owned()
        }
        Remark::SameAddress(false) => "They come from different public addresses.".to_owned(),
        Remark::SameBrowser(browser) => format!("All were made in {browser}."),
        Remark::OtherBrowsers => "They were made in different browsers.".to_owned(),
    }
}

pub(super) fn reports_read(count: usize) -> String {
    match count {
        0 => "Nothing was read.".to_owned(),
        1 => "One report was read.".to_owned(),
        count => format!("{count} reports were read."),
    }
}
