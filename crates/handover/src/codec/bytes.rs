//! Bytes: whole numbers and short texts, written small and read with a bound on everything.

use reachcheck_model::plain::is_plain;

/// Longest text that is read, in bytes; the report holds no longer one.
const TEXT_MAX: usize = 400;

/// Bytes under construction.
#[derive(Default)]
pub struct ByteWriter(pub Vec<u8>);

impl ByteWriter {
    /// One byte.
    pub fn byte(&mut self, value: u8) {
        self.0.push(value);
    }

    /// A whole number, seven bits to a byte, lowest first (LEB128).
    pub fn number(&mut self, mut value: u64) {
        while value > 0x7f {
            self.0.push((value & 0x7f) as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    /// A whole number of either sign, small ones in few bytes (zigzag).
    pub fn signed(&mut self, value: i64) {
        self.number(((value << 1) ^ (value >> 63)).cast_unsigned());
    }

    /// A text, after what it has in common with another one: how long both begin and end alike, then what
    /// lies between.
    pub fn text_like(&mut self, text: &str, other: &str) {
        let (text, other) = (text.as_bytes(), other.as_bytes());
        let alike = |pairs: &mut dyn Iterator<Item = (&u8, &u8)>| {
            pairs.take_while(|(a, b)| a == b).take(15).count()
        };
        let begin = alike(&mut text.iter().zip(other));
        let end = alike(&mut text[begin..].iter().rev().zip(other[begin..].iter().rev()));
        // Both fit in four bits.
        self.byte((begin << 4 | end) as u8);
        let middle = &text[begin..text.len() - end];
        self.number(middle.len() as u64);
        self.0.extend_from_slice(middle);
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }
}

/// Bytes being read. Every `None` means that they are not what a [`ByteWriter`] wrote.
pub struct ByteReader<'bytes> {
    rest: &'bytes [u8],
    /// A number was met that this version has no meaning for, so a newer one wrote it.
    pub is_newer: bool,
}

impl<'bytes> ByteReader<'bytes> {
    /// From the beginning.
    pub const fn new(rest: &'bytes [u8]) -> Self {
        Self {
            rest,
            is_newer: false,
        }
    }

    /// Whether nothing is left.
    pub const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Everything that is left.
    pub fn rest(&mut self) -> &'bytes [u8] {
        std::mem::take(&mut self.rest)
    }

    /// One byte.
    pub fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// See [`ByteWriter::number`]. Nothing longer than needed.
    pub fn number(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return (byte != 0 || shift == 0).then_some(value);
            }
        }
        None
    }

    /// See [`ByteWriter::signed`].
    pub fn signed(&mut self) -> Option<i64> {
        let value = self.number()?;
        Some((value >> 1).cast_signed() ^ -(value & 1).cast_signed())
    }

    /// A number that may not be larger.
    pub fn at_most(&mut self, max: u64) -> Option<usize> {
        let value = self.number()?;
        (value <= max).then_some(value as usize)
    }

    fn take(&mut self, length: usize) -> Option<&'bytes [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    /// See [`ByteWriter::text_like`].
    pub fn text_like(&mut self, other: &str) -> Option<String> {
        let alike = self.byte()?;
        let (begin, end) = (usize::from(alike >> 4), usize::from(alike & 15));
        let other = other.as_bytes();
        let mut text = other.get(..begin)?.to_vec();
        let end = other.get(begin.max(other.len().checked_sub(end)?)..)?;
        let length = self.at_most(TEXT_MAX as u64)?;
        text.extend_from_slice(self.take(length)?);
        text.extend_from_slice(end);
        plain(text)
    }

    /// See [`ByteWriter::text`].
    pub fn text(&mut self) -> Option<String> {
        let length = self.at_most(TEXT_MAX as u64)?;
        plain(self.take(length)?.to_vec())
    }
}

/// What is read is shown: nothing in it may start a line or turn the reading direction.
fn plain(bytes: Vec<u8>) -> Option<String> {
    String::from_utf8(bytes).ok().filter(|text| is_plain(text))
}

#[cfg(test)]
mod tests {
    use super::{ByteReader, ByteWriter};

    #[test]
    fn numbers_and_texts_come_back() {
        let mut writer = ByteWriter::default();
        let numbers = [0, 1, 127, 128, 300, 1_795_385_405, u64::MAX >> 1];
        let signed = [0, -1, 1, -300, i64::from(i32::MIN)];
        let hosts = [
            "pop0-ccaws.example.net",
            "pop10-ccans.example.net",
            "",
            "é",
            "pop1",
        ];
        numbers.iter().for_each(|n| writer.number(*n));
        signed.iter().for_each(|n| writer.signed(*n));
        hosts
            .windows(2)
            .for_each(|pair| writer.text_like(pair[1], pair[0]));
        writer.text("x, é");
        let mut reader = ByteReader::new(&writer.0);
        for number in numbers {
            assert_eq!(reader.number(), Some(number));
        }
        for number in signed {
            assert_eq!(reader.signed(), Some(number));
        }
        for pair in hosts.windows(2) {
            assert_eq!(reader.text_like(pair[0]).as_deref(), Some(pair[1]));
        }
        assert_eq!(reader.text().as_deref(), Some("x, é"));
        assert!(reader.is_empty());
        assert_eq!(reader.byte(), None);
    }

    #[test]
    fn what_no_writer_wrote_is_refused() {
        for bytes in [
            [0x80, 0].as_slice(),
            &[0xff; 12],
            &[2, b'a'],
            &[2, 0xff, 0xfe],
            &[1, b'\n'],
            &[3, 0xe2, 0x80, 0xae],
        ] {
            assert_eq!(ByteReader::new(bytes).text(), None, "{bytes:?}");
        }
        assert_eq!(ByteReader::new(&[0x50, 0]).text_like("abc"), None);
    }
}
