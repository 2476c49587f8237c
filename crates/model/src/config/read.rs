//! The settings out of their JSON. What is wrong is noted at its place, which names it; the reading goes on.

use reachcheck_wire::json::{FromJson as _, Node};

use super::{Config, REGIONS_MAX, Support, WORDS_MAX, is_id, is_printable};
use crate::address::{HttpsUrl, is_loopback, parse_host};
use crate::branding;
use crate::branding::{Branding, Colour, LocalizedText};
use crate::catalogue::{Catalogue, Region, TcpEndpoint};
use crate::figures::tenths;
use crate::lang::Lang;
use crate::thresholds::Thresholds;

/// Faster than this, half an hour of silence would last less than the way there and back.
const PACE_MAX: u32 = 120;
/// The port of a TCP endpoint that names none.
const TLS_PORT: u16 = 443;
const RELAYS_MAX: usize = 4;
const CONTROLS_MAX: usize = 8;
/// A paragraph's length, in characters: two or three sentences.
const PARAGRAPH_MAX: usize = 400;

/// All of them.
pub(super) fn config(node: &Node<'_>) -> Config {
    node.refuse_others(&[
        // For editors: the one name that is no setting's.
        "$schema",
        "catalogue",
        "relays",
        "controls",
        "support",
        "branding",
        "report_language",
        "thresholds",
        "watch",
        "plain_tcp_probe",
    ]);
    node.field("$schema").given().map(Node::text);
    Config {
        catalogue: match node.field("catalogue").given() {
            Some(node) => catalogue(node),
            None => Catalogue::embedded(),
        },
        relays: list(&node.field("relays"), RELAYS_MAX, relay),
        controls: list(&node.field("controls"), CONTROLS_MAX, control),
        support: node
            .field("support")
            .given()
            .map(support)
            .unwrap_or_default(),
        branding: node
            .field("branding")
            .given()
            .map(branding)
            .unwrap_or_default(),
        report_language: node
            .field("report_language")
            .given()
            .map_or(Lang::En, language),
        thresholds: node
            .field("thresholds")
            .given()
            .map(thresholds)
            .unwrap_or_default(),
        watch_pace: node.field("watch").given().map_or(1, watch_pace),
        plain_tcp_probe: node.field("plain_tcp_probe").given().is_none_or(Node::flag),
    }
}

/// A list that may be missing, of at most so many.
fn list<T>(node: &Node<'_>, max: usize, item: impl Fn(&Node<'_>) -> T) -> Vec<T> {
    let count = node.given().map_or(0, Node::count);
    let mut items = Vec::new();
    for index in 0..count.min(max) {
        items.push(item(&node.item(index)));
    }
    if count > max {
        node.refuse(format!("more than {max} entries"));
    }
    items
}

/// Regions and endpoints.
pub(super) fn catalogue(node: &Node<'_>) -> Catalogue {
    node.refuse_others(&["provider", "source", "regions"]);
    let regions = node.field("regions");
    if regions.count() == 0 {
        regions.refuse("the list is empty; give at least one region".to_owned());
    }
    let catalogue = Catalogue {
        provider: words(&node.field("provider")),
        source: match node.field("source").given() {
            Some(source) => words(source),
            None => "config.json".to_owned(),
        },
        regions: list(&regions, REGIONS_MAX, region),
    };
    for (index, region) in catalogue.regions.iter().enumerate() {
        if catalogue.regions[..index]
            .iter()
            .any(|other| other.id == region.id)
        {
            let problem = format!("“{}” is used twice; ids must differ", region.id);
            regions.item(index).field("id").refuse(problem);
        }
    }
    catalogue
}

fn region(node: &Node<'_>) -> Region {
    node.refuse_others(&["id", "country", "name", "https", "tcp"]);
    let id = node.field("id");
    if !is_id(id.text()) {
        id.refuse(format!(
            "“{}” is not an id (1 to 40 of a-z, 0-9 and “-”, not “network”)",
            id.text()
        ));
    }
    let country = words(&node.field("country"));
    let name = words(&node.field("name"));
    let endpoint = node.field("https");
    endpoint.refuse_others(&["url", "image"]);
    let https = https(&endpoint.field("url"));
    Region {
        id: id.text().to_owned(),
        country,
        name,
        image: endpoint
            .field("image")
            .given()
            .map(|node| image(node, &https)),
        https,
        tcp: tcp(&node.field("tcp")),
    }
}

fn image(node: &Node<'_>, endpoint: &HttpsUrl) -> HttpsUrl {
    let image = https(node);
    if (&image.host, image.port) != (&endpoint.host, endpoint.port) {
        node.refuse(format!(
            "it is on {}, not on the endpoint's own host {}",
            image.host, endpoint.host
        ));
    }
    image
}

fn tcp(node: &Node<'_>) -> TcpEndpoint {
    node.refuse_others(&["host", "port"]);
    let host = node.field("host");
    let port = node.field("port");
    let endpoint = TcpEndpoint {
        host: parse_host(host.text()).unwrap_or_else(|problem| {
            host.refuse(problem);
            String::new()
        }),
        port: port.given().map_or(TLS_PORT, u16::from_json),
    };
    if endpoint.port == 0 {
        port.refuse("0 is not a port (1 to 65535)".to_owned());
    }
    endpoint
}

fn https(node: &Node<'_>) -> HttpsUrl {
    HttpsUrl::parse(node.text()).unwrap_or_else(|problem| {
        node.refuse(problem);
        HttpsUrl {
            host: String::new(),
            port: TLS_PORT,
            path: String::new(),
        }
    })
}

