//! What no agent needs for a check: the helpdesk's views, and the watch.

use std::rc::Rc;

use reachcheck_core::text::watch::{self, WatchUi};
use reachcheck_core::text::{self, Lang, Ui};
use yew::prelude::{Html, Properties, component, html, use_effect_with, use_state};

use crate::frame::use_frame;
use crate::helpdesk::Helpdesk;
use crate::setup::Setup;
use crate::watch::WatchView;

/// The id of its element in `index.html`.
pub const ROOT: &str = "desk";

/// What the views are given.
#[derive(PartialEq, Properties)]
pub struct ViewsProps {
    /// Settings.
    pub setup: Rc<Setup>,
}

fn is_watch(fragment: &str) -> bool {
    fragment.starts_with("#watch")
}

fn title(lang: Lang, fragment: &str) -> &'static str {
    if is_watch(fragment) {
        watch::ui(lang, WatchUi::Title)
    } else {
        text::ui(lang, Ui::ReadReport)
    }
}

/// One view for each fragment that `index.html` sends here. The program outlives all of them: a watch goes on unseen.
#[component(Views)]
pub fn views(ViewsProps { setup }: &ViewsProps) -> Html {
    let frame = use_frame(ROOT, setup, Some(title));
    let is_watch = is_watch(&frame.fragment);
    let was_watch = use_state(|| is_watch);
    {
        let was_watch = was_watch.clone();
        use_effect_with(is_watch, move |is_watch| {
            if *is_watch {
                was_watch.set(true);
            }
        });
    }
    html! {
        <>
            { frame.masthead }
            if frame.is_shown {
                <div class="page">{ frame.notice }</div>
            }
            if is_watch || *was_watch {
                <div hidden={!is_watch}>
                    <WatchView lang={frame.lang} setup={setup.clone()} />
                </div>
            }
            if frame.is_shown && !is_watch {
                <Helpdesk lang={frame.lang} setup={setup.clone()} fragment={frame.fragment} />
            }
        </>
    }
}
