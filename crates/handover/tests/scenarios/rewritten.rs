//! Links that mail gateways and the source of a mail have rewritten: decoded exactly, or refused with the reason.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reachcheck_handover::codec::{self, Refusal};
use reachcheck_handover::snapshot::Snapshot;
use reachcheck_handover::words;
use reachcheck_model::lang::Lang;

use crate::everything::{largest, snapshot};
use crate::mangling::{self, Random};

type Rewrite = fn(&str) -> String;

/// What gateways and redirects make of a link.
const GATEWAYS: [(&str, Rewrite); 9] = [
    ("percent-encoded", encoded),
    ("fragment alone", |link| link.replace('#', "%23")),
    ("Outlook safe link", safe_link),
    ("safe link, encoded again", |link| safe_link(&encoded(link))),
    ("urldefense v1", |link| {
        let link = encoded(link);
        format!("https://urldefense.proofpoint.com/v1/url?u={link}&k=oIvRg1&r=pnGnj%0A&m=0VO&s=e6a")
    }),
    ("Barracuda link protection", |link| {
        let link = encoded(link).to_lowercase();
        format!("https://linkprotect.cudasvc.com/url?a={link}&c=E,1,Ez0FDT_USqvD,,&typo=1")
    }),
    ("Google redirect", |link| {
        let link = encoded(link);
        format!("https://www.google.com/url?q={link}&sa=D&source=calendar&usg=AOvVaw2")
    }),
    ("lower case", str::to_lowercase),
    (V2, urldefense_v2),
];

/// It escapes its own escapes in another way, so it is the only one that is not put around itself.
const V2: &str = "urldefense v2";

/// Everything but the unreserved characters (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

fn encoded(link: &str) -> String {
    utf8_percent_encode(link, RESERVED).to_string()
}

fn safe_link(link: &str) -> String {
    format!(
        "https://eur01.safelinks.protection.outlook.com/?url={}&data=05%7C02%7C&sdata=h3%2Bq%3D&reserved=0",
        encoded(link)
    )
}

fn urldefense_v2(link: &str) -> String {
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'/');
    let link = utf8_percent_encode(link, KEPT).to_string();
    let link = link.replace('%', "-").replace('/', "_");
    format!(
        "https://urldefense.proofpoint.com/v2/url?u={link}&d=DwMFAg&c=euGZ&r=-qwZ&m=i0l&s=AbC&e="
    )
}

/// It keeps the characters that it replaces behind the link: `Iw` is `#`, `JSUlJQ` is `%%%%`.
fn urldefense_v3(link: &str) -> String {
    let link = link.replace(['#', '%'], "*");
    format!("https://urldefense.com/v3/__{link}__;Iw!!GF_29dbcQIUBPA!1eit_iJDFpG$")
}

/// As the source of a mail has it (RFC 2045, section 6.7): lines of a width, without a break in an escape.
fn quoted_printable(text: &str, width: usize, line_end: &str) -> String {
    let (mut source, mut column) = (String::new(), 0);
    for c in text.chars() {
        let c = match c {
            '=' => "=3D".to_owned(),
            c => c.to_string(),
        };
        if column + c.len() >= width {
            source.push('=');
            source.push_str(line_end);
            column = 0;
        }
        column += c.len();
        source.push_str(&c);
    }
    source
}

fn link(snapshot: &Snapshot) -> String {
    let fragment = codec::fragment(snapshot);
    format!("https://check.example.com/reachcheck/#{fragment}")
}

