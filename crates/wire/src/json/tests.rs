use proptest::prelude::{Just, Strategy, any, prop, prop_oneof, proptest};
use serde_json::Value;

use super::number::Number;
use super::{DEPTH_MAX, FromJson, Node, What, read};
use crate::{fields, words};

#[derive(Debug, PartialEq)]
struct Settings {
    name: String,
    items: Option<Vec<Item>>,
}

fields!(strict Settings { name, items });

#[derive(Debug, PartialEq)]
struct Item {
    ms: f64,
    port: Option<u16>,
    manner: Manner,
}

fields!(Item { ms, port, manner });

#[derive(Clone, Copy, Debug, PartialEq)]
enum Manner {
    VeryQuiet,
}

words!(Manner { "very-quiet" => VeryQuiet });

/// As serde_json has it, to hold one against the other.
impl FromJson for Value {
    fn from_json(node: &Node<'_>) -> Self {
        node.what().map_or(Self::Null, as_serde_has_it)
    }
}

fn as_serde_has_it(what: &What) -> Value {
    match what {
        What::Null => Value::Null,
        What::Bool(is_true) => Value::Bool(*is_true),
        What::Number(Number::Natural(number)) => Value::from(*number),
        What::Number(Number::Negative(number)) => Value::from(*number),
        What::Number(Number::Float(number)) => Value::from(*number),
        What::Text(text) => Value::String(text.clone()),
        What::List(items) => items
            .iter()
            .map(|item| as_serde_has_it(&item.what))
            .collect(),
        What::Object(entries) => entries
            .iter()
            .map(|entry| (entry.key.clone(), as_serde_has_it(&entry.value.what)))
            .collect(),
    }
}

#[test]
fn types_are_read() {
    let text = r#"{"name": "a\u00e9\ud83d\ude00\n", "items": [{"ms": 1.5, "manner": "very-quiet", "more": [{}]}]}"#;
    let item = Item {
        ms: 1.5,
        port: None,
        manner: Manner::VeryQuiet,
    };
    let settings = Settings {
        name: "aé😀\n".to_owned(),
        items: Some(vec![item]),
    };
    assert_eq!(read(text), Ok(settings));
}

#[test]
fn a_mistake_is_named_with_its_place() {
    for (text, expected) in [
        ("", "line 1, column 0: EOF while parsing a value"),
        (
            "{\n \"nome\": 1}",
            "line 2, column 7 (nome): unknown field `nome`, expected `name` or `items`",
        ),
        (
            r#"{"name": 3}"#,
            "line 1, column 10 (name): invalid type: integer `3`, expected a string",
        ),
        (
            r#"{"name": "a", "items": [{"ms": 1, "manner": "loud"}]}"#,
            "line 1, column 50 (items[0].manner): unknown variant `loud`, expected `very-quiet`",
        ),
        (
            r#"{"name": "a", "items": [{"ms": 1, "port": 65536}]}"#,
            "(items[0].port): invalid value: integer `65536`, expected u16",
        ),
        ("{}", "line 1, column 2: missing field `name`"),
        (
            r#"{"name": "a", "items": [], "name": "b"}"#,
            "line 1, column 33 (name): duplicate field `name`",
        ),
        (
            r#"{"name": "a", "items": [{"ms": true, "manner": "very-quiet"}]}"#,
            "line 1, column 31 (items[0].ms): invalid type: boolean `true`, expected f64",
        ),
        (r#"{"name": "a",}"#, "trailing comma"),
        (r#"{"name": "a"} {"#, "line 1, column 15: there is more"),
        (r#"{"name": "a" "b"}"#, "expected `,` or `}`"),
        (r#"{"name" "a"}"#, "expected `:`"),
        (r#"{name: "a"}"#, "key must be a string"),
    ] {
        let error = read::<Settings>(text).expect_err(text).to_string();
        assert!(error.contains(expected), "{text}\n  {error}\n  {expected}");
    }
}

#[test]
fn depth_has_a_limit() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(read::<Value>(&nested(DEPTH_MAX)).is_ok());
    let error = read::<Value>(&nested(DEPTH_MAX + 1)).expect_err("too deep");
    assert!(error.problem.contains("nested"));
    assert!(read::<Value>(&"[".repeat(1_000_000)).is_err());
    let pair = ("a".to_owned(), "b".to_owned());
    assert_eq!(read(r#"["a", "b"]"#), Ok(pair));
    for other in [r#"["a"]"#, r#"["a", "b", "c"]"#, r#"["a", 1]"#] {
        assert!(read::<(String, String)>(other).is_err(), "{other}");
    }
}

/// Nearly JSON: what a hand that writes settings gets wrong.
fn nearly_json() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"a\"",
            "\"\\u00e9\"",
            "\"\\ud83d\"",
            "\"\\x\"",
            "true",
            "null",
            "-",
            "0",
            "01",
            "1.",
            ".5",
            "-0",
            "1e5",
            "1E-7",
            "12.345",
            "18446744073709551615",
            "18446744073709551616",
            "1e999",
            "-9223372036854775808",
            " ",
            "\n",
            "nul",
            "\"",
        ])
        .prop_map(str::to_owned),
        any::<f64>().prop_map(|number| number.to_string()),
        any::<i64>().prop_map(|number| number.to_string()),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        // Milliseconds with three decimals: what the relay sends.
        (0_u32..100_000_000).prop_map(|us| Value::from(f64::from(us) / 1000.0)),
        ".*".prop_map(Value::from),
        Just(Value::Null),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(".*", inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn what_serde_json_writes_is_read_alike(value in json()) {
        proptest::prop_assert_eq!(read::<Value>(&value.to_string()), Ok(value.clone()));
        let pretty = serde_json::to_string_pretty(&value).expect("JSON");
        proptest::prop_assert_eq!(read::<Value>(&pretty), Ok(value));
    }

    #[test]
    fn what_serde_json_refuses_is_refused(text in nearly_json()) {
        let ours = read::<Value>(&text);
        let theirs = serde_json::from_str::<Value>(&text);
        proptest::prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{} {:?} {:?}", text, ours, theirs);
    }

    #[test]
    fn no_text_is_too_odd(text in ".*") {
        let _ = read::<Value>(&text);
        let _ = read::<Settings>(&text);
    }
}
