//! `index.html`: what Trunk put in is taken out, what the first screen needs is put in.

use anyhow::{Context as _, Result};
use reachcheck_model::catalogue::Kind;
use reachcheck_model::config::Config;
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, First, HelpdeskUi};

use crate::Files;

/// The files that Trunk has made of one program.
pub struct Built {
    pub script: String,
    pub wasm: String,
}

impl Built {
    /// The helpdesk's: no loader names them, so Trunk gives them the name of the binary.
    pub fn desk() -> Self {
        Self {
            script: "desk.js".to_owned(),
            wasm: "desk_bg.wasm".to_owned(),
        }
    }
}

/// Takes Trunk's loader and its preloads out: the first screen loads script and Wasm itself, since it has to say
/// what became of them.
pub fn take_out_loader(index: &str) -> Result<(String, Built)> {
    let started = index
        .find("TrunkApplicationStarted")
        .context("index.html: Trunk's loader is not in it")?;
    let begin = index[..started]
        .rfind("<script")
        .context("no <script before the loader")?;
    let end = started
        + index[started..]
            .find("</script>")
            .context("no </script> after it")?;
    let loader = &index[begin..end];
    let built = Built {
        script: name_in(loader, ".js").context("the loader names no script")?,
        wasm: name_in(loader, ".wasm").context("the loader names no Wasm")?,
    };
    let mut rest = [&index[..begin], &index[end + "</script>".len()..]].concat();
    for rel in ["modulepreload", "preload"] {
        while let Some(tag) = tag_with(&rest, "<link", &format!("rel={rel}"))
            .or_else(|| tag_with(&rest, "<link", &format!("rel=\"{rel}\"")))
        {
            rest.replace_range(tag, "");
        }
    }
    Ok((rest, built))
}

/// The name that ends so, without the folder.
fn name_in(text: &str, extension: &str) -> Option<String> {
    let end = text.find(extension)? + extension.len();
    let begin = text[..end].rfind(['/', '\'', '"', '`'])? + 1;
    Some(text[begin..end].to_owned())
}

/// Where the first tag of that name with that attribute is.
fn tag_with(html: &str, tag: &str, attribute: &str) -> Option<std::ops::Range<usize>> {
    html.match_indices(tag).find_map(|(begin, _)| {
        let end = begin + html[begin..].find('>')? + 1;
        html[begin..end].contains(attribute).then_some(begin..end)
    })
}

/// Fills every `{{place}}`.
pub fn fill(index: &str, check: &Files, desk: &Files, texts: &str, config: &Config) -> String {
    let mut index = index
        .replace("{{provider}}", &escaped(&config.catalogue.provider))
        .replace("{{endpoints}}", &endpoints(config))
        .replace("{{texts}}", texts)
        .replace("{{back}}", &back());
    for (prefix, files) in [("", check), ("desk_", desk)] {
        for (name, value) in [
            ("script", &files.script),
            ("script_digest", &files.script_digest),
            ("wasm", &files.wasm),
            ("wasm_digest", &files.wasm_digest),
        ] {
            index = index.replace(&format!("{{{{{prefix}{name}}}}}"), value);
        }
    }
    for first in First::ALL {
        let place = format!("{{{{{}}}}}", first.token());
        index = index.replace(&place, &in_every_language(first));
    }
    index
}

/// Without the comments and the indentation of its scripts: Trunk takes those of everything else. Only whole lines are
/// comments there, and no text runs over several.
pub fn compact(index: &str) -> String {
    let mut out = String::with_capacity(index.len());
    let mut is_script = false;
    for line in index.split_inclusive('\n') {
        let words = line.trim_start();
        is_script |= words.starts_with("<script");
        if !is_script {
            out.push_str(line);
        } else if !words.starts_with("//") {
            out.push_str(words);
        }
        let (opened, closed) = (line.rfind("<script"), line.rfind("</script>"));
        is_script = match (opened, closed) {
            (None, None) => is_script,
            (opened, closed) => opened > closed,
        };
    }
    out
}

/// Style sheets that follow each other, made one: the policy holds a hash of each, and hashes do not compress.
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

/// The way back from a view that did not come.
fn back() -> String {
    let link = |lang: Lang| {
        let words = escaped(text::helpdesk_ui(lang, HelpdeskUi::BackToCheck));
        format!("<a href=# lang={}>{words}</a>", lang.tag())
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

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{compact, in_one_style, take_out_loader};

    #[test]
    fn styles_that_follow_each_other_become_one() {
        let index = "<p></p><style>a{}</style><style>b{}</style>\n<style>c{}</style><p></p><style>d{}</style>";
        let one = "<p></p><style>a{}b{}c{}</style><p></p><style>d{}</style>";
        assert_eq!(in_one_style(index), one);
        assert_eq!(in_one_style("<p>"), "<p>");
    }

    #[test]
    fn only_scripts_are_compacted() {
        let index =
            "<p>\n  // words\n</p><script>\n  // why\n  run(\"a // b\");\n\n</script><p>\n  more";
        let small = "<p>\n  // words\n</p><script>\nrun(\"a // b\");\n</script><p>\n  more";
        assert_eq!(compact(index), small);
    }

    #[test]
    fn the_loader_is_taken_out_and_names_its_files() {
        let index = "<head><script>mine</script><script type=module>import init from './a-1.js';\n\
                     await init({ module_or_path: './a-1_bg.wasm' });TrunkApplicationStarted</script>\
                     <link href=./icon.svg rel=icon><link crossorigin href=./a-1.js rel=modulepreload>\
                     <link as=fetch href=./a-1_bg.wasm rel=preload></head>";
        let (rest, built) = take_out_loader(index).expect("Trunk's page");
        assert_eq!(
            rest,
            "<head><script>mine</script><link href=./icon.svg rel=icon></head>"
        );
        assert_eq!(
            (built.script.as_str(), built.wasm.as_str()),
            ("a-1.js", "a-1_bg.wasm")
        );
        assert!(take_out_loader("<head></head>").is_err());
    }
}
