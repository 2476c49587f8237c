//! Makes the program's part of the texts: an enum for each section of `texts/*/en.ftl`, and each language packed in the
//! order of its keys. What is missing or wrong in a language stops the build.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use reachcheck_model::lang::Lang;
use reachcheck_texts_source::{BY_TOKEN, Problem, Source, Text};

/// The languages, English first: each has a file in every set.
const LANGUAGES: [&str; Lang::ALL.len()] = Lang::KEYS;
/// The sets of texts, and the names of what they become in `src/catalogue.rs`.
const SETS: [(&str, &str); 3] = [("check", "CHECK"), ("desk", "DESK"), ("first", "FIRST")];
/// The section whose texts are in the program in every language.
const ALWAYS: &str = "Always";

fn main() {
    let texts = Path::new(&variable("CARGO_MANIFEST_DIR")).join("texts");
    let out = PathBuf::from(variable("OUT_DIR"));
    println!("cargo::rerun-if-changed=texts");
    for (set, catalogue) in SETS {
        match read_all(&texts.join(set)).and_then(|languages| generated(languages, catalogue)) {
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

/// The languages of one set, in English order.
fn read_all(folder: &Path) -> Result<Vec<Source>, Vec<Problem>> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let strangers = entries.flatten().map(|entry| entry.path()).filter(|file| {
        let key = file.file_stem().and_then(|name| name.to_str());
        // What an editor keeps beside a file is no text.
        let is_text = file.extension().is_some_and(|end| end == "ftl");
        is_text && key.is_none_or(|key| !LANGUAGES.contains(&key))
    });
    all_or_problems(strangers.map(|file| {
        let what = "no language has this key: add it to crates/model/src/lang.rs".to_owned();
        Err::<(), _>(vec![Problem {
            file: named(&file),
            line: 1,
            what,
        }])
    }))?;
    let files = LANGUAGES.map(|language| read(&folder.join(language).with_extension("ftl")));
    let languages = all_or_problems(files)?;
    languages[0].assert_sections()?;
    let ordered = languages
        .iter()
        .map(|source| source.in_order_of(&languages[0]));
    all_or_problems(ordered)
}

/// Everything that is wrong is told at once.
fn all_or_problems<T>(
    results: impl IntoIterator<Item = Result<T, Vec<Problem>>>,
) -> Result<Vec<T>, Vec<Problem>> {
    let (mut all, mut problems) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(one) => all.push(one),
            Err(wrong) => problems.extend(wrong),
        }
    }
    if problems.is_empty() {
        Ok(all)
    } else {
        Err(problems)
    }
}

/// A file as editors name it, from the workspace's root.
fn named(file: &Path) -> String {
    let within = file.strip_prefix(variable("CARGO_MANIFEST_DIR"));
    format!("crates/texts/{}", within.unwrap_or(file).display())
}

fn read(file: &Path) -> Result<Source, Vec<Problem>> {
    let name = named(file);
    let content = fs::read_to_string(file).map_err(|error| {
        let what = format!("{error}: every language has this file");
        vec![Problem {
            file: name.clone(),
            line: 1,
            what,
        }]
    })?;
    Source::parse(&name, &content)
}

