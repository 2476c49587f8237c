//! What a report holds beside its words: all that is needed to show the agent's page again, elsewhere and
//! in another language.

use crate::record::Record;
use reachcheck_diagnosis::analysis::{Computer, RelayState};
use reachcheck_diagnosis::diagnosis::Diagnosis;
use reachcheck_model::plan::Plan;
use reachcheck_model::session::Phase;
use reachcheck_model::time::Moment;

/// The browser and the computer that it runs on, as personal data.
#[derive(Clone, Debug, PartialEq)]
pub struct Browser {
    /// For example `Edge 142 (Windows)`.
    pub name: String,
    /// `navigator.language`.
    pub language: String,
    /// What the run showed of the computer; an older report does not say.
    pub computer: Option<Computer>,
}

/// A report without its words. Times are whole milliseconds once it has been handed over.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The version of Reachcheck that made it.
    pub version: String,
    /// The run was cancelled: there is no result.
    pub is_cancelled: bool,
    /// Late evidence was in as well.
    pub is_settled: bool,
    /// When the run was started.
    pub started: Moment,
    /// How long it took, in milliseconds.
    pub took_ms: f64,
    /// The ticket it belongs to.
    pub ticket: Option<String>,
    /// The agent's address, unless it was left out.
    pub address: Option<String>,
    /// The agent's browser, unless it was left out.
    pub browser: Option<Browser>,
    /// The relay's host, and its port where that is not 443, if one served the run.
    pub relay: Option<String>,
    /// Regions and endpoints; nothing is planned in it.
    pub plan: Plan,
    /// What was shown; of the relay it says nothing.
    pub diagnosis: Diagnosis,
    /// Whether places were handed over: without, it is unknown to us *where* something broke, whatever the page knew.
    pub holds_places: bool,
    /// What a watch concluded before, see [`crate::watched::pack`].
    pub watched: Option<Vec<u8>>,
}

impl Snapshot {
    /// What a report holds, without what the agent leaves out.
    #[must_use]
    pub fn of(record: &Record<'_>) -> Self {
        let address = match &record.diagnosis.relay {
            RelayState::Usable { address, .. } => Some(address.clone()),
            _ => None,
        };
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            is_cancelled: record.session.phase == Phase::Cancelled,
            is_settled: record.session.is_settled(),
            started: record.session.started,
            took_ms: record.session.took_ms,
            ticket: record.link.ticket.clone(),
            address: address.filter(|_| !record.left_out.address),
            browser: (!record.left_out.browser).then(|| Browser {
                name: record.environment.browser.clone(),
                language: record.environment.language.clone(),
                computer: Some(record.computer()),
            }),
            relay: record.relay(),
            plan: record.session.plan.without_probes(),
            diagnosis: Diagnosis {
                relay: RelayState::Unknown,
                relay_ms: None,
                ..record.diagnosis.clone()
            },
            holds_places: true,
            watched: record.taken_up().map(|watched| watched.packed.clone()),
        }
    }

    /// The phase of the page that is shown again.
    #[must_use]
    pub const fn phase(&self) -> Phase {
        if self.is_cancelled {
            Phase::Cancelled
        } else {
            Phase::Finished
        }
    }
}
