//! Timeline view with its controls. The table below it says the same in words.

use std::rc::Rc;

use reachcheck_model::lang::Lang;
use reachcheck_texts::watch::{self as words, WatchUi};
use reachcheck_watch::{Log, Of, Row, View, draw};
use yew::prelude::{Callback, Html, MouseEvent, Properties, component, html, use_state};

use crate::browser::clock;

/// What it is given.
#[derive(PartialEq, Properties)]
pub struct TimelineProps {
    /// The page's language.
    pub lang: Lang,
    /// What happened.
    pub log: Rc<Log>,
    /// Ids and names of the regions.
    pub regions: Rc<Vec<(String, String)>>,
}

/// Rows, one above the other, and the times of both edges.
#[component(Timeline)]
pub fn timeline(props: &TimelineProps) -> Html {
    let ui = |key| words::ui(props.lang, key);
    let all = View::all(&props.log);
    // Nothing chosen: all of it, also as it grows.
    let chosen = use_state(|| None::<View>);
    let view = chosen.unwrap_or(all);
    let button = |id: &'static str, key: WatchUi, next: Option<View>, is_possible: bool| {
        let chosen = chosen.clone();
        let onclick = Callback::from(move |_: MouseEvent| chosen.set(next));
        html! {
            <button {id} class="button" type="button" disabled={!is_possible} {onclick} ~textContent={ui(key)} />
        }
    };
    let (closer, farther) = (view.zoomed(true, all), view.zoomed(false, all));
    let (earlier, later) = (view.moved(false, all), view.moved(true, all));
    let rows = draw(
        &props.log,
        view,
        props.regions.iter().map(|(id, _)| id.as_str()),
    );
    let time = |unix_ms: f64| clock::time_in_words(unix_ms, props.lang.tag());
    html! {
        <figure class="timeline">
            <figcaption class="visually-hidden" ~textContent={ui(WatchUi::Timeline)} />
            <div class="timeline__rows" aria-hidden="true">
                { for rows.iter().map(|row| drawn(props, row)) }
            </div>
            <p class="timeline__edges">
                <time ~textContent={time(view.from)} />
                <time ~textContent={time(view.to)} />
            </p>
            <div class="report__buttons">
                { button("watch-closer", WatchUi::Closer, Some(closer), closer != view) }
                { button("watch-farther", WatchUi::Farther, Some(farther), farther != view) }
                { button("watch-earlier", WatchUi::Earlier, Some(earlier), earlier != view) }
                { button("watch-later", WatchUi::Later, Some(later), later != view) }
                { button("watch-whole", WatchUi::Whole, None, chosen.is_some()) }
            </div>
        </figure>
    }
}

/// The drawing's width, in its own units.
const WIDTH: f64 = 1000.0;

fn drawn(props: &TimelineProps, row: &Row) -> Html {
    let name = match &row.of {
        Of::Lane(lane) => words::lane(props.lang, *lane),
        Of::Network => words::ui(props.lang, WatchUi::NetworkRow),
        Of::Region(region) => props
            .regions
            .iter()
            .find(|(id, _)| id == region)
            .map_or(region.as_str(), |(_, name)| name),
    };
    html! {
        <div class="timeline__row">
            <span class="timeline__name" ~textContent={name} />
            <svg viewBox="0 0 1000 20" preserveAspectRatio="none">
                { for row.stretches.iter().map(|stretch| {
                    // Whatever happened is seen, however far away.
                    let width = ((stretch.to - stretch.from) * WIDTH).max(3.0);
                    let x = (stretch.to * WIDTH - width).max(0.0);
                    html! {
                        <rect
                            class={format!("timeline__stretch timeline__stretch--{}", stretch.kind.token())}
                            x={format!("{x:.1}")}
                            y="0"
                            width={format!("{width:.1}")}
                            height="20"
                        />
                    }
                }) }
            </svg>
        </div>
    }
}
