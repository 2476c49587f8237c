//! Names and addresses that would lead the relay where it must not go (attacks 2 and 3).

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use reachcheck_wire::Connect;

use super::inside::{Everywhere, Names, is_inside};
use crate::harness::{Relay, Setup};

const SERVICE: &str = "203.0.113.7";
const INSIDE: &str = "10.0.0.1";

fn ip(text: &str) -> IpAddr {
    text.parse().expect("an address")
}

fn setup(hosts: &[&str], port: u16) -> Setup {
    // Stands for the service: a documentation network, which nobody may dial unless it is named.
    let allowed = format!("{SERVICE}/32");
    Relay::with_tls()
        .hosts(hosts, port, port)
        .flags(&["--allow-target", &allowed])
}

#[tokio::test]
async fn a_name_that_changes_between_check_and_use_is_dialled_where_it_was_checked() {
    if !is_inside(a_name_that_changes_between_check_and_use_is_dialled_where_it_was_checked) {
        return;
    }
    let everywhere = Everywhere::listen().await;
    let names =
        Names::serve(|_, before| vec![ip(if before % 2 == 0 { SERVICE } else { INSIDE })]).await;
    let relay = setup(&["flips.example"], everywhere.port)
        .limits(&["dial-fresh-ms=1000", "dial-fresh-failed-ms=1000"])
        .start();
    let mut dials = 0;
    for round in 0..2 {
        let report = relay.dial("here/https").await;
        assert!(
            matches!(report.connect, Connect::Connected { .. }),
            "{round} {report:?}"
        );
        let report = relay.dial("here/tcp").await;
        assert_eq!(report.connect, Connect::Forbidden, "{round}");
        dials += 2;
        assert_eq!(
            names.asked("flips.example"),
            dials,
            "one lookup for each dial"
        );
        // Facts serve for a second here.
        tokio::time::sleep(Duration::from_millis(if round == 0 { 1_100 } else { 0 })).await;
    }
    let dialled = everywhere.dialled();
    assert_eq!(
        dialled.keys().collect::<Vec<_>>(),
        [&ip(SERVICE)],
        "{dialled:?}"
    );
}

#[tokio::test]
async fn one_address_that_may_not_be_dialled_spoils_the_answer() {
    if !is_inside(one_address_that_may_not_be_dialled_spoils_the_answer) {
        return;
    }
    let everywhere = Everywhere::listen().await;
    let _names = Names::serve(|name, _| match name {
        "mixed.example" => vec![ip(SERVICE), ip(INSIDE)],
        "families.example" => vec![ip(SERVICE), ip("::ffff:10.0.0.1")],
        _ => vec![ip(SERVICE)],
    })
    .await;
    let hosts = ["mixed.example", "families.example", "plain.example"];
    let relay = setup(&hosts, everywhere.port).start();
    for id in ["here/https", "here/tcp", "here1/https", "here1/tcp"] {
        assert_eq!(relay.dial(id).await.connect, Connect::Forbidden, "{id}");
    }
    assert_eq!(everywhere.dialled(), BTreeMap::new());
    assert!(
        relay.dial("here2/https").await.is_connected(),
        "or nothing is shown"
    );
}

/// Every way to write an address that is not for the world, as a name server can answer it. In this namespace all
/// of them lead to the test, so a single connection would be counted.
const ODD: [&str; 44] = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::10.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:10.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::10.0.0.1",
    "100::1",
    "2001::1",
    "2001:0:a00:1::f5ff:fffe",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:a00:1::1",
    "2002:a9fe:a9fe::1",
    "3fff::1",
    "fc00::1",
    "fd00::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
];

#[tokio::test]
async fn odd_forms_of_addresses_and_our_own_are_never_dialled() {
    if !is_inside(odd_forms_of_addresses_and_our_own_are_never_dialled) {
        return;
    }
    let everywhere = Everywhere::listen().await;
    // Global, and this machine's own: here every address is.
    let own = ["8.8.8.8", "2606:4700::1111"];
    let all: Vec<&str> = ODD.into_iter().chain(own).collect();
    let answers = all.clone();
    let _names = Names::serve(move |name, _| {
        let number = name
            .strip_prefix('n')
            .and_then(|name| name.split('.').next()?.parse::<usize>().ok());
        number
            .map(|number| vec![ip(answers[number])])
            .unwrap_or_default()
    })
    .await;
    for (start, some) in all.chunks(10).enumerate() {
        let hosts: Vec<String> = (0..some.len())
            .map(|index| format!("n{}.example", start * 10 + index))
            .collect();
        let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
        let relay = setup(&hosts, everywhere.port).start();
        for (index, address) in some.iter().enumerate() {
            let region = if index == 0 {
                "here".to_owned()
            } else {
                format!("here{index}")
            };
            for kind in ["https", "tcp"] {
                let connect = relay.dial(&format!("{region}/{kind}")).await.connect;
                assert_eq!(connect, Connect::Forbidden, "{address}");
            }
        }
    }
    assert_eq!(everywhere.dialled(), BTreeMap::new());
}
