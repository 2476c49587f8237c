//! The container's image: the relay as it was measured, by one toolchain, on images that do not change, and labelled.

use super::{files_needed, read, shipped};

fn manifest() -> toml::Table {
    read("Cargo.toml").parse().expect("a manifest")
}

/// What stands behind a beginning of a line of the container file.
fn after<'file>(containerfile: &'file str, start: &str) -> &'file str {
    let mut lines = containerfile.lines();
    lines
        .find_map(|line| line.strip_prefix(start))
        .unwrap_or_else(|| panic!("no {start}"))
}

#[test]
fn it_holds_the_relay_as_it_was_measured_and_not_by_the_pages_profile() {
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
    let index = read("index.html");
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
fn it_is_built_by_an_exact_release_of_the_oldest_toolchain_that_is_supported() {
    let manifest = manifest();
    let oldest = manifest["workspace"]["package"]["rust-version"]
        .as_str()
        .expect("a version");
    let containerfile = shipped("Containerfile");
    let image = after(&containerfile, "FROM docker.io/library/rust:");
    let (tag, _) = image.split_once('-').expect("a version, then a system");
    let patch = tag
        .strip_prefix(oldest)
        .and_then(|rest| rest.strip_prefix('.'));
    assert!(
        patch.is_some_and(|patch| patch.parse::<u32>().is_ok()),
        "{tag}"
    );
    // Or rust-toolchain.toml would have its way.
    assert_eq!(after(&containerfile, "ENV RUSTUP_TOOLCHAIN="), tag);
}

#[test]
fn images_that_it_is_made_from_are_named_by_their_digests() {
    let containerfile = shipped("Containerfile");
    let mut stages: Vec<&str> = Vec::new();
    let mut digests = 0;
    for line in containerfile.lines() {
        let Some(from) = line.strip_prefix("FROM ") else {
            continue;
        };
        let (image, name) = from.split_once(" AS ").expect("a name");
        if !stages.contains(&image) {
            let (tagged, digest) = image.split_once("@sha256:").expect("a digest");
            let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
            assert!(digest.len() == 64 && digest.bytes().all(is_hex), "{image}");
            // The tag is for whoever reads: an exact version, too.
            let (_, tag) = tagged.rsplit_once(':').expect("a tag");
            assert!(
                tag.starts_with(|first: char| first.is_ascii_digit()),
                "{tag}"
            );
            digests += 1;
        }
        stages.push(name);
    }
    assert_eq!(digests, 2);
    // What is built where no stage is named is the relay alone.
    assert_eq!(stages.last(), Some(&"relay"));
    assert!(!containerfile.contains("COPY --from=docker"));
}

#[test]
fn it_says_what_it_is() {
    let containerfile = shipped("Containerfile");
    let manifest: toml::Table = read("crates/relay/Cargo.toml").parse().expect("a manifest");
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(after(&containerfile, "ARG VERSION="), version);
    let description = manifest["package"]["description"].as_str().expect("text");
    for (name, value) in [
        ("title", "reachcheck-relay"),
        ("description", description),
        ("licenses", env!("CARGO_PKG_LICENSE")),
        ("source", "${SOURCE}"),
        ("revision", "${REVISION}"),
        ("version", "${VERSION}"),
    ] {
        let label = format!("org.opencontainers.image.{name}=\"{value}\"");
        assert!(containerfile.contains(&label), "{label}");
    }
    // A label can hold only what its own stage was given before it.
    let (_, run) = containerfile.split_once(" AS run\n").expect("a stage");
    let (before, _) = run.split_once("LABEL ").expect("labels");
    for argument in ["ARG SOURCE\n", "ARG REVISION\n", "ARG VERSION="] {
        assert!(before.contains(argument), "{argument}");
    }
}

#[test]
fn enough_files_may_be_open_as_it_is_told_to_be_run() {
    let containerfile = shipped("Containerfile");
    let (_, rest) = containerfile
        .split_once("--ulimit nofile=")
        .expect("a limit");
    let files: u64 = rest
        .split(' ')
        .next()
        .and_then(|files| files.parse().ok())
        .expect("a number");
    assert!(files >= files_needed(), "{files}");
}

#[test]
fn keys_and_what_was_built_here_stay_out_of_a_build() {
    let ignored = read(".dockerignore");
    for path in [".git", "target", "dist", "**/*.pem", "**/*.key", "**/.env"] {
        assert!(ignored.lines().any(|line| line == path), "{path}");
    }
}
