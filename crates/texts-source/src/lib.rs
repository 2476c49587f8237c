//! How a file of texts is read, held against the English one, and packed. The build script of
//! `reachcheck-texts` does it, so that a text that is missing in one language stops the build; what goes wrong says where, and what to do.
//!
//! ```text
//! # Whatever follows this sign is for people.
//! [Section]
//! Key = words with a {place}
//! [Finding]
//! token-of-it-title = words
//! ```

use std::fmt;

/// What stands before the number of a place in a packed text.
pub const PLACEHOLDER: char = '{';
/// The number of the first place, as a character; the others follow it in ASCII.
pub const FIRST_PLACEHOLDER: u8 = b'0';
/// How many names of places a set may have: as many as a number of 64 bits tells apart.
pub const PLACES_MAX: usize = 64;

/// The section whose keys are no enum of the program: its texts are found by the token of a finding.
pub const BY_TOKEN: &str = "Finding";
/// What stands for a text that has yet to be written.
pub const TO_WRITE: &str = "TO WRITE";

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
}

/// A text and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The section's name: an enum.
    pub section: String,
    /// The key: a variant.
    pub key: String,
    /// The line in its file, counted from one.
    pub line: usize,
    /// What is said.
    pub parts: Vec<Part>,
}

impl Text {
    /// Section and key, as the program names them.
    pub fn path(&self) -> String {
        format!("{}::{}", self.section, self.key)
    }

    /// The text as it stands in the file.
    pub fn words(&self) -> String {
        let word = |part: &Part| match part {
            Part::Words(words) => words.clone(),
            Part::Placeholder(name) => format!("{{{name}}}"),
        };
        self.parts.iter().map(word).collect()
    }

    /// The names of what is filled in, each once, in alphabetical order.
    pub fn places(&self) -> Vec<&str> {
        let name = |part| match part {
            &Part::Words(_) => None,
            Part::Placeholder(name) => Some(name.as_str()),
        };
        let mut names: Vec<&str> = self.parts.iter().filter_map(name).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
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
    /// Reads a file.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(file: &str, content: &str) -> Result<Self, Vec<Problem>> {
        let mut source = Self {
            file: file.to_owned(),
            texts: Vec::new(),
        };
        let mut problems = Vec::new();
        let mut section = None;
        for (number, line) in content.lines().enumerate() {
            let line_number = number + 1;
            // Spaces alone: a space that does not break is part of a text.
            let line = line.trim_matches([' ', '\t', '\r']);
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let read = match line.strip_prefix('[') {
                Some(rest) => read_section(rest).map(|name| section = Some(name)),
                None => read_text(section.as_deref(), line, line_number)
                    .and_then(|text| source.add(text)),
            };
            if let Err(what) = read {
                problems.push(source.problem(line_number, what));
            }
        }
        match problems.is_empty() {
            true => Ok(source),
            false => Err(problems),
        }
    }

    fn problem(&self, line: usize, what: String) -> Problem {
        Problem {
            file: self.file.clone(),
            line,
            what,
        }
    }

    fn add(&mut self, text: Text) -> Result<(), String> {
        if let Some(before) = self.find(&text) {
            let (path, line) = (text.path(), before.line);
            return Err(format!(
                "{path} stands in line {line} already: take one out"
            ));
        }
        self.texts.push(text);
        Ok(())
    }

    fn find(&self, wanted: &Text) -> Option<&Text> {
        let is_it = |text: &&Text| text.section == wanted.section && text.key == wanted.key;
        self.texts.iter().find(is_it)
    }

