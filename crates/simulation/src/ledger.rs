//! What must hold of every run, whatever happens in it: the ledger of its attempts and probes.

use reachcheck_model::catalogue::EndpointRef;
use reachcheck_model::config::Config;
use reachcheck_model::machine::{Action, Attempt};
use reachcheck_model::observation::Outcome;
use reachcheck_model::page_policy::{ConnectSources, connect_sources};
use reachcheck_model::plan::Plan;
use reachcheck_model::probe::Probe;
use reachcheck_model::thresholds::SILENT_SO_FAR_MS;

use crate::bounds::{deadlines_ms, finished_by_ms, longest_ms, settled_by_ms};

/// An attempt, as its driver knows it.
#[derive(Clone, Copy, Debug)]
struct Entry {
    attempt: Attempt,
    started_at: f64,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    UnderWay,
    /// It ended by itself.
    Ended,
    /// Its socket was closed by the other side.
    Closed,
    /// It was stopped.
    Stopped,
}

/// A run's attempts and probes, and what did not hold of them.
#[derive(Debug)]
pub struct Ledger {
    attempts: Vec<Entry>,
    /// Every probe of the plan, in order, and whether it has ended.
    planned: Vec<(Probe, bool)>,
    /// Endpoints that were called silent so far.
    pub silent: Vec<EndpointRef>,
    /// The probe that the run waited for last.
    pub waited_for: Option<Probe>,
    /// When it finished and settled, and was cancelled.
    pub finished_at: Option<f64>,
    /// See `finished_at`.
    pub settled_at: Option<f64>,
    /// See `finished_at`.
    pub cancelled_at: Option<f64>,
    /// What the page's policy lets a run connect to that has such settings.
    policy: Option<ConnectSources>,
    /// What did not hold.
    pub violations: Vec<String>,
}

/// Times are compared to a microsecond.
const SAME_MS: f64 = 1e-3;

