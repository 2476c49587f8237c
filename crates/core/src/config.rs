//! `config.json`: what an operator may set beside `index.html`, read with errors that name the place.

use reachcheck_wire::fields;
use reachcheck_wire::json::{self, FromJson, Mistake, Value};

use crate::address::{HttpsUrl, is_loopback, parse_host};
use crate::branding::{self, Branding, Colour, Words};
use crate::catalogue::{Catalogue, Region, TcpEndpoint};
use crate::figures::tenths;
use crate::text::{Lang, is_plain};
use crate::thresholds::Thresholds;

/// Everything the page can be told, with defaults for all of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Regions and endpoints.
    pub catalogue: Catalogue,
    /// Base addresses of relays, each ending in `/`; relative ones are resolved against the page.
    pub relays: Vec<String>,
    /// Further HTTPS addresses that answer whenever the internet does.
    pub controls: Vec<HttpsUrl>,
    /// Who helps the agent.
    pub support: Support,
    /// How the page looks and what it says beside its own words.
    pub branding: Branding,
    /// The language of the report, whatever the page speaks.
    pub report_language: Lang,
    /// Numbers that an operator may move.
    pub thresholds: Thresholds,
    /// Whether WebRTC may open a plain TCP connection to each TCP endpoint once a run. It proves more, and
    /// sends a few bytes of a protocol that the endpoint does not know.
    pub plain_tcp_probe: bool,
    /// By how much a watch lets time run faster: for trials of the watch itself. 1 elsewhere.
    pub watch_pace: u32,
}

/// Who helps the agent. Every part may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Support {
    /// Name of the helpdesk.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Web address.
    pub url: Option<HttpsUrl>,
    /// Where the page may post a report as JSON, when the agent presses Send.
    pub report_url: Option<HttpsUrl>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            catalogue: Catalogue::embedded(),
            relays: Vec::new(),
            controls: Vec::new(),
            support: Support::default(),
            branding: Branding::default(),
            report_language: Lang::En,
            thresholds: Thresholds::default(),
            plain_tcp_probe: true,
            watch_pace: 1,
        }
    }
}

/// Why a settings file was not taken. For operators, so in English like the keys it speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// Where: `line 3, column 7`, or the path of a key, or both.
    pub place: String,
    /// What is wrong there, and what it should be.
    pub problem: String,
}

impl std::fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}", self.place, self.problem)
    }
}

impl std::error::Error for ConfigError {}

/// Largest settings file that is read, in bytes. The default catalogue is 1.3 KB; 100 regions are 30 KB.
pub const CONFIG_MAX: usize = 256 * 1024;
/// More regions than this no agent can read, and the relay would not dial.
pub const REGIONS_MAX: usize = 32;
/// Faster than this, half an hour of silence would last less than the way there and back.
const PACE_MAX: u32 = 120;
/// The port of a TCP endpoint that names none.
const TLS_PORT: u16 = 443;
const RELAYS_MAX: usize = 4;
const CONTROLS_MAX: usize = 8;

struct RawConfig {
    catalogue: Option<RawCatalogue>,
    relays: Option<Vec<RawRelay>>,
    controls: Option<Vec<String>>,
    support: Option<RawSupport>,
    branding: Option<RawBranding>,
    report_language: Option<String>,
    thresholds: Option<RawThresholds>,
    watch: Option<RawWatch>,
    plain_tcp_probe: Option<bool>,
}

impl FromJson for RawConfig {
    fn from_json(value: &Value) -> Result<Self, Mistake> {
        let object = value.object()?;
        object.refuse_others(&[
            // For editors: the one name that is no field's.
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
        ])?;
        object.take::<Option<String>>("$schema")?;
        Ok(Self {
            catalogue: object.take("catalogue")?,
            relays: object.take("relays")?,
            controls: object.take("controls")?,
            support: object.take("support")?,
            branding: object.take("branding")?,
            report_language: object.take("report_language")?,
            thresholds: object.take("thresholds")?,
            watch: object.take("watch")?,
            plain_tcp_probe: object.take("plain_tcp_probe")?,
        })
    }
}

