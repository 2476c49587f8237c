//! The data block: lines of which each can be found, checked and put in its place by itself.
//!
//! ```text
//! U  tag  place  data  check
//! 1   2     2     64     3     characters
//! ```
//!
//! `U` is no symbol, so a line is found wherever it begins: after a name, a time, quote marks, in the middle of
//! a paragraph. The tag, from the checksum of the whole, keeps the lines of several reports apart. Whatever
//! stands inside a line and is no symbol (line ends of a narrower window, quote marks, spaces) is passed over.

use std::collections::BTreeMap;

use super::clean::{WAYS, plain};
use super::symbols::{check, crc32, from_bytes, letter, symbol, to_bytes};
use super::{Refusal, decode, encode, seal};
use crate::snapshot::Snapshot;

/// Characters in a line of the block.
pub const LINE: usize = BEGIN + HEAD + DATA + CHECK;
const BEGIN: usize = 1;
const HEAD: usize = 4;
const DATA: usize = 64;
const CHECK: usize = 3;
/// How many different tags and places there are: two symbols each.
const NUMBERS: usize = 1 << 10;
/// Bytes in a line.
const BYTES: usize = DATA * 5 / 8;
/// More reports than this nobody reads at once.
pub const REPORTS_MAX: usize = 500;
/// So many are looked for: with one more it is known that there are more.
pub(super) const FOUND_MAX: usize = REPORTS_MAX + 1;
/// So many lines that do not check are remembered, to name what is wrong.
const BAD_MAX: usize = 4 * 1024;
/// In a text that is longer (bytes), nobody looks for lines with something before each: it is no paste of a
/// few reports, and it must be refused fast.
const CLOSER_LOOK_MAX: usize = 512 * 1024;

/// A report's data as lines of the same width.
#[must_use]
pub fn block(snapshot: &Snapshot) -> Vec<String> {
    let sealed = encode(snapshot);
    let tag = crc32(&sealed) & 0x3ff;
    sealed
        .chunks(BYTES)
        .zip(0_u32..)
        .map(|(bytes, place)| {
            let mut symbols: Vec<u8> = [tag >> 5, tag, place >> 5, place]
                .map(|number| (number & 31) as u8)
                .to_vec();
            symbols.extend(from_bytes(bytes));
            symbols.resize(HEAD + DATA, 0);
            let check = check(&symbols);
            symbols.extend(check);
            std::iter::once('U')
                .chain(symbols.into_iter().map(letter))
                .collect()
        })
        .collect()
}

/// Every report of which there are lines in a text, and how many times more each was there.
pub fn read(text: &str) -> Vec<(Result<Snapshot, Refusal>, usize)> {
    let plain = plain(text);
    let mut found = Found::default();
    for way in WAYS {
        found.look(&plain, way);
        if plain.len() > CLOSER_LOOK_MAX {
            break;
        }
    }
    let altered = Altered::of(&found.bad);
    let blocks = found.blocks.iter();
    blocks
        .map(|block| (block.result(&altered), block.copies()))
        .collect()
}

/// Everything that was found in a text.
#[derive(Default)]
struct Found {
    blocks: Vec<Block>,
    /// The blocks of each tag.
    by_tag: BTreeMap<usize, Vec<usize>>,
    bad: Vec<Bad>,
    /// The block that took the line before.
    last: Option<usize>,
}

/// The lines of one report, as far as they were found.
struct Block {
    tag: usize,
    lines: Vec<Option<[u8; BYTES]>>,
    /// How often its first line was found: in this way of looking, and at most in any.
    firsts: (usize, usize),
}

/// A line that does not check, or is too short.
struct Bad {
    /// Its tag and its place, if these were not changed too.
    tag: usize,
    place: usize,
    /// One or two characters may be lost of it.
    is_full: bool,
}

impl Bad {
    fn new(symbols: &[u8]) -> Option<Self> {
        let (tag, place) = head(symbols.get(..HEAD)?);
        Some(Self {
            tag,
            place,
            is_full: symbols.len() + 2 >= LINE - BEGIN,
        })
    }
}

