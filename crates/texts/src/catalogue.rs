//! Texts by key and language, and how they are filled in.
//!
//! The build packs each language (`build.rs`): one text a line, in the order of the keys. English is in every program.
//! Native programs have the other languages as well; to one in Wasm they are given when they are wanted, and until then
//! it speaks English in their place.

use std::sync::OnceLock;

use super::{Lang, check, desk, first};
use reachcheck_model::figures::{tenths, whole};
use reachcheck_texts_source::packed::{BRACE, END, FIRST_PLACEHOLDER, ONE, OTHER, VARIANT};

/// A key of a text. The build implements it for the enum of each section.
pub trait Key: Copy {
    /// Where its text is.
    const CATALOGUE: &'static TextCatalogue;
    /// The names of what is filled in, anywhere in the catalogue.
    const PLACES: &'static [&'static str];
    /// Which of them each text names, a bit for each.
    const USES: &'static [u64];

    /// The number of its text.
    fn number(self) -> usize;
}

/// Texts that are loaded together, in every language.
#[derive(Debug)]
pub struct TextCatalogue {
    name: &'static str,
    fingerprint: &'static str,
    /// How many texts there are.
    count: usize,
    /// What is in the program.
    packed: [Option<&'static str>; Lang::ALL.len()],
    ready: [OnceLock<Vec<&'static str>>; Lang::ALL.len()],
}

macro_rules! catalogue {
    ($(#[$doc:meta])* $name:ident: $texts:ident) => {
        $(#[$doc])*
        pub static $name: TextCatalogue = TextCatalogue {
            name: stringify!($texts),
            fingerprint: $texts::FINGERPRINT,
            count: $texts::USES.len(),
            packed: $texts::PACKED,
            ready: [const { OnceLock::new() }; Lang::ALL.len()],
        };
    };
}

catalogue! {
    /// What the check says.
    CHECK: check
}
catalogue! {
    /// What the helpdesk's program says beside it.
    DESK: desk
}
catalogue! {
    /// What `index.html` says before there is Wasm.
    FIRST: first
}

/// A packed language that belongs to another version of this program, or is not whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stale;

impl TextCatalogue {
    /// What it is called in the names of files.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// A language as a program in Wasm takes it; `None` where it is not in this one.
    #[must_use]
    pub fn packed(&self, lang: Lang) -> Option<String> {
        let packed = self.packed[lang as usize]?;
        Some(self.header(lang) + packed)
    }

    /// Whether it speaks that language, and not English in its place.
    #[must_use]
    pub fn is_loaded(&self, lang: Lang) -> bool {
        Self::is_built_in(lang) || self.ready[lang as usize].get().is_some()
    }

    /// Takes a language in, for as long as the program runs.
    ///
    /// # Errors
    /// It was packed for another version: shown by its numbers, texts would be others than those that are meant.
    pub fn load(&self, lang: Lang, packed: String) -> Result<(), Stale> {
        if self.is_loaded(lang) {
            return Ok(());
        }
        let texts = self.unpacked(lang, packed.leak())?;
        let _ = self.ready[lang as usize].set(texts);
        Ok(())
    }

    fn unpacked(&self, lang: Lang, packed: &'static str) -> Result<Vec<&'static str>, Stale> {
        let texts = packed.strip_prefix(&self.header(lang)).ok_or(Stale)?;
        let texts = lines(texts);
        if texts.len() == self.count && packed.ends_with('\n') {
            Ok(texts)
        } else {
            Err(Stale)
        }
    }

    /// The first line of a packed language.
    fn header(&self, lang: Lang) -> String {
        let (name, tag, fingerprint) = (self.name, lang.tag(), self.fingerprint);
        ["reachcheck-texts ", name, " ", tag, " ", fingerprint, "\n"].concat()
    }

    /// Whether this program has the language from the beginning.
    const fn is_built_in(lang: Lang) -> bool {
        matches!(lang, Lang::En) || !cfg!(target_arch = "wasm32")
    }

    pub(crate) fn text(&self, lang: Lang, number: usize) -> &'static str {
        let lang = if self.is_loaded(lang) { lang } else { Lang::En };
        let texts = self.ready[lang as usize].get_or_init(|| {
            let packed = self.packed[lang as usize];
            lines(packed.unwrap_or_default())
        });
        texts.get(number).copied().unwrap_or_default()
    }
}

fn lines(packed: &'static str) -> Vec<&'static str> {
    packed.lines().collect()
}

/// What is filled in.
#[derive(Clone, Copy, Debug)]
pub enum Arg<'words> {
    /// Words, or a name.
    Text(&'words str),
    /// How many.
    Count(usize),
    /// A whole number.
    Whole(f64),
    /// A number with one decimal, after the language's own sign.
    Tenths(f64),
    /// Milliseconds as people read them: whole, and never "0".
    Ms(f64),
}

impl Arg<'_> {
    /// In words of a language.
    #[must_use]
    pub fn say(self, lang: Lang) -> String {
        match self {
            Self::Text(words) => words.to_owned(),
            Self::Count(count) => count.to_string(),
            Self::Whole(value) => whole(value).to_string(),
            Self::Tenths(value) => {
                let sign = word(lang, check::Format::Decimal);
                tenths(value).to_string().replace('.', sign)
            }
            Self::Ms(value) if value < 0.95 => "<1 ms".to_owned(),
            Self::Ms(value) => whole(value).to_string() + " ms",
        }
    }

    /// As a whole number, by which a text may choose among its wordings.
    fn number(self) -> Option<i64> {
        match self {
            Self::Count(count) => i64::try_from(count).ok(),
            Self::Whole(value) => Some(whole(value)),
            Self::Text(_) | Self::Tenths(_) | Self::Ms(_) => None,
        }
    }
}

/// A value, and the number of the place where it goes.
pub type Given<'words> = (u8, Arg<'words>);

/// A text in which nothing is filled in.
#[must_use]
pub fn word(lang: Lang, key: impl Key) -> &'static str {
    text_of(lang, key)
}

fn text_of<K: Key>(lang: Lang, key: K) -> &'static str {
    K::CATALOGUE.text(lang, key.number())
}

/// A text, filled in. `say!` calls it, and sees to it that every place is given.
#[must_use]
pub fn filled<K: Key>(lang: Lang, key: K, given: &[Given<'_>]) -> String {
    fill(lang, text_of(lang, key), given)
}

/// Fills the placeholders of a text and makes its choices. Not generic over the key, to avoid monomorphisation.
pub(crate) fn fill(lang: Lang, text: &str, given: &[Given<'_>]) -> String {
    let mut parts = text.split(BRACE);
    let mut out = parts.next().unwrap_or_default().to_owned();
    // Of the choice that is being read: whether one of its variants was said, and whether this one is not.
    let (mut is_chosen, mut is_silent) = (false, false);
    for part in parts {
        let (sign, mut words) = part.split_at_checked(1).unwrap_or_default();
        match sign {
            VARIANT => {
                let (head, said) = words.split_at_checked(2).unwrap_or_default();
                is_silent = is_chosen || !fits(lang, head.as_bytes(), given);
                is_chosen |= !is_silent;
                words = said;
            }
            END => (is_chosen, is_silent) = (false, false),
            _ if is_silent => {}
            _ => {
                if let Some(arg) = sign.bytes().next().and_then(|sign| at(sign, given)) {
                    out.push_str(&arg.say(lang));
                }
            }
        }
        if !is_silent {
            out.push_str(words);
        }
    }
    out
}

/// What is given for the place of a sign.
fn at<'words>(sign: u8, given: &[Given<'words>]) -> Option<Arg<'words>> {
    let number = sign.wrapping_sub(FIRST_PLACEHOLDER);
    let (_, arg) = given.iter().find(|(place, _)| *place == number)?;
    Some(*arg)
}

