//! Second program of the page: the helpdesk's views and the watch, which no agent needs for a check.

use std::rc::Rc;

use reachcheck_model::lang::Lang;
use reachcheck_texts::watch::{self, WatchUi};
use reachcheck_texts::{self as text, Ui};
use yew::prelude::{Component, Context, Html, Properties, html};

use crate::components::notices::notices;
use crate::frame::{Change, Frame};
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

/// One view for each fragment that `src/boot/initializer.js` sends here. The program outlives all of them: a watch goes on
/// unseen.
pub struct Views {
    /// The settings in force.
    setup: Rc<Setup>,
    frame: Frame,
    was_watch: bool,
}

impl Component for Views {
    type Message = Change;
    type Properties = ViewsProps;

    fn create(context: &Context<Self>) -> Self {
        let setup = &context.props().setup;
        let changed = context.link().callback(|change| change);
        let frame = Frame::new(ROOT, setup, Some(title), changed);
        Self {
            setup: setup.clone(),
            was_watch: is_watch(&frame.fragment),
            frame,
        }
    }

    fn update(&mut self, _: &Context<Self>, change: Change) -> bool {
        self.frame.take(change);
        // A watch goes on with what it began with.
        if !self.was_watch
            && let Some(setup) = self.frame.take_late_settings()
        {
            self.setup = setup;
        }
        self.was_watch |= is_watch(&self.frame.fragment);
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let setup = &self.setup;
        let frame = &self.frame;
        let is_watch = is_watch(&frame.fragment);
        html! {
            <>
                { frame.masthead() }
                if frame.is_shown {
                    if let Some(notice) = frame.notice() {
                        <div class="page">{ notice }</div>
                    }
                    if let Some(notices) = notices(frame.lang, setup, false) {
                        <div class="page">{ notices }</div>
                    }
                }
                if self.was_watch {
                    <div hidden={!is_watch}>
                        <WatchView lang={frame.lang} setup={setup.clone()} />
                    </div>
                }
                if frame.is_shown && !is_watch {
                    <Helpdesk lang={frame.lang} setup={setup.clone()} fragment={frame.fragment.clone()} />
                }
            </>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        self.frame.tell();
    }
}
