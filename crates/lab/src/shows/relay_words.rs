//! Questions to the relay on its WebSocket, as frames.

use std::time::Duration;

/// One text frame, masked with zeros (RFC 6455 section 5.2); all of ours are short.
pub fn frame(words: &str) -> Vec<u8> {
    let length = u8::try_from(words.len()).unwrap_or(u8::MAX);
    assert!(length < 126, "longer than a short frame: {words}");
    let mut frame = vec![0x81, 0x80 | length, 0, 0, 0, 0];
    frame.extend_from_slice(words.as_bytes());
    frame
}

/// Asks for a pong.
pub fn ask_for_pong() -> Vec<u8> {
    frame(r#"{"ask":"ping","number":7}"#)
}

/// A word while it is watched.
pub fn ask_for_note() -> Vec<u8> {
    frame(r#"{"ask":"note"}"#)
}

/// Asks that the socket be watched, by a name.
pub fn ask_to_watch(quiet: &str, time: Duration, name: &str) -> Vec<u8> {
    let ms = time.as_millis();
    frame(&format!(
        r#"{{"ask":"watch","quiet":"{quiet}","ms":{ms},"name":"{name}"}}"#
    ))
}
