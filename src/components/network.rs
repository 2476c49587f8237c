//! View of the checks that concern the network as a whole.

use reachcheck_diagnosis::analysis::CheckOutcome;
use reachcheck_diagnosis::diagnosis::{CheckName, Diagnosis};
use reachcheck_diagnosis::picture::{self, Reach, Times};
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, Ui};
use yew::prelude::{Html, html};

use super::check_cell::{Progress, check_row};
use super::regions::evidence;
use super::route::route;
use super::spread::spread;

/// How they stand in a line; the way to the relay where it breaks; and behind that names and results. `is_running` tells a
/// check that is not finished from one that was not tried.
pub fn network(lang: Lang, is_running: bool, diagnosis: &Diagnosis, times: &Times) -> Html {
    let title = text::ui(lang, Ui::NetworkTitle);
    let progress = match is_running {
        true => Progress::Running,
        false => Progress::Over,
    };
    let way = picture::network(diagnosis);
    let checks = diagnosis.network.iter().map(|check| {
        // The pings, beside the socket on which they went.
        let drawn = match check.name {
            CheckName::Socket => spread(lang, &times.pings, times.scale_ms()),
            _ => Html::default(),
        };
        check_row(lang, "network", check, progress, drawn)
    });
    let is_broken = matches!(way.reach, Reach::BreaksAt(_) | Reach::Unclear);
    html! {
        <section class="panel network" aria-label={title}>
            <h2 ~textContent={title} />
            <p ~textContent={words(lang, is_running, diagnosis)} />
            if is_broken {
                { route(lang, way, text::ui(lang, Ui::StopRelay)) }
            }
            { evidence(lang, false, html! { <dl>{ for checks }</dl> }) }
        </section>
    }
}

/// How the checks stand, in a sentence.
fn words(lang: Lang, is_running: bool, diagnosis: &Diagnosis) -> String {
    let checks = || diagnosis.network.iter();
    let failed: Vec<&str> = checks()
        .filter(|check| check.conclusion.outcome == CheckOutcome::Failed)
        .map(|check| text::check(lang, check.name))
        .collect();
    if !failed.is_empty() {
        return text::network_fails(lang, &failed);
    }
    let key = if checks().all(|check| check.conclusion.outcome == CheckOutcome::Ok) {
        Ui::NetworkWell
    } else if is_running && checks().any(|check| check.conclusion.is_pending()) {
        Ui::Testing
    } else {
        Ui::NetworkNotAll
    };
    text::ui(lang, key).to_owned()
}
