//! The two formats of a short code. **Both are for ever**: whatever was written in one is read in it. A code is of the
//! format that its length says. Why there are two: `docs/decisions/0019-short-code-second-format.md`.

use super::number::Number;
use super::numbers::STATES;
use reachcheck_model::catalogue::{Catalogue, Kind};

/// Characters of a code of the first format for up to twelve regions, the check character among them.
const LENGTH: usize = 10;
/// At least so many fingerprints can be told apart.
const FINGERPRINTS_MIN: u64 = 64;
/// With more a fingerprint of 30 bits would be repeated.
const FINGERPRINTS_MAX: u64 = 1 << 30;

/// What is in a code, as numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Content {
    /// Each region's verdict, in the catalogue's order.
    pub(super) states: Vec<u64>,
    /// The finding; 0 is none.
    pub(super) finding: u64,
}

/// A way to write numbers as a code.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Format {
    /// One more than the highest number of a finding there is room for.
    pub(super) findings: u64,
    /// The lowest number of a finding that is written in it: every content has one code, not two.
    pub(super) findings_from: u64,
    /// How many characters its codes are longer than those of the first.
    pub(super) longer: usize,
    /// What its fingerprints begin with, so that they are not those of the other.
    pub(super) salt: Option<&'static str>,
}

/// The first, with room for 39 findings.
pub(super) const FIRST: Format = Format {
    findings: 40,
    findings_from: 0,
    longer: 0,
    salt: None,
};

/// The second, for the findings that the first has no room for: one character more is 29 times the room, of which the
/// findings take 25.6, so there are never fewer fingerprints than in the first.
pub(super) const SECOND: Format = Format {
    findings: 1024,
    findings_from: FIRST.findings,
    longer: 1,
    salt: Some("second"),
};

impl Format {
    /// The format in which a finding of this number is written.
    pub(super) const fn for_finding(number: u64) -> &'static Self {
        if number < FIRST.findings {
            &FIRST
        } else {
            &SECOND
        }
    }

    /// The format of which a code for so many regions has so many characters.
    pub(super) fn of_length(length: usize, regions: usize) -> Option<&'static Self> {
        [&FIRST, &SECOND]
            .into_iter()
            .find(|format| format.length(regions) == length)
    }

    /// How many characters a code has for so many regions, the check character among them.
    pub(super) fn length(&self, regions: usize) -> usize {
        let first = (LENGTH..).find(|length| {
            let room = FIRST.room(length - 1, regions).value();
            room.is_none_or(|room| room >= FINGERPRINTS_MIN)
        });
        first.unwrap_or(LENGTH) + self.longer
    }

    /// The digits of a code, without the check character.
    pub(super) fn write(&self, content: &Content, catalogue: &Catalogue) -> Vec<u64> {
        let mut number = Number::of(self.fingerprint(catalogue));
        number.push(self.findings, content.finding);
        for state in &content.states {
            number.push(STATES, *state);
        }
        number.digits(self.length(catalogue.regions.len()) - 1)
    }

    /// What digits without a check character say; `None` where they are of another catalogue.
    pub(super) fn read(&self, digits: Vec<u64>, catalogue: &Catalogue) -> Option<Content> {
        let mut number = Number(digits);
        let regions = 0..catalogue.regions.len();
        let mut states: Vec<u64> = regions.map(|_| number.pop(STATES)).collect();
        states.reverse();
        let finding = number.pop(self.findings);
        let is_ours = number.value() == Some(self.fingerprint(catalogue));
        (is_ours && finding >= self.findings_from).then_some(Content { states, finding })
    }

    fn fingerprint(&self, catalogue: &Catalogue) -> u64 {
        fingerprint(self.salt, catalogue) % self.fingerprints(catalogue.regions.len())
    }

    /// How many fingerprints can be told apart beside so many regions' verdicts.
    pub(super) fn fingerprints(&self, regions: usize) -> u64 {
        let room = self.room(self.length(regions) - 1, regions).value();
        room.unwrap_or(FINGERPRINTS_MAX).min(FINGERPRINTS_MAX)
    }

    /// How many fingerprints so many characters have room for, beside everything else.
    fn room(&self, characters: usize, regions: usize) -> Number {
        let mut number = Number::power(characters);
        number.pop(self.findings);
        for _ in 0..regions {
            number.pop(STATES);
        }
        number
    }
}

/// Of everything that gives a code its meaning: regions in order, with their endpoints. FNV-1a, folded to 32
/// bits.
fn fingerprint(salt: Option<&str>, catalogue: &Catalogue) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |text: &str| {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    if let Some(salt) = salt {
        add(salt);
    }
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
