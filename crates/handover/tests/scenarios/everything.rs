//! One of everything that a report can hold.

use reachcheck_diagnosis::analysis::{
    CheckOutcome, Computer, Conclusion, Detail, Expectation, Internet, Layer, OutsideFailure,
    OutsideView, Place, Proof, RelayState, WhyNot,
};
use reachcheck_diagnosis::diagnosis::{Check, CheckName, Diagnosis, RegionDiagnosis, Verdict};
use reachcheck_diagnosis::finding::{Finding, Scope};
use reachcheck_diagnosis::findings::{Cause, Code};
use reachcheck_handover::snapshot::{Browser, Snapshot};
use reachcheck_handover::watched;
use reachcheck_model::catalogue::{Catalogue, EndpointRef, Kind};
use reachcheck_model::operating_system::OperatingSystem;
use reachcheck_model::plan::Plan;
use reachcheck_model::time::Moment;
use reachcheck_watch::{self as watch, Closer, Cut, Summary, Tolerance};
use reachcheck_wire::{Ending, Quiet, Rejection};

/// Every cause, some of them in all their forms.
pub fn causes() -> Vec<Cause> {
    Code::ALL.iter().flat_map(|code| code.examples()).collect()
}

/// Every detail of a check.
pub fn details() -> Vec<Detail> {
    let mut details = vec![
        Detail::Pending,
        Detail::NotTried,
        Detail::Answered { ms: 82.0 },
        Detail::AnsweredSometimes {
            answered: 3,
            failed: 1,
        },
        Detail::Connected,
        Detail::AsFromOutside,
        Detail::TooFast {
            ms: 3.0,
            floor_ms: 41.0,
        },
        Detail::AnswersUnlikeOutside,
        Detail::NoAnswer,
        Detail::NotResolved { ms: 5012.0 },
        Detail::RefusedNearby { ms: 0.0 },
        Detail::RefusedFar { ms: 82.0 },
        Detail::Refused { ms: 2085.0 },
        Detail::TlsFailed { ms: 164.0 },
        Detail::Cut { ms: 90.0 },
        Detail::ClosedAfterTls { ms: 246.0 },
        Detail::Failed { ms: 120.0 },
        Detail::NeedsOutside(None),
        Detail::SilentHereAndOutside,
        Detail::Ambiguous,
        Detail::RelayOnThisComputer,
        Detail::SocketOpen { ms: Some(82.0) },
        Detail::SocketOpen { ms: None },
        Detail::SocketFailed,
        Detail::Events {
            expected: 10,
            arrived: 7,
            late_ms_max: 1200.0,
        },
        Detail::EventsCut,
        Detail::NoSocket,
        Detail::NotOffered,
        Detail::PortOpen { ms: 330.0 },
        Detail::PortRefused { ms: 82.0 },
        Detail::PortSilent,
        Detail::BehindProxy,
        Detail::PortTaken,
        Detail::PortCut,
        Detail::Held { seconds: 30 },
        Detail::HoldCut {
            seconds: Some(20.3),
        },
        Detail::HoldCut { seconds: None },
        Detail::StoodStill { ms: 1300.0 },
        Detail::NetworkChanged,
        Detail::PermissionWaits,
    ];
    details.extend(
        [
            Internet::Pending,
            Internet::OriginAnswered,
            Internet::RelayAnswered,
            Internet::ControlAnswered,
            Internet::EndpointAnswered,
            Internet::NothingAnswered,
        ]
        .map(Detail::Internet),
    );
    for why in [
        WhyNot::NoRelay,
        WhyNot::RelayUnreachable,
        WhyNot::RelayRefused,
        WhyNot::RelayInside,
        WhyNot::RelayLostItsWay,
        WhyNot::NoWord,
    ] {
        details.push(Detail::NoRelay(why));
        details.push(Detail::NeedsOutside(Some(why)));
    }
    details
}

