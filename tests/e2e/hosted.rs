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
        // What came once would stay, and hide what is broken now.
        let hashed = if locations.is_empty() {
            "public, max-age=31536000, immutable"
        } else {
            "no-store"
        };
        let config = format!(
            "daemon off; master_process off; pid {pid}; error_log stderr;
             events {{ worker_connections 256; }}
             http {{
               access_log off; server_tokens off;
               client_body_temp_path {temp}; proxy_temp_path {temp}; fastcgi_temp_path {temp};
               uwsgi_temp_path {temp}; scgi_temp_path {temp};
               include /etc/nginx/mime.types;
               types {{ application/wasm wasm; }}
               map $uri $reachcheck_cache {{
                 default no-cache;
                 ~^/reachcheck- \"{hashed}\";
               }}
               server {{
                 listen 127.0.0.1:8090;
                 root {page};
                 include {page}/_nginx.conf;
                 location ~ ^/_ {{ return 404; }}
                 error_page 404 /404.html;
                 {locations}
               }}
             }}",
            pid = file("nginx.pid"),
            temp = file("nginx"),
            page = page.display(),
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
