//! Taking a type out of a value. What is not generic does the work, so that a further type costs little.

use std::ops::RangeInclusive;

use super::number::Number;
use super::{Entry, Mistake, Value, What};

/// What can be read from JSON.
pub trait FromJson: Sized {
    /// Takes it out of a value.
    ///
    /// # Errors
    /// What is wrong, and where.
    fn from_json(value: &Value) -> Result<Self, Mistake>;

    /// What stands for it where its key is missing; nothing, unless it may be.
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }
}

impl Value {
    /// It is of another type than that.
    fn mismatch(&self, expected: &str) -> Mistake {
        let (at, found) = match &self.what {
            What::Null => (self.begin, "null".to_owned()),
            What::Bool(is_true) => (self.begin, format!("boolean `{is_true}`")),
            What::Number(Number::Float(_), shown) => {
                (self.end, format!("floating point `{shown}`"))
            }
            What::Number(_, shown) => (self.end, format!("integer `{shown}`")),
            What::Text(text) => (self.end, format!("string \"{text}\"")),
            What::List(_) => (self.begin, "sequence".to_owned()),
            What::Object(_) => (self.begin, "map".to_owned()),
        };
        Mistake::new(at, format!("invalid type: {found}, expected {expected}"))
    }

    /// A whole number within bounds.
    fn whole(&self, bounds: &RangeInclusive<i128>, expected: &str) -> Result<i128, Mistake> {
        let What::Number(number, shown) = &self.what else {
            return Err(self.mismatch(expected));
        };
        let whole = match *number {
            Number::Natural(number) => i128::from(number),
            Number::Negative(number) => i128::from(number),
            Number::Float(_) => return Err(self.mismatch(expected)),
        };
        if bounds.contains(&whole) {
            return Ok(whole);
        }
        let problem = format!("invalid value: integer `{shown}`, expected {expected}");
        Err(Mistake::new(self.end, problem))
    }

    fn list(&self) -> Result<&[Self], Mistake> {
        match &self.what {
            What::List(items) => Ok(items),
            _ => Err(self.mismatch("a sequence")),
        }
    }

    /// As an object, to take fields out of.
    ///
    /// # Errors
    /// It is something else.
    pub fn object(&self) -> Result<Object<'_>, Mistake> {
        match &self.what {
            What::Object(entries) => Ok(Object {
                entries,
                end: self.end,
            }),
            _ => Err(self.mismatch("an object")),
        }
    }

    /// Which of these words it is.
    ///
    /// # Errors
    /// It is none of them.
    pub fn word(&self, words: Words) -> Result<usize, Mistake> {
        let What::Text(text) = &self.what else {
            return Err(self.mismatch("a string"));
        };
        let found = words.iter().position(|word| word == text);
        found.ok_or_else(|| unknown(self.end, "variant", text, words))
    }
}

/// Names that a text may be.
pub type Words = &'static [&'static str];

fn unknown(at: usize, what: &str, found: &str, words: Words) -> Mistake {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    let expected = match quoted.as_slice() {
        [one] => format!("expected {one}"),
        [one, other] => format!("expected {one} or {other}"),
        all => format!("expected one of {}", all.join(", ")),
    };
    Mistake::new(at, format!("unknown {what} `{found}`, {expected}"))
}

/// The entries of an object.
#[derive(Clone, Copy, Debug)]
pub struct Object<'value> {
    entries: &'value [Entry],
    end: usize,
}

impl<'value> Object<'value> {
    /// A field; where its key is missing, what stands for it.
    ///
    /// # Errors
    /// It is missing, or another type.
    pub fn take<T: FromJson>(&self, key: &str) -> Result<T, Mistake> {
        match self.find(key)? {
            Some(value) => T::from_json(value).map_err(|mistake| mistake.below(key)),
            None => T::absent().ok_or_else(|| self.mistake(format!("missing field `{key}`"))),
        }
    }

    fn find(&self, key: &str) -> Result<Option<&'value Value>, Mistake> {
        let mut found = self.entries.iter().filter(|entry| entry.key == key);
        let first = found.next();
        if let Some(again) = found.next() {
            let mistake = Mistake::new(again.key_end, format!("duplicate field `{key}`"));
            return Err(mistake.below(key));
        }
        Ok(first.map(|entry| &entry.value))
    }

    /// The text under the first key, which must be this one: serde writes a tag first.
    ///
    /// # Errors
    /// The first is another, or holds no text.
    pub fn tag(&self, key: &str) -> Result<&'value str, Mistake> {
        match self.entries.first() {
            Some(Entry {
                key: first, value, ..
            }) if first == key => match &value.what {
                What::Text(text) => Ok(text),
                _ => Err(value.mismatch("a string").below(key)),
            },
            _ => Err(self.mistake(format!("the first field is not `{key}`"))),
        }
    }

    /// The tag is none of the words that are known for it.
    #[must_use]
    pub fn odd_tag(&self, key: &str) -> Mistake {
        self.mistake(format!("`{key}` is none of the words known for it"))
    }

    /// Refuses every key that is not one of these.
    ///
    /// # Errors
    /// The first such key.
    pub fn refuse_others(&self, keys: Words) -> Result<(), Mistake> {
        let other = self
            .entries
            .iter()
            .find(|entry| !keys.contains(&entry.key.as_str()));
        other.map_or(Ok(()), |entry| {
            Err(unknown(entry.key_end, "field", &entry.key, keys).below(&entry.key))
        })
    }

    fn mistake(&self, problem: String) -> Mistake {
        Mistake::new(self.end, problem)
    }
}

