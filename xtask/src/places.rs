//! Places: the workspace, and the folders of the tools that it needs.

use std::fs;
use std::path::PathBuf;

/// The version of Trunk.
pub const TRUNK: &str = "0.21.14";
/// The version of cargo-mutants.
pub const MUTANTS: &str = "27.1.0";
/// The version of cargo-deny that is named where it is missing; nothing here installs it.
pub const DENY: &str = "0.20.2";
/// The version of cargo-cyclonedx.
pub const CYCLONEDX: &str = "0.5.9";
/// The version of kubernetes-validate, which is that of the newest Kubernetes whose schemas it has.
pub const KUBERNETES_VALIDATE: &str = "1.37.0";
/// The version of binaryen, which has wasm-opt.
pub const BINARYEN: &str = "132.0.0";

/// The workspace's root: of the checkout that `cargo xtask` was typed in, even where its target folder was moved
/// here from another.
pub fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent().unwrap_or(&here).to_owned()
}

/// Where our own copies lie.
pub fn cache() -> PathBuf {
    let home = std::env::var_os("HOME").map_or_else(|| PathBuf::from("."), PathBuf::from);
    let cache =
        std::env::var_os("XDG_CACHE_HOME").map_or_else(|| home.join(".cache"), PathBuf::from);
    cache.join("reachcheck/tools")
}

pub fn cargo_bin() -> PathBuf {
    let home = std::env::var_os("HOME").map_or_else(|| PathBuf::from("."), PathBuf::from);
    std::env::var_os("CARGO_HOME")
        .map_or_else(|| home.join(".cargo"), PathBuf::from)
        .join("bin")
}

pub fn binaryen_folder() -> PathBuf {
    cache().join(format!("binaryen-{BINARYEN}"))
}

/// Where kubernetes-validate is linked to; the Python that it runs in lies beside, and not on the search path.
pub fn kubernetes_validate_folder() -> PathBuf {
    cache().join(format!("kubernetes-validate-{KUBERNETES_VALIDATE}"))
}

pub fn cargo_folder(krate: &str, version: &str) -> PathBuf {
    cache().join(format!("{krate}-{version}"))
}

/// Folders to search before `PATH`: our copies, and where `cargo install` puts things.
pub fn folders() -> Vec<PathBuf> {
    let mut folders = vec![
        cargo_folder("trunk", TRUNK).join("bin"),
        cargo_folder("cargo-mutants", MUTANTS).join("bin"),
        cargo_folder("cargo-cyclonedx", CYCLONEDX).join("bin"),
        kubernetes_validate_folder().join("bin"),
    ];
    if let Ok(version) = wasm_bindgen_version() {
        folders.push(cargo_folder("wasm-bindgen-cli", &version).join("bin"));
    }
    // A newer wasm-opt on PATH is as good; an older one must not win over ours.
    folders.push(binaryen_folder().join("node_modules/.bin"));
    folders.push(cargo_bin());
    folders.retain(|folder| folder.is_dir());
    folders
}

/// The version that the library was built with: page and tool must match to the digit.
pub fn wasm_bindgen_version() -> Result<String, String> {
    locked_version("wasm-bindgen")
}

/// The version of a package that the lock file names; of several the first.
pub fn locked_version(name: &str) -> Result<String, String> {
    let lock = fs::read_to_string(root().join("Cargo.lock"))
        .map_err(|error| format!("Cargo.lock: {error}"))?;
    let after = lock
        .split(&format!("name = \"{name}\"\nversion = \""))
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    after
        .map(str::to_owned)
        .ok_or_else(|| format!("Cargo.lock names no {name}"))
}
