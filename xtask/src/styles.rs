//! What neither compiler holds: every class and id that a stylesheet names is on an element of some view, and every class of
//! a view is named in a stylesheet.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::places::root;

/// Classes by which scripts and tests find an element, and which look like nothing.
const FOUND_BY: [&str; 2] = ["findings", "first__back"];

type Names = BTreeSet<String>;

/// Every file below a folder that ends so.
fn files(folder: &Path, ends: &[&str], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        if path.is_dir() {
            // Tests look for classes; they put them on nothing.
            if name != "wasm_tests" {
                files(&path, ends, found);
            }
        } else if ends.iter().any(|end| name.ends_with(end)) {
            found.push(path);
        }
    }
}

fn texts(folder: &str, ends: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    files(&root().join(folder), ends, &mut found);
    let read = |path: &PathBuf| fs::read_to_string(path).expect("a text");
    found.iter().map(read).collect()
}

fn without(text: &str, open: &str, close: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once(open) {
        kept.push_str(before);
        rest = comment.split_once(close).map_or("", |(_, after)| after);
    }
    kept + rest
}

fn is_name(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '-' || sign == '_'
}

/// The names in a stylesheet's selectors that follow a sign: `.` for classes, `#` for ids.
fn styled(css: &str, sign: char) -> Names {
    let css = without(css, "/*", "*/");
    let mut names = Names::new();
    for (at, _) in css.match_indices('{') {
        let before = &css[..at];
        let selector = before.rsplit(['{', '}', ';']).next().unwrap_or_default();
        if selector.trim_start().starts_with('@') {
            continue;
        }
        for name in selector.split(sign).skip(1) {
            names.insert(name.chars().take_while(|sign| is_name(*sign)).collect());
        }
    }
    names
}

/// The string literals of a source, without those in its comments.
fn literals(source: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in source.lines() {
        let line = line.trim_start();
        if line.starts_with("//") || line.starts_with("<!--") {
            continue;
        }
        let mut parts = line.split('"');
        parts.next();
        while let (Some(literal), Some(_)) = (parts.next(), parts.next()) {
            found.push(literal);
        }
    }
    found
}

/// What follows each of these in a source, up to a sign.
fn after<'source>(source: &'source str, what: &str, until: char) -> Vec<&'source str> {
    let found = source.match_indices(what);
    found
        .filter_map(|(at, _)| source[at + what.len()..].split(until).next())
        .collect()
}

/// Classes as views put them on elements.
#[derive(Default)]
struct Used {
    /// Whole ones.
    names: Names,
    /// Blocks with variants, `badge` of `badge--blocked`, whose ends are words of the program.
    blocks: Names,
}

impl Used {
    fn read(&mut self, source: &str) {
        let fixed = after(source, "class=\"", '"');
        let several = after(source, "classes!(", ')');
        let written = after(source, "class={format!(\"", '"');
        let several = several.iter().flat_map(|list| literals(list));
        let chosen = after(source, "class={if ", '\n');
        let chosen = chosen.iter().flat_map(|list| literals(list));
        for list in fixed
            .into_iter()
            .chain(several)
            .chain(chosen)
            .chain(written)
        {
            for class in list.split_whitespace() {
                match class.split_once("--{") {
                    Some((block, _)) => self.blocks.insert(block.to_owned()),
                    None => self.names.insert(class.to_owned()),
                };
            }
        }
        for block in after(source, "variant(\"", '"') {
            self.names.insert(block.to_owned());
            self.blocks.insert(block.to_owned());
        }
    }
}

#[derive(Debug, Default, PartialEq)]
struct Differs {
    /// Styled, and on no element.
    unused: Vec<String>,
    /// On an element, and styled nowhere.
    unstyled: Vec<String>,
}

/// How stylesheets and views differ. `words` are the literals that a class, or a variant's end, may be made of.
fn differs(styled: &Names, used: &Used, words: &Names) -> Differs {
    let is_used = |class: &&String| {
        used.names.contains(*class)
            || words.contains(*class)
            || class
                .split_once("--")
                .is_some_and(|(block, end)| used.blocks.contains(block) && words.contains(end))
    };
    let is_styled = |class: &&String| {
        let variants = [class.as_str(), "--"].concat();
        styled.contains(*class) || styled.iter().any(|it| it.starts_with(&variants))
    };
    Differs {
        unused: styled.iter().filter(|it| !is_used(it)).cloned().collect(),
        unstyled: used
            .names
            .union(&used.blocks)
            .filter(|it| !is_styled(it))
            .cloned()
            .collect(),
    }
}

#[test]
fn every_class_and_id_is_styled_and_on_an_element() {
    let (mut classes, mut ids) = (Names::new(), Names::new());
    for css in texts("style", &[".css"]) {
        classes.append(&mut styled(&css, '.'));
        ids.append(&mut styled(&css, '#'));
    }
    let (mut used, mut words) = (Used::default(), Names::new());
    let mut views = texts("src", &[".rs", ".html", ".js", ".mjs"]);
    views.push(fs::read_to_string(root().join("index.html")).expect("the page"));
    for source in &views {
        used.read(source);
        words.extend(literals(source).iter().map(|it| (*it).to_owned()));
    }
    for crate_of_tokens in [
        "crates/model/src",
        "crates/diagnosis/src",
        "crates/watch/src",
    ] {
        for source in texts(crate_of_tokens, &[".rs"]) {
            words.extend(literals(&source).iter().map(|it| (*it).to_owned()));
        }
    }
    assert!(
        classes.len() > 100 && ids.len() > 1 && used.names.len() > 80,
        "something was not read"
    );
    let of_nobody: Vec<_> = ids.difference(&words).collect();
    assert!(of_nobody.is_empty(), "ids of no element: {of_nobody:?}");
    let mut differs = differs(&classes, &used, &words);
    differs
        .unstyled
        .retain(|class| !FOUND_BY.contains(&class.as_str()));
    assert_eq!(differs, Differs::default());
}

#[test]
fn what_differs_is_named() {
    let css = "/* .gone */ @media (min-width: 1.5rem) { .a, .b--on > p { gap: 0.5rem; } .b--off:hover {} .lost {} #id b { color: #fff } }";
    let source = r#"// class="comment"
        <p class="a alone" /> <i class={variant("b", it.token())} /> "on" <b class={format!("c c--{x}")} />"#;
    let mut used = Used::default();
    used.read(&source.replace("// class=\"comment\"", ""));
    let words = literals(source).iter().map(|it| (*it).to_owned()).collect();
    assert_eq!(Vec::from_iter(styled(css, '#')), ["id"]);
    let found = differs(&styled(css, '.'), &used, &words);
    assert_eq!(found.unused, ["b--off", "lost"]);
    assert_eq!(found.unstyled, ["alone", "c"]);
}
