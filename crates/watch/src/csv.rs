//! The log as text: to keep it over a reload, and for spreadsheets. RFC 4180, one line an entry.

use std::borrow::Cow;

use reachcheck_model::time::{Moment, iso_utc};
use reachcheck_wire::{Ending, from_word, to_word};

use super::log::{Cut, Entry, Lane, Log, What};

/// The first line. The columns stay as they are; new ones come at the end.
const HEADER: &str = "unix_ms,utc,what,lane,ms,detail,still_ms";

/// The columns behind an entry's word. What an entry has nothing to say in is empty.
#[derive(Default)]
struct Cells<'line> {
    lane: Cow<'line, str>,
    ms: Cow<'line, str>,
    detail: Cow<'line, str>,
    still_ms: Cow<'line, str>,
}

/// Writes `word`, `put` and `take` for the entries: each by its word, then its fields, each by the `put` and `take` of
/// the module that is named for it. An entry without a word does not compile.
macro_rules! entries {
    ($($word:literal => $variant:ident $({ $($field:ident: $by:ident),* })?,)*) => {
        /// The word of an entry, as in the export.
        #[must_use]
        pub fn word(what: &What) -> &'static str {
            match what {
                $(What::$variant { .. } => $word,)*
            }
        }

        fn put(cells: &mut Cells<'_>, what: &What) {
            match what {
                $(What::$variant $({ $($field),* })? => { $($($by::put(cells, $field);)*)? })*
            }
        }

        fn take(word: &str, cells: &Cells<'_>) -> Option<What> {
            Some(match word {
                $($word => What::$variant $({ $($field: $by::take(cells)?),* })?,)*
                _ => return None,
            })
        }
    };
}

// A word is for ever, and so is the column of a field: logs are read by later versions, and by people's spreadsheets.
entries! {
    "began" => Began,
    "stopped" => Stopped,
    "opened" => Opened { lane: lane, ms: ms, again: again },
    "not-opened" => NotOpened { lane: lane },
    "busy" => Busy { lane: lane },
    "survived" => Survived { lane: lane, quiet_ms: ms },
    "cut" => Cut { lane: lane, quiet_ms: ms, still_ms: still_ms, how: cut },
    "relay-saw" => RelaySaw { lane: lane, how: ending },
    "late" => Late { ms: ms },
    "lost" => Lost { count: count },
    "twice" => Twice { count: count },
    "slept" => Slept { ms: ms },
    "throttled" => Throttled { ms: ms },
    "offline" => Offline,
    "online" => Online,
    "address" => Address { address: name },
    "region-out" => RegionOut { region: name },
    "region-back" => RegionBack { region: name, ms: ms },
}

/// Writes a module with `put` and `take` for what stands in one column, out of two functions: one writes the value, one
/// reads it.
macro_rules! cell {
    ($module:ident: $type:ty, $column:ident, $written:expr, $read:expr) => {
        mod $module {
            use super::*;

            const WRITTEN: fn(&$type) -> Cow<'static, str> = $written;
            const READ: fn(&str) -> Option<$type> = $read;

            pub(super) fn put(cells: &mut Cells<'_>, value: &$type) {
                cells.$column = WRITTEN(value);
            }

            pub(super) fn take(cells: &Cells<'_>) -> Option<$type> {
                READ(&cells.$column)
            }
        }
    };
}

cell!(lane: Lane, lane, |lane| lane.token().into(), Lane::from_token);
cell!(ms: f64, ms, |ms| rounded(*ms), finite);
cell!(still_ms: f64, still_ms, |ms| rounded(*ms), finite);
cell!(count: u32, detail, |count| count.to_string().into(), |text| text.parse().ok());
cell!(ending: Ending, detail, |how| to_word(how).into(), from_word);
cell!(name: String, detail, |name| plain(name).into(), |text| Some(plain(text)));
cell!(
    again: bool,
    detail,
    |again| if *again { "again" } else { "first" }.into(),
    |text| Some(text == "again")
);
cell!(
    cut: Cut,
    detail,
    |how| match how {
        Cut::Code(code) => code.to_string().into(),
        Cut::Broken => "broken".into(),
        Cut::Silent => "silent".into(),
    },
    |text| Some(match text {
        "broken" => Cut::Broken,
        "silent" => Cut::Silent,
        code => Cut::Code(code.parse().ok()?),
    })
);

fn rounded(ms: f64) -> Cow<'static, str> {
    format!("{ms:.0}").into()
}

fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|ms: &f64| ms.is_finite())
}

/// Addresses and ids have nothing in them that a cell would need quotes for; what is something else loses it, and
/// with it any formula.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_ascii_alphanumeric() || ".:-".contains(*c))
        .take(64)
        .collect()
}

/// Writes a log.
#[must_use]
pub fn write(log: &Log) -> String {
    let mut text = format!("{HEADER}\r\n");
    for Entry { unix_ms, what } in log.entries() {
        let mut cells = Cells::default();
        put(&mut cells, what);
        let Cells {
            lane,
            ms,
            detail,
            still_ms,
        } = cells;
        let word = word(what);
        let utc = iso_utc(Moment {
            unix_ms: *unix_ms,
            ..Moment::default()
        });
        text.push_str(&format!(
            "{unix_ms:.0},{utc},{word},{lane},{ms},{detail},{still_ms}\r\n"
        ));
    }
    text
}

/// Reads a log that [`write()`] wrote. Lines that are none are left out.
#[must_use]
pub fn read(text: &str) -> Log {
    text.lines().skip(1).filter_map(entry).collect()
}

fn entry(line: &str) -> Option<Entry> {
    let columns: Vec<&str> = line.split(',').collect();
    let [unix_ms, _, word, lane, ms, detail, still_ms] = columns[..] else {
        return None;
    };
    let cells = Cells {
        lane: lane.into(),
        ms: ms.into(),
        detail: detail.into(),
        still_ms: still_ms.into(),
    };
    Some(Entry {
        unix_ms: finite(unix_ms)?,
        what: take(word, &cells)?,
    })
}
