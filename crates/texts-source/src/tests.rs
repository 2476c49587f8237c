//! What is read, what is refused, and how it is said.

use crate::source::{Part, Problem, Source, Variant, When};

const EN: &str = "### For people.\n\n## One\n## The first of two.\n\n# Said once.\none-plain = as it is\none-filled = { $b }, then { $a }\n\n## Two\n\ntwo-plain = more\n";
const CHOICE: &str = "one-counted =\n    { $count ->\n        [0] none\n        [one] a { $what }\n       *[other] { $count } { $what }s\n    }\n";

fn english() -> Source {
    Source::parse("en.ftl", EN).expect("right")
}

fn said<T: std::fmt::Debug>(problems: Result<T, Vec<Problem>>) -> Vec<String> {
    let problems = problems.expect_err("wrong");
    problems.iter().map(ToString::to_string).collect()
}

/// What is wrong with a file that has this in a section.
fn refused(texts: &str) -> Vec<String> {
    said(Source::parse("fr.ftl", &format!("## One\n\n{texts}\n")))
}

fn place(name: &str) -> Part {
    Part::Placeholder(name.to_owned())
}

fn words(words: &str) -> Part {
    Part::Words(words.to_owned())
}

#[test]
fn texts_are_read() {
    let source = english();
    source.assert_sections().expect("right");
    assert_eq!(source.texts.len(), 3);
    let filled = &source.texts[1];
    assert_eq!((filled.id().as_str(), filled.line), ("one-filled", 8));
    assert_eq!(filled.variant().as_deref(), Some("Filled"));
    assert_eq!(filled.parts, [place("b"), words(", then "), place("a")]);
    assert_eq!(filled.places(), ["a", "b"]);
    assert_eq!(filled.words(), "{ $b }, then { $a }");
    let windows = Source::parse("en.ftl", &EN.replace('\n', "\r\n"));
    assert_eq!(windows.expect("the same"), source);
}

#[test]
fn a_section_of_several_words_and_its_variants_are_told_apart() {
    let content = "## WatchUi\n\nwatch-ui-log-title = What happened\nwatch-ui-port-80 = x\n";
    let source = Source::parse("en.ftl", content).expect("right");
    source.assert_sections().expect("right");
    let variants: Vec<_> = source
        .texts
        .iter()
        .filter_map(crate::Text::variant)
        .collect();
    assert_eq!(variants, ["LogTitle", "Port80"]);
}

#[test]
fn texts_of_findings_are_attributes() {
    let content = "## Finding\n\nfinding-slow =\n    .title = Slow\n    .what-very = { $time }\n";
    let source = Source::parse("en.ftl", content).expect("right");
    source.assert_sections().expect("right");
    let what = &source.texts[1];
    assert_eq!(
        (what.id().as_str(), what.line),
        ("finding-slow.what-very", 5)
    );
    assert_eq!(what.within_section(), Some("slow"));
}

#[test]
fn choices_are_read_and_packed() {
    let source = Source::parse("en.ftl", &format!("## One\n\n{CHOICE}"));
    // A text of one line is the same.
    let shown = "{ $count -> [0] none [one] a { $what } *[other] { $count } { $what }s }";
    assert!(source.is_err(), "[0] does not name $what: {source:?}");
    let choice = CHOICE.replace("none", "no { $what }");
    let source = Source::parse("en.ftl", &format!("## One\n\n{choice}")).expect("right");
    let text = &source.texts[0];
    assert_eq!(text.words(), shown.replace("none", "no { $what }"));
    assert_eq!(text.places(), ["count", "what"]);
    let variant = |when, parts: &[Part]| Variant {
        when,
        parts: parts.to_vec(),
    };
    let variants = vec![
        variant(When::Number(b'0'), &[words("no "), place("what")]),
        variant(When::One, &[words("a "), place("what")]),
        variant(
            When::Other,
            &[place("count"), words(" "), place("what"), words("s")],
        ),
    ];
    assert_eq!(text.parts, [Part::Choice("count".to_owned(), variants)]);
    assert_eq!(
        source.pack(&["count", "what"]),
        "{(00no {1{(0oa {1{(0*{0 {1s{)\n"
    );
}

#[test]
fn packed_in_english_order() {
    let other = "two-plain = plus\none-filled = { $a } : { $b }\none-plain = tel\u{a0}quel\n";
    let other = Source::parse("fr.ftl", other).expect("right");
    let other = other.in_order_of(&english()).expect("the same keys");
    let places = english();
    let places = places.places().expect("two");
    assert_eq!(other.pack(&places), "tel\u{a0}quel\n{0 : {1\nplus\n");
    assert_eq!(english().pack(&places), "as it is\n{1, then {0\nmore\n");
    assert_eq!(other.fingerprint(), english().fingerprint());
    assert_eq!(other.texts[2].section, "Two");
}

#[test]
fn another_key_or_place_is_another_fingerprint() {
    for (from, to) in [
        ("{ $b }, then", "then"),
        ("-filled", "-full"),
        ("two-", "three-"),
    ] {
        let other = Source::parse("en.ftl", &EN.replace(from, to)).expect("right");
        assert_ne!(other.fingerprint(), english().fingerprint(), "{to}");
    }
    // Other words alone are not.
    let other = Source::parse("en.ftl", &EN.replace("as it is", "so")).expect("right");
    assert_eq!(other.fingerprint(), english().fingerprint());
}

