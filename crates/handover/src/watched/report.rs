//! The watch in plain text: what was found, what silence passes, and one line for each event worth knowing.

use reachcheck_wire::Quiet;

use crate::layout::TextLayout;
use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::lang::Lang;
use reachcheck_model::time::{Moment, iso_utc};
use reachcheck_texts::watch::{self as words, WatchUi};
use reachcheck_watch::{Log, Summary, What};

/// Whether a browser keeps quiet connections alive below what a page sees, so that timers longer than 45 s in a firewall
/// or a NAT are not met. Firefox does it after ten minutes only. (Lab, Chromium 156 and Firefox 153.)
#[must_use]
pub const fn keeps_alive(family: BrowserFamily) -> bool {
    matches!(family, BrowserFamily::Chromium)
}

/// Lines of the log in a report; the latest.
const LINES: usize = 60;

/// Writes it, in a language; `region` gives the name of a region's id. Without `address`, what tells where the agent is
/// stays out.
#[must_use]
pub fn report(
    lang: Lang,
    log: &Log,
    summary: &Summary,
    region: &dyn Fn(&str) -> String,
    address: bool,
    family: BrowserFamily,
) -> String {
    let mut page = TextLayout::default();
    let title = words::ui(lang, WatchUi::ReportTitle);
    page.line(&format!("{title} - {}", words::duration(summary.length_ms)));
    page.line("");
    for (number, finding) in summary.findings.iter().enumerate() {
        let text = words::finding(lang, finding, region);
        let proofs = words::proofs(lang, finding);
        page.paragraph(
            "   ",
            &format!(
                "{}. {}: {} - {proofs}",
                number + 1,
                finding.cause.token(),
                text.title
            ),
        );
        for sentence in [&text.what, &text.means, &text.action] {
            page.indented("   ", sentence);
        }
    }
    if summary.findings.is_empty() {
        page.line(words::ui(lang, WatchUi::NothingYet));
    }
    page.line("");
    page.line(words::ui(lang, WatchUi::Patterns));
    for quiet in [Quiet::Both, Quiet::Page, Quiet::Relay] {
        let [longest, shortest] = words::bounds(lang, &summary.of(quiet));
        let pattern = words::quiet(lang, quiet);
        page.paragraph(
            "    ",
            &format!(
                "{pattern}: {} {longest}; {} {shortest}",
                words::ui(lang, WatchUi::Longest),
                words::ui(lang, WatchUi::Shortest)
            ),
        );
    }
    if keeps_alive(family) {
        page.indented("    ", words::ui(lang, WatchUi::KeptAlive));
    }
    if summary.reconnects > 0 {
        page.paragraph("    ", &words::reconnects(lang, summary));
    }
    page.line("");
    page.line(words::ui(lang, WatchUi::LogTitle));
    let worth: Vec<_> = log
        .entries()
        .iter()
        .filter(|entry| is_worth_a_line(&entry.what))
        .filter(|entry| address || !matches!(entry.what, What::Address { .. }))
        .collect();
    for entry in &worth[worth.len().saturating_sub(LINES)..] {
        let said = words::entry(lang, &entry.what, region);
        let at = Moment {
            unix_ms: entry.unix_ms,
            ..Moment::default()
        };
        page.paragraph("    ", &format!("{} {said}", iso_utc(at)));
    }
    page.finish()
}

/// What went as it should is in the export, not in the report.
fn is_worth_a_line(what: &What) -> bool {
    !matches!(
        what,
        What::Survived { .. } | What::Opened { again: false, .. }
    )
}
