//! The log as text: to keep it over a reload, and for spreadsheets. RFC 4180, one line an entry.

use reachcheck_wire::Ending;

use super::log::{Cut, Entry, Lane, Log, What};
use reachcheck_model::time::{Moment, iso_utc};

/// The first line. The columns stay as they are; new ones come at the end.
const HEADER: &str = "unix_ms,utc,what,lane,ms,detail,still_ms";

/// Writes a log.
#[must_use]
pub fn write(log: &Log) -> String {
    let mut text = format!("{HEADER}\r\n");
    for Entry { unix_ms, what } in log.entries() {
        let (word, lane, ms, detail) = columns(what);
        let lane = lane.map_or("", Lane::token);
        let ms = ms.map_or_else(String::new, |ms| format!("{ms:.0}"));
        let still = match what {
            What::Cut { still_ms, .. } => format!("{still_ms:.0}"),
            _ => String::new(),
        };
        let utc = iso_utc(Moment {
            unix_ms: *unix_ms,
            ..Moment::default()
        });
        text.push_str(&format!(
            "{unix_ms:.0},{utc},{word},{lane},{ms},{detail},{still}\r\n"
        ));
    }
    text
}

/// The word of an entry, as in the export.
#[must_use]
pub fn word(what: &What) -> &'static str {
    columns(what).0
}

fn columns(what: &What) -> (&'static str, Option<Lane>, Option<f64>, String) {
    let none = String::new;
    match what {
        What::Began => ("began", None, None, none()),
        What::Stopped => ("stopped", None, None, none()),
        What::Opened { lane, ms, again } => {
            let detail = if *again { "again" } else { "first" };
            ("opened", Some(*lane), Some(*ms), detail.to_owned())
        }
        What::NotOpened { lane } => ("not-opened", Some(*lane), None, none()),
        What::Busy { lane } => ("busy", Some(*lane), None, none()),
        What::Survived { lane, quiet_ms } => ("survived", Some(*lane), Some(*quiet_ms), none()),
        What::Cut {
            lane,
            quiet_ms,
            how,
            ..
        } => {
            let detail = match how {
                Cut::Code(code) => code.to_string(),
                Cut::Broken => "broken".to_owned(),
                Cut::Silent => "silent".to_owned(),
            };
            ("cut", Some(*lane), Some(*quiet_ms), detail)
        }
        What::RelaySaw { lane, how } => ("relay-saw", Some(*lane), None, ending(*how).to_owned()),
        What::Late { ms } => ("late", None, Some(*ms), none()),
        What::Lost { count } => ("lost", None, None, count.to_string()),
        What::Twice { count } => ("twice", None, None, count.to_string()),
        What::Slept { ms } => ("slept", None, Some(*ms), none()),
        What::Throttled { ms } => ("throttled", None, Some(*ms), none()),
        What::Offline => ("offline", None, None, none()),
        What::Online => ("online", None, None, none()),
        What::Address { address } => ("address", None, None, plain(address)),
        What::RegionOut { region } => ("region-out", None, None, plain(region)),
        What::RegionBack { region, ms } => ("region-back", None, Some(*ms), plain(region)),
    }
}

const ENDINGS: [(Ending, &str); 7] = [
    (Ending::Open, "open"),
    (Ending::Closed, "closed"),
    (Ending::Finished, "finished"),
    (Ending::Reset, "reset"),
    (Ending::TimedOut, "timed-out"),
    (Ending::ByRelay, "by-relay"),
    (Ending::NotKnown, "not-known"),
];

fn ending(how: Ending) -> &'static str {
    let known = ENDINGS.iter().find(|(ending, _)| *ending == how);
    known.map_or("not-known", |(_, word)| word)
}

/// Addresses and ids have nothing in them that a cell would need quotes for; what is something else loses it, and
/// with it any formula.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_ascii_alphanumeric() || ".:-".contains(*c))
        .take(64)
        .collect()
}

/// Reads a log that [`write()`] wrote. Lines that are none are left out.
#[must_use]
pub fn read(text: &str) -> Log {
    text.lines().skip(1).filter_map(entry).collect()
}

fn entry(line: &str) -> Option<Entry> {
    let columns: Vec<&str> = line.split(',').collect();
    let [unix_ms, _, word, lane, ms, detail, still] = columns[..] else {
        return None;
    };
    let unix_ms: f64 = unix_ms.parse().ok().filter(|ms: &f64| ms.is_finite())?;
    let lane = Lane::from_token(lane);
    let ms = || ms.parse().ok().filter(|ms: &f64| ms.is_finite());
    let what = match word {
        "began" => What::Began,
        "stopped" => What::Stopped,
        "opened" => What::Opened {
            lane: lane?,
            ms: ms()?,
            again: detail == "again",
        },
        "not-opened" => What::NotOpened { lane: lane? },
        "busy" => What::Busy { lane: lane? },
        "survived" => What::Survived {
            lane: lane?,
            quiet_ms: ms()?,
        },
        "cut" => What::Cut {
            lane: lane?,
            quiet_ms: ms()?,
            still_ms: still.parse().ok().filter(|ms: &f64| ms.is_finite())?,
            how: match detail {
                "broken" => Cut::Broken,
                "silent" => Cut::Silent,
                code => Cut::Code(code.parse().ok()?),
            },
        },
        "relay-saw" => What::RelaySaw {
            lane: lane?,
            how: ENDINGS.iter().find(|(_, word)| *word == detail)?.0,
        },
        "late" => What::Late { ms: ms()? },
        "lost" => What::Lost {
            count: detail.parse().ok()?,
        },
        "twice" => What::Twice {
            count: detail.parse().ok()?,
        },
        "slept" => What::Slept { ms: ms()? },
        "throttled" => What::Throttled { ms: ms()? },
        "offline" => What::Offline,
        "online" => What::Online,
        "address" => What::Address {
            address: plain(detail),
        },
        "region-out" => What::RegionOut {
            region: plain(detail),
        },
        "region-back" => What::RegionBack {
            region: plain(detail),
            ms: ms()?,
        },
        _ => return None,
    };
    Some(Entry { unix_ms, what })
}
