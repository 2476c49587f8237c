//! An endpoint that is silent so far, as the session of a page knows it.

use std::rc::Rc;

use reachcheck_model::catalogue::EndpointRef;
use reachcheck_model::config::Config;
use reachcheck_model::local_conditions::LocalConditions;
use reachcheck_model::observation::Outcome;
use reachcheck_model::plan::Plan;
use reachcheck_model::probe::Probe;
use reachcheck_model::session::{Event, Session};
use reachcheck_model::time::Moment;

#[test]
fn an_endpoint_is_silent_until_something_comes_of_it_and_while_the_run_goes_on() {
    let plan = Rc::new(Plan::new(&Config::default(), Vec::new(), &[]));
    let running = Session::idle(plan.clone()).after(Event::Started {
        plan,
        at: Moment::default(),
    });
    let endpoint = EndpointRef::of(1).next().expect("one");
    let silent = |run| Event::SilentSoFar { run, endpoint };
    assert!(!running.is_silent(endpoint));
    assert!(!running.clone().after(silent(7)).is_silent(endpoint));
    let session = running.after(silent(1));
    assert!(session.is_silent(endpoint));
    for probe in [Probe::Fetch(endpoint, 0), Probe::Upgrade(endpoint)] {
        let observed = Event::Observed {
            run: 1,
            probe,
            outcome: Rc::new(Outcome::TimedOut { ms: 8_000.0 }),
            conditions: LocalConditions::default(),
        };
        assert!(!session.clone().after(observed).is_silent(endpoint));
    }
    let cancelled = Event::Cancelled { took_ms: 4_000.0 };
    assert!(!session.clone().after(cancelled).is_silent(endpoint));
    let plan = session.plan.clone();
    let again = session.after(Event::Started {
        plan,
        at: Moment::default(),
    });
    assert!(!again.is_silent(endpoint));
}
