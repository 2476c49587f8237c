//! A button that hands something over, and says what became of it.

use std::rc::Rc;

use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, Ui};
use yew::prelude::{AttrValue, Component, Context, Html, Properties, html};

use super::button::button;
use super::words::variant;
use crate::browser::{clipboard, document, fetch};

/// An address that has not answered by then (milliseconds) is not waited for.
const DEADLINE_MS: u32 = 15_000;

/// What a press does. By a press, and never without.
#[derive(PartialEq)]
pub enum Act {
    /// Copies a text.
    Copy {
        /// What is copied.
        text: AttrValue,
        /// Id of the element that shows the text: it is selected where the browser refuses to copy.
        shown_in: AttrValue,
        /// Id of the folded element around it, if there is one.
        folded_in: Option<AttrValue>,
    },
    /// Sends the report to an address of the operator's.
    Send {
        /// Where to.
        url: AttrValue,
        /// The report, as JSON.
        json: AttrValue,
    },
}

/// What it is given.
#[derive(PartialEq, Properties)]
pub struct ActButtonProps {
    /// Its id.
    pub id: AttrValue,
    /// The page's language.
    pub lang: Lang,
    /// Whether it is the one to be pressed first.
    pub is_primary: bool,
    /// What it says.
    pub label: &'static str,
    /// What a press does.
    pub act: Rc<Act>,
    /// What is said once it is done.
    pub done: &'static str,
    /// What is said where the browser refuses, or nobody took it.
    pub refused: &'static str,
}

/// What became of the last press.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ActionState {
    /// There was none.
    NotYet,
    /// It is not known yet.
    UnderWay,
    /// It was done.
    Done,
    /// It could not be done.
    Refused,
}

/// The button, and a line below it.
pub struct ActButton(ActionState);

/// The button, as a part of something else.
pub fn act_button(props: ActButtonProps) -> Html {
    html! { <ActButton ..props /> }
}

impl Component for ActButton {
    type Message = ActionState;
    type Properties = ActButtonProps;

    fn create(_: &Context<Self>) -> Self {
        Self(ActionState::NotYet)
    }

    fn update(&mut self, _: &Context<Self>, outcome: ActionState) -> bool {
        self.0 = outcome;
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let props = context.props();
        let (class, words) = match self.0 {
            ActionState::NotYet => ("", ""),
            ActionState::UnderWay => ("", text::ui(props.lang, Ui::Sending)),
            ActionState::Done => ("done", props.done),
            ActionState::Refused => ("refused", props.refused),
        };
        let is_busy = self.0 == ActionState::UnderWay;
        let (link, act) = (context.link().clone(), props.act.clone());
        let press = move |()| {
            if is_busy {
                return;
            }
            if matches!(*act, Act::Send { .. }) {
                link.send_message(ActionState::UnderWay);
            }
            let act = act.clone();
            // It goes on where the button goes: what was to be sent is sent.
            link.send_future(async move { act.carry_out().await });
        };
        let class = match class.is_empty() {
            true => "copy-status".to_owned(),
            false => variant("copy-status", class),
        };
        html! {
            <>
                { button(props.id.clone(), props.is_primary, false, props.label, &press.into()) }
                <p {class} role="status" ~textContent={words} />
            </>
        }
    }
}

impl Act {
    async fn carry_out(&self) -> ActionState {
        let is_done = match self {
            Self::Copy { text, .. } => clipboard::write(text).await,
            Self::Send { url, json } => fetch::post_json(url, json, DEADLINE_MS).await,
        };
        if is_done {
            return ActionState::Done;
        }
        if let Self::Copy {
            shown_in,
            folded_in,
            ..
        } = self
        {
            if let Some(folded_in) = folded_in {
                document::open_details(folded_in);
            }
            clipboard::select(shown_in);
        }
        ActionState::Refused
    }
}
