//! What follows for each check of the network: what a row shows that is not about one region.

use super::refusal;
use super::{
    Canary, CheckOutcome, Conclusion, Detail, Facts, Internet, Outside, Proof, Reading, RelayState,
    RttMultiple, WhyNot, computer,
};
use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::local_conditions::LocalConditions;
use reachcheck_model::observation::{Answer, Failure, NotRun, Outcome};
use reachcheck_model::probe::{Port, Probe};
use reachcheck_model::thresholds::{STALL_CUTS_MS, STALL_MIN_MS};
use reachcheck_wire::Hold;

/// An event this late (ms) is one that a person waiting for a call would have noticed. A packet that was lost twice
/// comes within 900 ms (RFC 6298 at a round trip of 80 ms: 280, then 560).
const EVENT_LATE_MS: f64 = 1_000.0;

/// The conclusions about the network, each drawn once: rows show them, and rules read them.
#[derive(Clone, Debug)]
pub struct Network {
    /// Whether anything beyond this computer answers.
    pub internet: Conclusion,
    /// Whether a WebSocket to the relay works.
    pub socket: Conclusion,
    /// Whether server events arrive, all and in time.
    pub events: Conclusion,
    /// Whether port 80 is open towards the relay.
    pub port_80: Conclusion,
    /// Whether port 5222 is open towards the relay.
    pub port_5222: Conclusion,
    /// Whether a silent connection to the relay stays open. Late evidence.
    pub hold: Conclusion,
}

impl Network {
    /// Of everything else that is known.
    pub(super) fn read(facts: &Facts<'_>) -> Self {
        Self {
            internet: internet(facts),
            socket: socket(facts),
            events: events(facts),
            port_80: port(facts, Port::Http),
            port_5222: port(facts, Port::Xmpp),
            hold: hold(facts),
        }
    }

    /// Before anything is known.
    pub(super) fn pending() -> Self {
        let pending = || Conclusion::not_run(Detail::Pending);
        Self {
            internet: pending(),
            socket: pending(),
            events: pending(),
            port_80: pending(),
            port_5222: pending(),
            hold: pending(),
        }
    }
}

/// Whether anything beyond this computer answers.
fn internet(facts: &Facts<'_>) -> Conclusion {
    let detail = Detail::Internet(facts.internet);
    match facts.internet {
        Internet::Pending if facts.was_called_off() => Conclusion::not_run(Detail::NotTried),
        Internet::Pending => Conclusion::not_run(Detail::Pending),
        Internet::OriginAnswered | Internet::RelayAnswered => {
            Conclusion::new(CheckOutcome::Ok, Proof::Confirmed, detail)
        }
        Internet::ControlAnswered | Internet::EndpointAnswered => {
            let proof = if facts.canary == Canary::Failed {
                Proof::Confirmed
            } else {
                Proof::Inferred
            };
            Conclusion::new(CheckOutcome::Ok, proof, detail)
        }
        Internet::NothingAnswered => Conclusion::new(CheckOutcome::Failed, Proof::Inferred, detail),
    }
}

/// Whether a WebSocket to the relay works.
fn socket(facts: &Facts<'_>) -> Conclusion {
    if let Some(conclusion) = without_relay(facts) {
        return conclusion;
    }
    match facts.observations.get(Probe::Socket) {
        None => Conclusion::not_run(Detail::Pending),
        Some(_) if facts.relay_is_local() => Conclusion::unknown(Detail::RelayOnThisComputer),
        Some(Outcome::Answered { .. }) => Conclusion::new(
            CheckOutcome::Ok,
            Proof::Confirmed,
            Detail::SocketOpen {
                ms: facts.relay_round_trip_ms(),
            },
        ),
        Some(Outcome::Failed {
            failure: Failure::Busy,
            ..
        }) => Conclusion::not_run(Detail::NoRelay(WhyNot::RelayRefused)),
        Some(Outcome::Failed { .. } | Outcome::TimedOut { .. }) => {
            Conclusion::new(CheckOutcome::Failed, Proof::Inferred, Detail::SocketFailed)
        }
        Some(Outcome::Cancelled | Outcome::NotRun(_)) => Conclusion::not_run(Detail::NotTried),
    }
}

