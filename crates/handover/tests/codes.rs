//! Short codes that were written down: they are read for ever as what they were written for, and what is written today
//! for the same is the same code.

use std::collections::BTreeSet;

use reachcheck_diagnosis::diagnosis::Verdict;
use reachcheck_diagnosis::findings::Code;
use reachcheck_handover::short_code::ShortCode;
use reachcheck_model::catalogue::Catalogue;

/// A line each: the code, how many regions the catalogue had, a letter for each region's verdict, the finding.
const FIRST: &str = include_str!("codes/first.txt");

/// The letters of verdicts in the samples.
const VERDICTS: [(char, Option<Verdict>); 6] = [
    ('-', None),
    ('B', Some(Verdict::Blocked)),
    ('D', Some(Verdict::Down)),
    ('U', Some(Verdict::Unknown)),
    ('S', Some(Verdict::Degraded)),
    ('R', Some(Verdict::Reachable)),
];

/// The page's own catalogue when the samples were written: each region with the number in its hosts' names.
const OWN: [(&str, u32); 4] = [
    ("toronto", 0),
    ("virginia", 1),
    ("seattle", 6),
    ("virginia-seattle", 8),
];

/// The catalogue that samples of so many regions were written with, whatever the page's own has become: with four the
/// page's own, else regions of made-up names.
fn catalogue(regions: u32) -> Catalogue {
    let mut catalogue = Catalogue::embedded();
    let any = catalogue.regions[0].clone();
    let named = |id: String, https: String, tcp: String| {
        let mut region = any.clone();
        region.id = id;
        (region.https.host, region.https.port) = (https, 443);
        (region.tcp.host, region.tcp.port) = (tcp, 443);
        region
    };
    catalogue.regions = match regions {
        4 => OWN
            .iter()
            .map(|(id, pop)| {
                let host = |of: &str| format!("pop{pop}-{of}.mycontactcenter.net");
                named((*id).to_owned(), host("ccaws"), host("ccans"))
            })
            .collect(),
        _ => (0..regions)
            .map(|number| {
                let host = |of: &str| format!("{of}-{number}.example.net");
                named(format!("region-{number}"), host("web"), host("tcp"))
            })
            .collect(),
    };
    catalogue
}

fn said(verdicts: &str, finding: &str) -> ShortCode {
    ShortCode {
        verdicts: verdicts
            .chars()
            .map(|letter| {
                let known = VERDICTS.iter().find(|(known, _)| *known == letter);
                known.expect("a letter of a verdict").1
            })
            .collect(),
        leading: (finding != "none").then(|| {
            let mut all = Code::ALL.iter().copied();
            all.find(|code| code.token() == finding)
                .expect("a finding for ever")
        }),
    }
}

#[test]
fn every_code_that_was_written_down_says_what_it_said() {
    let mut findings = BTreeSet::new();
    for line in FIRST.lines() {
        let columns: Vec<&str> = line.split(' ').collect();
        let [code, regions, verdicts, finding] = columns[..] else {
            panic!("{line}");
        };
        let catalogue = catalogue(regions.parse().expect(line));
        let short = said(verdicts, finding);
        assert_eq!(
            ShortCode::read(code, &catalogue).as_ref(),
            Ok(&short),
            "{line}"
        );
        assert_eq!(short.write(&catalogue), code, "{line}");
        findings.insert((regions, finding));
    }
    // None, and 32 findings, with each of four catalogues: no sample was lost.
    assert_eq!((FIRST.lines().count(), findings.len()), (396, 4 * 33));
}
