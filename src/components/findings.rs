//! The findings: what happened, what it means, who has to do what.

use reachcheck_core::diagnosis::Diagnosis;
use reachcheck_core::finding::Scope;
use reachcheck_core::plan::Plan;
use reachcheck_core::report;
use reachcheck_core::text::{self, Lang, Ui};
use yew::prelude::{Html, html};

/// One article per finding, most important first.
pub fn findings(lang: Lang, plan: &Plan, diagnosis: &Diagnosis) -> Html {
    let ui = |key| text::ui(lang, key);
    html! {
        <section class="panel findings" aria-label={ui(Ui::FindingsTitle)}>
            <h2>{ ui(Ui::FindingsTitle) }</h2>
            { for diagnosis.findings.iter().map(|finding| {
                let words = report::finding(lang, plan, finding);
                let code = finding.cause.code().token();
                let scope = report::scope_id(plan, finding.scope).to_owned();
                let place = match finding.scope {
                    Scope::Network => ui(Ui::NetworkTitle),
                    Scope::Region(region) => &plan.regions[region].name,
                };
                html! {
                    <article
                        key={format!("{code}/{scope}")}
                        class="finding"
                        data-finding={code}
                        data-scope={scope}
                        data-proof={finding.proof.token()}
                    >
                        <h3>
                            { &words.title }
                            <span class="finding__place">{ place }</span>
                        </h3>
                        <dl>
                            <dt>{ ui(Ui::What) }</dt>
                            <dd>{ words.what }</dd>
                            <dt>{ ui(Ui::Means) }</dt>
                            <dd>{ words.means }</dd>
                            <dt>{ ui(Ui::Do) }</dt>
                            <dd class="finding__do">{ words.action }</dd>
                        </dl>
                        <p class="finding__code">
                            <code>{ code }</code>
                            { " " }
                            { text::proof(lang, finding.proof) }
                        </p>
                    </article>
                }
            }) }
        </section>
    }
}
