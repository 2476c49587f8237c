//! The settings that operators start from are valid, and the relay says how it was built.

use super::kubernetes::settings;
use super::{shipped, uncommented};
use crate::harness::{certify, command};

fn is_valid(settings: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("relay.toml");
    std::fs::write(&file, settings).expect("written");
    let tls = folder.path().join("tls");
    std::fs::create_dir(&tls).expect("made");
    certify(&tls);
    let mut checked = command(&["check-config", "--settings"]);
    checked.arg(&file);
    if !settings.contains("\nacme-domain") {
        checked.arg("--tls-cert").arg(tls.join("cert.pem"));
        checked.arg("--tls-key").arg(tls.join("key.pem"));
    }
    let checked = checked.output().expect("the relay");
    let words = String::from_utf8_lossy(&checked.stderr).into_owned();
    assert!(checked.status.success(), "{words}\n{settings}");
}

#[test]
fn the_settings_that_are_shipped_are_valid() {
    is_valid(&shipped("relay.toml"));
    is_valid(&settings());
    // What stands there as a comment is meant to be used: a certificate by ACME instead of files, the rest beside either.
    let is_setting = |line: &str| line.contains(" = ") && !line.contains("config.json");
    let with_files =
        |text: &str| uncommented(text, |it| is_setting(it) && !it.starts_with("acme-"));
    is_valid(&with_files(&shipped("relay.toml")));
    is_valid(&with_files(&settings()));
    let with_acme = uncommented(&shipped("relay.toml"), is_setting).replace("\ntls-", "\n# tls-");
    assert!(with_acme.contains("\nacme-domain"));
    is_valid(&with_acme);
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
