//! The short code: every region's verdict and the leading finding, to be read over the phone.
//!
//! It is a number in base 29, with a check character. The 29 characters are the digits and those letters that
//! look like none of the others: no `O` (`0`), `I` and `L` (`1`), `Z` (`2`), `S` (`5`), `B` (`8`), `V` (`U`); who
//! writes one of these down means the other. 29 is a prime, so the weighted sum that the check character brings
//! to zero changes with every single character and with every swap of two.
//!
//! What room the verdicts leave in the code is filled with a fingerprint of the catalogue: a code of another
//! catalogue is refused (but for one in 160 with twelve regions, and one in a hundred million with four).

use reachcheck_diagnosis::diagnosis::{Diagnosis, Verdict};
use reachcheck_diagnosis::finding::Code;
use reachcheck_model::catalogue::{Catalogue, Kind};
use reachcheck_model::plan::Plan;

const ALPHABET: &[u8; BASE as usize] = b"0123456789ACDEFGHJKMNPQRTUWXY";
const BASE: u64 = 29;
/// Characters of a code for up to twelve regions, the check character among them.
const LENGTH: usize = 10;
/// Below, a verdict's number: five of a region, and that it was not tested.
const STATES: u64 = 6;
/// Room for the findings' numbers: 31 of them, none, and a few to come.
const FINDINGS: u64 = 40;
/// At least so many fingerprints can be told apart.
const FINGERPRINTS_MIN: u64 = 64;
/// With more a fingerprint of 30 bits would be repeated.
const FINGERPRINTS_MAX: u64 = 1 << 30;

/// What a code says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Short {
    /// In the catalogue's order; `None`: not tested.
    pub verdicts: Vec<Option<Verdict>>,
    /// The most important finding.
    pub leading: Option<Code>,
}

/// Why a code was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeRefusal {
    /// It does not have as many characters as a code of this catalogue.
    Length {
        /// How many it should have.
        wanted: usize,
    },
    /// A character, counted from one, that no code has.
    Character {
        /// Its place.
        place: usize,
    },
    /// The check character does not fit: it was misread or mistyped.
    Check,
    /// It was made with another catalogue, or by a newer version of this page.
    OtherCatalogue,
}

impl Short {
    /// What a run's code says, with the regions that were not tested.
    #[must_use]
    pub fn of(catalogue: &Catalogue, plan: &Plan, diagnosis: &Diagnosis) -> Self {
        let verdict = |id: &str| {
            let place = plan.regions.iter().position(|region| region.id == id)?;
            diagnosis.regions.get(place).map(|region| region.verdict)
        };
        Self {
            verdicts: catalogue
                .regions
                .iter()
                .map(|region| verdict(&region.id))
                .collect(),
            leading: diagnosis
                .findings
                .first()
                .map(|finding| finding.cause.code()),
        }
    }

    /// The verdict of the run.
    #[must_use]
    pub fn headline(&self) -> Verdict {
        if self.leading == Some(Code::Offline) {
            return Verdict::Offline;
        }
        let tested = self.verdicts.iter().flatten().copied();
        tested.min().unwrap_or(Verdict::Unknown)
    }

    /// The code, without anything between its characters.
    #[must_use]
    pub fn write(&self, catalogue: &Catalogue) -> String {
        let length = length(catalogue.regions.len());
        let mut number = Number::of(fingerprint(catalogue) % fingerprints(catalogue.regions.len()));
        number.push(
            FINDINGS,
            self.leading.map_or(0, |code| code.meta().short.into()),
        );
        for verdict in &self.verdicts {
            number.push(STATES, verdict.map_or(0, state));
        }
        let mut digits = number.digits(length - 1);
        digits.insert(0, (BASE - sum(&digits, 2) % BASE) % BASE);
        // The check character stands last; its weight is the first.
        digits.rotate_left(1);
        digits
            .into_iter()
            .map(|digit| char::from(ALPHABET[digit as usize]))
            .collect()
    }

