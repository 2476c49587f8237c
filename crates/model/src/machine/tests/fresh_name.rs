//! Scripts of a fresh name beside an endpoint.

use super::script::{Focus, Script, again, answered, endpoint, failed, fetch, fresh_name, upgrade};
use crate::config;
use crate::environment::BrowserFamily;
use crate::machine::Action;
use crate::observation::{Failure, NotRun, Outcome};
use crate::probe::Probe;

const HTTPS: &str = "toronto/https";
const NOT_NEEDED: Option<Outcome> = Some(Outcome::NotRun(NotRun::NotNeeded));

fn of(run: &Script) -> Option<Outcome> {
    run.outcome(Probe::FreshName(endpoint(HTTPS)))
}

/// The endpoint has failed twice, after so many milliseconds each.
fn failed_twice(first_ms: f64) -> Script {
    let mut run = Script::at_endpoint_in(BrowserFamily::WebKit, HTTPS);
    run.starts(fetch(HTTPS));
    run.fails(fetch(HTTPS), first_ms);
    let gap_ms = crate::plan::failure_gap_ms(first_ms);
    run.idle_until(first_ms + gap_ms);
    run.starts(again(HTTPS, 1));
    run.fails(again(HTTPS, 1), 100.0);
    run
}

#[test]
fn what_failed_twice_may_have_failed_by_its_name() {
    let mut run = failed_twice(160.0);
    let action = run.starts(fresh_name(HTTPS));
    let asked = Action::FetchFreshName("mycontactcenter.net".to_owned());
    assert_eq!(*action, asked);
    run.fails(fresh_name(HTTPS), 170.0);
    run.idle_until(160.0 + 800.0 + 100.0 + 700.0);
    run.starts(again(HTTPS, 2));
    assert_eq!(of(&run), Some(failed(170.0)));
}

/// What answers is not asked, and what failed sooner than a lookup that can be told.
#[test]
fn where_the_name_is_known_no_other_is_asked() {
    let mut well = Script::at_endpoint(HTTPS);
    well.starts(fetch(HTTPS));
    well.answers(fetch(HTTPS), 250.0);
    assert_eq!(of(&well), NOT_NEEDED);

    let near = failed_twice(29.0);
    assert_eq!(of(&near), NOT_NEEDED);

    let mut now_and_then = Script::at_endpoint_in(BrowserFamily::WebKit, HTTPS);
    now_and_then.starts(fetch(HTTPS));
    now_and_then.fails(fetch(HTTPS), 100.0);
    now_and_then.idle_until(800.0);
    now_and_then.starts(again(HTTPS, 1));
    now_and_then.ends(again(HTTPS, 1), 84.0, answered(84.0));
    assert_eq!(of(&now_and_then), NOT_NEEDED);

    let mut after_tls = Script::at_endpoint_in(BrowserFamily::Firefox, HTTPS);
    after_tls.starts(fetch(HTTPS));
    let tls_finished = Some(true);
    let failure = Failure::Network { tls_finished };
    after_tls.ends(fetch(HTTPS), 250.0, Outcome::Failed { ms: 250.0, failure });
    after_tls.starts(upgrade(HTTPS));
    assert_eq!(of(&after_tls), NOT_NEEDED);
}

/// It is given up with the last attempt at the endpoint.
#[test]
fn the_run_does_not_wait_for_a_fresh_name() {
    let mut run = failed_twice(160.0);
    run.starts(fresh_name(HTTPS));
    run.idle_until(160.0 + 800.0 + 100.0 + 700.0);
    run.starts(again(HTTPS, 2));
    assert_eq!(of(&run), None);
    run.fails(again(HTTPS, 2), 100.0);
    run.stops(fresh_name(HTTPS));
    assert_eq!(of(&run), Some(Outcome::Cancelled));
}

/// A host of one label stands in no domain.
#[test]
fn a_name_of_one_label_has_no_domain() {
    let config = config::parse(
        r#"{"catalogue": {"provider": "P", "regions": [{"id": "toronto", "country": "C", "name": "N",
            "https": {"url": "https://localhost/"}, "tcp": {"host": "b.example", "port": 443}}]}}"#,
    )
    .expect("valid");
    let focus = Focus::Endpoint(endpoint(HTTPS));
    let mut run = Script::of(&config, BrowserFamily::WebKit, 0, focus);
    run.starts(fetch(HTTPS));
    run.fails(fetch(HTTPS), 100.0);
    run.idle_until(800.0);
    run.starts(again(HTTPS, 1));
    run.fails(again(HTTPS, 1), 100.0);
    assert_eq!(of(&run), Some(Outcome::NotRun(NotRun::NotHere)));
}
