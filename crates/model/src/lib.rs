//! What is tested and what was seen. Everything here is data and pure; nothing is judged.
//!
//! In reading order:
//!
//! * [`address`]: `https:` addresses and host names, checked.
//! * [`catalogue`]: regions and their endpoints.
//! * [`thresholds`]: every number that a rule or a driver uses, with its reason.
//! * [`lang`], [`plain`], [`branding`]: languages, characters that may be shown, and what an operator may change of the page.
//! * [`config`]: `config.json`, read with errors that name the place.
//! * [`link`]: the support link.
//! * [`operating_system`], [`environment`]: where the page runs.
//! * [`probe`]: what a run can try.
//! * [`plan`]: which probes a run makes.
//! * [`local_conditions`]: what this computer did to a probe.
//! * [`observation`]: how each ended.
//! * [`time`]: moments and dates.
//! * [`machine`]: what a run tries when.
//! * [`page_policy`]: what the page's own policy lets a run connect to.
//! * [`session`]: a run from idle to finished or cancelled.
//! * [`trace`]: a run written down, for replaying.
//! * [`figures`]: numbers as text, in few bytes.

pub mod address;
pub mod branding;
pub mod catalogue;
pub mod config;
pub mod environment;
pub mod figures;
pub mod lang;
pub mod link;
pub mod local_conditions;
pub mod machine;
pub mod observation;
pub mod operating_system;
pub mod page_policy;
pub mod plain;
pub mod plan;
pub mod probe;
pub mod session;
pub mod thresholds;
pub mod time;
pub mod trace;
