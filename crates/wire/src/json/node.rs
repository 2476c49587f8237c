//! Values in their place. Nothing here is generic, so that a further type costs little.

use super::number::Number;
use super::{Entry, Source, Value, What, Wrong, join_path};

/// Names that a text may be.
pub type AllowedNames = &'static [&'static str];

/// A value that is asked for, and the way to it. It may be missing.
#[derive(Clone, Copy)]
pub struct Node<'text> {
    value: Option<&'text Value>,
    step: Step<'text>,
    /// What it is in; nothing at the top.
    parent: Option<&'text Node<'text>>,
    source: &'text Source<'text>,
}

#[derive(Clone, Copy)]
enum Step<'text> {
    Key(&'text str),
    Index(usize),
}

impl<'text> Node<'text> {
    pub(super) fn top(value: &'text Value, source: &'text Source<'text>) -> Self {
        Self {
            value: Some(value),
            step: Step::Key(""),
            parent: None,
            source,
        }
    }

    fn below(&'text self, step: Step<'text>, value: Option<&'text Value>) -> Self {
        Self {
            value,
            step,
            parent: Some(self),
            source: self.source,
        }
    }

    /// What is under a key of this object.
    #[must_use]
    pub fn field(&'text self, key: &'text str) -> Self {
        let mut found = self.entries().iter().filter(|entry| entry.key == key);
        let node = self.below(Step::Key(key), found.next().map(|entry| &entry.value));
        if let Some(again) = found.next() {
            node.note(Some(again.key_end), format!("duplicate field `{key}`"));
        }
        node
    }

    /// How many items this list has.
    #[must_use]
    pub fn count(&self) -> usize {
        self.items().len()
    }

    /// An item of this list.
    #[must_use]
    pub fn item(&'text self, index: usize) -> Self {
        self.below(Step::Index(index), self.items().get(index))
    }

