//! Every word that a person sees, one file per language, each complete by exhaustive match.
//!
//! Whole sentences with typed arguments, never glued fragments. Names of hosts, regions and codes are
//! data and stand as they are in every language.

mod en;
mod es;
mod fr;
pub mod watch;

use crate::analysis::{CheckOutcome, Detail, Proof};
use crate::code::CodeRefusal;
use crate::codec::Refusal;
use crate::compare::Remark;
use crate::config::ConfigError;
use crate::diagnosis::{CheckName, Verdict};
use crate::figures::{tenths, whole};
use crate::finding::{Cause, Code};
use crate::link::LinkProblem;
use crate::picture::Route;

/// A language of page or report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lang {
    /// English.
    En,
    /// French (Canada).
    Fr,
    /// Spanish.
    Es,
}

impl Lang {
    /// Every language, in the order of the picker.
    pub const ALL: [Self; 3] = [Self::En, Self::Fr, Self::Es];

    /// The BCP 47 tag, for `html[lang]`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr-CA",
            Self::Es => "es",
        }
    }

    /// The direction in which it is read, for `html[dir]`.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        match self {
            Self::En | Self::Fr | Self::Es => "ltr",
        }
    }

    /// The language's own name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
            Self::Es => "Español",
        }
    }

    /// The language of a BCP 47 tag such as `fr`, `fr-CA` or `es-MX`, if we have it.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?.to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|lang| lang.tag().split('-').next() == Some(primary.as_str()))
    }
}

/// Fixed words of the page and of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is documented by its English text")]
pub enum Ui {
    Title,
    Start,
    StartAgain,
    Cancel,
    CopyReport,
    DownloadReport,
    Copied,
    CopyFailed,
    Language,
    RegionsTitle,
    NetworkTitle,
    FindingsTitle,
    ReportTitle,
    ReportHint,
    ShowReport,
    Region,
    SignOnHttps,
    CallEventsTcp,
    Result,
    Running,
    RunningHint,
    IdleTitle,
    IdleHint,
    CancelledTitle,
    CancelledHint,
    Testing,
    What,
    Means,
    Do,
    Ticket,
    TestedAddresses,
    PrivacyNote,
    ContactSupport,
    StopBrowser,
    StopNetwork,
    StopInternet,
    StopRelay,
    // The report only.
    ReportHeading,
    ReportCancelled,
    ReportResult,
    ReportNetwork,
    ReportFindings,
    ReportNoFindings,
    ReportForIt,
    ReportOutboundOnly,
    ReportConfirm,
    ReportExpected,
    ReportPurposeHttps,
    ReportPurposeTcp,
    ReportLimits,
    ReportMeasurements,
    ReportMeasurementsKey,
    ReportPersonal,
    ReportAddress,
    ReportBrowser,
    ReportRelay,
    ReportNotices,
    RequestPurpose80,
    RequestPurpose5222,
    RequestTitle,
    RequestDirection,
    RequestOutbound,
    RequestPort,
    RequestHost,
    RequestPurpose,
    RequestExempt,
    RequestAnyProtocol,
    RequestNoLogin,
    RequestIdle,
    RequestWebSocket,
    RequestPresence,
    ConfirmPowerShell,
    ExpectPowerShell,
    ConfirmCurl,
    ExpectHttp,
    ExpectConnected,
    ConfirmCurlProxy,
    ExpectProxy,
    ConfirmOpenssl,
    ExpectCertificate,
    ExpectNoTls,
    ExpectPerhapsTls,
    LinesSquid,
    LinesPac,
    LinesWindows,
    LinesNftables,
    LinesDnsmasq,
    ReportCode,
    ReportPage,
    ReportLeftOut,
    ReportData,
    ReportDataEnd,
    CopyRequest,
    RequestPageTitle,
    RequestHint,
    ShowRequest,
    RequestCopied,
    TextCopyFailed,
    LeaveOut,
    IncludeAddress,
    IncludeBrowser,
    CopyLink,
    LinkCopied,
    SendByMail,
    SendDirect,
    Sending,
    Sent,
    SendFailed,
    MailPaste,
    MailWhole,
    ForHelpdesk,
    ReadReport,
    BackToCheck,
    ReadHint,
    ReadLabel,
    ReadButton,
    ReadClear,
    ReadMade,
    ReadTook,
    ReadVersion,
    ReadFromCode,
    ReadPending,
    NotTested,
    NoFinding,
    CompareTitle,
    CompareWhat,
    CompareDiffers,
    CompareCommon,
    CompareYes,
    CompareNo,
    BuildTitle,
    BuildHint,
    BuildAnyLanguage,
    BuildRegions,
    BuildLink,
    BuildQr,
    BuildCopied,
    BuildBadTicket,
    SourceEmbedded,
}

