//! What the check and the helpdesk's views have in common: the masthead, the language, the title.
//!
//! They are two programs on one page. What one must know of the other stands in the document: which of them is shown
//! (`hooks::is_shown`), and the page's language.

use std::rc::Rc;

use reachcheck_core::text::{self, Lang, Ui};
use yew::prelude::{Callback, Html, hook, use_effect_with, use_state};

use crate::browser::{environment, hooks};
use crate::components::element::el;
use crate::components::locale_picker::locale_picker;
use crate::setup::Setup;

/// What is around a view.
pub struct Frame {
    /// The page's language.
    pub lang: Lang,
    /// The fragment of the page's address, with its `#`.
    pub fragment: String,
    /// Whether the address asks for a view of this program.
    pub is_shown: bool,
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
    let lang = use_state(|| chosen_before().unwrap_or_else(|| setup.language()));
    {
        let (address, lang) = (address.clone(), lang.clone());
        use_effect_with((), move |()| {
            hooks::on_fragment_change(move || {
                // It may have been changed where we were not seen.
                if let Some(chosen) = chosen_before() {
                    lang.set(chosen);
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
    let choose = {
        let lang = lang.clone();
        Callback::from(move |chosen: Lang| lang.set(chosen))
    };
    let masthead = is_shown.then(|| {
        let logo = setup.config.branding.logo.as_ref();
        el("header.masthead")
            .holds(
                el("p.masthead__name")
                    .maybe(
                        logo.map(|logo| el("img.masthead__logo[alt=]").attr("src", logo.clone())),
                    )
                    .holds(el("strong").text(name))
                    .holds(el("span").text(provider)),
            )
            .holds(locale_picker(*lang, &choose))
            .into()
    });
    Frame {
        lang: *lang,
        fragment,
        is_shown,
        masthead: masthead.unwrap_or_default(),
    }
}

/// The language that the page is in already.
fn chosen_before() -> Option<Lang> {
    Lang::from_tag(&hooks::language()?)
}
