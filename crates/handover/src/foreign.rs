//! Everything here that reads a stranger's bytes, each as one function of those bytes that checks what must hold whatever
//! they are: for the fuzz targets (`fuzz/`), and for the tests that replay what those found.
//!
//! Panics are the findings.

use reachcheck_model::catalogue::Catalogue;
use reachcheck_model::lang::Lang;
use reachcheck_model::plain::is_plain;
use reachcheck_texts as text;

use crate::caution::cautions;
use crate::firewall::FirewallRequest;
use crate::short_code::ShortCode;
use crate::snapshot::Snapshot;
use crate::{codec, compare, watched, words};

/// A parser under its own name.
pub type Target = (&'static str, fn(&[u8]));

/// Every one of them; each has a fuzz target and a corpus of this name.
pub const TARGETS: [Target; 2] = [
    ("read_a_report", read_a_report),
    ("show_a_report", show_a_report),
];

/// Whatever is pasted: it is decoded exactly, or refused.
pub fn read_a_report(data: &[u8]) {
    // What is read is what would be written.
    if let Ok(snapshot) = codec::decode(data) {
        assert_eq!(codec::encode(&snapshot), data);
    }
    // The same behind a seal that fits, which no fuzzer guesses.
    if let Ok(snapshot) = codec::decode(&codec::sealed(data)) {
        assert_eq!(codec::encode(&snapshot), codec::sealed(data));
        let block = codec::block(&snapshot).join("\n");
        assert_eq!(codec::read(&block), [Ok(snapshot)]);
    }
    let text = String::from_utf8_lossy(data);
    assert!(!codec::read(&text).is_empty());
    let catalogue = Catalogue::embedded();
    if let Ok(short) = ShortCode::read(&text, &catalogue) {
        let again = short.write(&catalogue);
        assert_eq!(ShortCode::read(&again, &catalogue), Ok(short));
    }
}

/// A report's content, without its seal, as support is shown it: every word of it in every language.
pub fn show_a_report(data: &[u8]) {
    let Ok(snapshot) = codec::decode(&codec::sealed(data)) else {
        return;
    };
    let catalogue = Catalogue::embedded();
    // Names of the report's own may have braces.
    let has_braces = data.iter().any(|byte| b"{}".contains(byte));
    for lang in Lang::ALL {
        for line in shown(lang, &snapshot, &catalogue) {
            assert!(
                has_braces || !line.contains(['{', '}']),
                "a place that is left open: {line}"
            );
            assert!(line.lines().all(is_plain), "{line:?}");
        }
    }
    let reports = [&snapshot, &snapshot];
    let rows = compare::rows(&reports);
    assert!(
        rows.iter().all(|row| !row.differs()),
        "a report differs from itself"
    );
    for remark in compare::remarks(&reports, &rows) {
        for lang in Lang::ALL {
            assert!(!words::remark_sentence(lang, &remark).is_empty());
        }
    }
    let link = format!("https://check.example/#{}", codec::fragment(&snapshot));
    assert_eq!(codec::read(&link), [Ok(snapshot)]);
}

/// Headline, findings, cautions, the request for IT and what was watched.
fn shown(lang: Lang, snapshot: &Snapshot, catalogue: &Catalogue) -> Vec<String> {
    let plan = &words::plan_as_reported(lang, &snapshot.plan, catalogue);
    let diagnosis = &snapshot.diagnosis;
    let headline = text::run_headline(lang, plan, diagnosis);
    let mut lines = vec![headline.title, headline.means, headline.action];
    for found in &diagnosis.findings {
        let words = text::run_finding(lang, plan, diagnosis, found);
        lines.extend([words.title, words.what, words.means, words.action]);
        lines.push(text::proofs(lang, found.proof, diagnosis.place_of(found)));
    }
    for caution in cautions(snapshot, catalogue) {
        lines.push(words::caution(lang, &caution));
    }
    let request = FirewallRequest::of_report(plan, diagnosis, catalogue);
    if !request.is_empty() {
        let ticket = snapshot.ticket.as_deref();
        let text = request.text(lang, ticket, snapshot.started);
        // Ready lines have braces of their own.
        lines.extend(text.lines().map(|line| line.replace(['{', '}'], "")));
    }
    let computer = snapshot
        .browser
        .as_ref()
        .and_then(|browser| browser.computer);
    lines.extend(computer.map(|computer| text::computer(lang, &computer)));
    if let Some(summary) = snapshot.watched.as_deref().and_then(watched::unpack) {
        let name = |id: &str| id.to_owned();
        for finding in &summary.findings {
            let words = text::watch::finding(lang, finding, &name);
            lines.extend([words.title, words.what, words.means, words.action]);
        }
        lines.push(text::watch::duration(summary.length_ms));
        lines.push(text::watch::reconnects(lang, &summary));
        for (_, known) in &summary.known {
            lines.extend(text::watch::bounds(lang, known));
        }
    }
    lines
}
