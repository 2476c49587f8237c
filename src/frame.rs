//! Layout that the check and the helpdesk's views share: masthead, language, title of the window.
//!
//! They are two programs on one page. What one must know of the other stands in the document: which of them is shown
//! (`document::is_shown`), and the page's language.

use std::rc::Rc;

use reachcheck_model::config::ConfigSource;
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, Ui};
use yew::prelude::{Callback, Html, html};

use crate::browser::{document, environment};
use crate::components::locale_picker::{self, locale_picker};
use crate::components::notices::words_missing;
use crate::setup::Setup;
use crate::tasks::Task;

/// State of the layout around a view.
pub struct Frame {
    root: &'static str,
    setup: Rc<Setup>,
    title: Option<Title>,
    change: Callback<Change>,
    /// The page's language.
    pub lang: Lang,
    /// The fragment of the page's address, with its `#`.
    pub fragment: String,
    /// Whether the address asks for a view of this program. Only that has a head, so that its ids are on the page once.
    pub is_shown: bool,
    /// Language and title last written to the document; `None` while the other program is shown.
    told: Option<(Lang, String)>,
    /// Language whose texts did not come.
    missing: Option<Lang>,
    /// Loading of a language's texts.
    coming: Option<Task>,
    /// Settings that came after they were waited for.
    late: Option<Rc<Setup>>,
    /// The wait for them.
    awaited: Option<Task>,
}

/// Title of the window in a language, for a fragment.
pub type Title = fn(Lang, &str) -> &'static str;

/// Message to the layout around a view.
pub enum Change {
    /// The fragment of the page's address.
    Address,
    /// The language was chosen.
    Language(Lang),
    /// The language's texts came, or did not.
    Came(Lang, bool),
    /// The settings of this page came after all.
    Settings(Rc<Setup>),
}

impl Frame {
    /// The frame of the program in that root element. `title` is what its window is called, if not as the page is.
    /// `change` is called with what is to be handed to [`Frame::take`].
    pub fn new(
        root: &'static str,
        setup: &Rc<Setup>,
        title: Option<Title>,
        change: Callback<Change>,
    ) -> Self {
        let changed = change.clone();
        document::on_fragment_change(move || changed.emit(Change::Address));
        let mut frame = Self {
            root,
            setup: setup.clone(),
            title,
            change,
            lang: setup.lang,
            fragment: environment::fragment(),
            is_shown: document::is_shown(root),
            told: None,
            missing: setup.missing,
            coming: None,
            late: None,
            awaited: None,
        };
        frame.show_colours();
        frame.await_settings();
        frame
    }

    /// Waits for the settings of this page, or asks for them once more, where something stands in for them.
    pub fn await_settings(&mut self) {
        if self.late.is_some() || self.setup.config_source == ConfigSource::File {
            return;
        }
        let (words, change) = (self.setup.words, self.change.clone());
        self.awaited = Some(Task::begin(async move {
            if let Some(setup) = Setup::read_later(words).await {
                change.emit(Change::Settings(Rc::new(setup)));
            }
        }));
    }

    /// Takes settings that came late into force. The language stays as it is.
    pub fn take_late_settings(&mut self) -> Option<Rc<Setup>> {
        let setup = self.late.take()?;
        self.awaited = None;
        self.setup = setup.clone();
        self.show_colours();
        Some(setup)
    }

    /// Whether settings have come that are not in force yet.
    pub const fn has_late_settings(&self) -> bool {
        self.late.is_some()
    }

    fn show_colours(&self) {
        let branding = &self.setup.config.branding;
        for (name, colour) in [
            ("--brand-light", branding.accent),
            ("--brand-dark", branding.accent_dark),
        ] {
            if let Some(colour) = colour {
                document::set_root_style(name, &colour.to_string());
            }
        }
    }

    /// Updates the state by a message.
    pub fn take(&mut self, change: Change) {
        match change {
            Change::Language(lang) => self.choose(lang),
            Change::Settings(setup) => self.late = Some(setup),
            Change::Came(lang, true) => (self.lang, self.missing) = (lang, None),
            Change::Came(lang, false) => {
                self.missing = Some(lang);
                document::set_root_attribute(CHOSEN, self.lang.tag());
                locale_picker::put_back();
            }
            Change::Address => {
                // It may have been changed where we were not seen.
                if let Some(lang) = chosen_before().filter(|lang| *lang != self.lang) {
                    self.choose(lang);
                }
                self.fragment = environment::fragment();
                self.is_shown = document::is_shown(self.root);
            }
        }
    }

    /// Changes the language as soon as its texts are loaded.
    fn choose(&mut self, lang: Lang) {
        // The other program reads it when the address leads there, which may be before the texts came.
        document::set_root_attribute(CHOSEN, lang.tag());
        let (words, change) = (self.setup.words, self.change.clone());
        self.coming = Some(Task::begin(async move {
            let is_there = words.load(lang).await;
            change.emit(Change::Came(lang, is_there));
        }));
    }

    /// Notice that a language's texts did not come, if so.
    pub fn notice(&self) -> Option<Html> {
        self.missing.map(words_missing)
    }

    /// Writes language and title to the document; call it once the page is rendered.
    pub fn tell(&mut self) {
        let told = self.is_shown.then(|| (self.lang, self.window_title()));
        if told == self.told {
            return;
        }
        if let Some((lang, title)) = &told {
            document::set_root_attribute("lang", lang.tag());
            document::set_root_attribute("dir", lang.direction());
            document::set_title(title);
        }
        self.told = told;
    }

    /// The head of the page.
    pub fn masthead(&self) -> Html {
        if !self.is_shown {
            return Html::default();
        }
        let config = &self.setup.config;
        let logo = config.branding.logo.as_ref();
        html! {
            <header class="masthead">
                <p class="masthead__name">
                    if let Some(logo) = logo {
                        <img class="masthead__logo" alt="" src={logo.clone()} />
                    }
                    <strong ~textContent={self.name()} />
                    <span ~textContent={config.catalogue.provider.as_str()} />
                </p>
                { locale_picker(self.lang, &self.change.reform(Change::Language)) }
            </header>
        }
    }

    fn name(&self) -> &str {
        let own = self.setup.config.branding.name.as_deref();
        own.unwrap_or_else(|| text::ui(self.lang, Ui::Title))
    }

    fn window_title(&self) -> String {
        let title = match self.title {
            Some(title) => title(self.lang, &self.fragment),
            None => self.name(),
        };
        [title, " – ", &self.setup.config.catalogue.provider].concat()
    }
}

/// Attribute of the document: the language that was chosen last, in either program, whether its texts came or not yet.
const CHOSEN: &str = "data-chosen-language";

/// The language that was chosen, or that the page is in already.
pub fn chosen_before() -> Option<Lang> {
    let tag = document::root_attribute(CHOSEN).or_else(document::language)?;
    Lang::from_tag(&tag)
}