struct RawCatalogue {
    provider: String,
    source: Option<String>,
    regions: Vec<RawRegion>,
}

fields!(strict RawCatalogue { provider, source, regions });

struct RawRegion {
    id: String,
    country: String,
    name: String,
    https: RawHttps,
    tcp: RawTcp,
}

fields!(strict RawRegion { id, country, name, https, tcp });

struct RawHttps {
    url: String,
    image: Option<String>,
}

fields!(strict RawHttps { url, image });

struct RawTcp {
    host: String,
    port: Option<u16>,
}

fields!(strict RawTcp { host, port });

struct RawRelay {
    url: String,
}

fields!(strict RawRelay { url });

struct RawSupport {
    name: Option<String>,
    email: Option<String>,
    url: Option<String>,
    report_url: Option<String>,
}

fields!(strict RawSupport { name, email, url, report_url });

struct RawBranding {
    name: Option<String>,
    logo: Option<String>,
    accent: Option<String>,
    accent_dark: Option<String>,
    before: Option<RawWords>,
    after: Option<RawWords>,
}

fields!(strict RawBranding { name, logo, accent, accent_dark, before, after });

struct RawWords {
    en: Option<String>,
    fr: Option<String>,
    es: Option<String>,
}

fields!(strict RawWords { en, fr, es });

struct RawWatch {
    pace: Option<u32>,
}

fields!(strict RawWatch { pace });

struct RawThresholds {
    slow_ms: Option<f64>,
}

fields!(strict RawThresholds { slow_ms });

/// What a check gives. In a box, the mistake is one word instead of six, passed on at every turn.
type Checked<T> = Result<T, Box<ConfigError>>;

#[cold]
fn wrong(place: String, problem: String) -> Box<ConfigError> {
    Box::new(ConfigError { place, problem })
}

/// Reads a `config.json`.
///
/// # Errors
/// The place and the problem; nothing of a bad file is used.
pub fn parse(text: &str) -> Result<Config, ConfigError> {
    check(text).map_err(|error| *error)
}

fn check(text: &str) -> Checked<Config> {
    if text.len() > CONFIG_MAX {
        return Err(wrong(
            "the file".to_owned(),
            format!(
                "it has {} bytes, more than the {CONFIG_MAX} allowed",
                text.len()
            ),
        ));
    }
    let raw: RawConfig = parse_json(text)?;
    let mut config = Config::default();
    if let Some(catalogue) = raw.catalogue {
        config.catalogue = check_catalogue(catalogue, "catalogue")?;
    }
    for (index, relay) in raw.relays.unwrap_or_default().into_iter().enumerate() {
        let place = format!("relays[{index}].url");
        at_most(index, RELAYS_MAX, "relays")?;
        config.relays.push(check_relay(&relay.url, &place)?);
    }
    for (index, control) in raw.controls.unwrap_or_default().iter().enumerate() {
        at_most(index, CONTROLS_MAX, "controls")?;
        let place = format!("controls[{index}]");
        let control = HttpsUrl::parse(control).map_err(at(place.clone()))?;
        if is_loopback(&control.host) {
            return Err(wrong(
                place,
                format!(
                    "“{}” is this very computer; name a host on the internet",
                    control.host
                ),
            ));
        }
        config.controls.push(control);
    }
    if let Some(support) = raw.support {
        config.support = check_support(support)?;
    }
    if let Some(branding) = raw.branding {
        config.branding = check_branding(branding)?;
    }
    if let Some(language) = raw.report_language {
        config.report_language = Lang::from_tag(&language).ok_or_else(|| {
            wrong(
                "report_language".to_owned(),
                format!("“{language}” is not one of en, fr, es"),
            )
        })?;
    }
    if let Some(slow_ms) = raw.thresholds.and_then(|thresholds| thresholds.slow_ms) {
        if !(50.0..=30_000.0).contains(&slow_ms) {
            return Err(wrong(
                "thresholds.slow_ms".to_owned(),
                format!(
                    "{} is not between 50 and 30000 milliseconds",
                    tenths(slow_ms)
                ),
            ));
        }
        config.thresholds.slow_ms = slow_ms;
    }
    if let Some(pace) = raw.watch.and_then(|watch| watch.pace) {
        if !(1..=PACE_MAX).contains(&pace) {
            return Err(wrong(
                "watch.pace".to_owned(),
                format!("{pace} is not between 1 and {PACE_MAX}"),
            ));
        }
        config.watch_pace = pace;
    }
    if let Some(wanted) = raw.plain_tcp_probe {
        config.plain_tcp_probe = wanted;
    }
    Ok(config)
}