fn outside_views() -> Vec<OutsideView> {
    let mut views = vec![
        OutsideView::Pending,
        OutsideView::NotRun,
        OutsideView::Failed(OutsideFailure::NoAnswer),
    ];
    views.extend(
        [
            Expectation::Http(200),
            Expectation::NotHttp,
            Expectation::ClosedAfterTls,
            Expectation::SilentAfterTls,
            Expectation::CertificateRefused,
            Expectation::NoTls(Rejection::Alert),
            Expectation::NoTls(Rejection::NotTls),
            Expectation::NoTls(Rejection::Closed),
            Expectation::NoTls(Rejection::Reset),
            Expectation::Greets,
            Expectation::SilentInTls,
        ]
        .map(|expect| OutsideView::Reached {
            expect,
            connect_ms: 41.0,
        }),
    );
    views
}

const OUTCOMES: [CheckOutcome; 4] = [
    CheckOutcome::Ok,
    CheckOutcome::Failed,
    CheckOutcome::Unknown,
    CheckOutcome::NotRun,
];
const PROOFS: [Proof; 3] = [Proof::Confirmed, Proof::Inferred, Proof::None];
/// Every layer with every proof that a place can have, and none.
fn place(at: usize) -> Option<Place> {
    let layers = [
        Layer::Name,
        Layer::Connect,
        Layer::Tls,
        Layer::Http,
        Layer::Content,
    ];
    let layer = *layers.get(at % 6)?;
    let proof = PROOFS[at / 6 % 2];
    Some(Place { layer, proof })
}

const VERDICTS: [Verdict; 6] = [
    Verdict::Offline,
    Verdict::Blocked,
    Verdict::Down,
    Verdict::Unknown,
    Verdict::Degraded,
    Verdict::Reachable,
];
const NETWORK: [CheckName; 6] = [
    CheckName::Internet,
    CheckName::Socket,
    CheckName::Events,
    CheckName::Port80,
    CheckName::Port5222,
    CheckName::Hold,
];

/// Of the embedded catalogue: whatever a number picks. Every part of a report has some number that shows it.
pub fn snapshot(seed: usize) -> Snapshot {
    let catalogue = Catalogue::embedded();
    let (details, views, causes) = (details(), outside_views(), causes());
    let conclusion = |at: usize| Conclusion {
        place: place(at),
        ..Conclusion::new(
            OUTCOMES[at % OUTCOMES.len()],
            PROOFS[at % PROOFS.len()],
            details[at % details.len()].clone(),
        )
    };
    let count = catalogue.regions.len();
    let regions = (0..count).map(|region| RegionDiagnosis {
        verdict: VERDICTS[(seed + region) % VERDICTS.len()],
        checks: Kind::ALL
            .into_iter()
            .enumerate()
            .map(|(kind, name)| {
                let at = seed + region * 2 + kind;
                Check {
                    name: name.into(),
                    scope: Scope::Region(region),
                    conclusion: conclusion(at),
                    outside: Some(views[at % views.len()]),
                }
            })
            .collect(),
    });
    let network = NETWORK.into_iter().enumerate().map(|(at, name)| Check {
        name,
        scope: Scope::Network,
        conclusion: conclusion(seed * 7 + at),
        outside: None,
    });
    let findings = (0..seed % 5).map(|at| finding(&causes[(seed + at) % causes.len()], seed + at));
    Snapshot {
        version: "0.1.0".to_owned(),
        is_cancelled: seed % 11 == 10,
        is_settled: seed.is_multiple_of(2),
        started: Moment {
            unix_ms: 1_795_385_405_000.0,
            offset_minutes: -300,
        },
        took_ms: 2600.0,
        ticket: seed.is_multiple_of(3).then(|| "INC-48213/2".to_owned()),
        address: (seed % 4 != 1).then(|| "2001:db8::7".to_owned()),
        browser: (seed % 4 != 2).then(|| Browser {
            name: "Edge 142 on Windows".to_owned(),
            language: "fr-CA".to_owned(),
            computer: (!seed.is_multiple_of(5)).then(|| Computer {
                system: OperatingSystem::ALL[seed % OperatingSystem::ALL.len()],
                clock_grain_ms: (!seed.is_multiple_of(2)).then_some(16.7),
                own_delay_ms: seed.is_multiple_of(3).then_some(4.2),
                stalled_ms: if seed % 4 == 3 { 1300.0 } else { 0.0 },
                network_changed: seed.is_multiple_of(7),
            }),
        }),
        relay: [None, Some("relay.example"), Some("check.example:8443")][seed % 3]
            .map(str::to_owned),
        plan: Plan::of_report(catalogue.provider, catalogue.regions.clone()),
        diagnosis: Diagnosis {
            headline: VERDICTS[seed % VERDICTS.len()],
            regions: regions.collect(),
            network: network.collect(),
            findings: findings.collect(),
            relay: RelayState::Unknown,
            relay_ms: None,
        },
        holds_places: true,
        watched: (seed % 13 == 12).then(|| watched::pack(&watched())),
    }
}

