//! Idle connection: a socket on which one side or both send nothing for an agreed time.

use reachcheck_wire::{self as wire, ClientMessage, Refusal, ServerMessage};

use crate::browser::clock;
use crate::browser::socket::{Socket, SocketEvent};

/// Request for an idle interval, and how long to wait for its end.
pub struct Silence {
    /// Message that begins it.
    pub ask: ClientMessage,
    /// Deadline in milliseconds after the beginning or the last message received; then the connection counts as dead.
    pub patience_ms: f64,
    /// Milliseconds to wait before each message of ours; without it none is sent.
    pub note_ms: Option<fn(f64) -> f64>,
}

/// End of an idle interval.
pub enum End {
    /// The message that was due came.
    Word {
        /// Number of server events before it.
        events: u32,
    },
    /// The socket closed.
    Closed {
        /// Time of the close event, in milliseconds of [`clock::now_ms`].
        at: f64,
        /// The close code.
        code: u16,
        /// Milliseconds since the last message of either side.
        still_ms: f64,
    },
    /// Neither message nor close event came before the deadline.
    Nothing {
        /// Milliseconds of the longest time in which neither side sent a message.
        still_ms: f64,
    },
    /// The relay refused.
    Refused(Refusal),
}

/// Times of the last two messages, of either side, and the longest time between two, in milliseconds.
struct LastMessages {
    last: f64,
    before: f64,
    was_ours: bool,
    longest_ms: f64,
}

impl LastMessages {
    const fn say(&mut self, at: f64, is_ours: bool) {
        self.longest_ms = self.longest_ms.max(at - self.last);
        (self.before, self.last, self.was_ours) = (self.last, at, is_ours);
    }

    /// Milliseconds without a message before the connection died, at most, where nothing told when it did: what we say on a
    /// connection that was forgotten meets no answer, either.
    const fn longest_still_ms(&self, now: f64) -> f64 {
        self.longest_ms.max(now - self.last)
    }

    /// Milliseconds without a message until `now`. Where the socket ends within a round trip of a message of ours, that
    /// message met an end that was there already: the silence before it counts.
    fn still_ms(&self, now: f64) -> f64 {
        let still_ms = now - self.last;
        if self.was_ours && still_ms < AT_ONCE_MS {
            still_ms.max(self.last - self.before)
        } else {
            still_ms
        }
    }
}

/// Upper bound of a round trip, in milliseconds.
const AT_ONCE_MS: f64 = 1_000.0;

/// Runs an idle interval on an open socket. `event` is called for each server event: its time of arrival, its number,
/// and when it was due, in milliseconds after the beginning. `stood_still` says whether the page itself was suspended
/// meanwhile: a message that is overdue may then still be unread.
pub async fn keep(
    socket: &mut Socket,
    silence: &Silence,
    mut event: impl FnMut(f64, u32, u32),
    stood_still: impl Fn() -> bool,
) -> End {
    socket.send(&wire::encode(&silence.ask));
    let mut heard_at = clock::now_ms();
    let mut last_messages = LastMessages {
        last: heard_at,
        before: heard_at,
        was_ours: true,
        longest_ms: 0.0,
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
                socket.send(&wire::encode(&ClientMessage::Note));
                last_messages.say(clock::now_ms(), true);
                note_at = next_note(clock::now_ms());
            }
            None if clock::now_ms() < heard_at + patience_ms => {}
            None if stood_still() => {
                (heard_at, patience_ms) = (clock::now_ms(), silence.patience_ms.min(GRACE_MS));
            }
            None => {
                let still_ms = last_messages.longest_still_ms(clock::now_ms());
                return End::Nothing { still_ms };
            }
            Some(SocketEvent::Closed { at, code, .. }) => {
                let still_ms = last_messages.still_ms(at);
                return End::Closed { at, code, still_ms };
            }
            Some(SocketEvent::Open(_)) => {}
            Some(SocketEvent::Text(at, text)) => match wire::decode::<ServerMessage>(&text) {
                Ok(ServerMessage::Watched { events, .. }) => return End::Word { events },
                Ok(ServerMessage::Refused { why, .. }) => return End::Refused(why),
                Ok(ServerMessage::Event { sequence, due_ms }) => {
                    event(at, sequence, due_ms);
                    heard_at = at;
                    last_messages.say(at, false);
                }
                _ => {}
            },
        }
    }
}

/// Milliseconds that a page which was suspended waits for unread messages.
const GRACE_MS: f64 = 5_000.0;