    /// Brings the texts into the order of another language's.
    ///
    /// # Errors
    /// What this one lacks, what it has beside, and where its places are not the same.
    pub fn in_order_of(&self, english: &Self) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut texts = Vec::new();
        for wanted in &english.texts {
            let path = wanted.path();
            let Some(text) = self.find(wanted) else {
                let what = format!(
                    "{path} is missing: add it to [{}]; in {}, line {}, it is “{}”",
                    wanted.section,
                    english.file,
                    wanted.line,
                    wanted.words()
                );
                problems.push(self.problem(1, what));
                continue;
            };
            let (has, must) = (text.places(), wanted.places());
            if has != must {
                let what = format!(
                    "{path} must name {} as it does in {}, line {}; it names {}",
                    in_braces(&must),
                    english.file,
                    wanted.line,
                    in_braces(&has)
                );
                problems.push(self.problem(text.line, what));
            }
            texts.push(text.clone());
        }
        for text in &self.texts {
            if english.find(text).is_none() {
                let what = format!(
                    "{} is not in {}: add it there, or take it out here",
                    text.path(),
                    english.file
                );
                problems.push(self.problem(text.line, what));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let file = self.file.clone();
        Ok(Self { file, texts })
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

    /// One text a line; a place is its number among `places`.
    pub fn pack(&self, places: &[&str]) -> String {
        let mut packed = String::new();
        for text in &self.texts {
            for part in &text.parts {
                match part {
                    Part::Words(words) => packed.push_str(words),
                    Part::Placeholder(name) => {
                        packed.push(PLACEHOLDER);
                        let number = places.iter().position(|place| place == name);
                        packed.push(place_sign(number.unwrap_or_default()));
                    }
                }
            }
            packed.push('\n');
        }
        packed
    }

    /// Tells one set of keys and places from every other: a program fills in only what was packed for it.
    pub fn fingerprint(&self) -> u64 {
        // FNV-1a, since it stays the same in every version of Rust.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for text in &self.texts {
            let line = format!("{} {}\n", text.path(), text.places().join(" "));
            for byte in line.bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        hash
    }
}

/// The sign of a place, by its number.
fn place_sign(number: usize) -> char {
    let number = u8::try_from(number).expect("no more than PLACES_MAX, `places` sees to it");
    char::from(FIRST_PLACEHOLDER + number)
}

fn in_braces(names: &[&str]) -> String {
    if names.is_empty() {
        return "nothing in braces".to_owned();
    }
    let braced: Vec<String> = names.iter().map(|name| format!("{{{name}}}")).collect();
    braced.join(", ")
}

/// What follows a line's `[`.
fn read_section(rest: &str) -> Result<String, String> {
    match rest.strip_suffix(']') {
        Some(name) if is_variant(name) => Ok(name.to_owned()),
        _ => Err("a section is `[Name]`, in letters and digits, a capital first".to_owned()),
    }
}

fn read_text(section: Option<&str>, line: &str, number: usize) -> Result<Text, String> {
    let (key, words) = line
        .split_once(" = ")
        .ok_or("a text is `Key = words`, a remark begins with `#`")?;
    match section {
        Some(BY_TOKEN) if !is_by_token(key) => {
            return Err(format!(
                "“{key}” is no key of a finding: TOKEN-title, -what, -means or -do, in small letters"
            ));
        }
        Some(BY_TOKEN) => {}
        _ if !is_variant(key) => {
            return Err(format!(
                "“{key}” is no key: letters and digits, a capital first"
            ));
        }
        _ => {}
    }
    let section = section.ok_or("a text stands in a section: write `[Section]` before it")?;
    if words.contains(TO_WRITE) {
        return Err(format!(
            "{key} has yet to be written, in place of “{TO_WRITE}”"
        ));
    }
    Ok(Text {
        section: section.to_owned(),
        key: key.to_owned(),
        line: number,
        parts: read_parts(words.trim_matches(' '))?,
    })
}

fn read_parts(words: &str) -> Result<Vec<Part>, String> {
    let bad = "a brace stands only around the name of what is filled in, as {name}: small letters and `_`";
    let mut parts = Vec::new();
    let mut rest = words;
    while !rest.is_empty() {
        let (before, after) = match rest.split_once('{') {
            Some((before, after)) => (before, Some(after)),
            None => (rest, None),
        };
        if before.contains('}') {
            return Err(bad.to_owned());
        }
        if !before.is_empty() {
            parts.push(Part::Words(before.to_owned()));
        }
        let Some(after) = after else { break };
        let (name, after) = after.split_once('}').ok_or(bad)?;
        let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
        if name.is_empty() || !name.chars().all(is_name) {
            return Err(bad.to_owned());
        }
        parts.push(Part::Placeholder(name.to_owned()));
        rest = after;
    }
    if parts.is_empty() {
        return Err("there are no words after the `=`".to_owned());
    }
    Ok(parts)
}

/// A finding's token and a part of its text, as `refused-far-what`.
fn is_by_token(key: &str) -> bool {
    let is_part = |part: &str| ["title", "what", "means", "do"].contains(&part);
    key.chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && key.split('-').skip(1).any(is_part)
}

/// A name that Rust takes for a variant.
fn is_variant(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::{Part, Problem, Source};

    const EN: &str =
        "# Words\n[One]\nPlain = as it is\nFilled = {b}, then {a}\n\n[Two]\nPlain = more\n";

    fn english() -> Source {
        Source::parse("en.txt", EN).expect("right")
    }

    fn said(problems: Result<Source, Vec<Problem>>) -> String {
        let problems = problems.expect_err("wrong");
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        lines.join("\n")
    }

    #[test]
    fn texts_are_read() {
        let source = english();
        assert_eq!(source.texts.len(), 3);
        let filled = &source.texts[1];
        assert_eq!((filled.path().as_str(), filled.line), ("One::Filled", 4));
        let place = |name: &str| Part::Placeholder(name.to_owned());
        assert_eq!(
            filled.parts,
            [place("b"), Part::Words(", then ".to_owned()), place("a")]
        );
        assert_eq!(filled.places(), ["a", "b"]);
        assert_eq!(filled.words(), "{b}, then {a}");
    }

    #[test]
    fn texts_of_findings_have_tokens_for_keys() {
        let content = "[Finding]\nslow-title = Slow\nslow-what-very = x\n";
        let source = Source::parse("en.txt", content).expect("right");
        let keys: Vec<&str> = source.texts.iter().map(|text| text.key.as_str()).collect();
        assert_eq!(keys, ["slow-title", "slow-what-very"]);
    }

    #[test]
    fn packed_in_english_order() {
        let other = "[Two]\nPlain = plus\n[One]\nFilled = {a} : {b}\nPlain = tel\u{a0}quel\n";
        let other = Source::parse("fr.txt", other).expect("right");
        let other = other.in_order_of(&english()).expect("the same keys");
        let places = english();
        let places = places.places().expect("two");
        assert_eq!(other.pack(&places), "tel\u{a0}quel\n{0 : {1\nplus\n");
        assert_eq!(english().pack(&places), "as it is\n{1, then {0\nmore\n");
        assert_eq!(other.fingerprint(), english().fingerprint());
    }

    #[test]
    fn another_key_or_place_is_another_fingerprint() {
        for (from, to) in [("{b}, then", "then"), ("Filled", "Full"), ("Two", "Three")] {
            let other = Source::parse("en.txt", &EN.replace(from, to)).expect("right");
            assert_ne!(other.fingerprint(), english().fingerprint(), "{to}");
        }
        // Other words alone are not.
        let other = Source::parse("en.txt", &EN.replace("as it is", "so")).expect("right");
        assert_eq!(other.fingerprint(), english().fingerprint());
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        for (line, why) in [
            ("Plain", "fr.txt:2: a text is `Key = words`"),
            ("plain = x", "fr.txt:2: “plain” is no key"),
            ("Plain = ", "fr.txt:2: a text is `Key = words`"),
            ("Plain = {a", "fr.txt:2: a brace stands only around"),
            ("Plain = a}", "fr.txt:2: a brace stands only around"),
            ("Plain = {}", "fr.txt:2: a brace stands only around"),
            ("Plain = {A b}", "fr.txt:2: a brace stands only around"),
            ("Plain = TO WRITE", "fr.txt:2: Plain has yet to be written"),
            ("[one]", "fr.txt:2: a section is `[Name]`"),
            ("[One", "fr.txt:2: a section is `[Name]`"),
        ] {
            let said = said(Source::parse("fr.txt", &format!("[One]\n{line}\n")));
            assert!(said.starts_with(why), "{said}");
        }
        for key in ["Slow", "slow", "slow-title-É", "slow-when"] {
            let said = said(Source::parse("fr.txt", &format!("[Finding]\n{key} = x\n")));
            assert!(said.contains("is no key of a finding"), "{said}");
        }
        let alone = said(Source::parse("fr.txt", "Plain = x"));
        assert!(alone.contains("write `[Section]` before it"), "{alone}");
        let twice = said(Source::parse("fr.txt", "[One]\nA = x\nB = y\nA = z"));
        assert_eq!(
            twice,
            "fr.txt:4: One::A stands in line 2 already: take one out"
        );
    }

    #[test]
    fn what_differs_between_languages_is_named() {
        let other = "[One]\nFilled = {b}, {c}\nOther = x\n[Two]\nPlain = more\n";
        let other = Source::parse("fr.txt", other).expect("right");
        let said = said(other.in_order_of(&english()));
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(
            lines,
            [
                "fr.txt:1: One::Plain is missing: add it to [One]; in en.txt, line 3, it is “as it is”",
                "fr.txt:2: One::Filled must name {a}, {b} as it does in en.txt, line 4; it names {b}, {c}",
                "fr.txt:3: One::Other is not in en.txt: add it there, or take it out here",
            ]
        );
    }
}
