//! Rows about hosts: the manners of those that go wrong, and what they all are like.

use std::time::Duration;

use nix::errno::Errno;
use reachcheck_model::catalogue::Kind;

use super::endpoints::neighbours;
use super::places::{SMALL, elsewhere, hello, request, tls, to, well, well_elsewhere};
use super::procedures;
use super::row::{Action, Answer, Row, Sees, When};
use super::site::SLACK;
use crate::addresses::{self, EndpointAddress};
use crate::authority::Flaw;
use crate::namespaces::Namespace;
use crate::servers::manner::Manner;
use crate::servers::{Dialect, Hosts, Odd};

/// A WebSocket's request (RFC 6455 section 1.3).
const UPGRADE: &str = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

/// What is not usual about the hosts.
pub fn hosts(hosts: &Hosts) -> Vec<Row> {
    let mut rows: Vec<Row> = hosts
        .odd
        .iter()
        .flat_map(|it| odd(it, &hosts.odd))
        .collect();
    for region in &hosts.off {
        let elsewhere = elsewhere(region, Kind::Https).region;
        for kind in [Kind::Https, Kind::Tcp] {
            // For everybody.
            let place = addresses::place(region, kind);
            let closed = || to(&place).sees(Sees::Fails(Errno::ECONNREFUSED));
            rows.push(closed().far());
            rows.push(closed().near().seen_from(Namespace::Relay));
            rows.push(well(&addresses::place(&elsewhere, kind)));
        }
    }
    for (region, ms) in &hosts.slow {
        rows.push(slow(&addresses::place(region, Kind::Https), *ms));
        rows.extend(neighbours(region, Kind::Https));
    }
    if hosts.dialect != Dialect::default() {
        rows.push(dialect(
            hosts.dialect,
            &addresses::place("toronto", Kind::Tcp),
        ));
        rows.push(well(&addresses::place("toronto", Kind::Https)));
    }
    if hosts.clock_ahead_s > 0 {
        let page = Row::to((addresses::PAGE, 443)).tls(addresses::PAGE_NAME);
        rows.push(page.gets("/app/", Answer::status(200).ahead(hosts.clock_ahead_s)));
        rows.extend(well_elsewhere());
    }
    rows
}

/// A TCP endpoint's dialect; HTTPS endpoints have none.
fn dialect(dialect: Dialect, place: &EndpointAddress) -> Row {
    let says = |sees| to(place).says(hello(SMALL), sees).far();
    match dialect {
        Dialect::TlsHttp => well(place),
        Dialect::TlsCloses => after_tls(place, Sees::Closed),
        Dialect::PlainCloses => says(Sees::Closed),
        Dialect::PlainAnswers => says(Sees::Says(b"ERR unknown greeting\r\n".into())),
        Dialect::PlainWaits => says(Sees::Silence),
    }
}

/// A host goes wrong in the way that its manner's name says, for whom it should; to others it may have a manner, too.
fn odd(odd: &Odd, all: &[Odd]) -> Vec<Row> {
    let kind = if odd.is_https { Kind::Https } else { Kind::Tcp };
    let place = addresses::place(&odd.region, kind);
    let is_here = |other: &&Odd| other.region == odd.region && other.is_https == odd.is_https;
    let for_others = all.iter().filter(is_here).find(|it| !it.for_agent_alone);
    let for_agent = all.iter().filter(is_here).find(|it| it.for_agent_alone);
    if !odd.for_agent_alone && for_agent.is_some() {
        // Shown by the other one.
        return Vec::new();
    }
    let others = for_others.map_or_else(
        || vec![well(&place)],
        |other| manner(&other.manner, &place, When::Any),
    );
    let others = others
        .into_iter()
        .map(|row| row.seen_from(Namespace::Relay));
    let mut rows = manner(&odd.manner, &place, When::Far);
    rows.extend(others);
    rows.extend(neighbours(&odd.region, kind));
    rows
}

/// What a manner looks like across the path or beside the host.
fn manner(manner: &Manner, place: &EndpointAddress, when: When) -> Vec<Row> {
    let anything = |status| tls(place).gets("/anything", Answer::status(status));
    // Nobody nearer may say it.
    let on_hello = |sees| to(place).says(hello(SMALL), sees).at(when);
    let at_once = |sees| to(place).hears(sees);
    match manner {
        Manner::Status(code) => vec![anything(*code)],
        Manner::Redirect(to) => {
            let answer = Answer::status(302).head(format!("\r\nLocation: {to}\r\n"));
            vec![tls(place).gets("/anything", answer)]
        }
        Manner::Slow(ms) => vec![slow(place, *ms)],
        Manner::Stalls(after) => {
            let begins = after_tls(place, Sees::Holds("Content-Length: 30000".to_owned()));
            // What came with the head would break the silence.
            let is_silent = *after == 0;
            vec![if is_silent {
                begins.hears(Sees::Silence)
            } else {
                begins
            }]
        }
        Manner::Upgrade(code) => vec![
            well(place),
            tls(place).gets_with("/", UPGRADE, Answer::status(*code)),
        ],
        Manner::Certificate(flaw) => certificate(*flaw, place),
        Manner::Alert(number) => {
            vec![on_hello(Sees::Says([21, 3, 3, 0, 2, 2, *number].into()))]
        }
        Manner::PlainHttp => {
            let sees = Sees::Begins(b"HTTP/1.1 400 ".into());
            vec![to(place).says(hello(SMALL), sees)]
        }
        Manner::Banner => {
            let greets = at_once(Sees::Begins(b"220 ".into()));
            vec![greets.says(hello(SMALL), Sees::Silence)]
        }
        Manner::Closes => vec![at_once(Sees::Closed)],
        Manner::ClosesOnHello => vec![at_once(Sees::Silence), on_hello(Sees::Closed)],
        Manner::ResetsOnHello => vec![at_once(Sees::Silence), on_hello(Sees::Reset)],
        Manner::Silent => vec![on_hello(Sees::Silence)],
        Manner::SilentAfterTls => vec![after_tls(place, Sees::Silence)],
        Manner::ClosesAfterTls => vec![after_tls(place, Sees::Closed)],
        Manner::Unsteady => {
            let place = place.clone();
            vec![Row::procedure(move |site| {
                procedures::is_unsteady(&place, site)
            })]
        }
    }
}

/// Its handshake is as quick as any, its answer is not.
fn slow(place: &EndpointAddress, ms: u64) -> Row {
    let should = Duration::from_millis(ms);
    well(place).at(When::Within(should, should + SLACK))
}

/// What a host does with a request once TLS stands.
fn after_tls(place: &EndpointAddress, sees: Sees) -> Row {
    tls(place).says(request(&place.host), sees)
}

/// A certificate with this flaw, to a client that is strict, and to one that trusts the very certificate.
fn certificate(flaw: Flaw, place: &EndpointAddress) -> Vec<Row> {
    let strict = |sees| tls(place).sees(sees);
    let trusting = |sees| {
        let row = to(place).named(&place.host);
        row.turn(Action::Tls(Some(flaw)), sees)
    };
    match flaw {
        // Its own signature would have satisfied the second.
        Flaw::Untrusted => vec![strict(Sees::Untrusted), trusting(Sees::Untrusted)],
        Flaw::SelfSigned => vec![strict(Sees::Untrusted), trusting(Sees::Host)],
        Flaw::Expired | Flaw::NotYetValid | Flaw::BeginsTomorrow | Flaw::WrongName => {
            vec![strict(Sees::Flawed(flaw))]
        }
    }
}
