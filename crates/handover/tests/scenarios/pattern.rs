//! The pattern in many reports, as data: who was where with which result, and what is said of it.

use reachcheck_diagnosis::diagnosis::Verdict;
use reachcheck_diagnosis::testing::{Scenario, healthy, nothing_answers};
use reachcheck_handover::codec;
use reachcheck_handover::pattern::groups::{GroupBy, groups};
use reachcheck_handover::pattern::sentences::{letter, paragraphs, shared};
use reachcheck_handover::pattern::statements::Pattern;
use reachcheck_handover::pattern::traits::Kind;
use reachcheck_handover::pattern::{Matrix, export};
use reachcheck_handover::reading::{Reading, read_all};
use reachcheck_handover::record::LeftOut;
use reachcheck_handover::short_code::ShortCode;
use reachcheck_handover::snapshot::Snapshot;
use reachcheck_model::catalogue::Catalogue;
use reachcheck_model::lang::Lang;

use crate::scenario::Reports as _;

/// 2026-11-27 09:00 UTC.
const NINE: f64 = 1_795_770_000_000.0;
const EDGE: &str = "Edge 142 (Windows)";
const FIREFOX: &str = "Firefox 145 (Windows)";

fn report(scenario: &Scenario) -> Snapshot {
    let mut snapshot = None;
    scenario.with_report(LeftOut::default(), |report| {
        snapshot = Some(Snapshot::of(report))
    });
    snapshot.expect("a report")
}

/// What came of a person's check.
#[derive(Clone, Copy)]
enum Is {
    Well,
    Blocked,
    BlockedTwice,
    Offline,
}
use Is::{Blocked, BlockedTwice, Offline, Well};

