//! How a file is read: by `fluent-syntax`, and what is outside the subset is refused.

use fluent_syntax::ast::{
    Comment, Entry, Expression, InlineExpression, Message, Pattern, PatternElement, VariantKey,
};
use fluent_syntax::parser::{ErrorKind, ParserError};

use crate::source::{Part, Problem, Source, Text, Variant, When, places};

/// What stands for a text that has yet to be written.
const TO_WRITE: &str = "TO WRITE";

/// What a choice has to be.
const CHOICE: &str = "a choice is `{ $name -> [one] words *[other] words }`, or has digits as `[0]` among its variants";

impl Source {
    /// Reads a file.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(file: &str, content: &str) -> Result<Self, Vec<Problem>> {
        let content = content.replace("\r\n", "\n");
        let mut reader = Reader {
            content: &content,
            source: Self {
                file: file.to_owned(),
                texts: Vec::new(),
            },
            problems: Vec::new(),
            section: String::new(),
        };
        let (resource, errors) = match fluent_syntax::parser::parse(content.as_str()) {
            Ok(resource) => (resource, Vec::new()),
            Err(broken) => broken,
        };
        for error in errors {
            reader.refuse_broken(&error);
        }
        for entry in resource.body {
            reader.entry(&entry);
        }
        reader.problems.sort_by_key(|problem| problem.line);
        match reader.problems.is_empty() {
            true => Ok(reader.source),
            false => Err(reader.problems),
        }
    }
}

struct Reader<'content> {
    content: &'content str,
    source: Source,
    problems: Vec<Problem>,
    /// The section that a group comment began.
    section: String,
}

impl<'content> Reader<'content> {
    fn refuse(&mut self, line: usize, what: impl Into<String>) {
        self.problems.push(self.source.problem(line, what.into()));
    }

    fn refuse_broken(&mut self, error: &ParserError) {
        let what = match error.kind {
            ErrorKind::MissingDefaultVariant => {
                format!("this choice has no `*[other]`: {CHOICE}")
            }
            ErrorKind::MissingValue | ErrorKind::ExpectedMessageField { .. } => {
                "there are no words after the `=`".to_owned()
            }
            _ => format!("this is no Fluent, `section-key = words`: {error}"),
        };
        let before = self.content.get(..error.pos.start).unwrap_or(self.content);
        let line = match error.kind {
            ErrorKind::ExpectedMessageField { .. } => before.matches('\n').count() + 1,
            // What is expected at the end of a line is often told at the beginning of the next.
            _ => before.trim_end().lines().count().max(1),
        };
        self.refuse(line, what);
    }

    /// The line of a piece of the content, counted from one.
    fn line(&self, piece: &'content str) -> usize {
        let at = piece.as_ptr().addr() - self.content.as_ptr().addr();
        self.content[..at].matches('\n').count() + 1
    }

    fn entry(&mut self, entry: &Entry<&'content str>) {
        match entry {
            Entry::Message(message) => self.message(message),
            Entry::GroupComment(Comment { content }) => {
                self.section = content.first().copied().unwrap_or_default().to_owned();
            }
            Entry::Term(term) => {
                let what = format!(
                    "-{} is a term; these files have none: write its words where they are said",
                    term.id.name
                );
                self.refuse(self.line(term.id.name), what);
            }
            // Junk is told by its error.
            Entry::Comment(_) | Entry::ResourceComment(_) | Entry::Junk { .. } => {}
        }
    }

    fn message(&mut self, message: &Message<&'content str>) {
        let id = message.id.name;
        if let Some(value) = &message.value {
            self.text(id, None, self.line(id), value);
        }
        for attribute in &message.attributes {
            let name = attribute.id.name;
            self.text(id, Some(name), self.line(name), &attribute.value);
        }
    }

    fn text(
        &mut self,
        message: &str,
        attribute: Option<&str>,
        line: usize,
        value: &Pattern<&'content str>,
    ) {
        let mut text = Text {
            message: message.to_owned(),
            attribute: attribute.map(str::to_owned),
            section: self.section.clone(),
            line,
            parts: Vec::new(),
        };
        let id = text.id();
        if let Some(before) = self.source.find(&text) {
            let what = format!("{id} stands in line {} already: take one out", before.line);
            return self.refuse(line, what);
        }
        match parts(value, true) {
            Ok(parts) => text.parts = parts,
            Err(what) => self.refuse(line, format!("{id}: {what}")),
        }
        if text.words().contains(TO_WRITE) {
            let what = format!("{id} has yet to be written, in place of “{TO_WRITE}”");
            self.refuse(line, what);
        }
        self.source.texts.push(text);
    }
}

