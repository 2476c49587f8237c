//! Watched sockets: each pattern says what it must and nothing else, and every end is remembered as it was.

use std::time::Duration;

use futures_util::StreamExt as _;
use reachcheck_wire::{self as wire, ClientMessage, Ending, Quiet, Refusal, ServerMessage};
use tokio::time::timeout;

use crate::harness::{Client, Relay, close_code, hear, open, say, until};

pub async fn watch(client: &mut Client, quiet: Quiet, ms: u32, name: &str) {
    let name = name.to_owned();
    say(client, &ClientMessage::Watch { quiet, ms, name }).await;
}

async fn ending(relay: &Relay, name: &str) -> Ending {
    let mut client = open(relay.address()).await;
    let asked = name.to_owned();
    say(&mut client, &ClientMessage::Ended { name: asked }).await;
    match hear(&mut client).await {
        ServerMessage::Ended { how, name: of, .. } if of == name => how,
        other => panic!("{other:?}"),
    }
}

/// Ends a connection by RST.
pub fn reset(client: Client) {
    socket2::SockRef::from(client.get_ref())
        .set_linger(Some(Duration::ZERO))
        .expect("set");
}

/// Waits until the relay has noticed.
pub async fn ends_as(relay: &Relay, name: &str, expected: Ending) {
    let is_so = async || (ending(relay, name).await == expected).then_some(());
    until(&format!("{expected:?} of {name}"), is_so).await;
}

#[tokio::test]
async fn both_quiet_is_one_word_at_the_end() {
    let relay = Relay::without_tls().start();
    let mut client = open(relay.address()).await;
    watch(&mut client, Quiet::Both, 2_000, "both-quiet").await;
    ends_as(&relay, "both-quiet", Ending::Open).await;
    let early = timeout(Duration::from_millis(400), client.next()).await;
    assert!(early.is_err(), "{early:?}");
    let watched = ServerMessage::Watched {
        ms: 2_000,
        events: 0,
    };
    assert_eq!(hear(&mut client).await, watched);
    // And again on the same socket.
    watch(&mut client, Quiet::Both, 1, "both-again").await;
    assert_eq!(
        hear(&mut client).await,
        ServerMessage::Watched { ms: 1, events: 0 }
    );
}

