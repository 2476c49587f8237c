//! Algebra of verdicts in one table: what an endpoint looks like from here, from outside, whether something answers for
//! everybody; and of silences, what came late. A change of the rules is seen line by line.
//!
//! `UPDATE_GOLDEN=1 cargo test -p reachcheck-diagnosis --test algebra` writes `algebra.txt`, to be read before it is
//! kept.

use std::fmt::Write as _;

use reachcheck_diagnosis::testing::{
    R, Scenario, answered, closed, closes_after_tls, failed, failed_after_tls, healthy, not_needed,
    phases_direct, rejects_tls, speaks_http, unreached,
};
use reachcheck_model::observation::{Answer, Outcome};
use reachcheck_model::probe::Probe;
use reachcheck_wire::{Connect, Rejection};

/// What an endpoint looks like from here: its name in the table, and how a run shows it.
type Look = (&'static str, fn(Scenario, &str) -> Scenario);

const CHROMIUM: [Look; 14] = [
    ("answers", |run, _| run),
    ("answers at once", |run, id| run.answers_after(id, 3.0)),
    ("WebSocket opens", opens),
    ("refused near", |run, id| every(run, id, 3.0)),
    ("refused far", |run, id| every(run, id, R)),
    ("after two trips", |run, id| every(run, id, 2.0 * R)),
    ("after three trips", |run, id| every(run, id, 3.0 * R)),
    ("after four trips", |run, id| every(run, id, 4.0 * R)),
    ("after four trips, TCP proven", |run, id| {
        every(run, id, 4.0 * R).tcp_stands(id)
    }),
    ("after four trips, TCP refused", |run, id| {
        let ended = Answer::Turn {
            plain: false,
            tls: false,
        };
        let turn = Probe::Turn(run.find(id));
        every(run, id, 4.0 * R).set(turn, answered(150.0, ended))
    }),
    ("between levels", |run, id| every(run, id, 1.6 * R)),
    ("two slow lookups", |run, id| {
        every(run.timing(None, Some(phases_direct(65.0))), id, 130.0)
    }),
    ("silent", |run, id| run.silent(id)),
    ("silent, TCP proven", |run, id| {
        let turned = Answer::Turn {
            plain: true,
            tls: false,
        };
        let turn = Probe::Turn(run.find(id));
        run.silent(id).set(turn, answered(300.0, turned))
    }),
];

const FIREFOX: [Look; 10] = [
    ("answers", |run, _| run),
    ("refused near", |run, id| every(run, id, 3.0)),
    ("refused far", |run, id| every(run, id, R)),
    ("after two trips", |run, id| every(run, id, 2.0 * R)),
    ("after two trips, 1015", |run, id| {
        with_socket(run, id, failed(2.0 * R), closed(2.0 * R, 1015))
    }),
    ("after ten trips", |run, id| every(run, id, 10.0 * R)),
    ("after twenty trips", |run, id| every(run, id, 20.0 * R)),
    ("after twenty trips, once two", |run, id| {
        with_socket(run, id, failed(20.0 * R), closed(2.0 * R, 1006))
    }),
    ("TLS finished", |run, id| {
        with_socket(run, id, failed_after_tls(30.0 * R), closed(3.0 * R, 1006))
    }),
    ("silent", |run, id| run.silent(id)),
];

fn opens(run: Scenario, id: &str) -> Scenario {
    let upgrade = Probe::Upgrade(run.find(id));
    run.set(upgrade, answered(4.0 * R, Answer::Opened))
}

/// Every attempt fails after so many milliseconds.
fn every(run: Scenario, id: &str, ms: f64) -> Scenario {
    with_socket(run, id, failed(ms), closed(ms, 1006))
}

fn with_socket(run: Scenario, id: &str, fetch: Outcome, socket: Outcome) -> Scenario {
    let fetches = [fetch.clone(), fetch.clone(), fetch, not_needed()];
    run.endpoint(id, fetches, socket)
}

/// What it looks like from outside.
const OUTSIDE: [Look; 5] = [
    ("answers HTTP", |run, id| run.outside(id, speaks_http(id))),
    ("closes after TLS", |run, id| {
        run.outside(id, closes_after_tls(id))
    }),
    ("is not TLS", |run, id| {
        run.outside(id, rejects_tls(id, Rejection::NotTls))
    }),
    ("refused", |run, id| {
        run.outside(id, unreached(id, Connect::Refused { ms: 2.0 }))
    }),
    ("no relay", |run, _| run.relay_unreachable()),
];

const CONTROLS: [Look; 2] = [
    ("fails", |run, _| run),
    ("answers", |run, _| {
        run.set(Probe::Canary, answered(20.0, Answer::Opaque))
    }),
];

fn row(table: &mut String, words: &[&str], run: &Scenario, id: &str) {
    let place = run.place(id);
    let region = id.split('/').next().unwrap_or_default();
    let diagnosis = run.diagnose();
    let at = run.find(id).region;
    let verdict = diagnosis.regions[at].verdict.token();
    let proof = diagnosis.regions[at].proof().token();
    let findings: Vec<String> = run
        .findings()
        .iter()
        .filter(|finding| finding.contains(region))
        .map(|finding| finding.replace(&format!(" / {region}"), ""))
        .collect();
    writeln!(
        table,
        "{:<74} | {:<18} | {:<17} | {:<19} | {}",
        words.join(", "),
        run.check(id),
        place,
        format!("{verdict} {proof}"),
        findings.join(", "),
    )
    .expect("a string takes all");
}

fn table() -> String {
    let mut table = String::new();
    for (id, kind) in [("seattle/https", "https"), ("seattle/tcp", "tcp")] {
        for (engine, looks) in [("chromium", &CHROMIUM[..]), ("firefox", &FIREFOX[..])] {
            let begin = || match engine {
                "firefox" => healthy().firefox(),
                _ => healthy(),
            };
            for (here, look) in looks {
                for (outside, seen) in OUTSIDE {
                    for (control, answer) in CONTROLS {
                        let run = look(seen(answer(begin(), id), id), id);
                        let control = format!("canary {control}");
                        let outside = format!("outside {outside}");
                        row(
                            &mut table,
                            &[engine, kind, here, &outside, &control],
                            &run,
                            id,
                        );
                    }
                }
            }
            for (when, outcome) in [
                ("gives up at 12 s", failed(12_000.0)),
                ("gives up at 30 s", failed(30_500.0)),
                ("waits at 36 s", Outcome::TimedOut { ms: 36_000.0 }),
                ("answers at 12 s", answered(12_000.0, Answer::Opaque)),
            ] {
                let given_up = Probe::GiveUp(begin().find(id));
                let run = begin().silent(id).set(given_up, outcome);
                row(&mut table, &[engine, kind, "silent", when], &run, id);
            }
        }
    }
    table
}

#[test]
fn every_combination_gives_what_is_written_down() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/algebra.txt");
    let now = table();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, &now).expect("written");
    }
    let golden = std::fs::read_to_string(path).unwrap_or_default();
    let changed: Vec<String> = now
        .lines()
        .zip(golden.lines())
        .filter(|(now, then)| now != then)
        .map(|(now, then)| format!("- {then}\n+ {now}"))
        .collect();
    assert!(
        now == golden,
        "if this is meant, run again with UPDATE_GOLDEN=1:\n{}",
        changed.join("\n")
    );
}

/// What is read from a clock is at most inferred, whatever else is known; and a failure's layer is confirmed by a sign
/// that is no time alone.
#[test]
fn no_time_confirms_a_place() {
    for line in table().lines() {
        let mut columns = line.split('|').map(str::trim);
        let (case, _, place) = (
            columns.next().unwrap_or_default(),
            columns.next(),
            columns.next().unwrap_or_default(),
        );
        if place.ends_with("confirmed") {
            let has_sign = ["1015", "TLS finished", "WebSocket opens"];
            assert!(has_sign.iter().any(|sign| case.contains(sign)), "{line}");
        }
    }
}
