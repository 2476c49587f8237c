//! The cells themselves: for each condition a healthy world and every class of failure, TCP endpoints speaking something
//! else from cell to cell; and a few under two conditions.

use super::Cell;
use super::changes;
use super::speech::Speech::{self, *};

/// Nothing is broken.
const WELL: &str = "all-well";
const REFUSED_TCP: &str = "tcp-refused-nearby";
const REFUSED_HTTPS: &str = "https-refused-nearby";
const FAR_TCP: &str = "tcp-refused-far";
const FAR_HTTPS: &str = "https-refused-far";
/// Dropped, and cut at the other kind of endpoint.
const DROPPED_TCP: &str = "tcp-dropped-and-https-cut";
/// Cut, and dropped at the other kind of endpoint.
const CUT_TCP: &str = "https-dropped-and-tcp-cut";
/// A certificate, and a name at the other kind of endpoint.
const UNTRUSTED_TCP: &str = "tcp-untrusted-and-https-unnamed";
/// A name, and a certificate at the other kind of endpoint.
const UNNAMED_TCP: &str = "https-untrusted-and-tcp-unnamed";
/// A proxy connects for everybody alike, so what it must not reach is broken for everybody.
const FAR_FOR_ALL: &str = "tcp-refused-for-everybody";
const CUT_FOR_ALL: &str = "https-cut-and-tcp-dropped-for-everybody";
const CERT_FOR_ALL: &str = "https-untrusted-for-everybody-and-tcp-unnamed";

/// The cells that are part of every test run, one condition each.
const ALWAYS: [(&str, &str); 10] = [
    (REFUSED_TCP, "regions-apart"),
    (REFUSED_HTTPS, "relay-far"),
    (WELL, "no-keep-alive"),
    (REFUSED_HTTPS, "vpn-for-service"),
    (WELL, "regions-lossy"),
    (UNNAMED_TCP, "tls-1-2"),
    (WELL, "loss-1"),
    (REFUSED_HTTPS, "http-2"),
    (WELL, "several-addresses"),
    (WELL, "windows"),
];

