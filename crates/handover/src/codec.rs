//! A report's data, as support hands it on: bytes that know their version, length and checksum, as a block of
//! lines in the report's text or in the fragment of a link.
//!
//! Reading is total and safe: whatever is pasted, it is decoded exactly or refused, with the reason.

mod block;
pub(crate) mod bytes;
mod clean;
mod evidence;
mod link;
mod numbered;
mod seal;
mod symbols;
mod written;

pub use block::{LINE, REPORTS_MAX, block};

use crate::snapshot::Snapshot;
use crate::watched;
use written::Format;

/// Versions of the format. Golden blocks of each are kept in `tests/blocks`, and stay readable: of what a version does
/// not hold, nothing is known.
const VERSIONS: [(u8, Version); 8] = [
    (
        1,
        Version {
            format: Format::WithoutPlaces,
            is_watched: false,
        },
    ),
    (
        2,
        Version {
            format: Format::WithoutPlaces,
            is_watched: true,
        },
    ),
    (
        3,
        Version {
            format: Format::WithPlaces,
            is_watched: false,
        },
    ),
    (
        4,
        Version {
            format: Format::WithPlaces,
            is_watched: true,
        },
    ),
    (
        5,
        Version {
            format: Format::WithComputer,
            is_watched: false,
        },
    ),
    (
        6,
        Version {
            format: Format::WithComputer,
            is_watched: true,
        },
    ),
    (
        7,
        Version {
            format: Format::WithRelay,
            is_watched: false,
        },
    ),
    (
        8,
        Version {
            format: Format::WithRelay,
            is_watched: true,
        },
    ),
];

/// What a version holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Version {
    format: Format,
    /// Whether what a watch concluded stands behind it.
    is_watched: bool,
}

/// Why data were refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing in the text looks like a report's data.
    NoData,
    /// It is a report, and its data block was left behind.
    NoBlock,
    /// The end, or the beginning, is missing: how many lines of how many are there. Of a link that was cut
    /// nobody knows the lines.
    Truncated {
        /// Whole lines that are there.
        have: usize,
        /// Lines in all, if the first one is there to tell.
        of: Option<usize>,
    },
    /// These lines, counted from one, were changed on the way.
    Altered {
        /// At least one.
        lines: Vec<usize>,
    },
    /// The checksum over everything does not match, or the content is impossible.
    Damaged,
    /// A newer version of this page wrote it.
    Newer,
    /// A mail gateway (urldefense v3) put other characters into the link.
    CharactersReplaced,
}

/// A report's data, sealed with length and checksum. What was read without places is written without them.
#[must_use]
pub fn encode(snapshot: &Snapshot) -> Vec<u8> {
    encode_as(
        snapshot,
        match snapshot.holds_places {
            true => Format::WithRelay,
            false => Format::WithoutPlaces,
        },
    )
}

fn encode_as(snapshot: &Snapshot, format: Format) -> Vec<u8> {
    let version = Version {
        format,
        is_watched: snapshot.watched.is_some(),
    };
    let mut writer = bytes::ByteWriter::default();
    let number = VERSIONS.iter().find(|(_, other)| *other == version);
    writer.byte(number.map_or(0, |(number, _)| *number));
    written::put(&mut writer, snapshot, format);
    if let Some(packed) = &snapshot.watched {
        writer.0.extend_from_slice(packed);
    }
    sealed(&writer.0)
}

/// Any content sealed: what tests and the fuzz target forge reports with.
#[must_use]
pub fn sealed(content: &[u8]) -> Vec<u8> {
    seal::seal(content)
}

/// Reads what [`encode`] wrote.
///
/// # Errors
/// [`Refusal::Truncated`], [`Refusal::Damaged`] or [`Refusal::Newer`].
pub fn decode(sealed: &[u8]) -> Result<Snapshot, Refusal> {
    let content = seal::open(sealed)?;
    let mut reader = bytes::ByteReader::new(content);
    let number = reader.byte().ok_or(Refusal::Damaged)?;
    let version = VERSIONS.iter().find(|(known, _)| *known == number);
    let Version { format, is_watched } = match version {
        Some((_, version)) => *version,
        None if number > 0 => return Err(Refusal::Newer),
        None => return Err(Refusal::Damaged),
    };
    let mut snapshot = written::take(&mut reader, format);
    if is_watched && let Some(snapshot) = &mut snapshot {
        let packed = reader.rest();
        if watched::unpack(packed).is_none_or(|summary| watched::pack(&summary) != packed) {
            return Err(Refusal::Damaged);
        }
        snapshot.watched = Some(packed.to_vec());
    }
    let snapshot = snapshot.filter(|_| reader.is_empty());
    match snapshot {
        // One way to write each report: bytes that mean the same and are not the same were not written by us.
        Some(snapshot) if encode_as(&snapshot, format) == sealed => Ok(snapshot),
        None if reader.is_newer => Err(Refusal::Newer),
        _ => Err(Refusal::Damaged),
    }
}

/// The data as the fragment of a link, without `#`: `read=` and symbols that no program takes for anything
/// but letters and digits.
#[must_use]
pub fn fragment(snapshot: &Snapshot) -> String {
    let symbols = symbols::from_bytes(&encode(snapshot));
    let mut fragment = String::with_capacity(symbols.len() + FRAGMENT.len());
    fragment.push_str(FRAGMENT);
    fragment.extend(symbols.into_iter().map(symbols::letter));
    fragment
}

/// How the fragment of a link with data begins.
pub const FRAGMENT: &str = "read=";

/// Everything in a text that is a report's data, each decoded or refused; in order, and each report once.
/// A text in which there is nothing of the kind gives one refusal.
#[must_use]
pub fn read(text: &str) -> Vec<Result<Snapshot, Refusal>> {
    read_counting(text).results
}

/// What was found in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Each report once, and what was refused.
    pub results: Vec<Result<Snapshot, Refusal>>,
    /// How many reports there were more than once: how many times in all, less one for each.
    pub copies: usize,
}

/// The same as [`read`], and how many copies were left out. A report and the link to it are no copies: one stands in the
/// other.
#[must_use]
pub fn read_counting(text: &str) -> Found {
    let (mut results, mut copies) = (Vec::new(), 0);
    let links = link::read(text).into_iter().map(|result| (result, 0));
    for (result, more) in links.chain(block::read(text)) {
        if result.is_ok() {
            copies += more;
        }
        if !results.contains(&result) {
            results.push(result);
        }
    }
    if results.is_empty() {
        let is_report = clean::contains_ignoring_case(text, "reachcheck");
        results.push(Err(if is_report {
            Refusal::NoBlock
        } else {
            Refusal::NoData
        }));
    }
    Found { results, copies }
}
