//! Handing a report over by e-mail, or to an address of the operator's. Both need a press.

use reachcheck_wire::json::ToJson as _;

use crate::codec;
use crate::record::Record;
use crate::snapshot::Snapshot;
use reachcheck_diagnosis::diagnosis::Check;
use reachcheck_model::figures::whole;
use reachcheck_model::link::percent_encode;
use reachcheck_model::time::{iso_utc, utc};
use reachcheck_texts::{self as text, Ui, scope_id};

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
    percent_encode(&text.replace('\n', "\r\n"))
}

/// The report as JSON, for an address of the operator's: tokens as in the page's hooks, the text as Copy gives
/// it, and the data as in a link.
#[must_use]
pub fn json(record: &Record<'_>) -> String {
    let snapshot = Snapshot::of(record);
    let plan = &snapshot.plan;
    let mut json = Json::default();
    json.text("format", "reachcheck-report/1");
    json.text("version", &snapshot.version);
    json.text("started", &iso_utc(snapshot.started));
    json.raw("took_ms", &whole(snapshot.took_ms.max(0.0)).to_string());
    json.raw(
        "cancelled",
        if snapshot.is_cancelled {
            "true"
        } else {
            "false"
        },
    );
    json.raw(
        "settled",
        if snapshot.is_settled { "true" } else { "false" },
    );
    let browser = snapshot.browser.as_ref();
    for (key, value) in [
        ("ticket", snapshot.ticket.clone()),
        ("code", record.code()),
        ("address", snapshot.address.clone()),
        ("browser", browser.map(|browser| browser.name.clone())),
        (
            "browser_language",
            browser.map(|browser| browser.language.clone()),
        ),
    ] {
        match value {
            Some(value) => json.text(key, &value),
            None => json.raw(key, "null"),
        }
    }
    json.text("language", record.config.report_language.tag());
    json.text("provider", &plan.provider);
    json.text("verdict", snapshot.diagnosis.headline.token());
    let mut regions = Vec::new();
    for (region, diagnosis) in plan.regions.iter().zip(&snapshot.diagnosis.regions) {
        let mut json = Json::default();
        json.text("id", &region.id);
        json.text("name", &region.name);
        json.text("verdict", diagnosis.verdict.token());
        json.list("checks", &checks(&diagnosis.checks));
        regions.push(json.finish());
    }
    json.list("regions", &regions);
    json.list("network", &checks(&snapshot.diagnosis.network));
    let mut findings = Vec::new();
    for finding in &snapshot.diagnosis.findings {
        let mut json = Json::default();
        json.text("code", finding.cause.code().token());
        json.text("scope", scope_id(plan, finding.scope));
        json.text("proof", finding.proof.token());
        findings.push(json.finish());
    }
    json.list("findings", &findings);
    json.text("text", &record.text());
    json.text("data", &codec::fragment(&snapshot));
    json.finish()
}

fn checks(checks: &[Check]) -> Vec<String> {
    let mut written = Vec::new();
    for check in checks {
        let mut json = Json::default();
        json.text("name", check.name.token());
        json.text("outcome", check.conclusion.outcome.token());
        json.text("proof", check.conclusion.proof.token());
        written.push(json.finish());
    }
    written
}

/// A JSON object under construction (RFC 8259).
#[derive(Default)]
struct Json(String);

impl Json {
    fn raw(&mut self, key: &str, value: &str) {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        key.to_json(&mut self.0);
        self.0.push(':');
        self.0.push_str(value);
    }

    fn text(&mut self, key: &str, value: &str) {
        let mut quoted = String::new();
        value.to_json(&mut quoted);
        self.raw(key, &quoted);
    }

    fn list(&mut self, key: &str, values: &[String]) {
        self.raw(key, &format!("[{}]", values.join(",")));
    }

    fn finish(mut self) -> String {
        self.0.push('}');
        self.0
    }
}
