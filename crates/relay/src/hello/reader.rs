//! A cursor over a stranger's bytes. It cannot read past their end; whoever asks for more gets `None`.

/// Bytes not read yet.
#[derive(Clone, Copy, Debug)]
pub struct HelloReader<'bytes> {
    rest: &'bytes [u8],
}

impl<'bytes> HelloReader<'bytes> {
    /// Begins at the first byte.
    pub const fn new(bytes: &'bytes [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Whether every byte has been read.
    pub const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The bytes not read yet.
    pub const fn bytes(&self) -> &'bytes [u8] {
        self.rest
    }

    /// The next `length` bytes.
    pub fn take(&mut self, length: usize) -> Option<&'bytes [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    /// `uint8`.
    pub fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// `uint16`, as everything of TLS in network byte order (RFC 8446 section 3.3).
    pub fn number(&mut self) -> Option<u16> {
        let (bytes, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(u16::from_be_bytes(*bytes))
    }

    /// `uint24`, the length of a handshake message.
    pub fn length24(&mut self) -> Option<usize> {
        let high = self.byte()?;
        let low = self.number()?;
        Some(usize::from(high) << 16 | usize::from(low))
    }

    /// A vector whose length in bytes stands before it in one byte (RFC 8446 section 3.4).
    pub fn vector8(&mut self) -> Option<Self> {
        let length = self.byte()?;
        self.take(length.into()).map(Self::new)
    }

    /// The same with two bytes of length.
    pub fn vector16(&mut self) -> Option<Self> {
        let length = self.number()?;
        self.take(length.into()).map(Self::new)
    }

    /// All that is left, as a list of `uint16`; `None` if a byte remains over.
    pub fn numbers(mut self) -> Option<Vec<u16>> {
        let mut numbers = Vec::with_capacity(self.rest.len() / 2);
        while !self.is_empty() {
            numbers.push(self.number()?);
        }
        Some(numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::HelloReader;

    #[test]
    fn it_reads_in_network_order_and_stops_at_the_end() {
        let mut reader = HelloReader::new(&[1, 2, 3, 4, 5, 6, 2, 7, 8]);
        assert_eq!(reader.byte(), Some(1));
        assert_eq!(reader.number(), Some(0x0203));
        assert_eq!(reader.length24(), Some(0x04_05_06));
        let vector = reader.vector8().expect("two bytes");
        assert_eq!(vector.numbers(), Some(vec![0x0708]));
        assert!(reader.is_empty());
        assert_eq!(reader.byte(), None);
        assert_eq!(reader.number(), None);
        assert_eq!(reader.length24(), None);
    }

    #[test]
    fn a_length_beyond_the_end_is_none() {
        assert!(HelloReader::new(&[3, 1, 2]).vector8().is_none());
        assert!(HelloReader::new(&[0, 3, 1, 2]).vector16().is_none());
        assert!(HelloReader::new(&[0]).vector16().is_none());
        assert!(HelloReader::new(&[0, 1, 2]).numbers().is_none());
        assert!(HelloReader::new(&[0]).take(usize::MAX).is_none());
    }
}
