//! A run written down: what was planned, where, and how every probe ended. Recorded in the lab, it is golden
//! input for the rules: what real browsers really said.

use reachcheck_wire::object;

use crate::environment::Environment;
use crate::session::Session;

/// Writes a run, as JSON: where the page ran; relays, by address, and whether each is on the agent's computer; ids of the
/// regions; how every probe ended.
#[must_use]
pub fn write(session: &Session, environment: &Environment) -> String {
    let plan = &session.plan;
    let relays = plan.relays.iter();
    let relays: Vec<_> = relays
        .map(|relay| (relay.base.as_str(), relay.is_loopback))
        .collect();
    let regions: Vec<_> = plan.regions.iter().map(|region| &region.id).collect();
    let observations: Vec<_> = session.observations.iter().collect();
    let mut trace = String::new();
    let out = &mut trace;
    object!(out {
        "environment" => environment,
        "relays" => &relays,
        "regions" => &regions,
        "observations" => &observations,
    });
    trace
}

/// Reads a run of the embedded catalogue back: the session, as it was, and where the page ran.
///
/// # Errors
/// What is wrong with the text, and where.
#[cfg(feature = "replay")]
pub fn read(text: &str) -> Result<(Session, Environment), String> {
    use std::rc::Rc;

    use crate::config::Config;
    use crate::observation::Outcome;
    use crate::plan::{Plan, RelayTarget};
    use crate::probe::Probe;
    use crate::session::Event;
    use crate::time::Moment;

    #[derive(serde::Deserialize)]
    struct Trace {
        environment: Environment,
        relays: Vec<(String, bool)>,
        regions: Vec<String>,
        observations: Vec<(Probe, Outcome)>,
    }

    let trace: Trace = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let relays = trace
        .relays
        .into_iter()
        .map(|(base, is_loopback)| RelayTarget { base, is_loopback })
        .collect();
    let plan = Rc::new(Plan::new(&Config::default(), relays, &trace.regions));
    let mut session = Session::idle(plan.clone()).after(Event::Started {
        plan,
        at: Moment::default(),
    });
    let run = session.run;
    for (probe, outcome) in trace.observations {
        session = session.after(Event::Observed {
            run,
            probe,
            outcome: outcome.into(),
        });
    }
    let session = session
        .after(Event::Finished { run, took_ms: 0.0 })
        .after(Event::Settled { run });
    Ok((session, trace.environment))
}
