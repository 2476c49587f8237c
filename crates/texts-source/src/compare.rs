//! What English asks of the other languages, and of itself.

use crate::source::{BY_TOKEN, Problem, Source, Text, in_kebab_case, is_variant};

impl Source {
    /// Sees to it that each text belongs to a section of the program, and is named for it. The English file alone is held
    /// to it: the others follow it by the identifiers.
    ///
    /// # Errors
    /// What has no section, or another's name.
    pub fn assert_sections(&self) -> Result<(), Vec<Problem>> {
        let problems: Vec<Problem> = self
            .texts
            .iter()
            .filter_map(|text| Some(self.problem(text.line, outside_section(text)?)))
            .collect();
        if problems.is_empty() {
            Ok(())
        } else {
            Err(problems)
        }
    }

    /// Brings the texts into the order and the sections of another language's.
    ///
    /// # Errors
    /// What this one lacks, what it has beside, and where its places are not the same.
    pub fn in_order_of(&self, english: &Self) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut texts = Vec::new();
        // Where what is missing belongs: after the text before it.
        let mut line = 1;
        for wanted in &english.texts {
            let id = wanted.id();
            let Some(text) = self.find(wanted) else {
                let what = format!(
                    "{id} is missing: add it; in {}, line {}, it is “{}”",
                    english.file,
                    wanted.line,
                    wanted.words()
                );
                problems.push(self.problem(line, what));
                continue;
            };
            line = text.line;
            let (has, must) = (text.places(), wanted.places());
            if has != must {
                let what = format!(
                    "{id} must name {} as it does in {}, line {}; it names {}",
                    in_braces(&must),
                    english.file,
                    wanted.line,
                    in_braces(&has)
                );
                problems.push(self.problem(line, what));
            }
            texts.push(Text {
                section: wanted.section.clone(),
                ..text.clone()
            });
        }
        for text in &self.texts {
            if english.find(text).is_none() {
                let what = format!(
                    "{} is not in {}: add it there, or take it out here",
                    text.id(),
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
}

/// What is wrong with a text's section or name, if anything is.
fn outside_section(text: &Text) -> Option<String> {
    let (id, section) = (text.id(), &text.section);
    if !is_variant(section) {
        return Some(format!(
            "{id} stands in no section: one begins with `## Name`, in letters and digits, a capital first"
        ));
    }
    let first = in_kebab_case(section);
    match &text.attribute {
        Some(attribute) if section == BY_TOKEN => {
            let part = attribute.split('-').next();
            let is_part = part.is_some_and(|part| ["title", "what", "means", "do"].contains(&part));
            (text.within_section().is_none() || !is_part).then(|| {
                format!("{id} is no text of a finding: {first}-TOKEN has .title, .what, .means and .do, each with further forms as .what-FORM")
            })
        }
        None if section == BY_TOKEN => Some(format!(
            "{id}: the texts of a finding are attributes, as .title"
        )),
        Some(_) => Some(format!("{id}: only the texts of findings are attributes")),
        None => text.variant().is_none().then(|| {
            format!("{id} is no name in [{section}]: it begins with {first}-, and a letter follows")
        }),
    }
}

fn in_braces(names: &[&str]) -> String {
    if names.is_empty() {
        return "nothing in braces".to_owned();
    }
    let braced: Vec<String> = names.iter().map(|name| format!("{{ ${name} }}")).collect();
    braced.join(", ")
}
