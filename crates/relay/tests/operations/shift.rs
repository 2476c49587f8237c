//! Fifty agents behind one address watch for the better part of an hour, in seconds: `cargo xtask bench watch` in
//! small, with the limits that the relay is shipped with.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use futures_util::StreamExt as _;
use reachcheck_watch::{Lane, Tolerance, next_ms};
use reachcheck_wire::{self as wire, ClientMessage, Ending, ServerMessage};
use tokio::time::{sleep_until, timeout};

use super::watching::{ends_as, reset, watch};
use crate::harness::{Client, Relay, SOON, open, say};

const AGENTS: usize = 50;
/// Half an hour is five seconds.
const PACE: u32 = 360;
const LENGTH: Duration = Duration::from_secs(8);

/// Hears one watch to its end, with a word now and then where the lane has them; gives how many events came.
async fn hear_all(client: &mut Client, lane: Lane, ms: u32) -> u32 {
    let mut heard = 0;
    let mut word = tokio::time::interval(Duration::from_millis(u64::from(ms / 16).max(1)));
    word.reset();
    let due = tokio::time::Instant::now() + Duration::from_millis(ms.into()) + SOON;
    loop {
        tokio::select! {
            message = client.next() => {
                let text = message.expect("open").expect("no error").to_string();
                match wire::decode(&text).expect("a message") {
                    ServerMessage::Event { sequence, .. } => {
                        assert_eq!(sequence, heard, "each event, in its order");
                        heard += 1;
                    }
                    ServerMessage::Watched { ms: of, events } => {
                        assert_eq!((of, events), (ms, heard), "none was lost");
                        return heard;
                    }
                    other => panic!("{other:?}"),
                }
            }
            _ = word.tick(), if lane == Lane::Words => say(client, &ClientMessage::Note).await,
            () = sleep_until(due) => panic!("nothing when it was due"),
        }
    }
}

#[tokio::test]
async fn fifty_agents_watch_and_none_is_refused_or_loses_an_event() {
    let relay = Arc::new(Relay::without_tls().start());
    let events = Arc::new(AtomicU32::new(0));
    drop(open(relay.address()).await);
    let (before, began) = (relay.memory(), Instant::now());
    let mut lanes = tokio::task::JoinSet::new();
    for agent in 0..AGENTS {
        for lane in Lane::ALL {
            let (relay, events) = (relay.clone(), events.clone());
            lanes.spawn(async move {
                let mut client = open(relay.address()).await;
                let mut known = Tolerance::default();
                let mut watches = 0;
                while began.elapsed() < LENGTH {
                    let ms = next_ms(lane, &known, PACE);
                    let name = format!("{}-{agent}-{watches}", lane.token());
                    watch(&mut client, lane.quiet(), ms, &name).await;
                    let heard = hear_all(&mut client, lane, ms).await;
                    events.fetch_add(heard, Ordering::Relaxed);
                    known.survived(ms.into());
                    watches += 1;
                }
                (
                    watches,
                    format!("{}-{agent}-{}", lane.token(), watches - 1),
                    client,
                )
            });
        }
    }
    let mut sockets = Vec::new();
    while let Some(lane) = timeout(LENGTH + 2 * SOON, lanes.join_next())
        .await
        .expect("in time")
    {
        sockets.push(lane.expect("each watch is as it should be"));
    }
    let grown = relay.memory().saturating_sub(before);
    // Twice what a socket costs by `bench watch`, and the endings.
    assert!(grown < AGENTS * 4 * 32 * 1024 + 4_000_000, "{grown} bytes");
    let watches: u32 = sockets.iter().map(|(watches, ..)| watches).sum();
    assert!(watches > 4 * 50 * 2, "{watches}");
    assert!(events.load(Ordering::Relaxed) > 50 * 5, "{events:?}");
    let (_, metrics) = relay.admin("/metrics").await;
    assert!(!metrics.contains("limited_total{"), "{metrics}");
    // A firewall is restarted: of each it is known how it ended.
    let mut names = Vec::new();
    for (_, name, client) in sockets {
        reset(client);
        names.push(name);
    }
    for name in names {
        ends_as(&relay, &name, Ending::Reset).await;
    }
}
