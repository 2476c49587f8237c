//! Every sentence of every finding, in every language: `tests/wording.txt` is what has been said so far, word for word.

use std::fmt::Write as _;

use reachcheck_diagnosis::findings::Code;
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, FindingWords};

fn written() -> String {
    let mut out = String::new();
    for lang in Lang::ALL {
        for code in Code::ALL {
            let _ = writeln!(
                out,
                "{} {}: {}",
                lang.tag(),
                code.token(),
                text::code(lang, *code)
            );
            let forms = [code.examples(), code.further_examples()].concat();
            for (form, cause) in forms.iter().enumerate() {
                let mut before = String::new();
                for hosts in [0, 2] {
                    let about = [(None, false), (Some(41.6), false), (Some(41.6), true)];
                    for (outside_ms, is_proxied) in about {
                        let words = FindingWords {
                            hosts: (0..hosts).map(|host| format!("host-{host}:443")).collect(),
                            provider: "PROVIDER",
                            outside_ms,
                            is_proxied,
                            is_alone: is_proxied,
                        };
                        let said = text::finding(lang, cause, &words);
                        let said = format!(
                            "{} | {} | {} | {}",
                            said.title, said.what, said.means, said.action
                        );
                        if said != before {
                            let _ = writeln!(out, "{form} {hosts} {outside_ms:?} | {said}");
                        }
                        before = said;
                    }
                }
            }
        }
    }
    out
}

#[test]
fn every_sentence_stays_as_it_was() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/wording.txt");
    let written = written();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(file, &written).expect("written");
    }
    let golden = std::fs::read_to_string(file).unwrap_or_default();
    let meant = "if this is meant, run again with UPDATE_GOLDEN=1 and read the diff";
    for (is, was) in written.lines().zip(golden.lines()) {
        assert_eq!(is, was, "{meant}");
    }
    assert!(written == golden, "{meant}");
}
