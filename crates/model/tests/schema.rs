//! The published schema of `config.json` beside the code that reads it, so that neither runs away.

use std::collections::BTreeSet;

use reachcheck_model::config;
use reachcheck_model::lang::Lang;
use serde_json::{Value, json};

const EXAMPLE: &str = include_str!("../../../docs/example.config.json");

fn schema() -> Value {
    serde_json::from_str(include_str!("../config.schema.json")).expect("the schema is JSON")
}

/// What the reader says it takes at a place: it lists its keys to whoever sends a wrong one.
fn keys_read_at(pointer: &str) -> BTreeSet<String> {
    let mut settings: Value = serde_json::from_str(EXAMPLE).expect("the example is JSON");
    let place = settings.pointer_mut(pointer).expect(pointer);
    *place = json!({"no such key": 1});
    let error = config::parse(&settings.to_string()).expect_err(pointer);
    let (_, listed) = error
        .problem
        .split_once("expected ")
        .expect("a list of keys");
    listed
        .split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

fn keys(object: &Value) -> BTreeSet<String> {
    let object = object.as_object().expect("properties");
    object.keys().cloned().collect()
}

/// Walks schema and example together.
fn compare(schema: &Value, defs: &Value, pointer: &str, example: &Value) {
    let node = match schema["$ref"].as_str() {
        Some(name) => &defs[name.rsplit('/').next().expect("a name")],
        None => schema,
    };
    match example {
        Value::Object(entries) => {
            assert_eq!(node["additionalProperties"], json!(false), "{pointer}");
            assert_eq!(
                keys_read_at(pointer),
                keys(&node["properties"]),
                "{pointer}"
            );
            for required in node["required"].as_array().into_iter().flatten() {
                let mut settings: Value = serde_json::from_str(EXAMPLE).expect("JSON");
                let place = settings.pointer_mut(pointer).expect(pointer);
                let name = required.as_str().expect("a name");
                place.as_object_mut().expect("an object").remove(name);
                let error = config::parse(&settings.to_string()).expect_err(name);
                assert!(error.problem.contains(name), "{pointer}: {error}");
            }
            for (key, value) in entries {
                let below = format!("{pointer}/{key}");
                assert!(node["properties"].get(key).is_some(), "{below}");
                compare(&node["properties"][key], defs, &below, value);
            }
        }
        Value::Array(items) => {
            let most = node["maxItems"].as_u64().expect("a limit");
            let mut settings: Value = serde_json::from_str(EXAMPLE).expect("JSON");
            let place = settings.pointer_mut(pointer).expect(pointer);
            *place = Value::from(vec![
                items[0].clone();
                usize::try_from(most + 1).expect("few")
            ]);
            assert!(config::parse(&settings.to_string()).is_err(), "{pointer}");
            for (index, item) in items.iter().enumerate() {
                compare(&node["items"], defs, &format!("{pointer}/{index}"), item);
            }
        }
        Value::String(_) => assert_eq!(node["type"], "string", "{pointer}"),
        Value::Bool(_) => assert_eq!(node["type"], "boolean", "{pointer}"),
        Value::Number(_) => {
            assert!(["integer", "number"].contains(&node["type"].as_str().expect(pointer)));
            for (bound, step) in [("minimum", -1), ("maximum", 1)] {
                let mut settings: Value = serde_json::from_str(EXAMPLE).expect("JSON");
                let place = settings.pointer_mut(pointer).expect(pointer);
                let bound = node[bound].as_i64().expect(bound);
                *place = Value::from(bound);
                assert!(
                    config::parse(&settings.to_string()).is_ok(),
                    "{pointer} {bound}"
                );
                let place = settings.pointer_mut(pointer).expect(pointer);
                *place = Value::from(bound + step);
                assert!(
                    config::parse(&settings.to_string()).is_err(),
                    "{pointer} {bound}"
                );
            }
        }
        Value::Null => panic!("{pointer}: the example holds null"),
    }
}

#[test]
fn the_schema_and_the_reader_take_the_same_keys_within_the_same_bounds() {
    let schema = schema();
    let example: Value = serde_json::from_str(EXAMPLE).expect("JSON");
    // Every key of the schema is in the example, or it would not be compared.
    assert_eq!(keys(&schema["properties"]), keys(&example));
    let branding = &schema["properties"]["branding"]["properties"];
    assert_eq!(keys(branding), keys(&example["branding"]));
    compare(&schema, &schema["$defs"], "", &example);
    // Languages by their keys: in an operator's words, which the example gives, and in this.
    let languages = format!("^({})([-_].*)?$", Lang::KEYS.join("|"));
    assert_eq!(
        schema["properties"]["report_language"]["pattern"],
        languages
    );
    assert_eq!(
        keys(&schema["$defs"]["words"]["properties"]),
        BTreeSet::from(Lang::KEYS.map(str::to_owned))
    );
}

#[test]
fn another_provider_needs_nothing_but_settings() {
    let config = config::parse(EXAMPLE).expect("the example");
    assert_eq!(config.catalogue.provider, "Example Calls");
    assert_eq!(config.catalogue.regions[0].tcp.port, 8443);
    assert!(!config.plain_tcp_probe);
    let text = format!("{config:?}").to_lowercase();
    for word in ["univerge", "mycontactcenter", "toronto"] {
        assert!(!text.contains(word), "{word} is hard-wired");
    }
}
