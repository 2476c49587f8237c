//! Every word that a person sees. The words themselves are in `crates/texts/texts`, a file for each language; what is said
//! of what is decided here, once, by exhaustive matches.
//!
//! Whole sentences with named places, never glued fragments. Names of hosts, regions and codes are data and stand as they
//! are in every language.
//!
//! In reading order:
//!
//! * [`catalogue`]: texts by key and language, and how they are filled in.
//! * `running`: what is said while a run goes on.
//! * `headline`: the headline of a run.
//! * `step`: what would decide where a run does not.
//! * `detail`: what a check rests on.
//! * `finding`: the findings of the check.
//! * `run`: headline and findings with the names of a plan.
//! * [`watch`]: the words of the watch.
//! * [`desk_keys`]: keys of texts that are said where reports are read.

pub mod catalogue;
mod detail;
mod finding;
mod headline;
mod run;
mod running;
mod step;
pub mod watch;

mod check {
    include!(concat!(env!("OUT_DIR"), "/check.rs"));
}
mod desk {
    include!(concat!(env!("OUT_DIR"), "/desk.rs"));
}
mod first {
    include!(concat!(env!("OUT_DIR"), "/first.rs"));
}

use catalogue::{Arg, word};
use reachcheck_diagnosis::analysis::{CheckOutcome, Computer, Conclusion, Layer, Place, Proof};
use reachcheck_diagnosis::diagnosis::{CheckName, Verdict};
use reachcheck_diagnosis::picture::{Hop, Reach, Route};
use reachcheck_model::config::{Config, ConfigSource, ConfigTrouble, StandIn};
use reachcheck_model::lang::Lang;
use reachcheck_model::link::LinkProblem;
use reachcheck_model::time;

pub use catalogue::{CHECK, DESK, FIRST, Stale, TextCatalogue};
pub use check::Ui;
pub use desk::HelpdeskUi;
pub use detail::detail;
pub use finding::{FindingText, FindingWords, code, finding};
pub use first::First;
pub use headline::{Headline, HeadlineText, headline};
pub use run::{FindingGroup, FindingPlace, finding_groups, run_finding, run_headline, scope_id};
pub use running::{Wait, running, waiting};
pub use step::{Step, Who, steps};

/// Keys of the helpdesk's texts that are said where reports are read.
pub mod desk_keys {
    pub use super::desk::{
        Apart, Caution, CodeRefusal, Matrix, Refusal, Remark, SharedTrait, Story, Trouble,
    };
}

impl First {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Loading,
        Self::SettingsLate,
        Self::Stalled,
        Self::WasmLate,
        Self::WasmBlocked,
        Self::WasmMissing,
        Self::WasmChanged,
        Self::WasmOff,
        Self::NewVersion,
        Self::ScriptBlocked,
        Self::BrowserTooOld,
        Self::NoScript,
        Self::ForIt,
        Self::Crash,
        Self::CrashCopy,
        Self::NoSuchPage,
    ];

    /// Its place in `index.html` or `404.html`, and the code of the finding where it is one.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::SettingsLate => "settings-late",
            Self::Stalled => "stalled",
            Self::WasmLate => "wasm-late",
            Self::WasmBlocked => "wasm-blocked",
            Self::WasmMissing => "wasm-missing",
            Self::WasmChanged => "wasm-changed",
            Self::WasmOff => "wasm-off",
            Self::NewVersion => "new-version",
            Self::ScriptBlocked => "script-blocked",
            Self::BrowserTooOld => "browser-too-old",
            Self::NoScript => "no-script",
            Self::ForIt => "for-it",
            Self::Crash => "crash",
            Self::CrashCopy => "crash-copy",
            Self::NoSuchPage => "no-such-page",
        }
    }
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
    /// The browser's own name lookups and its own VPN.
    OwnNames,
    /// Remote browsers and virtual desktops: it is the browser engine's place that was measured.
    EnginePlace,
    /// The page was in a frame of another page.
    InFrame,
    /// HTTP statuses of the service are hidden from the page.
    HttpStatus,
    /// The browser goes out by IPv6.
    Ipv6,
    /// What a WebSocket that passes does not prove.
    SocketIsNotTcp,
    /// What the check of the TCP endpoints can and cannot see.
    TcpFromBrowser,
    /// Ports 80 and 5222 are not part of this test.
    OtherPorts,
    /// Ping.
    Ping,
    /// WebSockets of an earlier test in this tab stand in for ones that the browser would hold back.
    SocketsKept,
    /// Late evidence was still out.
    StillOut,
}

