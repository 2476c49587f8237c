//! Findings view: for each kind what happened and where, what it means, and who has to do what.

use reachcheck_diagnosis::analysis::{where_proof_token, where_token};
use reachcheck_diagnosis::diagnosis::Diagnosis;
use reachcheck_model::lang::Lang;
use reachcheck_model::plan::Plan;
use reachcheck_texts::{self as text, FindingGroup, FindingPlace, Ui};
use yew::prelude::{Html, html};

use super::words::{said, token};

/// One article per kind, most important first.
pub fn findings(lang: Lang, plan: &Plan, diagnosis: &Diagnosis) -> Html {
    let title = text::ui(lang, Ui::FindingsTitle);
    let groups = text::finding_groups(lang, plan, diagnosis);
    html! {
        <section class="panel findings" aria-label={title}>
            <h2 ~textContent={title} />
            { for groups.into_iter().map(|group| article(lang, plan, diagnosis, group)) }
        </section>
    }
}

fn article(lang: Lang, plan: &Plan, diagnosis: &Diagnosis, group: FindingGroup<'_>) -> Html {
    let ui = |key| text::ui(lang, key);
    let FindingGroup {
        title,
        means,
        action,
        places,
    } = group;
    let first = places[0].finding;
    let code = first.cause.code().token();
    let key = [code, "/", text::scope_id(plan, first.scope)].concat();
    html! {
        <article class="finding" {key}>
            <h3 ~textContent={title} />
            <dl>
                <dt ~textContent={ui(Ui::WhatHappened)} />
                <dd>
                    <ul class="finding__places">
                        { for places.iter().map(|it| place(plan, diagnosis, it)) }
                    </ul>
                </dd>
                <dt ~textContent={ui(Ui::WhatItMeans)} />
                <dd ~textContent={means} />
                <dt ~textContent={ui(Ui::WhatToDo)} />
                <dd class="finding__do" ~textContent={action} />
            </dl>
            <details class="evidence">
                <summary ~textContent={ui(Ui::HowSure)} />
                <ul>
                    { for places.iter().map(|it| html! {
                        <li class="finding__code">
                            { token(code) }
                            { said(it.name) }
                            { said(text::proofs(lang, it.finding.proof, diagnosis.place_of(it.finding))) }
                        </li>
                    }) }
                </ul>
            </details>
        </article>
    }
}

/// One finding: where, and what happened there.
fn place(plan: &Plan, diagnosis: &Diagnosis, place: &FindingPlace<'_>) -> Html {
    let finding = place.finding;
    let where_it_broke = diagnosis.place_of(finding);
    let scope = text::scope_id(plan, finding.scope).to_owned();
    html! {
        <li
            key={scope.clone()}
            data-finding={finding.cause.code().token()}
            data-scope={scope}
            data-proof={finding.proof.token()}
            data-where={where_token(where_it_broke)}
            data-where-proof={where_proof_token(where_it_broke)}
        >
            <span class="finding__place" ~textContent={place.name} />
            { said(&place.what) }
        </li>
    }
}