impl Ledger {
    /// Of a run of this plan.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let mut planned: Vec<(Probe, bool)> =
            plan.probes.iter().map(|probe| (*probe, false)).collect();
        planned.sort_unstable();
        Self {
            attempts: Vec::new(),
            planned,
            silent: Vec::new(),
            waited_for: None,
            finished_at: None,
            settled_at: None,
            cancelled_at: None,
            violations: Vec::new(),
            policy: policy(plan),
        }
    }

    fn hold(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.violations.push(what());
        }
    }

    fn is_over(&self) -> bool {
        self.settled_at.is_some() || self.cancelled_at.is_some()
    }

    fn planned(&mut self, probe: Probe) -> Option<&mut (Probe, bool)> {
        let found = self
            .planned
            .binary_search_by(|(other, _)| other.cmp(&probe));
        found.ok().map(|at| &mut self.planned[at])
    }

    fn entry(&mut self, attempt: Attempt) -> Option<&mut Entry> {
        let mut entries = self.attempts.iter_mut();
        entries.find(|entry| entry.attempt == attempt)
    }

    /// Whether an attempt goes on.
    #[must_use]
    pub fn is_under_way(&self, attempt: Attempt) -> bool {
        let is_it = |entry: &&Entry| entry.attempt == attempt;
        let found = self.attempts.iter().find(is_it);
        found.is_some_and(|entry| entry.state == State::UnderWay)
    }

    /// An attempt begins.
    pub fn start(&mut self, attempt: Attempt, now: f64) {
        let is_new = self.entry(attempt).is_none();
        self.hold(is_new, || format!("{attempt:?} starts twice"));
        let is_over = self.is_over();
        self.hold(!is_over, || format!("{attempt:?} starts after the end"));
        let is_open = self
            .planned(attempt.probe)
            .is_some_and(|(_, has_ended)| !*has_ended);
        self.hold(is_open, || {
            format!("{attempt:?} starts for a probe that has ended")
        });
        self.attempts.push(Entry {
            attempt,
            started_at: now,
            state: State::UnderWay,
        });
    }

    /// An attempt connects to something.
    pub fn connect(&mut self, attempt: Attempt, action: &Action) {
        let policy = self.policy.as_ref();
        let forbidden = policy.and_then(|policy| policy.forbids(action));
        self.hold(forbidden.is_none(), || {
            format!("{attempt:?} is forbidden by the page's own policy: {action:?}")
        });
    }

    /// An attempt ends by itself, or its socket is closed.
    pub fn end(&mut self, attempt: Attempt, now: f64, is_socket: bool) {
        self.hold_lifetime(attempt, now);
        if let Some(entry) = self.entry(attempt) {
            entry.state = if is_socket {
                State::Closed
            } else {
                State::Ended
            };
        }
    }

    /// An attempt is stopped.
    pub fn stop(&mut self, attempt: Attempt, now: f64) {
        self.hold_lifetime(attempt, now);
        let state = self.entry(attempt).map(|entry| entry.state);
        // The machine keeps a socket that was closed before anybody talked on it, in case it is to be talked on.
        let may_be_closed = matches!(attempt.probe, Probe::Socket);
        let holds = match state {
            Some(State::UnderWay) => true,
            Some(State::Closed) => may_be_closed,
            Some(State::Ended | State::Stopped) | None => false,
        };
        self.hold(holds, || {
            format!("{attempt:?} is stopped, and is {state:?}")
        });
        if let Some(entry) = self.entry(attempt) {
            entry.state = State::Stopped;
        }
    }

    fn hold_lifetime(&mut self, attempt: Attempt, now: f64) {
        let started_at = self.entry(attempt).map(|entry| entry.started_at);
        let most_ms = longest_ms(attempt);
        let holds = started_at.is_some_and(|at| now - at <= most_ms + SAME_MS);
        self.hold(holds, || {
            format!(
                "{attempt:?} began at {started_at:?} and goes on at {now}: longer than {most_ms}"
            )
        });
    }

    /// A probe has ended.
    pub fn observe(&mut self, probe: Probe, outcome: &Outcome, now: f64) {
        let had_ended = self
            .planned(probe)
            .map(|(_, has_ended)| std::mem::replace(has_ended, true));
        self.hold(had_ended != Some(true), || {
            format!("{probe:?} is observed twice")
        });
        self.hold(had_ended.is_some(), || format!("{probe:?} was not planned"));
        if self.finished_at.is_none() && !probe.is_late() {
            self.waited_for = Some(probe);
        }
        let is_over = self.settled_at.is_some();
        self.hold(!is_over, || format!("{probe:?} is observed after the end"));
        let is_late = self.finished_at.is_some() && !probe.is_late();
        self.hold(!is_late, || format!("{probe:?} is observed after Finished"));
        if let Outcome::TimedOut { ms } = outcome {
            self.hold_deadline(probe, *ms, now);
        }
    }

    /// An endpoint is called silent after the time of three SYNs, once, while its first attempt goes on.
    pub fn call_silent(&mut self, endpoint: EndpointRef, now: f64) {
        let attempt = Attempt::new(Probe::Fetch(endpoint, 0), 0);
        let waited_ms = self.entry(attempt).map(|entry| now - entry.started_at);
        let least_ms = f64::from(SILENT_SO_FAR_MS);
        let is_time = waited_ms.is_some_and(|ms| ms > least_ms - SAME_MS);
        self.hold(is_time, || {
            format!("{endpoint:?} is called silent after {waited_ms:?}")
        });
        let is_under_way = self.is_under_way(attempt);
        self.hold(is_under_way && self.finished_at.is_none(), || {
            format!("{endpoint:?} is called silent, and is over")
        });
        let is_first = !self.silent.contains(&endpoint);
        self.silent.push(endpoint);
        self.hold(is_first, || format!("{endpoint:?} is called silent twice"));
    }

    /// A time-out says the deadline, and comes when it has passed.
    fn hold_deadline(&mut self, probe: Probe, ms: f64, now: f64) {
        let allowed = deadlines_ms(probe);
        let is_one = allowed.iter().any(|allowed| (ms - allowed).abs() < SAME_MS);
        self.hold(is_one, || {
            format!("{probe:?} timed out after {ms}, not {allowed:?}")
        });
        // What is asked on the relay's socket, and what is held, counts from another moment.
        let counts_otherwise = matches!(
            probe,
            Probe::Pings
                | Probe::Events
                | Probe::Saw
                | Probe::RelayControls
                | Probe::Dial(_)
                | Probe::Hold
                | Probe::GiveUp(_)
                | Probe::LateTurn(_)
        );
        if counts_otherwise {
            return;
        }
        let of_probe = self.attempts.iter().rev();
        let last = of_probe.clone().find(|entry| entry.attempt.probe == probe);
        let started_at = last.map(|entry| entry.started_at);
        let holds = started_at.is_some_and(|at| (now - at - ms).abs() < SAME_MS);
        self.hold(holds, || {
            format!("{probe:?} began at {started_at:?} and timed out after {ms} at {now}")
        });
    }

    /// Everything that the run waits for has ended.
    pub fn finish(&mut self, now: f64) {
        let is_first = self.finished_at.is_none() && !self.is_over();
        self.hold(is_first, || {
            "Finished comes twice, or after the end".to_owned()
        });
        self.finished_at = Some(now);
        let waits = |(probe, has_ended): &&(Probe, bool)| !probe.is_late() && !has_ended;
        let open = self.planned.iter().find(waits).copied();
        self.hold(open.is_none(), || format!("Finished, and {open:?} is out"));
        let by_ms = finished_by_ms();
        self.hold(now <= by_ms, || {
            format!("Finished at {now}, not by {by_ms}")
        });
    }

    /// Nothing follows.
    pub fn settle(&mut self, now: f64) {
        let is_in_order = self.finished_at.is_some() && !self.is_over();
        self.hold(is_in_order, || {
            "Settled comes twice, or not after Finished".to_owned()
        });
        self.settled_at = Some(now);
        let by_ms = settled_by_ms();
        self.hold(now <= by_ms, || format!("Settled at {now}, not by {by_ms}"));
    }

    /// It was called off, and everything that follows from that is out.
    pub fn cancel(&mut self, now: f64) {
        self.cancelled_at = Some(now);
        self.hold_end();
    }

    /// What must hold once nothing follows.
    pub fn hold_end(&mut self) {
        let is_over = self.is_over();
        self.hold(is_over, || "it never settles".to_owned());
        let missing = self.planned.iter().find(|(_, has_ended)| !has_ended);
        let missing = missing.map(|(probe, _)| *probe);
        self.hold(missing.is_none(), || format!("{missing:?} has no outcome"));
        let goes_on = |entry: &&Entry| entry.state == State::UnderWay;
        let going_on = self
            .attempts
            .iter()
            .find(goes_on)
            .map(|entry| entry.attempt);
        self.hold(going_on.is_none(), || {
            format!("{going_on:?} goes on after the end")
        });
    }
}

