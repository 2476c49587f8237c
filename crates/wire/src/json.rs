//! JSON for the page: a serde deserializer that weighs little and says where a mistake is.
//!
//! serde_json, wrapped for the path of a key, made a third of the page's code: each type is compiled once for every
//! reader and every wrapper it is read through. Here there is one reader, and it keeps line, column and path itself.
//! It takes what serde_json takes, but no more than [`DEPTH_MAX`] levels, and enums only by their bare names.
//! The relay, where bytes do not count, goes on reading with serde_json.

mod number;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Expected, IntoDeserializer as _, MapAccess,
    SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

use number::Number;

/// Arrays and objects in one another, at most: settings need five levels, and the stack is not endless.
pub const DEPTH_MAX: usize = 24;

/// What is wrong with a text, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Error {
    /// Line and column, both from 1; the column in bytes, as serde_json counts.
    pub position: Option<(usize, usize)>,
    /// The way to the value, as `catalogue.regions[0].id`; empty at the top.
    pub path: String,
    /// What is wrong.
    pub problem: String,
}

impl std::fmt::Display for Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (line, column) = self.position.unwrap_or_default();
        write!(formatter, "line {line}, column {column}")?;
        if !self.path.is_empty() {
            write!(formatter, " ({})", self.path)?;
        }
        write!(formatter, ": {}", self.problem)
    }
}

impl std::error::Error for Error {}

impl serde::de::Error for Error {
    fn custom<T: std::fmt::Display>(problem: T) -> Self {
        Self {
            problem: problem.to_string(),
            ..Self::default()
        }
    }
}

impl Error {
    /// Below a key or an index, seen from one level up.
    fn below(mut self, step: &str) -> Self {
        let joint = if self.path.is_empty() || self.path.starts_with('[') {
            ""
        } else {
            "."
        };
        self.path = [step, joint, &self.path].concat();
        self
    }
}

/// Reads a value from a text that holds nothing else.
///
/// # Errors
/// The first mistake, with its place.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    let mut reader = Reader {
        text,
        at: 0,
        depth: 0,
    };
    let value = T::deserialize(&mut reader).map_err(|error| reader.placed(error))?;
    reader.space();
    if reader.at < text.len() {
        reader.at += 1;
        return Err(reader.error("there is more after the end; remove it"));
    }
    Ok(value)
}

struct Reader<'text> {
    text: &'text str,
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    /// An error where the reader stands.
    fn error(&self, problem: &str) -> Error {
        self.placed(Error {
            problem: problem.to_owned(),
            ..Error::default()
        })
    }

    /// The error of a visitor, which knows no places.
    fn placed(&self, mut error: Error) -> Error {
        if error.position.is_none() {
            let read = &self.text.as_bytes()[..self.at.min(self.text.len())];
            let line_start = read.iter().rposition(|byte| *byte == b'\n');
            let line = 1 + read.iter().filter(|byte| **byte == b'\n').count();
            error.position = Some((line, read.len() - line_start.map_or(0, |at| at + 1)));
        }
        error
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// The next byte that is not space.
    fn peek(&mut self, what: &str) -> Result<u8, Error> {
        self.space();
        let at_end = || format!("EOF while parsing {what}");
        self.byte().ok_or_else(|| self.error(&at_end()))
    }

    fn expect(&mut self, wanted: u8, what: &str) -> Result<(), Error> {
        let found = self.peek(what)?;
        self.at += 1;
        if found == wanted {
            return Ok(());
        }
        Err(self.error(&format!("expected `{}`", char::from(wanted))))
    }

    fn word(&mut self, word: &str) -> Result<(), Error> {
        if self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(());
        }
        self.at += 1;
        Err(self.error("expected value"))
    }

    /// A string, from its opening quote on.
    fn string(&mut self) -> Result<String, Error> {
        self.expect(b'"', "a string")?;
        let mut string = String::new();
        let mut plain = self.at;
        loop {
            let Some(byte) = self.byte() else {
                return Err(self.error("EOF while parsing a string"));
            };
            self.at += 1;
            match byte {
                b'"' | b'\\' => {
                    // Both are ASCII, so this cuts no character.
                    string.push_str(&self.text[plain..self.at - 1]);
                    if byte == b'"' {
                        return Ok(string);
                    }
                    string.push(self.escape()?);
                    plain = self.at;
                }
                ..0x20 => {
                    let problem =
                        "control character (\\u0000-\\u001F) found while parsing a string";
                    return Err(self.error(problem));
                }
                _ => {}
            }
        }
    }

    fn escape(&mut self) -> Result<char, Error> {
        let byte = self.byte();
        self.at += 1;
        Ok(match byte {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let mut code = self.hex()?;
                // A surrogate pair stands for one character beyond U+FFFF (RFC 8259 section 7).
                if (0xD800..0xDC00).contains(&code) {
                    self.word("\\u")?;
                    let low = self.hex()?;
                    code = if (0xDC00..0xE000).contains(&low) {
                        0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
                    } else {
                        0xD800
                    };
                }
                match char::from_u32(code) {
                    Some(character) => character,
                    None => return Err(self.error("lone surrogate in an escape")),
                }
            }
            _ => return Err(self.error("invalid escape")),
        })
    }

    fn hex(&mut self) -> Result<u32, Error> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.byte().and_then(|byte| char::from(byte).to_digit(16));
            self.at += 1;
            code = code * 16 + digit.ok_or_else(|| self.error("invalid escape"))?;
        }
        Ok(code)
    }

    fn number(&mut self) -> Result<Number, Error> {
        match number::read(&self.text.as_bytes()[self.at..]) {
            Ok((number, length)) => {
                self.at += length;
                Ok(number)
            }
            Err((problem, length)) => {
                self.at += length;
                Err(self.error(problem))
            }
        }
    }

    fn deeper(&mut self) -> Result<(), Error> {
        self.at += 1;
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(self.error("nested too deeply"));
        }
        Ok(())
    }
}