/// A person: what came of the check, the last number of the address (left out where it is 0), the browser, and when,
/// in minutes after nine.
type Person = (Is, u8, &'static str, u32);

fn person((is, address, browser, minutes): Person) -> Snapshot {
    let mut report = report(&match is {
        Well => healthy(),
        Blocked => healthy().silent("seattle/tcp"),
        BlockedTwice => healthy().silent("seattle/tcp").silent("toronto/tcp"),
        Offline => nothing_answers(),
    });
    report.address = (address > 0).then(|| format!("203.0.{address}.7"));
    report.started.unix_ms = NINE + f64::from(minutes) * 60_000.0;
    report.browser.as_mut().expect("a browser").name = browser.to_owned();
    report
}

fn matrix(reports: impl IntoIterator<Item = Snapshot>, names: &[Option<String>]) -> Matrix {
    let readings: Vec<Reading> = reports
        .into_iter()
        .map(|report| Reading::Report(Box::new(report)))
        .collect();
    Matrix::of(Lang::En, &readings, names, &Catalogue::embedded(), 0)
}

/// Every sentence, a line for each trouble or story.
fn said(matrix: &Matrix) -> Vec<String> {
    let pattern = Pattern::of(matrix);
    let all = paragraphs(Lang::En, matrix, &pattern, 0).into_iter();
    all.map(|it| [vec![it.title], it.more].concat().join(" "))
        .collect()
}

fn said_of(people: &[Person]) -> Vec<String> {
    said(&matrix(people.iter().copied().map(person), &[]))
}

/// Two relays, of which one cannot reach a region, or stands where the service turns it away.
#[test]
fn people_who_share_a_relay_are_told_so() {
    let seen_by = |relay: Option<&str>, person_of: Person| Snapshot {
        relay: relay.map(str::to_owned),
        ..person(person_of)
    };
    let (one, other) = (Some("relay.example"), Some("relay-2.example:8443"));
    let people = [
        seen_by(one, (Blocked, 1, EDGE, 1)),
        seen_by(one, (Blocked, 2, FIREFOX, 70)),
        seen_by(other, (Well, 3, EDGE, 2)),
        seen_by(other, (Well, 4, FIREFOX, 75)),
        seen_by(other, (Well, 5, EDGE, 135)),
    ];
    let matrix = matrix(people, &[]);
    assert_eq!(
        said(&matrix),
        [
            "2 of 5 are blocked in Seattle. They are 1 and 2. Both are seen by relay relay.example. \
             None of the other 3 is. Only there: No answer (Seattle)."
        ]
    );
    let by_relay = groups(&matrix, &Pattern::of(&matrix), GroupBy::Trait(Kind::Relay));
    let named: Vec<_> = by_relay
        .iter()
        .map(|group| (shared(Lang::En, &matrix, &group.shared), group.cases.len()))
        .collect();
    let expected = [("relay.example", 2), ("relay-2.example:8443", 3)];
    assert_eq!(
        named,
        expected.map(|(relay, count)| (relay.to_owned(), count))
    );
}

#[test]
fn what_sets_the_affected_apart_is_said() {
    let found = "Only there: No answer (Seattle).";
    for (people, expected) in [
        // One address, and nothing else.
        (
            vec![
                (Blocked, 7, EDGE, 1),
                (Blocked, 7, FIREFOX, 70),
                (Blocked, 7, EDGE, 130),
                (Well, 1, EDGE, 2),
                (Well, 2, FIREFOX, 75),
                (Well, 3, EDGE, 135),
            ],
            format!(
                "3 of 6 are blocked in Seattle. All 3 are behind 203.0.7.7. None of the other 3 is. {found}"
            ),
        ),
        // One browser.
        (
            vec![
                (Blocked, 1, FIREFOX, 1),
                (Blocked, 2, FIREFOX, 70),
                (Well, 1, EDGE, 2),
                (Well, 2, EDGE, 75),
                (Well, 3, EDGE, 135),
            ],
            format!(
                "2 of 5 are blocked in Seattle. They are 1 and 2. Both are in {FIREFOX}. None of the other 3 is. {found}"
            ),
        ),
        // Some of the address are well: most of these, and most of those.
        (
            vec![
                (Blocked, 7, EDGE, 1),
                (Blocked, 7, EDGE, 2),
                (Blocked, 7, EDGE, 3),
                (Blocked, 1, EDGE, 4),
                (Well, 7, EDGE, 5),
                (Well, 2, EDGE, 6),
                (Well, 3, EDGE, 7),
                (Well, 4, EDGE, 8),
            ],
            format!(
                "4 of 8 are blocked in Seattle. 3 of the 4 are behind 203.0.7.7. So is 1 of the other 4. {found}"
            ),
        ),
        // Two sites.
        (
            vec![
                (Blocked, 7, EDGE, 1),
                (Blocked, 7, EDGE, 2),
                (Blocked, 8, EDGE, 3),
                (Blocked, 8, EDGE, 4),
                (Well, 1, EDGE, 5),
                (Well, 2, EDGE, 6),
            ],
            format!(
                "4 of 6 are blocked in Seattle. 2 of the 4 are behind 203.0.7.7. 2 of the 4 are behind 203.0.8.7. None of the other 2 is. {found}"
            ),
        ),
        // Nothing: as many of these as of those.
        (
            vec![
                (Blocked, 1, EDGE, 1),
                (Blocked, 2, EDGE, 2),
                (Well, 1, EDGE, 3),
                (Well, 2, EDGE, 4),
            ],
            format!(
                "2 of 4 are blocked in Seattle. Nothing that the reports tell sets them apart. {found}"
            ),
        ),
        // Everybody at home: that each has another address tells nothing.
        (
            vec![
                (Blocked, 1, EDGE, 1),
                (Well, 2, EDGE, 2),
                (Well, 3, EDGE, 3),
                (Well, 4, EDGE, 4),
            ],
            format!(
                "1 of 4 is blocked in Seattle: 1. Nothing that the reports tell sets them apart. {found}"
            ),
        ),
        // All but one in the office.
        (
            vec![
                (Blocked, 1, EDGE, 1),
                (Well, 7, EDGE, 2),
                (Well, 7, EDGE, 3),
                (Well, 7, EDGE, 4),
            ],
            format!(
                "1 of 4 is blocked in Seattle: 1. The other 3 are all behind 203.0.7.7. This one is behind 203.0.1.7. {found}"
            ),
        ),
        // Most others in the office.
        (
            vec![
                (Blocked, 1, EDGE, 1),
                (Well, 7, EDGE, 2),
                (Well, 7, EDGE, 3),
                (Well, 2, EDGE, 4),
            ],
            format!(
                "1 of 4 is blocked in Seattle: 1. It is the only one behind 203.0.1.7. {found}"
            ),
        ),
        // Who is well is in the office, and nobody else.
        (
            vec![
                (Blocked, 1, EDGE, 1),
                (Blocked, 2, EDGE, 2),
                (Blocked, 3, EDGE, 3),
                (Blocked, 4, EDGE, 4),
                (Well, 7, EDGE, 5),
                (Well, 7, EDGE, 6),
            ],
            format!(
                "4 of 6 are blocked in Seattle. The other 2 are all behind 203.0.7.7. None of these 4 is. {found}"
            ),
        ),
        // Two people.
        (
            vec![(Blocked, 1, EDGE, 1), (Well, 2, EDGE, 2)],
            format!(
                "1 of 2 is blocked in Seattle: 1. 1: behind 203.0.1.7. 2: behind 203.0.2.7. {found}"
            ),
        ),
        (
            vec![(Blocked, 1, EDGE, 1), (Blocked, 1, FIREFOX, 2)],
            "Both are blocked in Seattle. Both are behind 203.0.1.7. Both are on Windows. Both are from 2026-11-27 09:00–10:00. In all of them: No answer (Seattle).".to_owned(),
        ),
        // The site of several addresses.
        (
            vec![
                (Blocked, 1, "Edge 141 (Windows)", 1),
                (Blocked, 1, EDGE, 70),
                (Well, 1, FIREFOX, 2),
                (Well, 1, FIREFOX, 71),
            ],
            format!(
                "2 of 4 are blocked in Seattle. The other 2 are all in {FIREFOX}. None of these 2 is. {found}"
            ),
        ),
        (vec![(Well, 1, EDGE, 1), (Well, 2, EDGE, 2)], "Both reach everything that they tested.".to_owned()),
        (
            vec![(Well, 1, EDGE, 1), (Well, 2, EDGE, 2), (Well, 3, EDGE, 3)],
            "All 3 reach everything that they tested.".to_owned(),
        ),
    ] {
        assert_eq!(said_of(&people), [expected]);
    }
}

/// Who alone tested a region shares nothing with anybody, and nobody is without it.
#[test]
fn one_who_tested_a_region_alone_is_not_told_as_all() {
    let people = [
        (Blocked, 7, EDGE, 1),
        (Well, 1, EDGE, 2),
        (Well, 2, EDGE, 3),
    ];
    let mut matrix = matrix(people.into_iter().map(person), &[]);
    let seattle = matrix.columns.iter().position(|it| it.id == "seattle");
    for case in &mut matrix.cases[1..] {
        case.verdicts[seattle.expect("a column")] = None;
    }
    let expected = "1 of 1 is blocked in Seattle: 1. Not tested by 2.";
    assert_eq!(said(&matrix), [expected]);
}

#[test]
fn what_is_left_out_is_never_counted_as_elsewhere() {
    // All of the others leave it out: nothing is known to set them apart.
    let hidden = said_of(&[
        (Blocked, 7, EDGE, 1),
        (Blocked, 7, EDGE, 2),
        (Well, 0, EDGE, 3),
        (Well, 0, EDGE, 4),
    ]);
    assert_eq!(
        hidden,
        [
            "2 of 4 are blocked in Seattle. Nothing that the reports tell sets them apart. Only there: No answer (Seattle). 2 of 4 do not tell their public address."
        ]
    );
    // One of four does.
    let some = said_of(&[
        (Blocked, 7, EDGE, 1),
        (Blocked, 7, EDGE, 2),
        (Blocked, 7, EDGE, 3),
        (Well, 0, EDGE, 3),
        (Well, 1, EDGE, 4),
        (Well, 2, EDGE, 4),
        (Well, 3, EDGE, 4),
    ]);
    assert_eq!(
        some,
        [
            "3 of 7 are blocked in Seattle. They are 1, 2 and 3. All 3 are behind 203.0.7.7. Of the others of which it is known (3), none is. Of 1 of the others it is not known. Only there: No answer (Seattle). 1 of 7 does not tell the public address."
        ]
    );
}

#[test]
fn regions_that_the_same_people_miss_stand_together_and_offline_stands_alone() {
    let said = said_of(&[
        (BlockedTwice, 7, EDGE, 1),
        (BlockedTwice, 7, EDGE, 2),
        (Blocked, 1, EDGE, 3),
        (Offline, 0, EDGE, 4),
        (Well, 2, EDGE, 5),
    ]);
    let titles: Vec<&str> = said
        .iter()
        .map(|it| it.split_once(". ").map_or(it.as_str(), |(title, _)| title))
        .collect();
    assert_eq!(
        titles,
        [
            "1 of 5 is offline: 4",
            "3 of 5 are blocked in Seattle",
            "2 of 5 are blocked in Toronto",
        ]
    );
    let both = said_of(&[(BlockedTwice, 7, EDGE, 1), (Well, 2, EDGE, 5)]);
    assert!(
        both[0].starts_with("1 of 2 is blocked in Toronto and Seattle: 1."),
        "{both:?}"
    );
}

/// One who was blocked, and is not any more.
fn mended() -> [Snapshot; 2] {
    [(Blocked, 7, EDGE, 5), (Well, 7, EDGE, 43)].map(person)
}

#[test]
fn before_and_after_of_one_person_are_a_story() {
    let story = "2026-11-27 09:05, then 09:43 Mended: Seattle. New: nothing. No longer found: No answer (Seattle).";
    let [before, after] = mended();
    // The only two, in whatever order.
    for pair in [[&before, &after], [&after, &before]] {
        let matrix = matrix(pair.map(Clone::clone), &[]);
        assert_eq!(said(&matrix), [format!("203.0.7.7, {story}")]);
        let pattern = Pattern::of(&matrix);
        assert_eq!(pattern.current.len(), 1);
        // Of one person there is no pattern.
        assert_eq!(pattern.statements, []);
    }
    // Two of one ticket among others; they count as one.
    let ticket = |mut report: Snapshot| {
        report.ticket = Some("INC-1".to_owned());
        report
    };
    let others = [(Well, 1, EDGE, 1), (Well, 2, EDGE, 2)].map(person);
    let people = [before.clone(), after.clone()].map(ticket);
    let told = said(&matrix(people.iter().cloned().chain(others.clone()), &[]));
    assert_eq!(
        told,
        [
            format!("INC-1, {story}"),
            "All 3 reach everything that they tested.".to_owned()
        ]
    );
    // A whole team has one ticket, one address and one browser: nobody knows who is who.
    let team = [1, 2, 3].map(|minutes| ticket(person((Blocked, 7, EDGE, minutes))));
    let team = matrix(team, &[]);
    assert_eq!(Pattern::of(&team).stories, []);
    assert_eq!(team.label(1), "INC-1 · 2");
    // Other addresses, other people; and the helpdesk knows better.
    let moved = [before.clone(), person((Well, 8, EDGE, 43))].map(ticket);
    assert_eq!(Pattern::of(&matrix(moved.clone(), &[])).stories, []);
    let anna = Some("Anna".to_owned());
    let told = said(&matrix(moved.clone(), &[anna.clone(), anna.clone()]));
    assert_eq!(told, [format!("Anna, {story}")]);
    let told = matrix([before, after], &[anna, Some("Ben".to_owned())]);
    assert_eq!(Pattern::of(&told).stories, []);
}

#[test]
fn what_was_undecided_was_no_trouble_that_is_mended() {
    let mut before = person((Well, 7, EDGE, 5));
    before.diagnosis.regions[2].verdict = Verdict::Unknown;
    before.diagnosis.regions[0].verdict = Verdict::Blocked;
    let mut after = person((Well, 7, EDGE, 5 + 24 * 60));
    after.diagnosis.regions[0].verdict = Verdict::Blocked;
    after.diagnosis.regions[1].verdict = Verdict::Down;
    assert_eq!(
        said(&matrix([before, after], &[])),
        [
            "203.0.7.7, 2026-11-27 09:05, then 2026-11-28 09:05 Mended: nothing. New: Virginia. Seattle: unknown, now reachable. Still blocked: Toronto."
        ]
    );
}

#[test]
fn rows_are_grouped_by_what_shows_the_pattern_best() {
    let people = [
        (Well, 1, EDGE, 1),
        (Blocked, 7, EDGE, 2),
        (Well, 0, EDGE, 3),
        (Blocked, 7, EDGE, 4),
        (Well, 1, FIREFOX, 5),
        (Well, 7, EDGE, 6),
        (Well, 1, EDGE, 7),
        (Well, 1, EDGE, 8),
    ];
    let matrix = matrix(people.map(person), &[]);
    let pattern = Pattern::of(&matrix);
    let by = GroupBy::best(&pattern);
    assert_eq!(by, GroupBy::Trait(Kind::Address));
    let named = |by| -> Vec<(String, Vec<usize>)> {
        let all = groups(&matrix, &pattern, by).into_iter();
        all.map(|group| (shared(Lang::En, &matrix, &group.shared), group.cases))
            .collect()
    };
    assert_eq!(
        named(by),
        [
            ("203.0.7.7".to_owned(), vec![1, 3, 5]),
            ("203.0.1.7".to_owned(), vec![0, 4, 6, 7]),
            ("not known".to_owned(), vec![2]),
        ]
    );
    assert_eq!(
        named(GroupBy::Result),
        [
            ("blocked: Seattle".to_owned(), vec![1, 3]),
            ("reachable".to_owned(), vec![0, 2, 4, 5, 6, 7]),
        ]
    );
    assert_eq!(
        named(GroupBy::Finding),
        [
            ("No answer (Seattle)".to_owned(), vec![1, 3]),
            ("no finding".to_owned(), vec![0, 2, 4, 5, 6, 7]),
        ]
    );
    for by in GroupBy::ALL {
        assert_eq!(GroupBy::from_token(by.token()), Some(by));
        let count: usize = named(by).iter().map(|(_, cases)| cases.len()).sum();
        assert_eq!(count, 8, "{by:?}");
    }
}

#[test]
fn letters_tell_verdicts_apart_in_every_language() {
    let all = [
        Verdict::Offline,
        Verdict::Blocked,
        Verdict::Down,
        Verdict::Unknown,
        Verdict::Degraded,
        Verdict::Reachable,
    ];
    for lang in Lang::ALL {
        let mut letters = all.map(|verdict| letter(lang, verdict)).to_vec();
        assert!(
            letters.iter().all(|it| it.chars().count() == 1),
            "{letters:?}"
        );
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), all.len(), "{letters:?}");
    }
}

