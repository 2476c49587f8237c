//! "Read a report" view: reports that were pasted or dropped as files, or came in the page's own address.

use std::cell::RefCell;
use std::rc::Rc;

use reachcheck_handover::reading::{self, Readings};
use reachcheck_handover::words;
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, HelpdeskUi, Ui};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::{
    AttrValue, Callback, DragEvent, Event, Html, InputEvent, MouseEvent, Properties,
    TargetCast as _, component, html, use_effect_with, use_memo, use_mut_ref, use_reducer,
    use_state,
};

use super::overview::Overview;
use super::problems::problems;
use super::single::single;
use super::sources::{Change, Sources};
use crate::browser::files::{self, File};
use crate::setup::Setup;
use crate::tasks::Task;

/// What it is given.
#[derive(PartialEq, Properties)]
pub struct ReaderProps {
    /// The page's language.
    pub lang: Lang,
    /// Settings: short codes are of their catalogue, and reports are held against it.
    pub setup: Rc<Setup>,
    /// The fragment of the page's address, with its `#`.
    pub fragment: String,
}

/// The form, and below it what was read.
#[component(Reader)]
pub fn reader(props: &ReaderProps) -> Html {
    let lang = props.lang;
    let own = |key| text::helpdesk_ui(lang, key);
    let input = use_state(AttrValue::default);
    // What is read: the address, until something is pasted.
    let sources = use_reducer(|| Sources {
        pasted: props.fragment.clone().into(),
        ..Sources::default()
    });
    {
        let change = sources.dispatcher();
        use_effect_with(props.fragment.clone(), move |fragment| {
            change.dispatch(Change::Paste(fragment.clone().into()));
        });
    }
    let readings = use_memo(
        ((*sources).clone(), props.setup.clone()),
        |(sources, setup)| {
            let texts = sources.texts();
            let texts: Vec<&str> = texts.iter().map(|(_, text)| *text).collect();
            reading::read_all(&texts, &setup.config.catalogue)
        },
    );
    let oninput = {
        let input = input.clone();
        Callback::from(move |event: InputEvent| {
            let area: HtmlTextAreaElement = event.target_unchecked_into();
            input.set(area.value().into());
        })
    };
    let read = {
        let (input, change) = (input.clone(), sources.dispatcher());
        Callback::from(move |_: MouseEvent| change.dispatch(Change::Paste((*input).clone())))
    };
    // Files that are being read. Who clears the form, or leaves, waits for none of them.
    let under_way = use_mut_ref(Vec::<Task>::new);
    let take = {
        let (under_way, change) = (under_way.clone(), sources.dispatcher());
        Callback::from(move |files: Vec<File>| take_files(files, &under_way, change.clone()))
    };
    let clear = {
        let (input, change) = (input.clone(), sources.dispatcher());
        Callback::from(move |_: MouseEvent| {
            under_way.borrow_mut().clear();
            input.set(AttrValue::default());
            change.dispatch(Change::Clear);
        })
    };
    let chosen = take.reform(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let files = files::listed(input.files());
        // The same file may be chosen once more.
        input.set_value("");
        files
    });
    let dropped = take.reform(|event: DragEvent| {
        event.prevent_default();
        files::listed(event.data_transfer().and_then(|data| data.files()))
    });
    // Without it a browser opens what is dropped.
    let over = Callback::from(|event: DragEvent| event.prevent_default());
    let is_read = !readings.read.is_empty();
    html! {
        <div class="reading" data-read={readings.read.len().to_string()} ondragover={over} ondrop={dropped}>
            <section class={if is_read { "panel reader reader--read" } else { "panel reader" }}>
                <h1 ~textContent={text::ui(lang, Ui::ReadReport)} />
                <p id="read-hint" ~textContent={own(HelpdeskUi::ReadHint)} />
                <p id="read-drop" ~textContent={own(HelpdeskUi::ReadDrop)} />
                <p id="read-anybody" ~textContent={own(HelpdeskUi::ReadAnybody)} />
                <label class="reader__label" for="read-input" ~textContent={own(HelpdeskUi::ReadLabel)} />
                <textarea
                    id="read-input"
                    rows="6"
                    spellcheck="false"
                    autocomplete="off"
                    aria-describedby="read-hint"
                    value={(*input).clone()}
                    {oninput}
                />
                <div class="report__buttons">
                    <button
                        id="read-button"
                        class="button button--primary"
                        type="button"
                        onclick={read}
                        ~textContent={own(HelpdeskUi::ReadButton)}
                    />
                    <label class="button reader__files">
                        <input id="read-files" class="visually-hidden" type="file" multiple={true} accept=".txt,.eml,.log,text/*" onchange={chosen} />
                        <span ~textContent={own(HelpdeskUi::ReadFiles)} />
                    </label>
                    <button
                        id="read-clear"
                        class="button"
                        type="button"
                        onclick={clear}
                        ~textContent={own(HelpdeskUi::ReadClear)}
                    />
                </div>
                <p id="read-status" role="status" ~textContent={status(lang, &sources, &readings)} />
                { problems(lang, &sources, &readings) }
            </section>
            if readings.read.len() > 1 {
                <Overview {lang} setup={props.setup.clone()} readings={readings.clone()} />
            } else if let Some(only) = readings.read.first() {
                { single(lang, &props.setup, 1, only) }
            }
        </div>
    }
}

/// Reads files, and hands on what is in them.
fn take_files(
    files: Vec<File>,
    under_way: &RefCell<Vec<Task>>,
    change: yew::UseReducerDispatcher<Sources>,
) {
    if !files.is_empty() {
        let read = Task::begin(async move {
            change.dispatch(Change::Files(files::texts(files).await));
        });
        under_way.borrow_mut().push(read);
    }
}

/// How much was read.
fn status(lang: Lang, sources: &Sources, readings: &Readings) -> String {
    if sources.is_nothing() {
        return String::new();
    }
    let mut said = vec![words::reports_read(lang, readings.read.len())];
    if readings.copies > 0 {
        said.push(words::copies(lang, readings.copies));
    }
    if readings.is_full {
        said.push(text::helpdesk_ui(lang, HelpdeskUi::ReadFull).to_owned());
    }
    said.join(" ")
}
