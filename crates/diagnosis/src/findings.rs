//! The findings, one file each: what it is, an example, its numbers, what it hides and spoils, its evidence, its rule,
//! and its tests.
//!
//! A rule never measures and never words. `cargo xtask new finding TOKEN` writes the file of a new one.

mod answer_not_from_service;
mod answers_then_stalls;
mod clock_wrong;
mod closed_after_tls;
mod cut_in_handshake;
mod dropped;
mod events_lost;
mod extension_interferes;
mod hold_cut;
mod inspected;
mod ipv6_broken;
mod mtu;
mod network_changed_in_run;
mod no_relay;
mod not_connected;
mod not_resolved;
mod offline;
mod one_of_several_servers;
mod permission_waits;
mod plain_443_blocked;
mod port_5222_closed;
mod port_80_closed;
mod private_address;
mod proxy_in_path;
mod proxy_login;
mod refused;
mod refused_far;
mod refused_nearby;
mod relay_busy;
mod relay_misconfigured;
mod relay_not_outside;
mod relay_turned_away;
mod relay_unreachable;
mod requests_wait;
mod service_down;
mod slow;
mod slow_at_first;
mod socket_blocked;
mod split_egress;
mod tls_rejected;
mod unsteady;
mod ways_differ;

use std::fmt;

use crate::analysis::Facts;
use crate::phrasing::{Circumstances, Phrasing};
use crate::table;

// In order of importance.
table::findings! {
    offline: Offline,
    proxy_login: ProxyLogin,
    answer_not_from_service: AnswerNotFromService,
    not_resolved: NotResolved,
    permission_waits: PermissionWaits,
    private_address: PrivateAddress,
    refused_nearby: RefusedNearby,
    mtu: Mtu,
    dropped: Dropped,
    answers_then_stalls: AnswersThenStalls,
    tls_rejected: TlsRejected,
    cut_in_handshake: CutInHandshake,
    closed_after_tls: ClosedAfterTls,
    refused_far: RefusedFar,
    refused: Refused,
    not_connected: NotConnected,
    service_down: ServiceDown,
    plain_443_blocked: Plain443Blocked,
    socket_blocked: SocketBlocked,
    hold_cut: HoldCut,
    events_lost: EventsLost,
    port_80_closed: Port80Closed,
    port_5222_closed: Port5222Closed,
    requests_wait: RequestsWait,
    one_of_several_servers: OneOfSeveralServers,
    unsteady: Unsteady,
    slow_at_first: SlowAtFirst,
    slow: Slow,
    network_changed_in_run: NetworkChangedInRun,
    clock_wrong: ClockWrong,
    extension_interferes: ExtensionInterferes,
    inspected: Inspected,
    proxy_in_path: ProxyInPath,
    split_egress: SplitEgress,
    ways_differ: WaysDiffer,
    ipv6_broken: Ipv6Broken,
    relay_misconfigured: RelayMisconfigured,
    relay_busy: RelayBusy,
    relay_unreachable: RelayUnreachable,
    relay_not_outside: RelayNotOutside,
    relay_turned_away: RelayTurnedAway,
    no_relay: NoRelay,
}

/// What is fixed about a finding.
#[derive(Debug)]
pub struct Meta {
    /// Its stable token.
    pub token: &'static str,
    /// Its number in the data block, for ever: the next one that is free.
    pub wire: u8,
    /// Its number in the short code, for ever: the next one that is free.
    pub short: u16,
    /// What follows from it and is not said again. A finding of the network hides everywhere, one of a region only
    /// there; none hides itself.
    pub hides: &'static [Code],
    /// Which verdicts it spoils.
    pub spoils: Spoils,
}

/// Which regions are `degraded` by a finding, though they work otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoils {
    /// None.
    Nothing,
    /// The one that it is about.
    ItsRegion,
    /// Every one.
    EveryRegion,
}

/// What a finding rests on.
trait Evidence: Sized {
    /// Which form of each sentence fits, and the values that the sentences name.
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        Phrasing::default()
    }

    /// In the forms that the helpdesk's guide shows.
    fn examples() -> Vec<Self>;

    /// In all other forms that are said in words of their own.
    fn further_examples() -> Vec<Self> {
        Vec::new()
    }
}

