//! Single values of `config.json`. Each is checked where it is read, so that a mistake is told with its line and column.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

use super::{WORDS_MAX, is_id, is_printable};
use crate::address::{HttpsUrl, UrlParts, is_loopback, parse_host};
use crate::branding::{CONTRAST_MIN, Colour, DARK_GROUND, LIGHT_GROUND};
use crate::figures::tenths;
use crate::lang::Lang;

/// Faster than this, half an hour of silence would last less than the way there and back.
const PACE_MAX: u32 = 120;
/// A paragraph's length, in characters: two or three sentences.
const PARAGRAPH_MAX: usize = 400;

/// Declares values that are read from a text or a number by a function, which checks them.
macro_rules! values {
    ($($(#[$doc:meta])* $name:ident($value:ty) = $method:ident($visitor:ident, $read:expr);)+) => {
        $(
            $(#[$doc])*
            pub(super) struct $name(pub(super) $value);

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    deserializer.$method($visitor($read)).map(Self)
                }
            }
        )+
    };
}

values! {
    /// Words that are shown as a name.
    Name(String) = deserialize_str(Text, |text| printable(text, WORDS_MAX));
    /// A paragraph of the operator's.
    Paragraph(String) = deserialize_str(Text, |text| printable(text, PARAGRAPH_MAX));
    /// Id of a region.
    Id(String) = deserialize_str(Text, id);
    /// Name of a host.
    Host(String) = deserialize_str(Text, parse_host);
    /// Address of something on the web.
    Url(HttpsUrl) = deserialize_str(Text, HttpsUrl::parse);
    /// Address that answers whenever the internet does.
    Control(HttpsUrl) = deserialize_str(Text, control);
    /// Base address of a relay, with a `/` at its end.
    RelayBase(String) = deserialize_str(Text, relay);
    /// E-mail address.
    Email(String) = deserialize_str(Text, email);
    /// Address of a picture: relative to the page, or `https://`.
    Logo(String) = deserialize_str(Text, logo);
    /// Colour that can be read on the page's light ground.
    AccentOnLight(Colour) = deserialize_str(Text, |text| colour(text, LIGHT_GROUND));
    /// Colour that can be read on the page's dark ground.
    AccentOnDark(Colour) = deserialize_str(Text, |text| colour(text, DARK_GROUND));
    /// Language, by its tag.
    Language(Lang) = deserialize_str(Text, language);
    /// Language, by its key.
    LangKey(Lang) = deserialize_str(Text, lang_key);
    /// TCP port.
    Port(u16) = deserialize_u64(Number, port);
    /// Time multiplier of the watch.
    Pace(u32) = deserialize_u64(Number, pace);
    /// Limit of a slow answer, in milliseconds.
    SlowMs(f64) = deserialize_f64(Number, slow_ms);
}

/// Reads a text by a function.
struct Text<T>(fn(&str) -> Result<T, String>);

impl<T> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).map_err(E::custom)
    }
}

/// Reads a number by a function.
struct Number<T>(fn(f64) -> Result<T, String>);

#[expect(
    clippy::cast_precision_loss,
    reason = "no setting comes near 53 bits: whatever is beyond is refused"
)]
impl<T> Visitor<'_> for Number<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        self.visit_f64(number as f64)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        self.visit_f64(number as f64)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        (self.0)(number).map_err(E::custom)
    }
}

/// Text that can be shown: not empty, short, and without control or bidirectional characters that could make a report
/// read as something else.
fn printable(text: &str, max: usize) -> Result<String, String> {
    if !is_printable(text, max) {
        return Err(format!("it must have 1 to {max} printable characters"));
    }
    Ok(text.to_owned())
}

fn id(text: &str) -> Result<String, String> {
    if !is_id(text) {
        return Err(format!(
            "“{text}” is not an id (1 to 40 of a-z, 0-9 and “-”, not “network”)"
        ));
    }
    Ok(text.to_owned())
}

