//! The support link: what its query parameters ask for, and what was wrong with them.
//!
//! Nothing of a link is trusted: a bad value is named on the page and ignored.

use crate::catalogue::Catalogue;
use crate::lang::Lang;

/// What a link asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The ticket the report belongs to.
    pub ticket: Option<String>,
    /// The language of the page.
    pub lang: Option<Lang>,
    /// Ids of the regions to test; all if empty.
    pub regions: Vec<String>,
    /// Whether the page starts by itself.
    pub autostart: bool,
    /// Whether the page shows its observations to the project's own tests.
    pub trace: bool,
    /// What was ignored.
    pub problems: Vec<LinkProblem>,
}

/// A value of the link that was ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkProblem {
    /// A ticket that is no ticket number.
    Ticket(String),
    /// A language we do not have.
    Lang(String),
    /// A region that the catalogue does not have.
    Region(String),
    /// Neither `0` nor `1`.
    Autostart(String),
    /// A value whose percent signs are no encoding.
    Encoding(String),
}

/// Longest ticket, in characters.
pub const TICKET_MAX: usize = 64;
/// Longest query string that is looked at, in bytes.
const QUERY_MAX: usize = 4096;
/// Of a bad value, no more than this many characters are shown.
const SHOWN_MAX: usize = 40;

impl Default for Link {
    fn default() -> Self {
        Self {
            ticket: None,
            lang: None,
            regions: Vec::new(),
            autostart: true,
            trace: false,
            problems: Vec::new(),
        }
    }
}

impl Link {
    /// Reads `location.search`, with or without its question mark.
    #[must_use]
    pub fn parse(search: &str, catalogue: &Catalogue) -> Self {
        let mut link = Self::default();
        let query = search.strip_prefix('?').unwrap_or(search);
        let query = query.get(..QUERY_MAX).unwrap_or(query);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, raw) = pair.split_once('=').unwrap_or((pair, ""));
            if !["ticket", "lang", "regions", "autostart", "trace"].contains(&name) {
                continue;
            }
            let Some(value) = percent_decode(raw) else {
                link.problems.push(LinkProblem::Encoding(shown(raw)));
                continue;
            };
            link.take(name, value.trim(), catalogue);
        }
        link
    }

    /// The query that asks for the same, with its question mark; empty where nothing is asked. What was wrong
    /// with a link is not repeated.
    #[must_use]
    pub fn query(&self) -> String {
        let mut parts = Vec::new();
        if let Some(ticket) = &self.ticket {
            parts.push(format!("ticket={}", percent_encode(ticket)));
        }
        if let Some(lang) = self.lang {
            parts.push(format!("lang={}", lang.tag()));
        }
        if !self.regions.is_empty() {
            // Ids hold nothing that a query would have to encode.
            parts.push(format!("regions={}", self.regions.join(",")));
        }
        if !self.autostart {
            parts.push("autostart=0".to_owned());
        }
        if parts.is_empty() {
            return String::new();
        }
        format!("?{}", parts.join("&"))
    }

    fn take(&mut self, name: &str, value: &str, catalogue: &Catalogue) {
        match name {
            "ticket" if value.is_empty() => {}
            "ticket" if is_ticket(value) => self.ticket = Some(value.to_owned()),
            "ticket" => self.problems.push(LinkProblem::Ticket(shown(value))),
            "lang" => match Lang::from_tag(value) {
                Some(lang) => self.lang = Some(lang),
                None => self.problems.push(LinkProblem::Lang(shown(value))),
            },
            "autostart" => match value {
                "0" => self.autostart = false,
                "1" => self.autostart = true,
                _ => self.problems.push(LinkProblem::Autostart(shown(value))),
            },
            // For the project's own tests: a switch, and nothing that a helpdesk's link carries.
            "trace" => self.trace = value == "1",
            _ => {
                for id in value.split(',').map(str::trim).filter(|id| !id.is_empty()) {
                    if !catalogue.regions.iter().any(|region| region.id == id) {
                        self.problems.push(LinkProblem::Region(shown(id)));
                    } else if !self.regions.iter().any(|known| known == id) {
                        self.regions.push(id.to_owned());
                    }
                }
            }
        }
    }
}

