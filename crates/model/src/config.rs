//! `config.json`: what an operator may set beside `index.html`, read with errors that name the place.

mod embedded;
mod read;
mod source;
mod values;

use read::{ConfigFile, Object};
pub use source::{ConfigSource, ConfigTrouble, StandIn};

use crate::address::HttpsUrl;
use crate::branding::Branding;
use crate::catalogue::Catalogue;
use crate::lang::Lang;
use crate::plain::is_plain;
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
    /// Time multiplier of the watch for tests; 1 in production.
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

/// Reads a `config.json`.
///
/// # Errors
/// The place and the problem; nothing of a bad file is used.
pub fn parse(text: &str) -> Result<Config, ConfigError> {
    if text.len() > CONFIG_MAX {
        return Err(ConfigError {
            place: "the file".to_owned(),
            problem: format!(
                "it has {} bytes, more than the {CONFIG_MAX} allowed",
                text.len()
            ),
        });
    }
    read::parse(text).map(|Object::<ConfigFile>(file)| file.into())
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

#[cfg(test)]
mod tests {
    use super::{Config, parse};
    use crate::lang::Lang;

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
            ("{} x".to_owned(), "line 1, column 4: trailing characters"),
            (
                r#"{"relays": [{"url": 3}]}"#.to_owned(),
                "(relays[0].url): invalid type",
            ),
            (
                r#"{"relays": [{"url": "http://relay.example/"}]}"#.to_owned(),
                "line 1, column 43 (relays[0].url): “http://relay.example/” must be an https://",
            ),
            (
                r#"{"relays": [{"url": "//evil.example/"}]}"#.to_owned(),
                "(relays[0].url):",
            ),
            (
                r#"{"relays": [{"url": "javascript:alert(1)"}]}"#.to_owned(),
                "(relays[0].url):",
            ),
            (
                r#"{"relays": [{"url": "http://localhost:1@evil.example/"}]}"#.to_owned(),
                "(relays[0].url):",
            ),
            (
                r#"{"watch": [20]}"#.to_owned(),
                "line 1, column 10 (watch): invalid type: sequence, expected an object",
            ),
            (
                r#"{"relays": [{"ur"#.to_owned(),
                "line 1, column 16 (relays[0]): EOF while parsing a string",
            ),
            (catalogue(""), "(catalogue.regions): the list is empty"),
            (
                catalogue(&format!("{good},{good}")),
                "(catalogue.regions): “a” is used twice, by [0].id and [1].id",
            ),
            (
                catalogue(&region("network", "https://a.example/", "b.example")),
                "(catalogue.regions[0].id): “network”",
            ),
            (
                catalogue(&region("a", "http://a.example/", "b.example")),
                "(catalogue.regions[0].https.url):",
            ),
            (
                catalogue(&region("a", "https://a.example/", "10.0.0.1")),
                "(catalogue.regions[0].tcp.host): “10.0.0.1” is an IP address",
            ),
            (
                r#"{"controls": ["https://localhost/"]}"#.to_owned(),
                "(controls[0]): “localhost” is this very computer",
            ),
            (
                r#"{"report_language": "de"}"#.to_owned(),
                "(report_language): “de”",
            ),
            (
                r#"{"support": {"email": "nobody"}}"#.to_owned(),
                "(support.email):",
            ),
            (
                r#"{"support": {"report_url": "http://desk.example/"}}"#.to_owned(),
                "(support.report_url): “http://desk.example/” must begin with https://",
            ),
            (
                r##"{"branding": {"accent": "#ffcc00"}}"##.to_owned(),
                "(branding.accent): “#ffcc00” has a contrast of 1.4 to 1",
            ),
            (
                r##"{"branding": {"accent_dark": "#0b5cad"}}"##.to_owned(),
                "(branding.accent_dark): “#0b5cad” has a contrast of",
            ),
            (
                r#"{"branding": {"logo": "javascript:alert(1)"}}"#.to_owned(),
                "(branding.logo): “javascript:alert(1)” must begin with https://",
            ),
            (
                r#"{"branding": {"before": {"fr": ""}}}"#.to_owned(),
                "(branding.before.fr): it must have 1 to 400",
            ),
            (
                r#"{"watch": {"pace": 0}}"#.to_owned(),
                "(watch.pace): 0 is not between 1 and 120",
            ),
            (
                r#"{"thresholds": {"slow_ms": 0}}"#.to_owned(),
                "(thresholds.slow_ms): 0 is not between 50",
            ),
            (
                catalogue(
                    r#"{"id":"a","country":"C","name":"N","https":{"url":"https://a.example/","image":"https://b.example/i.png"},"tcp":{"host":"t.example"}}"#,
                ),
                "(catalogue.regions[0].https): the image is on b.example",
            ),
        ] {
            let error = error_of(&text);
            assert!(error.contains(expected), "{text}\n  {error}\n  {expected}");
        }
    }

    #[test]
    fn a_mistake_in_the_last_value_of_an_object_is_on_its_own_line() {
        for (text, expected) in [
            (
                "{\n  \"report_language\": \"de\"\n}",
                "line 2, column 25 (report_language): “de” is not one of en, fr, es, pt",
            ),
            (
                "{\"watch\": {\n  \"pace\": 1.5\n}}",
                "line 2, column 13 (watch.pace): 1.5 is not between 1 and 120",
            ),
            (
                "{\"branding\": {\"after\": {\n  \"fr\": \"a\",\n  \"fr\": \"b\"}}}",
                "(branding.after): duplicate field `fr`",
            ),
            (
                "{\"relays\": [],\n \"relays\": []}",
                "line 2, column 9: duplicate field `relays`",
            ),
        ] {
            let error = error_of(text);
            assert!(error.contains(expected), "{text}\n  {error}\n  {expected}");
        }
    }

    #[test]
    fn what_is_null_has_its_default() {
        let text = r#"{"catalogue": null, "relays": null, "support": {"email": null}, "branding": {"before": {"fr": null}},
            "report_language": null, "watch": {"pace": null}, "plain_tcp_probe": null}"#;
        assert_eq!(parse(text), Ok(Config::default()));
    }

    #[test]
    fn words_cannot_turn_the_reading_direction() {
        let text = "{\"catalogue\":{\"provider\":\"P\u{202e}gpj\",\"regions\":[]}}";
        assert!(parse(text).is_err());
    }
}