fn control(text: &str) -> Result<HttpsUrl, String> {
    let control = HttpsUrl::parse(text)?;
    if is_loopback(&control.host) {
        return Err(format!(
            "“{}” is this very computer; name a host on the internet",
            control.host
        ));
    }
    Ok(control)
}

fn relay(url: &str) -> Result<String, String> {
    let mut base = url.to_owned();
    if !base.ends_with('/') {
        base.push('/');
    }
    let is_acceptable = if base.starts_with("http://") {
        // A relay without TLS is of use only on this very computer.
        UrlParts::of(&base).is_some_and(|parts| is_loopback(parts.host))
    } else if base.starts_with("https://") {
        HttpsUrl::parse(&base)?;
        true
    } else {
        !base.starts_with("//") && is_plain_path(&base)
    };
    if !is_acceptable {
        return Err(format!(
            "“{url}” must be an https:// address, or a path relative to the page such as “relay/”"
        ));
    }
    Ok(base)
}

fn is_plain_path(path: &str) -> bool {
    path.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte))
}

fn email(email: &str) -> Result<String, String> {
    let is_plausible = email.len() <= 254
        && email.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty()
                && local
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte))
                && parse_host(host).is_ok()
        });
    if !is_plausible {
        return Err(format!("“{email}” is not an e-mail address"));
    }
    Ok(email.to_owned())
}

fn logo(logo: &str) -> Result<String, String> {
    let is_relative = is_plain_path(logo) && !logo.starts_with('/') && !logo.is_empty();
    if !is_relative {
        HttpsUrl::parse(logo)?;
    }
    Ok(logo.to_owned())
}

/// Colour that people can read on the page's ground, and the page's own on it.
fn colour(text: &str, ground: Colour) -> Result<Colour, String> {
    let colour =
        Colour::parse(text).ok_or_else(|| format!("“{text}” is not a colour such as #0b5cad"))?;
    let contrast = colour.contrast(ground);
    if contrast < CONTRAST_MIN {
        return Err(format!(
            "“{text}” has a contrast of {} to 1 on the page's ground {ground}; at least {} to 1 is needed (WCAG 2.2, 1.4.3)",
            tenths(contrast),
            tenths(CONTRAST_MIN)
        ));
    }
    Ok(colour)
}

fn language(tag: &str) -> Result<Lang, String> {
    Lang::from_tag(tag).ok_or_else(|| format!("“{tag}” is not one of {}", Lang::KEYS.join(", ")))
}

fn lang_key(key: &str) -> Result<Lang, String> {
    let lang = Lang::ALL.into_iter().find(|lang| lang.key() == key);
    lang.ok_or_else(|| {
        let keys = Lang::KEYS.map(|key| format!("`{key}`")).join(", ");
        format!("unknown field `{key}`, expected one of {keys}")
    })
}

fn slow_ms(ms: f64) -> Result<f64, String> {
    if !(50.0..=30_000.0).contains(&ms) {
        return Err(format!(
            "{} is not between 50 and 30000 milliseconds",
            shown(ms)
        ));
    }
    Ok(ms)
}

fn port(number: f64) -> Result<u16, String> {
    whole(number, u16::MAX.into())
        .and_then(|port| u16::try_from(port).ok())
        .ok_or_else(|| format!("{} is not a port (1 to 65535)", shown(number)))
}

fn pace(number: f64) -> Result<u32, String> {
    whole(number, PACE_MAX)
        .ok_or_else(|| format!("{} is not between 1 and {PACE_MAX}", shown(number)))
}

/// With a decimal where it has one.
fn shown(number: f64) -> String {
    let shown = tenths(number).to_string();
    shown.strip_suffix(".0").map(str::to_owned).unwrap_or(shown)
}

/// The whole number from 1 to `max` that it is.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is within the range"
)]
fn whole(number: f64, max: u32) -> Option<u32> {
    ((1.0..=f64::from(max)).contains(&number) && number.trunc() == number).then_some(number as u32)
}
