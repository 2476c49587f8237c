//! `cargo xtask new finding TOKEN`: the file of a further finding, its line in the table, and its texts to write.

use std::fs;
use std::path::Path;

const TABLE: &str = "crates/diagnosis/src/findings.rs";
const FINDINGS: &str = "crates/diagnosis/src/findings";
const EVIDENCE: &str = "crates/handover/src/codec/evidence.rs";
const TEXTS: &str = "crates/texts/texts/check";

/// Writes everything that a new finding needs and that is not its own.
pub fn finding(token: &str) -> Result<(), String> {
    let new = New::named(token)?;
    let file = format!("{FINDINGS}/{}.rs", new.module);
    if Path::new(&file).exists() {
        return Err(format!("{file} is there already"));
    }
    // Everything is made before anything is written.
    let mut written = vec![(file.clone(), new.file())];
    written.push((TABLE.to_owned(), new.in_table(&read(TABLE)?)?));
    written.push((EVIDENCE.to_owned(), new.in_evidence(&read(EVIDENCE)?)?));
    let languages =
        fs::read_dir(TEXTS).map_err(|error| format!("{TEXTS}: {error}; run it in the root"))?;
    let mut languages: Vec<String> = languages
        .filter_map(|entry| Some(entry.ok()?.path().to_string_lossy().into_owned()))
        .collect();
    languages.sort();
    for language in languages {
        let texts = new.in_texts(&read(&language)?);
        written.push((
            language.clone(),
            texts.ok_or_else(|| format!("{language}: there is no finding"))?,
        ));
    }
    for (file, content) in &written {
        fs::write(file, content).map_err(|error| format!("{file}: {error}"))?;
        println!("{file}");
    }
    println!(
        "\nTo be written now; until then it does not compile:\n\
         1. {file}: what it is, its example, what it hides and spoils, its evidence, its rule, its tests.\n\
         2. {TABLE}: its line in the table moves to where its importance is.\n\
         3. {EVIDENCE}: how each field of its evidence is written, if it has any.\n\
         4. {TEXTS}/*.ftl: four texts in each language, and one more for each further form.\n\
         5. Then docs/helpdesk.md is written by\n   \
         REACHCHECK_WRITE_DOCS=1 cargo test -p reachcheck-handover --test scenarios guide\n   \
         and its sentences are kept by\n   \
         UPDATE_GOLDEN=1 cargo test -p reachcheck-handover --test wording\n\
         6. A world of the lab's core must show it: crates/lab/src/worlds, and cargo xtask record."
    );
    Ok(())
}

fn read(file: &str) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("{file}: {error}; run it in the root"))
}

/// A finding that is to be.
struct New {
    /// `port-25-closed`.
    token: String,
    /// `port_25_closed`.
    module: String,
    /// `Port25Closed`.
    name: String,
    /// Its number in the data block.
    wire: u32,
    /// Its number in the short code.
    short: u32,
}

impl New {
    fn named(token: &str) -> Result<Self, String> {
        let is_word = |word: &str| {
            !word.is_empty()
                && word
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        };
        if !token.starts_with(|c: char| c.is_ascii_lowercase()) || !token.split('-').all(is_word) {
            return Err(format!("“{token}” is no token: small-words-with-hyphens"));
        }
        let capital = |word: &str| word[..1].to_ascii_uppercase() + &word[1..];
        let numbers = numbers()?;
        let next = |of: fn(&(u32, u32)) -> u32| numbers.iter().map(of).max().map_or(0, |n| n + 1);
        Ok(Self {
            token: token.to_owned(),
            module: token.replace('-', "_"),
            name: token.split('-').map(capital).collect(),
            wire: next(|(wire, _)| *wire),
            short: next(|(_, short)| *short),
        })
    }

    fn file(&self) -> String {
        include_str!("new/finding.rs.txt")
            .replace("TOKEN", &self.token)
            .replace("NAME", &self.name)
            .replace("WIRE", &self.wire.to_string())
            .replace("SHORT", &self.short.to_string())
    }

    /// The module among the others, the line at the end of the table, the numbers among those that never change.
    fn in_table(&self, table: &str) -> Result<String, String> {
        let module = format!("mod {};", self.module);
        let mut lines: Vec<String> = table.lines().map(str::to_owned).collect();
        let later = lines
            .iter()
            .position(|line| line.starts_with("mod ") && *line > module)
            .or_else(|| lines.iter().position(|line| line.starts_with("use ")));
        lines.insert(
            later.ok_or(format!("{TABLE}: there are no modules"))?,
            module,
        );
        let line = format!("    {}: {},", self.module, self.name);
        insert(&mut lines, "table::findings! {", "}", line)?;
        let line = format!(
            "        (\"{}\", {}, {}),",
            self.token, self.wire, self.short
        );
        insert(&mut lines, "    const RELEASED:", "    ];", line)?;
        Ok(lines.join("\n") + "\n")
    }

    fn in_evidence(&self, evidence: &str) -> Result<String, String> {
        let mut lines: Vec<String> = evidence.lines().map(str::to_owned).collect();
        insert(
            &mut lines,
            "causes! {",
            "}",
            format!("    {} {{}},", self.name),
        )?;
        Ok(lines.join("\n") + "\n")
    }

    /// After the last finding's, marked so that the build refuses them.
    fn in_texts(&self, texts: &str) -> Option<String> {
        let mut lines: Vec<String> = texts.lines().map(str::to_owned).collect();
        let is_message = |pair: &[String]| {
            pair[0].starts_with("finding-") && pair[1].starts_with("    .title = ")
        };
        let last = lines.windows(2).rposition(is_message)?;
        let own = &lines[last + 1..];
        let length = own.iter().take_while(|line| line.starts_with(' ')).count();
        let mut message = vec![format!("finding-{} =", self.token)];
        for part in ["title", "what", "means", "do"] {
            message.push(format!("    .{part} = TO WRITE"));
        }
        let after = last + 1 + length;
        lines.splice(after..after, message);
        Some(lines.join("\n") + "\n")
    }
}

/// Puts a line before the one that ends what begins with another.
fn insert(lines: &mut Vec<String>, first: &str, last: &str, line: String) -> Result<(), String> {
    let begin = lines.iter().position(|line| line.starts_with(first));
    let begin = begin.ok_or(format!("there is no line “{first}”"))?;
    let end = lines[begin..].iter().position(|line| line == last);
    let end = end.ok_or(format!("“{first}” does not end"))?;
    lines.insert(begin + end, line);
    Ok(())
}

/// The numbers that are taken, of data block and short code.
fn numbers() -> Result<Vec<(u32, u32)>, String> {
    let folder = fs::read_dir(FINDINGS)
        .map_err(|error| format!("{FINDINGS}: {error}; run it in the root"))?;
    let mut numbers = Vec::new();
    for entry in folder.flatten() {
        let file = entry.path().to_string_lossy().into_owned();
        let content = read(&file)?;
        let number = |field: &str| {
            let value = content
                .lines()
                .find_map(|line| line.trim().strip_prefix(field));
            value
                .and_then(|value| value.trim_end_matches(',').parse().ok())
                .ok_or(format!("{file}: there is no “{field}” with a number"))
        };
        numbers.push((number("wire: ")?, number("short: ")?));
    }
    Ok(numbers)
}
