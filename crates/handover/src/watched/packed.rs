//! What a watch concluded, as few bytes: for the data block of a report.

use reachcheck_wire::{Ending, Quiet};

use crate::codec::bytes::{ByteReader, ByteWriter};
use reachcheck_model::config::{REGIONS_MAX, is_id};
use reachcheck_watch::{Closer, Cut, Summary, Tolerance, WatchCause, WatchFinding};

/// What was watched before a check: its words for the report, and its data for the report's data block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Watched {
    /// When it was written, in milliseconds since 1970.
    pub until_unix_ms: f64,
    /// Lines in support's language; nothing in them is personal.
    pub text: String,
    /// See [`pack`].
    pub packed: Vec<u8>,
}

/// A watch older than this, in milliseconds, belongs to another day's trouble.
const FRESH_MS: f64 = 24.0 * 3_600_000.0;

impl Watched {
    /// As the browser keeps it for the next check: when, data, words.
    #[must_use]
    pub fn kept(&self) -> String {
        let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap_or('0');
        let hex: String = self
            .packed
            .iter()
            .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
            .collect();
        format!("{:.0}\n{hex}\n{}", self.until_unix_ms, self.text)
    }

    /// What [`Watched::kept`] wrote, unless it is too old by now or was written by nobody.
    #[must_use]
    pub fn read(kept: &str, now_unix_ms: f64) -> Option<Self> {
        let mut parts = kept.splitn(3, '\n');
        // Whole, so that a check need not know how to read fractions.
        let unix_ms: u64 = parts.next()?.parse().ok()?;
        let until_unix_ms = unix_ms as f64;
        if !(0.0..=FRESH_MS).contains(&(now_unix_ms - until_unix_ms)) {
            return None;
        }
        let packed: Option<Vec<u8>> = parts
            .next()?
            .as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect();
        Some(Self {
            until_unix_ms,
            packed: packed?,
            text: parts.next()?.to_owned(),
        })
    }
}

/// Findings that are read at most: one of each kind, and an outage of each region.
const FINDINGS_MAX: u64 = 16 + REGIONS_MAX as u64;
/// Times and counts beyond this were written by nobody.
const NUMBER_MAX: u64 = 1 << 40;

const QUIETS: [Quiet; 3] = [Quiet::Both, Quiet::Page, Quiet::Relay];
const ENDINGS: [Ending; 7] = [
    Ending::Open,
    Ending::Closed,
    Ending::Finished,
    Ending::Reset,
    Ending::TimedOut,
    Ending::ByRelay,
    Ending::NotKnown,
];

/// Writes a summary. Times become whole milliseconds.
#[must_use]
pub fn pack(summary: &Summary) -> Vec<u8> {
    let mut writer = ByteWriter::default();
    put_ms(&mut writer, summary.length_ms);
    writer.number(summary.reconnects as u64);
    put_ms(&mut writer, summary.reconnect_ms);
    for quiet in QUIETS {
        put_tolerance(&mut writer, &summary.of(quiet));
    }
    writer.number(summary.findings.len() as u64);
    for finding in &summary.findings {
        writer.byte(u8::from(finding.is_certain));
        put_cause(&mut writer, &finding.cause);
    }
    writer.0
}

/// Reads what [`pack`] wrote; `None` of anything else.
#[must_use]
pub fn unpack(bytes: &[u8]) -> Option<Summary> {
    let mut reader = ByteReader::new(bytes);
    let length_ms = take_ms(&mut reader)?;
    let reconnects = take_count(&mut reader)?;
    let reconnect_ms = take_ms(&mut reader)?;
    let mut known = Vec::new();
    for quiet in QUIETS {
        known.push((quiet, take_tolerance(&mut reader)?));
    }
    let mut findings = Vec::new();
    for _ in 0..reader.at_most(FINDINGS_MAX)? {
        findings.push(WatchFinding {
            is_certain: take_flag(&mut reader)?,
            cause: take_cause(&mut reader)?,
        });
    }
    reader.is_empty().then_some(Summary {
        known,
        findings,
        reconnects,
        reconnect_ms,
        length_ms,
    })
}

fn put_ms(writer: &mut ByteWriter, ms: f64) {
    // `as` saturates; nobody watches for 35 years.
    writer.number((ms.round() as u64).min(NUMBER_MAX));
}

fn take_ms(reader: &mut ByteReader<'_>) -> Option<f64> {
    Some(reader.at_most(NUMBER_MAX)? as f64)
}

fn take_count(reader: &mut ByteReader<'_>) -> Option<usize> {
    reader.at_most(u32::MAX.into())
}

