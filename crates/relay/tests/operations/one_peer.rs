//! Something before the relay that makes all connections anew: everybody is one address, and nothing but the log says so.

use super::super::attacks::inside::loopback;
use crate::harness::{Relay, Setup, get_over};

const SAID: &str = "all connections come from one private address";
const CHALLENGE: &str = "/relay/v1/challenge?nonce=abcdefgh12345678";

/// For the world, as a container's relay is that hears its own proxy on loopback.
fn outside() -> Setup {
    Relay::without_tls().flags(&["--outside"])
}

async fn come(relay: &Relay, addresses: &[u8], count: usize) {
    for number in 0..count {
        let own = loopback(addresses[number % addresses.len()]);
        let stream = relay.plain_from(own).await.expect("a connection");
        get_over(stream, CHALLENGE, "").await;
    }
}

#[tokio::test]
async fn a_hundred_connections_of_one_private_address_are_told_once() {
    let relay = outside().start();
    come(&relay, &[1], 99).await;
    assert!(!relay.log().contains(SAID));
    come(&relay, &[1], 101).await;
    relay.says(SAID).await;
    assert_eq!(relay.log().matches(SAID).count(), 1);
    assert!(!relay.log().contains("127.0.1.1"), "no address is written");
}

#[tokio::test]
async fn a_limit_that_is_met_by_the_only_address_is_told() {
    let relay = outside().limits(&["address-connections=2"]).start();
    let mut silent = Vec::new();
    for _ in 0..6 {
        silent.push(relay.plain_from(loopback(1)).await.expect("a connection"));
    }
    relay.says(SAID).await;
}

#[tokio::test]
async fn two_addresses_a_balancers_word_or_this_computer_alone_are_as_they_should_be() {
    for (setup, addresses) in [
        (outside(), &[1, 2][..]),
        (outside().flags(&["--proxy-from", "127.0.0.0/24"]), &[1]),
        (Relay::without_tls(), &[1]),
    ] {
        let relay = setup.start();
        come(&relay, addresses, 150).await;
        assert!(!relay.log().contains(SAID), "{}", relay.log());
    }
}
