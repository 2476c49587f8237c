//! Rows about what is around the endpoints: names, the path, where the page is, proxies and boxes.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use anyhow::ensure;
use nix::errno::Errno;
use reachcheck_model::catalogue::Kind;
use serde_json::json;

use super::dns::{A, AAAA};
use super::places::{at, well, well_elsewhere};
use super::procedures;
use super::relay::{self, challenge};
use super::row::{Answer, Row, Sees, When};
use super::site::SLACK;
use crate::addresses::{self, EndpointAddress, RELAY_NAME};
use crate::ipv6;
use crate::middlebox::{Middlebox, PAC_PORT, PAC_URL, SIGN_IN};
use crate::names::{self, Names};
use crate::namespaces::Namespace;
use crate::path::LinkConditions;
use crate::proxy::{Proxy, ProxySetting, Stands};
use crate::squid::{Bump, Login, Policy};
use crate::world::Hosting;

/// What the agent's name server says of every name, as far away as it stands, and what others are told.
pub fn names(names: &Names) -> Vec<Row> {
    let server = names.server();
    let own = format!("nameserver {server}\n");
    let resolver = Row::procedure(move |_| {
        let resolver = std::fs::read_to_string("/etc/resolv.conf")?;
        ensure!(resolver.contains(&own), "{resolver}");
        Ok(())
    });
    let distance = if names.far { When::Far } else { When::Near };
    let query = |name: &str, kind, said: Option<(u8, Vec<IpAddr>)>| match said {
        Some((code, found)) => {
            Row::query(server, name, kind, Sees::Named(code, found)).at(distance)
        }
        None => Row::query(server, name, kind, Sees::Silence),
    };
    let mut rows = vec![resolver, query("nobody.example", A, Some((3, Vec::new())))];
    for (name, own) in addresses::names() {
        let told = told(names, &name);
        let own = own_addresses(names, &name, own);
        let said = [A, AAAA].map(|kind| said(told, &own, kind));
        // The system's own way must lead to the same server; silence would take it many seconds.
        if let [Some((_, four)), Some((_, six))] = &said {
            rows.push(Row::look_up(&name, [&four[..], &six[..]].concat()));
        }
        let here = if names.everywhere { told } else { None };
        let outside = match self::said(here, &own, A) {
            Some((code, found)) => Sees::Named(code, found),
            None => Sees::Silence,
        };
        let outside = Row::query(addresses::OUTSIDE_DNS, &name, A, outside);
        rows.push(outside.seen_from(Namespace::Relay));
        let [four, six] = said;
        rows.extend([query(&name, A, four), query(&name, AAAA, six)]);
    }
    if names.ipv6 {
        rows.extend(by_ipv6());
    }
    if names.several {
        rows.extend(addresses::places().iter().flat_map(all_well));
    }
    rows
}

/// An endpoint is the same at each of its addresses, for agent and relay.
fn all_well(place: &EndpointAddress) -> Vec<Row> {
    let at = |address| EndpointAddress {
        address,
        ..place.clone()
    };
    let rows = place.all().into_iter().flat_map(|address| {
        let relay = well(&at(address)).seen_from(Namespace::Relay);
        [well(&at(address)), relay]
    });
    rows.collect()
}

/// Everybody is the same by IPv6, for agent and relay, as far away as by IPv4.
fn by_ipv6() -> Vec<Row> {
    let tls = |host: &str, four| Row::to((ipv6::beside(four), 443)).far().tls(host);
    let mut rows = vec![
        tls(addresses::PAGE_NAME, addresses::PAGE).gets("/app/", Answer::status(200)),
        tls(RELAY_NAME, addresses::RELAY).challenges(Answer::status(200)),
    ];
    for place in addresses::places() {
        let well = || tls(&place.host, place.address).gets("/", Answer::status(200));
        let relay = Row::to((ipv6::beside(place.address), 443)).tls(&place.host);
        rows.extend([well(), relay.seen_from(Namespace::Relay)]);
    }
    rows
}

/// What the agent is told of a name, where that is not its own address alone.
fn told(names: &Names, name: &str) -> Option<names::DnsOverride> {
    let mut told = names.told.iter();
    let told = told.find(|(region, kind, _)| addresses::place(region, *kind).host == name);
    let everything = names.dead_ipv6.then_some(names::DnsOverride::AlsoDeadIpv6);
    told.map(|(_, _, told)| *told).or(everything)
}

/// The addresses that a name has, where nobody tells another.
fn own_addresses(names: &Names, name: &str, own: Ipv4Addr) -> Vec<IpAddr> {
    let mut places = addresses::places().into_iter();
    let place = places.find(|place| names.several && place.host == name);
    let four = place.map_or_else(|| vec![own], |place| place.all().to_vec());
    let six = four.iter().filter(|_| names.ipv6);
    let six: Vec<IpAddr> = six.map(|it| ipv6::beside(*it).into()).collect();
    four.into_iter().map(IpAddr::V4).chain(six).collect()
}