/// Where lines of full length do not check: by tag, and by place. Both are of ten bits.
struct Altered {
    tags: Vec<bool>,
    places: Vec<bool>,
}

impl Altered {
    fn of(bad: &[Bad]) -> Self {
        let mut altered = Self {
            tags: vec![false; NUMBERS],
            places: vec![false; NUMBERS],
        };
        for bad in bad.iter().filter(|bad| bad.is_full) {
            altered.tags[bad.tag] = true;
            altered.places[bad.place] = true;
        }
        altered
    }

    /// Whether one of these may be that line of a report.
    fn may_be(&self, tag: usize, place: usize) -> bool {
        self.tags[tag] || self.places.get(place).copied().unwrap_or_default()
    }
}

/// Tag and place, of ten bits each.
fn head(symbols: &[u8]) -> (usize, usize) {
    let number = |high: u8, low: u8| usize::from(high) << 5 | usize::from(low);
    (
        number(symbols[0], symbols[1]),
        number(symbols[2], symbols[3]),
    )
}

impl Found {
    /// Finds lines in a text, and looks at each character once, whatever the text.
    fn look(&mut self, text: &str, way: fn(&str) -> &str) {
        self.last = None;
        for block in &mut self.blocks {
            block.firsts.0 = 0;
        }
        let mut symbols = Vec::with_capacity(LINE);
        let mut is_in_line = false;
        for c in text.split('\n').flat_map(|line| way(line).chars()) {
            if matches!(c, 'U' | 'u') {
                self.spoil(&symbols);
                symbols.clear();
                is_in_line = true;
            } else if is_in_line && let Some(symbol) = symbol(c) {
                symbols.push(symbol);
                if symbols.len() == LINE - BEGIN {
                    self.take(&symbols);
                    symbols.clear();
                    is_in_line = false;
                }
            }
        }
        self.spoil(&symbols);
    }

    fn spoil(&mut self, symbols: &[u8]) {
        if self.bad.len() < BAD_MAX {
            self.bad.extend(Bad::new(symbols));
        }
    }

    fn take(&mut self, symbols: &[u8]) {
        let (line, end) = symbols.split_at(HEAD + DATA);
        if check(line) != *end {
            self.spoil(symbols);
            return;
        }
        let (tag, place) = head(line);
        let mut bytes = [0; BYTES];
        bytes.copy_from_slice(&to_bytes(&line[HEAD..]));
        let Some(index) = self.home(tag, place, &bytes) else {
            return;
        };
        self.last = Some(index);
        let block = &mut self.blocks[index];
        if block.lines.len() <= place {
            block.lines.resize(place + 1, None);
        }
        block.lines[place] = Some(bytes);
        if place == 0 {
            block.firsts.0 += 1;
            block.firsts.1 = block.firsts.1.max(block.firsts.0);
        }
    }

    /// The block that a line belongs to; a new one where it fits into none, and none where there are enough.
    ///
    /// Of a few dozen reports two have the same tag, and some lines of theirs may be the same. So a line stays with the
    /// one before it; where it cannot, a report that was pasted twice fills the same places once more.
    fn home(&mut self, tag: usize, place: usize, bytes: &[u8; BYTES]) -> Option<usize> {
        let line = |at: usize| self.blocks[at].lines.get(place).copied().flatten();
        let has_room = |at: &usize| line(*at).is_none_or(|known| known == *bytes);
        let has_it = |at: &usize| line(*at) == Some(*bytes);
        let last = self.last.filter(|last| self.blocks[*last].tag == tag);
        if place > 0
            && let Some(last) = last.filter(has_room)
        {
            return Some(last);
        }
        let same = self.by_tag.get(&tag).map_or(&[][..], Vec::as_slice);
        let known = same.iter().copied().find(has_it);
        if let Some(known) = known.or_else(|| same.iter().copied().find(has_room)) {
            return Some(known);
        }
        (self.blocks.len() < FOUND_MAX).then(|| {
            self.blocks.push(Block {
                tag,
                lines: Vec::new(),
                firsts: (0, 0),
            });
            let at = self.blocks.len() - 1;
            self.by_tag.entry(tag).or_default().push(at);
            at
        })
    }
}

