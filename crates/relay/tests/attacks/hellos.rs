//! Hostile ClientHellos (attack 16): whatever the bytes, the relay lives, answers others, and ends it in time.

use std::time::Duration;

use tokio::io::AsyncWriteExt as _;

use crate::harness::{Relay, open_for};

/// A hello's message without its record header.
fn message(hello: &[u8]) -> &[u8] {
    &hello[5..]
}

fn record(content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).expect("short");
    [&[22, 3, 1][..], &length.to_be_bytes(), content].concat()
}

/// xorshift64* (Vigna, 2014): the same bytes in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).expect("33 bits gone") % most
    }
}

#[tokio::test]
async fn hostile_hellos_end_in_time_and_harm_nobody() {
    let relay = Relay::with_tls().limits(&["handshake-ms=4000"]).start();
    relay.serves().await;
    let before = relay.memory();
    let hello = relay.hello();
    let message = message(&hello);
    let mut hostile: Vec<Vec<u8>> = vec![
        // Records: empty, one byte each, over the limit, of another type in between, of endless length.
        record(b"").repeat(1_000),
        message.iter().flat_map(|byte| record(&[*byte])).collect(),
        record(&[1, 0xff, 0xff, 0xff]),
        record(&[1, 0, 0x40, 1])
            .into_iter()
            .chain(record(&[0; 16_384]))
            .collect(),
        [&[22, 3, 1, 0xff, 0xff][..], &[0; 65_535]].concat(),
        [
            record(&message[..9]),
            vec![21, 3, 1, 0, 2, 1, 0],
            record(&message[9..]),
        ]
        .concat(),
        record(&[0; 512]),
        record(&[1, 0, 0, 0]),
        record(&[2, 0, 0, 0]),
    ];
    // Every length in a real one set to nothing and to the most it can say, and random changes.
    for at in 0..message.len() - 1 {
        for value in [[0, 0], [0xff, 0xff]] {
            let mut bytes = message.to_vec();
            bytes[at..at + 2].copy_from_slice(&value);
            hostile.push(record(&bytes));
        }
    }
    let mut random = Random(0x5eed);
    for _ in 0..400 {
        let mut bytes = hello.clone();
        for _ in 0..=random.below(8) {
            let at = random.below(bytes.len());
            bytes[at] = u8::try_from(random.below(256)).expect("a byte");
        }
        bytes.truncate(1 + random.below(bytes.len()));
        hostile.push(bytes);
    }
    let count = hostile.len();
    let mut ends = tokio::task::JoinSet::new();
    for chunk in hostile.chunks(64) {
        for bytes in chunk {
            let bytes = bytes.clone();
            let mut stream = relay.plain().await;
            ends.spawn(async move {
                let _ = stream.write_all(&bytes).await;
                // Half of it may wait for more, as far as the relay can know.
                open_for(&mut stream, Duration::from_secs(8)).await
            });
        }
        relay.serves().await;
    }
    let ends = ends.join_all().await;
    assert_eq!(ends.len(), count);
    let open = ends.iter().filter(|end| end.is_none()).count();
    assert_eq!(open, 0, "of {count} still open after the handshake limit");
    relay.serves().await;
    relay.is_lean_again(before).await;
    assert!(!relay.log().contains("panicked"), "{}", relay.log());
}
