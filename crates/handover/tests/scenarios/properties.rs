//! What must hold whatever the browser says: it ends in a report, and nobody is blamed without a witness.

use crate::scenario::Reports as _;
use crate::scenario::{
    R, Scenario, answered, closed, closes_after_tls, controls, failed, failed_after_tls,
    rejects_tls, speaks_http, unreached, waits,
};
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use proptest::sample::Index;
use reachcheck_diagnosis::analysis::CheckOutcome;
use reachcheck_diagnosis::diagnosis::Verdict;
use reachcheck_model::address::HttpsUrl;
use reachcheck_model::catalogue::Catalogue;
use reachcheck_model::config;
use reachcheck_model::link::Link;
use reachcheck_model::observation::{Answer, Failure, NotRun, Outcome};
use reachcheck_model::probe::Probe;
use reachcheck_wire::{Connect, Rejection};

fn outcomes() -> impl Strategy<Value = Outcome> {
    let ms = prop_oneof![
        Just(0.0),
        Just(3.0),
        Just(R),
        Just(2.0 * R),
        Just(4.0 * R),
        0.0..9000.0
    ];
    prop_oneof![
        ms.clone().prop_map(|ms| answered(ms, Answer::Opaque)),
        ms.clone().prop_map(|ms| answered(ms, Answer::Opened)),
        ms.clone().prop_map(failed),
        ms.clone().prop_map(failed_after_tls),
        (ms.clone(), prop_oneof![Just(1006), Just(1015)]).prop_map(|(ms, code)| closed(ms, code)),
        ms.prop_map(|ms| Outcome::Failed {
            ms,
            failure: Failure::Forbidden
        }),
        Just(Outcome::TimedOut { ms: 8000.0 }),
        Just(Outcome::Cancelled),
        Just(Outcome::NotRun(NotRun::NotNeeded)),
        (0_u32..2).prop_map(controls),
    ]
}

/// A healthy run with any number of things changed in it, the view from outside among them.
fn scenarios() -> impl Strategy<Value = Scenario> {
    let changes = proptest::collection::vec((any::<Index>(), outcomes()), 0..30);
    let dials = proptest::collection::vec((any::<Index>(), 0_usize..6), 0..6);
    (changes, dials, any::<bool>(), 0_usize..3).prop_map(|(changes, dials, firefox, relay)| {
        let mut scenario = Scenario::healthy();
        if firefox {
            scenario = scenario.firefox();
        }
        scenario = match relay {
            0 => scenario,
            1 => scenario.no_relay(),
            _ => scenario.relay_unreachable(),
        };
        let plan = scenario.plan();
        for (index, outcome) in changes {
            scenario = scenario.set(*index.get(&plan.probes), outcome);
        }
        let endpoints: Vec<_> = plan.endpoints().collect();
        for (index, kind) in dials {
            let endpoint = *index.get(&endpoints);
            let id = plan.region(endpoint).endpoint_id(endpoint.kind);
            let report = match kind {
                0 => speaks_http(&id),
                1 => closes_after_tls(&id),
                2 => rejects_tls(&id, Rejection::Closed),
                3 => waits(&id),
                4 => unreached(&id, Connect::Refused { ms: 1.0 }),
                _ => unreached(&id, Connect::Forbidden),
            };
            scenario = scenario.outside(&id, report);
        }
        scenario
    })
}

proptest! {
    #[test]
    fn every_run_ends_in_a_report_and_blames_nobody_without_a_witness(scenario in scenarios()) {
        let diagnosis = scenario.diagnose();
        let session = scenario.session();
        for region in &diagnosis.regions {
            let all_ok = region.checks.iter().all(|check| check.conclusion.outcome == CheckOutcome::Ok);
            let passes = matches!(region.verdict, Verdict::Reachable | Verdict::Degraded);
            assert!(!passes || all_ok, "{region:?}");
        }
        assert_eq!(diagnosis.contradictions(), [], "{diagnosis:?}");
        let has_outside = matches!(
            session.observations.get(Probe::RelayControls),
            Some(Outcome::Answered { answer: Answer::Controls(report), .. }) if report.answered > 0
        );
        let blames = diagnosis
            .regions
            .iter()
            .any(|region| matches!(region.verdict, Verdict::Blocked | Verdict::Down));
        assert!(has_outside || !blames, "{diagnosis:?}");
        let text = scenario.report(|_, _| {});
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    }

    #[test]
    fn no_link_can_break_the_page(search in "\\PC{0,200}") {
        let link = Link::parse(&search, &Catalogue::embedded());
        assert!(link.regions.len() <= 4);
        assert!(link.ticket.is_none_or(|ticket| !ticket.contains(['<', '>', '\n', '"', '\''])));
    }

    #[test]
    fn no_settings_file_can_break_the_page(text in "\\PC{0,200}") {
        let _ = config::parse(&text);
    }

    #[test]
    fn an_accepted_address_is_written_as_it_would_be_read(text in "https://[a-z.:0-9/-]{0,40}") {
        if let Ok(url) = HttpsUrl::parse(&text) {
            assert_eq!(HttpsUrl::parse(&url.to_string()), Ok(url));
        }
    }
}