/// A world, and what its TCP endpoints speak.
type Place = (&'static str, Speech);

/// One condition and its five cells: nothing broken, refused near, refused far, dropped and cut, certificate and name.
type Row = (&'static str, [Place; 5]);

/// Every cell.
#[must_use]
pub fn all() -> Vec<Cell> {
    let single = rows().into_iter().flat_map(|(condition, places)| {
        let cell = move |(world, speaks)| Cell::new(world, speaks, &[condition]);
        places.map(cell)
    });
    let mut cells: Vec<Cell> = single.chain(others()).collect();
    for cell in &mut cells {
        cell.changes = changes::of(cell);
        let is_it = |(world, condition): &(&str, &str)| {
            cell.world == *world && cell.conditions == [*condition]
        };
        cell.always = ALWAYS.iter().any(is_it);
    }
    cells
}

/// Conditions that make each other worse, and one that another one stands for elsewhere.
fn others() -> Vec<Cell> {
    vec![
        Cell::new(WELL, PlainCloses, &["pac-endpoints-by-far-proxy"]),
        Cell::new(WELL, TlsAnswers, &["no-keep-alive", "round-trip-600"]),
        Cell::new(REFUSED_TCP, PlainCloses, &["windows", "several-addresses"]),
        Cell::new(REFUSED_TCP, PlainCloses, &["windows", "vpn-for-service"]),
        Cell::new(FAR_TCP, PlainCloses, &["relay-far", "vpn-for-service"]),
    ]
}

#[rustfmt::skip]
fn rows() -> Vec<Row> {
    vec![
        ("regions-apart", [
            (WELL, PlainCloses), (REFUSED_TCP, TlsAnswers), (FAR_TCP, TlsAnswers), (DROPPED_TCP, TlsAnswers), (UNNAMED_TCP, TlsAnswers),
        ]),
        ("relay-far", [
            (WELL, TlsAnswers), (REFUSED_HTTPS, TlsAnswers), (FAR_TCP, PlainCloses), (CUT_TCP, TlsAnswers), (UNTRUSTED_TCP, TlsAnswers),
        ]),
        ("relay-lossy", [
            (WELL, TlsCloses), (REFUSED_TCP, PlainCloses), (FAR_HTTPS, TlsAnswers), (DROPPED_TCP, PlainCloses), (UNNAMED_TCP, PlainCloses),
        ]),
        ("vpn-but-for-service", [
            (WELL, PlainAnswers), (REFUSED_TCP, TlsCloses), (FAR_TCP, TlsCloses), (CUT_TCP, PlainCloses), (UNTRUSTED_TCP, PlainCloses),
        ]),
        ("vpn-for-service", [
            (WELL, PlainCloses), (REFUSED_HTTPS, TlsAnswers), (FAR_TCP, PlainAnswers), (DROPPED_TCP, TlsCloses), (UNNAMED_TCP, TlsCloses),
        ]),
        ("regions-lossy", [
            (WELL, TlsAnswers), (REFUSED_TCP, PlainAnswers), (FAR_HTTPS, TlsAnswers), (CUT_TCP, TlsCloses), (UNTRUSTED_TCP, TlsCloses),
        ]),
        ("loss-1", [
            (WELL, TlsAnswers), (REFUSED_TCP, OwnAuthority), (FAR_TCP, OwnAuthority), (DROPPED_TCP, PlainAnswers), (UNNAMED_TCP, PlainAnswers),
        ]),
        ("loss-5", [
            (WELL, PlainCloses), (REFUSED_HTTPS, TlsAnswers), (FAR_TCP, PlainResets), (CUT_TCP, PlainAnswers), (UNTRUSTED_TCP, PlainAnswers),
        ]),
        ("tls-1-2", [
            (WELL, TlsCloses), (REFUSED_TCP, PlainResets), (FAR_HTTPS, TlsAnswers), (DROPPED_TCP, OwnAuthority), (UNNAMED_TCP, OwnAuthority),
        ]),
        ("no-keep-alive", [
            (WELL, TlsAnswers), (REFUSED_TCP, Alerts), (FAR_TCP, Alerts), (CUT_TCP, OwnAuthority), (UNTRUSTED_TCP, OwnAuthority),
        ]),
        ("http-2", [
            (WELL, PlainCloses), (REFUSED_HTTPS, TlsAnswers), (FAR_TCP, Greets), (DROPPED_TCP, PlainResets), (UNNAMED_TCP, PlainResets),
        ]),
        ("several-addresses", [
            (WELL, TlsAnswers), (REFUSED_TCP, Greets), (FAR_HTTPS, TlsAnswers), (CUT_TCP, PlainResets), (UNTRUSTED_TCP, PlainResets),
        ]),
        ("windows", [
            (WELL, TlsCloses), (REFUSED_TCP, TlsSilent), (FAR_TCP, TlsSilent), (DROPPED_TCP, Alerts), (UNNAMED_TCP, Alerts),
        ]),
        ("macos", [
            (WELL, Greets), (REFUSED_HTTPS, TlsAnswers), (FAR_TCP, PlainWaits), (CUT_TCP, Alerts), (UNTRUSTED_TCP, Alerts),
        ]),
        ("negative-names-kept", [
            (WELL, PlainResets), (REFUSED_TCP, PlainWaits), (FAR_HTTPS, TlsAnswers), (DROPPED_TCP, Greets), (UNNAMED_TCP, Greets),
        ]),
        ("pac-endpoints-by-proxy", [
            (WELL, PlainCloses), (REFUSED_TCP, TlsAnswers), (FAR_FOR_ALL, TlsAnswers), (CUT_FOR_ALL, TlsAnswers), (CERT_FOR_ALL, TlsAnswers),
        ]),
        ("pac-relay-by-proxy", [
            (WELL, OwnAuthority), (REFUSED_HTTPS, TlsAnswers), (FAR_TCP, TlsAnswers), (DROPPED_TCP, TlsSilent), (UNNAMED_TCP, TlsSilent),
        ]),
        ("round-trip-20", [
            (WELL, TlsSilent), (REFUSED_TCP, TlsAnswers), (FAR_HTTPS, TlsAnswers), (CUT_TCP, Greets), (UNTRUSTED_TCP, Greets),
        ]),
        ("round-trip-200", [
            (WELL, Alerts), (REFUSED_TCP, PlainCloses), (FAR_TCP, PlainCloses), (DROPPED_TCP, PlainWaits), (UNNAMED_TCP, PlainWaits),
        ]),
        ("round-trip-600", [
            (WELL, TlsCloses), (REFUSED_HTTPS, TlsAnswers), (FAR_TCP, TlsCloses), (CUT_TCP, TlsSilent), (UNTRUSTED_TCP, TlsSilent),
        ]),
        ("network-process-stalls", [
            (WELL, TlsAnswers), (REFUSED_TCP, TlsCloses), (FAR_HTTPS, TlsAnswers), (DROPPED_TCP, TlsAnswers), (UNNAMED_TCP, TlsAnswers),
        ]),
        ("parent-stalls", [
            (WELL, PlainCloses), (REFUSED_TCP, PlainAnswers), (FAR_TCP, PlainAnswers), (CUT_TCP, PlainWaits), (UNTRUSTED_TCP, PlainWaits),
        ]),
        ("renderer-stalls", [
            (WELL, PlainAnswers), (REFUSED_HTTPS, TlsAnswers), (FAR_TCP, OwnAuthority), (DROPPED_TCP, PlainCloses), (UNNAMED_TCP, PlainCloses),
        ]),
        ("page-has-long-tasks", [
            (WELL, TlsAnswers), (REFUSED_TCP, OwnAuthority), (FAR_HTTPS, TlsAnswers), (CUT_TCP, TlsAnswers), (UNTRUSTED_TCP, TlsAnswers),
        ]),
        ("second-visit", [
            (WELL, PlainCloses), (REFUSED_TCP, PlainResets), (FAR_TCP, PlainResets), (DROPPED_TCP, TlsCloses), (UNNAMED_TCP, TlsCloses),
        ]),
        ("run-again", [
            (WELL, PlainWaits), (REFUSED_HTTPS, TlsAnswers), (FAR_TCP, Alerts), (CUT_TCP, PlainCloses), (UNTRUSTED_TCP, PlainCloses),
        ]),
        ("ipv6", [
            (WELL, OwnAuthority), (REFUSED_TCP, Alerts), (FAR_HTTPS, TlsAnswers), (DROPPED_TCP, PlainAnswers), (UNNAMED_TCP, PlainAnswers),
        ]),
        ("happy-eyeballs-3", [
            (WELL, PlainCloses), (REFUSED_TCP, Greets), (FAR_TCP, Greets), (CUT_TCP, TlsCloses), (UNTRUSTED_TCP, TlsCloses),
        ]),
        ("quic", [
            (WELL, PlainCloses), (REFUSED_HTTPS, TlsAnswers), (FAR_TCP, TlsSilent), (DROPPED_TCP, OwnAuthority), (UNNAMED_TCP, OwnAuthority),
        ]),
    ]
}