/// A fixed word or sentence.
#[must_use]
pub fn ui(lang: Lang, key: Ui) -> &'static str {
    word(lang, key)
}

/// A fixed word or sentence of the helpdesk's views.
#[must_use]
pub fn helpdesk_ui(lang: Lang, key: HelpdeskUi) -> &'static str {
    word(lang, key)
}

/// A sentence of the first screen.
#[must_use]
pub fn first(lang: Lang, key: First) -> &'static str {
    word(lang, key)
}

/// That the words of a language did not come, in that language: this alone is in every program.
#[must_use]
pub const fn words_missing(lang: Lang) -> &'static str {
    check::WORDS_MISSING[lang as usize]
}

/// A verdict as one word, lower case.
#[must_use]
pub fn verdict(lang: Lang, verdict: Verdict) -> &'static str {
    let key = match verdict {
        Verdict::Offline => check::Verdict::Offline,
        Verdict::Blocked => check::Verdict::Blocked,
        Verdict::Down => check::Verdict::Down,
        Verdict::Unknown => check::Verdict::Unknown,
        Verdict::Degraded => check::Verdict::Degraded,
        Verdict::Reachable => check::Verdict::Reachable,
    };
    word(lang, key)
}

/// A check's outcome as one or two words, lower case.
#[must_use]
pub fn outcome(lang: Lang, outcome: CheckOutcome) -> &'static str {
    let key = match outcome {
        CheckOutcome::Ok => check::Outcome::Ok,
        CheckOutcome::Failed => check::Outcome::Failed,
        CheckOutcome::Unknown => check::Outcome::Unknown,
        CheckOutcome::NotRun => check::Outcome::NotRun,
    };
    word(lang, key)
}

/// How sure, as one word, lower case; empty where there is nothing to be sure of.
#[must_use]
pub fn proof(lang: Lang, proof: Proof) -> &'static str {
    let key = match proof {
        Proof::Confirmed => check::Proof::Confirmed,
        Proof::Inferred => check::Proof::Inferred,
        Proof::None => return "",
    };
    word(lang, key)
}

/// How sure it is that something is so, and where it broke or who answered, as one phrase.
#[must_use]
pub fn proofs(lang: Lang, that: Proof, place: Option<Place>) -> String {
    let Some(place) = place else {
        return proof(lang, that).to_owned();
    };
    let that = Arg::Text(proof(lang, that));
    let place_proof = Arg::Text(proof(lang, place.proof));
    match place.layer {
        Layer::Content => say!(lang, check::Proofs::Answered, proof: that, where: place_proof),
        Layer::Name | Layer::Connect | Layer::Tls | Layer::Http => {
            say!(lang, check::Proofs::Broke, proof: that, where: place_proof)
        }
    }
}

/// What a check rests on; of a failure also how sure the place is that it names, for a cell that says in its own word
/// how sure it is that it failed.
#[must_use]
pub fn placed_detail(lang: Lang, conclusion: &Conclusion) -> String {
    let words = detail(lang, &conclusion.detail);
    match conclusion.place {
        Some(place) if conclusion.outcome == CheckOutcome::Failed => say!(
            lang,
            check::Proofs::Detail,
            detail: Arg::Text(&words),
            where: Arg::Text(proof(lang, place.proof))
        ),
        _ => words,
    }
}

/// A check's name.
#[must_use]
pub fn check(lang: Lang, name: CheckName) -> &'static str {
    let key = match name {
        CheckName::Https => check::Check::Https,
        CheckName::Tcp => check::Check::Tcp,
        CheckName::Internet => check::Check::Internet,
        CheckName::Socket => check::Check::Socket,
        CheckName::Events => check::Check::Events,
        CheckName::Port80 => check::Check::Port80,
        CheckName::Port5222 => check::Check::Port5222,
        CheckName::Hold => check::Check::Hold,
    };
    word(lang, key)
}

