//! How long something is still waited for, counted down.

use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, Wait};
use yew::prelude::{Html, Properties, component, hook, html, use_effect_with, use_state};

use crate::browser::clock;

/// What it is given.
#[derive(PartialEq, Properties)]
pub struct CountdownProps {
    /// The page's language.
    pub lang: Lang,
    /// What is waited for.
    pub wait: Wait,
    /// How long at most, from when this is first shown (seconds).
    pub at_most_s: u32,
}

/// A sentence that counts the seconds. Not for assistive technology, which would read each.
#[component(Countdown)]
pub fn countdown(props: &CountdownProps) -> Html {
    let passed_s = use_seconds();
    // The last second is not over while this is shown.
    let left_s = props.at_most_s.saturating_sub(passed_s).max(1);
    let words = text::waiting(props.lang, &props.wait, passed_s, left_s);
    html! { <span class="countdown" aria-hidden="true">{ words }</span> }
}

/// How many seconds have passed since the component was first shown.
#[hook]
fn use_seconds() -> u32 {
    let passed = use_state(|| 0);
    let told = passed.setter();
    use_effect_with((), move |()| {
        let ticking = clock::each_second(move |seconds| told.set(seconds));
        move || drop(ticking)
    });
    *passed
}
