//! Hellos in pieces, cut, spoilt and followed by more.

use reachcheck_wire::Consistency;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::{ALL, CHROMIUM_FETCH, CURL, FIREFOX_FETCH, message};
use crate::hello::parse::ClientHello;
use crate::hello::record::{Gathering, Progress};
use crate::hello::{Seen, read};
use crate::limits;

/// The same message in records of at most `size` bytes.
fn in_records(message: &[u8], size: usize) -> Vec<u8> {
    let record = |part: &[u8]| {
        let length = u16::try_from(part.len()).expect("a record").to_be_bytes();
        [&[22, 3, 1], &length[..], part].concat()
    };
    message.chunks(size).flat_map(record).collect()
}

#[test]
fn records_and_segments_of_any_size_make_the_same_hello() {
    for (name, bytes) in ALL {
        let whole = message(bytes);
        for size in (1..=64).chain([100, 517, 1400, 16_384]) {
            let records = in_records(&whole, size);
            for piece in [1, 3, 536, 1460, records.len()] {
                let mut gathering = Gathering::default();
                let mut progress = Progress::More;
                for part in records.chunks(piece) {
                    assert_eq!(progress, Progress::More, "{name} {size} {piece}");
                    progress = gathering.push(part);
                }
                assert_eq!(progress, Progress::Whole, "{name} {size} {piece}");
                assert_eq!(gathering.message(), whole);
                assert_eq!(gathering.into_raw(), records);
            }
        }
    }
}

#[test]
fn a_hello_that_is_cut_anywhere_is_no_hello_and_no_panic() {
    for (name, bytes) in ALL {
        for length in 0..bytes.len() {
            let mut gathering = Gathering::default();
            let progress = gathering.push(&bytes[..length]);
            assert_eq!(progress, Progress::More, "{name} {length}");
        }
        let whole = message(bytes);
        for length in 0..whole.len() {
            assert_eq!(
                ClientHello::parse(&whole[..length]),
                None,
                "{name} {length}"
            );
        }
        // Cut, and with a header that agrees: it may be a hello without extensions, nothing more.
        for length in 0..whole.len() - 4 {
            let high = u32::try_from(length).expect("short").to_be_bytes();
            let cut = [&[1], &high[1..], &whole[4..4 + length]].concat();
            let hello = ClientHello::parse(&cut);
            assert!(
                hello.is_none_or(|hello| hello.extensions.is_empty()),
                "{name} {length}"
            );
        }
    }
}

#[test]
fn what_is_no_hello_is_seen_at_once() {
    let hopeless = |bytes: &[u8]| Gathering::default().push(bytes) == Progress::Hopeless;
    assert!(hopeless(b"GET / HTTP/1.1\r\n\r\n"));
    // An alert, an empty record, one that is too long, a ServerHello, a hello that is too long.
    assert!(hopeless(&[21, 3, 1, 0, 2, 2, 40]));
    assert!(hopeless(&[22, 3, 1, 0, 0]));
    assert!(hopeless(&[22, 3, 1, 0x40, 1]));
    assert!(hopeless(&[22, 3, 1, 0, 4, 2, 0, 0, 1]));
    assert!(hopeless(&[22, 3, 1, 0, 4, 1, 0, 0x40, 1]));
    // Headers count, too.
    let tiny = in_records(&message(CHROMIUM_FETCH), 1).repeat(2);
    let mut endless = Gathering::default();
    let mut hello = tiny;
    hello[5 + 6 + 6] = 0x30; // a length that is never reached
    assert_eq!(endless.push(&hello), Progress::Hopeless);
    assert!(endless.into_raw().len() <= limits::HELLO + hello.len());
}

