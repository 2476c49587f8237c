//! Findings of the check: which texts are theirs, and what is filled in.

use super::catalogue::{Arg, CHECK, Given, fill, is_same, say, word};
use super::check::{BY_TOKEN, FindingPart as Part, PLACES};
use super::{Lang, list};
use reachcheck_diagnosis::findings::{Cause, Code};
use reachcheck_diagnosis::phrasing::{Circumstances, Value};
use reachcheck_wire::CertificateFault;

/// What a finding's text may name beside its cause.
#[derive(Clone, Debug)]
pub struct FindingWords<'run> {
    /// Hosts with ports, as a list in reading order.
    pub hosts: Vec<String>,
    /// Whose service.
    pub provider: &'run str,
    /// The outside relay's round trip to the first host, in milliseconds, where it got through.
    pub outside_ms: Option<f64>,
    /// Whether a proxy that the browser asks connects in its place.
    pub is_proxied: bool,
    /// Whether it is about one of several regions, and every other one is reachable.
    pub is_alone: bool,
}

/// A finding in words: what happened, what it means, who has to do what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingText {
    /// One line for people.
    pub title: String,
    /// What happened: the evidence.
    pub what: String,
    /// What it means, with the candidates where there is more than one.
    pub means: String,
    /// Who has to do what.
    pub action: String,
}

