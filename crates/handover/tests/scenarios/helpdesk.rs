//! The helpdesk's guide: its opening is written by hand, every finding in it by the texts, so that it says
//! what the page says.

use std::fmt::Write as _;
use std::path::Path;

use reachcheck_diagnosis::analysis::Proof;
use reachcheck_diagnosis::finding::{Finding, Scope};
use reachcheck_diagnosis::findings::{Cause, Code};
use reachcheck_model::catalogue::Catalogue;
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, FindingText, FindingWords, First, watch as watch_words};
use reachcheck_watch::{Closer, Cut, Tolerance, WatchCause as Watched, WatchFinding};
use reachcheck_wire::{Ending, Quiet};

use crate::everything;

/// Where the opening ends.
const FROM_HERE: &str = "<!-- From here on written by `REACHCHECK_WRITE_DOCS=1 cargo test -p reachcheck-handover --test scenarios guide`. -->\n";

/// What stands for the hosts that a finding names.
const HOST: &str = "HOST:PORT";

#[test]
fn the_guide_says_what_the_page_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/helpdesk.md");
    let written = std::fs::read_to_string(&file).expect("docs/helpdesk.md");
    let (opening, _) = written
        .split_once(FROM_HERE)
        .expect("the line at which the opening ends");
    let wanted = format!("{opening}{FROM_HERE}{}", generated());
    if std::env::var_os("REACHCHECK_WRITE_DOCS").is_some() {
        std::fs::write(&file, &wanted).expect("written");
        return;
    }
    assert!(
        written == wanted,
        "docs/helpdesk.md is stale: REACHCHECK_WRITE_DOCS=1 cargo test -p reachcheck-handover --test scenarios guide"
    );
}

fn generated() -> String {
    let mut guide = String::from("\n## Findings of the check, the most important first\n\n");
    guide.push_str("| Code | In words |\n|---|---|\n");
    for code in Code::ALL {
        let title = text::code(Lang::En, *code);
        row(&mut guide, code.token(), &title);
    }
    let causes = everything::causes();
    for code in Code::ALL {
        let texts: Vec<FindingText> = causes
            .iter()
            .filter(|cause| cause.code() == *code)
            .flat_map(|cause| {
                [false, true].map(|is_special| text::finding(Lang::En, cause, &words(is_special)))
            })
            .collect();
        section(&mut guide, code.token(), &texts);
        if let Some(bearing) = bearing(*code, &causes) {
            let _ = writeln!(guide, "- Verdict: {bearing}");
        }
    }
    guide.push_str("\n## Findings of the watch\n\n| Code | In words |\n|---|---|\n");
    let watched = watched();
    let mut tokens: Vec<&str> = watched.iter().map(Watched::token).collect();
    tokens.dedup();
    let of = |token: &str| -> Vec<FindingText> {
        watched
            .iter()
            .filter(|cause| cause.token() == token)
            .map(|cause| {
                let finding = WatchFinding {
                    cause: cause.clone(),
                    is_certain: true,
                };
                watch_words::finding(Lang::En, &finding, &|_| "REGION".to_owned())
            })
            .collect()
    };
    for token in &tokens {
        row(&mut guide, token, &of(token)[0].title);
    }
    for token in &tokens {
        section(&mut guide, token, &of(token));
    }
    guide.push_str("\n## Before the check\n\nWhat the page says where it cannot begin; no report comes of it.\n\n");
    guide.push_str("| Code | In words |\n|---|---|\n");
    for first in First::ALL {
        if !matches!(first, First::Loading | First::ForIt) {
            row(&mut guide, first.token(), text::first(Lang::En, first));
        }
    }
    guide
}

fn words(is_special: bool) -> FindingWords<'static> {
    FindingWords {
        is_proxied: is_special,
        is_alone: is_special,
        hosts: vec![HOST.to_owned()],
        provider: provider(),
        outside_ms: Some(40.0),
    }
}

fn provider() -> &'static str {
    // Once, for as long as the test runs.
    Box::leak(Catalogue::embedded().provider.into_boxed_str())
}