#[test]
fn a_doubled_extension_is_no_hello() {
    let empty = |number: u8| [0, number, 0, 0];
    let hello = |extensions: &[u8]| {
        let mut body = vec![3, 3];
        body.extend([7; 32]);
        body.extend([0, 0, 2, 0x13, 0x01, 1, 0]);
        body.extend([0, u8::try_from(extensions.len()).expect("short")]);
        body.extend(extensions);
        let length = u8::try_from(body.len()).expect("short");
        ClientHello::parse(&[&[1, 0, 0, length], &body[..]].concat())
    };
    assert!(hello(&[empty(23), empty(35)].concat()).is_some());
    assert_eq!(hello(&[empty(23), empty(23)].concat()), None);
}

/// xorshift64*: the same numbers in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(high).expect("31 bits") % limit
    }
}

#[test]
fn spoilt_hellos_are_read_or_not_but_never_a_panic() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let mut read = 0;
    for (_, bytes) in ALL {
        for _ in 0..3_000 {
            let mut spoilt = message(bytes);
            for _ in 0..=numbers.below(4) {
                let place = numbers.below(spoilt.len());
                match numbers.below(5) {
                    0 => spoilt[place] ^= 1 << numbers.below(8),
                    1 => spoilt[place] = [0, 1, 0x7f, 0xff][numbers.below(4)],
                    2 => spoilt.truncate(place.max(1)),
                    3 => drop(spoilt.drain(place..(place + 3).min(spoilt.len() - 1).max(place))),
                    _ => spoilt.insert(place, 0x5a),
                }
            }
            // With its length set right the parser gets further than with a wrong one.
            if spoilt.len() > 4 && numbers.below(2) == 0 {
                let length = u32::try_from(spoilt.len() - 4)
                    .expect("short")
                    .to_be_bytes();
                spoilt[..4].copy_from_slice(&[1, length[1], length[2], length[3]]);
            }
            if let Some(seen) = Seen::read(&spoilt) {
                let facts = seen.facts(Some("a browser"));
                assert_eq!(facts.consistency, Consistency::Unknown);
                read += 1;
            }
            let mut records = in_records(&spoilt, 1 + numbers.below(600));
            let place = numbers.below(records.len());
            records[place] ^= 1 << numbers.below(8);
            let mut gathering = Gathering::default();
            for piece in records.chunks(1 + numbers.below(700)) {
                if gathering.push(piece) != Progress::More {
                    break;
                }
            }
            let _ = Seen::read(gathering.message());
        }
        for _ in 0..300 {
            let garbage: Vec<u8> = (0..numbers.below(400))
                .map(|_| u8::try_from(numbers.below(256)).expect("a byte"))
                .collect();
            let _ = ClientHello::parse(&[&[1, 0, 0, 200], &garbage[..]].concat());
        }
    }
    assert!(read > 1_000, "the mutations reach the fields: {read}");
}

#[tokio::test]
async fn whoever_reads_next_gets_every_byte() {
    let long = [&[22, 3, 1, 0x40, 0, 1, 0, 0x3f, 0xff][..], &[0; 20_000]].concat();
    let fragments = in_records(&message(FIREFOX_FETCH), 200);
    for (bytes, is_hello) in [
        (CHROMIUM_FETCH, true),
        (&fragments, true),
        (&CURL[..300], false),
        (b"\x16GET / HTTP/1.1\r\n\r\n", false),
        (&long, false),
        (b"", false),
    ] {
        let (near, mut far) = tokio::io::duplex(1400);
        let sent = [bytes, b"and more"].concat();
        let sending = tokio::spawn(async move {
            // Where the client ends within its hello, nothing more comes.
            let end = if is_hello {
                sent.len()
            } else {
                bytes_before_end(&sent)
            };
            far.write_all(&sent[..end]).await.expect("sent");
            far.shutdown().await.expect("ended");
            sent[..end].to_vec()
        });
        let (mut stream, seen) = read(near).await.expect("read");
        assert_eq!(seen.is_some(), is_hello);
        let mut all = Vec::new();
        stream.read_to_end(&mut all).await.expect("the rest");
        assert_eq!(all, sending.await.expect("sent"));
    }
}

const fn bytes_before_end(sent: &[u8]) -> usize {
    sent.len().saturating_sub(b"and more".len())
}
