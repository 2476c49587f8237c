//! Signs and deadlines: what each makes of an attempt that is under way.

use reachcheck_wire::{self as wire, ClientMessage, ServerMessage};

use super::attempt::{Attempt, IceSigns, UnderWay};
use super::{Machine, Output, close_failure};
use crate::catalogue::EndpointRef;
use crate::observation::{Answer, Failure, NotRun, Outcome};
use crate::probe::Probe;
use crate::thresholds as limits;

impl Machine {
    /// What an attempt that has ended by itself comes to: a first `fetch` beyond its deadline tells when the browser
    /// gave up, and no more.
    pub(super) fn end_beyond_deadline(&self, attempt: Attempt, outcome: Outcome) -> Outcome {
        match (attempt.probe, outcome) {
            (Probe::Fetch(endpoint, 0), Outcome::Failed { ms, .. })
                if self.observed.get(Probe::Fetch(endpoint, 0)).is_some() =>
            {
                Outcome::Failed {
                    ms,
                    failure: Failure::Network { tls_finished: None },
                }
            }
            (_, outcome) => outcome,
        }
    }

    /// An attempt is out of time.
    pub(super) fn out_of_time(&mut self, attempt: Attempt) {
        let Some(entry) = self.log.under_way(attempt) else {
            return;
        };
        let ms = (entry.deadline_at - entry.started_at).round();
        match attempt.probe {
            // It goes on, until even the browser must have given up.
            Probe::Fetch(endpoint, 0) if self.observed.get(attempt.probe).is_none() => {
                let give_up_ms = Probe::GiveUp(endpoint).deadline_ms();
                entry.deadline_at = entry.started_at + f64::from(give_up_ms);
                self.observe(attempt.probe, Outcome::TimedOut { ms });
            }
            Probe::Turn(endpoint) => {
                let outcome = turn_outcome(entry, self.now);
                let is_first = self.observed.get(attempt.probe).is_none();
                if is_first && !entry.told[0] {
                    let late_ms = Probe::LateTurn(endpoint).deadline_ms();
                    entry.deadline_at = entry.started_at + f64::from(late_ms);
                    self.observe(attempt.probe, outcome);
                } else {
                    self.stop(attempt, outcome);
                }
            }
            Probe::Plain => {
                let outcome = plain_outcome(entry, self.now);
                self.stop(attempt, outcome);
            }
            Probe::Port(_) if attempt.number == 2 => {
                let outcome = plain_outcome(entry, self.now);
                self.stop(attempt, outcome);
            }
            Probe::Hold if entry.opened.is_none() => {
                self.stop(attempt, Outcome::NotRun(NotRun::NoSocket));
            }
            Probe::Hold => {
                let ms = f64::from(Probe::Hold.deadline_ms());
                self.stop(attempt, Outcome::TimedOut { ms });
            }
            _ => self.stop(attempt, Outcome::TimedOut { ms }),
        }
    }

    /// When an endpoint is called silent so far, if nothing has come of its attempts by then; `None` where something has.
    fn silence_at(&self, endpoint: EndpointRef) -> Option<f64> {
        let first = Attempt::new(Probe::Fetch(endpoint, 0), 0);
        let is_out = |probe| self.observed.get(probe).is_none();
        let waits = is_out(first.probe) && is_out(Probe::Upgrade(endpoint));
        let started_at = self.log.started_at(first).filter(|_| waits)?;
        Some(started_at + f64::from(limits::SILENT_SO_FAR_MS))
    }

    /// Says which endpoints have been silent for so long by now.
    pub(super) fn name_silent(&mut self) {
        let is_due = |at: f64| at <= self.now;
        let silent = |it: &EndpointRef| self.silence_at(*it).is_some_and(is_due);
        let is_new = |it: &EndpointRef| !self.silent.contains(it);
        let endpoints = self.plan.endpoints().filter(is_new).filter(silent);
        for endpoint in endpoints.collect::<Vec<_>>() {
            self.silent.push(endpoint);
            self.outputs.push_back(Output::SilentSoFar(endpoint));
        }
    }

    /// When the next endpoint is called silent, unless something comes of it.
    pub(super) fn next_silence(&self) -> f64 {
        let is_new = |it: &EndpointRef| !self.silent.contains(it);
        let times = self.plan.endpoints().filter(is_new);
        let times = times.filter_map(|endpoint| self.silence_at(endpoint));
        times.fold(f64::INFINITY, f64::min)
    }

