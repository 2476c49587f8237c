//! That nothing that has a name is without its showing.

use std::collections::BTreeSet;

use super::{all, kebab};
use crate::authority::Flaw;
use crate::case::regions;
use crate::computer::System;
use crate::distance::Leg;
use crate::fault::{By, Fault, With};
use crate::middlebox::Middlebox;
use crate::names::DnsOverride;
use crate::proxy::{self, Stands};
use crate::reverse_proxy::ReverseProxy;
use crate::servers::Dialect;
use crate::servers::manner::Manner;
use crate::servers::web::HttpVersion;
use crate::usage::{Busy, Visit};
use crate::world::{Hosting, RelayState};

/// A match without a wildcard, so that a new variant does not compile before it is named here, and then
/// fails the test until the list has it.
macro_rules! every {
    ($name:ident, $all:ident: $type:path { $($variant:ident),+ $(,)? }) => {
        const $all: &[&str] = &[$(stringify!($variant)),+];

        fn $name(value: &$type) -> &'static str {
            use $type as Type;
            match value {
                $(Type::$variant { .. } => stringify!($variant)),+
            }
        }
    };
}

every!(fault, FAULTS: Fault {
    DropsEndpoint, DropsFirstAddress, RefusesEndpoint, RefusesEndpointFar, Turns, DropsLargePackets, ResetsOnHello, DropsHello,
    ResetsPlain443, DropsPlain443, ResetsStun443, DropsRelay, RefusesRelay, RefusesRelayPort, DropsRelayPort,
    ResetsTlsOnRelayPort, ForgetsIdleRelay, ResetsIdleRelay, NatForgets, LeavesBy, NoLongerLeavesBy, RelayOff,
    RelayLostItsWay, TurnsRelayAway, ResetsRelayHello, SplitEgress, LimitsIcmp, DeadIpv6, Unplugged,
});
every!(by, BYS: By { OwnFirewall, Gateway, FarForAgent, FarForAll });
every!(with, WITHS: With {
    Reset, AdminProhibited, PortUnreachable, NetUnreachable, HostUnreachable, Silence,
});
every!(manner, MANNERS: Manner {
    Status, Redirect, Slow, Stalls, Upgrade, Certificate, Alert, PlainHttp, Banner, Closes, ClosesOnHello, ResetsOnHello,
    Silent, SilentAfterTls, ClosesAfterTls, Unsteady,
});
every!(flaw, FLAWS: Flaw { Untrusted, SelfSigned, Expired, NotYetValid, BeginsTomorrow, WrongName });
every!(told, TOLDS: DnsOverride { NxDomain, ServFail, NoData, Silence, Address, AlsoDeadIpv6 });
every!(relay, RELAYS: RelayState { Well, On443Alone, Busy, Full, ForAnotherOrigin, Untrusted, Ahead });
every!(hosting, HOSTINGS: Hosting { Apart, WithoutRelay, Loopback });
every!(dialect, DIALECTS: Dialect { TlsHttp, TlsCloses, PlainCloses, PlainAnswers, PlainWaits });
every!(http, HTTPS: HttpVersion { KeepsAlive, Closes, Two });
every!(stands, STANDS: Stands { Squid, FarSquid, Nothing, Silence });
every!(pac, PACS: proxy::ProxySetting {
    Explicit, Pac, PacThenDirect, PacForEndpoints, PacForOthers,
});
every!(system, SYSTEMS: System { Linux, Windows, MacOs });
every!(front, FRONTS: ReverseProxy { TurnsDown, ClosesAfter, Collects, ClosesIdle, ResetsIdle, HaProxy });
every!(middlebox, MIDDLEBOXES: Middlebox {
    Inspects, TcpProxy, Portal, PortalWithCertificate, Takes, EndsIdle,
});

every!(busy, BUSY: Busy { Network, Parent, Content, Page });
every!(visit, VISITS: Visit { First, Second, RunAgain });

fn covers<'word>(words: impl Iterator<Item = &'word str>, all: &[&'word str]) {
    let seen: BTreeSet<&str> = words.collect();
    let all: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(seen, all);
}

#[test]
fn every_fault_is_shown() {
    let all = all();
    let faults: Vec<&Fault> = all.iter().flat_map(|it| &it.world.faults).collect();
    covers(faults.iter().map(|it| fault(it)), FAULTS);
    let mut pairs = BTreeSet::new();
    for fault in faults {
        if let Fault::Turns(_, _, who, what) = fault {
            pairs.insert((by(who), with(what)));
        }
    }
    assert_eq!(pairs.len(), BYS.len() * WITHS.len(), "{pairs:?}");
}

