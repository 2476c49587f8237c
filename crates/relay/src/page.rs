//! The built page, held in memory: what is not in the map cannot be served, whatever the path says.

use std::collections::HashMap;
use std::fs::Metadata;
use std::path::Path;

use bytes::Bytes;
use hyper::header::{CACHE_CONTROL, HeaderName, HeaderValue};
use reachcheck_model::config;

use crate::limits;

/// Files by their path below the root, and the settings.
#[derive(Debug, Default)]
pub struct StaticFiles {
    files: HashMap<String, File>,
    /// What the build wrote into `_headers` for every file: its policy, above all.
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// One file.
#[derive(Debug)]
pub struct File {
    /// Its bytes.
    pub bytes: Bytes,
    /// The same, compressed with Brotli, if the folder has it.
    pub brotli: Option<Bytes>,
    /// MIME type.
    pub content_type: &'static str,
    /// Whether its name holds a hash of its content, so that it can be kept for ever.
    pub immutable: bool,
}

impl StaticFiles {
    /// Reads a folder.
    ///
    /// # Errors
    /// Which file, and what is wrong with it.
    pub fn load(root: &Path) -> Result<Self, String> {
        if !root.join("index.html").is_file() {
            return Err(format!(
                "--page {}: there is no index.html in it; build the page with `cargo xtask build`",
                root.display()
            ));
        }
        let mut page = Self::default();
        // A page that Trunk built without our last step has none.
        if let Ok(text) = std::fs::read_to_string(root.join("_headers")) {
            page.headers = read_headers(&text)?;
        }
        page.load_folder(root, "")?;
        Ok(page)
    }

    fn load_folder(&mut self, folder: &Path, prefix: &str) -> Result<(), String> {
        let named = |error: std::io::Error| format!("--page {}: {error}", folder.display());
        for entry in std::fs::read_dir(folder).map_err(named)? {
            let entry = entry.map_err(named)?;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let path = format!("{prefix}/{name}");
            let metadata = entry.metadata().map_err(named)?;
            if metadata.is_dir() {
                self.load_folder(&entry.path(), &path)?;
                continue;
            }
            // Links are not followed: `metadata` of a directory entry does not follow them.
            if !metadata.is_file() || name.starts_with(['.', '_']) || name.ends_with(".br") {
                continue;
            }
            if metadata.len() > limits::PAGE_FILE || self.files.len() >= limits::PAGE_FILES {
                return Err(format!(
                    "--page: {path} is over the limit of {} bytes a file and {} files",
                    limits::PAGE_FILE,
                    limits::PAGE_FILES
                ));
            }
            let bytes = std::fs::read(entry.path()).map_err(named)?;
            let compressed = entry.path().with_file_name(format!("{name}.br"));
            let file = File {
                bytes: Bytes::from(bytes),
                brotli: read_compressed(&compressed, &metadata),
                content_type: content_type(&name),
                immutable: has_hash(&name),
            };
            self.files.insert(path, file);
        }
        Ok(())
    }

    /// Puts the settings in place of whatever `config.json` the folder has, naming this relay unless they
    /// name one.
    ///
    /// # Errors
    /// Place and problem, if the text is no valid `config.json`.
    pub fn set_config(&mut self, text: &str) -> Result<(), String> {
        config::parse(text).map_err(|error| error.to_string())?;
        let mut value: serde_json::Value =
            serde_json::from_str(text).map_err(|error| error.to_string())?;
        if let Some(object) = value.as_object_mut() {
            object
                .entry("relays")
                .or_insert_with(|| serde_json::json!([{ "url": "relay/" }]));
        }
        let file = File {
            bytes: Bytes::from(value.to_string()),
            brotli: None,
            content_type: content_type("config.json"),
            immutable: false,
        };
        self.files.insert("/config.json".to_owned(), file);
        Ok(())
    }

    /// The headers that go with every file.
    #[must_use]
    pub fn headers(&self) -> &[(HeaderName, HeaderValue)] {
        &self.headers
    }

    /// The file at a request's path; `/` is the index.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&File> {
        match path {
            "/" => self.files.get("/index.html"),
            path => self.files.get(path),
        }
    }

    /// The page for what is not there, if the build wrote one.
    #[must_use]
    pub fn not_found(&self) -> Option<&File> {
        self.files.get("/404.html")
    }
}

