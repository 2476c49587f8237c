//! Findings view: for each kind what happened and where, what it means, and who has to do what. The most important is
//! unfolded, unless all is well.

use reachcheck_diagnosis::analysis::{where_proof_token, where_token};
use reachcheck_diagnosis::diagnosis::{Diagnosis, Verdict};
use reachcheck_model::lang::Lang;
use reachcheck_model::plan::Plan;
use reachcheck_texts::{self as text, FindingGroup, FindingPlace, Ui};
use yew::prelude::{Html, html};

use super::words::{said, token};

/// One article per kind, most important first.
pub fn findings(lang: Lang, plan: &Plan, diagnosis: &Diagnosis) -> Html {
    let title = text::ui(lang, Ui::FindingsTitle);
    let groups = text::finding_groups(lang, plan, diagnosis);
    let is_well = diagnosis.headline == Verdict::Reachable;
    html! {
        <section class="panel findings" aria-label={title}>
            <h2 ~textContent={title} />
            { for groups.into_iter().zip(0..).map(|(group, index)| article(lang, plan, diagnosis, group, index == 0 && !is_well)) }
        </section>
    }
}

fn article(
    lang: Lang,
    plan: &Plan,
    diagnosis: &Diagnosis,
    group: FindingGroup<'_>,
    is_open: bool,
) -> Html {
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
    let names: Vec<&str> = places.iter().map(|place| place.name).collect();
    html! {
        <article class="finding" {key}>
            <details open={is_open}>
                <summary>
                    <h3 ~textContent={title} />
                    <span class="finding__place" ~textContent={text::names(lang, &names)} />
                </summary>
                <dl>
                    <dt ~textContent={ui(Ui::WhatHappened)} />
                    <dd>
                        <ul class="finding__places">
                            { for places.iter().map(|it| place(plan, diagnosis, it, places.len() > 1)) }
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
            </details>
        </article>
    }
}

/// One finding: where, if it is one of several, and what happened there.
fn place(plan: &Plan, diagnosis: &Diagnosis, place: &FindingPlace<'_>, is_named: bool) -> Html {
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
            if is_named {
                <span class="finding__place" ~textContent={place.name} />
            }
            { said(&place.what) }
        </li>
    }
}
