//! A run and all that is known with it: what report, data block and message are written from.

use crate::short_code::ShortCode;
use crate::watched::Watched;
use reachcheck_diagnosis::analysis::{Computer, RelayState};
use reachcheck_diagnosis::diagnosis::Diagnosis;
use reachcheck_model::address::HttpsUrl;
use reachcheck_model::config::{Config, ConfigSource};
use reachcheck_model::environment::Environment;
use reachcheck_model::link::Link;
use reachcheck_model::session::{Phase, Session};

/// A run, what follows from it, and where and how it was made.
#[derive(Clone, Copy, Debug)]
pub struct Record<'run> {
    /// The run.
    pub session: &'run Session,
    /// What follows from it.
    pub diagnosis: &'run Diagnosis,
    /// The settings in force.
    pub config: &'run Config,
    /// Where they come from.
    pub config_source: &'run ConfigSource,
    /// Hosts and ports that the page's own policy let nobody test.
    pub forbidden: &'run [String],
    /// The support link.
    pub link: &'run Link,
    /// Where the page ran.
    pub environment: &'run Environment,
    /// Personal data that the agent leaves out.
    pub left_out: LeftOut,
    /// What was watched before, if it was.
    pub watched: Option<&'run Watched>,
}

/// Personal data that the agent leaves out. What is left out is gone from text, data block, link, download
/// and message alike, because each of them is written from a [`Snapshot`](crate::snapshot::Snapshot) or by the same switch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// The address from which the relay saw us.
    pub address: bool,
    /// Name, version, system and language of the browser, and what the run showed of the computer.
    pub browser: bool,
    /// What a watch of the same day found: whoever used this browser account before may have made it.
    pub watch: bool,
}

impl Record<'_> {
    /// What the run showed of the computer.
    #[must_use]
    pub fn computer(&self) -> Computer {
        Computer::read(self.environment, &self.session.observations)
    }

    /// The host, and its port where that is not 443, of the relay that served the run.
    pub(crate) fn relay(&self) -> Option<String> {
        let RelayState::Usable { index, .. } = self.diagnosis.relay else {
            return None;
        };
        let relay = self.session.plan.relays.get(index)?;
        Some(HttpsUrl::parse(&relay.base).ok()?.authority())
    }

    /// What was watched before, unless the agent leaves it out.
    #[must_use]
    pub fn taken_up(&self) -> Option<&Watched> {
        self.watched.filter(|_| !self.left_out.watch)
    }

    /// The short code; a run that was cancelled has none.
    #[must_use]
    pub fn code(&self) -> Option<String> {
        (self.session.phase == Phase::Finished).then(|| {
            let catalogue = &self.config.catalogue;
            ShortCode::of(catalogue, &self.session.plan, self.diagnosis).write(catalogue)
        })
    }
}
