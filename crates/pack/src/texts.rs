//! The words of the languages that are not in the Wasm: a file for each, which the page asks for when it is wanted.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use reachcheck_model::lang::Lang;
use reachcheck_texts::{CHECK, DESK, TextCatalogue};

use crate::{hashed_name, integrity};

/// Each with the beginning of its files' names; what is the helpdesk's begins as its program does.
const CATALOGUES: [(&TextCatalogue, &str); 2] = [
    (&CHECK, "reachcheck-texts"),
    (&DESK, "reachcheck-desk-texts"),
];

/// Writes them, and gives what `index.html` says of them: `{"fr-CA":{"check":["FILE","DIGEST"], …}, …}`.
pub fn write(folder: &Path) -> Result<String> {
    let mut languages = Vec::new();
    for lang in Lang::ALL.into_iter().filter(|lang| *lang != Lang::En) {
        let tag = lang.tag();
        let mut files = Vec::new();
        for (catalogue, stem) in CATALOGUES {
            let packed = catalogue
                .packed(lang)
                .with_context(|| format!("this program has no texts of {tag}"))?;
            let stem = format!("{stem}-{}", tag.split('-').next().unwrap_or(tag));
            let name = hashed_name(&stem, packed.as_bytes(), "txt");
            let digest = integrity(packed.as_bytes());
            fs::write(folder.join(&name), packed).with_context(|| name.clone())?;
            files.push(format!(
                "\"{}\":[\"{name}\",\"{digest}\"]",
                catalogue.name()
            ));
        }
        languages.push(format!("\"{tag}\":{{{}}}", files.join(",")));
    }
    Ok(format!("{{{}}}", languages.join(",")))
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn the_page_names_a_file_of_each_language_and_program() {
        let folder = tempfile::tempdir().expect("a folder");
        let texts = write(folder.path()).expect("written");
        for begin in [
            "{\"fr-CA\":{\"check\":[\"reachcheck-texts-fr-",
            "\"desk\":[\"reachcheck-desk-texts-fr-",
            "\"es\":{\"check\":[\"reachcheck-texts-es-",
            "\"desk\":[\"reachcheck-desk-texts-es-",
        ] {
            assert!(texts.contains(begin), "{begin} in {texts}");
        }
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
        assert_eq!(names.len(), 4);
        for name in &names {
            assert!(texts.contains(name.as_str()), "{name} in {texts}");
        }
    }
}