/// The policy of a build that was given the settings of a plan.
fn policy(plan: &Plan) -> Option<ConnectSources> {
    let config = Config {
        relays: plan.relays.iter().map(|relay| relay.base.clone()).collect(),
        ..Config::default()
    };
    let policy = format!("connect-src {}", connect_sources(&config).join(" "));
    ConnectSources::of(&policy, "https://check.example.com/")
}

#[cfg(test)]
mod tests {
    use reachcheck_model::config::Config;
    use reachcheck_model::machine::Attempt;
    use reachcheck_model::observation::Outcome;
    use reachcheck_model::plan::Plan;
    use reachcheck_model::probe::Probe;

    use super::Ledger;

    fn ledger() -> Ledger {
        Ledger::new(&Plan::new(&Config::default(), Vec::new(), &[]))
    }

    const ORIGIN: Attempt = Attempt::new(Probe::Origin, 0);

    #[test]
    fn an_attempt_starts_once_and_ends_once() {
        let mut ledger = ledger();
        ledger.start(ORIGIN, 0.0);
        ledger.stop(ORIGIN, 1.0);
        assert!(ledger.violations.is_empty());
        ledger.stop(ORIGIN, 2.0);
        assert_eq!(ledger.violations.len(), 1);
        ledger.start(ORIGIN, 3.0);
        assert_eq!(ledger.violations.len(), 2);
    }

    #[test]
    fn a_time_out_comes_when_the_deadline_has_passed() {
        let mut ledger = ledger();
        ledger.start(ORIGIN, 1.0);
        let ms = 6_000.0;
        ledger.observe(Probe::Origin, &Outcome::TimedOut { ms }, 6_001.0);
        assert!(ledger.violations.is_empty());
        ledger.start(Attempt::new(Probe::Canary, 0), 1.0);
        ledger.observe(Probe::Canary, &Outcome::TimedOut { ms }, 6_500.0);
        assert_eq!(ledger.violations.len(), 1);
        ledger.observe(Probe::Timing, &Outcome::TimedOut { ms: 1.0 }, 6_500.0);
        assert_eq!(ledger.violations.len(), 3);
    }

    #[test]
    fn a_run_that_ends_with_probes_out_is_noticed() {
        let mut ledger = ledger();
        ledger.settle(1.0);
        ledger.hold_end();
        // Not finished before, and probes without an outcome.
        assert_eq!(ledger.violations.len(), 2);
    }
}
