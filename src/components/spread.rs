//! Dot plot of response times, so that a glance tells steady from unsteady; and in words.

use reachcheck_model::lang::Lang;
use reachcheck_texts as text;
use yew::prelude::{Html, html};

/// Width of the drawing, in its own units.
const WIDTH: f64 = 100.0;

/// A dot for each time, on a line that ends at `scale_ms`; nothing where there are no times.
pub fn spread(lang: Lang, times_ms: &[f64], scale_ms: f64) -> Html {
    let Some(fastest) = times_ms.iter().copied().min_by(f64::total_cmp) else {
        return Html::default();
    };
    let slowest = times_ms.iter().copied().fold(fastest, f64::max);
    // Whole units are fine enough for a dot of three.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 to 100; a float as text would weigh as much as the drawing"
    )]
    let at = |ms: f64| ((ms / scale_ms * WIDTH).min(WIDTH).round() as u32).to_string();
    let range = ["M", &at(fastest), " 5H", &at(slowest)].concat();
    html! {
        <span class="spread">
            <svg class="spread__line" viewBox="-3 0 106 10" aria-hidden="true" focusable="false">
                <path class="spread__axis" d="M0 5H100M0 2V8M100 2V8" />
                <path class="spread__range" d={range} />
                { for times_ms.iter().map(|ms| html! {
                    <circle class="spread__dot" cy="5" r="2.5" cx={at(*ms)} />
                }) }
            </svg>
            <span
                class="spread__words"
                ~textContent={text::spread(lang, times_ms.len(), fastest, slowest)}
            />
        </span>
    }
}
