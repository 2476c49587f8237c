//! What holds for codes of either format, and between the two.

use super::characters::{ALPHABET, BASE, checked};
use super::format::{Content, FIRST, Format, SECOND};
use super::number::Number;
use super::numbers::finding_number;
use super::{CodeRefusal, ShortCode, read, write};
use reachcheck_diagnosis::diagnosis::Verdict;
use reachcheck_diagnosis::findings::Code;
use reachcheck_model::catalogue::Catalogue;

/// So many regions, told apart by their ids.
fn catalogue(regions: usize) -> Catalogue {
    let mut catalogue = Catalogue::embedded();
    let mut region = catalogue.regions[0].clone();
    (region.https.host, region.https.port) = ("web.example.net".to_owned(), 443);
    (region.tcp.host, region.tcp.port) = ("tcp.example.net".to_owned(), 443);
    catalogue.regions = (0..regions)
        .map(|number| {
            let mut region = region.clone();
            region.id = format!("region-{number}");
            region
        })
        .collect();
    catalogue
}

const VERDICTS: [Option<Verdict>; 6] = [
    None,
    Some(Verdict::Blocked),
    Some(Verdict::Down),
    Some(Verdict::Unknown),
    Some(Verdict::Degraded),
    Some(Verdict::Reachable),
];

fn short(regions: usize, seed: usize) -> ShortCode {
    ShortCode {
        verdicts: (0..regions)
            .map(|region| VERDICTS[(seed * 7 + region * region + region) % 6])
            .collect(),
        leading: [None]
            .into_iter()
            .chain(Code::ALL.iter().copied().map(Some))
            .nth(seed % 33)
            .flatten(),
    }
}

fn content(regions: usize, seed: u64, finding: u64) -> Content {
    Content {
        states: (0..regions as u64)
            .map(|region| (seed * 7 + region * region + region) % 6)
            .collect(),
        finding,
    }
}

/// Findings' numbers in the second format: both ends, and some between.
fn later_findings() -> impl Iterator<Item = u64> {
    (40..1024).step_by(41).chain([1023])
}

/// The `number`th of many codes of so many characters, spread over all there are, with a right check character.
fn any_code(length: usize, number: u64) -> String {
    let mut digits = Number::of(number);
    for _ in 0..3 {
        digits.push(725_357_299_001, number);
    }
    let mut digits = digits.digits(length - 1);
    let digits = digits.split_off(digits.len() - (length - 1));
    checked(digits)
}

#[test]
fn codes_come_back_for_any_number_of_regions() {
    for regions in 1..=32 {
        let catalogue = catalogue(regions);
        for seed in 0..66 {
            let short = short(regions, seed);
            let code = short.write(&catalogue);
            let format = Format::for_finding(short.leading.map_or(0, finding_number));
            assert_eq!(code.len(), format.length(regions));
            let longest = if *format == FIRST { 10 } else { 11 };
            assert!(regions > 12 || code.len() <= longest, "{regions}");
            assert_eq!(ShortCode::read(&code, &catalogue), Ok(short), "{code}");
        }
        for verdict in VERDICTS {
            let short = ShortCode {
                verdicts: vec![verdict; regions],
                leading: Some(Code::NoRelay),
            };
            assert_eq!(
                ShortCode::read(&short.write(&catalogue), &catalogue),
                Ok(short)
            );
        }
    }
}

#[test]
fn what_the_first_has_no_number_for_comes_back_in_the_second() {
    for regions in 1..=32 {
        let catalogue = catalogue(regions);
        for finding in later_findings() {
            let content = content(regions, finding, finding);
            let code = write(&content, &catalogue);
            assert_eq!(code.len(), SECOND.length(regions));
            assert_eq!(read(&code, &catalogue), Ok(content), "{code}");
        }
    }
}

#[test]
fn the_two_are_told_apart_by_their_lengths() {
    for regions in 1..=32 {
        let (first, second) = (FIRST.length(regions), SECOND.length(regions));
        assert_eq!(second, first + 1);
        // Else two weights of the check would be the same.
        assert!(second < BASE as usize);
        assert_eq!(Format::of_length(first, regions), Some(&FIRST));
        assert_eq!(Format::of_length(second, regions), Some(&SECOND));
        for other in [0, first - 1, second + 1] {
            assert_eq!(Format::of_length(other, regions), None);
        }
        assert!(SECOND.fingerprints(regions) >= FIRST.fingerprints(regions));
    }
    assert_eq!(Format::for_finding(39), &FIRST);
    assert_eq!(Format::for_finding(40), &SECOND);
}

#[test]
fn every_single_error_and_every_swap_is_caught() {
    for regions in [1, 4, 12, 32] {
        let catalogue = catalogue(regions);
        let first = (0..33).map(|seed| short(regions, seed).write(&catalogue));
        let second = later_findings().map(|finding| {
            let content = content(regions, finding, finding);
            write(&content, &catalogue)
        });
        for code in first.chain(second).map(String::into_bytes) {
            let is_refused = |wrong: &[u8]| {
                let text = String::from_utf8_lossy(wrong);
                read(&text, &catalogue) == Err(CodeRefusal::Check)
            };
            for place in 0..code.len() {
                for letter in ALPHABET {
                    let mut wrong = code.clone();
                    wrong[place] = *letter;
                    assert_eq!(is_refused(&wrong), wrong != code);
                }
                for other in 0..place {
                    let mut wrong = code.clone();
                    wrong.swap(place, other);
                    assert_eq!(is_refused(&wrong), wrong != code);
                }
            }
        }
    }
}