/// The embedded catalogue goes through the very same checks.
pub(crate) fn parse_embedded_catalogue(text: &str) -> Catalogue {
    parse_json(text)
        .and_then(|raw| check_catalogue(raw, "catalogue"))
        .expect("the embedded catalogue is valid: `the_embedded_catalogue_is_the_providers_table`")
}

fn parse_json<T: FromJson>(text: &str) -> Checked<T> {
    json::read(text).map_err(|error| {
        let (line, column) = error.position;
        let mut place = format!("line {line}, column {column}");
        if !error.path.is_empty() {
            place = format!("{place} ({})", error.path);
        }
        wrong(place, error.problem)
    })
}

fn at(place: String) -> impl FnOnce(String) -> Box<ConfigError> {
    move |problem| wrong(place, problem)
}

fn at_most(index: usize, max: usize, list: &str) -> Checked<()> {
    if index < max {
        return Ok(());
    }
    Err(wrong(list.to_owned(), format!("more than {max} entries")))
}

fn check_catalogue(raw: RawCatalogue, place: &str) -> Checked<Catalogue> {
    if raw.regions.is_empty() {
        return Err(wrong(
            format!("{place}.regions"),
            "the list is empty; give at least one region".to_owned(),
        ));
    }
    let mut regions: Vec<Region> = Vec::with_capacity(raw.regions.len());
    for (index, region) in raw.regions.into_iter().enumerate() {
        at_most(index, REGIONS_MAX, &format!("{place}.regions"))?;
        let place = format!("{place}.regions[{index}]");
        let region = check_region(region, &place)?;
        if regions.iter().any(|other| other.id == region.id) {
            return Err(wrong(
                format!("{place}.id"),
                format!("“{}” is used twice; ids must differ", region.id),
            ));
        }
        regions.push(region);
    }
    Ok(Catalogue {
        provider: check_words(raw.provider, &format!("{place}.provider"))?,
        source: match raw.source {
            Some(source) => check_words(source, &format!("{place}.source"))?,
            None => "config.json".to_owned(),
        },
        regions,
    })
}

fn check_region(raw: RawRegion, place: &str) -> Checked<Region> {
    if !is_id(&raw.id) {
        return Err(wrong(
            format!("{place}.id"),
            format!(
                "“{}” is not an id (1 to 40 of a-z, 0-9 and “-”, not “network”)",
                raw.id
            ),
        ));
    }
    let port = raw.tcp.port.unwrap_or(TLS_PORT);
    if port == 0 {
        return Err(wrong(
            format!("{place}.tcp.port"),
            "0 is not a port (1 to 65535)".to_owned(),
        ));
    }
    let https = HttpsUrl::parse(&raw.https.url).map_err(at(format!("{place}.https.url")))?;
    let image = raw
        .https
        .image
        .map(|url| HttpsUrl::parse(&url).map_err(at(format!("{place}.https.image"))))
        .transpose()?;
    if let Some(image) = &image
        && (&image.host, image.port) != (&https.host, https.port)
    {
        return Err(wrong(
            format!("{place}.https.image"),
            format!(
                "it is on {}, not on the endpoint's own host {}",
                image.host, https.host
            ),
        ));
    }
    Ok(Region {
        country: check_words(raw.country, &format!("{place}.country"))?,
        name: check_words(raw.name, &format!("{place}.name"))?,
        https,
        image,
        tcp: TcpEndpoint {
            host: parse_host(&raw.tcp.host).map_err(at(format!("{place}.tcp.host")))?,
            port,
        },
        id: raw.id,
    })
}

