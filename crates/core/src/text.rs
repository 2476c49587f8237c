//! Every word that a person sees, one file per language, each complete by exhaustive match.
//!
//! Whole sentences with typed arguments, never glued fragments. Names of hosts, regions and codes are
//! data and stand as they are in every language.

mod en;
mod es;
mod fr;
pub mod watch;

use crate::analysis::{CheckOutcome, Detail, Proof};
use crate::config::ConfigError;
use crate::diagnosis::{CheckName, Verdict};
use crate::finding::Cause;
use crate::link::LinkProblem;

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
    /// Progress while running.
    progress(done: usize, total: usize) -> String;
    /// The finished run, announced once to those who do not see the page.
    announcement(title: &str) -> String;
}

/// Milliseconds as people read them: whole, and never "0".
fn ms(value: f64) -> String {
    if value < 0.95 {
        "<1 ms".to_owned()
    } else {
        format!("{value:.0} ms")
    }
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