/// A finding.
#[must_use]
pub fn finding(lang: Lang, cause: &Cause, words: &FindingWords<'_>) -> FindingText {
    let phrasing = cause.phrasing(Circumstances {
        has_hosts: !words.hosts.is_empty(),
        outside_ms: words.outside_ms,
        is_proxied: words.is_proxied,
        is_alone: words.is_alone,
    });
    let outside = match words.outside_ms {
        Some(time) => say!(lang, Part::Outside, time: Arg::Ms(time)),
        None => word(lang, Part::NobodyOutside).to_owned(),
    };
    let hosts = list(lang, &words.hosts);
    let at_hand = [
        ("hosts", Arg::Text(&hosts)),
        ("provider", Arg::Text(words.provider)),
        ("outside", Arg::Text(&outside)),
    ];
    let given: Vec<(&str, Value<'_>, String)> = phrasing
        .given
        .into_iter()
        .map(|(name, value)| (name, value, in_words(lang, value)))
        .collect();
    let given = given
        .iter()
        .map(|(name, value, words)| (*name, arg(*value, words)));
    let given: Vec<Given<'_>> = at_hand
        .into_iter()
        .chain(given)
        .filter_map(|(name, arg)| Some((place(name)?, arg)))
        .collect();
    let code = cause.code();
    let sentence = |part, form| fill(lang, CHECK.text(lang, number(code, part, form)), &given);
    FindingText {
        title: sentence(0, phrasing.title),
        what: sentence(1, phrasing.what),
        means: sentence(2, phrasing.means),
        action: sentence(3, phrasing.action),
    }
}

/// The title of a finding, of which no more than the code is known.
#[must_use]
pub fn code(lang: Lang, code: Code) -> String {
    CHECK.text(lang, number(code, 0, "")).to_owned()
}

/// The parts of a finding's text, as its attributes name them.
const PARTS: [&str; 4] = ["title", "what", "means", "do"];

/// The number of the plain text of each part of each finding.
static PLAIN: [[u16; PARTS.len()]; Code::ALL.len()] = plain();

/// A part's text in place of the plain one.
#[derive(Clone, Copy)]
struct Form {
    code: Code,
    part: usize,
    name: &'static str,
    number: u16,
}

/// Every text that is not a plain one.
static FORMS: [Form; BY_TOKEN.len() - PARTS.len() * Code::ALL.len()] = forms();

/// The number of a text.
fn number(code: Code, part: usize, form: &str) -> usize {
    let is_it = |other: &&Form| other.code == code && other.part == part && other.name == form;
    match FORMS.iter().find(is_it) {
        Some(form) => form.number.into(),
        None => PLAIN[code as usize][part].into(),
    }
}

/// Fails to compile where a finding lacks a text: it says which.
const fn plain() -> [[u16; PARTS.len()]; Code::ALL.len()] {
    let mut numbers = [[0; PARTS.len()]; Code::ALL.len()];
    let mut finding = 0;
    while finding < Code::ALL.len() {
        let code = Code::ALL[finding];
        let mut part = 0;
        while part < PARTS.len() {
            let mut at = 0;
            while at < BY_TOKEN.len() {
                let (token, attribute, number) = BY_TOKEN[at];
                if is_same(token, code.token()) && is_same(attribute, PARTS[part]) {
                    numbers[finding][part] = number;
                    break;
                }
                at += 1;
            }
            if at == BY_TOKEN.len() {
                panic!("{}", code.token());
            }
            part += 1;
        }
        finding += 1;
    }
    numbers
}

/// Fails to compile where a text is of no finding: it says which.
const fn forms() -> [Form; BY_TOKEN.len() - PARTS.len() * Code::ALL.len()] {
    const NONE: Form = Form {
        code: Code::ALL[0],
        part: 0,
        name: "",
        number: 0,
    };
    let mut forms = [NONE; BY_TOKEN.len() - PARTS.len() * Code::ALL.len()];
    let mut count = 0;
    let mut at = 0;
    while at < BY_TOKEN.len() {
        let (token, attribute, number) = BY_TOKEN[at];
        let code = code_of(token);
        let (part, name) = form(attribute);
        // There is no room where a plain text is missing; that is told above.
        if !name.is_empty() && count < forms.len() {
            forms[count] = Form {
                code,
                part,
                name,
                number,
            };
            count += 1;
        }
        at += 1;
    }
    forms
}

/// The finding of a token.
const fn code_of(token: &str) -> Code {
    let mut finding = 0;
    while finding < Code::ALL.len() {
        if is_same(Code::ALL[finding].token(), token) {
            return Code::ALL[finding];
        }
        finding += 1;
    }
    panic!("{}", token)
}

/// Which part an attribute is, and what follows it: the form, or nothing where it is the plain one.
const fn form(attribute: &'static str) -> (usize, &'static str) {
    let mut part = 0;
    while part < PARTS.len() {
        if let Some(name) = after(attribute, PARTS[part]) {
            return (part, name);
        }
        part += 1;
    }
    panic!("{}", attribute)
}

/// What follows a first word, without the hyphen between.
const fn after(key: &'static str, first: &str) -> Option<&'static str> {
    let (bytes, wanted) = (key.as_bytes(), first.as_bytes());
    if bytes.len() < wanted.len() {
        return None;
    }
    let mut at = 0;
    while at < wanted.len() {
        if bytes[at] != wanted[at] {
            return None;
        }
        at += 1;
    }
    if bytes.len() == at {
        return Some("");
    }
    if bytes[at] != b'-' {
        return None;
    }
    Some(key.split_at(at + 1).1)
}

/// The number of a place, by its name.
fn place(name: &str) -> Option<u8> {
    let number = PLACES.iter().position(|place| *place == name)?;
    u8::try_from(number).ok()
}

/// A value in words of a language; none where it is a number, by which a text may choose among its wordings.
fn in_words(lang: Lang, value: Value<'_>) -> String {
    match value {
        Value::Text(name) => name.to_owned(),
        Value::List(names) => names.join(", "),
        Value::Span(seconds) => span(lang, seconds),
        Value::Certificate(fault) => certificate(lang, fault).to_owned(),
        Value::Count(_) | Value::Whole(_) | Value::Tenths(_) | Value::Ms(_) => String::new(),
    }
}

/// A value as a text takes it: its words, or the number that it is.
const fn arg<'words>(value: Value<'_>, words: &'words str) -> Arg<'words> {
    match value {
        Value::Count(count) => Arg::Count(count),
        Value::Whole(number) => Arg::Whole(number),
        Value::Tenths(number) => Arg::Tenths(number),
        Value::Ms(ms) => Arg::Ms(ms),
        Value::Text(_) | Value::List(_) | Value::Span(_) | Value::Certificate(_) => {
            Arg::Text(words)
        }
    }
}

/// A time span in words that need no unit table.
fn span(lang: Lang, seconds: f64) -> String {
    if seconds < 5400.0 {
        say!(lang, Part::Minutes, count: Arg::Whole(seconds / 60.0))
    } else if seconds < 129_600.0 {
        say!(lang, Part::Hours, count: Arg::Whole(seconds / 3600.0))
    } else {
        say!(lang, Part::Days, count: Arg::Whole(seconds / 86_400.0))
    }
}

fn certificate(lang: Lang, fault: CertificateFault) -> &'static str {
    let key = match fault {
        CertificateFault::Expired => Part::Expired,
        CertificateFault::NotYetValid => Part::NotYetValid,
        CertificateFault::WrongName => Part::WrongName,
        CertificateFault::Untrusted => Part::Untrusted,
        CertificateFault::Other => Part::OtherFault,
    };
    word(lang, key)
}

#[cfg(test)]
mod tests {
    use super::{BY_TOKEN, Circumstances, FORMS, PARTS, PLACES, number};
    use crate::check;
    use reachcheck_diagnosis::findings::Code;

    /// What every text of a finding may name.
    const AT_HAND: [&str; 3] = ["hosts", "provider", "outside"];

    fn key_of(number: usize) -> String {
        let of_number = |(_, _, other): &&(&str, &str, u16)| usize::from(*other) == number;
        let (token, attribute, _) = BY_TOKEN.iter().find(of_number).expect("a text");
        format!("{token}.{attribute}")
    }

    fn places_of(number: usize) -> Vec<&'static str> {
        let uses = check::USES[number];
        let is_used = |(place, _): &(usize, &&str)| uses >> place & 1 == 1;
        let used = PLACES.iter().enumerate().filter(is_used);
        used.map(|(_, name)| *name).collect()
    }

    /// The build holds every language to the places of the English texts; these are held to the evidence here.
    #[test]
    fn evidence_gives_what_its_texts_name_and_texts_name_what_it_gives() {
        let mut said: Vec<usize> = Vec::new();
        for code in Code::ALL {
            let examples = [code.examples(), code.further_examples()].concat();
            for (cause, has_hosts) in examples
                .iter()
                .flat_map(|cause| [(cause, true), (cause, false)])
            {
                for (outside_ms, is_proxied) in [(None, false), (Some(41.0), true)] {
                    let phrasing = cause.phrasing(Circumstances {
                        has_hosts,
                        outside_ms,
                        is_proxied,
                        is_alone: is_proxied,
                    });
                    let given: Vec<&str> = phrasing.given.iter().map(|(name, _)| *name).collect();
                    let forms = [
                        phrasing.title,
                        phrasing.what,
                        phrasing.means,
                        phrasing.action,
                    ];
                    let mut named = Vec::new();
                    for (part, form) in forms.into_iter().enumerate() {
                        let number = number(*code, part, form);
                        let key = key_of(number);
                        let mut wanted = format!("{}.{}", code.token(), PARTS[part]);
                        if !form.is_empty() {
                            wanted = format!("{wanted}-{form}");
                        }
                        assert_eq!(key, wanted, "there is no such text");
                        for place in places_of(number) {
                            assert!(
                                given.contains(&place) || AT_HAND.contains(&place),
                                "{key} names {{{place}}}, which the evidence does not give"
                            );
                            named.push(place);
                        }
                        said.push(number);
                    }
                    for name in given {
                        assert!(
                            named.contains(&name),
                            "{}: no text names {{{name}}}: {cause:?}",
                            code.token()
                        );
                    }
                }
            }
        }
        for (token, attribute, number) in BY_TOKEN {
            assert!(
                said.contains(&usize::from(*number)),
                "no example of the evidence is said by {token}.{attribute}"
            );
        }
    }

    #[test]
    fn a_title_alone_names_nothing() {
        for code in Code::ALL {
            let number = number(*code, 0, "");
            assert!(places_of(number).is_empty(), "{}", key_of(number));
        }
    }

    #[test]
    fn forms_are_all_the_texts_that_are_not_plain() {
        assert!(FORMS.iter().all(|form| !form.name.is_empty()));
        assert_eq!(FORMS.len() + PARTS.len() * Code::ALL.len(), BY_TOKEN.len());
    }
}
