//! A file of texts, and its packed form.

use std::fmt;

use crate::packed::{BRACE, END, FIRST_PLACEHOLDER, ONE, OTHER, VARIANT};

/// How many names of places a set may have: as many as a number of 64 bits tells apart.
pub const PLACES_MAX: usize = 64;

/// The section whose texts are attributes, found by the token of a finding.
pub const BY_TOKEN: &str = "Finding";

/// What is wrong with a file of texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file's name.
    pub file: String,
    /// The line, counted from one.
    pub line: usize,
    /// What is wrong there, and what to do.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.file, self.line, self.what)
    }
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Words as they are.
    Words(String),
    /// What is filled in, by its name.
    Placeholder(String),
    /// One of several wordings, by the number at a place.
    Choice(String, Vec<Variant>),
}

/// A wording, and when it is said. Its parts hold no further choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// When.
    pub when: When,
    /// What.
    pub parts: Vec<Part>,
}

/// Of which numbers a wording is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Of just this one: a digit.
    Number(u8),
    /// Of what the language says in the singular.
    One,
    /// Of every other.
    Other,
}

impl When {
    /// Its sign in the packed form.
    const fn sign(self) -> char {
        match self {
            Self::Number(digit) => digit as char,
            Self::One => ONE as char,
            Self::Other => OTHER as char,
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(digit) => write!(formatter, "[{}]", char::from(*digit)),
            Self::One => formatter.write_str("[one]"),
            Self::Other => formatter.write_str("*[other]"),
        }
    }
}

/// A text and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The message's identifier: `sentence-progress`.
    pub message: String,
    /// The attribute's, where the text is one: `what-timed`.
    pub attribute: Option<String>,
    /// The section that it stands in; in other languages than English it is for people alone.
    pub section: String,
    /// The line in its file, counted from one.
    pub line: usize,
    /// What is said.
    pub parts: Vec<Part>,
}

impl Text {
    /// The whole identifier: `finding-slow.what`.
    #[must_use]
    pub fn id(&self) -> String {
        match &self.attribute {
            Some(attribute) => format!("{}.{attribute}", self.message),
            None => self.message.clone(),
        }
    }

    /// The message's identifier without its section's: `progress` of `sentence-progress`.
    #[must_use]
    pub fn within_section(&self) -> Option<&str> {
        let rest = self.message.strip_prefix(&in_kebab_case(&self.section))?;
        rest.strip_prefix('-')
    }

    /// The variant of the section's enum: `CopyReport` of `ui-copy-report`.
    #[must_use]
    pub fn variant(&self) -> Option<String> {
        let words = self.within_section()?.split('-');
        let name: String = words.map(capitalised).collect();
        is_variant(&name).then_some(name)
    }

    /// The text as it stands in the file, in one line.
    #[must_use]
    pub fn words(&self) -> String {
        words(&self.parts)
    }

    /// The names of what is filled in, each once, in alphabetical order.
    #[must_use]
    pub fn places(&self) -> Vec<&str> {
        places(&self.parts)
    }
}

/// The names of what is filled in or chosen by, each once, in alphabetical order.
pub fn places(parts: &[Part]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for part in parts {
        match part {
            Part::Words(_) => {}
            Part::Placeholder(name) => names.push(name),
            Part::Choice(name, variants) => {
                names.push(name);
                names.extend(variants.iter().flat_map(|variant| places(&variant.parts)));
            }
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

fn words(parts: &[Part]) -> String {
    let said = |part: &Part| match part {
        Part::Words(words) => words.clone(),
        Part::Placeholder(name) => format!("{{ ${name} }}"),
        Part::Choice(name, variants) => {
            let variants: String = variants
                .iter()
                .map(|variant| format!("{} {} ", variant.when, words(&variant.parts)))
                .collect();
            format!("{{ ${name} -> {variants}}}")
        }
    };
    parts.iter().map(said).collect()
}

/// A file of texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name.
    pub file: String,
    /// Its texts, in its order.
    pub texts: Vec<Text>,
}

impl Source {
    /// What is wrong at a line.
    #[must_use]
    pub fn problem(&self, line: usize, what: String) -> Problem {
        Problem {
            file: self.file.clone(),
            line,
            what,
        }
    }

    /// The text of the same identifier.
    pub(crate) fn find(&self, wanted: &Text) -> Option<&Text> {
        let is_it =
            |text: &&Text| text.message == wanted.message && text.attribute == wanted.attribute;
        self.texts.iter().find(is_it)
    }

    /// The names of all places, in alphabetical order.
    ///
    /// # Errors
    /// More of them than there are numbers.
    pub fn places(&self) -> Result<Vec<&str>, Vec<Problem>> {
        let mut names: Vec<&str> = self.texts.iter().flat_map(Text::places).collect();
        names.sort_unstable();
        names.dedup();
        if names.len() > PLACES_MAX {
            let what = format!(
                "{} names for what is filled in, at most {PLACES_MAX}: use one name for what is alike",
                names.len()
            );
            return Err(vec![self.problem(1, what)]);
        }
        Ok(names)
    }

    /// The packed form, in which a place is its number among `places`.
    #[must_use]
    pub fn pack(&self, places: &[&str]) -> String {
        let mut packed = String::new();
        for text in &self.texts {
            pack(&text.parts, places, &mut packed);
            packed.push('\n');
        }
        packed
    }

    /// Tells one set of keys and places from every other: a program fills in only what was packed for it.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        // FNV-1a, since it stays the same in every version of Rust.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for text in &self.texts {
            let line = format!("{} {}\n", text.id(), text.places().join(" "));
            for byte in line.bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        hash
    }
}

fn pack(parts: &[Part], places: &[&str], packed: &mut String) {
    let sign = |name: &str| {
        let number = places.iter().position(|place| *place == name);
        let number = u8::try_from(number.unwrap_or_default());
        char::from(
            FIRST_PLACEHOLDER + number.expect("no more than PLACES_MAX, `places` sees to it"),
        )
    };
    for part in parts {
        match part {
            Part::Words(words) => packed.push_str(words),
            Part::Placeholder(name) => packed.extend([BRACE, sign(name)]),
            Part::Choice(name, variants) => {
                for variant in variants {
                    packed.push(BRACE);
                    packed.push_str(VARIANT);
                    packed.extend([sign(name), variant.when.sign()]);
                    pack(&variant.parts, places, packed);
                }
                packed.push(BRACE);
                packed.push_str(END);
            }
        }
    }
}

/// `WatchUi` as `watch-ui`.
pub fn in_kebab_case(name: &str) -> String {
    let mut out = String::new();
    for (at, c) in name.char_indices() {
        if at > 0 && c.is_ascii_uppercase() {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(word.len().min(1));
    first.to_ascii_uppercase() + rest
}

/// A name that Rust takes for a variant.
pub fn is_variant(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
}
