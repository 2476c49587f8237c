//! Findings view: for each, what happened, what it means, who has to do what.

use reachcheck_diagnosis::analysis::{where_proof_token, where_token};
use reachcheck_diagnosis::diagnosis::Diagnosis;
use reachcheck_diagnosis::finding::{Finding, Scope};
use reachcheck_model::lang::Lang;
use reachcheck_model::plan::Plan;
use reachcheck_texts::{self as text, Ui};

use super::element::{Element, el};
use super::tag::{section, token};

/// One article per finding, most important first.
pub fn findings(lang: Lang, plan: &Plan, diagnosis: &Diagnosis) -> Element {
    let articles = diagnosis.findings.iter();
    section("panel findings", text::ui(lang, Ui::FindingsTitle))
        .each(articles.map(|finding| article(lang, plan, diagnosis, finding)))
}

fn article(lang: Lang, plan: &Plan, diagnosis: &Diagnosis, finding: &Finding) -> Element {
    let where_it_broke = diagnosis.place_of(finding);
    let ui = |key| text::ui(lang, key);
    let words = text::run_finding(lang, plan, diagnosis, finding);
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
        .attr("data-where", where_token(where_it_broke))
        .attr("data-where-proof", where_proof_token(where_it_broke))
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
                .holds(token(code))
                .text(" ")
                .text(text::proofs(lang, finding.proof, where_it_broke)),
        )
}
