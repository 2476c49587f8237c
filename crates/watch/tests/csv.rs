//! The golden table of a log that holds every kind of entry. What stands in it is read again by later versions, and by
//! people's spreadsheets: it does not change.

use reachcheck_watch::{Cut, Entry, Lane, Log, What, read, write};
use reachcheck_wire::Ending;

const GOLDEN: &str = include_str!("log.csv");

/// Each kind of entry, a second apart: each lane, end and cut, numbers that are rounded, and what a spreadsheet would
/// take for a formula.
fn every_kind() -> Log {
    let mut all = vec![What::Began];
    for lane in Lane::ALL {
        let cut = |quiet_ms, still_ms, how| What::Cut {
            lane,
            quiet_ms,
            still_ms,
            how,
        };
        let opened = |ms, again| What::Opened { lane, ms, again };
        all.extend([
            opened(312.4, false),
            opened(299.5, true),
            What::NotOpened { lane },
            What::Busy { lane },
            What::Survived {
                lane,
                quiet_ms: 30_000.0,
            },
            cut(60_000.0, 15_000.0, Cut::Code(1001)),
            cut(61_000.5, 61_000.5, Cut::Broken),
            cut(62_000.0, 0.0, Cut::Silent),
        ]);
    }
    let ends = [
        Ending::Open,
        Ending::Closed,
        Ending::Finished,
        Ending::Reset,
        Ending::TimedOut,
        Ending::ByRelay,
        Ending::NotKnown,
    ];
    all.extend(ends.map(|how| What::RelaySaw {
        lane: Lane::Events,
        how,
    }));
    let address = |address: &str| What::Address {
        address: address.to_owned(),
    };
    all.extend([
        What::Late { ms: 1500.0 },
        What::Lost { count: 3 },
        What::Twice { count: 1 },
        What::Slept { ms: 600_000.0 },
        What::Throttled { ms: 60_000.0 },
        What::Offline,
        What::Online,
        address("2001:db8::7"),
        address("=1+1,\"x\""),
        What::RegionOut {
            region: "seattle".to_owned(),
        },
        What::RegionBack {
            region: "virginia-seattle".to_owned(),
            ms: 75_000.0,
        },
        What::Stopped,
    ]);
    let seconds = (0..).map(|second| 1_795_608_000_000.0 + f64::from(second) * 1000.0);
    let entries = all.into_iter().zip(seconds);
    entries
        .map(|(what, unix_ms)| Entry { unix_ms, what })
        .collect()
}

#[test]
fn every_kind_of_entry_is_written_as_it_always_was() {
    assert_eq!(write(&every_kind()), GOLDEN);
}

#[test]
fn what_was_written_is_read_line_by_line() {
    let log = read(GOLDEN);
    assert_eq!(log.entries().len(), GOLDEN.lines().count() - 1);
    assert_eq!(write(&log), GOLDEN);
    for (read, written) in log.entries().iter().zip(every_kind().entries()) {
        let kind = |entry: &Entry| std::mem::discriminant(&entry.what);
        assert_eq!(kind(read), kind(written), "{read:?}");
    }
}

#[test]
fn a_line_that_lacks_what_its_word_needs_is_left_out() {
    let (header, _) = GOLDEN.split_once("\r\n").expect("a header");
    for line in [
        "1,,unheard-of,,,,",
        "1,,busy,,,,",
        "1,,busy,nowhere,,,",
        "1,,opened,growing,,first,",
        "1,,survived,growing,NaN,,",
        "1,,cut,growing,1,broken,",
        "1,,cut,growing,1,70000,1",
        "1,,relay-saw,growing,,unheard-of,",
        "1,,lost,,,-1,",
        "inf,,began,,,,",
        "1,,began,,,",
    ] {
        let log = read(&format!("{header}\r\n{line}\r\n"));
        assert!(log.entries().is_empty(), "{line}: {log:?}");
    }
}
