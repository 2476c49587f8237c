//! The systemd unit: systemd itself takes it, and what it closes.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use reachcheck_relay::config::PartialConfig;

use super::{files_needed, shipped, stopping, tool, uncommented};

const UNIT: &str = "reachcheck-relay.service";
/// Tenths of the exposure that `systemd-analyze security` finds: 17 as shipped, and more wherever a line goes.
const EXPOSURE: &str = "--threshold=17";

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

/// What systemd says, which is nothing where it has nothing to say against it.
fn verified(mut analyze: Command, unit: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path(), unit);
    let verified = analyze.args(["verify", "--man=no", &path]).output();
    let verified = verified.expect("systemd-analyze");
    let said = String::from_utf8_lossy(&[verified.stdout, verified.stderr].concat()).into_owned();
    assert_eq!(verified.status.success(), said.is_empty(), "{said}");
    said
}

#[test]
fn systemd_takes_the_unit() {
    let unit = shipped(UNIT);
    let with_credentials = uncommented(&unit, |line| line.starts_with("LoadCredential="));
    assert_eq!(values(&with_credentials, "LoadCredential").len(), 2);
    for unit in [&unit, &with_credentials] {
        let Some(analyze) = tool("systemd-analyze") else {
            return;
        };
        assert_eq!(verified(analyze, unit), "");
    }
    // What it does not take it names.
    let broken = unit.replace("\nDynamicUser=yes", "\nDynamicUsr=yes");
    let analyze = tool("systemd-analyze").expect("it was there");
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path(), &broken);
    let mut analyze = analyze;
    let said = analyze.args(["verify", "--man=no", &path]).output();
    let said = String::from_utf8_lossy(&said.expect("systemd-analyze").stderr).into_owned();
    assert!(said.contains("DynamicUsr"), "{said}");
}

#[test]
fn systemd_finds_it_as_closed_as_it_was() {
    let Some(mut analyze) = tool("systemd-analyze") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path(), &shipped(UNIT));
    let looked = analyze
        .args(["security", "--offline=true", "--no-pager", EXPOSURE, &path])
        .output()
        .expect("systemd-analyze");
    let said = String::from_utf8_lossy(&[looked.stdout, looked.stderr].concat()).into_owned();
    assert!(looked.status.success(), "{said}");
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