/// The compressed form of a file, held to what its original is held to: no link, and no larger. One that is older than its
/// original is that of another.
fn read_compressed(path: &Path, original: &Metadata) -> Option<Bytes> {
    let metadata = std::fs::symlink_metadata(path).ok()?;
    let age = |file: &Metadata| file.modified().ok();
    let is_older = match (age(&metadata), age(original)) {
        (Some(own), Some(original)) => own + limits::PAGE_COPY < original,
        _ => false,
    };
    if is_older {
        let file = path.display();
        tracing::warn!("page: {file} is older than what it was compressed from, and is not served");
    }
    let is_ours = !is_older && metadata.is_file() && metadata.len() <= limits::PAGE_FILE;
    is_ours.then(|| std::fs::read(path).ok().map(Bytes::from))?
}

/// The headers for `/*` in the form that Cloudflare Pages and Netlify read. How long a file may be kept is left to
/// [`File::immutable`].
fn read_headers(text: &str) -> Result<Vec<(HeaderName, HeaderValue)>, String> {
    let mut headers = Vec::new();
    let block = text.lines().skip_while(|line| *line != "/*").skip(1);
    for line in block.take_while(|line| line.starts_with(' ')) {
        let bad = || format!("--page: _headers: “{}” is no header", line.trim());
        let (name, value) = line.trim().split_once(": ").ok_or_else(bad)?;
        let name: HeaderName = name.parse().map_err(|_| bad())?;
        if name != CACHE_CONTROL {
            headers.push((name, value.parse().map_err(|_| bad())?));
        }
    }
    Ok(headers)
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Trunk writes `name-0123456789abcdef.ext`, `name-0123456789abcdef_bg.wasm` and `0123456789abcdef-name.ext`: a number of
/// 64 bits, without zeros before it.
fn has_hash(name: &str) -> bool {
    name.split(['-', '.', '_']).any(|part| {
        (12..=16).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::{StaticFiles, has_hash, read_headers};

    #[test]
    fn hashes_are_recognised() {
        assert!(has_hash("reachcheck-0f1e2d3c4b5a6978_bg.wasm"));
        assert!(has_hash("tokens-0f1e2d3c4b5a6978.css"));
        assert!(has_hash("bbb7f533e45a594-initializer.js"));
        assert!(!has_hash("index.html"));
        assert!(!has_hash("config.schema.json"));
    }

    #[test]
    fn the_builds_headers_are_read_but_for_how_long_files_are_kept() {
        let text = "/*\n  Content-Security-Policy: default-src 'none'\n  Cache-Control: no-cache\n/x\n  A: b\n";
        let headers = read_headers(text).expect("headers");
        assert_eq!(headers.len(), 1);
        assert_eq!(headers[0].0, "content-security-policy");
        assert_eq!(headers[0].1, "default-src 'none'");
        assert!(read_headers("/*\n  no header\n").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_compressed_form_is_no_link_to_elsewhere() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str| folder.path().join(name);
        for name in ["index.html", "own.html", "own.html.br", "secret"] {
            std::fs::write(file(name), name).expect("written");
        }
        std::os::unix::fs::symlink(file("secret"), file("index.html.br")).expect("a link");
        let page = StaticFiles::load(folder.path()).expect("a page");
        let compressed = |path| page.get(path).expect("a file").brotli.clone();
        assert_eq!(compressed("/index.html"), None);
        assert_eq!(
            compressed("/own.html").as_deref(),
            Some(&b"own.html.br"[..])
        );
    }

    #[test]
    fn a_compressed_form_of_what_has_changed_since_is_not_served() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str| folder.path().join(name);
        for name in ["index.html", "index.html.br"] {
            std::fs::write(file(name), name).expect("written");
        }
        let now = std::time::SystemTime::now();
        let compressed_since = |seconds| {
            let compressed = std::fs::File::open(file("index.html.br")).expect("a file");
            let then = now - std::time::Duration::from_secs(seconds);
            compressed.set_modified(then).expect("set");
            let page = StaticFiles::load(folder.path()).expect("a page");
            page.get("/").expect("a file").brotli.is_some()
        };
        // A folder is copied file by file.
        assert!(compressed_since(0) && compressed_since(20));
        assert!(!compressed_since(3_600));
    }

    #[test]
    fn settings_name_this_relay_unless_they_name_one() {
        let mut page = StaticFiles::default();
        page.set_config("{}").expect("valid");
        let text = |page: &StaticFiles| {
            String::from_utf8(page.get("/config.json").expect("there").bytes.to_vec())
                .expect("UTF-8")
        };
        assert_eq!(text(&page), r#"{"relays":[{"url":"relay/"}]}"#);
        let other = r#"{"relays":[{"url":"https://relay.example/"}]}"#;
        page.set_config(other).expect("valid");
        assert_eq!(text(&page), other);
        assert!(page.set_config(r#"{"relais":[]}"#).is_err());
    }
}
