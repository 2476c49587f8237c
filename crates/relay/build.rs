//! Tells the relay by which Cargo profile it is built, for `--version`. Cargo tells a build script only which of `debug`
//! and `release` the profile comes from; its folder in the target directory has the profile's own name.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    // PROFILE/build/PACKAGE/out
    let folder = Path::new(&out).ancestors().nth(3).and_then(Path::file_name);
    let name = folder.map_or_else(|| "unknown".into(), |name| name.to_string_lossy());
    // The one profile whose folder has another name.
    let name = if name == "debug" { "dev".into() } else { name };
    println!("cargo::rustc-env=REACHCHECK_PROFILE={name}");
}
