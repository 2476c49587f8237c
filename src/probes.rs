//! The probes: what the browser does, turned into outcomes. A driver never judges.

pub mod control;
pub mod endpoint;
pub mod relay;

use std::rc::Rc;

use reachcheck_core::observation::Outcome;
use reachcheck_core::plan::Probe;

/// Where outcomes go, each exactly once per probe.
pub type Emit = Rc<dyn Fn(Probe, Outcome)>;