/// Whether a text can be a region's id. `network` names the scope of what is not about one region.
#[must_use]
pub fn is_id(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && text != "network"
}

fn check_branding(raw: RawBranding) -> Checked<Branding> {
    let name = raw
        .name
        .map(|name| check_words(name, "branding.name"))
        .transpose()?;
    if let Some(logo) = &raw.logo {
        let is_relative = logo
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte))
            && !logo.starts_with('/')
            && !logo.is_empty();
        if !is_relative {
            HttpsUrl::parse(logo).map_err(at("branding.logo".to_owned()))?;
        }
    }
    let accent = |text: Option<String>, key: &str, ground: Colour| {
        text.map(|text| check_colour(&text, &format!("branding.{key}"), ground))
            .transpose()
    };
    Ok(Branding {
        name,
        logo: raw.logo,
        accent: accent(raw.accent, "accent", branding::LIGHT_GROUND)?,
        accent_dark: accent(raw.accent_dark, "accent_dark", branding::DARK_GROUND)?,
        before: check_paragraph(raw.before, "branding.before")?,
        after: check_paragraph(raw.after, "branding.after")?,
    })
}

/// A colour that people can read on the page's ground, and the page's own on it.
fn check_colour(text: &str, place: &str, ground: Colour) -> Checked<Colour> {
    let colour = Colour::parse(text).ok_or_else(|| {
        wrong(
            place.to_owned(),
            format!("“{text}” is not a colour such as #0b5cad"),
        )
    })?;
    let contrast = colour.contrast(ground);
    if contrast < branding::CONTRAST_MIN {
        return Err(wrong(
            place.to_owned(),
            format!(
                "“{text}” has a contrast of {} to 1 on the page's ground {ground}; at least {} to 1 is needed (WCAG 2.2, 1.4.3)",
                tenths(contrast),
                tenths(branding::CONTRAST_MIN)
            ),
        ));
    }
    Ok(colour)
}

/// A paragraph's length, in characters: two or three sentences.
const PARAGRAPH_MAX: usize = 400;

fn check_paragraph(raw: Option<RawWords>, place: &str) -> Checked<Words> {
    let mut words = Vec::new();
    let Some(raw) = raw else {
        return Ok(Words(words));
    };
    for (lang, text) in [(Lang::En, raw.en), (Lang::Fr, raw.fr), (Lang::Es, raw.es)] {
        let Some(text) = text else {
            continue;
        };
        if !is_printable(&text, PARAGRAPH_MAX) {
            let key = lang.tag().split('-').next().unwrap_or_default();
            return Err(wrong(
                format!("{place}.{key}"),
                format!("it must have 1 to {PARAGRAPH_MAX} printable characters"),
            ));
        }
        words.push((lang, text));
    }
    Ok(Words(words))
}

/// Words that are shown: not empty, short, and without control or bidirectional characters that could
/// make a report read as something else.
fn check_words(text: String, place: &str) -> Checked<String> {
    if is_printable(&text, WORDS_MAX) {
        return Ok(text);
    }
    Err(wrong(
        place.to_owned(),
        format!("it must have 1 to {WORDS_MAX} printable characters"),
    ))
}

/// Whether a text can be shown as a name: not empty, short, and without control or bidirectional characters
/// that could make a report read as something else.
#[must_use]
pub fn is_words(text: &str) -> bool {
    is_printable(text, WORDS_MAX)
}

