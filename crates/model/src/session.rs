//! The story of the page: idle, running, finished or cancelled. The only thing that changes while the page runs.

use std::rc::Rc;

use crate::catalogue::EndpointRef;
use crate::local_conditions::LocalConditions;
use crate::observation::{Observations, Outcome};
use crate::plan::Plan;
use crate::probe::Probe;
use crate::time::Moment;

/// Where the page is in its story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing was started yet.
    Idle,
    /// Probes are out.
    Running,
    /// Every probe has ended.
    Finished,
    /// The agent pressed Cancel.
    Cancelled,
}

impl Phase {
    /// The value of the hook `main[data-run]`.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Running => "running",
            Self::Finished => "finished",
            Self::Cancelled => "cancelled",
        }
    }
}

/// One run of the page, and which number it has.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// Where it is.
    pub phase: Phase,
    /// 1 for the first press of Start; events of earlier runs are recognised by it and dropped.
    pub run: u32,
    /// What is being done.
    pub plan: Rc<Plan>,
    /// What is known so far.
    pub observations: Observations,
    /// Endpoints that were silent for the time of three SYNs; see [`Self::is_silent`].
    pub silent: Vec<EndpointRef>,
    /// When it was started.
    pub started: Moment,
    /// How long it took, in milliseconds; while it runs, zero.
    pub took_ms: f64,
}

/// What happens to a session.
#[derive(Clone, Debug)]
pub enum Event {
    /// Start was pressed (or the page opened).
    Started {
        /// What will be done.
        plan: Rc<Plan>,
        /// When.
        at: Moment,
    },
    /// A probe ended.
    Observed {
        /// Of which run.
        run: u32,
        /// Which one.
        probe: Probe,
        /// How.
        outcome: Rc<Outcome>,
        /// What this computer did meanwhile.
        conditions: LocalConditions,
    },
    /// An endpoint has been silent for the time of three SYNs.
    SilentSoFar {
        /// Of which run.
        run: u32,
        /// Which one.
        endpoint: EndpointRef,
    },
    /// The driver has nothing left to do that anything waits for.
    Finished {
        /// Which run.
        run: u32,
        /// How long it took, in milliseconds.
        took_ms: f64,
    },
    /// Late evidence is all in.
    Settled {
        /// Of which run.
        run: u32,
    },
    /// Cancel was pressed.
    Cancelled {
        /// After how long, in milliseconds.
        took_ms: f64,
    },
}

impl Session {
    /// Before the first run.
    #[must_use]
    pub fn idle(plan: Rc<Plan>) -> Self {
        Self {
            phase: Phase::Idle,
            run: 0,
            plan,
            observations: Observations::default(),
            silent: Vec::new(),
            started: Moment::default(),
            took_ms: 0.0,
        }
    }

    /// The session after an event. Events that do not belong to it change nothing.
    #[must_use]
    pub fn after(mut self, event: Event) -> Self {
        match event {
            Event::Started { plan, at } => Self {
                phase: Phase::Running,
                run: self.run + 1,
                plan,
                observations: Observations::default(),
                silent: Vec::new(),
                started: at,
                took_ms: 0.0,
            },
            Event::Observed {
                run,
                probe,
                outcome,
                conditions,
            } => {
                if self.is_running(run) || (probe.is_late() && self.has_finished(run)) {
                    self.observations.insert_under(probe, outcome, conditions);
                }
                self
            }
            Event::SilentSoFar { run, endpoint } => {
                if self.is_running(run) {
                    self.silent.push(endpoint);
                }
                self
            }
            Event::Finished { run, took_ms } => {
                if self.is_running(run) {
                    self.end(Phase::Finished, took_ms);
                }
                self
            }
            Event::Settled { run } => {
                if self.has_finished(run) {
                    self.cancel_rest(|_| true);
                }
                self
            }
            Event::Cancelled { took_ms } => {
                if self.is_running(self.run) {
                    self.end(Phase::Cancelled, took_ms);
                }
                self
            }
        }
    }

