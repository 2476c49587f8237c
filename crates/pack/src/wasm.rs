//! The bytes of a module, in the words of the WebAssembly specification, chapter 5.

use anyhow::{Context as _, Result, bail, ensure};

/// The sections that are looked into, by their ids.
pub const CUSTOM: u8 = 0;
pub const IMPORTS: u8 = 2;
pub const EXPORTS: u8 = 7;
pub const CODE: u8 = 10;
pub const DATA: u8 = 11;

/// What stands before the first section.
pub const HEADER_LENGTH: usize = 8;

/// Every section: its id and its content.
pub fn sections(wasm: &[u8]) -> Result<Vec<(u8, &[u8])>> {
    let mut reader = Reader::new(wasm);
    reader.take(HEADER_LENGTH)?;
    let mut sections = Vec::new();
    while !reader.is_at_end() {
        let id = reader.byte()?;
        let length = reader.number()?;
        sections.push((id, reader.take(length)?));
    }
    Ok(sections)
}

pub fn push_section(out: &mut Vec<u8>, id: u8, content: &[u8]) {
    out.push(id);
    push_number(out, content.len());
    out.extend_from_slice(content);
}

pub struct Reader<'wasm> {
    bytes: &'wasm [u8],
    at: usize,
}

impl<'wasm> Reader<'wasm> {
    pub const fn new(bytes: &'wasm [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub const fn at(&self) -> usize {
        self.at
    }

    pub const fn is_at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    pub fn byte(&mut self) -> Result<u8> {
        Ok(self.take(1)?[0])
    }

    pub fn take(&mut self, length: usize) -> Result<&'wasm [u8]> {
        let end = self
            .at
            .checked_add(length)
            .context("a length that is none")?;
        let bytes = self
            .bytes
            .get(self.at..end)
            .context("the module ends early")?;
        self.at = end;
        Ok(bytes)
    }

    /// An unsigned LEB128.
    pub fn number(&mut self) -> Result<usize> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            ensure!(shift < 35, "a number that is none");
            number |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return Ok(number);
            }
        }
    }

    pub fn name(&mut self) -> Result<&'wasm str> {
        let length = self.number()?;
        Ok(std::str::from_utf8(self.take(length)?)?)
    }

    /// What follows the two names of an import: its kind, and whether it is a function.
    pub fn import_kind(&mut self) -> Result<bool> {
        match self.byte()? {
            0 => {
                self.number()?;
                return Ok(true);
            }
            kind @ (1 | 2) => {
                if kind == 1 {
                    self.byte()?;
                }
                let has_maximum = self.byte()? & 1 == 1;
                self.number()?;
                if has_maximum {
                    self.number()?;
                }
            }
            3 => {
                self.take(2)?;
            }
            kind => bail!("an import of unknown kind {kind}"),
        }
        Ok(false)
    }
}

pub fn push_number(out: &mut Vec<u8>, mut number: usize) {
    loop {
        let byte = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            out.push(byte);
            return;
        }
        out.push(byte | 0x80);
    }
}

pub fn push_name(out: &mut Vec<u8>, name: &str) {
    push_number(out, name.len());
    out.extend_from_slice(name.as_bytes());
}
