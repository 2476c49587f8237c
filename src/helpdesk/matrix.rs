//! The matrix of people and regions: each verdict by colour, sign and letter.

use std::rc::Rc;

use reachcheck_diagnosis::diagnosis::Verdict;
use reachcheck_handover::pattern::groups::{Group, GroupBy};
use reachcheck_handover::pattern::sentences::{self, letter};
use reachcheck_handover::pattern::traits::{Kind, minute};
use reachcheck_handover::words;
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, HelpdeskUi, Ui};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::{
    Callback, Event, Html, MouseEvent, Properties, TargetCast as _, component, html,
};

use super::overview::Together;
use crate::components::regions::verdict_mark;
use crate::components::words::said;

/// Columns before and behind the regions.
const OTHER_COLUMNS: usize = 6;

/// What it is given.
#[derive(PartialEq, Properties)]
pub struct MatrixViewProps {
    /// The reader's language.
    pub lang: Lang,
    /// What is shown.
    pub together: Rc<Together>,
    /// The rows.
    pub groups: Rc<Vec<Group>>,
    /// What they are grouped by.
    pub by: GroupBy,
    /// Called with what they are to be grouped by.
    pub choose: Callback<GroupBy>,
    /// Called with a case and the name that was typed for it.
    pub rename: Callback<(usize, String)>,
    /// Called with a case that is to be shown as its agent saw it.
    pub show: Callback<usize>,
}

/// The table, what its rows are grouped by, and what the letters mean.
#[component(MatrixView)]
pub fn matrix_view(props: &MatrixViewProps) -> Html {
    let lang = props.lang;
    let own = |key| text::helpdesk_ui(lang, key);
    let matrix = &props.together.matrix;
    let onchange = props.choose.reform(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        GroupBy::from_token(&select.value()).unwrap_or(GroupBy::Result)
    });
    let heads = [
        own(HelpdeskUi::MatrixFirst),
        text::ui(lang, Ui::ReportAddress),
        text::ui(lang, Ui::ReportBrowser),
        own(HelpdeskUi::MatrixWhen),
    ];
    html! {
        <section class="panel matrix" aria-label={own(HelpdeskUi::MatrixTitle)}>
            <div class="matrix__head">
                <h2 ~textContent={own(HelpdeskUi::MatrixTitle)} />
                <label>
                    { said(own(HelpdeskUi::GroupBy)) }
                    <select id="matrix-group" {onchange}>
                        { for GroupBy::ALL.map(|by| html! {
                            <option
                                value={by.token()}
                                selected={by == props.by}
                                ~textContent={sentences::group_by(lang, by)}
                            />
                        }) }
                    </select>
                </label>
            </div>
            <div class="matrix__scroll" tabindex="0" role="group" aria-label={own(HelpdeskUi::MatrixTitle)}>
                <table id="matrix">
                    <thead>
                        <tr>
                            <th scope="col"><span class="visually-hidden" ~textContent="#" /></th>
                            <th scope="col" ~textContent={own(HelpdeskUi::MatrixName)} />
                            { for matrix.columns.iter().map(|column| html! {
                                <th class="matrix__region" scope="col" translate="no" ~textContent={column.name.clone()} />
                            }) }
                            { for heads.map(|head| html! { <th scope="col" ~textContent={head} /> }) }
                        </tr>
                    </thead>
                    { for props.groups.iter().map(|group| rows(props, group)) }
                </table>
            </div>
            <p class="matrix__legend">
                { for sentences::legend(lang, matrix).into_iter().map(|(verdict, words)| html! {
                    <span class={format!("matrix__letter matrix__letter--{}", verdict.token())}
                        ~textContent={format!("{} {words}", verdict_mark(verdict))} />
                }) }
                { said(own(HelpdeskUi::MatrixNameHint)) }
            </p>
        </section>
    }
}

