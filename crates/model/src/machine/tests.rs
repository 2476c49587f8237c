//! Choreography of a run, written down as scripts: what starts when, and what follows from what comes back.

mod endpoint;
mod relay;
mod script;
mod whole;