#[test]
fn each_gateway_alone_is_read_whole_cut_and_altered() {
    for seed in 0..60 {
        let snapshot = snapshot(seed);
        let whole = link(&snapshot);
        let cut = &whole[..whole.len() - 9];
        let mut altered = whole.clone();
        let place = whole.len() - 20;
        let other = if &whole[place..=place] == "7" {
            "8"
        } else {
            "7"
        };
        altered.replace_range(place..=place, other);
        for (name, rewrite) in GATEWAYS {
            let read = |link: &str| codec::read(&rewrite(link));
            assert_eq!(read(&whole), [Ok(snapshot.clone())], "{name}, {seed}");
            let truncated = Refusal::Truncated { have: 0, of: None };
            assert_eq!(read(cut), [Err(truncated)], "{name}, {seed}");
            assert_eq!(read(&altered), [Err(Refusal::Damaged)], "{name}, {seed}");
        }
    }
}

#[test]
fn soft_line_breaks_are_passed_over_wherever_they_are() {
    let snapshot = snapshot(9);
    for link in [link(&snapshot), safe_link(&link(&snapshot))] {
        for width in 8..=76 {
            for line_end in ["\n", "\r\n"] {
                let source = quoted_printable(&link, width, line_end);
                assert_eq!(codec::read(&source), [Ok(snapshot.clone())], "{source}");
            }
        }
    }
}

#[test]
fn gateways_behind_gateways_are_decoded_exactly_or_refused() {
    for seed in 0..2_000 {
        let mut random = Random::new(seed);
        let snapshot = snapshot(random.below(60));
        let mut text = link(&snapshot);
        let mut names = Vec::new();
        for _ in 0..1 + random.below(3) {
            let (name, rewrite) = GATEWAYS[random.below(GATEWAYS.len())];
            if name != V2 || !names.contains(&V2) {
                text = rewrite(&text);
                names.push(name);
            }
        }
        text = format!("Hello,\nthe check says:\n\n<{text}>\n\nKind regards\nUrsula\n");
        if random.below(2) == 0 {
            text = quoted_printable(&text, 8 + random.below(69), "\r\n");
            names.push("quoted-printable");
        }
        assert_eq!(
            codec::read(&text),
            [Ok(snapshot.clone())],
            "{names:?}:\n{text}"
        );
        let damaged = mangling::damage(&text, &mut random);
        for result in codec::read(&damaged) {
            let is_exact = result.as_ref().is_ok_and(|read| *read == snapshot);
            assert!(is_exact || result.is_err(), "{names:?}:\n{damaged}");
        }
    }
}

#[test]
fn the_same_link_as_it_was_and_rewritten_is_one_report() {
    let link = link(&largest());
    let text = format!("{link} <{}>", safe_link(&link));
    assert_eq!(codec::read(&text), [Ok(largest())]);
}

#[test]
fn what_urldefense_v3_replaced_is_named() {
    let snapshot = snapshot(9);
    let whole = link(&snapshot);
    let replaced = [Err(Refusal::CharactersReplaced)];
    for link in [&whole, &encoded(&whole), &safe_link(&whole)] {
        let rewritten = urldefense_v3(link);
        assert_eq!(codec::read(&rewritten), replaced, "{rewritten}");
        for width in 8..=76 {
            let source = quoted_printable(&rewritten, width, "\n");
            assert_eq!(codec::read(&source), replaced, "{source}");
        }
    }
    for lang in Lang::ALL {
        let words = words::refusal(lang, &Refusal::CharactersReplaced);
        assert!(words.contains("urldefense.com/v3"), "{words}");
    }
    // What it does to a mail's other links, and to the empty view's, is nobody's report.
    for other in ["https://example.com/#imprint", "https://example.com/#read="] {
        let rewritten = urldefense_v3(other);
        assert_eq!(
            codec::read(&rewritten),
            [Err(Refusal::NoData)],
            "{rewritten}"
        );
    }
    let without = format!("*{}", codec::fragment(&snapshot));
    assert_eq!(codec::read(&without), [Err(Refusal::NoData)]);
    // The report's text beside it is read all the same.
    let block = codec::block(&snapshot).join("\n");
    let both = format!("{}\n{block}", urldefense_v3(&whole));
    assert!(codec::read(&both).contains(&Ok(snapshot)));
}
