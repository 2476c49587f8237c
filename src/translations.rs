//! Loading of the languages that are not built into a program, on demand.

use reachcheck_model::lang::Lang;
use reachcheck_texts::{CHECK, DESK, TextCatalogue};

use crate::browser::early;

/// Text catalogues of a program.
#[derive(Clone, Copy, Debug)]
pub struct Translations {
    /// What `src/boot/early.mjs` calls the program.
    program: &'static str,
    catalogues: &'static [&'static TextCatalogue],
}

impl Translations {
    /// What the check says.
    pub const CHECK: Self = Self {
        program: "check",
        catalogues: &[&CHECK],
    };
    /// What the helpdesk's program says.
    pub const DESK: Self = Self {
        program: "desk",
        catalogues: &[&CHECK, &DESK],
    };

    /// Loads a language, unless it is there. False where its files did not come, or belong to another version: English
    /// then stands in for it.
    pub async fn load(self, lang: Lang) -> bool {
        let is_there = || self.catalogues.iter().all(|it| it.is_loaded(lang));
        if !is_there()
            && let Some(files) = early::texts(self.program, lang.tag()).await
        {
            for (catalogue, file) in self.catalogues.iter().zip(files) {
                // A file of another version is refused; `is_there` then says so.
                let _ = catalogue.load(lang, file);
            }
        }
        is_there()
    }
}
