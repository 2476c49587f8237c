//! Settings: what is valid is printed, what is not is named, and nothing starts on half of it.

use std::process::Output;

use crate::harness::{ORIGIN, Relay, command, get};

fn check(flags: &[&str], environment: &[(&str, &str)]) -> (bool, String) {
    let mut command = command(&["check-config"]);
    command.args(flags).envs(environment.iter().copied());
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("the relay");
    let words = [stdout, stderr].concat();
    (status.success(), String::from_utf8(words).expect("text"))
}

#[test]
fn check_config_prints_what_would_be_in_force_and_flags_win() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("relay.toml");
    std::fs::write(
        &file,
        "origin = [\"https://file.example\"]\n[limits]\nholds = 3\nsockets = 4\n",
    )
    .expect("written");
    let file = file.to_str().expect("text");
    let environment = [
        ("REACHCHECK_SETTINGS", file),
        ("REACHCHECK_LIMITS", "dials=5,drain-ms=6"),
    ];
    let (valid, words) = check(&[], &environment);
    assert!(valid, "{words}");
    for part in [
        "origins: https://file.example",
        "  holds=3\n",
        "  sockets=4\n",
        "  dials=5\n",
        "  drain-ms=6\n",
        "  handshake-ms=10000\n",
    ] {
        assert!(words.contains(part), "{part}\n{words}");
    }
    let (valid, words) = check(&["--origin", ORIGIN, "--limit", "dials=7"], &environment);
    assert!(valid, "{words}");
    assert!(
        words.contains("origins: https://check.example\n"),
        "{words}"
    );
    assert!(words.contains("  dials=7\n"), "{words}");
}

#[test]
fn what_is_wrong_is_named_and_nothing_starts() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("relay.toml");
    let file = file.to_str().expect("text");
    let written = |text: &str| std::fs::write(file, text).expect("written");
    written("");
    for (flags, expected) in [
        (&["--origin", "*"][..], "--origin *"),
        (
            &["--origin", "https://check.example:0"],
            "--origin https://check.example:0: must have a port",
        ),
        (
            &["--origin", "https://check.example."],
            "--origin https://check.example.: must have a host, without a dot",
        ),
        (
            &["--origin", "https://prüfung.example"],
            "must have the host as browsers send it",
        ),
        (&[], "--origin: no page may use this relay"),
        (
            &["--origin", ORIGIN, "--limit", "sockets=x"],
            "“x” is not a whole number",
        ),
        (
            &["--origin", ORIGIN, "--limit", "socket=1"],
            "there is no limit of that name",
        ),
        (
            &["--origin", ORIGIN, "--listen", "0.0.0.0:80"],
            "--tls-cert and --tls-key",
        ),
        (
            &["--origin", ORIGIN, "--allow-target", "10.0.0.0/64"],
            "--allow-target",
        ),
        (
            &["--origin", ORIGIN, "--settings", "/nowhere/relay.toml"],
            "/nowhere/relay.toml",
        ),
        (
            &["--origin", ORIGIN, "--trust-ca", "/nowhere.pem"],
            "--trust-ca /nowhere.pem",
        ),
        (
            &["--origin", ORIGIN, "--config", "/nowhere.json"],
            "--config /nowhere.json",
        ),
        (&["--origin", ORIGIN, "--colour", "red"], "--colour"),
    ] {
        let (valid, words) = check(flags, &[]);
        assert!(!valid && words.contains(expected), "{flags:?}: {words}");
    }
    for (text, expected) in [
        ("orgin = []", "unknown field `orgin`"),
        ("[limits]\nsockets = \"many\"", "line 2"),
        ("listen = 80", "line 1"),
    ] {
        written(text);
        let (valid, words) = check(&["--origin", ORIGIN, "--settings", file], &[]);
        assert!(!valid && words.contains(expected), "{text}: {words}");
        assert!(words.contains("relay.toml"), "{words}");
    }
}

#[tokio::test]
async fn ports_that_a_balancer_maps_are_announced_instead_of_our_own() {
    let relay = Relay::without_tls()
        .flags(&["--public-port", "443,80"])
        .start();
    let path = "/relay/v1/challenge?nonce=abcdefgh12345678";
    let answer = get(relay.address(), path, "").await.expect("an answer");
    assert!(answer.body.contains("\"ports\":[443,80]"), "{answer:?}");
}

#[tokio::test]
async fn what_is_valid_and_hardly_meant_is_said_at_the_start_and_by_check_config() {
    for (flags, doubt) in [
        (
            &["--proxy-from", "10.0.0.0/8"][..],
            Some("proxy-from 10.0.0.0/8 is a large network"),
        ),
        (
            &["--proxy-from", "2001:db8::/64"],
            Some("proxy-from 2001:db8::/64 is a large network"),
        ),
        (&["--proxy-from", "10.0.0.0/24,2001:db8::1/128"], None),
        (
            &["--limit", "connections=8000"],
            Some("address-connections=6000 is more than half of connections=8000"),
        ),
        (&[], None),
    ] {
        let relay = Relay::without_tls().flags(flags).start();
        let log = relay.log();
        let origin = ["check-config", "--origin", ORIGIN];
        let checked = command(&[&origin[..], flags].concat()).output();
        let words = String::from_utf8_lossy(&checked.expect("the relay").stdout).into_owned();
        match doubt {
            Some(doubt) => {
                assert!(log.contains(doubt), "{log}");
                assert!(words.contains(&format!("Doubtful: {doubt}")), "{words}");
            }
            None => assert!(
                !log.contains("WARN") && !words.contains("Doubtful"),
                "{log}{words}"
            ),
        }
    }
}