    /// A socket opened.
    pub(super) fn opened(&mut self, attempt: Attempt, at: f64, ms: f64) {
        let now = self.now;
        let Some(entry) = self.log.under_way(attempt) else {
            return;
        };
        entry.opened = Some((at, ms));
        match attempt.probe {
            // Its conversation has deadlines of its own.
            Probe::Socket => entry.deadline_at = f64::INFINITY,
            Probe::Hold => {
                entry.deadline_at = now + f64::from(Probe::Hold.deadline_ms());
                let ask = ClientMessage::Hold {
                    hold: wire::Hold::Short,
                };
                self.outputs.push_back(Output::Say(attempt, ask));
            }
            _ => self.stop(
                attempt,
                Outcome::Answered {
                    ms,
                    answer: Answer::Opened,
                },
            ),
        }
    }

    /// A socket closed on which there is no conversation.
    pub(super) fn closed(
        &mut self,
        attempt: Attempt,
        (at, ms): (f64, f64),
        code: u16,
        clean: bool,
    ) {
        let Some(entry) = self.log.under_way(attempt) else {
            return;
        };
        let outcome = match attempt.probe {
            // The conversation that begins on it finds it closed.
            Probe::Socket if entry.opened.is_some() => {
                entry.closed = Some((at, code));
                return;
            }
            Probe::Socket => Outcome::Failed {
                ms,
                failure: close_failure(code, false),
            },
            Probe::Hold => match entry.opened {
                None => Outcome::NotRun(NotRun::NoSocket),
                Some((opened_at, _)) => Outcome::Failed {
                    ms: at - opened_at,
                    failure: close_failure(code, true),
                },
            },
            _ if clean => Outcome::Answered {
                ms,
                answer: Answer::ClosedInOrder(code),
            },
            _ if code == 0 => Outcome::Failed {
                ms,
                failure: Failure::Forbidden,
            },
            _ => Outcome::Failed {
                ms,
                failure: Failure::Closed {
                    code,
                    opened: false,
                },
            },
        };
        self.log.end(attempt, self.now, outcome);
    }

    /// The relay said something on a socket without a conversation: the one that is held.
    pub(super) fn heard(&mut self, attempt: Attempt, at: f64, message: &ServerMessage) {
        let Some(UnderWay {
            opened: Some((opened_at, _)),
            ..
        }) = self.log.under_way(attempt)
        else {
            return;
        };
        let ms = at - *opened_at;
        match (attempt.probe, message) {
            (Probe::Hold, ServerMessage::Held { .. }) => {
                let answer = Answer::Held;
                self.stop(attempt, Outcome::Answered { ms, answer });
            }
            (Probe::Hold, ServerMessage::Refused { .. }) => {
                self.stop(attempt, Outcome::NotRun(NotRun::NotOffered));
            }
            _ => {}
        }
    }

    /// WebRTC told something. An endpoint's attempt is over once TLS is proven or both ways have been heard of; a
    /// relay's once its own error came back, or one without a connection.
    pub(super) fn ice(&mut self, attempt: Attempt, signs: IceSigns) {
        let now = self.now;
        let Some(entry) = self.log.under_way(attempt) else {
            return;
        };
        let way = usize::from(signs.tls);
        entry.told[way] = true;
        entry.connected[way] |= signs.connected;
        let outcome = match attempt.probe {
            // Beyond its deadline only plain TCP is waited for.
            Probe::Turn(_) if self.observed.get(attempt.probe).is_some() && !entry.told[0] => {
                return;
            }
            Probe::Turn(_) if entry.connected[1] || entry.told == [true; 2] => {
                turn_outcome(entry, now)
            }
            Probe::Turn(_) => return,
            _ if signs.code == wire::STUN_ERROR => Outcome::Answered {
                ms: now - entry.started_at,
                answer: Answer::Passed,
            },
            _ if signs.connected => return,
            _ => plain_outcome(entry, now),
        };
        self.stop(attempt, outcome);
    }
}

/// What is established proves; what is not disproves nothing.
fn turn_outcome(entry: &UnderWay, now: f64) -> Outcome {
    let [plain, tls] = entry.connected;
    Outcome::Answered {
        ms: now - entry.started_at,
        answer: Answer::Turn { plain, tls },
    }
}

/// Bytes to the relay that did not come back.
fn plain_outcome(entry: &UnderWay, now: f64) -> Outcome {
    Outcome::Failed {
        ms: now - entry.started_at,
        failure: match entry.connected {
            [true, _] => Failure::ConnectedOnly,
            [false, _] => Failure::Network { tls_finished: None },
        },
    }
}
