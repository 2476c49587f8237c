//! `index.html` and `404.html`: what they say and need is put in.

use reachcheck_model::catalogue::Kind;
use reachcheck_model::config::Config;
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, First, HelpdeskUi};
use serde_json::{Value, json};

/// Fills every `{{place}}` of `index.html`. `files` is what `src/boot` reads: names and digests. `settings` is the text of
/// the file that the build was given, if it was.
pub fn fill(index: &str, files: &str, config: &Config, settings: Option<&str>) -> String {
    let index = index
        .replace("{{provider}}", &escaped(&config.catalogue.provider))
        .replace("{{endpoints}}", &endpoints(config))
        .replace("{{files}}", files)
        .replace("{{settings}}", &in_script(&json!(settings)))
        .replace("{{back}}", &back("#"));
    with_words(index)
}

/// Fills every `{{place}}` of `404.html`.
pub fn fill_not_found(not_found: &str) -> String {
    with_words(not_found.replace("{{back}}", &back("./")))
}

fn with_words(mut html: String) -> String {
    for first in First::ALL {
        let place = format!("{{{{{}}}}}", first.token());
        html = html.replace(&place, &in_every_language(first));
    }
    html
}

/// Style sheets that follow each other, made one: the policy holds a hash of each, and hosts limit a header's length.
pub fn in_one_style(index: &str) -> String {
    let mut parts = index.split("</style>");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.trim_start().strip_prefix("<style>") {
            Some(next) => out.push_str(next),
            None => {
                out.push_str("</style>");
                out.push_str(part);
            }
        }
    }
    out
}

/// Links back to the check, from a view that did not come or a page that is not there.
fn back(href: &str) -> String {
    let link = |lang: Lang| {
        let words = escaped(text::helpdesk_ui(lang, HelpdeskUi::BackToCheck));
        format!("<a href=\"{href}\" lang={}>{words}</a>", lang.tag())
    };
    Lang::ALL.map(link).join(" · ")
}

fn in_every_language(first: First) -> String {
    let paragraph = |lang: Lang| {
        format!(
            "<p lang={}>{}</p>",
            lang.tag(),
            escaped(text::first(lang, first))
        )
    };
    Lang::ALL.map(paragraph).concat()
}

/// What IT has to let through, when the page itself is all they have.
fn endpoints(config: &Config) -> String {
    let mut list = String::new();
    for region in &config.catalogue.regions {
        for kind in Kind::ALL {
            let target = region.host_port(kind).to_string();
            let words = format!("{} – {}", region.name, kind_name(kind));
            list += &format!("<li><code>{}</code> {}", escaped(&target), escaped(&words));
        }
    }
    list
}

const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Https => "HTTPS",
        Kind::Tcp => "TCP",
    }
}

/// JSON of a text, in which no script element ends and no place begins.
fn in_script(value: &Value) -> String {
    let json = value.to_string().replace('<', "\\u003c");
    json.replace("{{", "{\\u007b")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use reachcheck_model::lang::Lang;

    use serde_json::json;

    use super::{fill_not_found, in_one_style, in_script};

    #[test]
    fn what_is_not_there_is_said_in_every_language_with_the_way_back() {
        let html = fill_not_found(crate::NOT_FOUND);
        assert!(!html.contains("{{"), "{html}");
        for lang in Lang::ALL {
            for said in [
                format!("<p lang={}>", lang.tag()),
                format!("<a href=\"./\" lang={}>", lang.tag()),
            ] {
                assert!(html.contains(&said), "{said} in {html}");
            }
        }
        // It is answered at any depth, so it can ask for no file beside it; and it names no other host.
        for other in ["src=", "<link", "http:", "https:"] {
            assert!(!html.contains(other), "{other} in {html}");
        }
    }

    #[test]
    fn settings_end_no_script() {
        let settings = "{\"name\": \"</script><b>{{files}}\"}";
        let written = in_script(&json!(Some(settings)));
        assert!(
            !written.contains('<') && !written.contains("{{"),
            "{written}"
        );
        let read: String = serde_json::from_str(&written).expect("JSON");
        assert_eq!(read, settings);
        assert_eq!(in_script(&json!(None::<&str>)), "null");
    }

    #[test]
    fn styles_that_follow_each_other_become_one() {
        let index = "<p></p><style>a{}</style><style>b{}</style>\n<style>c{}</style><p></p><style>d{}</style>";
        let one = "<p></p><style>a{}b{}c{}</style><p></p><style>d{}</style>";
        assert_eq!(in_one_style(index), one);
        assert_eq!(in_one_style("<p>"), "<p>");
    }
}
