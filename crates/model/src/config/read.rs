//! The shape of `config.json`, and the check of each of its values.
//!
//! No type here is untagged, flattened or internally tagged: serde sets aside what those read before it looks at it, and
//! with it the line and column of a mistake.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::values::{
    AccentOnDark, AccentOnLight, Control, Email, Host, Id, LangKey, Language, Logo, Name, Pace,
    Paragraph, Port, RelayBase, SlowMs, Url,
};
use super::{Config, ConfigError, REGIONS_MAX, Support};
use crate::branding::{Branding, LocalizedText};
use crate::catalogue::{Catalogue, Region, TcpEndpoint};
use crate::lang::Lang;
use crate::thresholds::Thresholds;

/// The port of a TCP endpoint that names none.
const TLS_PORT: u16 = 443;
const RELAYS_MAX: usize = 4;
const CONTROLS_MAX: usize = 8;

/// Reads a text that holds one value and nothing else.
pub(super) fn parse<'text, T: Deserialize<'text>>(text: &'text str) -> Result<T, ConfigError> {
    let mut json = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| placed(&error.path().to_string(), &error.into_inner()))?;
    json.end().map_err(|error| placed(".", &error))?;
    Ok(value)
}

/// Splits what serde_json says into place and problem. `path` is `.` where the mistake is in no value, and ends in `?`
/// where it is in a key.
fn placed(path: &str, error: &serde_json::Error) -> ConfigError {
    let (line, column) = (error.line(), error.column());
    let problem = error.to_string();
    let suffix = format!(" at line {line} column {column}");
    let path = match path.trim_end_matches(['.', '?']) {
        "" => String::new(),
        path => format!(" ({path})"),
    };
    ConfigError {
        place: format!("line {line}, column {column}{path}"),
        problem: problem.strip_suffix(&suffix).unwrap_or(&problem).to_owned(),
    }
}

/// All settings. What is missing or `null` has its default.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConfigFile {
    /// For editors: the one name that is no setting's.
    #[serde(rename = "$schema")]
    _schema: Option<String>,
    catalogue: Option<Object<CatalogueFile>>,
    relays: Option<List<Object<RelayFile>, RELAYS_MAX>>,
    controls: Option<List<Control, CONTROLS_MAX>>,
    support: Option<Object<SupportFile>>,
    branding: Option<Object<BrandingFile>>,
    report_language: Option<Language>,
    thresholds: Option<Object<ThresholdsFile>>,
    watch: Option<Object<WatchFile>>,
    plain_tcp_probe: Option<bool>,
}

/// Regions and endpoints.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CatalogueFile {
    provider: Name,
    source: Option<Name>,
    regions: Regions,
}

#[derive(Deserialize)]
#[serde(try_from = "List<Object<RegionFile>, REGIONS_MAX>")]
struct Regions(Vec<Object<RegionFile>>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegionFile {
    id: Id,
    country: Name,
    name: Name,
    https: HttpsEndpoint,
    tcp: Object<TcpFile>,
}

/// An HTTPS endpoint, whose image is on its own host.
#[derive(Deserialize)]
#[serde(try_from = "Object<HttpsFile>")]
struct HttpsEndpoint(HttpsFile);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HttpsFile {
    url: Url,
    image: Option<Url>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TcpFile {
    host: Host,
    port: Option<Port>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RelayFile {
    url: RelayBase,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct SupportFile {
    name: Option<Name>,
    email: Option<Email>,
    url: Option<Url>,
    report_url: Option<Url>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BrandingFile {
    name: Option<Name>,
    logo: Option<Logo>,
    accent: Option<AccentOnLight>,
    accent_dark: Option<AccentOnDark>,
    before: Option<LocalizedText>,
    after: Option<LocalizedText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThresholdsFile {
    slow_ms: Option<SlowMs>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WatchFile {
    pace: Option<Pace>,
}

/// A JSON object. By themselves, serde's structs also take a list, of their fields' values.
pub(super) struct Object<T>(pub(super) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnObject<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for AnObject<T> {
            type Value = T;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map))
            }
        }

        deserializer
            .deserialize_map(AnObject(PhantomData))
            .map(Self)
    }
}

/// A list of at most `MAX` items.
#[derive(Deserialize)]
#[serde(try_from = "Vec<T>", bound = "T: Deserialize<'de>")]
struct List<T, const MAX: usize>(Vec<T>);

impl<T, const MAX: usize> TryFrom<Vec<T>> for List<T, MAX> {
    type Error = String;

    fn try_from(items: Vec<T>) -> Result<Self, String> {
        if items.len() > MAX {
            return Err(format!("more than {MAX} entries"));
        }
        Ok(Self(items))
    }
}

impl TryFrom<List<Object<RegionFile>, REGIONS_MAX>> for Regions {
    type Error = String;

    fn try_from(List(regions): List<Object<RegionFile>, REGIONS_MAX>) -> Result<Self, String> {
        if regions.is_empty() {
            return Err("the list is empty; give at least one region".to_owned());
        }
        for (index, Object(region)) in regions.iter().enumerate() {
            let id = &region.id.0;
            let is_same = |Object(other): &Object<RegionFile>| other.id.0 == *id;
            if let Some(first) = regions[..index].iter().position(is_same) {
                return Err(format!(
                    "“{id}” is used twice, by [{first}].id and [{index}].id; ids must differ"
                ));
            }
        }
        Ok(Self(regions))
    }
}

impl TryFrom<Object<HttpsFile>> for HttpsEndpoint {
    type Error = String;

    fn try_from(Object(file): Object<HttpsFile>) -> Result<Self, String> {
        let endpoint = &file.url.0;
        let is_elsewhere =
            |image: &&Url| (&image.0.host, image.0.port) != (&endpoint.host, endpoint.port);
        match file.image.as_ref().filter(is_elsewhere) {
            Some(Url(image)) => Err(format!(
                "the image is on {}, not on the endpoint's own host {}",
                image.host, endpoint.host
            )),
            None => Ok(Self(file)),
        }
    }
}

/// Reads an object whose keys are languages' keys.
impl<'de> Deserialize<'de> for LocalizedText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ByLanguage;

        impl<'de> Visitor<'de> for ByLanguage {
            type Value = LocalizedText;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut texts: Vec<(Lang, String)> = Vec::new();
                while let Some(LangKey(lang)) = map.next_key()? {
                    if texts.iter().any(|(other, _)| *other == lang) {
                        let problem = format!("duplicate field `{}`", lang.key());
                        return Err(A::Error::custom(problem));
                    }
                    if let Some(Paragraph(text)) = map.next_value()? {
                        texts.push((lang, text));
                    }
                }
                Ok(LocalizedText(texts))
            }
        }

        deserializer.deserialize_map(ByLanguage)
    }
}

