//! The languages that a program does not have built in, taken in when they are wanted.

use reachcheck_model::lang::Lang;
use reachcheck_texts::{CHECK, Catalogue, DESK};

use crate::browser;

/// What a program says.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// What `index.html` calls the program.
    program: &'static str,
    catalogues: &'static [&'static Catalogue],
}

impl Words {
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

    /// Sees to it that the program speaks a language. False where its words did not come, or belong to another version:
    /// then it speaks English in its place.
    pub async fn load(self, lang: Lang) -> bool {
        let is_there = || self.catalogues.iter().all(|it| it.is_loaded(lang));
        if !is_there()
            && let Some(files) = browser::words::fetched(self.program, lang.tag()).await
        {
            for (catalogue, file) in self.catalogues.iter().zip(files.iter()) {
                // What is refused is not there.
                let _ = catalogue.load(lang, file.as_string().unwrap_or_default());
            }
        }
        is_there()
    }
}
