//! What the check and the helpdesk's views have in common: the masthead, the language, the title.
//!
//! They are two programs on one page. What one must know of the other stands in the document: which of them is shown
//! (`hooks::is_shown`), and the page's language.

use std::rc::Rc;

use reachcheck_core::text::{self, Lang, Ui};
use yew::prelude::{Callback, Html, hook, html, use_effect_with, use_state};

use crate::browser::{environment, hooks};
use crate::components::locale_picker::{self, locale_picker};
use crate::components::notices::words_missing;
use crate::components::tag::tag;
use crate::setup::Setup;

/// What is around a view.
pub struct Frame {
    /// The page's language.
    pub lang: Lang,
    /// The fragment of the page's address, with its `#`.
    pub fragment: String,
    /// Whether the address asks for a view of this program.
    pub is_shown: bool,
    /// That the words of a language did not come, if so.
    pub notice: Html,
    /// The head of the page. Only the program that is shown has one, so that its ids are on the page once.
    pub masthead: Html,
}

/// What the window is called, in a language, for a fragment.
pub type Title = fn(Lang, &str) -> &'static str;

/// The frame of the program in that root element. `title` is what its window is called, if not as the page is.
#[hook]
pub fn use_frame(root: &'static str, setup: &Rc<Setup>, title: Option<Title>) -> Frame {
    let here = move || (hooks::is_shown(root), environment::fragment());
    let address = use_state(here);
    let lang = use_state(|| setup.lang);
    let missing = use_state(|| setup.missing);
    let choose = {
        let (lang, missing, words) = (lang.clone(), missing.clone(), setup.words);
        Callback::from(move |chosen: Lang| {
            let (lang, missing) = (lang.clone(), missing.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let is_there = words.load(chosen).await;
                missing.set((!is_there).then_some(chosen));
                if is_there {
                    lang.set(chosen);
                } else {
                    locale_picker::put_back();
                }
            });
        })
    };
    {
        let (address, choose) = (address.clone(), choose.clone());
        use_effect_with((), move |()| {
            hooks::on_fragment_change(move || {
                // It may have been changed where we were not seen.
                if let Some(chosen) = hooks::language().and_then(|tag| Lang::from_tag(&tag)) {
                    choose.emit(chosen);
                }
                address.set(here());
            });
        });
    }
    let (is_shown, fragment) = (*address).clone();
    let provider = setup.config.catalogue.provider.clone();
    let name = setup.config.branding.name.clone();
    let name = name.unwrap_or_else(|| text::ui(*lang, Ui::Title).to_owned());
    let title = title.map_or_else(|| name.clone(), |title| title(*lang, &fragment).to_owned());
    let title = format!("{title} – {provider}");
    use_effect_with((*lang, title, is_shown), |(lang, title, is_shown)| {
        if *is_shown {
            hooks::set_root_attribute("lang", lang.tag());
            hooks::set_root_attribute("dir", lang.direction());
            hooks::set_title(title);
        }
    });
    {
        let branding = setup.config.branding.clone();
        use_effect_with((), move |()| {
            for (name, colour) in [
                ("--brand-light", branding.accent),
                ("--brand-dark", branding.accent_dark),
            ] {
                if let Some(colour) = colour {
                    hooks::set_root_style(name, &colour.to_string());
                }
            }
        });
    }
    let masthead = html! {
        if is_shown {
            <header class="masthead">
                <p class="masthead__name">
                    if let Some(logo) = &setup.config.branding.logo {
                        <img class="masthead__logo" src={logo.clone()} alt="" />
                    }
                    { tag("strong", "", name) }
                    { tag("span", "", provider) }
                </p>
                { locale_picker(*lang, &choose) }
            </header>
        }
    };
    Frame {
        lang: *lang,
        fragment,
        is_shown,
        notice: words_missing(*missing),
        masthead,
    }
}