/// A name's length, in characters.
const WORDS_MAX: usize = 80;

fn is_printable(text: &str, max: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= max && is_plain(text)
}

fn check_relay(url: &str, place: &str) -> Checked<String> {
    let base = if url.ends_with('/') {
        url.to_owned()
    } else {
        format!("{url}/")
    };
    let plain = |path: &str| {
        path.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte))
    };
    let acceptable = if let Some(rest) = base.strip_prefix("http://") {
        // A relay without TLS is of use only on this very computer.
        let authority = rest.split('/').next().unwrap_or_default();
        let host = authority
            .rsplit_once(':')
            .map_or(authority, |(host, _)| host);
        is_loopback(host)
    } else if base.starts_with("https://") {
        HttpsUrl::parse(&base).map_err(at(place.to_owned()))?;
        true
    } else {
        !base.starts_with("//") && plain(&base)
    };
    if acceptable {
        Ok(base)
    } else {
        Err(wrong(
            place.to_owned(),
            format!(
                "“{url}” must be an https:// address, or a path relative to the page such as “relay/”"
            ),
        ))
    }
}

fn check_support(raw: RawSupport) -> Checked<Support> {
    let name = raw
        .name
        .map(|name| check_words(name, "support.name"))
        .transpose()?;
    let https = |url: Option<String>, place: &str| {
        url.map(|url| HttpsUrl::parse(&url).map_err(at(place.to_owned())))
            .transpose()
    };
    let url = https(raw.url, "support.url")?;
    let report_url = https(raw.report_url, "support.report_url")?;
    if let Some(email) = &raw.email {
        let plausible = email.len() <= 254
            && email.split_once('@').is_some_and(|(local, host)| {
                !local.is_empty()
                    && local
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte))
                    && parse_host(host).is_ok()
            });
        if !plausible {
            return Err(wrong(
                "support.email".to_owned(),
                format!("“{email}” is not an e-mail address"),
            ));
        }
    }
    Ok(Support {
        name,
        email: raw.email,
        url,
        report_url,
    })
}

#[cfg(test)]
mod tests {
    use super::{Config, parse};
    use crate::text::Lang;

    fn error_of(text: &str) -> String {
        parse(text).expect_err(text).to_string()
    }

    #[test]
    fn nothing_set_is_the_default() {
        assert_eq!(parse("{}"), Ok(Config::default()));
    }