/// A limit of the test, as a sentence.
#[must_use]
pub fn limit(lang: Lang, limit: Limit<'_>) -> String {
    let key = match limit {
        Limit::Browser(browser) => {
            return say!(lang, check::Limit::Browser, browser: Arg::Text(browser));
        }
        Limit::SomeBrowser => check::Limit::SomeBrowser,
        Limit::FirefoxProxy => check::Limit::FirefoxProxy,
        Limit::OwnNames => check::Limit::OwnNames,
        Limit::EnginePlace => check::Limit::EnginePlace,
        Limit::InFrame => check::Limit::InFrame,
        Limit::HttpStatus => check::Limit::HttpStatus,
        Limit::Ipv6 => check::Limit::Ipv6,
        Limit::SocketIsNotTcp => check::Limit::SocketIsNotTcp,
        Limit::TcpFromBrowser => check::Limit::TcpFromBrowser,
        Limit::OtherPorts => check::Limit::OtherPorts,
        Limit::SocketsKept => check::Limit::SocketsKept,
        Limit::StillOut => check::Limit::StillOut,
        Limit::Ping => check::Limit::Ping,
    };
    word(lang, key).to_owned()
}

/// What a run showed of the computer it was made on, in one line.
#[must_use]
pub fn computer(lang: Lang, computer: &Computer) -> String {
    let mut parts = vec![computer.system.name().to_owned()];
    if let Some(ms) = computer.coarse_grain_ms() {
        parts.push(say!(lang, check::Computer::Clock, time: Arg::Ms(ms)));
    }
    if let Some(ms) = computer.own_delay_ms {
        parts.push(say!(lang, check::Computer::OwnDelay, time: Arg::Ms(ms)));
    }
    if computer.stalled_ms > 0.0 {
        let time = Arg::Ms(computer.stalled_ms);
        parts.push(say!(lang, check::Computer::Stalled, time: time));
    }
    if computer.network_changed {
        parts.push(word(lang, check::Computer::NetworkChanged).to_owned());
    }
    parts.join("; ")
}

/// A bad value of the support link.
#[must_use]
pub fn link_problem(lang: Lang, problem: &LinkProblem) -> String {
    match problem {
        LinkProblem::Ticket(value) => {
            say!(lang, check::LinkProblem::Ticket, value: Arg::Text(value))
        }
        LinkProblem::Lang(value) => say!(lang, check::LinkProblem::Lang, value: Arg::Text(value)),
        LinkProblem::Region(value) => {
            say!(lang, check::LinkProblem::Region, value: Arg::Text(value))
        }
        LinkProblem::Autostart(value) => {
            say!(lang, check::LinkProblem::Autostart, value: Arg::Text(value))
        }
    }
}

/// That the settings in force are not the file beside the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigNotice {
    /// What is in force, and why.
    pub words: String,
    /// The place in the file and what is wrong there, for whoever wrote it: in English, as the file's keys are.
    pub detail: Option<String>,
}

impl ConfigNotice {
    /// All of it.
    #[must_use]
    pub fn whole(&self) -> String {
        let detail = self.detail.as_deref();
        detail.map_or_else(
            || self.words.clone(),
            |detail| [&self.words, " ", detail].concat(),
        )
    }
}

/// What there is to say of the settings in force: nothing where they are the file beside the page.
#[must_use]
pub fn config_notice(lang: Lang, source: &ConfigSource, config: &Config) -> Option<ConfigNotice> {
    let ConfigSource::InPlace(stand_in, trouble) = source else {
        return None;
    };
    let in_force = match stand_in {
        StandIn::Kept(since) => {
            say!(lang, check::Settings::Kept, since: Arg::Text(&time::utc_and_local(*since)))
        }
        StandIn::Build => word(lang, check::Settings::Build).to_owned(),
        StandIn::Embedded => {
            say!(lang, check::Settings::Embedded, provider: Arg::Text(&config.catalogue.provider))
        }
    };
    let why = match trouble {
        ConfigTrouble::Late { seconds } => {
            say!(lang, check::Settings::Late, seconds: Arg::Whole(f64::from(*seconds)))
        }
        ConfigTrouble::NoAnswer => word(lang, check::Settings::NoAnswer).to_owned(),
        ConfigTrouble::Status(status) => {
            say!(lang, check::Settings::Status, status: Arg::Text(&status.to_string()))
        }
        ConfigTrouble::WebPage => word(lang, check::Settings::WebPage).to_owned(),
        ConfigTrouble::Broken(_) => word(lang, check::Settings::Broken).to_owned(),
    };
    let detail = match trouble {
        ConfigTrouble::Broken(error) => Some(error.to_string()),
        _ => None,
    };
    Some(ConfigNotice {
        words: [&in_force, " ", &why].concat(),
        detail,
    })
}

