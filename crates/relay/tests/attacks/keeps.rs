//! Mistakes of whoever runs it, and what it is built from (attacks 26 and 27).

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::harness::command;

/// Whether it refused to start, and what it said.
fn run(flags: &[&str]) -> (bool, String) {
    let mut child = command(flags)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the relay");
    let began = Instant::now();
    let refused = loop {
        match child.try_wait().expect("a child") {
            Some(status) => break !status.success(),
            None if began.elapsed() > Duration::from_secs(5) => break false,
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    let _ = child.kill();
    let output = child.wait_with_output().expect("its words");
    (
        refused,
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

#[test]
fn a_mistake_in_the_configuration_ends_the_start_and_names_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path.to_string_lossy().into_owned()
    };
    let unknown = file("unknown.json", r#"{"catalog": {}}"#);
    let empty = file(
        "empty.json",
        r#"{"catalogue": {"provider": "P", "regions": []}}"#,
    );
    let broken = file("broken.json", "{");
    let no_pem = file("no.pem", "nothing");
    let own = [
        "--listen",
        "127.0.0.1:0",
        "--origin",
        "https://check.example",
    ];
    let with = |flags: &[&'static str]| [&own[..], flags].concat();
    for (flags, named) in [
        // No page may use it: refused, not open to all.
        (vec!["--listen", "127.0.0.1:0"], "--origin"),
        (vec!["--listen", "127.0.0.1:0", "--origin", "*"], "--origin"),
        (
            vec!["--listen", "127.0.0.1:0", "--origin", "https://*.example"],
            "--origin",
        ),
        (
            vec![
                "--listen",
                "127.0.0.1:0",
                "--origin",
                "https://check.example/",
            ],
            "--origin",
        ),
        (
            vec!["--listen", "127.0.0.1:0", "--origin", "null"],
            "--origin",
        ),
        // Open to the world without TLS.
        (
            vec!["--listen", "0.0.0.0:0", "--origin", "https://check.example"],
            "--tls-cert",
        ),
        (with(&["--listen", "nonsense"]), "--listen"),
        (with(&["--tls-cert", "/nowhere.pem"]), "--tls-key"),
        (
            with(&["--tls-cert", "/nowhere.pem", "--tls-key", "/nowhere.pem"]),
            "/nowhere.pem",
        ),
        (with(&["--allow-target", "10.0.0.0/33"]), "--allow-target"),
        (with(&["--control", "10.0.0.1:443"]), "--control"),
        (with(&["--control", "www.example.com"]), "--control"),
        (with(&["--control", "www.example.com:0"]), "--control"),
        (with(&["--limit", "sockets=many"]), "--limit"),
        (with(&["--limit", "socket=1"]), "socket"),
        (with(&["--limit", "handshake-ms=0"]), "handshake-ms"),
        (with(&["--config", "/nowhere.json"]), "/nowhere.json"),
        (with(&["--page", "/nowhere"]), "/nowhere"),
        (with(&["--unknown"]), "--unknown"),
    ] {
        check(&flags, named);
    }
    for (flag, path, named) in [
        ("--config", &unknown, "catalog"),
        ("--config", &empty, "regions"),
        ("--config", &broken, "config.json"),
        ("--trust-ca", &no_pem, "--trust-ca"),
    ] {
        check(&[&own[..], &[flag, path]].concat(), named);
    }
}

fn check(flags: &[&str], named: &str) {
    let (refused, said) = run(flags);
    assert!(refused, "{flags:?} was taken: {said}");
    assert!(said.contains(named), "{flags:?}: {said}");
    assert!(!said.contains("panicked"), "{flags:?}: {said}");
}

/// What a relay is built from, oldest version that has no known hole in what we use (see deny.toml).
const OLDEST: [(&str, [u32; 3]); 7] = [
    ("bytes", [1, 11, 1]),
    ("rustls", [0, 23, 18]),
    ("rustls-webpki", [0, 103, 13]),
    ("tungstenite", [0, 20, 1]),
    ("hyper", [1, 12, 0]),
    ("ring", [0, 17, 12]),
    ("tokio", [1, 44, 2]),
];
/// Never: unmaintained, unsound, or with a hole.
const NEVER: [&str; 5] = [
    "rustls-pemfile",
    "serde_yml",
    "h2",
    "openssl",
    "fastwebsockets",
];

/// Names and versions that Cargo.lock says the relay may be built from.
fn locked() -> Vec<(String, [u32; 3])> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let lock = std::fs::read_to_string(root.join("Cargo.lock")).expect("Cargo.lock");
    lock.split("[[package]]")
        .filter_map(|package| {
            let field = |name: &str| {
                let line = package.lines().find(|line| line.starts_with(name))?;
                line.split('"').nth(1).map(str::to_owned)
            };
            let version = field("version = ")?;
            let mut numbers = version
                .split(['.', '-', '+'])
                .map(|number| number.parse().unwrap_or(0));
            let mut next = || numbers.next().unwrap_or(0);
            Some((field("name = ")?, [next(), next(), next()]))
        })
        .collect()
}

#[test]
fn no_dependency_has_a_hole_that_is_known_here() {
    let locked = locked();
    for (name, oldest) in OLDEST {
        let versions: Vec<_> = locked.iter().filter(|(locked, _)| locked == name).collect();
        assert!(!versions.is_empty(), "{name} is no dependency any more");
        for (_, version) in versions {
            assert!(*version >= oldest, "{name} {version:?}, oldest {oldest:?}");
        }
    }
    for name in NEVER {
        assert!(locked.iter().all(|(locked, _)| locked != name), "{name}");
    }
}

#[test]
fn cargo_deny_is_told_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let deny = std::fs::read_to_string(root.join("deny.toml")).expect("deny.toml");
    for name in NEVER {
        assert!(deny.contains(&format!("\"{name}\"")), "{name}");
    }
    for (name, [major, minor, patch]) in OLDEST {
        let line = format!("\"{name}:<{major}.{minor}.{patch}\"");
        assert!(deny.contains(&line), "{line}");
    }
}
