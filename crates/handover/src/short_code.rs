//! The short code: every region's verdict and the leading finding, to be read over the phone.
//!
//! It is a number in base 29, with a check character (`characters`). What room the verdicts leave in the code is
//! filled with a fingerprint of the catalogue: a code of another catalogue is refused (but for one in 160 with twelve
//! regions, and one in a hundred million with four). There are two formats (`format`), told apart by their lengths:
//! the second is for findings that came when the first had no number left (`numbers`).

mod characters;
mod format;
mod number;
mod numbers;
#[cfg(test)]
mod tests;

use format::{Content, FIRST, Format, SECOND};
use numbers::{finding_number, finding_of, state, verdict};
use reachcheck_diagnosis::diagnosis::{Diagnosis, Verdict};
use reachcheck_diagnosis::findings::Code;
use reachcheck_model::catalogue::Catalogue;
use reachcheck_model::plan::Plan;

/// What a code says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortCode {
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
        /// How many a code of the first format has.
        first: usize,
        /// … and of the second.
        second: usize,
    },
    /// A character, counted from one, that no code has.
    Character {
        /// Its place.
        place: usize,
    },
    /// The check character does not fit: it was misread or mistyped.
    Check,
    /// It was made with another catalogue.
    OtherCatalogue,
    /// It was made with this catalogue, and names a finding that only a newer version of this page knows.
    NewerFinding,
}

impl ShortCode {
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
        let content = Content {
            states: self
                .verdicts
                .iter()
                .map(|verdict| verdict.map_or(0, state))
                .collect(),
            finding: self.leading.map_or(0, finding_number),
        };
        write(&content, catalogue)
    }

    /// Reads a code of this catalogue, of either format; spaces and hyphens between its characters do not matter.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(text: &str, catalogue: &Catalogue) -> Result<Self, CodeRefusal> {
        let Content { states, finding } = read(text, catalogue)?;
        let leading = match finding {
            0 => None,
            number => Some(finding_of(number).ok_or(CodeRefusal::NewerFinding)?),
        };
        let verdicts = states.into_iter().map(verdict).collect();
        Ok(Self { verdicts, leading })
    }
}

fn write(content: &Content, catalogue: &Catalogue) -> String {
    let format = Format::for_finding(content.finding);
    characters::checked(format.write(content, catalogue))
}

fn read(text: &str, catalogue: &Catalogue) -> Result<Content, CodeRefusal> {
    let regions = catalogue.regions.len();
    let (first, second) = (FIRST.length(regions), SECOND.length(regions));
    let length = CodeRefusal::Length { first, second };
    let mut digits = Vec::with_capacity(second);
    let characters = text.chars().filter(|c| !characters::is_between(*c));
    for (c, place) in characters.zip(1..) {
        digits.push(characters::digit(c).ok_or(CodeRefusal::Character { place })?);
        if digits.len() > second {
            return Err(length);
        }
    }
    let format = Format::of_length(digits.len(), regions).ok_or(length)?;
    let digits = characters::unchecked(digits).ok_or(CodeRefusal::Check)?;
    let content = format.read(digits, catalogue);
    content.ok_or(CodeRefusal::OtherCatalogue)
}
