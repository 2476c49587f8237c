//! Makes the program's part of the texts: an enum for each section of `texts/*/en.txt`, and each language packed in the
//! order of its keys. What is missing or wrong in a language stops the build.

// Its tests and some of its fields are the crate's.
#[allow(dead_code)]
#[path = "src/text/source.rs"]
mod source;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use source::{Problem, Source, Text};

/// The languages, English first, in the order of `Lang::ALL`.
const LANGUAGES: [&str; 3] = ["en", "fr", "es"];
/// The sets of texts, and the names of what they become in `src/text/catalogue.rs`.
const SETS: [(&str, &str); 3] = [("check", "CHECK"), ("desk", "DESK"), ("first", "FIRST")];
/// The section whose texts are in the program in every language.
const ALWAYS: &str = "Always";

fn main() {
    let texts = Path::new(&variable("CARGO_MANIFEST_DIR")).join("texts");
    let out = PathBuf::from(variable("OUT_DIR"));
    println!("cargo::rerun-if-changed=texts");
    println!("cargo::rerun-if-changed=src/text/source.rs");
    for (set, catalogue) in SETS {
        match generated(&texts.join(set), catalogue) {
            Ok(code) => {
                let file = out.join(format!("{set}.rs"));
                fs::write(&file, code)
                    .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            }
            Err(problems) => {
                for problem in problems {
                    println!("cargo::error={problem}");
                }
            }
        }
    }
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("cargo sets {name}"))
}

/// The code of one set.
fn generated(folder: &Path, catalogue: &str) -> Result<String, Vec<Problem>> {
    let mut languages = Vec::new();
    let mut problems = Vec::new();
    for language in LANGUAGES {
        match read(&folder.join(language).with_extension("txt")) {
            Ok(source) => languages.push(source),
            Err(wrong) => problems.extend(wrong),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut ordered = Vec::new();
    for source in &languages {
        match source.in_order_of(&languages[0]) {
            Ok(source) => ordered.push(source),
            Err(wrong) => problems.extend(wrong),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let (always, packed) = apart(ordered);
    let english = &packed[0];
    let places = english.places()?;
    let mut code = String::new();
    for section in sections(english) {
        enumeration(&mut code, catalogue, english, section);
    }
    for (number, text) in always[0].texts.iter().enumerate() {
        let said: Vec<String> = always
            .iter()
            .map(|source| source.texts[number].words())
            .collect();
        let _ = writeln!(
            code,
            "/// `{}`\npub(crate) const {}: [&str; {}] = {said:?};",
            text.words(),
            shouted(&text.key),
            said.len()
        );
    }
    let uses: Vec<u64> = english
        .texts
        .iter()
        .map(|text| mask(text, &places))
        .collect();
    let _ = writeln!(
        code,
        "/// What is filled in, by its number.\npub(super) const PLACES: &[&str] = &{places:?};"
    );
    let _ = writeln!(
        code,
        "/// Which of them each text names, a bit for each.\npub(super) const USES: &[u64] = &{uses:?};"
    );
    let _ = writeln!(
        code,
        "/// Stands before each packed language.\npub(super) const FINGERPRINT: &str = \"{:016x}\";",
        english.fingerprint()
    );
    for (language, source) in LANGUAGES.iter().zip(&packed) {
        // Wasm has English alone, and is given the others when they are asked for.
        if *language != LANGUAGES[0] {
            code += "#[cfg(any(not(target_arch = \"wasm32\"), feature = \"packed-texts\"))]\n";
        }
        let _ = writeln!(
            code,
            "/// Packed.\npub(super) const {}: &str = {:?};",
            shouted(language),
            source.pack(&places)
        );
    }
    Ok(code)
}

fn read(file: &Path) -> Result<Source, Vec<Problem>> {
    // As editors name it, from the workspace's root.
    let parts: Vec<_> = file
        .components()
        .rev()
        .take(3)
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    let name = format!("crates/core/{}/{}/{}", parts[2], parts[1], parts[0]);
    let content = fs::read_to_string(file).map_err(|error| {
        vec![Problem {
            file: name.clone(),
            line: 1,
            what: format!("{error}: every language has this file"),
        }]
    })?;
    Source::parse(&name, &content)
}

/// What every program has in every language, and what is packed.
fn apart(languages: Vec<Source>) -> (Vec<Source>, Vec<Source>) {
    languages
        .into_iter()
        .map(|source| {
            let (always, packed) = source
                .texts
                .into_iter()
                .partition(|text| text.section == ALWAYS);
            let file = source.file;
            (
                Source {
                    file: file.clone(),
                    texts: always,
                },
                Source {
                    file,
                    texts: packed,
                },
            )
        })
        .unzip()
}

/// The names of the sections, in the order in which they begin.
fn sections(source: &Source) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for text in &source.texts {
        if !names.contains(&text.section.as_str()) {
            names.push(&text.section);
        }
    }
    names
}

/// The enum of a section: each variant is the number of its text.
fn enumeration(code: &mut String, catalogue: &str, english: &Source, section: &str) {
    let _ = writeln!(
        code,
        "/// The texts of `[{section}]`.\n#[derive(Clone, Copy, Debug, PartialEq, Eq)]\n#[repr(u16)]\npub enum {section} {{"
    );
    for (number, text) in english
        .texts
        .iter()
        .enumerate()
        .filter(|(_, text)| text.section == section)
    {
        let words = format!("`{}`", text.words());
        let _ = writeln!(code, "    #[doc = {words:?}]\n    {} = {number},", text.key);
    }
    let _ = writeln!(code, "}}\nimpl super::catalogue::Key for {section} {{");
    let _ = writeln!(
        code,
        "    const CATALOGUE: &'static super::catalogue::Catalogue = &super::catalogue::{catalogue};\n    const PLACES: &'static [&'static str] = PLACES;\n    const USES: &'static [u64] = USES;"
    );
    let _ = writeln!(code, "    fn number(self) -> usize {{ self as usize }}\n}}");
}

fn mask(text: &Text, places: &[&str]) -> u64 {
    let bit = |name: &str| {
        places
            .iter()
            .position(|place| *place == name)
            .map_or(0, |number| 1 << number)
    };
    text.places().into_iter().map(bit).sum()
}

/// `WordsMissing` as `WORDS_MISSING`.
fn shouted(name: &str) -> String {
    let mut out = String::new();
    for (at, c) in name.char_indices() {
        if at > 0 && c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_uppercase());
    }
    out
}