impl Block {
    /// How many bytes it has in all, if its first line is there to tell.
    fn length(&self) -> Option<usize> {
        seal::sealed_length(self.lines.first()?.as_ref()?)
    }

    /// How many times more it was there.
    fn copies(&self) -> usize {
        self.firsts.1.saturating_sub(1)
    }

    fn result(&self, altered: &Altered) -> Result<Snapshot, Refusal> {
        let length = self.length();
        let of = length.map(|length| length.div_ceil(BYTES));
        let wanted = of.unwrap_or(self.lines.len());
        let is_missing = |place: &usize| self.lines.get(*place).is_none_or(Option::is_none);
        let missing: Vec<usize> = (0..wanted).filter(is_missing).collect();
        let (Some(first), Some(last)) = (missing.first(), missing.last()) else {
            let lines = self.lines.iter().take(wanted).flatten();
            let mut sealed: Vec<u8> = lines.flatten().copied().collect();
            sealed.truncate(length.unwrap_or(0));
            return decode(&sealed);
        };
        let was_altered = |place: &usize| altered.may_be(self.tag, *place);
        let is_one_piece = last - first + 1 == missing.len();
        let is_at_an_end = is_one_piece && (*first == 0 || last + 1 == wanted);
        if is_at_an_end && !missing.iter().any(was_altered) {
            return Err(Refusal::Truncated {
                have: wanted - missing.len(),
                of,
            });
        }
        Err(Refusal::Altered {
            lines: missing.into_iter().map(|place| place + 1).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::{BAD_MAX, HEAD, LINE, REPORTS_MAX, check, letter, read};

    /// A line of that tag and place, and whether it checks.
    fn line(tag: usize, place: usize, is_good: bool) -> String {
        let mut symbols: Vec<u8> = [tag >> 5, tag & 31, place >> 5, place & 31]
            .map(|number| u8::try_from(number).expect("five bits"))
            .to_vec();
        symbols.resize(HEAD + super::DATA, 0);
        let mut end = check(&symbols);
        if !is_good {
            end[0] ^= 1;
        }
        symbols.extend(end);
        let line: String = std::iter::once('U')
            .chain(symbols.into_iter().map(letter))
            .collect();
        assert_eq!(line.len(), LINE);
        line
    }

    /// As many reports as are looked for, of each the last line alone, and as many lines that do not check as are
    /// remembered, none of which is one that is missing: each missing line was held against each of these.
    #[test]
    fn a_crafted_paste_is_refused_at_once() {
        let least = |reports: usize, bad: usize| {
            let reports = (0..reports).map(|tag| line(tag, 1_023, true));
            let bad = (0..bad).map(|_| line(1_000, 1_023, false));
            let text: Vec<String> = reports.chain(bad).collect();
            let text = text.join("\n");
            let takes = || {
                let began = Instant::now();
                let read = read(&text);
                let took = began.elapsed();
                assert!(read.iter().all(|(report, _)| report.is_err()));
                (took, read.len())
            };
            (0..3).map(|_| takes()).min().expect("three")
        };
        let ((reports, count), (bad, _)) = (least(REPORTS_MAX, 0), least(0, BAD_MAX));
        assert_eq!(count, REPORTS_MAX);
        let (both, count) = least(REPORTS_MAX, BAD_MAX);
        assert_eq!(count, REPORTS_MAX);
        // As long as each by itself, not as each line that is missing times each that does not check: some 14 s.
        assert!(
            both < 4 * (reports + bad),
            "{both:?}; alone {reports:?} and {bad:?}"
        );
    }
}
