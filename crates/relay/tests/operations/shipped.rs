//! The files that operators start from are valid, and keep their promises to each other.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use reachcheck_relay::limits::{self, Limits};

use crate::harness::{certify, command};

fn shipped(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../deploy");
    fs::read_to_string(folder.join(name)).expect(name)
}

fn is_valid(settings: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("relay.toml");
    fs::write(&file, settings).expect("written");
    let tls = folder.path().join("tls");
    fs::create_dir(&tls).expect("made");
    certify(&tls);
    let checked = command(&["check-config", "--settings"])
        .arg(&file)
        .arg("--tls-cert")
        .arg(tls.join("cert.pem"))
        .arg("--tls-key")
        .arg(tls.join("key.pem"))
        .output()
        .expect("the relay");
    let words = String::from_utf8_lossy(&checked.stderr).into_owned();
    assert!(checked.status.success(), "{words}\n{settings}");
}

/// The settings file inside the manifest, without its indentation.
fn in_manifest() -> String {
    let manifest = shipped("kubernetes.yaml");
    let (_, after) = manifest
        .split_once("relay.toml: |\n")
        .expect("a settings file");
    after
        .lines()
        .map_while(|line| line.strip_prefix("    "))
        .flat_map(|line| [line, "\n"])
        .collect()
}

#[test]
fn the_settings_that_are_shipped_are_valid() {
    is_valid(&shipped("relay.toml"));
    is_valid(&in_manifest());
    // What stands there as a comment is meant to be used.
    let uncommented = |text: &str| -> String {
        let is_setting = |line: &&str| line.contains(" = ") && !line.contains("config.json");
        text.lines()
            .map(|line| line.strip_prefix("# ").filter(is_setting).unwrap_or(line))
            .flat_map(|line| [line, "\n"])
            .collect()
    };
    is_valid(&uncommented(&shipped("relay.toml")));
    is_valid(&uncommented(&in_manifest()));
}

#[test]
fn whoever_stops_it_waits_for_the_drain() {
    let needed = Limits::default().drain + limits::CLOSING;
    for (file, key) in [
        ("reachcheck-relay.service", "TimeoutStopSec="),
        ("kubernetes.yaml", "terminationGracePeriodSeconds: "),
    ] {
        let text = shipped(file);
        let seconds = text.lines().find_map(|line| line.trim().strip_prefix(key));
        let seconds = seconds.and_then(|seconds| seconds.parse().ok()).expect(key);
        assert!(Duration::from_secs(seconds) > needed, "{file}: {seconds}");
    }
}

#[test]
fn enough_files_may_be_open_for_all_connections() {
    let needed = Limits::default().connections as u64 + limits::OTHER_FILES;
    let text = shipped("reachcheck-relay.service");
    let files = text
        .lines()
        .find_map(|line| line.strip_prefix("LimitNOFILE="));
    let files: u64 = files.and_then(|files| files.parse().ok()).expect("a limit");
    assert!(files >= needed, "{files} for {needed}");
    assert!(shipped("Containerfile").contains(&format!("--ulimit nofile={files}")));
}
