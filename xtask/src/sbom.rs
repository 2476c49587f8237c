//! The relay's bill of materials: what its program is made of, in CycloneDX's JSON, beside it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::places::{locked_version, root};
use crate::{shell, tools};

/// Direct dependencies that any relay has, each with another part of the work.
const SURE: [&str; 3] = ["hyper", "rustls", "tokio"];
/// What the page alone is made of.
const OTHERS: &str = "web-sys";
/// How the tool calls what it writes for a package's program.
const ENDING: &str = "_bin.cdx.json";

/// Writes it, and gives its path.
pub fn write(relay: &Path) -> Result<PathBuf, String> {
    tools::for_sbom()?;
    let manifest = ["--manifest-path", "crates/relay/Cargo.toml"];
    let form = ["--format", "json", "--spec-version", "1.5"];
    let words = [
        &["cyclonedx", "--describe", "binaries"],
        &manifest[..],
        &form,
    ]
    .concat();
    let written = shell::run("cargo", &words);
    // It writes one for each program of the workspace, beside each manifest, and has no flag for another place.
    let folders = folders();
    let text = fs::read_to_string(root().join(format!("crates/relay/reachcheck-relay{ENDING}")));
    for folder in &folders {
        clear(folder);
    }
    written?;
    let text = text.map_err(|error| format!("the relay's bill of materials: {error}"))?;
    for name in SURE {
        holds(&text, name, &locked_version(name)?)?;
    }
    if text.contains(&format!("pkg:cargo/{OTHERS}@")) {
        return Err(format!("the relay's bill of materials has {OTHERS} in it"));
    }
    let place = relay.with_file_name("reachcheck-relay.cdx.json");
    fs::write(&place, text).map_err(|error| format!("{}: {error}", place.display()))?;
    Ok(place)
}

/// Where packages of the workspace lie.
fn folders() -> Vec<PathBuf> {
    let mut folders = vec![root(), root().join("tests/e2e"), root().join("xtask")];
    let crates = fs::read_dir(root().join("crates"));
    folders.extend(crates.into_iter().flatten().flatten().map(|it| it.path()));
    folders
}

fn clear(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().ends_with(ENDING) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether it names a package in the version that is built.
fn holds(text: &str, name: &str, version: &str) -> Result<(), String> {
    if text.contains("\"bomFormat\": \"CycloneDX\"")
        && text.contains(&format!("\"pkg:cargo/{name}@{version}\""))
    {
        return Ok(());
    }
    Err(format!(
        "the relay's bill of materials does not name {name} {version}"
    ))
}

#[cfg(test)]
mod tests {
    use super::{SURE, holds};
    use crate::places::locked_version;

    #[test]
    fn a_bill_without_a_dependency_is_none() {
        let text =
            r#"{"bomFormat": "CycloneDX", "components": [{"purl": "pkg:cargo/hyper@1.12.0"}]}"#;
        assert!(holds(text, "hyper", "1.12.0").is_ok());
        assert!(holds(text, "hyper", "1.12.1").is_err());
        assert!(holds(text, "rustls", "0.23.46").is_err());
        assert!(holds("pkg:cargo/hyper@1.12.0", "hyper", "1.12.0").is_err());
    }

    #[test]
    fn what_any_relay_has_is_in_the_lock_file() {
        for name in SURE {
            assert!(locked_version(name).is_ok(), "{name}");
        }
        assert!(locked_version("no-such-package").is_err());
    }
}
