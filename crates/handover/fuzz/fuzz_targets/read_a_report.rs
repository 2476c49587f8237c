//! Whatever is pasted is decoded exactly or refused: `cargo +nightly fuzz run read_a_report` in `crates/handover`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use reachcheck_handover::short_code::ShortCode;
use reachcheck_handover::codec;
use reachcheck_model::catalogue::Catalogue;

fuzz_target!(|data: &[u8]| {
    // What is read is what would be written.
    if let Ok(snapshot) = codec::decode(data) {
        assert_eq!(codec::encode(&snapshot), data);
    }
    // The same behind a seal that fits, which no fuzzer guesses.
    if let Ok(snapshot) = codec::decode(&codec::sealed(data)) {
        assert_eq!(codec::encode(&snapshot), codec::sealed(data));
        let block = codec::block(&snapshot).join("\n");
        assert_eq!(codec::read(&block), [Ok(snapshot)]);
    }
    let text = String::from_utf8_lossy(data);
    assert!(!codec::read(&text).is_empty());
    let catalogue = Catalogue::embedded();
    if let Ok(short) = ShortCode::read(&text, &catalogue) {
        assert_eq!(ShortCode::read(&short.write(&catalogue), &catalogue), Ok(short));
    }
});
