//! The table of decisions: what is concluded of an endpoint that failed, for each look of its attempts, each behaviour
//! towards the relay, each engine, and each sign and way. A change of the rules is seen line by line.
//!
//! `UPDATE_GOLDEN=1 cargo test -p reachcheck-diagnosis --lib decisions` writes `decisions.txt`, to be read before it is kept.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use reachcheck_model::catalogue::Kind;
use reachcheck_model::environment::BrowserFamily;
use reachcheck_wire::{CertificateFault, Rejection};

use super::Evidence;
use crate::analysis::Canary;
use crate::analysis::attempt_pattern::AttemptPattern;
use crate::analysis::conclusion::{CheckOutcome, Conclusion, Detail, Proof};
use crate::analysis::fast_answers::FastAnswers;
use crate::analysis::intermediary::Intermediary;
use crate::analysis::outside::{Expectation, OutsideFailure, OutsideView};
use crate::analysis::path::PathLength;
use crate::analysis::relay::WhyNot;
use crate::analysis::taken::{Connection, Sign, Taken};

/// A round trip to the region, in milliseconds.
pub const R: f64 = 80.0;
const PATH: PathLength = PathLength {
    shortest_ms: R,
    longest_ms: R,
};

const PATTERNS: [(&str, AttemptPattern); 12] = [
    ("near", AttemptPattern::Near { ms: 3.0 }),
    ("far", AttemptPattern::Far { ms: R }),
    ("refused", AttemptPattern::Refused { ms: 2_000.0 }),
    ("in TLS", AttemptPattern::InTls { ms: 2.0 * R }),
    ("after TLS", AttemptPattern::AfterTls { ms: 3.0 * R }),
    ("cut", AttemptPattern::Cut { ms: 4.0 * R }),
    ("hello reset", AttemptPattern::HelloReset { ms: 10.0 * R }),
    ("silent", AttemptPattern::Silent),
    (
        "WebSocket alone",
        AttemptPattern::SocketAlone { ms: 3.0 * R },
    ),
    ("no name", AttemptPattern::NotResolved { ms: 40.0 }),
    (
        "unplaced",
        AttemptPattern::Unplaced {
            ms: 1.6 * R,
            tls_failed: false,
        },
    ),
    (
        "unplaced, TLS failed",
        AttemptPattern::Unplaced {
            ms: 1.6 * R,
            tls_failed: true,
        },
    ),
];

pub const fn reached(expect: Expectation) -> OutsideView {
    OutsideView::Reached {
        expect,
        connect_ms: 2.0,
    }
}

pub const OUTSIDE: [(&str, OutsideView); 15] = [
    ("nobody", OutsideView::NotRun),
    ("refused", OutsideView::Failed(OutsideFailure::Refused)),
    ("no TLS", OutsideView::Failed(OutsideFailure::NoTls)),
    (
        "bad certificate",
        OutsideView::Failed(OutsideFailure::Certificate(CertificateFault::Expired)),
    ),
    ("HTTP", reached(Expectation::Http(200))),
    ("not HTTP", reached(Expectation::NotHttp)),
    ("closes after TLS", reached(Expectation::ClosedAfterTls)),
    ("waits after TLS", reached(Expectation::SilentAfterTls)),
    ("own authority", reached(Expectation::CertificateRefused)),
    ("alert", reached(Expectation::NoTls(Rejection::Alert))),
    (
        "other bytes",
        reached(Expectation::NoTls(Rejection::NotTls)),
    ),
    ("closes", reached(Expectation::NoTls(Rejection::Closed))),
    ("resets", reached(Expectation::NoTls(Rejection::Reset))),
    ("greets", reached(Expectation::Greets)),
    ("waits in TLS", reached(Expectation::SilentInTls)),
];

const ENGINES: [(&str, BrowserFamily); 3] = [
    ("C", BrowserFamily::Chromium),
    ("F", BrowserFamily::Firefox),
    ("W", BrowserFamily::WebKit),
];

/// A change of the evidence, with its name.
type Beside = (&'static str, fn(&mut Evidence<'_>));

