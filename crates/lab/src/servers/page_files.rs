//! The page's files, as a static host has them.

use std::collections::HashMap;

use anyhow::{Context as _, Result};

use super::Files;

/// A file of the page.
#[derive(Clone)]
pub(super) struct File {
    pub bytes: Vec<u8>,
    pub kind: &'static str,
    /// Compressed, as static hosts send it.
    pub brotli: Option<Vec<u8>>,
}

/// Reads them, by their paths.
pub(super) fn page_files(files: &Files) -> Result<HashMap<String, File>> {
    let mut map = HashMap::new();
    for entry in std::fs::read_dir(&files.page)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = match name.rsplit('.').next() {
            Some("html") => "text/html; charset=utf-8",
            Some("js") => "text/javascript",
            Some("wasm") => "application/wasm",
            Some("css") => "text/css",
            Some("svg") => "image/svg+xml",
            _ => "application/octet-stream",
        };
        if entry.file_type()?.is_file() {
            let file = File {
                bytes: std::fs::read(entry.path())?,
                kind,
                brotli: std::fs::read(files.page.join(format!("{name}.br"))).ok(),
            };
            map.insert(format!("/app/{name}"), file);
        }
    }
    let index = map.get("/app/index.html").cloned();
    // Below a folder: the page must not care where it lies.
    map.insert("/app/".to_owned(), index.context("index.html")?);
    let config = std::fs::read(&files.config)?;
    let config = File {
        bytes: config,
        kind: "application/json",
        brotli: None,
    };
    map.insert("/app/config.json".to_owned(), config);
    Ok(map)
}
