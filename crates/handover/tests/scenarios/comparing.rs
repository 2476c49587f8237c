//! Reports that say the same and are not as sure of it, and reports of which we do not know where something broke.

use reachcheck_diagnosis::analysis::{Layer, Place, Proof};
use reachcheck_diagnosis::diagnosis::CheckName;
use reachcheck_diagnosis::findings::Code;
use reachcheck_diagnosis::testing::{R, Scenario, closed, failed, healthy};
use reachcheck_handover::codec;
use reachcheck_handover::compare::{self, About, Cell, Certainty, Difference, Remark, Row};
use reachcheck_handover::record::LeftOut;
use reachcheck_handover::snapshot::Snapshot;
use reachcheck_handover::words;
use reachcheck_model::lang::Lang;
use reachcheck_model::probe::Probe;

use crate::scenario::Reports as _;

fn read(scenario: &Scenario) -> Snapshot {
    let mut snapshot = None;
    scenario.with_report(LeftOut::default(), |report| {
        snapshot = Some(Snapshot::of(report))
    });
    snapshot.expect("a report")
}

fn differing(rows: &[Row], difference: Difference) -> Vec<About> {
    let rows = rows.iter().filter(|row| row.difference() == difference);
    rows.map(|row| row.about.clone()).collect()
}

fn tcp() -> About {
    About::Check(Some("Seattle".to_owned()), CheckName::Tcp)
}

fn found(code: Code) -> About {
    About::Finding(code, Some("Seattle".to_owned()))
}

fn silent_until(ms: f64) -> Scenario {
    let silent = healthy().silent("seattle/tcp");
    let gave_up = Probe::GiveUp(silent.find("seattle/tcp"));
    silent.set(gave_up, failed(ms))
}

#[test]
fn where_only_the_certainty_changed_the_comparison_says_so() {
    // The same silence, copied before the browser gave up and after.
    let (early, late) = (
        read(&healthy().silent("seattle/tcp")),
        read(&silent_until(25_000.0)),
    );
    let reports = [&early, &late];
    let rows = compare::rows(&reports);
    assert_eq!(differing(&rows, Difference::Statement), []);
    assert_eq!(
        differing(&rows, Difference::Certainty),
        [tcp(), found(Code::Dropped)]
    );
    let remarks = compare::remarks(&reports, &rows);
    assert!(!remarks.contains(&Remark::Alike), "{remarks:?}");
    let sentences: Vec<String> = remarks
        .iter()
        .map(|remark| words::remark_sentence(Lang::En, remark))
        .filter(|sentence| sentence.contains("not as sure"))
        .collect();
    assert_eq!(
        sentences,
        [
            "Seattle · Call events (TCP): the same, and not as sure: inferred in 1, confirmed in 2.",
            "Seattle · No answer: the same, and not as sure: inferred in 1, confirmed in 2.",
        ]
    );
    // Both sure, one of the layer as well.
    let known = read(&silent_until(30_200.0));
    let rows = compare::rows(&[&late, &known]);
    assert_eq!(
        differing(&rows, Difference::Certainty),
        [tcp(), found(Code::Dropped)]
    );
}

#[test]
fn another_place_is_more_than_another_certainty() {
    let fails = |trips: f64, once: f64, code| {
        let run = healthy().firefox();
        let fetches = [(); 4].map(|()| failed(trips * R));
        read(&run.endpoint("seattle/tcp", fetches, closed(once * R, code)))
    };
    let refused = fails(1.0, 1.0, 1006);
    let (rejected, proven) = (fails(20.0, 2.0, 1006), fails(20.0, 2.0, 1015));
    let moved = compare::rows(&[&refused, &rejected]);
    assert!(differing(&moved, Difference::Statement).contains(&tcp()));
    // The same layer, by the clock and by the browser's own word.
    let surer = compare::rows(&[&rejected, &proven]);
    assert!(differing(&surer, Difference::Certainty).contains(&tcp()));
    // An outcome that changed hides both.
    let well = compare::rows(&[&proven, &read(&healthy())]);
    assert!(differing(&well, Difference::Statement).contains(&tcp()));
    assert!(!differing(&well, Difference::Certainty).contains(&tcp()));
}

#[test]
fn a_report_of_an_older_format_says_no_change_of_the_place() {
    let new = read(&healthy().firefox().fails_after("seattle/tcp", 20.0));
    let mut old = new.clone();
    old.holds_places = false;
    let old = codec::decode(&codec::encode(&old)).expect("an older format's");
    let place = old.diagnosis.regions[2].checks[1].conclusion.place;
    assert_eq!((old.holds_places, place), (false, None));
    let new = codec::decode(&codec::encode(&new)).expect("ours");
    let rows = compare::rows(&[&old, &new]);
    assert_eq!(differing(&rows, Difference::Statement), []);
    assert_eq!(differing(&rows, Difference::Certainty), []);
    assert_eq!(compare::remarks(&[&old, &new], &rows)[0], Remark::Alike);
    let cell = |report: &Snapshot| {
        let row = compare::rows(&[report]);
        let row = row.iter().find(|row| row.about == tcp()).expect("a row");
        match row.cells[0] {
            Cell::Outcome(_, certainty) => certainty,
            other => panic!("{other:?}"),
        }
    };
    let that = Proof::Confirmed;
    assert_eq!(cell(&old), Certainty { that, place: None });
    let place = Place {
        layer: Layer::Tls,
        proof: Proof::Inferred,
    };
    assert_eq!(
        cell(&new),
        Certainty {
            that,
            place: Some(Some(place))
        }
    );
    // What it does hold is compared: that it fails was sure there, and is inferred here.
    let mut weaker = new.clone();
    weaker.diagnosis.regions[2].checks[1].conclusion.proof = Proof::Inferred;
    let rows = compare::rows(&[&old, &weaker]);
    assert_eq!(differing(&rows, Difference::Certainty), [tcp()]);
    // Two that know different places differ, even with one between them that knows none.
    let mut moved = new.clone();
    moved.diagnosis.regions[2].checks[1].conclusion.place = Some(Place {
        layer: Layer::Connect,
        proof: Proof::Inferred,
    });
    let rows = compare::rows(&[&new, &old, &moved]);
    assert!(differing(&rows, Difference::Statement).contains(&tcp()));
}