impl FromJson for String {
    fn from_json(value: &Value) -> Result<Self, Mistake> {
        match &value.what {
            What::Text(text) => Ok(text.clone()),
            _ => Err(value.mismatch("a string")),
        }
    }
}

impl FromJson for bool {
    fn from_json(value: &Value) -> Result<Self, Mistake> {
        match value.what {
            What::Bool(is_true) => Ok(is_true),
            _ => Err(value.mismatch("a boolean")),
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "beyond 53 bits a double has no more to give"
)]
impl FromJson for f64 {
    fn from_json(value: &Value) -> Result<Self, Mistake> {
        match value.what {
            What::Number(Number::Natural(number), _) => Ok(number as Self),
            What::Number(Number::Negative(number), _) => Ok(number as Self),
            What::Number(Number::Float(number), _) => Ok(number),
            _ => Err(value.mismatch("f64")),
        }
    }
}

macro_rules! whole_numbers {
    ($($number:ident)*) => {
        $(impl FromJson for $number {
            fn from_json(value: &Value) -> Result<Self, Mistake> {
                let bounds = i128::from($number::MIN)..=i128::from($number::MAX);
                let whole = value.whole(&bounds, stringify!($number))?;
                Ok(Self::try_from(whole).unwrap_or_default())
            }
        })*
    };
}

whole_numbers!(u16 u32 u64 i64);

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(value: &Value) -> Result<Self, Mistake> {
        match value.what {
            What::Null => Ok(None),
            _ => T::from_json(value).map(Some),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn from_json(value: &Value) -> Result<Self, Mistake> {
        T::from_json(value).map(Self::new)
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(value: &Value) -> Result<Self, Mistake> {
        let mut list = Self::new();
        for (index, item) in value.list()?.iter().enumerate() {
            let item = T::from_json(item);
            list.push(item.map_err(|mistake| mistake.below(&format!("[{index}]")))?);
        }
        Ok(list)
    }
}

/// A pair is a list of two.
impl FromJson for (String, String) {
    fn from_json(value: &Value) -> Result<Self, Mistake> {
        match value.list()? {
            [one, other] => Ok((String::from_json(one)?, String::from_json(other)?)),
            _ => Err(Mistake::new(value.end, "expected two items".to_owned())),
        }
    }
}

/// How a struct is read, and written: every field, by its own name. `strict` refuses other keys; they are passed over otherwise, since
/// a newer relay may say more.
#[macro_export]
macro_rules! fields {
    (strict $type:ident { $($field:ident),* $(,)? }) => {
        impl $crate::json::FromJson for $type {
            fn from_json(value: &$crate::json::Value) -> Result<Self, $crate::json::Mistake> {
                let object = value.object()?;
                object.refuse_others(&[$(stringify!($field)),*])?;
                Ok(Self { $($field: object.take(stringify!($field))?),* })
            }
        }
    };
    ($type:ident { $($field:ident),* $(,)? }) => {
        $crate::writes!(struct $type { $($field),* });
        impl $crate::json::FromJson for $type {
            fn from_json(value: &$crate::json::Value) -> Result<Self, $crate::json::Mistake> {
                let object = value.object()?;
                Ok(Self { $($field: object.take(stringify!($field))?),* })
            }
        }
    };
}

/// How an enum without content is read, and written: each variant's word, as serde writes it.
#[macro_export]
macro_rules! words {
    ($type:ident { $($word:literal => $variant:ident),* $(,)? }) => {
        impl $crate::json::FromJson for $type {
            fn from_json(value: &$crate::json::Value) -> Result<Self, $crate::json::Mistake> {
                let index = value.word(&[$($word),*])?;
                Ok([$(Self::$variant),*][index])
            }
        }
        impl $crate::json::ToJson for $type {
            fn to_json(&self, out: &mut String) {
                let word = match self { $(Self::$variant => $word),* };
                $crate::json::ToJson::to_json(word, out);
            }
        }
    };
}

/// How an enum with content is read, and written: by the word under its tag, then the fields of that variant.
#[macro_export]
macro_rules! tagged {
    ($tag:literal of $type:ident { $($word:literal => $variant:ident { $($field:ident),* }),* $(,)? }) => {
        impl $crate::json::FromJson for $type {
            fn from_json(value: &$crate::json::Value) -> Result<Self, $crate::json::Mistake> {
                let object = value.object()?;
                Ok(match object.tag($tag)? {
                    $($word => Self::$variant { $($field: object.take(stringify!($field))?),* },)*
                    _ => return Err(object.odd_tag($tag)),
                })
            }
        }
        impl $crate::json::ToJson for $type {
            fn to_json(&self, out: &mut String) {
                match self {
                    $(Self::$variant { $($field),* } => {
                        $crate::json::write_object(
                            &[($tag, &$word.to_owned()) $(, (stringify!($field), $field))*],
                            out,
                        );
                    })*
                }
            }
        }
    };
}
