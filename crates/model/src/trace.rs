//! A run written down: what was planned, where, and how every probe ended. Recorded in the lab, it is golden
//! input for the rules: what real browsers really said.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::environment::Environment;
use crate::local_conditions::LocalConditions;
use crate::observation::Outcome;
use crate::plan::{Plan, RelayTarget};
use crate::probe::Probe;
use crate::session::{Event, Session};
use crate::time::Moment;

/// A run: where the page ran; relays, by address, and whether each is on the agent's computer; ids of the regions; how
/// every probe ended; what this computer did beside some.
#[derive(Serialize, Deserialize)]
struct Trace<Environment, Outcome> {
    environment: Environment,
    relays: Vec<(String, bool)>,
    regions: Vec<String>,
    observations: Vec<(Probe, Outcome)>,
    #[serde(default)]
    local: Vec<(Probe, LocalConditions)>,
}

/// Writes a run, as JSON.
#[must_use]
pub fn write(session: &Session, environment: &Environment) -> String {
    let plan = &session.plan;
    let relays = plan.relays.iter();
    let regions = plan.regions.iter();
    reachcheck_wire::encode(&Trace {
        environment,
        relays: relays
            .map(|relay| (relay.base.clone(), relay.is_loopback))
            .collect(),
        regions: regions.map(|region| region.id.clone()).collect(),
        observations: session.observations.iter().collect(),
        local: session.observations.all_local().to_vec(),
    })
}

/// Reads a run of the embedded catalogue back: the session, as it was, and where the page ran.
///
/// # Errors
/// What is wrong with the text, and where.
pub fn read(text: &str) -> Result<(Session, Environment), String> {
    let trace: Trace<Environment, Outcome> = reachcheck_wire::decode(text)?;
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
        let found = trace.local.iter().find(|(other, _)| *other == probe);
        session = session.after(Event::Observed {
            run,
            probe,
            outcome: outcome.into(),
            conditions: found.map(|(_, conditions)| *conditions).unwrap_or_default(),
        });
    }
    let session = session
        .after(Event::Finished { run, took_ms: 0.0 })
        .after(Event::Settled { run });
    Ok((session, trace.environment))
}