fn control(node: &Node<'_>) -> HttpsUrl {
    let control = https(node);
    if is_loopback(&control.host) {
        node.refuse(format!(
            "“{}” is this very computer; name a host on the internet",
            control.host
        ));
    }
    control
}

fn relay(node: &Node<'_>) -> String {
    node.refuse_others(&["url"]);
    let node = node.field("url");
    let url = node.text();
    let mut base = url.to_owned();
    if !base.ends_with('/') {
        base.push('/');
    }
    let acceptable = if let Some(rest) = base.strip_prefix("http://") {
        // A relay without TLS is of use only on this very computer.
        let authority = rest.split('/').next().unwrap_or_default();
        let host = authority
            .rsplit_once(':')
            .map_or(authority, |(host, _)| host);
        is_loopback(host)
    } else if base.starts_with("https://") {
        if let Err(problem) = HttpsUrl::parse(&base) {
            node.refuse(problem);
        }
        true
    } else {
        !base.starts_with("//") && is_plain_path(&base)
    };
    if !acceptable {
        node.refuse(format!(
            "“{url}” must be an https:// address, or a path relative to the page such as “relay/”"
        ));
    }
    base
}

fn is_plain_path(path: &str) -> bool {
    path.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte))
}

fn support(node: &Node<'_>) -> Support {
    node.refuse_others(&["name", "email", "url", "report_url"]);
    Support {
        name: node.field("name").given().map(words),
        email: node.field("email").given().map(email),
        url: node.field("url").given().map(https),
        report_url: node.field("report_url").given().map(https),
    }
}

fn email(node: &Node<'_>) -> String {
    let email = node.text();
    let plausible = email.len() <= 254
        && email.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty()
                && local
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte))
                && parse_host(host).is_ok()
        });
    if !plausible {
        node.refuse(format!("“{email}” is not an e-mail address"));
    }
    email.to_owned()
}

fn branding(node: &Node<'_>) -> Branding {
    node.refuse_others(&["name", "logo", "accent", "accent_dark", "before", "after"]);
    let accent = |key, ground| node.field(key).given().map(|node| colour(node, ground));
    let paragraph = |key| node.field(key).given().map(paragraph).unwrap_or_default();
    Branding {
        name: node.field("name").given().map(words),
        logo: node.field("logo").given().map(logo),
        accent: accent("accent", branding::LIGHT_GROUND),
        accent_dark: accent("accent_dark", branding::DARK_GROUND),
        before: paragraph("before"),
        after: paragraph("after"),
    }
}

fn logo(node: &Node<'_>) -> String {
    let logo = node.text();
    let is_relative = is_plain_path(logo) && !logo.starts_with('/') && !logo.is_empty();
    if !is_relative {
        https(node);
    }
    logo.to_owned()
}

/// A colour that people can read on the page's ground, and the page's own on it.
fn colour(node: &Node<'_>, ground: Colour) -> Colour {
    let text = node.text();
    let Some(colour) = Colour::parse(text) else {
        node.refuse(format!("“{text}” is not a colour such as #0b5cad"));
        return ground;
    };
    let contrast = colour.contrast(ground);
    if contrast < branding::CONTRAST_MIN {
        node.refuse(format!(
            "“{text}” has a contrast of {} to 1 on the page's ground {ground}; at least {} to 1 is needed (WCAG 2.2, 1.4.3)",
            tenths(contrast),
            tenths(branding::CONTRAST_MIN)
        ));
    }
    colour
}

fn paragraph(node: &Node<'_>) -> LocalizedText {
    node.refuse_others(&Lang::KEYS);
    let mut words = Vec::new();
    for lang in Lang::ALL {
        if let Some(node) = node.field(lang.key()).given() {
            words.push((lang, printable(node, PARAGRAPH_MAX)));
        }
    }
    LocalizedText(words)
}

fn language(node: &Node<'_>) -> Lang {
    Lang::from_tag(node.text()).unwrap_or_else(|| {
        let keys = Lang::KEYS.join(", ");
        node.refuse(format!("“{}” is not one of {keys}", node.text()));
        Lang::En
    })
}

fn thresholds(node: &Node<'_>) -> Thresholds {
    node.refuse_others(&["slow_ms"]);
    let mut thresholds = Thresholds::default();
    if let Some(node) = node.field("slow_ms").given() {
        thresholds.slow_ms = node.number();
        if !(50.0..=30_000.0).contains(&thresholds.slow_ms) {
            let shown = tenths(thresholds.slow_ms);
            node.refuse(format!("{shown} is not between 50 and 30000 milliseconds"));
        }
    }
    thresholds
}

fn watch_pace(node: &Node<'_>) -> u32 {
    node.refuse_others(&["pace"]);
    let node = node.field("pace");
    let pace = node.given().map_or(1, u32::from_json);
    if !(1..=PACE_MAX).contains(&pace) {
        node.refuse(format!("{pace} is not between 1 and {PACE_MAX}"));
    }
    pace
}

/// Words that are shown as a name.
fn words(node: &Node<'_>) -> String {
    printable(node, WORDS_MAX)
}

/// Words that are shown: not empty, short, and without control or bidirectional characters that could
/// make a report read as something else.
fn printable(node: &Node<'_>, max: usize) -> String {
    let text = node.text();
    if !is_printable(text, max) {
        node.refuse(format!("it must have 1 to {max} printable characters"));
    }
    text.to_owned()
}
