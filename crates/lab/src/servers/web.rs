//! TLS and HTTP of the endpoints, as far as servers that are well differ in them.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use rustls::SupportedProtocolVersion;
use serde::{Deserialize, Serialize};

use super::Files;
use crate::namespaces::{ChildProcess, Namespace, spawn};
use crate::wait::{listens, wait_until};

/// What every endpoint speaks that is well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Web {
    /// TLS 1.2 and nothing newer, also of endpoints that go wrong: a handshake has one round trip more.
    pub tls12_alone: bool,
    /// HTTP of those that answer it.
    pub http: HttpVersion,
    /// Offers HTTP/3 (RFC 7838, RFC 9114 section 3.1.1) where UDP goes unanswered.
    pub offers_http3: bool,
}

/// The header line of that offer.
pub const ALT_SVC: &str = "Alt-Svc: h3=\":443\"; ma=86400\r\n";

/// How HTTP goes on after an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum HttpVersion {
    /// HTTP/1.1; the connection is kept.
    #[default]
    KeepsAlive,
    /// HTTP/1.1; every answer ends its connection (RFC 9112 section 9.6).
    Closes,
    /// HTTP/2 for whoever asks for it by ALPN, HTTP/1.1 for others (RFC 9113 section 3.2): nginx, at the HTTPS endpoints
    /// that are well and not slow.
    Two,
}

/// Where nginx listens in the namespace of the hosts, for connections that these hand on.
pub const NGINX: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8444);

impl Web {
    /// Versions of TLS that are spoken.
    #[must_use]
    pub fn versions(self) -> &'static [&'static SupportedProtocolVersion] {
        const TLS12_ALONE: &[&SupportedProtocolVersion] = &[&rustls::version::TLS12];
        if self.tls12_alone {
            TLS12_ALONE
        } else {
            rustls::DEFAULT_VERSIONS
        }
    }

    /// Starts what the hosts hand connections on to, if they do.
    ///
    /// # Errors
    /// If nginx is missing or does not come up.
    pub fn start(self, files: &Files) -> Result<Option<ChildProcess>> {
        if self.http != HttpVersion::Two {
            return Ok(None);
        }
        let file = files.folder.join("nginx.conf");
        std::fs::write(&file, self.nginx(files))?;
        let mut command = Namespace::Outside.command(&program().to_string_lossy());
        command.arg("-c").arg(&file).arg("-p").arg(&files.folder);
        let log = files.folder.join("nginx.log");
        let mut nginx = spawn(command, &log).context("nginx (Debian package nginx-light)")?;
        wait_until("nginx", &mut nginx, &log, || {
            listens(Namespace::Outside, NGINX.port())
        })?;
        Ok(Some(nginx))
    }

    fn nginx(self, files: &Files) -> String {
        let protocols = if self.tls12_alone {
            "TLSv1.2"
        } else {
            "TLSv1.2 TLSv1.3"
        };
        format!(
            "daemon off; master_process off; user root; pid {folder}/nginx.pid; error_log stderr;
             events {{ worker_connections 512; }}
             http {{
               access_log off; default_type text/html;
               client_body_temp_path {folder}/t; proxy_temp_path {folder}/t; fastcgi_temp_path {folder}/t;
               uwsgi_temp_path {folder}/t; scgi_temp_path {folder}/t;
               server {{
                 listen {NGINX} ssl http2;
                 ssl_certificate {cert}; ssl_certificate_key {key}; ssl_protocols {protocols};
                 {offer}
                 location / {{ return 200 \"{page}\"; }}
               }}
             }}",
            offer = if self.offers_http3 {
                "add_header Alt-Svc 'h3=\":443\"; ma=86400';"
            } else {
                ""
            },
            folder = files.folder.display(),
            cert = files.cert.display(),
            key = files.key.display(),
            page = super::SERVICE,
        )
    }
}

fn program() -> PathBuf {
    let sbin = Path::new("/usr/sbin/nginx");
    if sbin.is_file() {
        sbin
    } else {
        Path::new("nginx")
    }
    .to_owned()
}