/// What `index.html` says before there is Wasm, in every language at once. The build writes it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// The Wasm is on its way.
    Loading,
    /// It takes long.
    WasmLate,
    /// It did not come, or not as it was sent.
    WasmBlocked,
    /// The script beside it did not come.
    ScriptBlocked,
    /// The browser cannot run it, or may not.
    BrowserTooOld,
    /// No JavaScript.
    NoScript,
    /// What stands over the list of addresses.
    ForIt,
}

impl First {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Loading,
        Self::WasmLate,
        Self::WasmBlocked,
        Self::ScriptBlocked,
        Self::BrowserTooOld,
        Self::NoScript,
        Self::ForIt,
    ];

    /// Its place in `index.html`, and the code of the finding where it is one.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::WasmLate => "wasm-late",
            Self::WasmBlocked => "wasm-blocked",
            Self::ScriptBlocked => "script-blocked",
            Self::BrowserTooOld => "browser-too-old",
            Self::NoScript => "no-script",
            Self::ForIt => "for-it",
        }
    }
}

/// The headline of a run, to be put in words.
#[derive(Clone, Debug)]
pub struct Headline<'names> {
    /// The verdict.
    pub verdict: Verdict,
    /// Whose service.
    pub provider: &'names str,
    /// Names of all tested regions.
    pub all: Vec<&'names str>,
    /// Names of the regions that have the headline's verdict.
    pub affected: Vec<&'names str>,
    /// How many regions are reachable, degraded ones included.
    pub passing: usize,
}

/// A headline in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadlineText {
    /// One line.
    pub title: String,
    /// What it means.
    pub means: String,
    /// What to do now.
    pub action: String,
}

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

/// A sentence of the report's "limits of this test".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit<'run> {
    /// Which browser tested, and that the client may take another way.
    Browser(&'run str),
    /// The same, where the agent leaves the browser out.
    SomeBrowser,
    /// Firefox keeps its own proxy settings: compare with Edge or Chrome.
    FirefoxProxy,
    /// What a WebSocket that passes does not prove.
    SocketIsNotTcp,
    /// What the check of the TCP endpoints can and cannot see.
    TcpFromBrowser,
    /// Ports 80 and 5222 are not part of this test.
    OtherPorts,
    /// Ping.
    Ping,
    /// Late evidence was still out.
    StillOut,
}

macro_rules! in_every_language {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $type:ty),*) -> $result:ty;)*) => {
        $($(#[$doc])* #[must_use]
        pub fn $name(lang: Lang, $($arg: $type),*) -> $result {
            match lang {
                Lang::En => en::$name($($arg),*),
                Lang::Fr => fr::$name($($arg),*),
                Lang::Es => es::$name($($arg),*),
            }
        })*
    };
}