#[test]
fn what_is_no_fluent_is_named() {
    for (texts, why) in [
        ("one-plain", "fr.ftl:3: this is no Fluent"),
        ("one-plain =", "fr.ftl:3: there are no words after the `=`"),
        (
            "one-plain = x\none-other = {a",
            "fr.ftl:4: this is no Fluent",
        ),
        ("one-plain = a}", "fr.ftl:3: this is no Fluent"),
        ("one-plain = {}", "fr.ftl:3: this is no Fluent"),
        (
            "one-plain = { $a ->\n    [one] x { $a }\n}",
            "fr.ftl:4: this choice has no `*[other]`",
        ),
    ] {
        let said = refused(texts);
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].starts_with(why), "{said:?}");
    }
}

#[test]
fn what_is_outside_the_subset_is_named() {
    for (texts, why) in [
        ("-brand = x", "-brand is a term"),
        ("one-plain = { -brand }", "in braces stands the term -brand"),
        ("one-plain = { NUMBER($a) }", "the function NUMBER()"),
        ("one-plain = { one-other }", "the message one-other"),
        ("one-plain = { \"{\" }", "the literal \"{\""),
        ("one-plain = { 7 }", "the literal 7"),
        ("one-plain = { { $a } }", "a pair of braces"),
        ("one-plain = { $aB }", "$aB: a name has small letters"),
        ("one-plain = a\n    b", "a text is one line"),
        ("one-plain = TO WRITE", "one-plain has yet to be written"),
    ] {
        let said = refused(texts);
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].starts_with("fr.ftl:3: "), "{said:?}");
        assert!(said[0].contains(why), "{said:?}");
    }
}

#[test]
fn a_choice_that_would_say_less_is_refused() {
    for (variants, why) in [
        (
            "[few] { $n }\n *[other] { $n }",
            "there is no variant `[few]`",
        ),
        (
            "[12] { $n }\n *[other] { $n }",
            "there is no variant `[12]`",
        ),
        (
            "[other] { $n }\n *[one] { $n }",
            "the variant with `*` is `[other]`",
        ),
        ("*[other] { $n }\n [one] { $n }", "*[other] stands last"),
        (
            "[one] { $n }\n [one] a\n *[other] { $n }",
            "the variant [one] is there twice",
        ),
        ("[one] one\n *[other] many", "*[other] does not say { $n }"),
        (
            "[one] one\n *[other] { $n } of { $all }",
            "[one] does not name what *[other] names",
        ),
        (
            "[one] one of { $all }\n *[other] { $n }",
            "[one] does not name what *[other] names",
        ),
        (
            "[one] one\n *[other] { $n } { $m ->\n *[other] { $m }\n }",
            "a choice within a choice",
        ),
    ] {
        let said = refused(&format!("one-plain = {{ $n ->\n {variants}\n }}"));
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].starts_with("fr.ftl:3: one-plain: "), "{said:?}");
        assert!(said[0].contains(why), "{said:?}");
    }
}

#[test]
fn what_is_there_twice_is_named() {
    let twice = refused("one-a = x\none-b = y\none-a = z");
    assert_eq!(
        twice,
        ["fr.ftl:5: one-a stands in line 3 already: take one out"]
    );
    let twice = refused("one-a =\n    .title = x\n    .title = y");
    assert_eq!(
        twice,
        ["fr.ftl:5: one-a.title stands in line 4 already: take one out"]
    );
}

#[test]
fn english_names_texts_for_their_sections() {
    for (content, why) in [
        ("one-plain = x", "en.ftl:1: one-plain stands in no section"),
        (
            "## one\n\none-plain = x",
            "en.ftl:3: one-plain stands in no section",
        ),
        (
            "## One\n\ntwo-plain = x",
            "en.ftl:3: two-plain is no name in [One]",
        ),
        ("## One\n\none-7 = x", "en.ftl:3: one-7 is no name in [One]"),
        ("## One\n\none = x", "en.ftl:3: one is no name in [One]"),
        (
            "## One\n\none-plain =\n    .title = x",
            "en.ftl:4: one-plain.title: only the texts of findings",
        ),
        (
            "## Finding\n\nfinding-slow = x",
            "en.ftl:3: finding-slow: the texts of a finding are attributes",
        ),
        (
            "## Finding\n\nfinding-slow =\n    .when = x",
            "en.ftl:4: finding-slow.when is no text of a finding",
        ),
        (
            "## Finding\n\nslow =\n    .title = x",
            "en.ftl:4: slow.title is no text of a finding",
        ),
    ] {
        let source = Source::parse("en.ftl", content).expect("it is Fluent");
        let said = said(source.assert_sections());
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].starts_with(why), "{said:?}");
    }
}

#[test]
fn what_differs_between_languages_is_named() {
    let other = "two-plain = plus\none-plain = x\none-other = { $b }, { $c }\n";
    let other = Source::parse("fr.ftl", other).expect("right");
    assert_eq!(
        said(other.in_order_of(&english())),
        [
            "fr.ftl:2: one-filled is missing: add it; in en.ftl, line 8, it is “{ $b }, then { $a }”",
            "fr.ftl:3: one-other is not in en.ftl: add it there, or take it out here",
        ]
    );
    let other = "one-plain = x\none-filled = { $b }, { $c }\ntwo-plain = plus\n";
    let other = Source::parse("fr.ftl", other).expect("right");
    assert_eq!(
        said(other.in_order_of(&english())),
        [
            "fr.ftl:2: one-filled must name { $a }, { $b } as it does in en.ftl, line 8; it names { $b }, { $c }",
        ]
    );
}

#[test]
fn a_language_chooses_where_english_does_not() {
    let english = Source::parse("en.ftl", "## One\n\none-a = { $n } through\n").expect("right");
    let other = "one-a = { $n ->\n    [one] { $n } région\n   *[other] { $n } régions\n}\n";
    let other = Source::parse("fr.ftl", other).expect("right");
    let other = other.in_order_of(&english).expect("the same places");
    assert_eq!(other.pack(&["n"]), "{(0o{0 région{(0*{0 régions{)\n");
}
