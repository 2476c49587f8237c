//! View of what would decide where the evidence of a run does not.

use reachcheck_diagnosis::diagnosis::Diagnosis;
use reachcheck_model::lang::Lang;
use reachcheck_model::plan::Plan;
use reachcheck_texts::{self as text, Ui};
use yew::prelude::{Html, html};

use super::words::said;

/// An ordered list, most telling first; nothing where the verdict decides.
pub fn steps(lang: Lang, plan: &Plan, diagnosis: &Diagnosis) -> Html {
    let steps = text::steps(lang, plan, diagnosis);
    if steps.is_empty() {
        return Html::default();
    }
    let title = text::ui(lang, Ui::StepsTitle);
    html! {
        <section class="panel steps" aria-label={title}>
            <h2 ~textContent={title} />
            <ol>
                { for steps.iter().map(|step| html! {
                    <li>
                        <strong ~textContent={[step.name, ": "].concat()} />
                        { said(&step.words) }
                    </li>
                }) }
            </ol>
        </section>
    }
}
