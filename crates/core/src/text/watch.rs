//! The words of the watch.

mod en;
mod es;
mod fr;

use reachcheck_wire::Quiet;

use super::{FindingText, Lang};
use crate::watch::{Cause, Lane, Summary, Tolerance, What};

/// Words that stand by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WatchUi {
    /// Heading.
    Title,
    /// What it is for.
    Lead,
    /// Begins it.
    Start,
    /// Ends it.
    Stop,
    /// It goes on.
    Running,
    /// It needs a relay, and there is none.
    NoRelay,
    /// So far nothing was found.
    NothingYet,
    /// Heading of the log.
    LogTitle,
    /// Column: when.
    When,
    /// Column: what.
    Happened,
    /// Heading: what each pattern survives.
    Patterns,
    /// Column: pattern.
    Pattern,
    /// Column: longest silence survived.
    Longest,
    /// Column: shortest silence that was cut.
    Shortest,
    /// Not tried, or not met.
    None,
    /// Copies the text.
    Copy,
    /// It was copied.
    Copied,
    /// Saves the log.
    Csv,
    /// Forgets the log.
    Forget,
    /// Heading of the watch in a report.
    ReportTitle,
    /// Draws the timeline closer.
    Closer,
    /// … and farther.
    Farther,
    /// Moves the timeline back.
    Earlier,
    /// … and on.
    Later,
    /// Shows all of it.
    Whole,
    /// What the check says of the watch.
    Offer,
    /// The relay is no view from elsewhere.
    Loopback,
    /// The relay does not answer for now.
    Away,
    /// How often, and how long it took.
    Reconnected,
    /// Row of the timeline: what befell the network or this computer.
    NetworkRow,
    /// Where the log is.
    Kept,
    /// … if it cannot be kept.
    NotKept,
    /// Heading of the text.
    InReport,
    /// What a watch in Chromium cannot see: it sends TCP keepalives after 45 s (measured, see ARCHITECTURE.md).
    KeptAlive,
    /// Name of the timeline.
    Timeline,
}

/// A word in a language.
#[must_use]
pub const fn ui(lang: Lang, key: WatchUi) -> &'static str {
    match lang {
        Lang::En => en::ui(key),
        Lang::Fr => fr::ui(key),
        Lang::Es => es::ui(key),
    }
}

/// Who says nothing.
#[must_use]
pub const fn quiet(lang: Lang, quiet: Quiet) -> &'static str {
    match lang {
        Lang::En => en::quiet(quiet),
        Lang::Fr => fr::quiet(quiet),
        Lang::Es => es::quiet(quiet),
    }
}

/// What is tried on a lane.
#[must_use]
pub const fn lane(lang: Lang, lane: Lane) -> &'static str {
    match lang {
        Lang::En => en::lane(lane),
        Lang::Fr => fr::lane(lane),
        Lang::Es => es::lane(lane),
    }
}

/// A finding; `region` gives the name of a region's id.
#[must_use]
pub fn finding(lang: Lang, cause: &Cause, region: &dyn Fn(&str) -> String) -> FindingText {
    match lang {
        Lang::En => en::finding(cause, region),
        Lang::Fr => fr::finding(cause, region),
        Lang::Es => es::finding(cause, region),
    }
}

/// One line of the log.
#[must_use]
pub fn entry(lang: Lang, what: &What, region: &dyn Fn(&str) -> String) -> String {
    match lang {
        Lang::En => en::entry(what, region),
        Lang::Fr => fr::entry(what, region),
        Lang::Es => es::entry(what, region),
    }
}

/// `45 s`, `5 min`, `1 h 20 min`: the same in all three languages.
#[must_use]
pub fn duration(ms: f64) -> String {
    let seconds = (ms / 1000.0).round();
    if seconds < 1.0 {
        return format!("{ms:.0} ms");
    }
    if seconds < 120.0 || (seconds < 600.0 && seconds % 60.0 != 0.0) {
        return format!("{seconds:.0} s");
    }
    let minutes = (seconds / 60.0).round();
    if minutes < 120.0 {
        return format!("{minutes:.0} min");
    }
    let (hours, minutes) = ((minutes / 60.0).floor(), minutes % 60.0);
    format!("{hours:.0} h {minutes:.0} min")
}

/// The longest silence that was survived and the shortest that was not, or a dash.
#[must_use]
pub fn bounds(lang: Lang, known: &Tolerance) -> [String; 2] {
    let word = |ms: Option<f64>| ms.map_or_else(|| ui(lang, WatchUi::None).to_owned(), duration);
    [word(known.survived_ms), word(known.killed_ms)]
}

/// How often a socket was made again, and how long that took.
#[must_use]
pub fn reconnects(lang: Lang, summary: &Summary) -> String {
    format!(
        "{}: {} (≤ {})",
        ui(lang, WatchUi::Reconnected),
        summary.reconnects,
        duration(summary.reconnect_ms)
    )
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn durations_are_said_as_people_say_them() {
        for (ms, said) in [
            (400.0, "400 ms"),
            (30_000.0, "30 s"),
            (100_400.0, "100 s"),
            (300_000.0, "5 min"),
            (350_000.0, "350 s"),
            (1_800_000.0, "30 min"),
            (7_320_000.0, "2 h 2 min"),
        ] {
            assert_eq!(duration(ms), said);
        }
    }
}
