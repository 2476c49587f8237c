//! Building the page and the relay.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::places::root;
use crate::{sbom, tools};

/// What the page is made of, a path a line, for telling whether it has to be built again. The browser tests refuse a page
/// that is older than any of it.
const SOURCES: &str = include_str!("../page-sources.txt");

/// `cargo xtask build`.
pub fn run() -> Result<(), String> {
    page()?;
    let relay = relay()?;
    let sbom = sbom::write(&relay)?;
    println!("\nThe page:  dist/  (copy it to any folder of a static host)");
    println!("The relay: {}", relay.display());
    println!("Made of:   {}", sbom.display());
    Ok(())
}

/// Builds `dist/`, unless it is up to date.
pub fn page() -> Result<(), String> {
    tools::for_page()?;
    let stamp_file = root().join("target/page.stamp");
    let stamp = stamp()?;
    let index = root().join("dist/index.html");
    if index.is_file() && fs::read_to_string(&stamp_file).is_ok_and(|last| last == stamp) {
        println!("dist/ is up to date");
        compress()?;
        // Files that were written anew with what they held before are no reason to build, and newer than the page. Its
        // compressed form comes along: one that is older is not served.
        let both = [index.with_extension("html.br"), index];
        for file in both.iter().filter(|file| file.is_file()) {
            fs::File::options()
                .append(true)
                .open(file)
                .and_then(|opened| opened.set_modified(SystemTime::now()))
                .map_err(|error| format!("{}: {error}", file.display()))?;
        }
        return Ok(());
    }
    // What warns is there, and not taken.
    let _ = fs::remove_file(&stamp_file);
    trunk(&root(), &[])?;
    compress()?;
    let _ = fs::create_dir_all(root().join("target"));
    fs::write(&stamp_file, stamp).map_err(|error| format!("{}: {error}", stamp_file.display()))
}

/// Builds a page for release, as whoever types the same gets it, but that no warning passes.
pub fn trunk(folder: &Path, flags: &[&str]) -> Result<(), String> {
    let mut trunk = crate::shell::command("trunk", &["build", "--release"]);
    trunk.args(flags).current_dir(folder);
    crate::shell::execute_without_warnings(trunk)
}

/// Builds the page that writes its runs down, apart from `dist/`, and gives its folder.
pub fn traced_page() -> Result<PathBuf, String> {
    tools::for_page()?;
    let folder = root().join("target/traced-page");
    let dist = folder.to_string_lossy();
    trunk(&root(), &["--features", "trace", "--dist", &dist])?;
    Ok(folder)
}

/// Puts `FILE.br` beside the files of a first load, for hosts that serve those (our relay does).
fn compress() -> Result<(), String> {
    if !crate::shell::has("brotli") {
        println!("no FILE.br beside the files of dist/: that needs the program brotli");
        return Ok(());
    }
    let dist = root().join("dist");
    let entries = fs::read_dir(&dist).map_err(|error| format!("dist/: {error}"))?;
    for entry in entries.flatten() {
        let path = entry.path();
        let is_text = path.extension().is_some_and(|extension| {
            ["html", "css", "js", "wasm", "svg", "txt"]
                .map(std::ffi::OsStr::new)
                .contains(&extension)
        });
        let mut name = path.clone().into_os_string();
        name.push(".br");
        if is_text && !PathBuf::from(name).is_file() {
            crate::shell::output("brotli", &["-k", "-q", "11", &path.to_string_lossy()])
                .ok_or_else(|| format!("brotli does not take {}", path.display()))?;
        }
    }
    Ok(())
}

/// Builds the relay for use, and gives its path.
pub fn relay() -> Result<PathBuf, String> {
    let build = ["build", "--locked", "--release", "-p", "reachcheck-relay"];
    crate::shell::run("cargo", &build)?;
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let folder = target.join("release");
    let name = format!("reachcheck-relay{}", std::env::consts::EXE_SUFFIX);
    Ok(folder.join(name))
}

/// A hash of everything the page is made of, and of what compiles it.
fn stamp() -> Result<String, String> {
    let mut hasher = DefaultHasher::new();
    crate::shell::output("rustc", &["-V"])
        .ok_or("rustc -V fails")?
        .hash(&mut hasher);
    for source in SOURCES.lines() {
        hash_path(&root().join(source), &mut hasher)?;
    }
    // A build that is given settings puts them beside the page and into its policy.
    if let Some(config) = std::env::var_os("REACHCHECK_CONFIG") {
        hash_path(&root().join(config), &mut hasher)?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn hash_path(path: &Path, hasher: &mut DefaultHasher) -> Result<(), String> {
    let named = |error: std::io::Error| format!("{}: {error}", path.display());
    path.hash(hasher);
    if path.is_dir() {
        let mut entries = fs::read_dir(path)
            .map_err(named)?
            .collect::<Result<Vec<_>, _>>()
            .map_err(named)?;
        entries.sort_by_key(fs::DirEntry::path);
        for entry in entries {
            hash_path(&entry.path(), hasher)?;
        }
    } else {
        fs::read(path).map_err(named)?.hash(hasher);
    }
    Ok(())
}
