//! Reports of runs as data.

pub use reachcheck_diagnosis::testing::*;
use reachcheck_handover::record::{LeftOut, Record};
use reachcheck_model::config::{Config, ConfigSource};
use reachcheck_model::link::Link;

/// What is made of a run.
pub trait Reports {
    /// The report's text, with other settings or another link.
    fn report(&self, change: impl FnOnce(&mut Config, &mut Link)) -> String;
    /// The report itself, for what else is made of it.
    fn with_report(&self, left_out: LeftOut, look: impl FnOnce(&Record<'_>));
}

impl Reports for Scenario {
    fn report(&self, change: impl FnOnce(&mut Config, &mut Link)) -> String {
        let (mut config, mut link) = (self.config.clone(), Link::default());
        change(&mut config, &mut link);
        Record {
            session: &self.session(),
            diagnosis: &self.diagnose(),
            config: &config,
            config_source: &ConfigSource::File,
            forbidden: &[],
            link: &link,
            environment: &self.environment,
            left_out: LeftOut::default(),
            watched: None,
        }
        .text()
    }

    fn with_report(&self, left_out: LeftOut, look: impl FnOnce(&Record<'_>)) {
        look(&Record {
            session: &self.session(),
            diagnosis: &self.diagnose(),
            config: &self.config,
            config_source: &ConfigSource::File,
            forbidden: &[],
            link: &Link::default(),
            environment: &self.environment,
            left_out,
            watched: None,
        });
    }
}
