//! Store of the watch's log in `localStorage`, over reloads. In pieces: what happens once a minute must not write half
//! a megabyte.

use std::cell::{Cell, Ref, RefCell};

use reachcheck_watch::{self as watch, Entry, Log, What};

use crate::browser::{clock, storage};

/// Entries in a piece. A full log drops a tenth of its entries, which is four pieces.
const PIECE: usize = 200;
const _: () = assert!((watch::ENTRIES_MAX / 10).is_multiple_of(PIECE));

/// How it stands: `running` or `stopped`, which tab, and the first piece.
pub const STATE: &str = "watch";

fn piece_name(piece: usize) -> String {
    format!("{STATE}.{piece}")
}

/// Takes over the log of an earlier release, once.
fn take_over() {
    if storage::take_over(STATE) {
        let state = storage::read(STATE).unwrap_or_default();
        let mut piece = first_piece(&state);
        while storage::take_over(&piece_name(piece)) {
            piece += 1;
        }
        storage::take_over(storage::WATCHED);
    }
}

/// Which piece is the first, by a state that was kept.
fn first_piece(state: &str) -> usize {
    let first = state.split(' ').nth(2);
    first
        .and_then(|first| first.parse().ok())
        .unwrap_or_default()
}

/// Log of a watch, and its copy in `localStorage`.
pub struct LogStore {
    log: RefCell<Log>,
    /// The number of the first entry of the log as it was read.
    base: usize,
    first_piece: Cell<usize>,
    is_kept: Cell<bool>,
    is_running: Cell<bool>,
    tab: String,
}

impl LogStore {
    /// What was kept, if anything was, for the tab of an id.
    pub fn open(tab: String) -> Self {
        take_over();
        let state = storage::read(STATE).unwrap_or_default();
        let mut words = state.split(' ');
        let was_running = words.next() == Some("running");
        let was_here = words.next() == Some(tab.as_str());
        let first = first_piece(&state);
        let pieces = (first..).map_while(|piece| storage::read(&piece_name(piece)));
        let log = pieces
            .take(watch::ENTRIES_MAX / PIECE + 1)
            .flat_map(|text| watch::read(&text).entries().to_vec())
            .collect();
        Self {
            log: RefCell::new(log),
            base: first * PIECE,
            first_piece: Cell::new(first),
            is_kept: Cell::new(true),
            is_running: Cell::new(was_running && was_here),
            tab,
        }
    }

    /// The log as it stands.
    pub fn log(&self) -> Ref<'_, Log> {
        self.log.borrow()
    }

    /// Whether the browser keeps it.
    pub fn is_kept(&self) -> bool {
        self.is_kept.get()
    }

    /// Whether it is being written, or was when this tab was reloaded.
    pub fn is_running(&self) -> bool {
        self.is_running.get()
    }

    /// Whether another tab has begun to write since. Read from what is kept now: what a `storage` event tells may be older
    /// than this tab's own beginning.
    pub fn is_taken_over(&self) -> bool {
        let state = storage::read(STATE).unwrap_or_default();
        let writer = state.split(' ').nth(1);
        writer.is_some_and(|writer| writer != self.tab)
    }

    /// Writing begins or ends.
    pub fn set_running(&self, is_running: bool) {
        self.is_running.set(is_running);
        self.keep_state();
    }

    /// Another tab writes now: nothing of its is overwritten.
    pub fn leave(&self) {
        self.is_running.set(false);
    }

    fn keep_state(&self) {
        let word = if self.is_running.get() {
            "running"
        } else {
            "stopped"
        };
        let state = format!("{word} {} {}", self.tab, self.first_piece.get());
        self.is_kept.set(storage::keep(STATE, &state));
    }

    /// Something happened. Not kept where another tab writes by now, which this one is about to hear.
    pub fn note(&self, what: What) {
        let mut log = self.log.borrow_mut();
        log.push(Entry {
            unix_ms: clock::moment().unix_ms,
            what,
        });
        if self.is_taken_over() {
            return;
        }
        let begin = self.base + log.dropped;
        let last = begin + log.entries().len() - 1;
        let piece = last / PIECE;
        let from = (piece * PIECE).max(begin) - begin;
        let entries: Log = log.entries()[from..].iter().cloned().collect();
        let is_kept = storage::keep(&piece_name(piece), &watch::write(&entries));
        let first = begin / PIECE;
        for gone in self.first_piece.replace(first)..first {
            storage::forget(&piece_name(gone));
        }
        self.keep_state();
        self.is_kept.set(is_kept && self.is_kept.get());
    }

    /// Forgets everything.
    pub fn forget(&self) {
        let end = self.base / PIECE + (self.log().dropped + self.log().entries().len()) / PIECE;
        for piece in self.first_piece.get()..=end {
            storage::forget(&piece_name(piece));
        }
        storage::forget(STATE);
        storage::forget(storage::WATCHED);
    }
}
