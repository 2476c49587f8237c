//! View of the checks that concern the network as a whole.

use reachcheck_diagnosis::diagnosis::{CheckName, Diagnosis};
use reachcheck_diagnosis::picture::{self, Times};
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, Ui};

use super::check_cell::{Progress, check_row};
use super::element::{Element, el};
use super::route::route;
use super::spread::spread;
use super::tag::section;

/// A list of names and results. `is_running` tells a check that is not finished from one that was not tried.
pub fn network(lang: Lang, is_running: bool, diagnosis: &Diagnosis, times: &Times) -> Element {
    let far_end = text::ui(lang, Ui::StopRelay);
    let progress = match is_running {
        true => Progress::Running,
        false => Progress::Over,
    };
    let checks = diagnosis.network.iter().map(|check| {
        // The pings, beside the socket on which they went.
        let drawn = (check.name == CheckName::Socket)
            .then(|| spread(lang, &times.pings, times.scale_ms()))
            .flatten();
        check_row(lang, "network", check, progress, drawn)
    });
    section("panel network", text::ui(lang, Ui::NetworkTitle))
        .holds(route(lang, picture::network(diagnosis), far_end))
        .holds(el("dl").each(checks))
}
