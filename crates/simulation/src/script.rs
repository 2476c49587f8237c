//! A run as a script, line by line: when what was started, what came, what was observed.

use std::fmt::Write as _;

use reachcheck_model::machine::{Input, Output};

/// The lines of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script(String);

impl Script {
    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Notes what comes to the machine.
    pub fn comes(&mut self, now: f64, input: &Input) {
        match input {
            Input::Ended {
                attempt, outcome, ..
            } => self.line(now, "comes", format_args!("{attempt:?} ended: {outcome:?}")),
            Input::Sign(attempt, sign) => {
                self.line(now, "comes", format_args!("{attempt:?}: {sign:?}"));
            }
            Input::Time | Input::Beat { .. } => {}
            Input::NetworkChanged => self.line(now, "comes", format_args!("NetworkChanged")),
            Input::Cancel => self.line(now, "comes", format_args!("Cancel")),
            Input::Wish(wish) => self.line(now, "comes", format_args!("{wish:?}")),
        }
    }

    /// Notes what the machine asks for.
    pub fn asks(&mut self, now: f64, output: &Output) {
        match output {
            Output::Start(attempt, action) => {
                self.line(now, "starts", format_args!("{attempt:?}: {action:?}"));
            }
            Output::Say(attempt, message) => {
                self.line(now, "says", format_args!("{attempt:?}: {message:?}"));
            }
            Output::Stop(attempt) => self.line(now, "stops", format_args!("{attempt:?}")),
            Output::Observed(probe, outcome, _) => {
                self.line(now, "observed", format_args!("{probe:?}: {outcome:?}"));
            }
            Output::SilentSoFar(endpoint) => {
                self.line(now, "silent", format_args!("{endpoint:?}"));
            }
            Output::WakeAt(_) => {}
            Output::Finished => self.line(now, "finished", format_args!("")),
            Output::Settled => self.line(now, "settled", format_args!("")),
        }
    }

    fn line(&mut self, now: f64, what: &str, about: std::fmt::Arguments<'_>) {
        // A string takes whatever is written to it.
        let _ = writeln!(self.0, "{now:>10.1}  {what:<9} {about}");
    }
}
