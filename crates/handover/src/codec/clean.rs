//! What mail and chat programs add to a text, taken away again.

use reachcheck_model::plain::is_invisible;

/// The characters of a text that somebody sees.
pub fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !is_invisible(*c))
}

/// Where an ASCII text begins in another one, whatever its case.
pub fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
    let first = wanted.first()?.to_ascii_lowercase();
    let last = text.len().checked_sub(wanted.len())?;
    (0..=last).find(|at| {
        text[*at].to_ascii_lowercase() == first
            && text[*at..*at + wanted.len()].eq_ignore_ascii_case(wanted)
    })
}

/// Whether an ASCII text is in another one, whatever its case.
pub fn contains_ignoring_case(text: &str, wanted: &str) -> bool {
    find_ignoring_case(text, wanted).is_some()
}

/// A text without HTML tags, entities and invisible characters, line ends made LF: what a program shows that
/// was given HTML, or that was given text and treats it as such.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        // What stands between needs no look.
        if c.is_ascii_alphanumeric() {
            let is_other = |byte: u8| !byte.is_ascii_alphanumeric();
            let end = rest.bytes().position(is_other).unwrap_or(rest.len());
            plain.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        let skipped = match c {
            '<' => tag(rest),
            '&' => entity(rest),
            _ => None,
        };
        if let Some(length) = skipped {
            // A tag may have been a line end, an entity a space.
            plain.push(if c == '<' { '\n' } else { ' ' });
            rest = &rest[length..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            '\r' | '\u{85}' | '\u{b}' | '\u{c}' => plain.push('\n'),
            c if is_invisible(c) => {}
            c => plain.push(c),
        }
    }
    plain
}

/// Longest tag that is taken away, in bytes: more in angle brackets is no tag.
const TAG_MAX: usize = 300;

fn tag(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let begins = bytes.get(1)?;
    if !begins.is_ascii_alphabetic() && !b"/!".contains(begins) {
        return None;
    }
    let inside = bytes[1..].iter().take(TAG_MAX);
    let end = inside
        .take_while(|byte| **byte != b'<')
        .position(|byte| *byte == b'>')?;
    Some(1 + end + 1)
}

fn entity(text: &str) -> Option<usize> {
    let end = text.bytes().take(10).position(|byte| byte == b';')?;
    let name = &text.as_bytes()[1..end];
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
    (!name.is_empty() && name.iter().all(is_name)).then_some(end + 1)
}

/// Ways to tell what of a line is data, where a program has put something before every line: none of them is
/// always right, and what they give is checked.
pub const WAYS: [fn(&str) -> &str; 4] = [
    |line| line,
    after_punctuation,
    last_word,
    |line| {
        let line = line.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        if line.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            line
        } else {
            ""
        }
    },
];

/// `[10:42] Anna: DATA`.
fn after_punctuation(line: &str) -> &str {
    let is_part = |c: char| c.is_alphanumeric() || c.is_whitespace();
    match line.trim_end().rfind(|c| !is_part(c)) {
        Some(at) => {
            let length = line[at..].chars().next().map_or(0, char::len_utf8);
            &line[at + length..]
        }
        None => line,
    }
}

/// `10:42 Anna DATA`.
fn last_word(line: &str) -> &str {
    line.split_whitespace().next_back().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::{after_punctuation, find_ignoring_case, last_word, plain};

    #[test]
    fn html_leaves_its_text() {
        for (text, left) in [
            ("a<br>b", "a\nb"),
            ("<p class=\"x\">a&nbsp;b</p>", "\na b\n"),
            ("> a < b & c", "> a < b & c"),
            ("a\r\nb\u{200b}\u{202e}c", "a\n\nbc"),
            ("&&amp;<", "& <"),
        ] {
            assert_eq!(plain(text), left, "{text}");
        }
    }

    #[test]
    fn what_chat_programs_put_before_a_line() {
        assert_eq!(after_punctuation("[10:42] Anna: DATA"), " DATA");
        assert_eq!(after_punctuation("Anna – é» DATA"), " DATA");
        assert_eq!(after_punctuation("DATA"), "DATA");
        assert_eq!(last_word("10:42 AM Anna  DATA "), "DATA");
        assert_eq!(last_word(""), "");
    }

    #[test]
    fn finding_ignores_case() {
        assert_eq!(find_ignoring_case("x #READ=", "#read="), Some(2));
        assert_eq!(find_ignoring_case("x", "#read="), None);
    }
}
