//! The crates from model to handover under one name. Going: import them by their own.

pub use reachcheck_diagnosis::{analysis, checks, diagnosis, finding, picture};
pub use reachcheck_handover::{code, codec, compare, reading, record, request, send};
pub use reachcheck_model::{
    address, branding, catalogue, config, environment, figures, lang, link, observation, plain,
    probe, thresholds, time, trace,
};
pub use reachcheck_wire as wire;

/// Plans, and the probes in them.
pub mod plan {
    pub use reachcheck_model::plan::*;
    pub use reachcheck_model::probe::{ClockSource, Port, Probe};
}

/// Runs, and when they began.
pub mod session {
    pub use reachcheck_model::session::*;
    pub use reachcheck_model::time::Moment;
}

/// Snapshots, and what is left out of them.
pub mod snapshot {
    pub use reachcheck_handover::record::LeftOut;
    pub use reachcheck_handover::snapshot::*;
}

/// The report.
pub mod report {
    pub use reachcheck_handover::record::Record as Report;
    pub use reachcheck_model::time::{file_stamp, iso_utc};
    pub use reachcheck_texts::{run_finding as finding, run_headline as headline, scope_id};
}

/// The words.
pub mod text {
    pub use reachcheck_handover::words::{code_refusal, refusal, remark_sentence, reports_read};
    pub use reachcheck_model::lang::Lang;
    pub use reachcheck_texts::*;
}

/// The watch.
pub mod watch {
    pub use reachcheck_handover::watched::{Watched, keeps_alive, pack, report, unpack};
    pub use reachcheck_watch::*;
}
