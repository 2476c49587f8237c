//! `cargo xtask lab --dimensions`: the cover, worlds under conditions, in the engines that agents work in.

use std::fs;

use crate::lab::{self, RECORDINGS, Settings};
use crate::{build, places, tools};

/// The document whose last part is what cells gave, and that part's heading (`crates/lab/src/cover/docs.rs`).
const DOCUMENT: &str = "docs/accuracy.md";
const HEADING: &str = "\n## Under other conditions\n";

/// Runs cells, all of them where no flag says otherwise, and keeps their traces where that is wanted. What the whole
/// cover gave becomes the last part of the document; what some of it gave is printed.
pub fn run(flags: &[&str], is_recorded: bool) -> Result<(), String> {
    let (mut only, mut cells, mut jobs) = (None, None, None);
    let mut rest = flags.iter();
    while let Some(flag) = rest.next() {
        let mut value = || {
            let value = rest.next().copied();
            value.ok_or_else(|| format!("{flag} takes a value"))
        };
        match *flag {
            "--only" => only = Some(filter(value()?)),
            "--cells" => cells = Some(value()?),
            // What is recorded is measured in milliseconds: it runs alone, unless there is no time for that.
            "--jobs" => jobs = Some(value()?),
            other => return Err(format!("--dimensions does not know {other}")),
        }
    }
    tools::for_page()?;
    tools::for_tests()?;
    let traced = is_recorded.then(build::traced_page).transpose()?;
    if traced.is_none() {
        build::page()?;
    }
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    let tally = places::root().join(target).join("cover.md");
    let _ = fs::remove_file(&tally);
    let threads = format!("--test-threads={}", jobs.unwrap_or("1"));
    let mut words = vec!["--include-ignored", "--skip", "::worlds::"];
    words.extend(["--skip", "::page::", "--skip", "lab::"]);
    if is_recorded || jobs.is_some() {
        words.push(&threads);
    }
    words.extend(only.as_deref());
    let ran = lab::harness(
        &words,
        Settings {
            page: traced.as_deref(),
            record: is_recorded.then_some(RECORDINGS),
            cells,
            tally: Some(&tally),
            ..Settings::default()
        },
    );
    if only.is_none() && cells.is_none() && tally.is_file() {
        write(&tally)?;
    }
    ran
}

/// `ENGINE/PART` or `PART`, as the harness names tests.
fn filter(only: &str) -> String {
    only.replace('-', "_").replace('/', "::cells::")
}

/// Puts what cells gave in the place of what they gave before.
fn write(tally: &std::path::Path) -> Result<(), String> {
    let read = |path: &std::path::Path| {
        fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let document = places::root().join(DOCUMENT);
    let text = joined(&read(&document)?, &read(tally)?);
    fs::write(&document, text).map_err(|error| format!("{DOCUMENT}: {error}"))
}

fn joined(document: &str, tally: &str) -> String {
    let worlds = document.split(HEADING).next().unwrap_or_default();
    format!("{worlds}{tally}")
}

#[cfg(test)]
mod tests {
    use super::{HEADING, filter, joined};

    #[test]
    fn an_engine_and_a_part_are_a_filter() {
        assert_eq!(filter("chromium/all-well"), "chromium::cells::all_well");
        assert_eq!(filter("firefox/"), "firefox::cells::");
        assert_eq!(filter("loss-5"), "loss_5");
    }

    #[test]
    fn what_cells_gave_before_is_replaced_and_worlds_stay() {
        let first = joined("# Worlds\n", &format!("{HEADING}\nold\n"));
        let second = joined(&first, &format!("{HEADING}\nnew\n"));
        assert_eq!(second, format!("# Worlds\n{HEADING}\nnew\n"));
    }

    #[test]
    fn the_heading_is_the_one_that_the_lab_writes() {
        let source = crate::places::root().join("crates/lab/src/cover/docs.rs");
        let source = std::fs::read_to_string(source).expect("a source");
        assert!(source.contains(&format!("{HEADING:?}")));
    }
}
