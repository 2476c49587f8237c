//! Any number of relays behind one name: two behind HAProxy, runs over both, one killed in the middle.

use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};

use reachcheck_wire::{self as wire, ControlsReport, DialReport};

use crate::harness::{ALLOW, ORIGIN, Relay, get, open, ping, until};

/// HAProxy in front of both, by turns, with PROXY protocol, at a port of its own.
struct Balancer {
    child: Child,
    address: SocketAddr,
    _folder: tempfile::TempDir,
}

impl Drop for Balancer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Balancer {
    async fn before(relays: &[Relay]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = free.local_addr().expect("an address");
        drop(free);
        let mut text = format!(
            "defaults\n mode tcp\n timeout connect 2s\n timeout client 60s\n timeout server 60s\n retries 2\n \
             option redispatch 1\nfrontend all\n bind {address}\n default_backend relays\nbackend relays\n \
             balance roundrobin\n"
        );
        for (index, relay) in relays.iter().enumerate() {
            let to = relay.address();
            text.push_str(&format!(
                " server relay{index} {to} send-proxy-v2 check-send-proxy check inter 200ms fall 1 rise 1\n"
            ));
        }
        let file = folder.path().join("haproxy.cfg");
        std::fs::write(&file, text).expect("written");
        let child = Command::new("haproxy")
            .arg("-f")
            .arg(&file)
            .stderr(Stdio::null())
            .spawn()
            .expect("haproxy: apt-get install haproxy");
        let balancer = Self {
            child,
            address,
            _folder: folder,
        };
        until("balancer", async || balancer.challenge().await).await;
        balancer
    }

    async fn challenge(&self) -> Option<String> {
        let path = "/relay/v1/challenge?nonce=abcdefgh12345678";
        let answer = get(self.address, path, "").await?;
        (answer.status == 200).then_some(answer.body)
    }

    async fn ask<T: serde::de::DeserializeOwned>(&self, path: &str) -> Option<T> {
        let answer = get(self.address, path, &format!("Origin: {ORIGIN}\r\n")).await?;
        (answer.status == 200).then(|| wire::decode(&answer.body).ok())?
    }

    /// What a run asks for over HTTPS, each on a connection of its own.
    async fn run(&self) -> Option<(ControlsReport, DialReport)> {
        self.challenge().await?;
        let controls = self.ask("/relay/v1/controls").await?;
        let dial = self.ask("/relay/v1/dial?endpoint=here/https").await?;
        Some((controls, dial))
    }
}

async fn accepted(relay: &Relay) -> u64 {
    let (_, text) = relay.admin("/metrics").await;
    let count = |line: &str| {
        let count = line.strip_prefix("reachcheck_relay_accepted_total{spoke=\"Http\"} ")?;
        count.parse().ok()
    };
    text.lines().find_map(count).unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn runs_spread_over_two_relays_go_on_when_one_is_killed() {
    // Nothing listens there; that is an answer too, and the same from both.
    let setup = Relay::without_tls()
        .flags(&["--proxy-from", "127.0.0.0/8", "--control", "localhost:1"])
        .flags(&ALLOW);
    let mut relays = [setup.start(), setup.start()];
    let balancer = Balancer::before(&relays).await;
    let first = balancer.run().await.expect("a run over both");
    for _ in 0..4 {
        let again = balancer.run().await.expect("a run over both");
        assert_eq!(again.0, first.0);
        assert_eq!(again.1.endpoint, first.1.endpoint);
        assert_eq!(
            std::mem::discriminant(&again.1.connect),
            std::mem::discriminant(&first.1.connect)
        );
    }
    for relay in &relays {
        assert!(accepted(relay).await >= 4, "both had work");
    }

    let mut sockets = [open(balancer.address).await, open(balancer.address).await];
    for socket in &mut sockets {
        ping(socket, 1).await;
    }
    // In the middle of a run: the challenge was answered, the rest is asked of whoever is left.
    assert!(balancer.challenge().await.is_some());
    relays[0].kill();
    let after = until("run on the relay that is left", async || {
        balancer.run().await
    })
    .await;
    assert_eq!(after.0, first.0);
    let mut again = open(balancer.address).await;
    ping(&mut again, 2).await;
    // The socket of the relay that lives was not touched.
    let mut alive = 0;
    for socket in &mut sockets {
        use futures_util::{SinkExt as _, StreamExt as _};
        let message = wire::encode(&wire::ClientMessage::Ping { number: 3 });
        let sent = socket
            .send(tokio_tungstenite::tungstenite::Message::text(message))
            .await;
        let heard = socket.next().await;
        alive +=
            usize::from(sent.is_ok() && matches!(heard, Some(Ok(message)) if message.is_text()));
    }
    assert_eq!(alive, 1);
}
