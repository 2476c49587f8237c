//! Handing a report over by e-mail, or to an address of the operator's. Both need a press.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::codec;
use crate::record::Record;
use crate::snapshot::Snapshot;
use reachcheck_diagnosis::analysis::{where_proof_token, where_token};
use reachcheck_diagnosis::diagnosis::Check;
use reachcheck_model::figures::whole;
use reachcheck_model::time::{iso_utc, utc};
use reachcheck_texts::{self as text, Ui, scope_id};
use serde::Serialize;

/// Longest `mailto:` address, in characters: Windows hands no more than 2,083 to a mail program.
const MAILTO_MAX: usize = 2000;

/// A message to support: the ticket in its subject, in its body what matters most and, where there is room,
/// a link with the whole record. `page` is the page's own address.
#[must_use]
pub fn mailto(record: &Record<'_>, email: &str, page: &str) -> String {
    let lang = record.config.report_language;
    let plan = &record.session.plan;
    let title = text::run_headline(lang, plan, record.diagnosis).title;
    let ticket = record
        .link
        .ticket
        .as_ref()
        .map(|ticket| format!("[{ticket}] "));
    let ticket = ticket.unwrap_or_default();
    let begin = format!(
        "mailto:{email}?subject={}&body=",
        encode(&format!("{ticket}{title}"))
    );
    let code = record
        .code()
        .map(|code| format!("{}: {code}", text::ui(lang, Ui::ReportCode)));
    let mut lines = vec![
        format!("{ticket}{title}."),
        format!(
            "{} - Reachcheck {}",
            utc(record.session.started),
            env!("CARGO_PKG_VERSION")
        ),
    ];
    lines.extend(code);
    lines.push(String::new());
    for (region, diagnosis) in plan.regions.iter().zip(&record.diagnosis.regions) {
        lines.push(format!(
            "{}: {}",
            region.name,
            text::verdict(lang, diagnosis.verdict)
        ));
    }
    for finding in &record.diagnosis.findings {
        lines.push(format!(
            "{} / {}",
            finding.cause.code().token(),
            scope_id(plan, finding.scope)
        ));
    }
    let fragment = codec::fragment(&Snapshot::of(record));
    let whole = encode(&format!(
        "\n\n{}\n{page}#{fragment}\n",
        text::ui(lang, Ui::MailWhole)
    ));
    let paste = encode(&format!("\n\n{}\n", text::ui(lang, Ui::MailPaste)));
    loop {
        let body = encode(&lines.join("\n"));
        for end in [&whole, &paste] {
            if begin.len() + body.len() + end.len() <= MAILTO_MAX {
                return format!("{begin}{body}{end}");
            }
        }
        if lines.pop().is_none() {
            return format!("{begin}{paste}");
        }
    }
}

/// Line ends are CRLF (RFC 6068 section 5).
fn encode(text: &str) -> String {
    utf8_percent_encode(&text.replace('\n', "\r\n"), ENCODED).to_string()
}

/// Everything but the unreserved characters (RFC 3986 section 2.3).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Report for an address of the operator's.
#[derive(Serialize)]
struct Report<'record> {
    format: &'static str,
    version: &'record str,
    /// UTC (RFC 3339).
    started: String,
    took_ms: i64,
    cancelled: bool,
    settled: bool,
    ticket: Option<&'record str>,
    code: Option<String>,
    address: Option<&'record str>,
    browser: Option<&'record str>,
    browser_language: Option<&'record str>,
    computer: Option<ComputerFacts>,
    language: &'static str,
    provider: &'record str,
    verdict: &'static str,
    regions: Vec<Region<'record>>,
    network: Vec<CheckResult>,
    findings: Vec<Finding<'record>>,
    /// As Copy gives it.
    text: String,
    /// Everything, as in a link.
    data: String,
}

/// What the run showed of the computer.
#[derive(Serialize)]
struct ComputerFacts {
    system: &'static str,
    /// Milliseconds.
    clock_grain_ms: Option<f64>,
    /// Milliseconds.
    own_delay_ms: Option<f64>,
    /// Milliseconds.
    stalled_ms: f64,
    network_changed: bool,
}

#[derive(Serialize)]
struct Region<'record> {
    id: &'record str,
    name: &'record str,
    verdict: &'static str,
    checks: Vec<CheckResult>,
}

#[derive(Serialize)]
struct CheckResult {
    name: &'static str,
    outcome: &'static str,
    proof: &'static str,
    /// Where it broke, or who answered; empty where nothing is known of it.
    r#where: &'static str,
    where_proof: &'static str,
}

#[derive(Serialize)]
struct Finding<'record> {
    code: &'static str,
    scope: &'record str,
    proof: &'static str,
    r#where: &'static str,
    where_proof: &'static str,
}

/// The report as JSON, for an address of the operator's: tokens as in the page's hooks, the text as Copy gives
/// it, and the data as in a link.
#[must_use]
pub fn json(record: &Record<'_>) -> String {
    let snapshot = Snapshot::of(record);
    let plan = &snapshot.plan;
    let diagnosis = &snapshot.diagnosis;
    let browser = snapshot.browser.as_ref();
    let regions = plan.regions.iter().zip(&diagnosis.regions);
    let findings = diagnosis.findings.iter();
    reachcheck_wire::encode(&Report {
        format: "reachcheck-report/1",
        version: &snapshot.version,
        started: iso_utc(snapshot.started),
        took_ms: whole(snapshot.took_ms.max(0.0)),
        cancelled: snapshot.is_cancelled,
        settled: snapshot.is_settled,
        ticket: snapshot.ticket.as_deref(),
        code: record.code(),
        address: snapshot.address.as_deref(),
        browser: browser.map(|browser| browser.name.as_str()),
        browser_language: browser.map(|browser| browser.language.as_str()),
        computer: browser
            .and_then(|browser| browser.computer)
            .map(|computer| ComputerFacts {
                system: computer.system.name(),
                clock_grain_ms: computer.clock_grain_ms,
                own_delay_ms: computer.own_delay_ms,
                stalled_ms: computer.stalled_ms,
                network_changed: computer.network_changed,
            }),
        language: record.config.report_language.tag(),
        provider: &plan.provider,
        verdict: diagnosis.headline.token(),
        regions: regions
            .map(|(region, diagnosis)| Region {
                id: &region.id,
                name: &region.name,
                verdict: diagnosis.verdict.token(),
                checks: checks(&diagnosis.checks),
            })
            .collect(),
        network: checks(&diagnosis.network),
        findings: findings
            .map(|finding| {
                let place = diagnosis.place_of(finding);
                Finding {
                    code: finding.cause.code().token(),
                    scope: scope_id(plan, finding.scope),
                    proof: finding.proof.token(),
                    r#where: where_token(place),
                    where_proof: where_proof_token(place),
                }
            })
            .collect(),
        text: record.text(),
        data: codec::fragment(&snapshot),
    })
}

fn checks(checks: &[Check]) -> Vec<CheckResult> {
    checks
        .iter()
        .map(|check| CheckResult {
            name: check.name.token(),
            outcome: check.conclusion.outcome.token(),
            proof: check.conclusion.proof.token(),
            r#where: where_token(check.conclusion.place),
            where_proof: where_proof_token(check.conclusion.place),
        })
        .collect()
}