/// What that looks like on the wire, for a name whose own addresses these are: code and addresses, or nothing.
fn said(told: Option<names::DnsOverride>, own: &[IpAddr], kind: u16) -> Option<(u8, Vec<IpAddr>)> {
    use names::DnsOverride;
    let of_kind = |addresses: &[IpAddr]| -> Vec<IpAddr> {
        match kind {
            A => addresses.iter().copied().filter(IpAddr::is_ipv4).collect(),
            _ => addresses.iter().copied().filter(IpAddr::is_ipv6).collect(),
        }
    };
    match told {
        Some(DnsOverride::Silence) => None,
        Some(DnsOverride::NxDomain) => Some((3, Vec::new())),
        Some(DnsOverride::ServFail) => Some((2, Vec::new())),
        Some(DnsOverride::NoData) => Some((0, Vec::new())),
        Some(DnsOverride::Address(address)) => Some((0, of_kind(&[address.into()]))),
        Some(DnsOverride::AlsoDeadIpv6) if kind == AAAA => {
            Some((0, vec![addresses::DEAD_IPV6.into()]))
        }
        Some(DnsOverride::AlsoDeadIpv6) | None => Some((0, of_kind(own))),
    }
}

/// The path's delay, how much it varies, and what it loses. The site's own network is what it was.
pub fn weather(weather: LinkConditions) -> Vec<Vec<Row>> {
    let lost = Row::procedure(move |_| procedures::loses_its_share(weather));
    let nearby = Row::to((addresses::GATEWAY, 53)).near();
    // A packet that is sent again would count as a long way.
    if weather.loss_per_mille > 0 {
        return vec![vec![lost], vec![nearby]];
    }
    // What is sent at the same time would wait for each other.
    if weather.kbit_per_s.is_some() {
        let rate = Row::procedure(move |_| procedures::keeps_its_rate(weather));
        return vec![vec![lost], vec![rate], vec![nearby]];
    }
    // Packets keep their order: others at the same time would share their delays.
    let time = Row::procedure(move |_| procedures::takes_its_time(weather));
    let mut then = well_elsewhere();
    then.push(nearby);
    vec![vec![lost], vec![time], then]
}

/// Where the page comes from, and which relay it is told of.
pub fn hosting(hosting: Hosting) -> Vec<Row> {
    let config = |answer| {
        let page = Row::to((addresses::PAGE, 443)).tls(addresses::PAGE_NAME);
        page.gets("/app/config.json", answer)
    };
    let ok = || Answer::status(200);
    match hosting {
        Hosting::Apart => vec![config(ok().body(RELAY_NAME)), challenge(443)],
        Hosting::WithoutRelay => {
            let mut rows = relay::off_for_all(&[443]);
            rows.push(config(ok().fact("", json!({}))));
            rows
        }
        Hosting::Loopback => {
            let mut rows = well_elsewhere();
            let local = Row::to((Ipv4Addr::LOCALHOST, 8080)).named("127.0.0.1:8080");
            let local = local.gets("/", ok());
            rows.push(local.challenges(ok().fact("/outside", false)));
            rows
        }
    }
}

/// The agent's way through a proxy, and without.
pub fn proxy(proxy: &Proxy) -> Vec<Row> {
    let direct = Row::to(at(&addresses::place("toronto", Kind::Https)));
    let direct = if proxy.direct_passes {
        direct
    } else {
        direct.sees(Sees::Silence)
    };
    let mut rows = vec![direct];
    if proxy.direct_passes {
        rows.extend(well_elsewhere());
        rows.push(challenge(443));
    }
    if proxy.told != ProxySetting::Explicit {
        let path = PAC_URL.rsplit_once('/').map_or("", |(_, file)| file);
        let answer = Answer::status(200)
            .head("x-ns-proxy-autoconfig")
            .body(proxy.pac());
        let gateway = Row::to((addresses::GATEWAY, PAC_PORT)).named("10.0.0.1");
        rows.push(gateway.gets(&format!("/{path}"), answer));
    }
    let connects = || Row::to(proxy.address());
    match &proxy.stands {
        Stands::Squid(policy) => {
            rows.push(connects().near());
            rows.extend(squid(policy, connects));
        }
        Stands::FarSquid(policy) => {
            rows.push(connects().far());
            rows.extend(squid(policy, connects));
        }
        Stands::Nothing => {
            rows.push(connects().sees(Sees::Fails(Errno::ECONNREFUSED)).near());
        }
        Stands::Silence => rows.push(connects().sees(Sees::Silence)),
    }
    rows
}

