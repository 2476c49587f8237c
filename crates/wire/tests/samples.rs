//! Compatibility with earlier releases: their kept messages are read, and what is written now can be read by them.
//! `tests/samples/README.md` says what is kept, and why none of it changes.

#[path = "samples/reader.rs"]
mod reader;
#[path = "samples/written.rs"]
mod written;

use std::fs;
use std::path::{Path, PathBuf};

use reachcheck_wire::{
    Challenge, ClientMessage, ControlsReport, DialReport, ServerMessage, decode, encode,
};
use reader::Reader;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples")
}

/// Folders of the releases of which something is kept.
fn releases() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).expect("the samples");
    let mut releases: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    releases.sort();
    releases
}

/// Kind and text of each kept message of one direction.
fn kept(release: &Path, direction: &str) -> Vec<(String, String)> {
    let mut kept = Vec::new();
    for entry in fs::read_dir(release.join(direction)).expect(direction) {
        let path = entry.expect("an entry").path();
        let kind = path.file_stem().expect("a name").to_string_lossy();
        let text = fs::read_to_string(&path).expect("a file of samples");
        assert!(!text.trim().is_empty(), "{}", path.display());
        kept.extend(text.lines().map(|line| (kind.to_string(), line.to_owned())));
    }
    kept.sort();
    kept
}

/// Reads a kept message, and compares what was understood with the message itself.
fn understood<T: Serialize + DeserializeOwned>(text: &str) -> T {
    let read: T = decode(text).unwrap_or_else(|why| panic!("{text}\n{why}"));
    let kept: Value = serde_json::from_str(text).expect("JSON");
    let again: Value = serde_json::from_str(&encode(&read)).expect("JSON");
    assert_eq!(again, kept, "something of it was not understood");
    read
}

#[test]
fn messages_of_earlier_releases_are_read() {
    let releases = releases();
    assert!(!releases.is_empty());
    for release in releases {
        for (kind, text) in kept(&release, "page-to-relay") {
            assert_eq!(
                written::kind_asked(&understood::<ClientMessage>(&text)),
                kind
            );
        }
        for (kind, text) in kept(&release, "relay-to-page") {
            assert_eq!(
                written::kind_said(&understood::<ServerMessage>(&text)),
                kind
            );
        }
        for (kind, text) in kept(&release, "https") {
            match kind.as_str() {
                "challenge" => drop(understood::<Challenge>(&text)),
                "dial" => drop(understood::<DialReport>(&text)),
                "controls" => drop(understood::<ControlsReport>(&text)),
                other => panic!("{other}: no such answer"),
            }
        }
    }
}

#[test]
fn what_is_written_can_be_read_by_earlier_releases() {
    for release in releases() {
        let reader = Reader::of(&release);
        for message in written::asked() {
            let text = encode(&message);
            assert_eq!(reader.reads("ClientMessage", &text), Ok(()), "{text}");
        }
        for message in written::said() {
            let text = encode(&message);
            assert_eq!(reader.reads("ServerMessage", &text), Ok(()), "{text}");
        }
        for challenge in written::challenges() {
            let text = encode(&challenge);
            assert_eq!(reader.reads("Challenge", &text), Ok(()), "{text}");
        }
        for report in written::dials() {
            let text = encode(&report);
            assert_eq!(reader.reads("DialReport", &text), Ok(()), "{text}");
        }
        let text = encode(&written::CONTROLS);
        assert_eq!(reader.reads("ControlsReport", &text), Ok(()), "{text}");
    }
}

/// The list of what a release requires is only as good as it is strict.
#[test]
fn a_release_reads_its_own_messages_and_misses_whatever_is_taken_out() {
    for release in releases() {
        let reader = Reader::of(&release);
        let mut missed = 0;
        for (direction, name) in [
            ("page-to-relay", "ClientMessage"),
            ("relay-to-page", "ServerMessage"),
        ] {
            for (kind, text) in kept(&release, direction) {
                assert_eq!(reader.reads(name, &text), Ok(()), "{kind}: {text}");
                for (path, less) in reader::each_without_one_field(&text) {
                    if let Err(why) = reader.takes(name, &less) {
                        let field = path.rsplit('.').next().unwrap_or_default();
                        assert!(why.contains(field), "{path}: {why}");
                        missed += 1;
                    }
                }
            }
        }
        assert!(missed > 100, "{missed}");
        assert!(
            reader
                .reads("ServerMessage", r#"{"number":7,"say":"pong"}"#)
                .is_err()
        );
        assert!(
            reader
                .reads("ServerMessage", r#"{"say":"song","number":7}"#)
                .is_err()
        );
        assert!(
            reader
                .reads("ServerMessage", r#"{"say":"pong","number":"7"}"#)
                .is_err()
        );
        // A page may be told more than it knows, a relay that does not know a key refuses the message.
        assert!(
            reader
                .reads("ServerMessage", r#"{"say":"pong","number":7,"new":1}"#)
                .is_ok()
        );
        assert!(
            reader
                .reads("ClientMessage", r#"{"ask":"ping","number":7,"new":1}"#)
                .is_err()
        );
    }
}

#[test]
fn the_paths_of_earlier_releases_are_served() {
    for release in releases() {
        let text = fs::read_to_string(release.join("paths.txt")).expect("the paths");
        let now = [
            reachcheck_wire::CHALLENGE_PATH,
            reachcheck_wire::SOCKET_PATH,
            reachcheck_wire::DIAL_PATH,
            reachcheck_wire::CONTROLS_PATH,
        ];
        assert_eq!(text.lines().collect::<Vec<_>>(), now);
    }
}
