//! What happened while we watched, in order.

use reachcheck_wire::{Ending, Quiet};

/// One of the sockets that are watched side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Idle intervals of growing length.
    Growing,
    /// Idle intervals from the middle upwards, then between the longest that was survived and the shortest that was not.
    Narrowing,
    /// The page says nothing, events come at random.
    Events,
    /// The relay says nothing, the page says a word now and then.
    Words,
}

impl Lane {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Growing, Self::Narrowing, Self::Events, Self::Words];

    /// Who says nothing on it.
    #[must_use]
    pub const fn quiet(self) -> Quiet {
        match self {
            Self::Growing | Self::Narrowing => Quiet::Both,
            Self::Events => Quiet::Page,
            Self::Words => Quiet::Relay,
        }
    }

    /// A stable word, for exports.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Growing => "growing",
            Self::Narrowing => "narrowing",
            Self::Events => "events",
            Self::Words => "words",
        }
    }

    /// The lane of a word.
    #[must_use]
    pub fn from_token(token: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lane| lane.token() == token)
    }
}

/// How a socket ended, as the browser saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cut {
    /// In order, with this close code.
    Code(u16),
    /// Without a close frame: FIN and RST look alike in a browser (1006).
    Broken,
    /// Nothing came, not even an end: the word that was due did not arrive.
    Silent,
}

/// What happened. Times are in milliseconds.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    missing_docs,
    reason = "the fields are what their names say, each on the lane that is named"
)]
pub enum What {
    /// The watch began, or went on after a reload.
    Began,
    /// The agent stopped it.
    Stopped,
    /// A socket opened, after so many milliseconds; `again` where one had been cut before.
    Opened { lane: Lane, ms: f64, again: bool },
    /// A socket could not be opened.
    NotOpened { lane: Lane },
    /// The relay had no room.
    Busy { lane: Lane },
    /// A silence of so many milliseconds was survived.
    Survived { lane: Lane, quiet_ms: f64 },
    /// A socket ended after so many milliseconds of silence; neither side had said anything for `still_ms`.
    Cut {
        lane: Lane,
        quiet_ms: f64,
        still_ms: f64,
        how: Cut,
    },
    /// How the relay saw the end of the lane's last socket.
    RelaySaw { lane: Lane, how: Ending },
    /// An event came so much later than the most punctual one, in milliseconds.
    Late { ms: f64 },
    /// Events that were sent and did not come.
    Lost { count: u32 },
    /// Events that came twice.
    Twice { count: u32 },
    /// Neither this page nor its clock ran for so long, in milliseconds: the computer slept, or the tab was frozen.
    Slept { ms: f64 },
    /// The browser held this page's timers back by so much, in milliseconds.
    Throttled { ms: f64 },
    /// The browser says that there is no network.
    Offline,
    /// … that there is one again.
    Online,
    /// The relay sees us at this address, another than before.
    Address { address: String },
    /// A region's HTTPS endpoint stopped answering.
    RegionOut { region: String },
    /// … and answers again, after so many milliseconds.
    RegionBack { region: String, ms: f64 },
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// When, in milliseconds since 1970.
    pub unix_ms: f64,
    /// What.
    pub what: What,
}

/// Entries that are kept: a shift with a cut every half minute on every lane. The oldest go first.
pub const ENTRIES_MAX: usize = 8_000;

/// Everything that happened, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Log {
    entries: Vec<Entry>,
    /// How many were dropped at the beginning.
    pub dropped: usize,
}

impl Log {
    /// Takes an entry.
    pub fn push(&mut self, mut entry: Entry) {
        // In order, even where the calendar is set back.
        if let Some(last) = self.entries.last() {
            entry.unix_ms = entry.unix_ms.max(last.unix_ms);
        }
        if self.entries.len() >= ENTRIES_MAX {
            // A tenth at once, so that a full log is not moved about for every entry.
            let gone = ENTRIES_MAX / 10;
            self.entries.drain(..gone);
            self.dropped += gone;
        }
        self.entries.push(entry);
    }

    /// All entries, oldest first.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// From the first to the last, in milliseconds.
    #[must_use]
    pub fn length_ms(&self) -> f64 {
        match (self.entries.first(), self.entries.last()) {
            (Some(first), Some(last)) => last.unix_ms - first.unix_ms,
            _ => 0.0,
        }
    }
}

impl FromIterator<Entry> for Log {
    fn from_iter<T: IntoIterator<Item = Entry>>(entries: T) -> Self {
        let mut log = Self::default();
        entries.into_iter().for_each(|entry| log.push(entry));
        log
    }
}