/// Everything that a watch can find.
pub fn watched() -> Summary {
    let known = |how, relay_saw| Tolerance {
        survived_ms: Some(30_000.0),
        killed_ms: Some(60_200.0),
        times: 3,
        how: Some(how),
        relay_saw,
    };
    let cut = |quiet, how, relay_saw, closer, timer_s| watch::WatchCause::QuietCut {
        quiet,
        known: known(how, relay_saw),
        closer,
        timer_s,
    };
    let causes = [
        cut(
            Quiet::Both,
            Cut::Broken,
            Some(Ending::Open),
            Closer::Between,
            Some(60),
        ),
        cut(Quiet::Page, Cut::Silent, None, Closer::Unknown, None),
        cut(
            Quiet::Relay,
            Cut::Code(1012),
            Some(Ending::Reset),
            Closer::Between,
            None,
        ),
        watch::WatchCause::AllAtOnce {
            times: 2,
            restarts: 1,
        },
        watch::WatchCause::Unreachable {
            times: 2,
            longest_ms: 95_000.0,
        },
        watch::WatchCause::RegionOut {
            region: "toronto".to_owned(),
            times: 1,
            longest_ms: 61_000.0,
        },
        watch::WatchCause::Events {
            lost: 2,
            late: 1,
            latest_ms: 3_000.0,
            twice: 1,
        },
        watch::WatchCause::Busy { times: 4 },
        watch::WatchCause::NetworkChanged { times: 1 },
        watch::WatchCause::Slept {
            times: 1,
            longest_ms: 3_600_000.0,
        },
        watch::WatchCause::Throttled { times: 3 },
    ];
    Summary {
        known: vec![
            (Quiet::Both, known(Cut::Broken, Some(Ending::Open))),
            (Quiet::Page, known(Cut::Silent, None)),
            (Quiet::Relay, Tolerance::default()),
        ],
        findings: causes
            .into_iter()
            .zip([true, false].into_iter().cycle())
            .map(|(cause, is_certain)| watch::WatchFinding { cause, is_certain })
            .collect(),
        reconnects: 5,
        reconnect_ms: 410.0,
        length_ms: 28_800_000.0,
    }
}

fn finding(cause: &Cause, at: usize) -> Finding {
    let region = at % 5;
    let endpoints = Kind::ALL.map(|kind| EndpointRef {
        region: region.saturating_sub(1),
        kind,
    });
    Finding {
        scope: match region {
            0 => Scope::Network,
            _ => Scope::Region(region - 1),
        },
        cause: cause.clone(),
        proof: PROOFS[at % PROOFS.len()],
        endpoints: endpoints[..at % 3].to_vec(),
        outside_ms: at.is_multiple_of(2).then_some(41.0),
    }
}

/// Every finding there is, and those that are about a region in every region, with everything else at its
/// longest.
pub fn largest() -> Snapshot {
    let mut largest = snapshot(0);
    let mut seen = Vec::new();
    for cause in causes() {
        let code = cause.code();
        if seen.contains(&code) {
            continue;
        }
        seen.push(code);
        let mut finding = finding(&cause, 2);
        if code < Code::SocketBlocked || matches!(code, Code::Unsteady | Code::Slow) {
            for region in 0..largest.plan.regions.len() {
                finding.scope = Scope::Region(region);
                finding.endpoints = Kind::ALL.map(|kind| EndpointRef { region, kind }).to_vec();
                largest.diagnosis.findings.push(finding.clone());
            }
        } else {
            finding.scope = Scope::Network;
            finding.endpoints.clear();
            finding.outside_ms = None;
            largest.diagnosis.findings.push(finding);
        }
    }
    largest.watched = Some(watched::pack(&watched()));
    largest
}
