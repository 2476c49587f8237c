//! The page's policy: what a browser must not do with it, whoever has meddled with it.

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reachcheck_model::config::Config;
use reachcheck_model::page_policy::connect_sources;
use sha2::{Digest as _, Sha256};

/// Headers beside the Content-Security-Policy.
const OTHERS: [(&str, &str); 4] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    (
        "Permissions-Policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), bluetooth=(), display-capture=()",
    ),
    ("X-Frame-Options", "DENY"),
];
/// What has a hash in its name never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

pub struct Policy {
    content: String,
}

impl Policy {
    /// The policy of the build's pages. `config`, where the build was given one, narrows what may be connected to.
    pub fn of(pages: &[&str], config: Option<&Config>) -> Self {
        let pages = pages.concat();
        let narrow = |config| connect_sources(config).join(" ");
        let connect = config.map_or_else(|| "'self' https: wss:".to_owned(), narrow);
        let content = [
            "default-src 'none'".to_owned(),
            format!(
                "script-src 'self' 'wasm-unsafe-eval'{}",
                hashes(&pages, "script")
            ),
            format!("style-src{}", hashes(&pages, "style")),
            "img-src 'self' https:".to_owned(),
            format!("connect-src {connect}"),
            "worker-src 'self'".to_owned(),
            "base-uri 'none'".to_owned(),
            "form-action 'none'".to_owned(),
        ]
        .join("; ");
        Self { content }
    }

    /// A page with the policy in it. `frame-ancestors` counts in a header only.
    pub fn with_meta(&self, page: &str) -> Result<String> {
        let charset = page.find("<meta").context("a page without meta element")?;
        // First of all, so that nothing comes before it but the character set.
        let at = charset + page[charset..].find('>').context("an open meta")? + 1;
        let meta = format!(
            "<meta http-equiv=Content-Security-Policy content=\"{}\">",
            self.content
        );
        Ok([&page[..at], &meta, &page[at..]].concat())
    }

    fn header(&self) -> String {
        format!("{}; frame-ancestors 'none'", self.content)
    }

    /// For Cloudflare Pages, Netlify and our relay.
    pub fn as_headers_file(&self) -> String {
        let mut text = "/*\n".to_owned();
        text += &format!("  Content-Security-Policy: {}\n", self.header());
        for (name, value) in OTHERS {
            text += &format!("  {name}: {value}\n");
        }
        // Not under `/*`: where two rules set the same header, Cloudflare sends both values.
        for path in [
            "/",
            "/index.html",
            "/sw.js",
            "/config.json",
            "/config.schema.json",
        ] {
            text += &format!("{path}\n  Cache-Control: no-cache\n");
        }
        for extension in ["wasm", "js", "svg", "txt"] {
            text += &format!("/reachcheck-*.{extension}\n  Cache-Control: {FOR_EVER}\n");
        }
        text
    }

    /// For an `include` in nginx's `location` of the page.
    pub fn as_nginx(&self) -> String {
        let mut text = "# Written by the build: the hashes belong to this index.html.\n".to_owned();
        text += &format!(
            "add_header Content-Security-Policy \"{}\" always;\n",
            self.header()
        );
        for (name, value) in OTHERS {
            text += &format!("add_header {name} \"{value}\" always;\n");
        }
        text += "add_header Cache-Control $reachcheck_cache always;\n";
        text
    }
}

/// The hash of every inline element of that name, each after a space.
fn hashes(pages: &str, element: &str) -> String {
    let (open, close) = (format!("<{element}"), format!("</{element}>"));
    let mut hashes: Vec<String> = Vec::new();
    let mut rest = pages;
    while let Some(begin) = rest.find(&open) {
        rest = &rest[begin..];
        let (Some(content), Some(end)) = (rest.find('>'), rest.find(&close)) else {
            break;
        };
        // What is no script but data needs no leave.
        if !rest[..content].contains("application/json") {
            let hash = STANDARD.encode(Sha256::digest(&rest[content + 1..end]));
            hashes.push(format!(" 'sha256-{hash}'"));
        }
        rest = &rest[end..];
    }
    hashes.sort();
    hashes.dedup();
    hashes.concat()
}

#[cfg(test)]
mod tests {
    use super::Policy;

    const INDEX: &str = "<head><meta charset=utf-8><title>x</title><style>a{}</style><script>1</script>\
         <script type=\"application/json\">2</script></head>";

    #[test]
    fn inline_elements_are_allowed_by_their_hashes_and_nothing_else_is() {
        let policy = Policy::of(&[INDEX], None);
        // printf 1 | openssl dgst -sha256 -binary | base64
        let script = "'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='";
        assert!(
            policy
                .content
                .contains(&format!("script-src 'self' 'wasm-unsafe-eval' {script};"))
        );
        assert!(policy.content.contains("connect-src 'self' https: wss:;"));
        assert!(!policy.content.contains("unsafe-inline"));
        let index = policy.with_meta(INDEX).expect("a head");
        assert!(
            index.starts_with("<head><meta charset=utf-8><meta http-equiv=Content-Security-Policy")
        );
        let headers = policy.as_headers_file();
        assert!(headers.contains("frame-ancestors 'none'"));
        assert!(headers.contains("/reachcheck-*.txt\n  Cache-Control: public"));
    }

    #[test]
    fn the_scripts_of_every_page_are_allowed_in_each() {
        let other = "<meta charset=utf-8><script>3</script>";
        let policy = Policy::of(&[INDEX, other], None);
        for digit in ["1", "3"] {
            let hash = super::hashes(&format!("<script>{digit}</script>"), "script");
            for page in [INDEX, other] {
                let page = policy.with_meta(page).expect("a head");
                assert!(page.contains(hash.trim()), "{digit} in {page}");
            }
            assert!(policy.as_headers_file().contains(hash.trim()));
            assert!(policy.as_nginx().contains(hash.trim()));
        }
    }

    #[test]
    fn settings_narrow_what_may_be_connected_to() {
        let text = r#"{"relays": [{"url": "https://relay.example.com/relay/"}], "controls": ["https://www.example.org/"]}"#;
        let config = reachcheck_model::config::parse(text).expect("settings");
        let policy = Policy::of(&[INDEX], Some(&config));
        for source in [
            "https://pop0-ccans.mycontactcenter.net:443",
            "https://*.mycontactcenter.net",
            "wss://relay.example.com:443",
            "wss://relay.example.com:80",
            "https://relay.example.com:5222",
            "https://www.example.org:443",
            "https://*.invalid",
        ] {
            assert!(
                policy.content.contains(source),
                "{source} in {}",
                policy.content
            );
        }
        assert!(!policy.content.contains(" https: "));
    }
}