/// What a policy of Squid's says to those who ask for tunnels.
fn squid(policy: &Policy, connects: impl Fn() -> Row) -> Vec<Row> {
    let says = |host: &str, port, status| connects().tunnel(host, port, Answer::status(status));
    let host = &addresses::place("virginia", Kind::Https).host;
    if let Some(login) = policy.wants_login {
        let answer = Answer::status(407).head(match login {
            Login::Basic => "Proxy-Authenticate: Basic",
            Login::Negotiate => "Proxy-Authenticate: Negotiate",
        });
        let login = connects().tunnel(host, 443, answer);
        return vec![login, says(RELAY_NAME, 443, 200)];
    }
    let mut rows = vec![says(host, 443, 200).tls(host).sees(answers_by(policy))];
    if policy.only_443 {
        rows.extend([5222, 80].map(|port| says(RELAY_NAME, port, 403)));
    }
    for held in &policy.holds {
        rows.push(match policy.denies_after_ms {
            None => {
                let words = format!("CONNECT {held}:443 HTTP/1.1\r\nHost: {held}:443\r\n\r\n");
                connects().says(words.into_bytes(), Sees::Silence)
            }
            Some(ms) => {
                let denied = Duration::from_millis(ms.into());
                says(held, 443, 403).at(When::Within(denied, denied + SLACK))
            }
        });
    }
    for denied in &policy.denies {
        rows.push(match policy.bump {
            None => says(denied, 443, 403),
            Some(_) => block_page(says(denied, 443, 200), denied),
        });
    }
    let spared = policy.spares.iter();
    rows.extend(spared.map(|spared| says(spared, 443, 200).tls(spared)));
    if let Some(seconds) = policy.idle_cut_s {
        let cut = Duration::from_secs(seconds);
        // This host waits for a greeting as long as it takes. Squid counts whole seconds.
        let (least, most) = (cut.saturating_sub(SLACK), cut + Duration::from_secs(5));
        let silent = says(host, 443, 200).hears(Sees::Ends);
        rows.push(silent.at(When::Within(least, most)));
        let mut talking = says(host, 443, 200).tls(host);
        for _ in 0..6 {
            talking = talking.pause(cut / 4).gets("/", Answer::status(200));
        }
        rows.push(talking);
    }
    rows
}

/// A box in the path that nobody asked for.
pub fn middlebox(middlebox: &Middlebox) -> Vec<Vec<Row>> {
    let place = addresses::place("virginia", Kind::Https);
    let host = &place.host;
    // Something near accepts, whoever is meant.
    let accepted = |place: &EndpointAddress, port: u16| Row::to((place.address, port)).near();
    let leads_away = |port| {
        let row = Row::to((place.address, port)).named(host);
        row.gets("/anything", Answer::status(302).head(SIGN_IN))
    };
    let resolves = || Row::look_up(host, vec![place.address.into()]);
    let rows = match middlebox {
        Middlebox::Inspects(policy) => {
            let places = addresses::places().into_iter();
            let denied = places.filter(|place| policy.denies.contains(&place.host));
            let mut rows: Vec<Row> = denied
                .map(|place| block_page(Row::to(at(&place)), &place.host))
                .collect();
            // Whoever is denied and no endpoint would go unseen.
            assert_eq!(rows.len(), policy.denies.len(), "{:?}", policy.denies);
            rows.push(accepted(&place, 443).tls(host).sees(answers_by(policy)));
            // Other ports are not bent.
            rows.push(challenge(5222));
            rows
        }
        Middlebox::TcpProxy { dead } => {
            let dead = dead.iter().map(|(region, kind)| {
                let place = addresses::place(region, *kind);
                accepted(&place, 443).hears(Sees::Ends)
            });
            let mut rows: Vec<Row> = dead.collect();
            rows.push(accepted(&place, 443).tls(host));
            // Whatever port is meant.
            rows.push(Row::to((addresses::RELAY, 5222)).near());
            rows
        }
        Middlebox::Portal => {
            let refused = Row::to(at(&place)).sees(Sees::Fails(Errno::ECONNREFUSED));
            vec![refused.near(), leads_away(80), resolves()]
        }
        Middlebox::PortalWithCertificate => {
            let portal = accepted(&place, 443).tls(host).sees(Sees::Untrusted);
            vec![portal, leads_away(80), resolves()]
        }
        Middlebox::Takes(port) => {
            vec![accepted(&place, *port), leads_away(*port), well(&place)]
        }
        Middlebox::EndsIdle(ms, ends) => {
            return relay::ends_idle(Duration::from_millis(*ms), *ends);
        }
    };
    vec![rows]
}

/// Who answers in TLS where this policy holds.
const fn answers_by(policy: &Policy) -> Sees {
    match policy.bump {
        None => Sees::Host,
        Some(Bump::Trusted) => Sees::TrustedOther,
        Some(Bump::Untrusted) => Sees::Untrusted,
    }
}

/// Somebody trusted answers in a host's place, with a page that says no.
fn block_page(row: Row, host: &str) -> Row {
    let row = row.tls(host).sees(Sees::TrustedOther);
    row.gets("/", Answer::status(403))
}