fn take_flag(reader: &mut ByteReader<'_>) -> Option<bool> {
    match reader.byte()? {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

/// Nothing is 0, everything else one more than it is.
fn put_option(writer: &mut ByteWriter, ms: Option<f64>) {
    match ms {
        None => writer.number(0),
        Some(ms) => put_ms(writer, ms + 1.0),
    }
}

fn take_option(reader: &mut ByteReader<'_>) -> Option<Option<f64>> {
    let number = take_ms(reader)?;
    Some((number > 0.0).then_some(number - 1.0))
}

fn put_tolerance(writer: &mut ByteWriter, known: &Tolerance) {
    put_option(writer, known.survived_ms);
    put_option(writer, known.killed_ms);
    writer.number(known.times as u64);
    writer.number(match known.how {
        None => 0,
        Some(Cut::Broken) => 1,
        Some(Cut::Silent) => 2,
        Some(Cut::Code(code)) => 3 + u64::from(code),
    });
    let saw = known
        .relay_saw
        .and_then(|saw| ENDINGS.iter().position(|ending| *ending == saw));
    writer.number(saw.map_or(0, |at| at as u64 + 1));
}

fn take_tolerance(reader: &mut ByteReader<'_>) -> Option<Tolerance> {
    Some(Tolerance {
        survived_ms: take_option(reader)?,
        killed_ms: take_option(reader)?,
        times: take_count(reader)?,
        how: match reader.at_most(3 + u64::from(u16::MAX))? {
            0 => None,
            1 => Some(Cut::Broken),
            2 => Some(Cut::Silent),
            code => Some(Cut::Code(u16::try_from(code - 3).ok()?)),
        },
        relay_saw: match reader.at_most(ENDINGS.len() as u64)? {
            0 => None,
            at => Some(ENDINGS[at - 1]),
        },
    })
}

fn put_cause(writer: &mut ByteWriter, cause: &WatchCause) {
    match cause {
        WatchCause::QuietCut {
            quiet,
            known,
            closer,
            timer_s,
        } => {
            writer.byte(0);
            let quiet = QUIETS.iter().position(|other| other == quiet);
            writer.byte(quiet.unwrap_or_default() as u8);
            put_tolerance(writer, known);
            writer.byte(u8::from(*closer == Closer::Between));
            put_option(writer, timer_s.map(f64::from));
        }
        WatchCause::AllAtOnce { times, restarts } => {
            writer.byte(1);
            writer.number(*times as u64);
            writer.number(*restarts as u64);
        }
        WatchCause::Events {
            lost,
            late,
            latest_ms,
            twice,
        } => {
            writer.byte(2);
            writer.number((*lost).into());
            writer.number(*late as u64);
            put_ms(writer, *latest_ms);
            writer.number((*twice).into());
        }
        WatchCause::RegionOut {
            region,
            times,
            longest_ms,
        } => {
            writer.byte(3);
            writer.text(region);
            writer.number(*times as u64);
            put_ms(writer, *longest_ms);
        }
        WatchCause::Busy { times } => counted(writer, 4, *times, None),
        WatchCause::NetworkChanged { times } => counted(writer, 5, *times, None),
        WatchCause::Slept { times, longest_ms } => counted(writer, 6, *times, Some(*longest_ms)),
        WatchCause::Throttled { times } => counted(writer, 7, *times, None),
        WatchCause::Unreachable { times, longest_ms } => {
            counted(writer, 8, *times, Some(*longest_ms))
        }
    }
}

fn counted(writer: &mut ByteWriter, tag: u8, times: usize, ms: Option<f64>) {
    writer.byte(tag);
    writer.number(times as u64);
    if let Some(ms) = ms {
        put_ms(writer, ms);
    }
}

fn take_cause(reader: &mut ByteReader<'_>) -> Option<WatchCause> {
    Some(match reader.byte()? {
        0 => WatchCause::QuietCut {
            quiet: *QUIETS.get(usize::from(reader.byte()?))?,
            known: take_tolerance(reader)?,
            closer: match take_flag(reader)? {
                true => Closer::Between,
                false => Closer::Unknown,
            },
            timer_s: match take_option(reader)? {
                None => None,
                // A day; as it was read, it is whole.
                Some(seconds) if seconds <= 86_400.0 => Some(seconds as u32),
                Some(_) => return None,
            },
        },
        1 => WatchCause::AllAtOnce {
            times: take_count(reader)?,
            restarts: take_count(reader)?,
        },
        2 => WatchCause::Events {
            lost: u32::try_from(take_count(reader)?).ok()?,
            late: take_count(reader)?,
            latest_ms: take_ms(reader)?,
            twice: u32::try_from(take_count(reader)?).ok()?,
        },
        3 => WatchCause::RegionOut {
            region: reader.text().filter(|id| is_id(id))?,
            times: take_count(reader)?,
            longest_ms: take_ms(reader)?,
        },
        4 => WatchCause::Busy {
            times: take_count(reader)?,
        },
        5 => WatchCause::NetworkChanged {
            times: take_count(reader)?,
        },
        6 => WatchCause::Slept {
            times: take_count(reader)?,
            longest_ms: take_ms(reader)?,
        },
        7 => WatchCause::Throttled {
            times: take_count(reader)?,
        },
        8 => WatchCause::Unreachable {
            times: take_count(reader)?,
            longest_ms: take_ms(reader)?,
        },
        _ => return None,
    })
}