/// Whether a variant is said: its head is the place that decides, and when.
fn fits(lang: Lang, head: &[u8], given: &[Given<'_>]) -> bool {
    let &[place, when] = head else { return false };
    let number = at(place, given).and_then(Arg::number);
    match when {
        OTHER => true,
        ONE => number.is_some_and(|number| lang.is_singular(number)),
        digit => number == Some(i64::from(digit) - i64::from(b'0')),
    }
}

/// The number of a place, by its name.
#[must_use]
pub const fn place<K: Key>(_: K, name: &str) -> u8 {
    let mut number = 0;
    while number < K::PLACES.len() {
        if is_same(K::PLACES[number], name) {
            #[expect(clippy::cast_possible_truncation, reason = "the build allows 64")]
            return number as u8;
        }
        number += 1;
    }
    panic!("no text has a place of this name")
}

/// The places of these names, a bit for each.
#[must_use]
pub const fn mask<K: Key>(key: K, names: &[&str]) -> u64 {
    let mut mask = 0;
    let mut at = 0;
    while at < names.len() {
        mask |= 1 << place(key, names[at]);
        at += 1;
    }
    mask
}

/// Fails to compile where a text names what it is not given, or none of them what is.
pub const fn assert_placeholders_match<K: Key>(
    key: K,
    numbers: &[usize],
    given: &[&str],
    at_hand: &[&str],
) {
    let mut uses = 0;
    let mut at = 0;
    while at < numbers.len() {
        uses |= K::USES[numbers[at]];
        at += 1;
    }
    let given = mask(key, given);
    assert!(
        uses & !(given | mask(key, at_hand)) == 0,
        "the text has a place that it is not given here: see the English file in crates/texts/texts"
    );
    assert!(
        given & !uses == 0,
        "the text has no place for something that is given here: see the English file in crates/texts/texts"
    );
}

pub(crate) const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// `say!(lang, Detail::Cut, time: Ms(ms))`: a text, filled in. That the text has these places and no others is checked
/// while this is compiled.
#[macro_export]
macro_rules! say {
    ($lang:expr, $key:path $(, $place:ident: $value:expr)* $(,)?) => {{
        // An item, not a block: so `cargo check` looks at it already.
        const _: () =
            $crate::catalogue::assert_placeholders_match($key, &[$key as usize], &[$(stringify!($place)),*], &[]);
        $crate::catalogue::filled($lang, $key, $crate::catalogue::given!($key $(, $place: $value)*))
    }};
}

/// What is given, each with the number of its place.
#[macro_export]
macro_rules! given {
    ($key:path $(, $place:ident: $value:expr)*) => {
        &[$((const { $crate::catalogue::place($key, stringify!($place)) }, $value)),*]
    };
}

pub use {given, say};

#[cfg(test)]
mod tests {
    use super::{Arg, CHECK, DESK, FIRST, Stale, fill};
    use reachcheck_model::lang::Lang;

    #[test]
    fn places_are_filled_in_wherever_a_language_has_them() {
        let given = [(0, Arg::Text("a {0")), (11, Arg::Count(7))];
        assert_eq!(fill(Lang::En, "{0: {; of {0", &given), "a {0: 7 of a {0");
        assert_eq!(fill(Lang::En, "nothing", &given), "nothing");
        // What no build packs says less, and does not panic.
        assert_eq!(fill(Lang::En, "x{", &given), "x");
        assert_eq!(fill(Lang::En, "{é{9", &given), "");
        assert_eq!(fill(Lang::En, "{(", &given), "");
    }

    #[test]
    fn a_wording_is_chosen_by_the_number_as_the_language_counts() {
        let text = "one-text = In { $where }, { $n ->\n    [0] none\n    [one] { $n } thing\n   *[other] { $n } things\n}.\n";
        let source = reachcheck_texts_source::Source::parse("en.ftl", text).expect("right");
        let packed = source.pack(&["n", "where"]);
        let say = |lang, number| {
            let given = [(0, number), (1, Arg::Text("it"))];
            fill(lang, packed.trim_end(), &given)
        };
        for (lang, number, said) in [
            (Lang::En, Arg::Count(0), "In it, none."),
            (Lang::En, Arg::Count(1), "In it, 1 thing."),
            (Lang::En, Arg::Count(2), "In it, 2 things."),
            // As it is shown, so it is said.
            (Lang::En, Arg::Whole(1.4), "In it, 1 thing."),
            (Lang::En, Arg::Whole(-0.4), "In it, none."),
            (Lang::En, Arg::Tenths(1.0), "In it, 1.0 things."),
            (Lang::En, Arg::Text("1"), "In it, 1 things."),
            (Lang::Fr, Arg::Count(1), "In it, 1 thing."),
        ] {
            assert_eq!(say(lang, number), said);
        }
        let of_none = packed.replace("none", "zéro").replace("{(00", "{(09");
        let none = |lang| fill(lang, of_none.trim_end(), &[(0, Arg::Count(0))]);
        assert_eq!(none(Lang::En), "In , 0 things.");
        assert_eq!(none(Lang::Fr), "In , 0 thing.");
    }

    #[test]
    fn numbers_are_said_as_the_language_says_them() {
        for (arg, english, french) in [
            (Arg::Tenths(29.96), "30.0", "30,0"),
            (Arg::Ms(0.4), "<1 ms", "<1 ms"),
            (Arg::Ms(12.5), "12 ms", "12 ms"),
            (Arg::Whole(-0.2), "0", "0"),
            (Arg::Count(3), "3", "3"),
        ] {
            assert_eq!(arg.say(Lang::En), english);
            assert_eq!(arg.say(Lang::Fr), french);
        }
    }

    #[test]
    fn a_packed_language_is_taken_only_where_it_belongs() {
        let french = CHECK.packed(Lang::Fr).expect("native programs have it");
        let take = |packed: &str| CHECK.unpacked(Lang::Fr, packed.to_owned().leak());
        assert_eq!(take(&french).expect("its own").len(), CHECK.count);
        let fingerprint = CHECK.fingerprint;
        let reversed: String = fingerprint.chars().rev().collect();
        for stale in [
            french.replace(fingerprint, &reversed),
            CHECK.packed(Lang::Es).expect("Spanish"),
            DESK.packed(Lang::Fr).expect("the desk's"),
            french[..french.len() - 40].to_owned(),
            format!("{french}one more\n"),
            "<!doctype html><title>Sign in</title>".to_owned(),
            String::new(),
        ] {
            assert_eq!(take(&stale), Err(Stale));
        }
    }

    #[test]
    fn every_language_has_every_text() {
        for catalogue in [&CHECK, &DESK, &FIRST] {
            for lang in Lang::ALL {
                assert!(catalogue.is_loaded(lang));
                for number in 0..catalogue.count {
                    assert!(!catalogue.text(lang, number).is_empty());
                }
            }
        }
    }
}