    /// Reads a code of this catalogue; spaces and hyphens between its characters do not matter.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(text: &str, catalogue: &Catalogue) -> Result<Self, CodeRefusal> {
        let regions = catalogue.regions.len();
        let wanted = length(regions);
        let mut digits = Vec::with_capacity(wanted);
        let characters = text
            .chars()
            .filter(|c| !c.is_whitespace() && !reachcheck_model::plain::is_invisible(*c))
            .filter(|c| !"-‐‑–—.".contains(*c));
        for (c, place) in characters.zip(1..) {
            digits.push(digit(c).ok_or(CodeRefusal::Character { place })?);
            if digits.len() > wanted {
                return Err(CodeRefusal::Length { wanted });
            }
        }
        if digits.len() < wanted {
            return Err(CodeRefusal::Length { wanted });
        }
        digits.rotate_right(1);
        if !sum(&digits, 1).is_multiple_of(BASE) {
            return Err(CodeRefusal::Check);
        }
        let mut number = Number(digits.into_iter().skip(1).collect());
        let mut verdicts: Vec<Option<Verdict>> =
            (0..regions).map(|_| verdict(number.pop(STATES))).collect();
        verdicts.reverse();
        let leading = number.pop(FINDINGS);
        let is_ours = number.value() == Some(fingerprint(catalogue) % fingerprints(regions));
        let leading = match leading {
            0 => Some(None),
            number => Code::of_short(number).map(Some),
        };
        match leading.filter(|_| is_ours) {
            Some(leading) => Ok(Self { verdicts, leading }),
            None => Err(CodeRefusal::OtherCatalogue),
        }
    }
}

/// How many characters a code has for so many regions.
#[must_use]
pub fn length(regions: usize) -> usize {
    (LENGTH..)
        .find(|length| {
            room(length - 1, regions)
                .value()
                .is_none_or(|room| room >= FINGERPRINTS_MIN)
        })
        .unwrap_or(LENGTH)
}

fn fingerprints(regions: usize) -> u64 {
    let room = room(length(regions) - 1, regions).value();
    room.unwrap_or(FINGERPRINTS_MAX).min(FINGERPRINTS_MAX)
}

/// How many fingerprints so many characters have room for, beside everything else.
fn room(characters: usize, regions: usize) -> Number {
    let mut digits = vec![0; characters];
    digits.insert(0, 1);
    let mut number = Number(digits);
    number.pop(FINDINGS);
    for _ in 0..regions {
        number.pop(STATES);
    }
    number
}

/// A whole number of any size as digits in base 29, the highest first.
struct Number(Vec<u64>);

impl Number {
    fn of(value: u64) -> Self {
        let mut number = Self(Vec::new());
        number.push(1, value);
        number
    }

    /// Times `radix`, plus `value`.
    fn push(&mut self, radix: u64, value: u64) {
        let mut carry = value;
        for digit in self.0.iter_mut().rev() {
            carry += *digit * radix;
            *digit = carry % BASE;
            carry /= BASE;
        }
        while carry > 0 {
            self.0.insert(0, carry % BASE);
            carry /= BASE;
        }
    }

    /// Divided by `radix`; gives the remainder.
    fn pop(&mut self, radix: u64) -> u64 {
        let mut rest = 0;
        for digit in &mut self.0 {
            rest = rest * BASE + *digit;
            *digit = rest / radix;
            rest %= radix;
        }
        rest
    }

    /// `None` where it is larger than any fingerprint.
    fn value(&self) -> Option<u64> {
        self.0.iter().try_fold(0_u64, |value, digit| {
            value.checked_mul(BASE)?.checked_add(*digit)
        })
    }

    fn digits(mut self, length: usize) -> Vec<u64> {
        while self.0.len() < length {
            self.0.insert(0, 0);
        }
        self.0
    }
}

/// The digits, each times its place, of which the first is `weight`.
fn sum(digits: &[u64], weight: u64) -> u64 {
    (weight..)
        .zip(digits)
        .map(|(weight, digit)| weight * digit)
        .sum()
}

fn digit(c: char) -> Option<u64> {
    let meant = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        'Z' => '2',
        'S' => '5',
        'B' => '8',
        'V' => 'U',
        other => other,
    };
    (0..)
        .zip(ALPHABET)
        .find_map(|(digit, letter)| (char::from(*letter) == meant).then_some(digit))
}

/// For ever, like the numbers of the data block.
const fn state(verdict: Verdict) -> u64 {
    match verdict {
        Verdict::Blocked => 1,
        Verdict::Down => 2,
        // A region is never offline.
        Verdict::Unknown | Verdict::Offline => 3,
        Verdict::Degraded => 4,
        Verdict::Reachable => 5,
    }
}

const fn verdict(state: u64) -> Option<Verdict> {
    match state {
        1 => Some(Verdict::Blocked),
        2 => Some(Verdict::Down),
        3 => Some(Verdict::Unknown),
        4 => Some(Verdict::Degraded),
        5 => Some(Verdict::Reachable),
        _ => None,
    }
}

/// Of everything that gives a code its meaning: regions in order, with their endpoints. FNV-1a, folded to 32
/// bits.
fn fingerprint(catalogue: &Catalogue) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |text: &str| {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for region in &catalogue.regions {
        add(&region.id);
        for kind in Kind::ALL {
            let target = region.host_port(kind);
            add(target.host);
            add(&target.port.to_string());
        }
    }
    (hash ^ hash >> 32) & 0xffff_ffff
}

