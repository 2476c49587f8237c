//! The report's limits of the test: which stand in every report, and which only where they can matter.

use crate::scenario::{Reports as _, Scenario, healthy, nothing_answers};
use reachcheck_handover::record::LeftOut;
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, Limit};

const STANDING: [Limit<'_>; 2] = [Limit::OwnNames, Limit::EnginePlace];
const OF_SOME: [Limit<'_>; 3] = [Limit::InFrame, Limit::HttpStatus, Limit::Ipv6];

/// Which of them a report has.
fn said(scenario: &Scenario, lang: Lang, left_out: LeftOut) -> Vec<Limit<'static>> {
    let mut scenario = scenario.clone();
    scenario.config.report_language = lang;
    let mut report = String::new();
    scenario.with_report(left_out, |record| report = record.text());
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let report = flat(&report);
    let is_said = |limit: &Limit<'_>| report.contains(&flat(&text::limit(lang, *limit)));
    let limits = STANDING.into_iter().chain(OF_SOME);
    limits.filter(is_said).collect()
}

#[test]
fn each_limit_is_said_where_it_can_matter_in_every_language() {
    let mut framed = healthy();
    framed.environment.in_frame = true;
    let by_ipv6 = healthy().challenge(|it| it.saw.address = "2001:db8::7".to_owned());
    let without_address = LeftOut {
        address: true,
        ..LeftOut::default()
    };
    let all = LeftOut::default();
    let usual = Limit::HttpStatus;
    for lang in Lang::ALL {
        for (scenario, left_out, expected) in [
            (&healthy(), all, vec![usual]),
            (&nothing_answers(), all, vec![]),
            (&framed, all, vec![Limit::InFrame, usual]),
            (&by_ipv6, all, vec![usual, Limit::Ipv6]),
            // The family is part of the address.
            (&by_ipv6, without_address, vec![usual]),
        ] {
            let expected = [&STANDING, &expected[..]].concat();
            assert_eq!(said(scenario, lang, left_out), expected);
        }
    }
}
