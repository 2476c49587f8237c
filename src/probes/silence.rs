//! A socket on which one side or both say nothing until the relay says so: the hold of a run, and the spells of a watch.

use reachcheck_wire::{self as wire, ClientMessage, Refusal, ServerMessage};

use crate::browser::clock;
use crate::browser::socket::{Happened, Socket};

/// What is asked for, and how long to believe in it.
pub struct Silence {
    /// What begins it.
    pub ask: ClientMessage,
    /// Milliseconds after the beginning, or after the last word that came, until nothing more is believed to come.
    pub patience_ms: f64,
    /// How long to wait before each word of ours, in milliseconds; none without.
    pub note_ms: Option<fn(f64) -> f64>,
}

/// How a silence ended.
pub enum End {
    /// By the word that was due; so many events had been sent before it.
    Word {
        /// When, in milliseconds of [`clock::now_ms`].
        at: f64,
        /// How many.
        events: u32,
    },
    /// The socket closed.
    Closed {
        /// When.
        at: f64,
        /// The close code.
        code: u16,
        /// For how long neither side had said anything, in milliseconds.
        still_ms: f64,
    },
    /// Nothing came, not even an end.
    Nothing {
        /// For how long neither side had said anything, in milliseconds.
        still_ms: f64,
    },
    /// The relay would not.
    Refused(Refusal),
}

/// The last word of either side.
struct Words {
    last: f64,
    before: f64,
    was_ours: bool,
}

impl Words {
    const fn say(&mut self, at: f64, is_ours: bool) {
        (self.before, self.last, self.was_ours) = (self.last, at, is_ours);
    }

    /// How long it was still by then. Who is told at once that a word of ours came too late was so before it.
    fn still_ms(&self, now: f64) -> f64 {
        let still_ms = now - self.last;
        if self.was_ours && still_ms < AT_ONCE_MS {
            still_ms.max(self.last - self.before)
        } else {
            still_ms
        }
    }
}

/// A round trip is shorter than this, in milliseconds.
const AT_ONCE_MS: f64 = 1_000.0;

/// Keeps a socket that is open. `event` is told of each event: when it came, its number, and when it was due, in
/// milliseconds after the beginning. `stood_still` says whether this page itself stood still meanwhile, so that what is
/// overdue may still be waiting to be read.
pub async fn keep(
    socket: &mut Socket,
    silence: &Silence,
    mut event: impl FnMut(f64, u32, u32),
    stood_still: impl Fn() -> bool,
) -> End {
    socket.send(&wire::json::write(&silence.ask));
    let mut heard_at = clock::now_ms();
    let mut words = Words {
        last: heard_at,
        before: heard_at,
        was_ours: true,
    };
    let mut patience_ms = silence.patience_ms;
    let next_note = |after: f64| {
        silence
            .note_ms
            .map_or(f64::INFINITY, |gap_ms| after + gap_ms(silence.patience_ms))
    };
    let mut note_at = next_note(heard_at);
    loop {
        let now = clock::now_ms();
        let left_ms = heard_at + patience_ms - now;
        match socket.next(left_ms.min(note_at - now)).await {
            None if clock::now_ms() >= note_at => {
                socket.send(&wire::json::write(&ClientMessage::Note));
                words.say(clock::now_ms(), true);
                note_at = next_note(clock::now_ms());
            }
            None if clock::now_ms() < heard_at + patience_ms => {}
            None if stood_still() => {
                (heard_at, patience_ms) = (clock::now_ms(), silence.patience_ms.min(GRACE_MS));
            }
            None => {
                let still_ms = words.still_ms(clock::now_ms());
                return End::Nothing { still_ms };
            }
            Some(Happened::Closed { at, code, .. }) => {
                let still_ms = words.still_ms(at);
                return End::Closed { at, code, still_ms };
            }
            Some(Happened::Open(_)) => {}
            Some(Happened::Text(at, text)) => match wire::json::read::<ServerMessage>(&text) {
                Ok(ServerMessage::Held { .. }) => return End::Word { at, events: 0 },
                Ok(ServerMessage::Watched { events, .. }) => return End::Word { at, events },
                Ok(ServerMessage::Refused { why, .. }) => return End::Refused(why),
                Ok(ServerMessage::Event { sequence, due_ms }) => {
                    event(at, sequence, due_ms);
                    heard_at = at;
                    words.say(at, false);
                }
                _ => {}
            },
        }
    }
}

/// How long a page that stood still waits for what lies there to be read, in milliseconds.
const GRACE_MS: f64 = 5_000.0;
