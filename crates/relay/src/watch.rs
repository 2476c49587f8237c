//! A socket that is watched for what a quiet connection meets on its way: firewalls and proxies that forget it. The relay
//! says what the pattern wants and not one byte more, and remembers how it ended.

use std::net::IpAddr;
use std::time::Duration;

use futures_util::StreamExt as _;
use reachcheck_wire::{self as wire, ClientMessage, Ending, Quiet, Refusal, ServerMessage};
use tokio::time::{Instant, sleep_until};
use tokio_tungstenite::tungstenite::Message;

use crate::metrics::Limit;
use crate::state::State;
use crate::websocket::{Bounds, Stream, how, send};

/// Events come at random after this share of the watch, …
const GAP_MIN: u32 = 60;
/// … and before this one.
const GAP_MAX: u32 = 10;

/// What is to be watched.
pub struct Wanted {
    pub quiet: Quiet,
    /// Milliseconds.
    pub ms: u32,
    pub name: String,
}

/// What became of a watch whose socket is still there.
pub enum Watched {
    /// It is over; how its socket will end is still to be seen.
    Over,
    /// It did not begin, or the client broke its silence.
    Refused,
}

/// Watches until it is over. `count` says whether the client may say one more word.
///
/// # Errors
/// How the socket ended, if it did.
pub async fn watch(
    stream: &mut Stream,
    bounds: &Bounds,
    state: &State,
    address: IpAddr,
    wanted: &Wanted,
    mut count: impl FnMut() -> bool,
) -> Result<Watched, Ending> {
    let refused = |why| {
        let message = ServerMessage::Refused {
            why,
            endpoint: None,
        };
        Message::text(wire::encode(&message))
    };
    let is_valid = wire::is_nonce(&wanted.name) && (1..=wire::WATCH_MAX_MS).contains(&wanted.ms);
    if !is_valid {
        send(stream, bounds, refused(Refusal::Budget)).await?;
        return Ok(Watched::Refused);
    }
    let Some(_place) = state.try_hold(address, &bounds.limits) else {
        bounds.metrics.limited(Limit::Holds);
        send(stream, bounds, refused(Refusal::Busy)).await?;
        return Ok(Watched::Refused);
    };
    state.endings.note(&wanted.name, address, Ending::Open);
    let end = Instant::now() + Duration::from_millis(wanted.ms.into());
    let mut events = 0;
    loop {
        let next = match wanted.quiet {
            Quiet::Page => end.min(Instant::now() + gap(wanted.ms)),
            Quiet::Both | Quiet::Relay => end,
        };
        tokio::select! {
            () = sleep_until(next) => {
                let is_over = next == end;
                let message = if is_over {
                    ServerMessage::Watched { ms: wanted.ms, events }
                } else {
                    events += 1;
                    ServerMessage::Event { sequence: events - 1, due_ms: elapsed_ms(wanted, end) }
                };
                send(stream, bounds, Message::text(wire::encode(&message))).await?;
                if is_over {
                    return Ok(Watched::Over);
                }
            }
            incoming = stream.next() => match incoming {
                Some(Ok(Message::Text(text))) if wanted.quiet == Quiet::Relay && count() => {
                    if wire::decode(text.as_str()) != Ok(ClientMessage::Note) {
                        break;
                    }
                }
                // Whoever speaks has ended the silence.
                Some(Ok(Message::Text(_) | Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {
                    break;
                }
                Some(Ok(Message::Close(_))) => return Err(Ending::Closed),
                Some(Err(error)) => return Err(how(&error)),
                None => return Err(Ending::Finished),
            },
        }
    }
    state.endings.note(&wanted.name, address, Ending::ByRelay);
    send(stream, bounds, refused(Refusal::Budget)).await?;
    Ok(Watched::Refused)
}

/// Milliseconds since the watch began.
fn elapsed_ms(wanted: &Wanted, end: Instant) -> u32 {
    let left = end.saturating_duration_since(Instant::now()).as_millis();
    wanted
        .ms
        .saturating_sub(u32::try_from(left).unwrap_or(u32::MAX))
}

/// How long until the next event: of no length that a timer could keep step with, and never none.
fn gap(ms: u32) -> Duration {
    let (least, most) = (f64::from(ms / GAP_MIN), f64::from(ms / GAP_MAX));
    let at_random = f64::from(rand::random::<u16>()) / f64::from(u16::MAX);
    Duration::from_secs_f64((least + (most - least) * at_random).max(1.0) / 1000.0)
}