#[cfg(test)]
mod tests {
    use super::{ALPHABET, CodeRefusal, Short, digit, length};
    use reachcheck_diagnosis::diagnosis::Verdict;
    use reachcheck_diagnosis::finding::Code;
    use reachcheck_model::catalogue::Catalogue;

    /// The embedded catalogue's first region, so many times over.
    fn catalogue(regions: usize) -> Catalogue {
        let mut catalogue = Catalogue::embedded();
        let first = catalogue.regions[0].clone();
        catalogue.regions = (0..regions)
            .map(|number| {
                let mut region = first.clone();
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

    fn short(regions: usize, seed: usize) -> Short {
        Short {
            verdicts: (0..regions)
                .map(|region| VERDICTS[(seed * 7 + region * region + region) % 6])
                .collect(),
            leading: [None]
                .into_iter()
                .chain(Code::ALL.iter().copied().map(Some))
                .nth(seed % 32)
                .flatten(),
        }
    }

    #[test]
    fn codes_come_back_for_any_number_of_regions() {
        for regions in 1..=32 {
            let catalogue = catalogue(regions);
            for seed in 0..64 {
                let short = short(regions, seed);
                let code = short.write(&catalogue);
                assert_eq!(code.len(), length(regions));
                assert!(regions > 12 || code.len() <= 10, "{regions}");
                assert_eq!(Short::read(&code, &catalogue), Ok(short), "{code}");
            }
            for verdict in VERDICTS {
                let short = Short {
                    verdicts: vec![verdict; regions],
                    leading: Some(Code::NoRelay),
                };
                assert_eq!(Short::read(&short.write(&catalogue), &catalogue), Ok(short));
            }
        }
    }

    #[test]
    fn every_single_error_and_every_swap_is_caught() {
        for regions in [1, 4, 12, 32] {
            let catalogue = catalogue(regions);
            for seed in 0..32 {
                let code = short(regions, seed).write(&catalogue).into_bytes();
                for place in 0..code.len() {
                    for letter in ALPHABET {
                        let mut wrong = code.clone();
                        wrong[place] = *letter;
                        let read = Short::read(&String::from_utf8_lossy(&wrong), &catalogue);
                        assert_eq!(read == Err(CodeRefusal::Check), wrong != code);
                    }
                    for other in 0..place {
                        let mut wrong = code.clone();
                        wrong.swap(place, other);
                        let read = Short::read(&String::from_utf8_lossy(&wrong), &catalogue);
                        assert_eq!(read == Err(CodeRefusal::Check), wrong != code);
                    }
                }
            }
        }
    }

    #[test]
    fn every_code_that_checks_and_means_nothing_is_refused() {
        // Each with a right check character, so that only the rest can tell.
        let catalogue = catalogue(4);
        let accepted = (0..20_000_u64)
            .filter(|number| {
                let mut digits =
                    super::Number::of(number * 725_357_299_001 % super::BASE.pow(9)).digits(9);
                let check = (super::BASE - super::sum(&digits, 2) % super::BASE) % super::BASE;
                digits.push(check);
                let code: String = digits
                    .iter()
                    .map(|digit| char::from(ALPHABET[*digit as usize]))
                    .collect();
                let read = Short::read(&code, &catalogue);
                assert_ne!(read, Err(CodeRefusal::Check));
                read.is_ok()
            })
            .count();
        assert_eq!(accepted, 0);
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
            assert_eq!(Short::read(&code, &ours), Err(CodeRefusal::OtherCatalogue));
        }
    }

    #[test]
    fn no_two_characters_look_alike_and_what_looks_alike_is_understood() {
        for [shown, written] in [*b"0O", *b"1I", *b"1l", *b"2Z", *b"5s", *b"8b", *b"Uv"] {
            assert!(!ALPHABET.contains(&written.to_ascii_uppercase()));
            assert_eq!(digit(shown.into()), digit(written.into()));
            assert!(digit(shown.into()).is_some());
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
        assert_eq!(Short::read(&spaced, &catalogue), Ok(short(4, 3)));
        let wanted = 10;
        assert_eq!(
            Short::read("", &catalogue),
            Err(CodeRefusal::Length { wanted })
        );
        assert_eq!(
            Short::read(&code[1..], &catalogue),
            Err(CodeRefusal::Length { wanted })
        );
        assert_eq!(
            Short::read(&format!("{code}0"), &catalogue),
            Err(CodeRefusal::Length { wanted })
        );
        assert_eq!(
            Short::read("12é", &catalogue),
            Err(CodeRefusal::Character { place: 3 })
        );
    }
}
