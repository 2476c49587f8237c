//! Dot plot of response times, so that a glance tells steady from unsteady; and in words.

use reachcheck_model::lang::Lang;
use reachcheck_texts as text;

use super::element::{Element, el};

/// Width of the drawing, in its own units.
const WIDTH: f64 = 100.0;

/// A dot for each time, on a line that ends at `scale_ms`, where there are times.
pub fn spread(lang: Lang, times_ms: &[f64], scale_ms: f64) -> Option<Element> {
    let fastest = times_ms.iter().copied().min_by(f64::total_cmp)?;
    let slowest = times_ms.iter().copied().fold(fastest, f64::max);
    // Whole units are fine enough for a dot of three.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 to 100; a float as text would weigh as much as the drawing"
    )]
    let at = |ms: f64| ((ms / scale_ms * WIDTH).min(WIDTH).round() as u32).to_string();
    let range = ["M", &at(fastest), " 5H", &at(slowest)].concat();
    let dots = times_ms
        .iter()
        .map(|ms| el("circle.spread__dot[cy=5][r=2.5]").attr("cx", at(*ms)));
    let line = el("svg.spread__line[viewBox=-3 0 106 10][aria-hidden=true][focusable=false]")
        .holds(el("path.spread__axis[d=M0 5H100M0 2V8M100 2V8]"))
        .holds(el("path.spread__range").attr("d", range))
        .each(dots);
    let words = text::spread(lang, times_ms.len(), fastest, slowest);
    Some(
        el("span.spread")
            .holds(line)
            .holds(el("span.spread__words").text(words)),
    )
}
