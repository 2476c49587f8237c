//! Scripts of requests that insist on an address space, beside a first request that is silent.

use super::script::{Script, endpoint, failed, fetch, first};
use crate::environment::BrowserFamily;
use crate::machine::{Action, Attempt};
use crate::observation::{NotRun, Outcome};
use crate::probe::{AddressSpace, Probe};

const HTTPS: &str = "toronto/https";

fn probe(space: AddressSpace) -> Probe {
    Probe::InSpace(endpoint(HTTPS), space)
}

fn attempt(space: AddressSpace) -> Attempt {
    first(probe(space))
}

/// What each of them came to.
fn both(run: &Script) -> [Option<Outcome>; 2] {
    AddressSpace::ALL.map(|space| run.outcome(probe(space)))
}

/// A run whose endpoint has been silent until both have begun.
fn silent() -> Script {
    let mut run = Script::at_endpoint(HTTPS);
    run.starts(fetch(HTTPS));
    run.wait_until(3_299.0);
    assert!(!run.has_started(attempt(AddressSpace::Public)));
    run.wait_until(3_300.0);
    assert!(run.has_started(attempt(AddressSpace::Public)));
    assert!(run.has_started(attempt(AddressSpace::Local)));
    run.pass_over();
    run
}

#[test]
fn a_silent_endpoint_is_asked_where_its_address_lies() {
    let mut run = silent();
    let asked = Action::FetchInSpace {
        url: "https://pop0-ccaws.mycontactcenter.net/cca.ws/default.asmx".to_owned(),
        space: AddressSpace::Public,
    };
    assert_eq!(*run.action(attempt(AddressSpace::Public)), asked);
    run.fails(attempt(AddressSpace::Public), 250.0);
    run.wait_until(8_000.0);
    let timed_out = Outcome::TimedOut { ms: 4_700.0 };
    assert_eq!(both(&run), [Some(failed(250.0)), Some(timed_out)]);
}

/// They wait no longer than there is a silence to explain.
#[test]
fn what_fails_by_itself_leaves_nothing_to_ask() {
    let mut run = silent();
    run.fails(fetch(HTTPS), 4_100.0);
    assert_eq!(
        both(&run),
        [Some(Outcome::Cancelled), Some(Outcome::Cancelled)]
    );
}

#[test]
fn who_is_not_silent_is_not_asked() {
    let not_run = |why| [Some(Outcome::NotRun(why)), Some(Outcome::NotRun(why))];
    let mut well = Script::at_endpoint(HTTPS);
    well.starts(fetch(HTTPS));
    well.answers(fetch(HTTPS), 250.0);
    assert_eq!(both(&well), not_run(NotRun::NotNeeded));
    // Others take no notice of where an address must lie.
    let mut firefox = Script::at_endpoint_in(BrowserFamily::Firefox, HTTPS);
    firefox.starts(fetch(HTTPS));
    firefox.wait_until(4_000.0);
    assert_eq!(both(&firefox), not_run(NotRun::NotHere));
}
