//! Reports that a stranger wrote: what they name and this page does not know is marked and never asked for, and what no
//! version concludes is named.

use crate::scenario::{Reports as _, Scenario, healthy, nothing_answers};
use reachcheck_diagnosis::diagnosis::Verdict;
use reachcheck_handover::caution::{Caution, cautions};
use reachcheck_handover::codec;
use reachcheck_handover::firewall::FirewallRequest;
use reachcheck_handover::record::LeftOut;
use reachcheck_handover::snapshot::Snapshot;
use reachcheck_handover::words;
use reachcheck_model::catalogue::Catalogue;
use reachcheck_model::lang::Lang;
use reachcheck_model::observation::Outcome;
use reachcheck_model::probe::{Port, Probe};

const SEATTLE: usize = 2;
const STRANGER: &str = "c2.attacker.example";

/// A report as it is read, with something changed before it was written.
fn forged(run: &Scenario, change: impl FnOnce(&mut Snapshot)) -> Snapshot {
    let mut snapshot = None;
    run.with_report(LeftOut::default(), |record| {
        snapshot = Some(Snapshot::of(record));
    });
    let mut snapshot = snapshot.expect("a report");
    change(&mut snapshot);
    let link = format!("https://check.example.com/#{}", codec::fragment(&snapshot));
    let results = codec::read(&link);
    let [Ok(read)] = &results[..] else {
        panic!("{results:?}");
    };
    read.clone()
}

fn blocked() -> Scenario {
    healthy().silent("seattle/tcp")
}

fn found(report: &Snapshot) -> Vec<Caution> {
    cautions(report, &Catalogue::embedded())
}

/// The request that a reader passes on.
fn request(report: &Snapshot) -> (FirewallRequest, String) {
    let catalogue = Catalogue::embedded();
    let request = FirewallRequest::of_report(&report.plan, &report.diagnosis, &catalogue);
    let text = request.text(Lang::En, None, report.started);
    (request, text)
}

fn hosts(all: &[&str]) -> Vec<Caution> {
    let all = all.iter().map(|host| (*host).to_owned());
    vec![Caution::Hosts(all.collect())]
}

#[test]
fn a_report_of_this_page_needs_no_caution_and_asks_for_the_same() {
    for run in [healthy(), blocked(), nothing_answers()] {
        let report = forged(&run, |_| {});
        assert_eq!(found(&report), []);
        assert_eq!(
            request(&report).0,
            FirewallRequest::of(&report.plan, &report.diagnosis)
        );
    }
}

#[test]
fn a_strangers_host_is_named_and_in_no_ready_line() {
    let report = forged(&blocked(), |report| {
        report.plan.regions[SEATTLE].tcp.host = STRANGER.to_owned();
        report.plan.regions[SEATTLE].tcp.port = 22;
    });
    assert_eq!(found(&report), hosts(&["c2.attacker.example:22"]));
    let (asked, text) = request(&report);
    assert_eq!(asked.unlisted, ["c2.attacker.example:22"]);
    assert!(asked.allow.is_empty() && !asked.is_empty());
    assert_eq!(text.matches(STRANGER).count(), 1, "{text}");
    // No tool is told anything where nothing is left to allow.
    assert!(
        !text.contains("SQUID") && !text.contains("OUTBOUND"),
        "{text}"
    );
}

#[test]
fn a_strangers_host_stands_beside_what_is_asked_for() {
    let run = blocked().silent("toronto/tcp");
    let report = forged(&run, |report| {
        report.plan.regions[SEATTLE].tcp.host = STRANGER.to_owned();
    });
    let (asked, text) = request(&report);
    assert_eq!(asked.allow.len(), 1);
    assert!(text.contains("pop0-ccans.mycontactcenter.net"), "{text}");
    assert_eq!(text.matches(STRANGER).count(), 1, "{text}");
}