in_every_language! {
    /// A fixed word or sentence.
    ui(key: Ui) -> &'static str;
    /// A sentence of the first screen.
    first(key: First) -> &'static str;
    /// A verdict as one word, lower case.
    verdict(verdict: Verdict) -> &'static str;
    /// A check's outcome as one or two words, lower case.
    outcome(outcome: CheckOutcome) -> &'static str;
    /// How sure, as one word, lower case; empty where there is nothing to be sure of.
    proof(proof: Proof) -> &'static str;
    /// A check's name.
    check(name: CheckName) -> &'static str;
    /// What a check rests on, without a full stop; short enough for a table's cell.
    detail(detail: &Detail) -> String;
    /// The headline of a finished run.
    headline(headline: &Headline<'_>) -> HeadlineText;
    /// A finding.
    finding(cause: &Cause, words: &FindingWords<'_>) -> FindingText;
    /// A limit of the test, as a sentence.
    limit(limit: Limit<'_>) -> String;
    /// A bad value of the support link.
    link_problem(problem: &LinkProblem) -> String;
    /// A bad settings file.
    config_problem(error: &ConfigError) -> String;
    /// How far a way goes, as one sentence: what its drawing shows. Empty where there is nothing to say yet.
    route(route: Route, far_end: &str) -> String;
    /// How long answers took: how many there were, the fastest and the slowest in milliseconds.
    spread(count: usize, fastest_ms: f64, slowest_ms: f64) -> String;
    /// Progress while running.
    progress(done: usize, total: usize) -> String;
    /// Why a pasted report was refused.
    refusal(refusal: &Refusal) -> String;
    /// Why a short code was refused.
    code_refusal(refusal: CodeRefusal) -> String;
    /// What several reports have in common, or not; findings come as titles with their place.
    remark(remark: &Remark, titles: &[String]) -> String;
    /// How many reports were read.
    reports_read(count: usize) -> String;
    /// The finished run, announced once to those who do not see the page.
    announcement(title: &str) -> String;
}

/// The title of a finding, of which no more than the code is known.
#[must_use]
pub fn code(lang: Lang, code: Code) -> String {
    let nothing = FindingWords {
        hosts: Vec::new(),
        provider: "",
        outside_ms: None,
    };
    finding(lang, &code.bare(), &nothing).title
}

/// A [`Remark`] as a sentence.
#[must_use]
pub fn remark_sentence(lang: Lang, what: &Remark) -> String {
    let title = |found: &Code, place: &Option<String>| match place {
        Some(place) => format!("{} ({place})", code(lang, *found)),
        None => code(lang, *found),
    };
    let titles: Vec<String> = match what {
        Remark::FindingsShared(all) => all.iter().map(|(code, place)| title(code, place)).collect(),
        Remark::FindingOnlyIn(code, place, _) => vec![title(code, place)],
        _ => Vec::new(),
    };
    remark(lang, what, &titles)
}

/// `1`, `1 AND 3`.
fn numbers(numbers: &[usize], and: &str) -> String {
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    list(&numbers, and)
}

/// Whether a text can be shown in a line: nothing in it is a control character, invisible, or turns the
/// reading direction.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() || is_invisible(c))
}

/// Characters without a width, and those that turn the reading direction: programs put them in, and nobody
/// sees them.
#[must_use]
pub const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}

/// Milliseconds as people read them: whole, and never "0".
fn ms(value: f64) -> String {
    if value < 0.95 {
        "<1 ms".to_owned()
    } else {
        format!("{} ms", whole(value))
    }
}

/// With one decimal, as French and Spanish write it.
fn decimal_comma(value: f64) -> String {
    format!("{}", tenths(value)).replace('.', ",")
}

/// `a`, `a AND b`, `a, b AND c`.
fn list<S: AsRef<str>>(items: &[S], and: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {and} {}", first.join(", "), last.as_ref())
        }
    }
}

/// Region names may hold commas themselves ("Virginia, Seattle"), so lists of them use semicolons where
/// one does.
fn names(items: &[&str], and: &str) -> String {
    if items.len() > 1 && items.iter().any(|item| item.contains(',')) {
        items.join("; ")
    } else {
        list(items, and)
    }
}