/// The code of one set.
fn generated(languages: Vec<Source>, catalogue: &str) -> Result<String, Vec<Problem>> {
    let (always, packed): (Vec<Source>, Vec<Source>) = languages.into_iter().map(apart).unzip();
    as_they_stand(&always)?;
    let english = &packed[0];
    let places = english.places()?;
    let uses: Vec<u64> = english
        .texts
        .iter()
        .map(|text| mask(text, &places))
        .collect();
    let mut code = String::new();
    for section in sections(english) {
        code += &match section {
            BY_TOKEN => table(english),
            _ => enumeration(catalogue, english, section),
        };
    }
    for (number, text) in always[0].texts.iter().enumerate() {
        let said: Vec<String> = always
            .iter()
            .map(|source| source.texts[number].words())
            .collect();
        let (name, count) = (shouted(text), said.len());
        let _ = write!(
            code,
            r"
/// In every language.
pub(crate) const {name}: [&str; {count}] = {said:?};
"
        );
    }
    let _ = write!(
        code,
        r#"
/// The names of what is filled in.
pub(super) const PLACES: &[&str] = &{places:?};
/// Which of them each text names, a bit for each.
pub(super) const USES: &[u64] = &{uses:?};
/// Tells these keys and places from those of every other version.
pub(super) const FINGERPRINT: &str = "{:016x}";
"#,
        english.fingerprint()
    );
    let texts: Vec<String> = packed.iter().map(|source| source.pack(&places)).collect();
    // Wasm has English alone, and is given the others when they are asked for.
    for (condition, is_packed) in [
        (
            r#"any(not(target_arch = "wasm32"), feature = "packed-texts")"#,
            true,
        ),
        (
            r#"all(target_arch = "wasm32", not(feature = "packed-texts"))"#,
            false,
        ),
    ] {
        let packed: Vec<Option<&str>> = texts
            .iter()
            .enumerate()
            .map(|(number, text)| (number == 0 || is_packed).then_some(text.as_str()))
            .collect();
        let count = packed.len();
        let _ = write!(
            code,
            r"
/// The texts of each language that is in this program, a text a line.
#[cfg({condition})]
pub(super) const PACKED: [Option<&str>; {count}] = {packed:?};
"
        );
    }
    Ok(code)
}

/// What every program has in every language, and what is packed.
fn apart(source: Source) -> (Source, Source) {
    let is_always = |text: &Text| text.section == ALWAYS;
    let (always, packed) = source.texts.into_iter().partition(is_always);
    let with = |texts| Source {
        file: source.file.clone(),
        texts,
    };
    (with(always), with(packed))
}

/// Nothing fills in what every program has.
fn as_they_stand(always: &[Source]) -> Result<(), Vec<Problem>> {
    for source in always {
        if let Some(text) = source.texts.iter().find(|text| !text.places().is_empty()) {
            let (file, line) = (source.file.clone(), text.line);
            let what = format!("{} is said as it stands: take the braces out", text.id());
            return Err(vec![Problem { file, line, what }]);
        }
    }
    Ok(())
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
fn enumeration(catalogue: &str, english: &Source, section: &str) -> String {
    let mut variants = String::new();
    for (number, text) in english.texts.iter().enumerate() {
        if text.section == section {
            let words = format!("`{}`", text.words());
            let _ = writeln!(
                variants,
                "    #[doc = {words:?}]\n    {} = {number},",
                variant(text)
            );
        }
    }
    format!(
        r"
/// The texts of `[{section}]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum {section} {{
{variants}}}

impl super::catalogue::Key for {section} {{
    const CATALOGUE: &'static super::catalogue::TextCatalogue = &super::catalogue::{catalogue};
    const PLACES: &'static [&'static str] = PLACES;
    const USES: &'static [u64] = USES;

    fn number(self) -> usize {{
        self as usize
    }}
}}
"
    )
}

/// The texts of findings: token, attribute and number.
fn table(english: &Source) -> String {
    let texts = english.texts.iter().zip(0..);
    let keys: Vec<(&str, &str, u16)> = texts
        .filter(|(text, _)| text.section == BY_TOKEN)
        .filter_map(|(text, number)| {
            Some((text.within_section()?, text.attribute.as_deref()?, number))
        })
        .collect();
    format!(
        r"
/// The texts of `[{BY_TOKEN}]`: token, part with its form, and number.
pub(super) const BY_TOKEN: &[(&str, &str, u16)] = &{keys:?};
"
    )
}

/// The places of a text, a bit for each.
fn mask(text: &Text, places: &[&str]) -> u64 {
    let is_named = |place: &&str| text.places().contains(place);
    let bits = places
        .iter()
        .enumerate()
        .filter(|(_, place)| is_named(place));
    bits.map(|(number, _)| 1 << number).sum()
}

fn variant(text: &Text) -> String {
    text.variant().expect("`assert_sections` found its name")
}

/// `always-words-missing` as `WORDS_MISSING`.
fn shouted(text: &Text) -> String {
    let name = text.within_section().unwrap_or_default();
    name.to_ascii_uppercase().replace('-', "_")
}