#[test]
fn every_manner_is_shown_to_all_and_to_the_agent_alone() {
    let all = all();
    for alone in [false, true] {
        let odd = all.iter().flat_map(|it| &it.world.hosts.odd);
        let odd: Vec<_> = odd.filter(|odd| odd.for_agent_alone == alone).collect();
        covers(odd.iter().map(|odd| manner(&odd.manner)), MANNERS);
        let flaws = odd.iter().filter_map(|odd| match &odd.manner {
            Manner::Certificate(it) => Some(flaw(it)),
            _ => None,
        });
        covers(flaws, FLAWS);
    }
    covers(
        all.iter().map(|it| dialect(&it.world.hosts.dialect)),
        DIALECTS,
    );
    covers(all.iter().map(|it| http(&it.world.hosts.web.http)), HTTPS);
    assert!(all.iter().any(|it| it.world.hosts.web.tls12_alone));
    assert!(all.iter().any(|it| it.world.hosts.web.offers_http3));
    assert!(all.iter().any(|it| !it.world.hosts.off.is_empty()));
    assert!(all.iter().any(|it| !it.world.hosts.slow.is_empty()));
    assert!(all.iter().any(|it| it.world.hosts.clock_ahead_s > 0));
}

#[test]
fn every_name_is_told_wrong_from_near_and_far() {
    for far in [false, true] {
        let all = all();
        let names = all.iter().map(|it| &it.world.names);
        let names = names.filter(|names| names.far == far);
        let words = names.flat_map(|names| names.told.iter().map(|(_, _, it)| told(it)));
        covers(words, TOLDS);
    }
}

#[test]
fn every_relay_path_and_box_is_shown() {
    let all = all();
    let worlds = || all.iter().map(|it| &it.world);
    covers(worlds().map(|world| relay(&world.relay)), RELAYS);
    covers(worlds().map(|world| hosting(&world.hosting)), HOSTINGS);
    let proxies: Vec<_> = worlds().filter_map(|world| world.proxy.as_ref()).collect();
    covers(proxies.iter().map(|it| stands(&it.stands)), STANDS);
    covers(proxies.iter().map(|it| pac(&it.told)), PACS);
    let boxes = worlds().filter_map(|world| world.middlebox.as_ref());
    covers(boxes.map(middlebox), MIDDLEBOXES);
    let fronts = worlds().filter_map(|world| world.front.as_ref());
    covers(fronts.map(front), FRONTS);
    covers(
        worlds().map(|world| system(&world.computer.system)),
        SYSTEMS,
    );
    assert!(worlds().any(|world| world.computer.keeps_names));
    assert!(worlds().any(|world| world.names.everywhere));
    assert!(worlds().any(|world| world.names.dead_ipv6));
    assert!(worlds().any(|world| world.names.several));
    assert!(worlds().any(|world| world.names.ipv6 && world.hosts.ipv6));
    assert!(worlds().any(|world| world.weather.jitter_ms > 0));
    assert!(worlds().any(|world| world.weather.loss_per_mille > 0));
    let none = Leg::default();
    for region in regions() {
        assert!(
            worlds().any(|world| world.distances.region(region) != none),
            "{region}"
        );
    }
    assert!(worlds().any(|world| world.distances.relay != none));
    assert!(worlds().any(|world| world.distances.detour_to_endpoints != none));
    assert!(worlds().any(|world| world.distances.detour_elsewhere != none));
}

#[test]
fn every_use_of_a_browser_is_shown() {
    let all = all();
    let uses = || all.iter().map(|it| &it.world.usage);
    covers(uses().flat_map(|usage| &usage.busy).map(busy), BUSY);
    assert!(uses().any(|usage| usage.features.happy_eyeballs_3));
    assert!(uses().any(|usage| usage.features.quic));
    covers(uses().map(|usage| visit(&usage.visit)), VISITS);
}

#[test]
fn names_are_their_own() {
    let mut names = BTreeSet::new();
    for showing in all() {
        assert!(names.insert(showing.name.clone()), "{} twice", showing.name);
    }
    assert_eq!(
        kebab("Turns(\"toronto\", Https, Gateway, Reset)"),
        "turns-toronto-https-gateway-reset"
    );
}

#[test]
fn each_looks_at_more_than_one_thing() {
    for showing in all() {
        let rows = showing.stages().iter().flatten().count();
        assert!(rows > 1, "{}: {rows}", showing.name);
    }
}
