//! The findings: what happened, what it means, who has to do what.

use reachcheck_core::diagnosis::Diagnosis;
use reachcheck_core::finding::Scope;
use reachcheck_core::plan::Plan;
use reachcheck_core::report;
use reachcheck_core::text::{self, Lang, Ui};
use yew::prelude::{Html, html};

use super::tag::{section, tag};

/// One article per finding, most important first.
pub fn findings(lang: Lang, plan: &Plan, diagnosis: &Diagnosis) -> Html {
    let ui = |key| text::ui(lang, key);
    let inside = html! {
        <>
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
                            { tag("span", "finding__place", place.to_owned()) }
                        </h3>
                        <dl>
                            { tag("dt", "", ui(Ui::What)) }
                            { tag("dd", "", words.what) }
                            { tag("dt", "", ui(Ui::Means)) }
                            { tag("dd", "", words.means) }
                            { tag("dt", "", ui(Ui::Do)) }
                            { tag("dd", "finding__do", words.action) }
                        </dl>
                        <p class="finding__code">
                            { tag("code", "", code) }
                            { " " }
                            { text::proof(lang, finding.proof) }
                        </p>
                    </article>
                }
            }) }
        </>
    };
    section("panel findings", ui(Ui::FindingsTitle), inside)
}
