//! Lane of a watch: one socket after the other, each with idle intervals; what it survives, how it ends, and how the
//! relay saw that.

use reachcheck_model::observation::Outcome;
use reachcheck_model::probe::Probe;
use reachcheck_watch::{Cut, LATE_MS, Lane, What, next_ms};
use reachcheck_wire::{self as wire, ClientMessage, Quiet, Refusal, ServerMessage};

use super::relay::NoRelay;
use super::runner::Runner;
use super::silence::{End, Silence, keep};
use crate::browser::socket::{Socket, SocketEvent};
use crate::browser::{clock, random};
use crate::probes::challenge::{challenge, socket_url};

/// A socket that is not open by then is not, in milliseconds: TLS and upgrade take four round trips.
const OPEN_MS: f64 = 10_000.0;
/// How much longer one may take while the relay answers requests, in milliseconds. Firefox holds a WebSocket back for up
/// to a minute where others to the same address failed before (`network.websocket.delay-failed-reconnects`), also those
/// of an earlier page; to give one up counts as one more that failed. That is no outage of the relay.
const HELD_BACK_MS: f64 = 65_000.0;
/// The relay's answers to what was asked on a new socket, in milliseconds.
const ANSWER_MS: f64 = 3_000.0;
/// A word may be so late, in milliseconds: three repeats of a packet that was lost.
const GRACE_MS: f64 = 8_000.0;
/// … and in a trial, where time runs faster, still so late.
const GRACE_LEAST_MS: f64 = 2_500.0;
/// Waits between tries, in milliseconds: the first, and the longest.
const AGAIN_MS: (f64, f64) = (5_000.0, 60_000.0);
/// A relay without room is asked again after so long, in milliseconds.
const BUSY_MS: f64 = 120_000.0;

/// The last socket: when it was cut, by the clock, and by what name the relay knows it.
struct Lost {
    at: f64,
    name: String,
}

/// How it stands with a new socket.
enum Fresh {
    Ready,
    Busy,
    Gone,
}

/// Watches one lane for ever.
pub async fn run(runner: &Runner, lane: Lane) {
    let mut lost: Option<Lost> = None;
    let (mut is_first, mut tries) = (true, 0);
    // Not four at the same moment.
    clock::sleep_ms(LANE_APART_MS * random::share()).await;
    loop {
        let began = clock::now_ms();
        let mut opened = match open(runner).await {
            Ok(opened) => opened,
            Err(NoRelay::Busy) => {
                busy(runner, lane).await;
                continue;
            }
            Err(NoRelay::Away) => None,
        };
        let opened_at = clock::now_ms();
        let fresh = match &mut opened {
            Some(socket) => ask(runner, lane, socket, lost.as_ref()).await,
            None => Fresh::Gone,
        };
        let Some(socket) = opened.filter(|_| matches!(fresh, Fresh::Ready)) else {
            if matches!(fresh, Fresh::Busy) {
                busy(runner, lane).await;
                continue;
            }
            runner.note(What::NotOpened { lane });
            runner.relay_failed();
            clock::sleep_ms(wait_ms(runner, tries)).await;
            tries += 1;
            continue;
        };
        let was_lost = lost.take();
        if is_first || was_lost.is_some() || tries > 0 {
            let since = was_lost.as_ref().map_or(began, |lost| lost.at);
            runner.note(What::Opened {
                lane,
                ms: opened_at - since,
                again: was_lost.is_some(),
            });
        }
        (is_first, tries) = (false, 0);
        lost = idle_interval(runner, lane, socket).await;
    }
}

/// Lanes begin within this, in milliseconds.
const LANE_APART_MS: f64 = 1_000.0;

async fn open(runner: &Runner) -> Result<Option<Socket>, NoRelay> {
    let base = runner.relay().await?;
    let Some(mut socket) = Socket::connect(&socket_url(base)) else {
        return Ok(None);
    };
    let mut event = socket.next(OPEN_MS).await;
    if event.is_none() && answers(base).await {
        event = socket.next(HELD_BACK_MS).await;
    }
    Ok(match event {
        Some(SocketEvent::Open(_)) => Some(socket),
        _ => None,
    })
}

/// Whether a relay answers a request now.
async fn answers(base: &str) -> bool {
    let deadline_ms = f64::from(Probe::Challenge(0).deadline_ms());
    let outcome = clock::timeout(challenge(base), deadline_ms).await;
    matches!(outcome, Some(Outcome::Answered { .. }))
}

/// Longer with each try, and not by all agents at the same moment.
fn wait_ms(runner: &Runner, tries: i32) -> f64 {
    let wait = (AGAIN_MS.0 * 2_f64.powi(tries)).min(AGAIN_MS.1);
    runner.scaled(wait) * (0.75 + 0.5 * random::share())
}

/// Asks where the relay sees us, and how it saw the end of the socket before.
async fn ask(runner: &Runner, lane: Lane, socket: &mut Socket, lost: Option<&Lost>) -> Fresh {
    socket.send(&wire::encode(&ClientMessage::Saw));
    let mut waits_for = 1;
    if let Some(lost) = lost {
        let name = lost.name.clone();
        socket.send(&wire::encode(&ClientMessage::Ended { name }));
        waits_for = 2;
    }
    let until = clock::now_ms() + ANSWER_MS;
    while waits_for > 0 {
        match socket.next(until - clock::now_ms()).await {
            Some(SocketEvent::Text(_, text)) => match wire::decode::<ServerMessage>(&text) {
                Ok(ServerMessage::Saw { report }) => runner.seen_at(&report.address),
                Ok(ServerMessage::Ended { how, .. }) => runner.note(What::RelaySaw { lane, how }),
                _ => continue,
            },
            // "Busy" is said on a socket that was let in.
            Some(SocketEvent::Closed { code, .. }) if code == wire::CLOSE_BUSY => {
                return Fresh::Busy;
            }
            Some(SocketEvent::Closed { .. }) => return Fresh::Gone,
            // No answer: the silence will show what it is worth.
            _ => return Fresh::Ready,
        }
        waits_for -= 1;
    }
    Fresh::Ready
}

