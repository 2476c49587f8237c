//! Findings view: for each, what happened, what it means, who has to do what.

use reachcheck_diagnosis::diagnosis::Diagnosis;
use reachcheck_diagnosis::finding::{Finding, Scope};
use reachcheck_model::lang::Lang;
use reachcheck_model::plan::Plan;
use reachcheck_texts::{self as text, Ui};

use super::element::{Element, el};
use super::tag::section;

/// One article per finding, most important first.
pub fn findings(lang: Lang, plan: &Plan, diagnosis: &Diagnosis) -> Element {
    let articles = diagnosis.findings.iter();
    section("panel findings", text::ui(lang, Ui::FindingsTitle))
        .each(articles.map(|finding| article(lang, plan, finding)))
}

fn article(lang: Lang, plan: &Plan, finding: &Finding) -> Element {
    let ui = |key| text::ui(lang, key);
    let words = text::run_finding(lang, plan, finding);
    let code = finding.cause.code().token();
    let scope = text::scope_id(plan, finding.scope);
    let place = match finding.scope {
        Scope::Network => ui(Ui::NetworkTitle),
        Scope::Region(region) => &plan.regions[region].name,
    };
    el("article.finding")
        .key(&[code, "/", scope].concat())
        .attr("data-finding", code)
        .attr("data-scope", scope.to_owned())
        .attr("data-proof", finding.proof.token())
        .holds(
            el("h3")
                .text(words.title)
                .holds(el("span.finding__place").text(place.to_owned())),
        )
        .holds(
            el("dl")
                .holds(el("dt").text(ui(Ui::What)))
                .holds(el("dd").text(words.what))
                .holds(el("dt").text(ui(Ui::Means)))
                .holds(el("dd").text(words.means))
                .holds(el("dt").text(ui(Ui::Do)))
                .holds(el("dd.finding__do").text(words.action)),
        )
        .holds(
            el("p.finding__code")
                .holds(el("code").text(code))
                .text(" ")
                .text(text::proof(lang, finding.proof)),
        )
}
