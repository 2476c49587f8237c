//! That nothing that has a name is without its showing.

use std::collections::BTreeSet;

use super::{all, kebab};
use crate::authority::Flaw;
use crate::fault::{By, Fault, With};
use crate::front::Front;
use crate::middlebox::Middlebox;
use crate::names::Told;
use crate::proxy::{self, Stands};
use crate::servers::Dialect;
use crate::servers::manner::Manner;
use crate::world::{Hosting, RelayState};

/// A match without a wildcard, so that a new variant does not compile before it has a line here, and then
/// fails the test until the list has it.
macro_rules! every {
    ($type:ty, $name:ident, $all:ident: $($pattern:pat => $word:literal),+ $(,)?) => {
        const $all: &[&str] = &[$($word),+];

        fn $name(value: &$type) -> &'static str {
            match value {
                $($pattern => $word),+
            }
        }
    };
}

every!(Fault, fault, FAULTS:
    Fault::DropsEndpoint(..) => "DropsEndpoint",
    Fault::RefusesEndpoint(..) => "RefusesEndpoint",
    Fault::RefusesEndpointFar(..) => "RefusesEndpointFar",
    Fault::Turns(..) => "Turns",
    Fault::DropsLargePackets(..) => "DropsLargePackets",
    Fault::ResetsOnHello(..) => "ResetsOnHello",
    Fault::DropsHello(..) => "DropsHello",
    Fault::ResetsPlain443 => "ResetsPlain443",
    Fault::DropsPlain443 => "DropsPlain443",
    Fault::DropsRelay => "DropsRelay",
    Fault::RefusesRelay => "RefusesRelay",
    Fault::RefusesRelayPort(_) => "RefusesRelayPort",
    Fault::DropsRelayPort(_) => "DropsRelayPort",
    Fault::ResetsTlsOnRelayPort(_) => "ResetsTlsOnRelayPort",
    Fault::ForgetsIdleRelay(_) => "ForgetsIdleRelay",
    Fault::ResetsIdleRelay(_) => "ResetsIdleRelay",
    Fault::NatForgets(_) => "NatForgets",
    Fault::LeavesBy(_) => "LeavesBy",
    Fault::NoLongerLeavesBy(_) => "NoLongerLeavesBy",
    Fault::RelayOff => "RelayOff",
    Fault::RelayLostItsWay => "RelayLostItsWay",
    Fault::SplitEgress => "SplitEgress",
    Fault::LimitsIcmp => "LimitsIcmp",
    Fault::DeadIpv6 => "DeadIpv6",
    Fault::Unplugged => "Unplugged",
);

every!(By, by, BYS:
    By::OwnFirewall => "OwnFirewall",
    By::Gateway => "Gateway",
    By::FarForAgent => "FarForAgent",
    By::FarForAll => "FarForAll",
);

every!(With, with, WITHS:
    With::Reset => "Reset",
    With::AdminProhibited => "AdminProhibited",
    With::PortUnreachable => "PortUnreachable",
    With::NetUnreachable => "NetUnreachable",
    With::HostUnreachable => "HostUnreachable",
    With::Silence => "Silence",
);

every!(Manner, manner, MANNERS:
    Manner::Status(_) => "Status",
    Manner::Redirect(_) => "Redirect",
    Manner::Slow(_) => "Slow",
    Manner::Upgrade(_) => "Upgrade",
    Manner::Certificate(_) => "Certificate",
    Manner::Alert(_) => "Alert",
    Manner::PlainHttp => "PlainHttp",
    Manner::Banner => "Banner",
    Manner::Closes => "Closes",
    Manner::ClosesOnHello => "ClosesOnHello",
    Manner::ResetsOnHello => "ResetsOnHello",
    Manner::Silent => "Silent",
    Manner::SilentAfterTls => "SilentAfterTls",
    Manner::ClosesAfterTls => "ClosesAfterTls",
    Manner::Unsteady => "Unsteady",
);

every!(Flaw, flaw, FLAWS:
    Flaw::Untrusted => "Untrusted",
    Flaw::SelfSigned => "SelfSigned",
    Flaw::Expired => "Expired",
    Flaw::NotYetValid => "NotYetValid",
    Flaw::BeginsTomorrow => "BeginsTomorrow",
    Flaw::WrongName => "WrongName",
);

every!(Told, told, TOLDS:
    Told::NxDomain => "NxDomain",
    Told::ServFail => "ServFail",
    Told::NoData => "NoData",
    Told::Silence => "Silence",
    Told::Address(_) => "Address",
    Told::AlsoDeadIpv6 => "AlsoDeadIpv6",
);

every!(RelayState, relay, RELAYS:
    RelayState::Well => "Well",
    RelayState::On443Alone => "On443Alone",
    RelayState::Busy => "Busy",
    RelayState::Full => "Full",
    RelayState::ForAnotherOrigin => "ForAnotherOrigin",
    RelayState::Untrusted => "Untrusted",
    RelayState::Ahead(_) => "Ahead",
);

every!(Hosting, hosting, HOSTINGS:
    Hosting::Apart => "Apart",
    Hosting::WithoutRelay => "WithoutRelay",
    Hosting::Loopback => "Loopback",
);

every!(Dialect, dialect, DIALECTS:
    Dialect::TlsHttp => "TlsHttp",
    Dialect::TlsCloses => "TlsCloses",
    Dialect::PlainCloses => "PlainCloses",
    Dialect::PlainAnswers => "PlainAnswers",
    Dialect::PlainWaits => "PlainWaits",
);

every!(Stands, stands, STANDS:
    Stands::Squid(_) => "Squid",
    Stands::FarSquid(_) => "FarSquid",
    Stands::Nothing => "Nothing",
    Stands::Silence => "Silence",
);

every!(proxy::Told, pac, PACS:
    proxy::Told::Explicit => "Explicit",
    proxy::Told::Pac => "Pac",
    proxy::Told::PacThenDirect => "PacThenDirect",
);

every!(Front, front, FRONTS:
    Front::TurnsDown(_) => "TurnsDown",
    Front::ClosesAfter(_) => "ClosesAfter",
    Front::Collects(_) => "Collects",
    Front::ClosesIdle(_) => "ClosesIdle",
    Front::ResetsIdle(_) => "ResetsIdle",
    Front::HaProxy(..) => "HaProxy",
);

every!(Middlebox, middlebox, MIDDLEBOXES:
    Middlebox::Inspects(_) => "Inspects",
    Middlebox::TcpProxy { .. } => "TcpProxy",
    Middlebox::Portal => "Portal",
    Middlebox::PortalWithCertificate => "PortalWithCertificate",
    Middlebox::Takes(_) => "Takes",
    Middlebox::EndsIdle(..) => "EndsIdle",
);

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
    assert!(worlds().any(|world| world.names.everywhere));
    assert!(worlds().any(|world| world.names.dead_ipv6));
    assert!(worlds().any(|world| world.weather.jitter_ms > 0));
    assert!(worlds().any(|world| world.weather.loss_per_mille > 0));
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