fn rows(props: &MatrixViewProps, group: &Group) -> Html {
    let (lang, matrix) = (props.lang, &props.together.matrix);
    let columns = matrix.columns.len() + OTHER_COLUMNS;
    let what = sentences::shared(lang, matrix, &group.shared);
    let trouble = sentences::in_trouble(lang, matrix, &group.cases);
    html! {
        <tbody data-group={what.clone()}>
            <tr class="matrix__group">
                <th scope="rowgroup" colspan={columns.to_string()}>
                    <strong ~textContent={what} />
                    { said(format!(" {trouble}")) }
                </th>
            </tr>
            { for group.cases.iter().map(|at| row(props, *at)) }
        </tbody>
    }
}

fn row(props: &MatrixViewProps, at: usize) -> Html {
    let (lang, together) = (props.lang, &props.together);
    let own = |key| text::helpdesk_ui(lang, key);
    let matrix = &together.matrix;
    let case = &matrix.cases[at];
    let number = at + 1;
    let is_earlier = (together.pattern.stories.iter()).any(|story| story.earlier().contains(&at));
    let show = props.show.reform(move |_: MouseEvent| at);
    let rename = props.rename.reform(move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        (at, input.value())
    });
    let first = case.findings.first();
    let first = first.map(|found| sentences::finding(lang, matrix, *found));
    let made = case.unix_ms.map(|it| {
        let made = minute(it, together.offset_minutes);
        match made.split_once(' ') {
            Some((_, hour)) if together.is_one_day => hour.to_owned(),
            _ => made,
        }
    });
    let known = |kind| case.traits.get(kind).map(str::to_owned);
    let facts = [
        (first, own(HelpdeskUi::MatrixFirst)),
        (known(Kind::Address), text::ui(lang, Ui::ReportAddress)),
        (known(Kind::Browser), text::ui(lang, Ui::ReportBrowser)),
        (made, own(HelpdeskUi::MatrixWhen)),
    ];
    let label = match &case.name {
        Some(_) => String::new(),
        None => case.ticket.clone().unwrap_or_else(|| number.to_string()),
    };
    html! {
        <tr
            key={number.to_string()}
            class={is_earlier.then_some("matrix__earlier")}
            data-case={number.to_string()}
            data-worst={case.worst().map(Verdict::token)}
            translate="no"
        >
            <td class="matrix__number">
                <button type="button" onclick={show} ~textContent={number.to_string()} />
            </td>
            <th class="matrix__name" scope="row">
                <input
                    type="text"
                    maxlength="64"
                    autocomplete="off"
                    spellcheck="false"
                    aria-label={words::name_of(lang, number)}
                    placeholder={label}
                    value={case.name.clone().unwrap_or_default()}
                    onchange={rename}
                />
                if together.doubtful[at] {
                    <span class="matrix__note matrix__note--doubtful" translate="yes" ~textContent={format!("⚠ {}", own(HelpdeskUi::MatrixDoubtful))} />
                }
                if is_earlier {
                    <span class="matrix__note" translate="yes" ~textContent={own(HelpdeskUi::MatrixEarlier)} />
                }
            </th>
            { for matrix.columns.iter().zip(&case.verdicts).map(|(column, verdict)| {
                cell(lang, &column.id, &column.name, *verdict)
            }) }
            { for facts.into_iter().map(|(fact, name)| html! {
                <td class="matrix__fact" data-name={name} title={fact.clone()}
                    ~textContent={fact.unwrap_or_else(|| "–".to_owned())} />
            }) }
        </tr>
    }
}

fn cell(lang: Lang, id: &str, name: &str, verdict: Option<Verdict>) -> Html {
    let (token, said) = match verdict {
        Some(verdict) => (verdict.token(), text::verdict(lang, verdict)),
        None => ("not-tested", text::helpdesk_ui(lang, HelpdeskUi::NotTested)),
    };
    let seen = verdict.map_or_else(
        || "–".to_owned(),
        |verdict| format!("{} {}", verdict_mark(verdict), letter(lang, verdict)),
    );
    html! {
        <td
            class={format!("matrix__cell matrix__cell--{token}")}
            data-column={id.to_owned()}
            data-cell={token}
            data-name={name.to_owned()}
            title={format!("{name}: {said}")}
        >
            // One element in each of thousands of cells.
            <span role="img" aria-label={said} ~textContent={seen} />
        </td>
    }
}
