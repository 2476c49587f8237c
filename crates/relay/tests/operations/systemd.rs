//! The systemd unit: systemd itself takes it, and what it closes.

use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use ipnet::IpNet;
use reachcheck_relay::config::PartialConfig;

use super::{INTERNET, NOT_THE_INTERNET, files_needed, shipped, stopping, tool, uncommented};

const UNIT: &str = "reachcheck-relay.service";
/// What `systemd-analyze security` finds open, and has to: it serves the internet, on low ports, without a root of its own.
const OPEN: [&str; 10] = [
    "SystemCallFilter=~@resources",
    "RootDirectory=/RootImage=",
    "AmbientCapabilities=",
    "PrivateMounts=",
    "RestrictAddressFamilies=~AF_(INET|INET6)",
    "CapabilityBoundingSet=~CAP_NET_(BIND_SERVICE|BROADCAST|RAW)",
    "PrivateNetwork=",
    "PrivateUsers=",
    "DeviceAllow=",
    "IPAddressDeny=", // A list of what may be, and not of what may not.
];

/// The values of a setting of the unit.
fn values<'unit>(unit: &'unit str, name: &str) -> Vec<&'unit str> {
    let value = |line: &'unit str| line.strip_prefix(name)?.strip_prefix('=');
    unit.lines().filter_map(value).collect()
}

/// The unit with a program that is there, written to a folder.
fn written(folder: &Path, unit: &str) -> String {
    let program = env!("CARGO_BIN_EXE_reachcheck-relay");
    let text = unit.replace("/usr/local/bin/reachcheck-relay", program);
    assert_ne!(text, unit);
    let path = folder.join(UNIT);
    std::fs::write(&path, text).expect("written");
    path.to_string_lossy().into_owned()
}

/// What systemd says against a unit; nothing, where it takes it.
fn complaints(unit: &str) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path(), unit);
    let verified = tool("systemd-analyze")?
        .args(["verify", "--man=no", &path])
        .output()
        .expect("systemd-analyze");
    let said = String::from_utf8_lossy(&[verified.stdout, verified.stderr].concat()).into_owned();
    assert!(verified.status.success() || !said.is_empty());
    Some(said)
}

#[test]
fn systemd_takes_the_unit() {
    let unit = shipped(UNIT);
    let with_credentials = uncommented(&unit, |line| line.starts_with("LoadCredential="));
    assert_eq!(values(&with_credentials, "LoadCredential").len(), 2);
    for unit in [&unit, &with_credentials] {
        let Some(said) = complaints(unit) else { return };
        assert_eq!(said, "");
    }
    // It does look.
    let broken = unit.replace("\nDynamicUser=yes", "\nDynamicUsr=yes");
    let said = complaints(&broken).expect("it was there");
    assert!(said.contains("DynamicUsr"), "{said}");
}

#[test]
fn systemd_finds_nothing_open_but_what_a_server_needs() {
    let Some(mut analyze) = tool("systemd-analyze") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path(), &shipped(UNIT));
    let looked = analyze
        .args(["security", "--offline=true", "--json=short", &path])
        .output()
        .expect("systemd-analyze");
    let findings: Vec<serde_json::Value> =
        serde_json::from_slice(&looked.stdout).expect("a list of findings");
    assert!(findings.len() > 60, "{}", findings.len());
    for finding in findings {
        let name = finding["name"].as_str().expect("a name");
        let is_closed = finding["set"].as_bool() != Some(false);
        assert!(is_closed || OPEN.contains(&name), "{finding}");
    }
}

#[test]
fn a_fresh_machine_has_what_certificates_by_acme_need() {
    let unit = shipped(UNIT);
    // Neither user nor group nor folder has to be made first.
    assert_eq!(values(&unit, "DynamicUser"), ["yes"]);
    for name in ["User", "Group", "SupplementaryGroups"] {
        assert_eq!(values(&unit, name), <[&str; 0]>::default(), "{name}");
    }
    let state = values(&unit, "StateDirectory");
    assert_eq!(values(&unit, "StateDirectoryMode"), ["0700"]);
    // The commented settings name that very folder.
    let settings = uncommented(&shipped("relay.toml"), |line| line.starts_with("acme-"));
    let settings = settings.replace("tls-", "# tls-");
    let given = PartialConfig::parse_settings(&settings).expect("valid settings");
    assert!(given.has_acme() && given.acme_contact.is_some());
    let folder = given.acme_state.expect("a folder");
    assert_eq!(folder, Path::new("/var/lib").join(state[0]));
    // The authority asks port 443.
    assert!(given.listen.iter().any(|address| address.port() == 443));
    assert_eq!(
        values(&unit, "AmbientCapabilities"),
        ["CAP_NET_BIND_SERVICE"]
    );
}

#[test]
fn networks_that_it_never_dials_are_closed_to_it_once_more() {
    let unit = shipped(UNIT);
    let networks = values(&unit, "IPAddressDeny").into_iter();
    let networks: Vec<IpNet> = networks
        .flat_map(str::split_whitespace)
        .map(|net| net.parse().expect("a network"))
        .collect();
    let is_denied = |address: &str| {
        let address: IpAddr = address.parse().expect("an address");
        networks.iter().any(|net| net.contains(&address))
    };
    for address in NOT_THE_INTERNET {
        assert!(is_denied(address), "{address}");
    }
    for address in INTERNET {
        assert!(!is_denied(address), "{address}");
    }
    // A resolver of this machine's own, and who asks for metrics.
    assert_eq!(values(&unit, "IPAddressAllow"), ["localhost"]);
}

#[test]
fn it_is_started_again_waited_for_and_may_open_files() {
    let unit = shipped(UNIT);
    let number = |name: &str| -> u64 {
        let value = values(&unit, name)[0].parse();
        value.unwrap_or_else(|_| panic!("{name} is no number"))
    };
    assert_eq!(values(&unit, "Restart"), ["on-failure"]);
    assert_eq!(number("StartLimitIntervalSec"), 0);
    assert!(Duration::from_secs(number("TimeoutStopSec")) > stopping());
    assert!(number("LimitNOFILE") >= files_needed());
}
