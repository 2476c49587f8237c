//! What Trunk has built, made ready to be served. Trunk runs this as its last step (`Trunk.toml`), with the folder
//! that it is about to publish in `TRUNK_STAGING_DIR`.
//!
//! It gives the helpdesk's program names that hold a hash, as Trunk gives the check's, and writes the words of the
//! languages that are not in the Wasm. It puts words and addresses of the first screen into `index.html`, and writes
//! `404.html` and what depends on all that: the policy (Content-Security-Policy, as a meta element, for `_headers` hosts
//! and nginx) and the service worker.

mod html;
mod policy;
mod texts;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reachcheck_model::config::{self, Config};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The worker, with places for its version and its files.
const WORKER: &str = include_str!("../../../style/sw.js");

/// The page for what is not there, with places for its words.
const NOT_FOUND: &str = include_str!("../../../src/boot/404.html");

/// What `config.json` may hold, for editors.
const SCHEMA: &str = include_str!("../../model/config.schema.json");

fn main() -> Result<()> {
    let folder = std::env::var_os("TRUNK_STAGING_DIR").context(
        "TRUNK_STAGING_DIR is not set: this is a step of `trunk build`, see the hooks in Trunk.toml",
    )?;
    let config = std::env::var_os("REACHCHECK_CONFIG").map(PathBuf::from);
    pack(Path::new(&folder), config.as_deref())
}

fn pack(folder: &Path, config_file: Option<&Path>) -> Result<()> {
    let index_file = folder.join("index.html");
    let index = fs::read_to_string(&index_file)
        .with_context(|| format!("{}: trunk writes it", index_file.display()))?;
    let config = match config_file {
        Some(file) => Some(read_config(file)?),
        None => None,
    };

    let files = json!({ "desk": desk(folder)?, "texts": texts::write(folder)? }).to_string();
    let shown = config.as_ref().map(|(config, _)| config);
    let text = config.as_ref().map(|(_, text)| text.as_str());
    let index = html::fill(&index, &files, shown.unwrap_or(&Config::default()), text);
    ensure!(
        !index.contains("{{"),
        "index.html: a place is left unfilled"
    );
    let index = html::in_one_style(&index);
    let not_found = html::fill_not_found(NOT_FOUND);
    // A host sends one policy with everything.
    let policy = policy::Policy::of(&[&index, &not_found], shown);
    let index = policy.with_meta(&index)?;
    fs::write(&index_file, &index)?;
    fs::write(folder.join("404.html"), policy.with_meta(&not_found)?)?;
    fs::write(folder.join("_headers"), policy.as_headers_file())?;
    fs::write(folder.join("_nginx.conf"), policy.as_nginx())?;
    if let Some((_, text)) = &config {
        fs::write(folder.join("config.json"), text)?;
    }
    fs::write(folder.join("config.schema.json"), SCHEMA)?;
    fs::write(folder.join("sw.js"), worker(folder, &index)?)?;
    Ok(())
}

/// Gives the helpdesk's program names that hold a hash, and says what they are: Trunk names what it does not load
/// itself after the binary.
fn desk(folder: &Path) -> Result<Value> {
    let renamed = |name: &str, extension: &str| {
        let bytes = fs::read(folder.join(name)).with_context(|| name.to_owned())?;
        let hashed = hashed_name("reachcheck-desk", &bytes, extension);
        fs::rename(folder.join(name), folder.join(&hashed)).with_context(|| name.to_owned())?;
        anyhow::Ok(json!({ "url": format!("./{hashed}"), "integrity": integrity(&bytes) }))
    };
    let (script, wasm) = (renamed("desk.js", "js")?, renamed("desk_bg.wasm", "wasm")?);
    Ok(json!({ "script": script, "wasm": wasm }))
}

fn read_config(file: &Path) -> Result<(Config, String)> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let config = config::parse(&text).with_context(|| file.display().to_string())?;
    Ok((config, text))
}

/// `reachcheck-0123456789abcdef.js`: what has this name never changes.
fn hashed_name(stem: &str, bytes: &[u8], extension: &str) -> String {
    let digest = Sha256::digest(bytes);
    let hash: String = digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{stem}-{hash}.{extension}")
}

/// As Subresource Integrity writes it.
fn integrity(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

/// The worker, knowing every file that `index.html` names. Its version is a hash of all of them.
fn worker(folder: &Path, index: &str) -> Result<String> {
    let mut names: Vec<String> = fs::read_dir(folder)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| index.contains(name.as_str()) && name != "sw.js" && name != "config.json")
        .collect();
    names.sort();
    let version = hashed_name("", index.as_bytes(), "");
    let mut list = Vec::new();
    for name in &names {
        let bytes = fs::read(folder.join(name)).with_context(|| name.clone())?;
        list.push(json!([name, integrity(&bytes)]));
    }
    Ok(WORKER
        .replace("{{version}}", version.trim_matches(['-', '.']))
        .replace("{{page_digest}}", &integrity(index.as_bytes()))
        .replace("[\"{{files}}\"]", &Value::Array(list).to_string()))
}
