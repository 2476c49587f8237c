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

/// A file at the top of the repository.
fn top(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    fs::read_to_string(folder.join(name)).expect(name)
}

fn manifest() -> toml::Table {
    top("Cargo.toml").parse().expect("a manifest")
}

#[test]
fn the_image_holds_the_relay_as_it_was_measured_and_not_by_the_pages_profile() {
    let containerfile = shipped("Containerfile");
    let is_line = |line: &str| containerfile.lines().any(|given| given.trim() == line);
    assert!(is_line(
        "RUN cargo build --locked --release -p reachcheck-relay"
    ));
    let copied = "COPY --from=build /source/target/release/reachcheck-relay /usr/local/bin/";
    assert!(is_line(copied), "{containerfile}");
    assert!(!containerfile.contains("--profile"));

    let manifest = manifest();
    let profile = |name: &str| manifest["profile"].get(name).expect("a profile").clone();
    let release = profile("release");
    assert_eq!(release["opt-level"].as_integer(), Some(3));
    assert_eq!(release["panic"].as_str(), Some("unwind"));
    assert_eq!(release["lto"].as_str(), Some("thin"));
    let page = profile("page");
    assert_eq!(page["opt-level"].as_str(), Some("z"));
    assert_eq!(page["panic"].as_str(), Some("abort"));
    // Trunk builds by `release` whatever does not name another.
    let index = top("index.html");
    let programs: Vec<&str> = index
        .lines()
        .filter(|line| line.contains("rel=\"rust\""))
        .collect();
    assert_eq!(programs.len(), 2);
    for program in programs {
        assert!(
            program.contains("data-cargo-profile-release=\"page\""),
            "{program}"
        );
    }
}

#[test]
fn the_image_is_built_by_an_exact_release_of_the_oldest_toolchain_that_is_supported() {
    let manifest = manifest();
    let oldest = manifest["workspace"]["package"]["rust-version"]
        .as_str()
        .expect("a version");
    let containerfile = shipped("Containerfile");
    let after = |start: &str| {
        let line = containerfile
            .lines()
            .find_map(|line| line.strip_prefix(start));
        line.expect(start)
    };
    let image = after("FROM docker.io/library/rust:");
    let (tag, _) = image.split_once('-').expect("a version, then a system");
    let patch = tag
        .strip_prefix(oldest)
        .and_then(|rest| rest.strip_prefix('.'));
    assert!(
        patch.is_some_and(|patch| patch.parse::<u32>().is_ok()),
        "{tag}"
    );
    // Or rust-toolchain.toml would have its way.
    assert_eq!(after("ENV RUSTUP_TOOLCHAIN="), tag);
}

#[test]
fn the_relay_says_how_it_was_built() {
    let said = command(&["--version"]).output().expect("the relay");
    let profile = if cfg!(debug_assertions) {
        "dev"
    } else {
        "release"
    };
    assert_eq!(
        String::from_utf8_lossy(&said.stdout).trim_end(),
        format!(
            "reachcheck-relay {} ({profile}, panic=unwind)",
            env!("CARGO_PKG_VERSION")
        )
    );
}
