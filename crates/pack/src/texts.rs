//! The words of the languages that are not in the Wasm: a file for each, which the page asks for when it is wanted.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use reachcheck_model::lang::Lang;
use reachcheck_texts::{CHECK, DESK, TextCatalogue};
use serde_json::{Map, Value, json};

use crate::{hashed_name, integrity};

/// Each with the beginning of its files' names; what is the helpdesk's begins as its program does.
const CATALOGUES: [(&TextCatalogue, &str); 2] = [
    (&CHECK, "reachcheck-texts"),
    (&DESK, "reachcheck-desk-texts"),
];

/// Writes them, and gives their names and digests: `{"fr-CA": {"check": ["FILE", "DIGEST"], …}, …}`.
pub fn write(folder: &Path) -> Result<Value> {
    let mut languages = Map::new();
    for lang in Lang::ALL.into_iter().filter(|lang| *lang != Lang::En) {
        let tag = lang.tag();
        let mut files = Map::new();
        for (catalogue, stem) in CATALOGUES {
            let packed = catalogue
                .packed(lang)
                .with_context(|| format!("this program has no texts of {tag}"))?;
            let stem = format!("{stem}-{}", tag.split('-').next().unwrap_or(tag));
            let name = hashed_name(&stem, packed.as_bytes(), "txt");
            fs::write(folder.join(&name), &packed).with_context(|| name.clone())?;
            let file = json!([name, integrity(packed.as_bytes())]);
            files.insert(catalogue.name().to_owned(), file);
        }
        languages.insert(tag.to_owned(), files.into());
    }
    Ok(languages.into())
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn the_page_names_a_file_of_each_language_and_program() {
        let folder = tempfile::tempdir().expect("a folder");
        let texts = write(folder.path()).expect("written");
        for (tag, short) in [("fr-CA", "fr"), ("es", "es"), ("pt-BR", "pt")] {
            for (catalogue, stem) in [("check", "texts"), ("desk", "desk-texts")] {
                let name = texts[tag][catalogue][0].as_str().unwrap_or_default();
                let begin = format!("reachcheck-{stem}-{short}-");
                assert!(name.starts_with(&begin), "{begin} in {texts}");
            }
        }
        let texts = texts.to_string();
        let names = std::fs::read_dir(folder.path()).expect("it is there");
        let names: Vec<String> = names
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        assert_eq!(names.len(), 6);
        for name in &names {
            assert!(texts.contains(name.as_str()), "{name} in {texts}");
        }
    }
}