/// That the page's own policy forbids hosts and ports of the settings, where it does.
#[must_use]
pub fn forbidden_by_page(lang: Lang, places: &[String]) -> Option<String> {
    let addresses = places.join(", ");
    let said = || say!(lang, check::Settings::Forbidden, addresses: Arg::Text(&addresses));
    (!places.is_empty()).then(said)
}

/// That the settings came after all, and what uses them.
#[must_use]
pub fn settings_came(lang: Lang) -> &'static str {
    word(lang, check::Settings::Came)
}

/// How far a way goes, as one sentence: what its drawing shows. Empty where there is nothing to say yet.
#[must_use]
pub fn route(lang: Lang, route: Route, far_end: &str) -> String {
    let is_sure = route.proof == Proof::Confirmed;
    let far_end = Arg::Text(far_end);
    let key = match route.reach {
        Reach::Waiting => return String::new(),
        Reach::Through if is_sure => {
            return say!(lang, check::Route::Through, far_end: far_end);
        }
        Reach::Through => return say!(lang, check::Route::ThroughInferred, far_end: far_end),
        Reach::BreaksAt(Hop::FarEnd) if is_sure => {
            return say!(lang, check::Route::FarEnd, far_end: far_end);
        }
        Reach::BreaksAt(Hop::FarEnd) => {
            return say!(lang, check::Route::FarEndInferred, far_end: far_end);
        }
        Reach::BreaksAt(Hop::Browser) => check::Route::Browser,
        Reach::BreaksAt(Hop::Network) if is_sure => check::Route::Network,
        Reach::BreaksAt(Hop::Network) => check::Route::NetworkInferred,
        Reach::BreaksAt(Hop::Internet) => check::Route::Internet,
        Reach::Unclear => check::Route::Unclear,
    };
    word(lang, key).to_owned()
}

/// How long answers took: how many there were, the fastest and the slowest in milliseconds.
#[must_use]
pub fn spread(lang: Lang, count: usize, fastest_ms: f64, slowest_ms: f64) -> String {
    if count == 1 {
        return say!(lang, check::Sentence::OneAnswer, time: Arg::Ms(fastest_ms));
    }
    say!(
        lang,
        check::Sentence::Answers,
        count: Arg::Count(count),
        fastest: Arg::Ms(fastest_ms),
        slowest: Arg::Ms(slowest_ms),
    )
}

/// That checks of the network failed, by their names.
#[must_use]
pub fn network_fails(lang: Lang, checks: &[&str]) -> String {
    let failed = list(lang, checks);
    say!(lang, check::Sentence::NetworkFails, names: Arg::Text(&failed))
}

/// The finished run, announced once to those who do not see the page.
#[must_use]
pub fn announcement(lang: Lang, title: &str) -> String {
    say!(lang, check::Sentence::Announcement, title: Arg::Text(title))
}

/// `1`, `1 AND 3`.
#[must_use]
pub fn numbers(lang: Lang, numbers: &[usize]) -> String {
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    list(lang, &numbers)
}

/// `a`, `a AND b`, `a, b AND c`.
fn list<S: AsRef<str>>(lang: Lang, items: &[S]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            let and = word(lang, check::Format::And);
            format!("{} {and} {}", first.join(", "), last.as_ref())
        }
    }
}

/// Region names may hold commas themselves ("Virginia, Seattle"), so lists of them use semicolons where
/// one does.
#[must_use]
pub fn names(lang: Lang, items: &[&str]) -> String {
    if items.len() > 1 && items.iter().any(|item| item.contains(',')) {
        items.join("; ")
    } else {
        list(lang, items)
    }
}

#[cfg(test)]
mod tests {
    use super::{CheckOutcome, Lang, Ui, outcome, ui};
    use reachcheck_model::figures::capitals;

    #[test]
    fn what_is_written_in_capitals_has_them_in_every_language() {
        for lang in Lang::ALL {
            for words in [ui(lang, Ui::Region), ui(lang, Ui::Result)] {
                assert_eq!(capitals(words), words.to_uppercase());
            }
            let failed = outcome(lang, CheckOutcome::Failed);
            assert_eq!(capitals(failed), failed.to_uppercase());
        }
    }
}
