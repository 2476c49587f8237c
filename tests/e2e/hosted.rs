//! The page on nginx, on the agent's own computer, with the headers that the build wrote; and what becomes of it
//! where something breaks it on the way.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use reachcheck_lab::namespaces::{self, ChildProcess};

/// Where it listens.
const URL: &str = "http://127.0.0.1:8090/";

/// A running nginx; dropping it ends it.
pub struct Nginx {
    _running: ChildProcess,
}

impl Nginx {
    /// Serves a built page. `locations` are directives that come before the page's own.
    pub fn start(folder: &Path, page: &Path, locations: &str) -> Result<Self> {
        let file = |name: &str| folder.join(name).display().to_string();
        let config = format!(
            "daemon off; master_process off; pid {pid}; error_log stderr;
             events {{ worker_connections 256; }}
             http {{
               access_log off; server_tokens off;
               client_body_temp_path {temp}; proxy_temp_path {temp}; fastcgi_temp_path {temp};
               uwsgi_temp_path {temp}; scgi_temp_path {temp};
               {guide}
             }}",
            pid = file("nginx.pid"),
            temp = file("nginx"),
            guide = as_the_guide_says(page, locations)?,
        );
        let config_file = folder.join("nginx.conf");
        std::fs::write(&config_file, config)?;
        let mut command = Command::new(program());
        command.arg("-c").arg(&config_file).arg("-p").arg(folder);
        let log = folder.join("nginx.log");
        let running = namespaces::spawn(command, &log)?;
        let ready = || std::net::TcpStream::connect("127.0.0.1:8090").is_ok();
        for _ in 0..100 {
            if ready() {
                return Ok(Self { _running: running });
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let said = std::fs::read_to_string(&log).unwrap_or_default();
        ensure!(ready(), "nginx does not come up\n{said}");
        Ok(Self { _running: running })
    }

    /// The page, with a query.
    pub fn url(query: &str) -> String {
        format!("{URL}{query}")
    }
}

/// The configuration of docs/hosting.md, with what is this computer's own in the place of the operator's.
fn as_the_guide_says(page: &Path, locations: &str) -> Result<String> {
    const GUIDE: &str = include_str!("../../docs/hosting.md");
    let (_, block) = GUIDE
        .split_once("```nginx\n")
        .context("no nginx in the guide")?;
    let (block, _) = block.split_once("```").context("it does not end")?;
    // Debian's nginx has no Brotli.
    let lines = block.lines().filter(|line| !line.contains("brotli_static"));
    let mut config = lines.collect::<Vec<_>>().join("\n");
    let (page, locations) = (page.display().to_string(), format!("{locations}\n}}"));
    let mut put = |theirs: &str, ours: &str| {
        ensure!(config.contains(theirs), "no “{theirs}” in the guide");
        config = config.replace(theirs, ours);
        anyhow::Ok(())
    };
    put("listen 443 ssl;", "listen 127.0.0.1:8090;")?;
    put("include mime.types;", "include /etc/nginx/mime.types;")?;
    put("/srv/reachcheck/dist", &page)?;
    if !locations.starts_with('\n') {
        // What came once would stay, and hide what is broken now.
        put("public, max-age=31536000, immutable", "no-store")?;
    }
    let end = config.rfind('}').context("no server in the guide")?;
    config.replace_range(end..=end, &locations);
    Ok(config)
}

/// Copies a built page into a folder; each file's name and bytes pass through `change`.
pub fn copy_page(page: &Path, to: &Path, change: impl Fn(&str, Vec<u8>) -> Vec<u8>) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(page)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let bytes = std::fs::read(entry.path())?;
        std::fs::write(to.join(&name), change(&name, bytes))?;
    }
    Ok(())
}

fn program() -> PathBuf {
    let sbin = PathBuf::from("/usr/sbin/nginx");
    if sbin.is_file() { sbin } else { "nginx".into() }
}

/// axe-core's own file, which xtask keeps among the tools.
pub fn axe() -> Result<String> {
    let file = std::env::var_os("REACHCHECK_AXE")
        .context("REACHCHECK_AXE names no axe.min.js; cargo xtask test fetches it and says so")?;
    std::fs::read_to_string(&file).with_context(|| Path::new(&file).display().to_string())
}