#[test]
fn another_port_of_a_known_host_is_a_strangers() {
    let run = blocked().set(Probe::Port(Port::Xmpp), Outcome::TimedOut { ms: 4000.0 });
    let report = forged(&run, |report| report.plan.regions[SEATTLE].tcp.port = 22);
    let target = format!("{}:22", report.plan.regions[SEATTLE].tcp.host);
    assert_eq!(found(&report), hosts(&[&target]));
    let (asked, text) = request(&report);
    assert_eq!(asked.unlisted, [target]);
    assert!(
        !text.contains("-Port 22 ") && !text.contains("acl port_22 "),
        "{text}"
    );
    // Presence is at a port that no list names, and at hosts that it does.
    assert!(asked.allow.iter().all(|line| line.port == 5222));
    assert_eq!(asked.allow.len(), 4);
}

#[test]
fn presence_at_a_strangers_host_is_not_asked_for() {
    let run = healthy().set(Probe::Port(Port::Xmpp), Outcome::TimedOut { ms: 4000.0 });
    let report = forged(&run, |report| {
        report.plan.regions[SEATTLE].https.host = STRANGER.to_owned();
    });
    let (asked, _) = request(&report);
    assert_eq!(asked.unlisted, [format!("{STRANGER}:5222")]);
    assert_eq!(asked.allow.len(), 3);
}

#[test]
fn a_known_host_in_another_region_is_no_strangers() {
    let report = forged(&blocked(), |report| {
        report.plan.regions[SEATTLE].tcp = report.plan.regions[0].tcp.clone();
    });
    assert_eq!(found(&report), []);
}

#[test]
fn names_of_a_stranger_are_quoted_and_never_in_this_pages_name() {
    let report = forged(&blocked(), |report| {
        report.plan.provider = "Your bank".to_owned();
        report.plan.regions[SEATTLE].name = "Call 555 0100".to_owned();
    });
    assert_eq!(
        found(&report),
        [
            Caution::Provider("Your bank".to_owned()),
            Caution::Names(vec!["Call 555 0100".to_owned()]),
        ]
    );
    let catalogue = Catalogue::embedded();
    for lang in Lang::ALL {
        let plan = words::plan_as_reported(lang, &report.plan, &catalogue);
        for (quoted, name) in [
            (&plan.provider, "Your bank"),
            (&plan.regions[SEATTLE].name, "Call 555 0100"),
        ] {
            assert!(quoted.contains(name) && quoted != name, "{quoted}");
        }
        // What is known stays as it is.
        assert_eq!(plan.regions[0], report.plan.regions[0]);
        assert_eq!(
            plan.regions[SEATTLE].country,
            report.plan.regions[SEATTLE].country
        );
    }
    let (_, text) = request(&report);
    assert!(text.starts_with(&format!("FIREWALL REQUEST - {}\n", catalogue.provider)));
    assert!(!text.contains("Your bank"), "{text}");
}

#[test]
fn a_verdict_that_does_not_follow_is_named() {
    let report = forged(&blocked(), |report| {
        report.diagnosis.headline = Verdict::Reachable
    });
    let (says, follows) = (Verdict::Reachable, Verdict::Blocked);
    assert_eq!(found(&report), [Caution::Headline { says, follows }]);
    let report = forged(&blocked(), |report| {
        report.diagnosis.regions[SEATTLE].verdict = Verdict::Reachable;
        report.diagnosis.headline = Verdict::Reachable;
    });
    let name = "Seattle".to_owned();
    let expected = [Caution::Region {
        name,
        says,
        follows,
    }];
    assert_eq!(found(&report), expected);
    for lang in Lang::ALL {
        let said = words::caution(lang, &expected[0]);
        assert!(said.contains("Seattle"), "{said}");
    }
}

/// Reports that older versions wrote of their own tests' runs, one a line after the test's name: one for each headline,
/// verdicts of the regions and first finding. They never change. (The golden blocks beside them are no runs: what stands in
/// them is whatever a number picks.)
#[test]
fn reports_of_older_versions_need_no_caution() {
    let runs = [
        include_str!("../blocks/format-1-runs.links"),
        include_str!("../blocks/format-3-runs.links"),
    ];
    let mut headlines = Vec::new();
    for line in runs.iter().flat_map(|runs| runs.lines()) {
        let results = codec::read(line);
        let [Ok(report)] = &results[..] else {
            panic!("{line}: {results:?}");
        };
        assert_eq!(found(report), [], "{line}");
        headlines.push(report.diagnosis.headline);
    }
    headlines.sort_unstable();
    headlines.dedup();
    assert_eq!(headlines.len(), 6, "{headlines:?}");
}