impl Code {
    /// The token itself.
    #[must_use]
    pub const fn token(self) -> &'static str {
        self.meta().token
    }

    /// The code that has this number in the data block.
    #[must_use]
    pub fn of_wire(number: u8) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|code| code.meta().wire == number)
    }

    /// The code that has this number in the short code.
    #[must_use]
    pub fn of_short(number: u64) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|code| u64::from(code.meta().short) == number)
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, Meta};

    /// Token, number in the data block, number in the short code, as released. A new finding is a new line; no line
    /// ever changes.
    const RELEASED: &[(&str, u8, u16)] = &[
        ("offline", 0, 1),
        ("proxy-login", 8, 2),
        ("answer-not-from-service", 1, 3),
        ("not-resolved", 5, 4),
        ("private-address", 6, 5),
        ("refused-nearby", 2, 6),
        ("dropped", 4, 7),
        ("tls-rejected", 9, 8),
        ("cut-in-handshake", 10, 9),
        ("closed-after-tls", 11, 10),
        ("refused-far", 3, 11),
        ("refused", 32, 33),
        ("not-connected", 12, 12),
        ("service-down", 13, 13),
        ("plain-443-blocked", 7, 14),
        ("socket-blocked", 14, 15),
        ("hold-cut", 15, 16),
        ("events-lost", 22, 17),
        ("port-80-closed", 16, 18),
        ("port-5222-closed", 17, 19),
        ("unsteady", 23, 20),
        ("slow", 24, 21),
        ("clock-wrong", 18, 22),
        ("extension-interferes", 31, 32),
        ("inspected", 25, 23),
        ("proxy-in-path", 19, 24),
        ("split-egress", 20, 25),
        ("ipv6-broken", 21, 26),
        ("relay-misconfigured", 26, 27),
        ("relay-busy", 27, 28),
        ("relay-unreachable", 28, 29),
        ("relay-not-outside", 29, 30),
        ("no-relay", 30, 31),
        ("ways-differ", 33, 34),
        ("slow-at-first", 34, 35),
        ("relay-turned-away", 35, 36),
        ("answers-then-stalls", 36, 37),
        ("one-of-several-servers", 37, 38),
        ("mtu", 38, 39),
        ("network-changed-in-run", 39, 40),
        ("permission-waits", 40, 41),
        ("requests-wait", 41, 42),
    ];

    fn metas() -> impl Iterator<Item = &'static Meta> {
        Code::ALL.iter().map(|code| code.meta())
    }

    #[test]
    fn numbers_are_for_ever() {
        let mut now: Vec<_> = metas()
            .map(|meta| (meta.token, meta.wire, meta.short))
            .collect();
        let mut released = RELEASED.to_vec();
        now.sort_unstable();
        released.sort_unstable();
        assert_eq!(now, released);
    }

    #[test]
    fn numbers_are_taken_once_and_without_a_gap() {
        let (mut wire, mut short): (Vec<u8>, Vec<u16>) =
            metas().map(|meta| (meta.wire, meta.short)).unzip();
        wire.sort_unstable();
        short.sort_unstable();
        let count = u8::try_from(Code::ALL.len()).expect("few");
        assert!(wire.into_iter().eq(0..count));
        // Nought says that there is no finding.
        assert!(short.into_iter().eq(1..=count.into()));
    }

    #[test]
    fn a_token_is_the_name_of_its_code_and_the_numbers_lead_back() {
        for code in Code::ALL {
            let meta = code.meta();
            let name: String = meta
                .token
                .split('-')
                .map(|word| word[..1].to_uppercase() + &word[1..])
                .collect();
            assert_eq!(name, format!("{code:?}"));
            assert_eq!(Code::of_wire(meta.wire), Some(*code));
            assert_eq!(Code::of_short(meta.short.into()), Some(*code));
        }
    }

    #[test]
    fn every_finding_has_examples_of_its_evidence() {
        for code in Code::ALL {
            let examples = code.examples();
            assert!(!examples.is_empty(), "{}", code.token());
            for cause in examples.iter().chain(&code.further_examples()) {
                assert_eq!(cause.code(), *code);
            }
        }
    }
}