impl Reader<'_> {
    fn text<'de, V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.string()?)
    }

    fn object<'de, V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        self.deeper()?;
        let mut items = Items::of(self);
        let value = visitor.visit_map(&mut items)?;
        items.end(b'}')?;
        Ok(value)
    }

    fn list<'de, V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        self.deeper()?;
        let mut items = Items::of(self);
        let value = visitor.visit_seq(&mut items)?;
        items.end(b']')?;
        Ok(value)
    }

    fn numeric<'de, V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        match self.number()? {
            Number::Natural(number) => visitor.visit_u64(number),
            Number::Negative(number) => visitor.visit_i64(number),
            Number::Float(number) => visitor.visit_f64(number),
        }
    }

    /// What stands here is of another type than `expected`; it is read, so that the place is its end.
    fn mismatch(&mut self, expected: &dyn Expected) -> Error {
        let found = match self.byte() {
            Some(b'"') => match self.string() {
                Ok(text) => return self.invalid(Unexpected::Str(&text), expected),
                Err(error) => return error,
            },
            Some(b'-' | b'0'..=b'9') => match self.number() {
                Ok(Number::Natural(number)) => Unexpected::Unsigned(number),
                Ok(Number::Negative(number)) => Unexpected::Signed(number),
                Ok(Number::Float(number)) => Unexpected::Float(number),
                Err(error) => return error,
            },
            Some(b'{') => Unexpected::Map,
            Some(b'[') => Unexpected::Seq,
            Some(b't') => Unexpected::Bool(true),
            Some(b'f') => Unexpected::Bool(false),
            Some(b'n') => Unexpected::Other("null"),
            _ => {
                self.at += 1;
                return self.error("expected value");
            }
        };
        self.invalid(found, expected)
    }

    fn invalid(&self, found: Unexpected<'_>, expected: &dyn Expected) -> Error {
        self.placed(serde::de::Error::invalid_type(found, expected))
    }
}

/// Each type asks for what it is made of, and only that is compiled for it.
macro_rules! asked_for {
    ($($first:pat => $read:ident: $($method:ident)*,)*) => {
        $($(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.peek("a value")? {
                $first => self.$read(visitor).map_err(|error| self.placed(error)),
                _ => Err(self.mismatch(&visitor)),
            }
        })*)*
    };
}