/// What a text says, unless it is outside the subset. A variant holds no further choice.
fn parts(pattern: &Pattern<&str>, may_choose: bool) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    for element in &pattern.elements {
        parts.push(match element {
            PatternElement::TextElement { value } if value.contains('\n') => {
                return Err("a text is one line, but for the variants of a choice".to_owned());
            }
            PatternElement::TextElement { value } => Part::Words((*value).to_owned()),
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(inline) => Part::Placeholder(place(inline)?),
                Expression::Select { selector, variants } if may_choose => {
                    let variants = variants
                        .iter()
                        .map(|variant| {
                            Ok(Variant {
                                when: when(&variant.key, variant.default)?,
                                parts: self::parts(&variant.value, false)?,
                            })
                        })
                        .collect::<Result<_, String>>()?;
                    choice(place(selector)?, variants)?
                }
                Expression::Select { .. } => {
                    return Err("a choice within a choice: choose once, by one number".to_owned());
                }
            },
        });
    }
    Ok(parts)
}

/// The name of what is filled in.
fn place(inline: &InlineExpression<&str>) -> Result<String, String> {
    let what = match inline {
        InlineExpression::VariableReference { id } => {
            let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
            if id.name.chars().all(is_name) {
                return Ok(id.name.to_owned());
            }
            return Err(format!("${}: a name has small letters and `_`", id.name));
        }
        InlineExpression::FunctionReference { id, .. } => format!("the function {}()", id.name),
        InlineExpression::TermReference { id, .. } => format!("the term -{}", id.name),
        InlineExpression::MessageReference { id, .. } => format!("the message {}", id.name),
        InlineExpression::StringLiteral { value } => format!("the literal \"{value}\""),
        InlineExpression::NumberLiteral { value } => format!("the literal {value}"),
        InlineExpression::Placeable { .. } => "a pair of braces".to_owned(),
    };
    Err(format!(
        "in braces stands {what}; there may be the name of what is filled in, as {{ $name }}, and a choice by it"
    ))
}

fn when(key: &VariantKey<&str>, is_default: bool) -> Result<When, String> {
    let (when, name) = match key {
        VariantKey::Identifier { name } => {
            let when = match *name {
                "one" => Some(When::One),
                "other" => Some(When::Other),
                _ => None,
            };
            (when, name)
        }
        VariantKey::NumberLiteral { value } => {
            let digit = Some(value.as_bytes()).filter(|digits| digits.len() == 1);
            (digit.map(|digit| When::Number(digit[0])), value)
        }
    };
    match when {
        Some(when) if is_default == (when == When::Other) => Ok(when),
        Some(_) => Err(format!("the variant with `*` is `[other]`: {CHOICE}")),
        None => Err(format!("there is no variant `[{name}]`: {CHOICE}")),
    }
}

/// A choice, unless something in it would get lost.
fn choice(by: String, variants: Vec<Variant>) -> Result<Part, String> {
    for (at, variant) in variants.iter().enumerate() {
        let when = variant.when;
        if variants[..at].iter().any(|before| before.when == when) {
            return Err(format!("the variant {when} is there twice: take one out"));
        }
        let is_last = at + 1 == variants.len();
        if (when == When::Other) != is_last {
            return Err(format!(
                "*[other] stands last, since the first that fits is said: {CHOICE}"
            ));
        }
    }
    let Some(other) = variants.last() else {
        return Err(CHOICE.to_owned());
    };
    let all = places(&other.parts);
    if !all.contains(&by.as_str()) {
        return Err(format!("*[other] does not say {{ ${by} }}"));
    }
    for variant in &variants {
        let named = places(&variant.parts);
        let has_all = all.iter().all(|name| *name == by || named.contains(name));
        if !has_all || named.iter().any(|name| !all.contains(name)) {
            return Err(format!(
                "{} does not name what *[other] names; it may leave out {} alone",
                variant.when,
                format_args!("{{ ${by} }}")
            ));
        }
    }
    Ok(Part::Choice(by, variants))
}