/// Whether server events arrive, all and in time.
fn events(facts: &Facts<'_>) -> Conclusion {
    if let Some(conclusion) = without_relay(facts) {
        return conclusion;
    }
    let local = facts.observations.local(Probe::Events);
    let cut = |proof| {
        let failed = Conclusion::new(CheckOutcome::Failed, proof, Detail::EventsCut);
        disturbed(local, STALL_CUTS_MS).unwrap_or(failed)
    };
    match facts.observations.get(Probe::Events) {
        None => Conclusion::not_run(Detail::Pending),
        Some(_) if facts.relay_is_local() => Conclusion::unknown(Detail::RelayOnThisComputer),
        Some(Outcome::Answered {
            answer: Answer::Events(events),
            ..
        }) => {
            let have_all_come = events.arrived == events.expected;
            let all_in_time = have_all_come && events.late_ms_max < EVENT_LATE_MS;
            // What was held back here was not late on the way; what is missing may have come too late for the deadline.
            let is_by_stall =
                !have_all_come || events.late_ms_max - local.stalled_ms < EVENT_LATE_MS;
            if !all_in_time
                && is_by_stall
                && let Some(disturbed) = disturbed(local, STALL_MIN_MS)
            {
                return disturbed;
            }
            Conclusion::new(
                if all_in_time {
                    CheckOutcome::Ok
                } else {
                    CheckOutcome::Failed
                },
                Proof::Confirmed,
                Detail::Events {
                    expected: events.expected,
                    arrived: events.arrived,
                    late_ms_max: events.late_ms_max,
                },
            )
        }
        Some(Outcome::Failed { .. } | Outcome::Answered { .. }) => cut(Proof::Confirmed),
        // The browser still holds the connection for open.
        Some(Outcome::TimedOut { .. }) => cut(Proof::Inferred),
        Some(Outcome::NotRun(NotRun::NoSocket)) => Conclusion::not_run(Detail::NoSocket),
        Some(Outcome::Cancelled | Outcome::NotRun(_)) => Conclusion::not_run(Detail::NotTried),
    }
}

/// Whether a port beside 443 is open towards the relay. TLS that is cut there proves nothing about the plain
/// traffic that the client sends, nor does a refusal by a proxy that the client may not use.
fn port(facts: &Facts<'_>, port: Port) -> Conclusion {
    if let Some(conclusion) = without_relay(facts) {
        return conclusion;
    }
    if facts.relay_is_local() {
        return Conclusion::unknown(Detail::RelayOnThisComputer);
    }
    let offered = facts
        .challenge()
        .is_some_and(|challenge| challenge.ports.contains(&port.number()));
    if !offered {
        return Conclusion::not_run(Detail::NotOffered);
    }
    let behind_proxy = facts.is_behind_proxy();
    let failed = |detail| {
        // A page that stood still may have met its own deadline before it looked at the answer.
        let local = facts.observations.local(Probe::Port(port));
        if behind_proxy {
            Conclusion::unknown(Detail::BehindProxy)
        } else if let Some(disturbed) = disturbed(local, STALL_CUTS_MS) {
            disturbed
        } else {
            Conclusion::new(CheckOutcome::Failed, Proof::Inferred, detail)
        }
    };
    match facts.observations.get(Probe::Port(port)) {
        None => Conclusion::not_run(Detail::Pending),
        Some(Outcome::Answered { ms, .. }) => Conclusion::new(
            CheckOutcome::Ok,
            Proof::Confirmed,
            Detail::PortOpen { ms: *ms },
        ),
        Some(Outcome::TimedOut { .. }) => failed(Detail::PortSilent),
        Some(Outcome::Failed {
            failure: Failure::WrongAnswer,
            ..
        }) => Conclusion::unknown(Detail::PortTaken),
        Some(Outcome::Failed {
            failure: Failure::ConnectedOnly,
            ..
        }) => Conclusion::unknown(Detail::PortCut),
        Some(Outcome::Failed { ms, .. }) => {
            let grain_ms = facts.environment.clock_grain_ms;
            let reading = Reading::of(Probe::Port(port), *ms, facts.observations, grain_ms);
            let path = facts.relay_path();
            let refused = refusal::read(&[reading], path.as_ref(), facts.environment.system);
            if refused.is_some() {
                return failed(Detail::PortRefused { ms: *ms });
            }
            let level = path.and_then(|path| reading.level(&path, facts.environment.family));
            match level {
                // A proxy's refusal, or its silence about one, is not the network's.
                _ if behind_proxy => Conclusion::unknown(Detail::BehindProxy),
                Some(_) if may_be_cut_unseen(facts.environment.family, port, level) => {
                    Conclusion::unknown(Detail::PortCut)
                }
                Some(RttMultiple::Near | RttMultiple::One) => {
                    failed(Detail::PortRefused { ms: *ms })
                }
                _ => Conclusion::unknown(Detail::PortCut),
            }
        }
        Some(Outcome::Cancelled | Outcome::NotRun(_)) => Conclusion::not_run(Detail::NotTried),
    }
}

