//! Every sentence of every finding, in every language: `tests/wording.txt` is what has been said so far, word for word.

use std::fmt::Write as _;

use reachcheck_core::analysis::{Inspection, WhyNot};
use reachcheck_core::finding::{Cause, Code};
use reachcheck_core::text::{self, FindingWords, Lang};

#[path = "scenario/everything.rs"]
#[expect(dead_code, reason = "of everything, the findings")]
mod everything;

/// The forms that `everything` leaves out.
fn further() -> Vec<Cause> {
    let clock = |ahead_s, witnesses| Cause::ClockWrong { ahead_s, witnesses };
    vec![
        Cause::PrivateAddress { everywhere: false },
        Cause::TlsRejected {
            ms: 164.0,
            said_by_browser: false,
        },
        Cause::HoldCut {
            seconds: Some(17.3),
            is_round: false,
        },
        Cause::HoldCut {
            seconds: None,
            is_round: true,
        },
        Cause::Port80Closed { refused_ms: None },
        Cause::Port5222Closed {
            refused_ms: Some(82.0),
        },
        clock(600.0, 2),
        clock(7200.0, 1),
        clock(-7200.0, 1),
        clock(0.0, 1),
        Cause::ExtensionInterferes {
            replaced: Vec::new(),
        },
        Cause::Inspected {
            how: Inspection::Headers(Vec::new()),
        },
        Cause::RelayUnreachable {
            relay: "https://relay.example/".to_owned(),
            wrong_answer: false,
        },
        Cause::RelayNotOutside {
            why: WhyNot::RelayLostItsWay,
        },
        Cause::RelayNotOutside {
            why: WhyNot::NoWord,
        },
        Cause::RelayNotOutside {
            why: WhyNot::NoRelay,
        },
    ]
}

fn written() -> String {
    let (causes, further) = (everything::causes(), further());
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
            let forms = causes.iter().chain(&further);
            for (form, cause) in forms.filter(|cause| cause.code() == *code).enumerate() {
                let mut before = String::new();
                for hosts in [0, 2] {
                    for outside_ms in [None, Some(41.6)] {
                        let words = FindingWords {
                            hosts: (0..hosts).map(|host| format!("host-{host}:443")).collect(),
                            provider: "PROVIDER",
                            outside_ms,
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
    for (is, was) in written.lines().zip(golden.lines()) {
        assert_eq!(is, was);
    }
    assert!(
        written == golden,
        "if this is meant, run again with UPDATE_GOLDEN=1 and read the diff"
    );
}