/// What is known beside the attempts; without a word, on a direct way.
const BESIDE: [Beside; 14] = [
    ("no sign", |_| ()),
    ("not taken", |it| it.connection = Connection::NotTaken),
    ("not taken, short", |it| {
        it.connection = Connection::NotTaken;
        it.ends_short = true;
    }),
    ("no sign, short", |it| it.ends_short = true),
    ("turn, far", |it| it.connection = taken(Sign::Turn, 4.0)),
    ("turn, near", |it| it.connection = taken(Sign::Turn, 0.3)),
    ("turn, no path", |it| {
        it.connection = taken(Sign::Turn, 4.0);
        it.path = None;
    }),
    ("turn waits", |it| {
        it.connection = taken(Sign::TurnWaits, 4.0);
    }),
    ("repeated", |it| it.connection = taken(Sign::Repeated, 4.0)),
    ("1015", |it| it.connection = taken(Sign::TlsFailed, 4.0)),
    ("TCP stands", |it| it.tcp_proven = true),
    ("proxy", |it| it.way = Intermediary::Proxy),
    ("proxy, tunnel stands", |it| {
        it.way = Intermediary::Proxy;
        it.tcp_proven = true;
    }),
    ("ended near by", |it| {
        it.way = Intermediary::EndsNearby;
        it.connection = taken(Sign::Turn, 4.0);
    }),
];

fn taken(sign: Sign, trips: f64) -> Connection {
    Connection::Taken(Taken::after(sign, trips * R))
}

pub fn evidence<'facts>(
    kind: Kind,
    family: BrowserFamily,
    pattern: &'facts AttemptPattern,
    outside: &'facts OutsideView,
) -> Evidence<'facts> {
    Evidence {
        kind,
        pattern,
        outside,
        canary: Canary::Failed,
        inspected: false,
        way: Intermediary::Direct,
        floor_ms: Some(R),
        answer_trips: 1.0,
        fast_answers: FastAnswers::None,
        family,
        path: Some(&PATH),
        tcp_proven: false,
        connection: Connection::Unknown,
        ends_short: false,
        disturbance: None,
        waits_for_permission: false,
        failed_by_itself: true,
        image: None,
        upgrade_status: None,
        why_not: None,
    }
}

pub fn words(conclusion: &Conclusion) -> String {
    let detail = format!("{:?}", conclusion.detail);
    let detail = detail.split([' ', '(']).next().unwrap_or_default();
    match conclusion.outcome {
        CheckOutcome::Unknown | CheckOutcome::NotRun => {
            format!("{} {detail}", conclusion.outcome.token())
        }
        outcome => format!("{} {} {detail}", outcome.token(), conclusion.proof.token()),
    }
}