impl From<ConfigFile> for Config {
    fn from(file: ConfigFile) -> Self {
        let defaults = Self::default();
        let relays = file.relays.map_or_else(Vec::new, |List(relays)| relays);
        let controls = file
            .controls
            .map_or_else(Vec::new, |List(controls)| controls);
        let slow_ms = file.thresholds.and_then(|Object(file)| file.slow_ms);
        let pace = file.watch.and_then(|Object(file)| file.pace);
        let support = file.support.map(|Object(file)| file).unwrap_or_default();
        Self {
            catalogue: file
                .catalogue
                .map_or(defaults.catalogue, |Object(file)| file.into()),
            relays: relays
                .into_iter()
                .map(|Object(relay)| relay.url.0)
                .collect(),
            controls: controls.into_iter().map(|Control(url)| url).collect(),
            support: Support {
                name: support.name.map(|Name(name)| name),
                email: support.email.map(|Email(email)| email),
                url: support.url.map(|Url(url)| url),
                report_url: support.report_url.map(|Url(url)| url),
            },
            branding: file
                .branding
                .map_or(defaults.branding, |Object(file)| file.into()),
            report_language: file
                .report_language
                .map_or(defaults.report_language, |Language(lang)| lang),
            thresholds: slow_ms.map_or(defaults.thresholds, |SlowMs(slow_ms)| Thresholds {
                slow_ms,
            }),
            watch_pace: pace.map_or(defaults.watch_pace, |Pace(pace)| pace),
            plain_tcp_probe: file.plain_tcp_probe.unwrap_or(defaults.plain_tcp_probe),
        }
    }
}

impl From<BrandingFile> for Branding {
    fn from(file: BrandingFile) -> Self {
        Self {
            name: file.name.map(|Name(name)| name),
            logo: file.logo.map(|Logo(logo)| logo),
            accent: file.accent.map(|AccentOnLight(colour)| colour),
            accent_dark: file.accent_dark.map(|AccentOnDark(colour)| colour),
            before: file.before.unwrap_or_default(),
            after: file.after.unwrap_or_default(),
        }
    }
}

impl From<CatalogueFile> for Catalogue {
    fn from(file: CatalogueFile) -> Self {
        let regions = file.regions.0.into_iter();
        Self {
            provider: file.provider.0,
            source: file
                .source
                .map_or_else(|| "config.json".to_owned(), |Name(source)| source),
            regions: regions.map(|Object(file)| file.into()).collect(),
        }
    }
}

impl From<RegionFile> for Region {
    fn from(file: RegionFile) -> Self {
        let (HttpsEndpoint(https), Object(tcp)) = (file.https, file.tcp);
        Self {
            id: file.id.0,
            country: file.country.0,
            name: file.name.0,
            https: https.url.0,
            image: https.image.map(|Url(image)| image),
            tcp: TcpEndpoint {
                host: tcp.host.0,
                port: tcp.port.map_or(TLS_PORT, |Port(port)| port),
            },
        }
    }
}