/// What is known of the events of one idle interval.
#[derive(Default)]
struct Events {
    seen: Vec<bool>,
    earliest_offset: Option<f64>,
}

impl Events {
    fn take(&mut self, runner: &Runner, at: f64, sequence: u32, due_ms: u32) {
        let sequence = sequence as usize;
        // Sixty gaps at most; a relay that counts further counts wrong.
        if sequence >= EVENTS_MAX {
            return;
        }
        if self.seen.len() <= sequence {
            self.seen.resize(sequence + 1, false);
        }
        if std::mem::replace(&mut self.seen[sequence], true) {
            return runner.note(What::Twice { count: 1 });
        }
        let offset = at - f64::from(due_ms);
        let earliest = self.earliest_offset.get_or_insert(offset);
        let late_ms = offset - *earliest;
        *earliest = earliest.min(offset);
        if late_ms >= LATE_MS {
            runner.note(What::Late { ms: late_ms });
        }
    }

    fn lost(&self, sent: u32) -> u32 {
        let came = self.seen.iter().filter(|came| **came).count();
        sent.saturating_sub(u32::try_from(came).unwrap_or(u32::MAX))
    }
}

/// More events than this no idle interval has.
const EVENTS_MAX: usize = 1_000;

/// Tries one silence. The socket that was lost, if it was.
async fn idle_interval(runner: &Runner, lane: Lane, mut socket: Socket) -> Option<Lost> {
    let quiet = lane.quiet();
    let ms = next_ms(lane, &runner.known(quiet), runner.pace());
    let name = random::token();
    let grace = (GRACE_MS / f64::from(runner.pace())).max(GRACE_LEAST_MS);
    let whole = f64::from(ms);
    let silence = Silence {
        ask: ClientMessage::Watch {
            quiet,
            ms,
            name: name.clone(),
        },
        patience_ms: grace
            + match quiet {
                // An event comes at the latest after a tenth of the whole.
                Quiet::Page => whole / 10.0,
                Quiet::Both | Quiet::Relay => whole,
            },
        note_ms: (quiet == Quiet::Relay).then_some(note_gap_ms),
    };
    let began = clock::now_ms();
    let mut events = Events::default();
    let end = {
        let event = |at, sequence, due_ms| events.take(runner, at, sequence, due_ms);
        keep(&mut socket, &silence, event, || runner.sample_clocks()).await
    };
    let cut = |quiet_ms: f64, still_ms: f64, at: f64, how: Cut| {
        runner.note(What::Cut {
            lane,
            quiet_ms,
            // Where nobody may speak, nobody did.
            still_ms: if quiet == Quiet::Both {
                quiet_ms
            } else {
                still_ms
            },
            how,
        });
        Some(Lost {
            at,
            name: name.clone(),
        })
    };
    match end {
        End::Word { events: sent } => {
            runner.note(What::Survived {
                lane,
                quiet_ms: whole,
            });
            let count = events.lost(sent);
            if count > 0 {
                runner.note(What::Lost { count });
            }
            None
        }
        End::Closed { code, .. } if code == wire::CLOSE_BUSY => {
            busy(runner, lane).await;
            None
        }
        End::Closed { at, code, still_ms } => {
            let how = match code {
                // No close frame: ended or torn, which a browser does not tell (RFC 6455 section 7.1.5).
                0 | 1005 | 1006 | 1015 => Cut::Broken,
                code => Cut::Code(code),
            };
            let lost = cut(at - began, still_ms, at, how);
            // A relay that restarts sends everybody away at once.
            clock::sleep_ms(runner.scaled(REJOIN_MS * random::share())).await;
            lost
        }
        End::Nothing { still_ms } => {
            let now = clock::now_ms();
            let quiet_ms = match quiet {
                Quiet::Page => now - began,
                Quiet::Both | Quiet::Relay => whole,
            };
            cut(quiet_ms, still_ms, now, Cut::Silent)
        }
        End::Refused(why) => {
            drop(socket);
            match why {
                Refusal::Busy => busy(runner, lane).await,
                _ => clock::sleep_ms(runner.scaled(BUSY_MS)).await,
            }
            None
        }
    }
}

/// Whoever was cut comes back within this, in milliseconds.
const REJOIN_MS: f64 = 2_000.0;

async fn busy(runner: &Runner, lane: Lane) {
    runner.note(What::Busy { lane });
    clock::sleep_ms(runner.scaled(BUSY_MS) * (0.75 + 0.5 * random::share())).await;
}

/// A word of ours now and then, at gaps that no timer keeps step with: between a sixtieth and a tenth of the
/// idle interval.
fn note_gap_ms(interval_ms: f64) -> f64 {
    interval_ms * (1.0 / 60.0 + (1.0 / 10.0 - 1.0 / 60.0) * random::share())
}