/// Whether a failure so fast may be TLS that somebody cut, on a port where plain HTTP would pass: proxies that
/// nobody sees stand on port 80 more often than firewalls that refuse it. Chromium's WebRTC tells the two apart;
/// WebKit, which tries once, has them at the far end too (docs/browsers.md section 8.1).
fn may_be_cut_unseen(family: BrowserFamily, port: Port, level: Option<RttMultiple>) -> bool {
    port == Port::Http
        && match family {
            BrowserFamily::Chromium => false,
            BrowserFamily::Firefox => level == Some(RttMultiple::Near),
            BrowserFamily::WebKit | BrowserFamily::Other => {
                matches!(level, Some(RttMultiple::Near | RttMultiple::One))
            }
        }
}

/// Whether a silent connection to the relay stays open. Late evidence.
fn hold(facts: &Facts<'_>) -> Conclusion {
    if let Some(conclusion) = without_relay(facts) {
        return conclusion;
    }
    let local = facts.observations.local(Probe::Hold);
    let cut = |seconds, proof| {
        let detail = Detail::HoldCut { seconds };
        let failed = Conclusion::new(CheckOutcome::Failed, proof, detail);
        disturbed(local, STALL_CUTS_MS).unwrap_or(failed)
    };
    match facts.observations.get(Probe::Hold) {
        None => Conclusion::not_run(Detail::Pending),
        Some(_) if facts.relay_is_local() => Conclusion::unknown(Detail::RelayOnThisComputer),
        Some(Outcome::Answered {
            answer: Answer::Held,
            ..
        }) => Conclusion::new(
            CheckOutcome::Ok,
            Proof::Confirmed,
            Detail::Held {
                seconds: Hold::Short.ms() / 1000,
            },
        ),
        Some(Outcome::Failed {
            failure: Failure::Closed { opened: true, .. },
            ms,
        }) => cut(Some(ms / 1000.0), Proof::Confirmed),
        // The relay says when it is over; not to hear it by the page's deadline suggests that the way has died unseen.
        Some(Outcome::TimedOut { .. }) => cut(None, Proof::Inferred),
        Some(Outcome::NotRun(NotRun::NoSocket)) => Conclusion::not_run(Detail::NoSocket),
        Some(Outcome::NotRun(NotRun::NotOffered)) => Conclusion::not_run(Detail::NotOffered),
        Some(
            Outcome::Failed { .. }
            | Outcome::Answered { .. }
            | Outcome::Cancelled
            | Outcome::NotRun(_),
        ) => Conclusion::not_run(Detail::NotTried),
    }
}

/// Unknown, where what failed may be this computer's doing.
fn disturbed(local: LocalConditions, stall_ms: f64) -> Option<Conclusion> {
    computer::disturbance(local, stall_ms).map(Conclusion::unknown)
}

fn without_relay(facts: &Facts<'_>) -> Option<Conclusion> {
    match (&facts.relay, facts.outside) {
        (RelayState::Usable { .. }, _) => None,
        (RelayState::Pending, _) => Some(Conclusion::not_run(Detail::Pending)),
        (_, Outside::No(why)) => Some(Conclusion::not_run(Detail::NoRelay(why))),
        (_, Outside::Pending | Outside::Yes) => Some(Conclusion::not_run(Detail::NotTried)),
    }
}
