//! The languages that a program does not have built in, taken in when they are wanted.

use reachcheck_core::text::{CHECK, Catalogue, DESK, Lang};

use crate::browser;

/// What a program says.
pub type Catalogues = &'static [&'static Catalogue];

/// What the check says.
pub const OF_CHECK: Catalogues = &[&CHECK];
/// What the helpdesk's program says.
pub const OF_DESK: Catalogues = &[&CHECK, &DESK];

/// Sees to it that a program speaks a language. False where its words did not come, or belong to another version: then
/// it speaks English in its place.
pub async fn load(catalogues: Catalogues, lang: Lang) -> bool {
    let missing = catalogues
        .iter()
        .filter(|catalogue| !catalogue.is_loaded(lang));
    // All are asked for before the first is waited for.
    let asked: Vec<_> = missing
        .map(|catalogue| (catalogue, browser::words::ask(catalogue.name(), lang.tag())))
        .collect();
    let mut is_whole = true;
    for (catalogue, coming) in asked {
        is_whole &= match coming.await {
            Some(packed) => catalogue.load(lang, packed).is_ok(),
            None => false,
        };
    }
    is_whole
}