    /// How many of the probes that the run waits for have ended, and how many there are.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        let waited_for = |probe: &Probe| !probe.is_late();
        let done = self.observations.iter().map(|(probe, _)| probe);
        (
            done.filter(waited_for).count(),
            self.plan.probes.iter().copied().filter(waited_for).count(),
        )
    }

    /// Whether an endpoint has been silent so far, for the time of three SYNs at least, and is waited for still.
    #[must_use]
    pub fn is_silent(&self, endpoint: EndpointRef) -> bool {
        let is_out = |probe| self.observations.get(probe).is_none();
        self.phase == Phase::Running
            && self.silent.contains(&endpoint)
            && is_out(Probe::Fetch(endpoint, 0))
            && is_out(Probe::Upgrade(endpoint))
    }

    fn is_running(&self, run: u32) -> bool {
        self.phase == Phase::Running && self.run == run
    }

    fn has_finished(&self, run: u32) -> bool {
        self.phase == Phase::Finished && self.run == run
    }

    /// Whether evidence that nothing waited for is still out.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let is_out = |probe: &Probe| probe.is_late() && self.observations.get(*probe).is_none();
        self.phase != Phase::Finished || !self.plan.probes.iter().any(is_out)
    }

    /// What was planned and has not ended by now is cancelled: no probe is left without an observation,
    /// but for late ones of a run that has finished.
    fn end(&mut self, phase: Phase, took_ms: f64) {
        self.phase = phase;
        self.took_ms = took_ms;
        self.cancel_rest(|probe| phase == Phase::Cancelled || !probe.is_late());
    }

    fn cancel_rest(&mut self, wanted: impl Fn(Probe) -> bool) {
        for probe in self
            .plan
            .probes
            .iter()
            .copied()
            .filter(|probe| wanted(*probe))
        {
            self.observations.insert(probe, Outcome::Cancelled);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::{Event, Phase, Session};
    use crate::config::Config;
    use crate::local_conditions::LocalConditions;
    use crate::observation::{Answer, Outcome};
    use crate::plan::Plan;
    use crate::probe::Probe;
    use crate::time::Moment;

    fn started() -> Session {
        let plan = Rc::new(Plan::new(&Config::default(), Vec::new(), &[]));
        Session::idle(plan.clone()).after(Event::Started {
            plan,
            at: Moment::default(),
        })
    }

    fn answered(run: u32, ms: f64) -> Event {
        Event::Observed {
            run,
            probe: Probe::Origin,
            outcome: Rc::new(Outcome::Answered {
                ms,
                answer: Answer::Readable(200),
            }),
            conditions: LocalConditions::default(),
        }
    }

    #[test]
    fn every_planned_probe_has_an_observation_in_the_end() {
        for last in [
            Event::Cancelled { took_ms: 3.0 },
            Event::Finished {
                run: 1,
                took_ms: 3.0,
            },
        ] {
            let session = started()
                .after(answered(1, 5.0))
                .after(last)
                .after(Event::Settled { run: 1 });
            assert_ne!(session.phase, Phase::Running);
            assert!(session.is_settled());
            for probe in &session.plan.probes {
                assert!(session.observations.get(*probe).is_some(), "{probe:?}");
            }
        }
    }

    #[test]
    fn the_first_observation_of_a_probe_stands() {
        let session = started().after(answered(1, 5.0)).after(answered(1, 9.0));
        assert_eq!(
            session
                .observations
                .get(Probe::Origin)
                .and_then(Outcome::answered_ms),
            Some(5.0)
        );
    }

    #[test]
    fn only_late_evidence_comes_after_the_end_and_only_until_the_next_run() {
        let observed = |run, probe| Event::Observed {
            run,
            probe,
            outcome: Rc::new(Outcome::TimedOut { ms: 1.0 }),
            conditions: LocalConditions::default(),
        };
        let finished = started().after(Event::Finished {
            run: 1,
            took_ms: 3.0,
        });
        assert!(!finished.is_settled());
        let canary = finished.clone().after(observed(1, Probe::Canary));
        assert_eq!(
            canary.observations.get(Probe::Canary),
            Some(&Outcome::Cancelled)
        );
        let held = finished.after(observed(1, Probe::Hold));
        let late = Some(&Outcome::TimedOut { ms: 1.0 });
        assert_eq!(held.observations.get(Probe::Hold), late);
        let plan = held.plan.clone();
        let second = held.after(Event::Started {
            plan,
            at: Moment::default(),
        });
        let second = second.after(observed(1, Probe::Hold));
        assert_eq!(second.observations.get(Probe::Hold), None);
    }

    #[test]
    fn what_comes_from_an_earlier_run_or_too_late_changes_nothing() {
        let again = started()
            .after(Event::Cancelled { took_ms: 1.0 })
            .after(answered(1, 5.0));
        assert_eq!(
            again.observations.get(Probe::Origin),
            Some(&Outcome::Cancelled)
        );
        let plan = again.plan.clone();
        let second = again.after(Event::Started {
            plan,
            at: Moment::default(),
        });
        let second = second.after(answered(1, 5.0)).after(Event::Finished {
            run: 1,
            took_ms: 2.0,
        });
        assert_eq!(second.phase, Phase::Running);
        assert!(second.observations.is_empty());
    }
}
