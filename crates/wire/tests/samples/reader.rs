//! An earlier release's reader, as data: which fields it requires, of which type, and which words it knows.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

/// What a release requires of the messages it reads: `reader.json` in its folder.
#[derive(Debug, Deserialize)]
pub struct Reader {
    /// Types that refuse keys they do not know.
    strict: Vec<String>,
    types: BTreeMap<String, Type>,
}

type Fields = BTreeMap<String, String>;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Type {
    /// An object with these fields. A `?` behind a field's type says that it may be missing, or `null`.
    Fields(Fields),
    /// One of these words.
    Words(Vec<String>),
    /// An object whose first field is the tag; the word there says which others there are.
    Tagged(String, BTreeMap<String, Fields>),
}

impl Reader {
    pub fn of(release: &Path) -> Self {
        let text = fs::read_to_string(release.join("reader.json")).expect("what it requires");
        serde_json::from_str(&text).expect("a list of types")
    }

    /// Whether the release reads this as a message of that type.
    pub fn reads(&self, name: &str, text: &str) -> Result<(), String> {
        let value = serde_json::from_str(text).map_err(|why| why.to_string())?;
        // The value has forgotten the order, and the page insists on the tag being first.
        for tag in ["ask", "say", "is"] {
            let key = format!("\"{tag}\":");
            let first = format!("{{{key}");
            if text.matches(&key).count() != text.matches(&first).count() {
                return Err(format!("{tag} is not first"));
            }
        }
        self.takes(name, &value)
    }

    /// As [`Reader::reads`], but for the order.
    pub fn takes(&self, name: &str, value: &Value) -> Result<(), String> {
        if let Some(item) = name
            .strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'))
        {
            let items = value.as_array().ok_or("not a list")?;
            return items.iter().try_for_each(|value| self.takes(item, value));
        }
        let is_one = match name {
            "text" => value.is_string(),
            "flag" => value.is_boolean(),
            "f64" => value.is_number(),
            "i64" => value.is_i64(),
            "u64" => value.is_u64(),
            "u32" => value.as_u64().is_some_and(|n| n <= u32::MAX.into()),
            "u16" => value.as_u64().is_some_and(|n| n <= u16::MAX.into()),
            "pair" => value
                .as_array()
                .is_some_and(|pair| pair.len() == 2 && pair.iter().all(Value::is_string)),
            _ => return self.takes_type(name, value),
        };
        if is_one {
            Ok(())
        } else {
            Err(format!("{value} is no {name}"))
        }
    }

    fn takes_type(&self, name: &str, value: &Value) -> Result<(), String> {
        let strict = self.strict.iter().any(|strict| strict == name);
        match self
            .types
            .get(name)
            .ok_or_else(|| format!("{name}: no such type"))?
        {
            Type::Fields(fields) => self.takes_fields(fields, strict, None, value),
            Type::Words(words) => {
                let is_known = words.iter().any(|word| value.as_str() == Some(word));
                if is_known {
                    Ok(())
                } else {
                    Err(format!("{value} is no {name}"))
                }
            }
            Type::Tagged(tag, variants) => {
                let word = value
                    .get(tag)
                    .and_then(Value::as_str)
                    .ok_or_else(|| format!("no {tag}"))?;
                let fields = variants
                    .get(word)
                    .ok_or_else(|| format!("{tag}: no {word}"))?;
                self.takes_fields(fields, strict, Some(tag), value)
            }
        }
    }

    fn takes_fields(
        &self,
        fields: &Fields,
        strict: bool,
        tag: Option<&str>,
        value: &Value,
    ) -> Result<(), String> {
        let object = value.as_object().ok_or("not an object")?;
        for (key, name) in fields {
            let there = object.get(key).filter(|value| !value.is_null());
            match (there, name.strip_suffix('?')) {
                (None, Some(_)) => {}
                (None, None) => return Err(format!("no {key}")),
                (Some(value), _) => self
                    .takes(name.trim_end_matches('?'), value)
                    .map_err(|why| format!("{key}: {why}"))?,
            }
        }
        let stray = object
            .keys()
            .find(|key| !fields.contains_key(*key) && tag != Some(key));
        match stray.filter(|_| strict) {
            Some(key) => Err(format!("{key}: not known")),
            None => Ok(()),
        }
    }
}

/// The message once for each field in it, without that field; with the field's path.
pub fn each_without_one_field(text: &str) -> Vec<(String, Value)> {
    let whole: Value = serde_json::from_str(text).expect("JSON");
    let mut paths = Vec::new();
    collect(&whole, "", &mut paths);
    let without = |path: &String| {
        let (parent, key) = path.rsplit_once('.').unwrap_or(("", path));
        let mut less = whole.clone();
        let pointer = if parent.is_empty() {
            String::new()
        } else {
            format!("/{}", parent.replace('.', "/"))
        };
        let object = less.pointer_mut(&pointer).and_then(Value::as_object_mut);
        object.expect("an object").remove(key);
        (path.clone(), less)
    };
    paths.iter().map(without).collect()
}

fn collect(value: &Value, path: &str, paths: &mut Vec<String>) {
    for (key, value) in value.as_object().into_iter().flatten() {
        let path = if path.is_empty() {
            key.clone()
        } else {
            format!("{path}.{key}")
        };
        collect(value, &path, paths);
        paths.push(path);
    }
}
