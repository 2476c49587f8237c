//! From a text to a value.

use super::number::{self, Number};
use super::{DEPTH_MAX, Entry, Mistake, Value, What};

/// Reads a value from a text that holds nothing else.
pub(super) fn parse(text: &str) -> Result<Value, Mistake> {
    let mut reader = Parser {
        text,
        at: 0,
        depth: 0,
    };
    let value = reader.value()?;
    reader.space();
    if reader.at < text.len() {
        reader.at += 1;
        return Err(reader.mistake("there is more after the end; remove it"));
    }
    Ok(value)
}

struct Parser<'text> {
    text: &'text str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    /// A mistake where the reader stands.
    fn mistake(&self, problem: &str) -> Mistake {
        Mistake::new(self.at, problem.to_owned())
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
    fn peek(&mut self, what: &str) -> Result<u8, Mistake> {
        self.space();
        let at_end = || format!("EOF while parsing {what}");
        self.byte().ok_or_else(|| self.mistake(&at_end()))
    }

    fn expect(&mut self, wanted: u8, what: &str) -> Result<(), Mistake> {
        let found = self.peek(what)?;
        self.at += 1;
        if found == wanted {
            return Ok(());
        }
        Err(self.mistake(&format!("expected `{}`", char::from(wanted))))
    }

    fn word(&mut self, word: &str) -> Result<(), Mistake> {
        if self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(());
        }
        self.at += 1;
        Err(self.mistake("expected value"))
    }

    /// A string, from its opening quote on.
    fn string(&mut self) -> Result<String, Mistake> {
        self.expect(b'"', "a string")?;
        let mut string = String::new();
        let mut plain = self.at;
        loop {
            let Some(byte) = self.byte() else {
                return Err(self.mistake("EOF while parsing a string"));
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
                    return Err(self.mistake(problem));
                }
                _ => {}
            }
        }
    }

    fn escape(&mut self) -> Result<char, Mistake> {
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
                    None => return Err(self.mistake("lone surrogate in an escape")),
                }
            }
            _ => return Err(self.mistake("invalid escape")),
        })
    }

    fn hex(&mut self) -> Result<u32, Mistake> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.byte().and_then(|byte| char::from(byte).to_digit(16));
            self.at += 1;
            code = code * 16 + digit.ok_or_else(|| self.mistake("invalid escape"))?;
        }
        Ok(code)
    }

    fn number(&mut self) -> Result<Number, Mistake> {
        match number::read(&self.text.as_bytes()[self.at..]) {
            Ok((number, length)) => {
                self.at += length;
                Ok(number)
            }
            Err((problem, length)) => {
                self.at += length;
                Err(self.mistake(problem))
            }
        }
    }

    fn deeper(&mut self) -> Result<(), Mistake> {
        self.at += 1;
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(self.mistake("nested too deeply"));
        }
        Ok(())
    }

    fn value(&mut self) -> Result<Value, Mistake> {
        let first = self.peek("a value")?;
        let begin = self.at;
        let what = match first {
            b'"' => What::Text(self.string()?),
            b'{' => What::Object(self.entries()?),
            b'[' => What::List(self.items()?),
            b'-' | b'0'..=b'9' => What::Number(self.number()?),
            b't' => {
                self.word("true")?;
                What::Bool(true)
            }
            b'f' => {
                self.word("false")?;
                What::Bool(false)
            }
            b'n' => {
                self.word("null")?;
                What::Null
            }
            _ => {
                self.at += 1;
                return Err(self.mistake("expected value"));
            }
        };
        Ok(Value {
            what,
            begin,
            end: self.at,
        })
    }

    fn items(&mut self) -> Result<Vec<Value>, Mistake> {
        self.deeper()?;
        let mut items = Vec::new();
        while self.another(b']', items.is_empty())? {
            let item = self.value();
            let index = items.len();
            items.push(item.map_err(|mistake| mistake.below(&format!("[{index}]")))?);
        }
        Ok(items)
    }

    fn entries(&mut self) -> Result<Vec<Entry>, Mistake> {
        self.deeper()?;
        let mut entries = Vec::new();
        while self.another(b'}', entries.is_empty())? {
            if self.peek("an object")? != b'"' {
                self.at += 1;
                return Err(self.mistake("key must be a string"));
            }
            let key = self.string()?;
            let key_end = self.at;
            self.expect(b':', "an object")?;
            let value = self.value().map_err(|mistake| mistake.below(&key))?;
            entries.push(Entry {
                key,
                key_end,
                value,
            });
        }
        Ok(entries)
    }

    /// Whether another item follows; the comma before it, or the closing bracket, is taken.
    fn another(&mut self, close: u8, is_first: bool) -> Result<bool, Mistake> {
        let what = if close == b']' { "a list" } else { "an object" };
        let byte = self.peek(what)?;
        if byte == close {
            self.at += 1;
            self.depth -= 1;
            return Ok(false);
        }
        if !is_first {
            self.at += 1;
            if byte != b',' {
                let close = char::from(close);
                return Err(self.mistake(&format!("expected `,` or `{close}`")));
            }
            if self.peek(what)? == close {
                self.at += 1;
                return Err(self.mistake("trailing comma"));
            }
        }
        Ok(true)
    }
}