#[test]
fn short_codes_are_rows_of_which_little_is_known() {
    let catalogue = Catalogue::embedded();
    let well = ShortCode {
        verdicts: vec![Some(Verdict::Reachable); 4],
        leading: None,
    };
    let mut blocked = well.clone();
    blocked.verdicts[2] = Some(Verdict::Blocked);
    let text = [&blocked, &blocked, &well].map(|code| code.write(&catalogue));
    let read = read_all(&[&text.join("\n")], &catalogue);
    // Two people may have the same result.
    assert_eq!((read.read.len(), read.copies), (3, 0));
    let matrix = Matrix::of(Lang::En, &read.read, &[], &catalogue, 0);
    assert_eq!(
        said(&matrix),
        [
            "2 of 3 are blocked in Seattle. Nothing that the reports tell sets them apart. 3 of 3 do not tell their public address."
        ]
    );
}

#[test]
fn copies_are_recognised_wherever_they_are() {
    let catalogue = Catalogue::embedded();
    let [one, other] = mended().map(|report| codec::block(&report).join("\n"));
    let link = format!("https://check.example/#{}", codec::fragment(&mended()[0]));
    for (texts, copies) in [
        (vec![format!("{one}\n{other}")], 0),
        (vec![format!("{one}\n{other}\n{one}\n{one}")], 2),
        (vec![one.clone(), format!("{one}\n{other}")], 1),
        // A report has its own link beside it.
        (vec![format!("{one}\n{link}\n{other}")], 0),
    ] {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let read = read_all(&texts, &catalogue);
        assert_eq!((read.read.len(), read.copies), (2, copies), "{texts:?}");
        assert_eq!(read.refused, []);
    }
    let read = read_all(&[&one, "nothing", &other], &catalogue);
    assert_eq!(read.refused.len(), 1);
    assert_eq!(read.refused[0].0, 1);
}

