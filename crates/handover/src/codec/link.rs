//! Links with data, as they stand, and as mail gateways and the source of a mail have them.
//!
//! The data are letters and digits, which nobody encodes. So it is enough to find where they begin:
//!
//! | Written by | `#read=` is |
//! |---|---|
//! | safe links, link protection and redirects, percent-encoded once or more (RFC 3986, section 2.1) | `%23read%3D`, `%2523read%253D` |
//! | urldefense v2, which has `-` for `%` | `-23read-3D` |
//! | quoted-printable (RFC 2045, section 6.7), with soft line breaks anywhere | `#read=3D` |
//! | urldefense v3, which has `*` for whatever it replaces | `*read=` |

use super::block::FOUND_MAX;
use super::clean::visible;
use super::{Refusal, decode, seal, symbols};
use crate::snapshot::Snapshot;

/// What an escape begins with: percent-encoding, urldefense v2, quoted-printable, urldefense v3.
const ESCAPES: [char; 4] = ['%', '-', '=', '*'];

/// The data of every link with data in a text.
pub fn read(text: &str) -> Vec<Result<Snapshot, Refusal>> {
    let has_v3 = has_urldefense_v3(text);
    let mut found = Vec::new();
    let mut rest = text;
    // Each may promise the longest data there are, and is read as far as that, so their number bounds the time.
    while found.len() < FOUND_MAX
        && let Some(at) = rest.find(|c| c == '#' || ESCAPES.contains(&c))
    {
        let begin = Begin::of(&rest[at..]);
        rest = &rest[at + 1..];
        match begin {
            Some(begin) if !begin.is_replaced => found.extend(begin.read()),
            Some(begin) if has_v3 && begin.has_data() => {
                found.push(Err(Refusal::CharactersReplaced));
            }
            _ => {}
        }
    }
    found
}

/// Beginning of a link's data.
struct Begin<'text> {
    /// Whether `*` stands for its `#`.
    is_replaced: bool,
    /// What follows an escaped `=`, and a plain one. Behind `#read=3D`, that is two things.
    data: [Option<&'text str>; 2],
}

impl<'text> Begin<'text> {
    /// The beginning that a text begins with.
    fn of(text: &'text str) -> Option<Self> {
        let sign = behind_escaped(text, "23").or_else(|| text.strip_prefix(['#', '*']));
        let name = behind(sign?, "read")?;
        let data = [
            behind_escaped(behind_soft_breaks(name), "3D"),
            name.strip_prefix('='),
        ];
        data.iter().any(Option::is_some).then_some(Self {
            is_replaced: text.starts_with('*'),
            data,
        })
    }

    fn has_data(&self) -> bool {
        self.data
            .iter()
            .flatten()
            .any(|data| !symbols_of(data).is_empty())
    }

    /// What the data say; nothing of the address of the empty view, which has none.
    fn read(&self) -> Option<Result<Snapshot, Refusal>> {
        let data = self.data.iter().flatten().map(|data| symbols_of(data));
        let mut results = data
            .filter(|symbols| !symbols.is_empty())
            .map(|symbols| decode(&symbols::to_bytes(&symbols)));
        let first = results.next()?;
        Some(first.or_else(|refusal| results.find_map(Result::ok).ok_or(refusal)))
    }
}

/// The symbols that a text begins with. Mail programs wrap links, so spaces and quote marks between them do not end
/// them; the length that the data begin with does.
fn symbols_of(text: &str) -> Vec<u8> {
    let mut symbols = Vec::new();
    let mut wanted = usize::MAX;
    for c in visible(text) {
        if let Some(symbol) = symbols::symbol(c) {
            symbols.push(symbol);
            // The length is known from the first three bytes.
            if symbols.len() == 5 {
                wanted = seal::sealed_length(&symbols::to_bytes(&symbols))
                    .map_or(0, |length| (length * 8).div_ceil(5));
            }
        } else if !c.is_whitespace() && !">=|".contains(c) {
            break;
        }
        if symbols.len() >= wanted {
            break;
        }
    }
    symbols
}

/// Whether there is a link that urldefense v3 wrote: `https://urldefense.com/v3/__LINK__;CHARACTERS!!…`.
fn has_urldefense_v3(text: &str) -> bool {
    let mut slashes = text.match_indices('/');
    slashes.any(|(at, _)| behind(&text[at..], "/v3/__").is_some())
}

/// What follows an escaped character, encoded any number of times: `%23`, `%2523`.
fn behind_escaped<'text>(text: &'text str, code: &str) -> Option<&'text str> {
    let mut rest = text.strip_prefix(ESCAPES)?;
    while let Some(next) = behind(rest, "25") {
        rest = next;
    }
    behind(rest, code)
}

/// What follows an ASCII text in whatever case, with soft line breaks anywhere in it.
fn behind<'text>(text: &'text str, wanted: &str) -> Option<&'text str> {
    wanted.chars().try_fold(text, |text, wanted| {
        behind_soft_breaks(text).strip_prefix(|c: char| c.eq_ignore_ascii_case(&wanted))
    })
}

/// What follows the soft line breaks that a text begins with.
fn behind_soft_breaks(mut text: &str) -> &str {
    while let Some(next) = text
        .strip_prefix("=\n")
        .or_else(|| text.strip_prefix("=\r\n"))
    {
        text = next;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Begin, has_urldefense_v3};

    /// What follows an escaped `=` and a plain one.
    fn data(text: &str) -> Option<[Option<&str>; 2]> {
        Begin::of(text).map(|begin| begin.data)
    }

    #[test]
    fn a_beginning_is_known_in_every_encoding() {
        for escaped in [
            "%23read%3Dx",
            "%23READ%3dx",
            "%2523read%253Dx",
            "%252523read%25253Dx",
            "-23read-3Dx",
            "-252523read-25253Dx",
            "=23read%3Dx",
        ] {
            assert_eq!(data(escaped), Some([Some("x"), None]), "{escaped}");
        }
        // A soft line break begins as a plain sign does.
        let broken = Some([Some("x"), Some("\n%=\n3Dx")]);
        assert_eq!(data("%2=\n3re=\r\nad=\n%=\n3Dx"), broken);
        assert_eq!(data("#read=x"), Some([None, Some("x")]));
        assert_eq!(data("%23read=x"), Some([None, Some("x")]));
        assert_eq!(data("#read=3Dx"), Some([Some("x"), Some("3Dx")]));
        assert_eq!(data("#read=\nx"), Some([None, Some("\nx")]));
        for other in [
            "#ready=x",
            "#read",
            "#read%3",
            "%24read=x",
            "%2%3read=x",
            "read=x",
        ] {
            assert_eq!(data(other), None, "{other}");
        }
    }

    #[test]
    fn a_star_is_a_replaced_character_of_urldefense_alone() {
        assert!(Begin::of("*read=x").is_some_and(|begin| begin.is_replaced));
        assert!(Begin::of("*2523read*253Dx").is_some_and(|begin| begin.is_replaced));
        assert!(has_urldefense_v3(
            "https://urldefense.com/v=\n3/__https://a__;"
        ));
        assert!(!has_urldefense_v3("https://urldefense.com/v2/__a"));
    }
}