    /// Whether there is nothing: `null`, or not even a key.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(
            self.value,
            None | Some(Value {
                what: What::Null,
                ..
            })
        )
    }

    /// Itself, unless there is nothing.
    #[must_use]
    pub fn given(&self) -> Option<&Self> {
        Some(self).filter(|node| !node.is_absent())
    }

    fn entries(&self) -> &'text [Entry] {
        match self.what() {
            Some(What::Object(entries)) => entries,
            _ => {
                self.expected("an object");
                &[]
            }
        }
    }

    fn items(&self) -> &'text [Value] {
        match self.what() {
            Some(What::List(items)) => items,
            _ => {
                self.expected("a sequence");
                &[]
            }
        }
    }

    /// The text that it is.
    #[must_use]
    pub fn text(&self) -> &'text str {
        match self.what() {
            Some(What::Text(text)) => text,
            _ => {
                self.expected("a string");
                ""
            }
        }
    }

    /// Whether it is `true`.
    #[must_use]
    pub fn flag(&self) -> bool {
        match self.what() {
            Some(What::Bool(is_true)) => *is_true,
            _ => {
                self.expected("a boolean");
                false
            }
        }
    }

    /// The number that it is, whole or not.
    #[expect(
        clippy::cast_precision_loss,
        reason = "beyond 53 bits a double has no more to give"
    )]
    #[must_use]
    pub fn number(&self) -> f64 {
        match self.what() {
            Some(What::Number(Number::Natural(number))) => *number as f64,
            Some(What::Number(Number::Negative(number))) => *number as f64,
            Some(What::Number(Number::Float(number))) => *number,
            _ => {
                self.expected("f64");
                0.0
            }
        }
    }

    /// The whole number that it is, from 0 to `max`: the range of a type of that name.
    #[must_use]
    pub fn natural(&self, max: u64, name: &str) -> u64 {
        match self.what() {
            Some(What::Number(Number::Natural(number))) if *number <= max => *number,
            _ => {
                self.beyond(name);
                0
            }
        }
    }

    /// The whole number that it is.
    #[must_use]
    pub fn whole(&self) -> i64 {
        match self.what() {
            Some(What::Number(Number::Negative(number))) => *number,
            _ => i64::try_from(self.natural(i64::MAX.unsigned_abs(), "i64")).unwrap_or_default(),
        }
    }

    /// Which of these words it is.
    #[must_use]
    pub fn word(&self, words: AllowedNames) -> usize {
        let text = self.text();
        let found = words.iter().position(|word| *word == text);
        found.unwrap_or_else(|| {
            self.unknown(
                self.value.map_or(0, |value| value.end),
                "variant",
                text,
                words,
            );
            0
        })
    }

    /// The text under the first key, which must be this one: serde writes a tag first. It is to be one of these words.
    #[must_use]
    pub fn tag(&'text self, key: &'text str, words: AllowedNames) -> &'text str {
        let word = match self.entries().first() {
            Some(first) if first.key == key => self.field(key).text(),
            _ => {
                self.note_at_end(format!("the first field is not `{key}`"));
                ""
            }
        };
        if !words.contains(&word) {
            self.note_at_end(format!("`{key}` is none of the words known for it"));
        }
        word
    }

    /// Refuses every key that is not one of these.
    pub fn refuse_others(&self, keys: AllowedNames) {
        for entry in self.entries() {
            if !keys.contains(&entry.key.as_str()) {
                let node = self.below(Step::Key(&entry.key), None);
                node.unknown(entry.key_end, "field", &entry.key, keys);
            }
        }
    }

    /// Says that what is well written cannot be meant.
    #[cold]
    pub fn refuse(&self, problem: String) {
        self.note(None, problem);
    }

    pub(super) fn what(&self) -> Option<&'text What> {
        self.value.map(|value| &value.what)
    }

    /// It is missing, or of another type than that.
    #[cold]
    fn expected(&self, expected: &str) {
        let Some(value) = self.value else {
            if let (Some(parent), Step::Key(key)) = (self.parent, self.step) {
                parent.note_at_end(format!("missing field `{key}`"));
            }
            return;
        };
        let shown = &self.source.text[value.begin..value.end];
        let (at, found) = match &value.what {
            What::Null => (value.begin, "null".to_owned()),
            What::Bool(_) => (value.begin, format!("boolean `{shown}`")),
            What::Number(Number::Float(_)) => (value.end, format!("floating point `{shown}`")),
            What::Number(_) => (value.end, format!("integer `{shown}`")),
            What::Text(text) => (value.end, format!("string \"{text}\"")),
            What::List(_) => (value.begin, "sequence".to_owned()),
            What::Object(_) => (value.begin, "map".to_owned()),
        };
        self.note(
            Some(at),
            format!("invalid type: {found}, expected {expected}"),
        );
    }

    /// It is no whole number, or none that a type of that name holds.
    #[cold]
    fn beyond(&self, name: &str) {
        match self.value {
            Some(Value {
                what: What::Number(Number::Natural(_) | Number::Negative(_)),
                begin,
                end,
            }) => {
                let shown = &self.source.text[*begin..*end];
                let problem = format!("invalid value: integer `{shown}`, expected {name}");
                self.note(Some(*end), problem);
            }
            _ => self.expected(name),
        }
    }

    #[cold]
    fn unknown(&self, at: usize, what: &str, found: &str, words: AllowedNames) {
        let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        let expected = match quoted.as_slice() {
            [one] => format!("expected {one}"),
            [one, other] => format!("expected {one} or {other}"),
            all => format!("expected one of {}", all.join(", ")),
        };
        self.note(Some(at), format!("unknown {what} `{found}`, {expected}"));
    }

    #[cold]
    pub(super) fn note_at_end(&self, problem: String) {
        self.note(self.value.map(|value| value.end), problem);
    }

    fn note(&self, at: Option<usize>, problem: String) {
        let mut path = String::new();
        let mut node = self;
        while let Some(parent) = node.parent {
            path = match node.step {
                Step::Key(key) => join_path(key, &path),
                Step::Index(index) => join_path(&format!("[{index}]"), &path),
            };
            node = parent;
        }
        self.source.note(Wrong { at, path, problem });
    }
}
