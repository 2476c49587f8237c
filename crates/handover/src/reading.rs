//! Read a report: whatever support pastes, text, link or short code, one or several.

use crate::codec;
use crate::codec::{REPORTS_MAX, Refusal};
use crate::short_code::{CodeRefusal, ShortCode};
use crate::snapshot::Snapshot;
use reachcheck_model::catalogue::Catalogue;

/// Something that was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A whole report.
    Report(Box<Snapshot>),
    /// What a short code says.
    Code(ShortCode),
}

/// Something that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadProblem {
    /// A report's data.
    Data(Refusal),
    /// A short code, as it was written.
    Code {
        /// The code.
        code: String,
        /// Why.
        refusal: CodeRefusal,
    },
}

/// More characters no line with a short code has: the longest code, its hyphens, and the word before it.
const CODE_LINE_MAX: usize = 48;

/// Everything in several texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Readings {
    /// What was read, in order; each report once. Short codes may be the same: they do not say whose they are.
    pub read: Vec<Reading>,
    /// What was refused, with the text that it was in, counted from zero.
    pub refused: Vec<(usize, ReadProblem)>,
    /// How many reports were there once more.
    pub copies: usize,
    /// Whether there may be more than are read at once.
    pub is_full: bool,
}

/// Reads everything in several texts: what was pasted, and files.
#[must_use]
pub fn read_all(texts: &[&str], catalogue: &Catalogue) -> Readings {
    let mut all = Readings::default();
    for (at, text) in texts.iter().enumerate() {
        let (results, copies) = read_counting(text, catalogue);
        all.copies += copies;
        for result in results {
            match result {
                Ok(reading) if is_known(&all.read, &reading) => all.copies += 1,
                Ok(_) if all.read.len() == REPORTS_MAX => all.is_full = true,
                Ok(reading) => all.read.push(reading),
                Err(problem) => all.refused.push((at, problem)),
            }
        }
    }
    all.refused.truncate(REPORTS_MAX);
    all
}

fn is_known(known: &[Reading], reading: &Reading) -> bool {
    matches!(reading, Reading::Report(_)) && known.contains(reading)
}

/// Reads everything in a text, in order.
#[must_use]
pub fn read(text: &str, catalogue: &Catalogue) -> Vec<Result<Reading, ReadProblem>> {
    read_counting(text, catalogue).0
}

/// The same, and how many reports were there once more.
fn read_counting(text: &str, catalogue: &Catalogue) -> (Vec<Result<Reading, ReadProblem>>, usize) {
    let codec::Found { results, copies } = codec::read_counting(text);
    if results == [Err(Refusal::NoData)] {
        let codes = codes(text, catalogue);
        if !codes.is_empty() {
            return (codes, 0);
        }
    }
    let results = results.into_iter().map(|result| match result {
        Ok(snapshot) => Ok(Reading::Report(Box::new(snapshot))),
        Err(refusal) => Err(ReadProblem::Data(refusal)),
    });
    (results.collect(), copies)
}

/// Every line as a short code; nothing where they do not look like codes.
fn codes(text: &str, catalogue: &Catalogue) -> Vec<Result<Reading, ReadProblem>> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take(REPORTS_MAX + 1)
        .collect();
    if lines.iter().any(|line| line.len() > CODE_LINE_MAX) {
        return Vec::new();
    }
    lines
        .into_iter()
        .map(|line| {
            let code = without_label(line);
            match ShortCode::read(code, catalogue) {
                Ok(short) => Ok(Reading::Code(short)),
                Err(refusal) => Err(ReadProblem::Code {
                    code: code.to_owned(),
                    refusal,
                }),
            }
        })
        .collect()
}

/// `Code 7KQ4M-2TX9A`, as the report has it, and with a colon as people write it.
fn without_label(line: &str) -> &str {
    for label in ["code", "código"] {
        let begins = line.get(..label.len());
        if begins.is_some_and(|begin| begin.to_lowercase() == label) {
            let rest = &line[label.len()..];
            if rest.starts_with([' ', ':']) {
                return rest.trim_start_matches([' ', ':']);
            }
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{ReadProblem, Reading, read};
    use crate::codec::Refusal;
    use crate::short_code::{CodeRefusal, ShortCode};
    use reachcheck_diagnosis::diagnosis::Verdict;
    use reachcheck_model::catalogue::Catalogue;

    #[test]
    fn codes_are_read_one_a_line() {
        let catalogue = Catalogue::embedded();
        let short = ShortCode {
            verdicts: vec![Some(Verdict::Reachable), None, Some(Verdict::Blocked), None],
            leading: None,
        };
        let code = short.write(&catalogue);
        let wrong = if code.starts_with('7') { "8" } else { "7" }.to_owned() + &code[1..];
        let text = format!(
            "Code {}-{}\n\n{}\n{wrong}",
            &code[..5],
            &code[5..],
            code.to_lowercase()
        );
        assert_eq!(
            read(&text, &catalogue),
            [
                Ok(Reading::Code(short.clone())),
                Ok(Reading::Code(short)),
                Err(ReadProblem::Code {
                    code: wrong,
                    refusal: CodeRefusal::Check
                }),
            ]
        );
    }

    #[test]
    fn a_long_text_is_no_code() {
        let text = "The agent says that the connection does not work in Seattle.";
        let refused = [Err(ReadProblem::Data(Refusal::NoData))];
        assert_eq!(read(text, &Catalogue::embedded()), refused);
        assert_eq!(read("", &Catalogue::embedded()), refused);
    }
}