#[test]
fn a_character_too_many_or_too_few_makes_no_code_of_the_other_format() {
    // How many of a hundred thousand pass: the check lets one in 29 through, the fingerprint one in so many as there
    // are, which with twelve regions are 160 and 188.
    for (regions, most) in [(1, 0), (4, 0), (12, 40)] {
        let catalogue = catalogue(regions);
        let (mut tried, mut accepted) = (0, 0);
        let mut tries = |wrong: &[u8]| {
            tried += 1;
            let text = String::from_utf8_lossy(wrong);
            accepted += usize::from(read(&text, &catalogue).is_ok());
        };
        for number in 0..40 {
            let first = write(&content(regions, number, number), &catalogue).into_bytes();
            for place in 0..=first.len() {
                for letter in ALPHABET {
                    let mut wrong = first.clone();
                    wrong.insert(place, *letter);
                    tries(&wrong);
                }
            }
        }
        for finding in 40..1024 {
            let second = write(&content(regions, finding, finding), &catalogue).into_bytes();
            for place in 0..second.len() {
                let mut wrong = second.clone();
                wrong.remove(place);
                tries(&wrong);
            }
        }
        assert!(tried > 20_000);
        assert!(
            accepted * 100_000 <= most * tried,
            "{regions}: {accepted} of {tried}"
        );
    }
}

#[test]
fn every_code_that_checks_and_means_nothing_is_refused() {
    // Each with a right check character, so that only the rest can tell.
    let catalogue = catalogue(4);
    for length in [FIRST.length(4), SECOND.length(4)] {
        let accepted = (0..20_000_u64)
            .filter(|number| {
                let read = read(&any_code(length, *number), &catalogue);
                assert_ne!(read, Err(CodeRefusal::Check));
                read.is_ok()
            })
            .count();
        assert_eq!(accepted, 0);
    }
}

#[test]
fn the_second_is_not_the_first_with_a_zero_before_it() {
    let catalogue = catalogue(4);
    for finding in later_findings() {
        let content = content(4, finding, finding);
        // Were its fingerprint not salted, both would have the same: with four regions neither is cut short.
        let unsalted = Format {
            salt: None,
            ..SECOND
        };
        let code = checked(unsalted.write(&content, &catalogue));
        assert_eq!(read(&code, &catalogue), Err(CodeRefusal::OtherCatalogue));
    }
    // What the first has a number for has one code, not two.
    for finding in 0..40 {
        let code = checked(SECOND.write(&content(4, 1, finding), &catalogue));
        assert_eq!(read(&code, &catalogue), Err(CodeRefusal::OtherCatalogue));
    }
}

#[test]
fn a_finding_that_this_version_does_not_know_is_named_as_such() {
    let catalogue = Catalogue::embedded();
    let highest = Code::ALL.iter().map(|code| finding_number(*code));
    let highest = highest.max().unwrap_or(0);
    for finding in [highest + 1, 39, 40, 1023] {
        let code = write(&content(4, 5, finding), &catalogue);
        let refused = match finding > highest {
            true => Err(CodeRefusal::NewerFinding),
            false => Ok(()),
        };
        assert_eq!(ShortCode::read(&code, &catalogue).map(|_| ()), refused);
    }
}

#[test]
fn codes_of_the_second_that_were_written_down_say_what_they_said() {
    for (code, regions, seed, finding) in [
        ("01904F8P996", 1, 3, 40),
        ("UCF34MU0G7H", 4, 5, 40),
        ("UCF34PM6YQN", 4, 9, 1023),
        ("QM6Y773AEM3", 12, 2, 512),
        ("8ANC4YFN8UXF5MRRHFK90Y", 32, 4, 777),
    ] {
        let (catalogue, content) = (catalogue(regions), content(regions, seed, finding));
        assert_eq!(write(&content, &catalogue), code);
        assert_eq!(read(code, &catalogue), Ok(content));
    }
}

#[test]
fn a_code_of_another_catalogue_is_refused() {
    let ours = Catalogue::embedded();
    let mut others = vec![catalogue(4)];
    let mut other = ours.clone();
    other.regions.swap(0, 1);
    others.push(other);
    let mut other = ours.clone();
    other.regions[2].tcp.port = 8443;
    others.push(other);
    for (other, seed) in others.iter().zip(0..) {
        let code = short(4, seed).write(other);
        assert_eq!(
            ShortCode::read(&code, &ours),
            Err(CodeRefusal::OtherCatalogue)
        );
        let code = write(&content(4, 3, 40), other);
        assert_eq!(
            ShortCode::read(&code, &ours),
            Err(CodeRefusal::OtherCatalogue)
        );
    }
}

#[test]
fn what_is_no_code_is_refused_with_the_reason() {
    let catalogue = Catalogue::embedded();
    let code = short(4, 3).write(&catalogue);
    let spaced = format!(
        " {}-{} {} ",
        &code[..4],
        &code[4..8],
        code[8..].to_lowercase()
    );
    assert_eq!(ShortCode::read(&spaced, &catalogue), Ok(short(4, 3)));
    let (first, second) = (10, 11);
    for wrong in ["", &code[1..], &format!("{code}00")] {
        assert_eq!(
            ShortCode::read(wrong, &catalogue),
            Err(CodeRefusal::Length { first, second })
        );
    }
    assert_eq!(
        ShortCode::read(&format!("{code}0"), &catalogue),
        Err(CodeRefusal::Check)
    );
    assert_eq!(
        ShortCode::read("12é", &catalogue),
        Err(CodeRefusal::Character { place: 3 })
    );
}
