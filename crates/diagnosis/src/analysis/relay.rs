//! What the relay is worth in this run.

use reachcheck_model::machine::{choose_relay, next_relay};
use reachcheck_model::observation::{Answer, Failure, Observations, Outcome};
use reachcheck_model::plan::Plan;
use reachcheck_model::probe::Probe;

/// What became of the relays of the settings, taken together.
#[derive(Clone, Debug, PartialEq)]
pub enum RelayState {
    /// A challenge is still out.
    Pending,
    /// The settings name none.
    NotConfigured,
    /// None answered.
    Unreachable {
        /// Something answered in its place, but could not echo the challenge.
        wrong_answer: bool,
    },
    /// One answered, but does not allow this page's origin.
    Refuses,
    /// One answered, but has no room.
    Busy,
    /// This one serves us.
    Usable {
        /// Index into the plan's relays.
        index: usize,
        /// Whether its listeners or its configuration put it outside.
        listens_outside: bool,
        /// Its version.
        version: String,
        /// Our address, as it saw us.
        address: String,
    },
    /// The run was cancelled before we knew.
    Unknown,
}

impl RelayState {
    pub(super) fn read(plan: &Plan, observations: &Observations) -> Self {
        if plan.relays.is_empty() {
            return Self::NotConfigured;
        }
        let outcomes: Vec<Option<&Outcome>> = (0..plan.relays.len())
            .map(|index| observations.get(Probe::Challenge(index)))
            .collect();
        if let Some(index) = choose_relay(plan, observations)
            && let Some(challenge) = challenge_of(outcomes[index])
        {
            return Self::Usable {
                index,
                listens_outside: challenge.outside,
                version: challenge.version.clone(),
                address: challenge.saw.address.clone(),
            };
        }
        if outcomes.contains(&None) {
            return Self::Pending;
        }
        let answers: Vec<_> = outcomes.iter().filter_map(|o| challenge_of(*o)).collect();
        if answers.iter().any(|answer| answer.origin_allowed) {
            Self::Busy
        } else if !answers.is_empty() {
            Self::Refuses
        } else if outcomes
            .iter()
            .all(|outcome| matches!(outcome, Some(Outcome::Cancelled)))
        {
            Self::Unknown
        } else {
            Self::Unreachable {
                wrong_answer: outcomes.iter().any(|outcome| {
                    matches!(
                        outcome,
                        Some(Outcome::Failed {
                            failure: Failure::WrongAnswer,
                            ..
                        })
                    )
                }),
            }
        }
    }
}

fn challenge_of(outcome: Option<&Outcome>) -> Option<&reachcheck_wire::Challenge> {
    match outcome? {
        Outcome::Answered {
            answer: Answer::Challenge(challenge),
            ..
        } => Some(challenge),
        _ => None,
    }
}

/// Whether the relay of this run is the view from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// Not known yet.
    Pending,
    /// Yes: its dials count.
    Yes,
    /// No: its dials count as not run.
    No(WhyNot),
}

/// Why there is no view from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// No relay is configured.
    NoRelay,
    /// The relay did not answer.
    RelayUnreachable,
    /// The relay answered and would not serve us: origin or load.
    RelayRefused,
    /// The relay runs on this computer or inside: it sees what we see.
    RelayInside,
    /// None of the relay's own controls answers it: it has lost its own way out.
    RelayLostItsWay,
    /// The relay did not say whether its controls answer it.
    NoWord,
}

impl Outside {
    pub(super) fn read(relay: &RelayState, observations: &Observations) -> Self {
        match relay {
            RelayState::Pending => return Self::Pending,
            RelayState::NotConfigured => return Self::No(WhyNot::NoRelay),
            RelayState::Unreachable { .. } => return Self::No(WhyNot::RelayUnreachable),
            RelayState::Refuses | RelayState::Busy => return Self::No(WhyNot::RelayRefused),
            RelayState::Unknown => return Self::No(WhyNot::NoWord),
            RelayState::Usable {
                listens_outside, ..
            } => {
                if !listens_outside {
                    return Self::No(WhyNot::RelayInside);
                }
            }
        }
        Self::by_controls(observations.get(Probe::RelayControls))
    }

    /// Whether the next relay is a view from outside, where there is one that serves us.
    pub(super) fn read_next(plan: &Plan, first: &RelayState, observations: &Observations) -> Self {
        match (first, next_relay(plan, observations)) {
            (RelayState::Pending, _) if plan.relays.len() > 1 => Self::Pending,
            (_, Some(_)) => Self::by_controls(observations.get(Probe::NextControls)),
            (_, None) => Self::No(WhyNot::NoRelay),
        }
    }

    fn by_controls(controls: Option<&Outcome>) -> Self {
        match controls {
            None => Self::Pending,
            Some(Outcome::Answered {
                answer: Answer::Controls(report),
                ..
            }) if report.answered > 0 => Self::Yes,
            Some(Outcome::Answered { .. }) => Self::No(WhyNot::RelayLostItsWay),
            Some(_) => Self::No(WhyNot::NoWord),
        }
    }

    /// Why there is no view from outside, if there is none.
    #[must_use]
    pub const fn why_not(self) -> Option<WhyNot> {
        match self {
            Self::No(why) => Some(why),
            Self::Pending | Self::Yes => None,
        }
    }
}