/// Ticket systems use letters, digits and a little punctuation; nothing that could be markup, a second
/// line, or turn the reading direction.
#[must_use]
pub fn is_ticket(value: &str) -> bool {
    value.chars().count() <= TICKET_MAX
        && value
            .chars()
            .all(|c| c.is_alphanumeric() || " -_./#:".contains(c))
}

fn shown(value: &str) -> String {
    let mut text: String = value
        .chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .take(SHOWN_MAX)
        .collect();
    if value.chars().count() > SHOWN_MAX {
        text.push('…');
    }
    text
}

/// Encodes everything but letters, digits and `-._~` (RFC 3986 section 2.1).
#[must_use]
pub fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for half in [byte >> 4, byte & 15] {
                encoded.push(char::from(b"0123456789ABCDEF"[usize::from(half)]));
            }
        }
    }
    encoded
}

/// Decodes `application/x-www-form-urlencoded`; `None` where it is not one, or not UTF-8.
fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let high = char::from(rest.next()?).to_digit(16)?;
                let low = char::from(rest.next()?).to_digit(16)?;
                u8::try_from(high * 16 + low).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::{Link, LinkProblem};
    use crate::catalogue::Catalogue;
    use crate::lang::Lang;

    fn parse(search: &str) -> Link {
        Link::parse(search, &Catalogue::embedded())
    }

    #[test]
    fn a_full_link() {
        let link =
            parse("?ticket=INC-48213%2F2&lang=fr-CA&regions=seattle,toronto&autostart=0&utm=x");
        assert_eq!(link.ticket.as_deref(), Some("INC-48213/2"));
        assert_eq!(link.lang, Some(Lang::Fr));
        assert_eq!(link.regions, ["seattle", "toronto"]);
        assert!(!link.autostart);
        assert!(link.problems.is_empty());
    }

    #[test]
    fn a_link_that_is_made_is_read_alike() {
        for search in [
            "?ticket=INC-48213%2F2&lang=fr-CA&regions=seattle,toronto&autostart=0",
            "?ticket=%C3%A9%20%23%3A7",
            "?lang=es",
            "",
        ] {
            let link = parse(search);
            assert_eq!(link.query(), search);
            assert_eq!(parse(&link.query()), link);
        }
    }

    #[test]
    fn nothing_asked_is_everything_tested_at_once() {
        for search in ["", "?", "?&&", "?ticket=", "?regions=,"] {
            assert_eq!(parse(search), Link::default(), "{search}");
        }
    }

    #[test]
    fn bad_values_are_named_and_ignored() {
        let link = parse("?ticket=%3Cscript%3E&lang=xx&regions=mars,seattle&autostart=maybe");
        assert_eq!(
            link.problems,
            [
                LinkProblem::Ticket("<script>".to_owned()),
                LinkProblem::Lang("xx".to_owned()),
                LinkProblem::Region("mars".to_owned()),
                LinkProblem::Autostart("maybe".to_owned()),
            ]
        );
        assert_eq!(link.ticket, None);
        assert_eq!(link.regions, ["seattle"]);
        assert!(link.autostart);
        assert_eq!(
            parse("?ticket=%zz").problems,
            [LinkProblem::Encoding("%zz".to_owned())]
        );
        assert_eq!(parse("?ticket=a%0Ab").ticket, None);
        assert_eq!(parse("?ticket=a%E2%80%AEb").ticket, None);
        assert_eq!(parse(&format!("?ticket={}", "9".repeat(65))).ticket, None);
        // Cutting a long query must not cut a character in two.
        let _ = parse(&format!("?ticket={}é", "9".repeat(4088)));
    }
}