#[tokio::test]
async fn with_the_page_quiet_events_come_at_random_and_all_are_counted() {
    let relay = Relay::without_tls().start();
    let mut client = open(relay.address()).await;
    watch(&mut client, Quiet::Page, 2_000, "page-quiet").await;
    let mut due = Vec::new();
    let sent = loop {
        match hear(&mut client).await {
            ServerMessage::Event { sequence, due_ms } => {
                assert_eq!(usize::try_from(sequence), Ok(due.len()));
                due.push(due_ms);
            }
            ServerMessage::Watched { events, .. } => break events,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(usize::try_from(sent), Ok(due.len()));
    // One every 33 to 200 ms.
    assert!((5..=70).contains(&due.len()), "{due:?}");
    let gaps: std::collections::BTreeSet<u32> =
        due.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(gaps.len() > 2, "{due:?}");
}

#[tokio::test]
async fn with_the_relay_quiet_words_of_the_page_stay_unanswered() {
    let relay = Relay::without_tls().start();
    let mut client = open(relay.address()).await;
    watch(&mut client, Quiet::Relay, 600, "relay-quiet").await;
    for _ in 0..5 {
        say(&mut client, &ClientMessage::Note).await;
    }
    let watched = ServerMessage::Watched { ms: 600, events: 0 };
    assert_eq!(hear(&mut client).await, watched);
    assert_eq!(ending(&relay, "nobody-watched").await, Ending::NotKnown);
}

#[tokio::test]
async fn every_end_is_remembered_as_it_was() {
    let relay = Relay::without_tls().start();
    let begin = |name: &'static str| {
        let address = relay.address();
        async move {
            let mut client = open(address).await;
            watch(&mut client, Quiet::Both, 60_000, name).await;
            client
        }
    };
    let mut closed = begin("in-order").await;
    closed.close(None).await.expect("closed");
    ends_as(&relay, "in-order", Ending::Closed).await;

    let finished = begin("only-tcp").await;
    ends_as(&relay, "only-tcp", Ending::Open).await;
    drop(finished);
    ends_as(&relay, "only-tcp", Ending::Finished).await;

    let by_reset = begin("by-reset").await;
    ends_as(&relay, "by-reset", Ending::Open).await;
    reset(by_reset);
    ends_as(&relay, "by-reset", Ending::Reset).await;

    let mut speaks = begin("who-speaks").await;
    say(&mut speaks, &ClientMessage::Note).await;
    let refused = ServerMessage::Refused {
        why: Refusal::Budget,
        endpoint: None,
    };
    assert_eq!(hear(&mut speaks).await, refused);
    ends_as(&relay, "who-speaks", Ending::ByRelay).await;
}

#[tokio::test]
async fn what_may_not_be_watched_is_refused_and_without_room_it_is_busy() {
    let relay = Relay::without_tls().limits(&["holds=1"]).start();
    let refused = |why| ServerMessage::Refused {
        why,
        endpoint: None,
    };
    let mut client = open(relay.address()).await;
    for (ms, name) in [
        (0, "long-enough"),
        (wire::WATCH_MAX_MS + 1, "long-enough"),
        (5, "short"),
    ] {
        watch(&mut client, Quiet::Both, ms, name).await;
        assert_eq!(
            hear(&mut client).await,
            refused(Refusal::Budget),
            "{ms} {name}"
        );
    }
    let mut first = open(relay.address()).await;
    watch(&mut first, Quiet::Both, 60_000, "has-the-room").await;
    ends_as(&relay, "has-the-room", Ending::Open).await;
    watch(&mut client, Quiet::Both, 100, "has-no-room").await;
    assert_eq!(hear(&mut client).await, refused(Refusal::Busy));
}

#[tokio::test]
async fn an_end_that_comes_after_the_watch_is_remembered_too() {
    let relay = Relay::without_tls().start();
    let watched = async |name: &str| {
        let mut client = open(relay.address()).await;
        watch(&mut client, Quiet::Both, 1, name).await;
        let over = ServerMessage::Watched { ms: 1, events: 0 };
        assert_eq!(hear(&mut client).await, over);
        ends_as(&relay, name, Ending::Open).await;
        client
    };
    reset(watched("reset-later").await);
    ends_as(&relay, "reset-later", Ending::Reset).await;
    let mut closed = watched("closed-later").await;
    closed.close(None).await.expect("closed");
    ends_as(&relay, "closed-later", Ending::Closed).await;
    // One name that was cut short is not taken for the next.
    let mut spoke = open(relay.address()).await;
    watch(&mut spoke, Quiet::Both, 60_000, "who-spoke").await;
    say(&mut spoke, &ClientMessage::Note).await;
    hear(&mut spoke).await;
    reset(spoke);
    reset(watched("reset-after").await);
    ends_as(&relay, "reset-after", Ending::Reset).await;
    assert_eq!(ending(&relay, "who-spoke").await, Ending::ByRelay);
}

#[tokio::test]
async fn an_event_into_a_reset_connection_is_no_timeout() {
    let relay = Relay::without_tls().start();
    // Events every 3 to 20 ms: some are on their way when the reset comes.
    for number in 0..40 {
        let name = format!("in-the-middle-{number}");
        let mut client = open(relay.address()).await;
        watch(&mut client, Quiet::Page, 200, &name).await;
        hear(&mut client).await;
        reset(client);
        ends_as(&relay, &name, Ending::Reset).await;
    }
}

#[tokio::test]
async fn watches_that_go_to_their_end_use_up_no_budget_and_others_do() {
    let relay = Relay::without_tls().limits(&["socket-messages=4"]).start();
    let mut client = open(relay.address()).await;
    for number in 0..8 {
        let name = format!("watch-number-{number}");
        watch(&mut client, Quiet::Relay, 250, &name).await;
        say(&mut client, &ClientMessage::Note).await;
        let over = ServerMessage::Watched { ms: 250, events: 0 };
        assert_eq!(hear(&mut client).await, over, "{number}");
    }
    let refused = ServerMessage::Refused {
        why: Refusal::Budget,
        endpoint: None,
    };
    for _ in 0..4 {
        watch(&mut client, Quiet::Both, 0, "no-such-watch").await;
        assert_eq!(hear(&mut client).await, refused);
    }
    watch(&mut client, Quiet::Both, 0, "no-such-watch").await;
    assert_eq!(close_code(&mut client).await, Some(wire::CLOSE_PROTOCOL));
}