/// So many reports of people in ten offices, of which the first has a filter.
fn team(count: u32) -> Vec<Snapshot> {
    let base = [Well, Blocked].map(|is| person((is, 1, EDGE, 0)));
    (0..count)
        .map(|number| {
            let office = number % 10;
            let mut report = base[usize::from(office == 0)].clone();
            report.address = Some(format!("203.0.113.{office}"));
            report.started.unix_ms += f64::from(number) * 7_000.0;
            report.ticket = Some(format!("INC-{number}"));
            report
        })
        .collect()
}

#[test]
fn five_hundred_reports_are_read_at_once_and_no_more() {
    let catalogue = Catalogue::embedded();
    let text = |count| {
        let blocks = team(count).into_iter();
        let blocks = blocks.map(|report| codec::block(&report).join("\n"));
        blocks.collect::<Vec<_>>().join("\n\n")
    };
    // Of so many, hundreds have the same tag on their lines as another, and some lines are the same.
    let read = read_all(&[&text(500)], &catalogue);
    assert_eq!((read.read.len(), read.refused.len()), (500, 0));
    assert_eq!((read.copies, read.is_full), (0, false));
    let matrix = Matrix::of(Lang::En, &read.read, &[], &catalogue, 0);
    assert_eq!(
        said(&matrix),
        [
            "50 of 500 are blocked in Seattle. All 50 are behind 203.0.113.0. None of the other 450 is. Only there: No answer (Seattle)."
        ]
    );
    let more = read_all(&[&text(501)], &catalogue);
    assert_eq!((more.read.len(), more.is_full), (500, true));
}

