//! The matrix for others: a table for spreadsheets, and a text for a ticket.

use super::Matrix;
use super::groups::Group;
use super::sentences::{Paragraph, finding, in_trouble, legend, letter, shared};
use super::traits::{Kind, minute};
use crate::layout::TextLayout;
use reachcheck_model::lang::Lang;
use reachcheck_model::time::{Moment, iso_utc};
use reachcheck_texts::catalogue::{Arg, say};
use reachcheck_texts::desk_keys::Matrix as MatrixKey;

/// Stands for a region that was not tested.
const NOT_TESTED: &str = "-";

/// The matrix as a table for spreadsheets (RFC 4180, UTF-8 with a mark at its beginning, without which some take it for
/// another encoding). Verdicts and findings are the stable tokens.
#[must_use]
pub fn csv(matrix: &Matrix) -> String {
    let mut text = String::from("\u{feff}");
    let fixed = ["number", "name", "ticket", "utc", "address", "browser"];
    let columns = matrix.columns.iter().map(|column| column.name.as_str());
    put_line(
        &mut text,
        fixed.into_iter().chain(columns).chain(["findings"]),
    );
    for (case, number) in matrix.cases.iter().zip(1_usize..) {
        let utc = case.unix_ms.map(|unix_ms| {
            iso_utc(Moment {
                unix_ms,
                offset_minutes: 0,
            })
        });
        let findings: Vec<String> = case
            .findings
            .iter()
            .map(|(code, column)| match column {
                Some(column) => format!("{} ({})", code.token(), matrix.columns[*column].name),
                None => code.token().to_owned(),
            })
            .collect();
        let (number, findings) = (number.to_string(), findings.join("; "));
        let cells = [
            Some(number.as_str()),
            case.name.as_deref(),
            case.ticket.as_deref(),
            utc.as_deref(),
            case.traits.get(Kind::Address),
            case.traits.get(Kind::Browser),
        ];
        let verdicts = case.verdicts.iter();
        let verdicts = verdicts.map(|verdict| verdict.map_or("", |verdict| verdict.token()));
        let cells = cells.into_iter().map(Option::unwrap_or_default);
        put_line(&mut text, cells.chain(verdicts).chain([findings.as_str()]));
    }
    text
}

fn put_line<'cells>(text: &mut String, cells: impl Iterator<Item = &'cells str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(',');
        }
        put_cell(text, cell);
    }
    text.push_str("\r\n");
}

/// A cell that no spreadsheet takes for a formula: whoever wrote a report wrote what is in it. Where it begins as one, an
/// apostrophe stands before it; control characters are gone, and quotes doubled.
fn put_cell(text: &mut String, cell: &str) {
    let cell: String = cell.chars().filter(|c| !c.is_control()).collect();
    let begins = cell.trim_start().chars().next();
    // Full-width signs are signs to some.
    let is_formula = begins.is_some_and(|c| "=+-@|%＝＋－＠".contains(c));
    text.push('"');
    if is_formula {
        text.push('\'');
    }
    text.push_str(&cell.replace('"', "\"\""));
    text.push('"');
}

/// The words and a compact matrix as plain text. Times are those of the reader's clock.
#[must_use]
pub fn text(
    lang: Lang,
    matrix: &Matrix,
    paragraphs: &[Paragraph],
    groups: &[Group],
    offset_minutes: i32,
) -> String {
    let mut page = TextLayout::default();
    for Paragraph { title, more } in paragraphs {
        page.paragraph("  ", &["- ", title, " ", &more.join(" ")].concat());
    }
    if !paragraphs.is_empty() {
        page.blank();
    }
    let columns = matrix.columns.iter().map(|column| column.name.as_str());
    let columns = columns.collect::<Vec<_>>().join("; ");
    page.paragraph(
        "  ",
        &say!(lang, MatrixKey::Columns, regions: Arg::Text(&columns)),
    );
    let letters = legend(lang, matrix).into_iter().map(|(_, words)| words);
    page.paragraph("  ", &letters.collect::<Vec<_>>().join(", "));
    for group in groups {
        page.blank();
        let (what, trouble) = (
            shared(lang, matrix, &group.shared),
            in_trouble(lang, matrix, &group.cases),
        );
        page.paragraph("  ", &format!("{what} ({trouble})"));
        for at in &group.cases {
            page.paragraph("    ", &row(lang, matrix, *at, offset_minutes));
        }
    }
    page.finish()
}

/// `  B R R R  48213 - 203.0.113.7 - Edge 142 (Windows) - 2026-11-27 09:30 - No answer (Seattle)`.
fn row(lang: Lang, matrix: &Matrix, at: usize, offset_minutes: i32) -> String {
    let case = &matrix.cases[at];
    let letters = case.verdicts.iter();
    let letters = letters.map(|verdict| verdict.map_or(NOT_TESTED, |it| letter(lang, it)));
    let letters = letters.collect::<Vec<_>>().join(" ");
    let mut parts = vec![matrix.label(at)];
    if let (Some(_), Some(ticket)) = (&case.name, &case.ticket) {
        parts.push(ticket.clone());
    }
    let traits = [Kind::Address, Kind::Browser].map(|kind| case.traits.get(kind));
    parts.extend(traits.into_iter().flatten().map(str::to_owned));
    parts.extend(case.unix_ms.map(|unix_ms| minute(unix_ms, offset_minutes)));
    let first = case.findings.first();
    parts.extend(first.map(|found| finding(lang, matrix, *found)));
    format!("  {letters}  {}", parts.join(" - "))
}

#[cfg(test)]
mod tests {
    use super::put_cell;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, written) in [
            ("Anna", "\"Anna\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+1", "\"'+1\""),
            ("-1", "\"'-1\""),
            ("@SUM(1)", "\"'@SUM(1)\""),
            ("\t=1", "\"'=1\""),
            (" =1", "\"' =1\""),
            ("a\r\n=1", "\"a=1\""),
            ("＝1", "\"'＝1\""),
            ("", "\"\""),
        ] {
            let mut text = String::new();
            put_cell(&mut text, cell);
            assert_eq!(text, written, "{cell}");
        }
    }
}
