//! The page's own policy beside what a run asks for: whatever settings say, the policy that they make allows it.

use std::collections::VecDeque;
use std::rc::Rc;

use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_oneof, proptest};
use reachcheck_model::config::{self, Config};
use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::machine::{Action, Attempt, Input, Machine, Output};
use reachcheck_model::observation::{Answer, Failure, Outcome};
use reachcheck_model::page_policy::{ConnectSources, connect_sources};
use reachcheck_model::plan::{Plan, RelayTarget};
use reachcheck_wire::{Challenge, Saw};

const PAGE: &str = "https://check.example.org/here/";

fn host() -> impl Strategy<Value = String> {
    "[a-z]{1,6}(\\.[a-z]{2,5}){1,3}"
}

fn authority() -> impl Strategy<Value = String> {
    (
        host(),
        prop_oneof![
            Just(String::new()),
            (1_u16..).prop_map(|port| format!(":{port}"))
        ],
    )
        .prop_map(|(host, port)| host + &port)
}

fn region(number: usize) -> impl Strategy<Value = String> {
    (authority(), host(), 1_u16..).prop_map(move |(https, tcp, port)| {
        format!(
            r#"{{"id": "r{number}", "country": "C", "name": "R", "https": {{"url": "https://{https}/x"}},
                "tcp": {{"host": "{tcp}", "port": {port}}}}}"#
        )
    })
}

fn relay() -> impl Strategy<Value = String> {
    prop_oneof![
        authority().prop_map(|authority| format!("https://{authority}/relay/")),
        Just("relay/".to_owned()),
    ]
}

fn settings() -> impl Strategy<Value = String> {
    let regions = (1_usize..4).prop_flat_map(|count| (0..count).map(region).collect::<Vec<_>>());
    let relays = prop::collection::vec(relay(), 0..3);
    let controls = prop::collection::vec(authority(), 0..2);
    (regions, relays, controls, authority()).prop_map(|(regions, relays, controls, report)| {
        let quoted = |list: Vec<String>, form: fn(&str) -> String| {
            list.iter()
                .map(|it| form(it))
                .collect::<Vec<_>>()
                .join(", ")
        };
        format!(
            r#"{{"catalogue": {{"provider": "P", "source": "S", "regions": [{}]}}, "relays": [{}], "controls": [{}],
                "support": {{"report_url": "https://{report}/report"}}}}"#,
            regions.join(", "),
            quoted(relays, |url| format!(r#"{{"url": "{url}"}}"#)),
            quoted(controls, |authority| format!("\"https://{authority}/\"")),
        )
    })
}

/// As the page resolves them.
fn relays(config: &Config) -> Vec<RelayTarget> {
    let absolute = |relay: &String| match relay.contains("://") {
        true => relay.clone(),
        false => format!("{PAGE}{relay}"),
    };
    let target = |base| RelayTarget {
        base,
        is_loopback: false,
    };
    config.relays.iter().map(absolute).map(target).collect()
}

/// All that a run asks for in which nothing answers but, where that is wanted, the relays' challenges.
fn asked(config: &Config, family: BrowserFamily, relays_answer: bool) -> Vec<Action> {
    let plan = Rc::new(Plan::new(config, relays(config), &[]));
    let mut machine = Machine::new(plan, family, 0.0);
    let (mut now, mut wakes_at) = (0.0, f64::INFINITY);
    let mut coming: VecDeque<(Attempt, Action)> = VecDeque::new();
    let mut asked = Vec::new();
    loop {
        while let Some(output) = machine.process_output() {
            match output {
                Output::Start(attempt, action) => {
                    asked.push(action.clone());
                    coming.push_back((attempt, action));
                }
                Output::Stop(attempt) => coming.retain(|(it, _)| *it != attempt),
                Output::WakeAt(at) => wakes_at = at,
                Output::Settled => return asked,
                _ => {}
            }
        }
        if let Some((attempt, action)) = coming.pop_front() {
            now += 30.0;
            let outcome = match action {
                Action::Challenge { port: None, .. } if relays_answer => challenge(),
                _ => Outcome::Failed {
                    ms: 30.0,
                    failure: Failure::Network { tls_finished: None },
                },
            };
            let clock = None;
            machine.process_input(
                Input::Ended {
                    attempt,
                    outcome,
                    clock,
                },
                now,
            );
        } else {
            assert!(wakes_at.is_finite(), "it waits for ever");
            now = now.max(wakes_at);
            wakes_at = f64::INFINITY;
            machine.process_input(Input::Time, now);
        }
    }
}

fn challenge() -> Outcome {
    let challenge = Challenge {
        nonce: "nonce".to_owned(),
        version: "1".to_owned(),
        origin_allowed: true,
        busy: false,
        outside: true,
        ports: vec![443, 80, 5222],
        plain: true,
        saw: Saw {
            address: "198.51.100.7".to_owned(),
            forwarded: Vec::new(),
            tls: None,
            unix_ms: 0,
        },
    };
    Outcome::Answered {
        ms: 30.0,
        answer: Answer::Challenge(Box::new(challenge)),
    }
}

proptest! {
    #[test]
    fn what_a_run_asks_for_is_what_its_policy_allows(
        settings in settings(),
        relays_answer in any::<bool>(),
        family in prop_oneof![
            Just(BrowserFamily::Chromium), Just(BrowserFamily::Firefox), Just(BrowserFamily::WebKit)
        ],
    ) {
        // Two regions may not share an endpoint, nor a relay stand there twice.
        let Ok(config) = config::parse(&settings) else { return Ok(()) };
        let policy = format!("connect-src {}", connect_sources(&config).join(" "));
        let sources = ConnectSources::of(&policy, PAGE).expect("a directive");
        let asked = asked(&config, family, relays_answer);
        prop_assert!(asked.len() > 4, "{settings}");
        for action in asked {
            let forbidden = sources.forbids(&action);
            prop_assert!(forbidden.is_none(), "{action:?}\n{policy}\n{settings}");
        }
        let report_url = config.support.report_url.expect("one is set").to_string();
        prop_assert!(sources.allows(&report_url), "{report_url}");
    }
}

#[test]
fn settings_are_mostly_taken() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let refused: Vec<String> = (0..100)
        .filter_map(|_| {
            let tree = settings().new_tree(&mut runner).expect("a value");
            let error = config::parse(&proptest::strategy::ValueTree::current(&tree)).err()?;
            Some(error.to_string())
        })
        .collect();
    assert!(refused.len() < 20, "{refused:#?}");
}
