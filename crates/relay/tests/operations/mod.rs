//! The relay as its operator meets it: settings, signals, metrics, balancers, and the files in `deploy/`.

mod balanced;
mod composed;
mod drained;
mod image;
mod kubernetes;
mod one_peer;
mod proxied;
mod reloaded;
mod settled;
mod shift;
mod shipped;
mod systemd;
mod watched;
mod watching;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use reachcheck_relay::limits::{self, Limits};
use yaml_rust2::{Yaml, YamlLoader};

/// A file of the repository, by its path from the top.
fn top(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

fn read(path: &str) -> String {
    fs::read_to_string(top(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A file of those that operators start from.
fn shipped(name: &str) -> String {
    read(&format!("deploy/{name}"))
}

/// A file's text with the comments in it that are meant to be used.
fn uncommented(text: &str, is_meant: impl Fn(&str) -> bool) -> String {
    let line = |line: &str| match line.split_once("# ") {
        Some((indent, rest)) if indent.trim().is_empty() && is_meant(rest) => {
            format!("{indent}{rest}\n")
        }
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

fn documents(text: &str) -> Vec<Yaml> {
    YamlLoader::load_from_str(text).expect("YAML")
}

fn texts(list: &Yaml) -> Vec<&str> {
    let list = list.as_vec().expect("a list");
    list.iter().filter_map(Yaml::as_str).collect()
}

/// Addresses that the second walls leave open: neighbours of those that they close.
const INTERNET: [&str; 4] = ["8.8.8.8", "100.128.0.1", "172.32.0.1", "2606:4700::1111"];
/// One of each network that a relay never dials (`target.rs`), and that a second wall behind it closes too: a pod's network
/// policy, a unit's list of addresses.
const NOT_THE_INTERNET: [&str; 18] = [
    "0.0.0.1",
    "10.1.2.3",
    "100.64.0.1",
    "169.254.169.254",
    "172.31.255.255",
    "192.0.0.1",
    "192.168.1.1",
    "198.19.255.255",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::1",
    "2002:a00:1::1",
    "fc00::1",
    "fd00::1",
    "fe80::1",
    "ff02::1",
];

/// How long whoever stops a relay must wait before it may be killed.
fn stopping() -> Duration {
    Limits::default().drain + limits::CLOSING
}

/// How many files must be open at once.
fn files_needed() -> u64 {
    Limits::default().connections as u64 + limits::OTHER_FILES
}

/// Validates manifests against the schemas of Kubernetes.
const KUBERNETES_VALIDATE: &str = "kubernetes-validate";

/// A program that `cargo xtask test` installs. Where it is missing, that is said and what it would look at is not looked
/// at; not so in CI, which has to look at everything.
fn tool(name: &str) -> Option<Command> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    if std::env::split_paths(&path).any(|folder| folder.join(name).is_file()) {
        return Some(Command::new(name));
    }
    let missing = format!("{name} is missing; `cargo xtask test` installs it");
    // Python's packages come from a registry that not every machine reaches; all else comes with the other tools.
    let is_ci = std::env::var_os("CI").is_some_and(|ci| !ci.is_empty());
    assert!(!is_ci || name == KUBERNETES_VALIDATE, "{missing}");
    eprintln!("not looked at: {missing}");
    None
}
