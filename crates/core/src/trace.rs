//! A run written down: what was planned, where, and how every probe ended. Recorded in the lab, it is golden
//! input for the rules: what real browsers really said.

use reachcheck_wire::{json, writes};

use crate::environment::Environment;
use crate::observation::Outcome;
use crate::plan::Probe;
use crate::session::Session;

/// A run, as it is written.
#[cfg_attr(feature = "replay", derive(serde::Deserialize))]
struct Trace {
    /// Where the page ran.
    environment: Environment,
    /// Relays, by address, and whether each is on the agent's computer.
    relays: Vec<(String, bool)>,
    /// Ids of the regions.
    regions: Vec<String>,
    /// How every probe ended.
    observations: Vec<(Probe, Outcome)>,
}

writes!(struct Trace { environment, relays, regions, observations });

/// Writes a run, as JSON.
#[must_use]
pub fn write(session: &Session, environment: &Environment) -> String {
    let plan = &session.plan;
    let trace = Trace {
        environment: environment.clone(),
        relays: plan
            .relays
            .iter()
            .map(|relay| (relay.base.clone(), relay.is_loopback))
            .collect(),
        regions: plan
            .regions
            .iter()
            .map(|region| region.id.clone())
            .collect(),
        observations: session
            .observations
            .iter()
            .map(|(probe, outcome)| (probe, outcome.clone()))
            .collect(),
    };
    json::write(&trace)
}

/// Reads a run of the embedded catalogue back: the session, as it was, and where the page ran.
///
/// # Errors
/// What is wrong with the text, and where.
#[cfg(feature = "replay")]
pub fn read(text: &str) -> Result<(Session, Environment), String> {
    use std::rc::Rc;

    use crate::config::Config;
    use crate::plan::{Plan, RelayTarget};
    use crate::session::{Event, Moment};

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
            outcome,
        });
    }
    let session = session
        .after(Event::Finished { run, took_ms: 0.0 })
        .after(Event::Settled { run });
    Ok((session, trace.environment))
}
