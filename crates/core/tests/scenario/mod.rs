//! Reports of runs as data.

use reachcheck_core::config::Config;
use reachcheck_core::link::Link;
use reachcheck_core::report::Report;
use reachcheck_core::snapshot::LeftOut;
pub use reachcheck_core::testing::*;

/// What is made of a run.
pub trait Reports {
    /// The report's text, with other settings or another link.
    fn report(&self, change: impl FnOnce(&mut Config, &mut Link)) -> String;
    /// The report itself, for what else is made of it.
    fn with_report(&self, left_out: LeftOut, look: impl FnOnce(&Report<'_>));
}

impl Reports for Scenario {
    fn report(&self, change: impl FnOnce(&mut Config, &mut Link)) -> String {
        let (mut config, mut link) = (self.config.clone(), Link::default());
        change(&mut config, &mut link);
        Report {
            session: &self.session(),
            diagnosis: &self.diagnose(),
            config: &config,
            config_error: None,
            link: &link,
            environment: &self.environment,
            left_out: LeftOut::default(),
            watched: None,
        }
        .text()
    }

    fn with_report(&self, left_out: LeftOut, look: impl FnOnce(&Report<'_>)) {
        look(&Report {
            session: &self.session(),
            diagnosis: &self.diagnose(),
            config: &self.config,
            config_error: None,
            link: &Link::default(),
            environment: &self.environment,
            left_out,
            watched: None,
        });
    }
}