fn row(guide: &mut String, code: &str, words: &str) {
    let _ = writeln!(guide, "| `{code}` | {} |", words.replace('|', "\\|"));
}

/// A finding in all its forms; what is the same in several stands once.
fn section(guide: &mut String, code: &str, texts: &[FindingText]) {
    let first = texts.first().expect("a form of each finding");
    let _ = writeln!(guide, "\n### `{code}`: {}\n", first.title);
    let said = |part: fn(&FindingText) -> &String| texts.iter().map(part).collect();
    let parts: [(&str, Vec<&String>); 3] = [
        ("What", said(|text| &text.what)),
        ("Means", said(|text| &text.means)),
        ("Do", said(|text| &text.action)),
    ];
    for (name, mut said) in parts {
        let mut seen: Vec<&String> = Vec::new();
        said.retain(|text| {
            let is_new = !seen.contains(text);
            seen.push(text);
            is_new
        });
        match said[..] {
            [only] => {
                let _ = writeln!(guide, "- {name}: {only}");
            }
            _ => {
                let _ = writeln!(guide, "- {name}, one of:");
                for text in said {
                    let _ = writeln!(guide, "  - {text}");
                }
            }
        }
    }
}

/// What a finding makes of a verdict that would otherwise be good.
fn bearing(code: Code, causes: &[Cause]) -> Option<&'static str> {
    let cause = causes.iter().find(|cause| cause.code() == code);
    let spoils = |scope| {
        let finding = Finding {
            scope,
            cause: cause.expect("one of each").clone(),
            proof: Proof::Confirmed,
            endpoints: Vec::new(),
            outside_ms: None,
        };
        finding.spoils(0)
    };
    match (spoils(Scope::Network), spoils(Scope::Region(0))) {
        (true, _) => Some("every region that otherwise works is `degraded`."),
        (false, true) => Some("its region is `degraded`, if it otherwise works."),
        (false, false) => None,
    }
}

/// Each finding of a watch, in its forms.
fn watched() -> Vec<Watched> {
    let known = |how, survived_s: f64, killed_s: f64| Tolerance {
        survived_ms: Some(survived_s * 1000.0),
        killed_ms: Some(killed_s * 1000.0),
        times: 2,
        how: Some(how),
        relay_saw: Some(Ending::Open),
    };
    let cut = |quiet, how, closer, timer_s| Watched::QuietCut {
        quiet,
        known: known(how, 30.0, 60.0),
        closer,
        timer_s,
    };
    let all = vec![
        cut(Quiet::Both, Cut::Broken, Closer::Between, Some(60)),
        cut(Quiet::Page, Cut::Silent, Closer::Between, Some(60)),
        cut(Quiet::Relay, Cut::Broken, Closer::Unknown, None),
        Watched::AllAtOnce {
            times: 1,
            restarts: 1,
        },
        Watched::AllAtOnce {
            times: 2,
            restarts: 0,
        },
        Watched::Events {
            lost: 1,
            late: 2,
            latest_ms: 4_000.0,
            twice: 0,
        },
        Watched::Unreachable {
            times: 1,
            longest_ms: 90_000.0,
        },
        Watched::RegionOut {
            region: "region".to_owned(),
            times: 1,
            longest_ms: 90_000.0,
        },
        Watched::Busy { times: 1 },
        Watched::NetworkChanged { times: 1 },
        Watched::Slept {
            times: 1,
            longest_ms: 600_000.0,
        },
        Watched::Throttled { times: 1 },
    ];
    // A new one does not compile before it has a line here, and then wants one above.
    let number = |cause: &Watched| match cause {
        Watched::QuietCut { .. } => 0,
        Watched::AllAtOnce { .. } => 1,
        Watched::Events { .. } => 2,
        Watched::Unreachable { .. } => 3,
        Watched::RegionOut { .. } => 4,
        Watched::Busy { .. } => 5,
        Watched::NetworkChanged { .. } => 6,
        Watched::Slept { .. } => 7,
        Watched::Throttled { .. } => 8,
    };
    for wanted in 0..=8 {
        assert!(all.iter().any(|cause| number(cause) == wanted), "{wanted}");
    }
    all
}