impl<'de> Deserializer<'de> for &mut Reader<'_> {
    type Error = Error;

    asked_for! {
        b'{' => object: deserialize_map,
        b'[' => list: deserialize_seq,
        b'-' | b'0'..=b'9' => numeric: deserialize_u16 deserialize_u32 deserialize_u64 deserialize_i64 deserialize_f64,
        b'"' => text: deserialize_string,
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.peek("a value")? {
            b'"' => self.deserialize_string(visitor),
            b'{' => self.deserialize_map(visitor),
            b'[' => self.deserialize_seq(visitor),
            b'-' | b'0'..=b'9' => self.deserialize_f64(visitor),
            first @ (b't' | b'f') => {
                let is_true = first == b't';
                self.word(if is_true { "true" } else { "false" })?;
                let value = visitor.visit_bool(is_true);
                value.map_err(|error| self.placed(error))
            }
            b'n' => {
                self.word("null")?;
                visitor.visit_unit().map_err(|error| self.placed(error))
            }
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.peek("a value")? == b'n' {
            self.word("null")?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    /// Only a bare name: none of the types read here has an enum with content.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.peek("a value")? != b'"' {
            return Err(self.mismatch(&visitor));
        }
        let name = self.string()?;
        let name: StrDeserializer<'_, Error> = name.as_str().into_deserializer();
        let value = visitor.visit_enum(name);
        value.map_err(|error| self.placed(error))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i128 u8 u128 f32 char str bytes byte_buf unit unit_struct tuple_struct identifier ignored_any
    }
}

/// The items of a list, or the entries of an object.
struct Items<'reader, 'text> {
    reader: &'reader mut Reader<'text>,
    is_first: bool,
    is_over: bool,
    index: usize,
    key: String,
}

impl<'reader, 'text> Items<'reader, 'text> {
    const fn of(reader: &'reader mut Reader<'text>) -> Self {
        Self {
            reader,
            is_first: true,
            is_over: false,
            index: 0,
            key: String::new(),
        }
    }

    /// Whether another item follows; the comma before it, or the closing bracket, is taken.
    fn another(&mut self, close: u8) -> Result<bool, Error> {
        let what = if close == b']' { "a list" } else { "an object" };
        let byte = self.reader.peek(what)?;
        if byte == close {
            self.reader.at += 1;
            self.reader.depth -= 1;
            self.is_over = true;
            return Ok(false);
        }
        if !std::mem::take(&mut self.is_first) {
            self.reader.at += 1;
            if byte != b',' {
                let close = char::from(close);
                let problem = format!("expected `,` or `{close}`");
                return Err(self.reader.error(&problem));
            }
            if self.reader.peek(what)? == close {
                self.reader.at += 1;
                return Err(self.reader.error("trailing comma"));
            }
        }
        Ok(true)
    }

    /// The end, where a visitor did not ask for it: a pair is read after its second item.
    fn end(&mut self, close: u8) -> Result<(), Error> {
        if self.is_over || !self.another(close)? {
            return Ok(());
        }
        Err(self.reader.error("more items than expected"))
    }
}

impl<'de> SeqAccess<'de> for &mut Items<'_, '_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        if !self.another(b']')? {
            return Ok(None);
        }
        match seed.deserialize(&mut *self.reader) {
            Ok(value) => {
                self.index += 1;
                Ok(Some(value))
            }
            Err(error) => {
                let error = self.reader.placed(error);
                Err(error.below(&format!("[{}]", self.index)))
            }
        }
    }
}

impl<'de> MapAccess<'de> for &mut Items<'_, '_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        if !self.another(b'}')? {
            return Ok(None);
        }
        if self.reader.peek("an object")? != b'"' {
            self.reader.at += 1;
            return Err(self.reader.error("key must be a string"));
        }
        self.key = self.reader.string()?;
        let key: StrDeserializer<'_, Error> = self.key.as_str().into_deserializer();
        let key = seed.deserialize(key).map_err(|error| {
            let error = self.reader.placed(error);
            error.below(&self.key)
        })?;
        Ok(Some(key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        self.reader.expect(b':', "an object")?;
        seed.deserialize(&mut *self.reader).map_err(|error| {
            let error = self.reader.placed(error);
            error.below(&self.key)
        })
    }
}

#[cfg(test)]
mod tests;