#[test]
fn the_matrix_is_exported_as_a_table_and_as_a_text() {
    let mut people = [
        (Blocked, 7, EDGE, 2),
        (Blocked, 7, EDGE, 70),
        (Well, 1, EDGE, 3),
    ]
    .map(person);
    people[2].ticket = Some("-1+2".to_owned());
    let names = [Some("=Anna \"A\"".to_owned()), None, None];
    let matrix = matrix(people, &names);
    let csv = export::csv(&matrix);
    assert_eq!(
        csv,
        "\u{feff}\"number\",\"name\",\"ticket\",\"utc\",\"address\",\"browser\",\"Toronto\",\"Virginia\",\"Seattle\",\"Virginia, Seattle\",\"findings\"\r\n\
         \"1\",\"'=Anna \"\"A\"\"\",\"\",\"2026-11-27T09:02:00Z\",\"203.0.7.7\",\"Edge 142 (Windows)\",\"reachable\",\"reachable\",\"blocked\",\"reachable\",\"dropped (Seattle)\"\r\n\
         \"2\",\"\",\"\",\"2026-11-27T10:10:00Z\",\"203.0.7.7\",\"Edge 142 (Windows)\",\"reachable\",\"reachable\",\"blocked\",\"reachable\",\"dropped (Seattle)\"\r\n\
         \"3\",\"\",\"'-1+2\",\"2026-11-27T09:03:00Z\",\"203.0.1.7\",\"Edge 142 (Windows)\",\"reachable\",\"reachable\",\"reachable\",\"reachable\",\"\"\r\n"
    );
    let pattern = Pattern::of(&matrix);
    let words = paragraphs(Lang::En, &matrix, &pattern, 0);
    let grouped = groups(&matrix, &pattern, GroupBy::best(&pattern));
    let text = export::text(Lang::En, &matrix, &words, &grouped, 0);
    assert_eq!(
        text,
        "- 2 of 3 are blocked in Seattle. Both are behind 203.0.7.7. The other is not.\n  \
           Only there: No answer (Seattle).\n\
         \n\
         Regions, from the left: Toronto; Virginia; Seattle; Virginia, Seattle.\n\
         B = blocked, R = reachable\n\
         \n\
         203.0.7.7 (2 of 2 in trouble)\n  \
           R R B R  =Anna \"A\" - 203.0.7.7 - Edge 142 (Windows) - 2026-11-27 09:02 - No\n    \
             answer (Seattle)\n  \
           R R B R  2 - 203.0.7.7 - Edge 142 (Windows) - 2026-11-27 10:10 - No answer\n    \
             (Seattle)\n\
         \n\
         203.0.1.7 (1, none in trouble)\n  \
           R R R R  -1+2 - 203.0.1.7 - Edge 142 (Windows) - 2026-11-27 09:03\n"
    );
}

#[test]
fn a_strangers_regions_are_marked_and_do_not_fill_the_matrix() {
    let catalogue = Catalogue::embedded();
    let strange = |number: usize| {
        let mut report = person((Well, 1, EDGE, 1));
        for region in &mut report.plan.regions {
            region.name = format!("{}{number}", region.name);
        }
        report
    };
    let reports = (0..40).map(strange).chain([person((Well, 2, EDGE, 2))]);
    let matrix = matrix(reports, &[]);
    let names: Vec<&str> = matrix.columns.iter().map(|it| it.name.as_str()).collect();
    let own: Vec<&str> = catalogue
        .regions
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(names[..4], own[..]);
    assert_eq!(names[4], "“Toronto0”");
    assert_eq!(names.len(), 32);
}