/// Each combination once.
fn each(mut see: impl FnMut(&Evidence<'_>, [&str; 5])) {
    for (kind, of_kind) in [("https", Kind::Https), ("tcp", Kind::Tcp)] {
        for (look, pattern) in &PATTERNS {
            for (relay, outside) in &OUTSIDE {
                for (engine, family) in ENGINES {
                    for (beside, change) in BESIDE {
                        let mut evidence = evidence(of_kind, family, pattern, outside);
                        change(&mut evidence);
                        see(&evidence, [kind, look, relay, engine, beside]);
                    }
                }
            }
        }
    }
}

/// For each look what is concluded, the commonest first; behind it, in which engines, beside what, and of which behaviour
/// towards the relay.
fn table() -> String {
    let mut looks: Vec<(String, BTreeMap<String, Cells>)> = Vec::new();
    each(|evidence, [kind, look, relay, engine, beside]| {
        let look = format!("{kind}, {look}");
        if looks.last().is_none_or(|(last, _)| *last != look) {
            looks.push((look, BTreeMap::new()));
        }
        if let Some((_, results)) = looks.last_mut() {
            let result = words(&evidence.conclude());
            let cell = format!("{engine} {beside}");
            results
                .entry(result)
                .or_default()
                .push((relay.to_owned(), cell));
        }
    });
    let mut table = String::new();
    for (look, results) in looks {
        let _ = writeln!(table, "{look}");
        let mut results: Vec<_> = results.into_iter().collect();
        results.sort_by_key(|(_, cells)| std::cmp::Reverse(cells.len()));
        for (result, cells) in results {
            let _ = writeln!(table, "  {result}");
            for (cells, relays) in by_relay(cells) {
                let _ = writeln!(table, "    {}: {cells}", relays.join(", "));
            }
        }
    }
    table
}

/// Behaviours towards the relay, each with what is known beside.
type Cells = Vec<(String, String)>;

/// Behaviours towards the relay that are alike in all else, together.
fn by_relay(cells: Cells) -> Vec<(String, Vec<String>)> {
    let mut of_relay: Vec<(String, Vec<String>)> = Vec::new();
    for (relay, cell) in cells {
        match of_relay.last_mut() {
            Some((last, cells)) if *last == relay => cells.push(cell),
            _ => of_relay.push((relay, vec![cell])),
        }
    }
    let mut alike: Vec<(String, Vec<String>)> = Vec::new();
    for (relay, cells) in of_relay {
        let cells = by_engine(&cells);
        match alike.iter_mut().find(|(other, _)| *other == cells) {
            Some((_, relays)) => relays.push(relay),
            None => alike.push((cells, vec![relay])),
        }
    }
    alike
}

/// `C F W: no sign, turn` for engines that are alike; `all` for everything.
fn by_engine(cells: &[String]) -> String {
    let of = |engine: &str| {
        let own = cells.iter().filter_map(|cell| cell.split_once(' '));
        let own: Vec<&str> = own
            .filter(|(of, _)| *of == engine)
            .map(|(_, beside)| beside)
            .collect();
        match own.len() == BESIDE.len() {
            true => "whatever is beside".to_owned(),
            false => own.join("; "),
        }
    };
    let mut alike: Vec<(String, Vec<&str>)> = Vec::new();
    for (engine, _) in ENGINES {
        let own = of(engine);
        match alike.iter_mut().find(|(other, _)| *other == own) {
            Some((_, engines)) => engines.push(engine),
            None => alike.push((own, vec![engine])),
        }
    }
    let parts = alike.iter().filter(|(own, _)| !own.is_empty());
    let parts: Vec<_> = parts
        .map(|(own, engines)| format!("{} [{own}]", engines.join(" ")))
        .collect();
    parts.join(", ")
}

#[test]
fn every_decision_is_as_written_down() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/src/analysis/evidence/decisions.txt"
    );
    let now = table();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, &now).expect("written");
    }
    let golden = std::fs::read_to_string(path).unwrap_or_default();
    let lines = now.lines().zip(golden.lines());
    let changed: Vec<_> = lines.filter(|(now, then)| now != then).take(20).collect();
    assert!(
        now == golden,
        "if this is meant, run again with UPDATE_GOLDEN=1: {changed:#?}"
    );
}

/// What failed is told to work only by a sign that is no time: WebRTC's address, Firefox's repetition or 1015, a proxy's
/// tunnel, or the endpoint's own answer to the WebSocket.
#[test]
fn no_time_acquits() {
    let mut acquitted = 0;
    each(|evidence, case| {
        if evidence.conclude().outcome == CheckOutcome::Ok {
            acquitted += 1;
            let is_shown =
                matches!(evidence.connection, Connection::Taken(_)) || evidence.tcp_proven;
            assert!(is_shown, "{case:?}");
        }
    });
    assert!(acquitted > 0);
}

/// Where nobody outside looked, or it fails there, too, nothing is confirmed; and where the browser gave nothing up by
/// itself neither.
#[test]
fn nothing_is_confirmed_without_a_counterpart() {
    let mut confirmed = 0;
    each(|evidence, case| {
        let conclusion = evidence.conclude();
        if (conclusion.outcome, conclusion.proof) == (CheckOutcome::Failed, Proof::Confirmed) {
            confirmed += 1;
            assert!(evidence.outside.is_reached(), "{case:?}");
        }
        let waited = Evidence {
            failed_by_itself: false,
            ..evidence.clone()
        };
        let conclusion = waited.conclude();
        if conclusion.outcome == CheckOutcome::Failed {
            assert_eq!(conclusion.proof, Proof::Inferred, "{case:?}");
        }
    });
    assert!(confirmed > 0);
}

/// A disturbance of the run explains every failure, and no answer.
#[test]
fn what_was_disturbed_decides_nothing() {
    each(|evidence, case| {
        let disturbed = Evidence {
            disturbance: Some(Detail::NetworkChanged),
            ..evidence.clone()
        };
        let expected = Conclusion::unknown(Detail::NetworkChanged);
        assert_eq!(disturbed.conclude(), expected, "{case:?}");
    });
}

