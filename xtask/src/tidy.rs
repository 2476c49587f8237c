//! What ARCHITECTURE.md says of the page's sources and the compiler cannot hold: who names the browser's interfaces, and
//! who begins work.

use std::fs;
use std::path::Path;

use crate::places::root;

/// A name that only some of the sources may have.
struct Rule {
    /// The names, as they are written in the code.
    names: &'static [&'static str],
    /// Beginnings of the paths, below `src/`, that may have them.
    allowed: &'static [&'static str],
    /// Whether views may, where what follows is the type of an event or of an element.
    but_types_in_views: bool,
    /// What to do instead.
    instead: &'static str,
}

const RULES: [Rule; 4] = [
    Rule {
        names: &[
            "web_sys::",
            "js_sys::",
            "wasm_bindgen::",
            "gloo_net::",
            "gloo_timers::",
            "JsFuture",
        ],
        allowed: &["browser.rs", "browser/"],
        but_types_in_views: true,
        instead: "wrap it in src/browser, and call that",
    },
    Rule {
        names: &["spawn_local", "future_to_promise"],
        allowed: &["tasks.rs", "lib.rs"],
        but_types_in_views: false,
        instead: "begin a tasks::Task, and let its owner end it by dropping it",
    },
    Rule {
        names: &["Task::begin"],
        allowed: &["run.rs", "run/", "watch/", "frame.rs", "helpdesk/reader.rs"],
        but_types_in_views: false,
        instead: "let src/run or src/watch begin it; what a press does is an Act of components/act_button.rs",
    },
    Rule {
        names: &["send_future", "send_stream"],
        allowed: &["components/act_button.rs"],
        but_types_in_views: false,
        instead: "make it an Act of components/act_button.rs",
    },
];

const VIEWS: [&str; 3] = ["components/", "helpdesk/", "watch/view.rs"];

/// What breaks a rule in a file of that path below `src/`: line, name, and what to do instead.
fn broken(path: &str, text: &str) -> Vec<String> {
    let begins = |with: &&str| path.starts_with(*with);
    let mut found = Vec::new();
    for rule in RULES.iter().filter(|rule| !rule.allowed.iter().any(begins)) {
        let views = rule.but_types_in_views && VIEWS.iter().any(begins);
        for name in rule.names {
            for (at, _) in text.match_indices(name) {
                let (before, after) = (&text[..at], &text[at + name.len()..]);
                let line = before.rsplit('\n').next().unwrap_or_default();
                let is_comment = line.trim_start().starts_with("//");
                let is_longer = before.ends_with(|it: char| it.is_alphanumeric() || it == '_');
                if is_comment || is_longer || views && are_types_of_views(after) {
                    continue;
                }
                let number = before.matches('\n').count() + 1;
                let name = name.trim_end_matches(':');
                found.push(format!("src/{path}:{number}: {name}: {}", rule.instead));
            }
        }
    }
    found
}

/// Whether what follows `web_sys::` is types of events and elements: one of them, or several in braces.
fn are_types_of_views(after: &str) -> bool {
    let names = match after.strip_prefix('{') {
        Some(list) => list.split('}').next().unwrap_or_default(),
        None => after
            .split(|it: char| !it.is_alphanumeric())
            .next()
            .unwrap_or_default(),
    };
    let mut names = names
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    names.all(|name| name.ends_with("Element") || name.ends_with("Event"))
}

/// Every source below a folder: its path below `src/`, and its text.
fn sources(folder: &Path, below: &str, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let entry = entry.expect("an entry").path();
        let name = entry.file_name().expect("a name").to_string_lossy();
        let path = format!("{below}{name}");
        if entry.is_dir() {
            sources(&entry, &format!("{path}/"), found);
        } else if path.ends_with(".rs") {
            found.push((path, fs::read_to_string(&entry).expect("a source")));
        }
    }
}

#[test]
fn browser_interfaces_are_named_in_one_place_and_few_begin_work() {
    let mut all = Vec::new();
    sources(&root().join("src"), "", &mut all);
    // Tests look from outside.
    all.retain(|(path, _)| !path.starts_with("wasm_tests"));
    let broken: Vec<String> = all
        .iter()
        .flat_map(|(path, text)| broken(path, text))
        .collect();
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
    // Every name is somewhere, or the rule would hold nothing.
    for rule in &RULES {
        let own = all
            .iter()
            .filter(|(path, _)| rule.allowed.iter().any(|it| path.starts_with(it)));
        let own: String = own.map(|(_, text)| text.as_str()).collect();
        assert!(
            rule.names.iter().any(|name| own.contains(name)),
            "{:?}",
            rule.names
        );
    }
}

#[test]
fn a_broken_rule_is_named_with_its_place() {
    let text = "//! Of web_sys::Url.\nuse not_web_sys::Url;\nfn f() {\n    web_sys::window();\n}\n";
    let [said] = &broken("setup.rs", text)[..] else {
        panic!("one line breaks one rule");
    };
    assert!(
        said.starts_with("src/setup.rs:4: web_sys: wrap it"),
        "{said}"
    );
    assert!(broken("browser/clock.rs", text).is_empty());
    for (path, text, count) in [
        (
            "helpdesk/reader.rs",
            "use web_sys::{HtmlInputElement,\n    InputEvent};",
            0,
        ),
        (
            "helpdesk/reader.rs",
            "use web_sys::{HtmlInputElement, Url};",
            1,
        ),
        ("setup.rs", "use web_sys::HtmlInputElement;", 1),
        (
            "components/words.rs",
            "Task::begin(async {}); spawn_local(it)",
            2,
        ),
        ("run/state.rs", "Task::begin(async {});", 0),
        ("desk.rs", "context.link().send_future(it);", 1),
    ] {
        assert_eq!(broken(path, text).len(), count, "{path}: {text}");
    }
}