    #[test]
    fn everything_can_be_set() {
        let config = parse(
            r#"{
              "$schema": "config.schema.json",
              "catalogue": {"provider": "Example Calls", "regions": [
                {"id": "north", "country": "Norway", "name": "Oslo",
                 "https": {"url": "https://calls.example.com/api"}, "tcp": {"host": "push.example.com"}}]},
              "relays": [{"url": "https://relay.example.com"}, {"url": "relay"}],
              "controls": ["https://www.example.org/"],
              "support": {"name": "Helpdesk", "email": "help@example.com", "url": "https://help.example.com/"},
              "report_language": "fr-CA",
              "thresholds": {"slow_ms": 700},
              "watch": {"pace": 20}
            }"#,
        )
        .expect("a full file");
        assert_eq!(config.catalogue.provider, "Example Calls");
        assert_eq!(config.catalogue.regions[0].tcp.port, 443);
        assert_eq!(config.relays, ["https://relay.example.com/", "relay/"]);
        assert_eq!(config.controls[0].to_string(), "https://www.example.org/");
        assert_eq!(config.report_language, Lang::Fr);
        assert!((config.thresholds.slow_ms - 700.0).abs() < f64::EPSILON);
    }

    #[test]
    fn errors_name_the_place() {
        let region = |id: &str, url: &str, host: &str| {
            format!(
                r#"{{"id":"{id}","country":"C","name":"N","https":{{"url":"{url}"}},"tcp":{{"host":"{host}"}}}}"#
            )
        };
        let good = region("a", "https://a.example/", "b.example");
        let catalogue =
            |regions: &str| format!(r#"{{"catalogue":{{"provider":"P","regions":[{regions}]}}}}"#);
        for (text, expected) in [
            ("".to_owned(), "line 1, column 0: EOF"),
            (
                "{\n  \"relais\": []\n}".to_owned(),
                "line 2, column 10 (relais): unknown field `relais`",
            ),
            ("{} x".to_owned(), "line 1, column 4: there is more"),
            (
                r#"{"relays": [{"url": 3}]}"#.to_owned(),
                "(relays[0].url): invalid type",
            ),
            (
                r#"{"relays": [{"url": "http://relay.example/"}]}"#.to_owned(),
                "relays[0].url: “http://relay.example/” must be an https://",
            ),
            (
                r#"{"relays": [{"url": "//evil.example/"}]}"#.to_owned(),
                "relays[0].url:",
            ),
            (
                r#"{"relays": [{"url": "javascript:alert(1)"}]}"#.to_owned(),
                "relays[0].url:",
            ),
            (catalogue(""), "catalogue.regions: the list is empty"),
            (
                catalogue(&format!("{good},{good}")),
                "catalogue.regions[1].id: “a” is used twice",
            ),
            (
                catalogue(&region("network", "https://a.example/", "b.example")),
                "catalogue.regions[0].id: “network”",
            ),
            (
                catalogue(&region("a", "http://a.example/", "b.example")),
                "catalogue.regions[0].https.url:",
            ),
            (
                catalogue(&region("a", "https://a.example/", "10.0.0.1")),
                "catalogue.regions[0].tcp.host: “10.0.0.1” is an IP address",
            ),
            (
                r#"{"controls": ["https://localhost/"]}"#.to_owned(),
                "controls[0]: “localhost” is this very computer",
            ),
            (
                r#"{"report_language": "de"}"#.to_owned(),
                "report_language: “de”",
            ),
            (
                r#"{"support": {"email": "nobody"}}"#.to_owned(),
                "support.email:",
            ),
            (
                r#"{"support": {"report_url": "http://desk.example/"}}"#.to_owned(),
                "support.report_url: “http://desk.example/” must begin with https://",
            ),
            (
                r##"{"branding": {"accent": "#ffcc00"}}"##.to_owned(),
                "branding.accent: “#ffcc00” has a contrast of 1.4 to 1",
            ),
            (
                r##"{"branding": {"accent_dark": "#0b5cad"}}"##.to_owned(),
                "branding.accent_dark: “#0b5cad” has a contrast of",
            ),
            (
                r#"{"branding": {"logo": "javascript:alert(1)"}}"#.to_owned(),
                "branding.logo: “javascript:alert(1)” must begin with https://",
            ),
            (
                r#"{"branding": {"before": {"fr": ""}}}"#.to_owned(),
                "branding.before.fr: it must have 1 to 400",
            ),
            (
                r#"{"watch": {"pace": 0}}"#.to_owned(),
                "watch.pace: 0 is not between 1 and 120",
            ),
            (
                r#"{"thresholds": {"slow_ms": 0}}"#.to_owned(),
                "thresholds.slow_ms:",
            ),
            (
                catalogue(
                    r#"{"id":"a","country":"C","name":"N","https":{"url":"https://a.example/","image":"https://b.example/i.png"},"tcp":{"host":"t.example"}}"#,
                ),
                "catalogue.regions[0].https.image: it is on b.example",
            ),
        ] {
            let error = error_of(&text);
            assert!(error.contains(expected), "{text}\n  {error}\n  {expected}");
        }
    }

    #[test]
    fn words_cannot_turn_the_reading_direction() {
        let text = "{\"catalogue\":{\"provider\":\"P\u{202e}gpj\",\"regions\":[]}}";
        assert!(parse(text).is_err());
    }
}
