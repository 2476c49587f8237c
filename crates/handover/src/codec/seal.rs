//! Length before, checksum behind.

use super::Refusal;
use super::bytes::{ByteReader, ByteWriter};
use super::symbols::crc32;

/// Longest content that is read, in bytes: 32 regions with everything found in each take some 8 KB.
const CONTENT_MAX: u64 = 32 * 1024;
const CHECKSUM: usize = 4;

/// Content with its length before and its checksum behind.
pub fn seal(content: &[u8]) -> Vec<u8> {
    let mut writer = ByteWriter::default();
    writer.number(content.len() as u64);
    let mut sealed = writer.0;
    sealed.extend_from_slice(content);
    let checksum = crc32(&sealed);
    sealed.extend_from_slice(&checksum.to_be_bytes());
    sealed
}

/// The content, if length and checksum agree.
pub fn open(sealed: &[u8]) -> Result<&[u8], Refusal> {
    let (before, length) = measure(sealed).ok_or(Refusal::Damaged)?;
    if sealed.len() < length {
        return Err(Refusal::Truncated { have: 0, of: None });
    }
    let (body, checksum) = sealed.split_at(length - CHECKSUM);
    if crc32(body).to_be_bytes() != *checksum {
        return Err(Refusal::Damaged);
    }
    Ok(&body[before..])
}

/// How long sealed content is in all, from its first three bytes.
pub fn sealed_length(begin: &[u8]) -> Option<usize> {
    measure(begin).map(|(_, length)| length)
}

/// How many bytes the length itself has, and how many there are in all.
fn measure(begin: &[u8]) -> Option<(usize, usize)> {
    let content = ByteReader::new(begin).at_most(CONTENT_MAX)?;
    let before = match content {
        0..=0x7f => 1,
        0x80..=0x3fff => 2,
        _ => 3,
    };
    Some((before, before + content + CHECKSUM))
}