/// A question that the browser asks explains silence, and nothing that failed.
#[test]
fn what_waits_for_a_permission_is_open() {
    let open = Conclusion::unknown(Detail::PermissionWaits);
    each(|evidence, case| {
        let waits = Evidence {
            waits_for_permission: true,
            ..evidence.clone()
        };
        let expected = match case[1] {
            "silent" => open.clone(),
            _ => evidence.conclude(),
        };
        assert_eq!(waits.conclude(), expected, "{case:?}");
    });
}

#[test]
fn nothing_is_said_while_something_is_out() {
    each(|evidence, case| {
        for pending in [
            Evidence {
                pattern: &AttemptPattern::Pending,
                ..evidence.clone()
            },
            Evidence {
                outside: &OutsideView::Pending,
                ..evidence.clone()
            },
            Evidence {
                canary: Canary::Pending,
                ..evidence.clone()
            },
        ] {
            let conclusion = pending.conclude();
            assert!(conclusion.is_pending(), "{case:?}");
            assert_eq!(conclusion.outcome, CheckOutcome::NotRun, "{case:?}");
        }
        let untried = Evidence {
            pattern: &AttemptPattern::NotTried,
            ..evidence.clone()
        };
        let conclusion = untried.conclude();
        assert_eq!(
            conclusion,
            Conclusion::not_run(Detail::NotTried),
            "{case:?}"
        );
        assert!(!conclusion.is_pending());
    });
}

/// Firefox shows that TLS finished at a port that then answers no HTTP.
#[test]
fn a_finished_handshake_is_read_beside_the_relays() {
    let finished = AttemptPattern::TlsFinished { ms: 3.0 * R };
    let said = |outside: &OutsideView| {
        words(&evidence(Kind::Tcp, BrowserFamily::Firefox, &finished, outside).conclude())
    };
    let said: Vec<String> = OUTSIDE
        .iter()
        .map(|(relay, outside)| format!("{relay}: {}", said(outside)))
        .collect();
    assert_eq!(
        said,
        [
            "nobody: ok confirmed Connected",
            "refused: unknown Ambiguous",
            "no TLS: ok confirmed Connected",
            "bad certificate: ok confirmed Connected",
            "HTTP: failed confirmed ClosedAfterTls",
            "not HTTP: ok confirmed Connected",
            "closes after TLS: ok confirmed Connected",
            "waits after TLS: ok confirmed Connected",
            "own authority: unknown AnswersUnlikeOutside",
            "alert: unknown AnswersUnlikeOutside",
            "other bytes: unknown AnswersUnlikeOutside",
            "closes: unknown AnswersUnlikeOutside",
            "resets: unknown AnswersUnlikeOutside",
            "greets: unknown AnswersUnlikeOutside",
            "waits in TLS: unknown AnswersUnlikeOutside",
        ]
    );
}

/// In Chromium the relay's upgrade tells whether the endpoint turned the WebSocket down or something on the way.
#[test]
fn a_websocket_alone_is_read_by_the_relays_upgrade() {
    let alone = AttemptPattern::SocketAlone { ms: 3.0 * R };
    let outside = reached(Expectation::Http(200));
    let said = |status| {
        let evidence = Evidence {
            upgrade_status: status,
            ..evidence(Kind::Https, BrowserFamily::Chromium, &alone, &outside)
        };
        words(&evidence.conclude())
    };
    assert_eq!(said(Some(404)), "ok inferred AnsweredSometimes");
    assert_eq!(said(Some(200)), "ok inferred AnsweredSometimes");
    assert_eq!(said(Some(101)), "unknown Ambiguous");
    assert_eq!(said(None), "unknown Ambiguous");
}

/// Why the relay saw nothing is kept for the texts.
#[test]
fn who_needs_an_outside_says_why_there_is_none() {
    let unplaced = AttemptPattern::AfterTls { ms: 3.0 * R };
    let evidence = Evidence {
        why_not: Some(WhyNot::RelayRefused),
        ..evidence(
            Kind::Tcp,
            BrowserFamily::Chromium,
            &unplaced,
            &OutsideView::NotRun,
        )
    };
    let expected = Conclusion::unknown(Detail::NeedsOutside(Some(WhyNot::RelayRefused)));
    assert_eq!(evidence.conclude(), expected);
}
