//! The support link: what its query parameters ask for, and what was wrong with them.
//!
//! Nothing of a link is trusted: a bad value is named on the page and ignored.

use std::borrow::Cow;

use serde::Serialize;

use crate::catalogue::Catalogue;
use crate::lang::Lang;
use crate::plain::is_invisible;

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
}

/// Longest ticket, in characters.
pub const TICKET_MAX: usize = 64;
/// Longest query string that is looked at, in bytes.
const QUERY_MAX: usize = 4096;
/// Of a bad value, no more than this many characters are shown.
const SHOWN_MAX: usize = 40;
/// More problems of one link than this help nobody.
const PROBLEMS_MAX: usize = 8;

/// Query of a link, as it is written.
#[derive(Serialize)]
struct Query<'link> {
    ticket: Option<&'link str>,
    lang: Option<&'static str>,
    /// Ids, with commas between them.
    regions: Option<String>,
    autostart: Option<u8>,
}

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
        // Pairs of texts are read whatever they hold: what is no encoding is left as it stands.
        let pairs: Vec<(Cow<'_, str>, Cow<'_, str>)> =
            serde_urlencoded::from_str(query).unwrap_or_default();
        for (name, value) in pairs {
            link.take(&name, value.trim(), catalogue);
        }
        link
    }

    /// The query that asks for the same, with its question mark; empty where nothing is asked. What was wrong
    /// with a link is not repeated.
    #[must_use]
    pub fn query(&self) -> String {
        let query = Query {
            ticket: self.ticket.as_deref(),
            lang: self.lang.map(Lang::tag),
            regions: Some(self.regions.join(",")).filter(|regions| !regions.is_empty()),
            autostart: (!self.autostart).then_some(0),
        };
        let query = serde_urlencoded::to_string(query).unwrap_or_default();
        if query.is_empty() {
            return query;
        }
        // A comma need not be encoded (RFC 3986 section 3.4), and is easier to read so.
        format!("?{}", query.replace("%2C", ","))
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
            "regions" => {
                for id in value.split(',').map(str::trim).filter(|id| !id.is_empty()) {
                    if !catalogue.regions.iter().any(|region| region.id == id) {
                        self.problems.push(LinkProblem::Region(shown(id)));
                        self.problems.truncate(PROBLEMS_MAX);
                    } else if !self.regions.iter().any(|known| known == id) {
                        self.regions.push(id.to_owned());
                    }
                }
            }
            // Links gain parameters on their way through tracking and mail programs.
            _ => {}
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
        .map(|c| match c.is_control() || is_invisible(c) {
            true => '\u{fffd}',
            false => c,
        })
        .take(SHOWN_MAX)
        .collect();
    if value.chars().count() > SHOWN_MAX {
        text.push('…');
    }
    text
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
    fn what_a_bad_link_shows_turns_no_line_round_and_is_not_endless() {
        let link = parse("?ticket=a%E2%80%AEb!");
        assert_eq!(
            link.problems,
            [LinkProblem::Ticket("a\u{fffd}b!".to_owned())]
        );
        let many = vec!["nowhere"; 2_000].join(",");
        assert_eq!(parse(&format!("?regions={many}")).problems.len(), 8);
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
            "?ticket=%C3%A9+%23%3A7",
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
        for (search, shown) in [("?ticket=%zz", "%zz"), ("?ticket=a%FF", "a\u{fffd}")] {
            assert_eq!(
                parse(search).problems,
                [LinkProblem::Ticket(shown.to_owned())]
            );
        }
        let as_before = "?ticket=%C3%A9%20%23%3A7";
        assert_eq!(parse(as_before).ticket.as_deref(), Some("é #:7"));
        assert_eq!(parse("?ticket=a%0Ab").ticket, None);
        assert_eq!(parse("?ticket=a%E2%80%AEb").ticket, None);
        assert_eq!(parse(&format!("?ticket={}", "9".repeat(65))).ticket, None);
        // Cutting a long query must not cut a character in two.
        let _ = parse(&format!("?ticket={}é", "9".repeat(4088)));
    }
}
