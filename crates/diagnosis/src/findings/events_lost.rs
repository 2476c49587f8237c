use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{CheckOutcome, Detail, Facts};
use crate::finding::{Finding, in_network};
use crate::phrasing::{Circumstances, Phrasing, Value};
use reachcheck_wire::Schedule;

/// Server events that the relay sent on schedule did not come, came late, or their connection died.
///
/// ```
/// use reachcheck_model::observation::Answer;
/// use reachcheck_model::probe::Probe;
/// use reachcheck_diagnosis::testing::{answered, events, healthy};
///
/// let nine_of_ten = answered(5000.0, Answer::Events(events(9, 4.0)));
/// let run = healthy().set(Probe::Events, nine_of_ten);
/// assert_eq!(run.findings(), ["events-lost / network - confirmed"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct EventsLost {
    /// How many were sent.
    pub expected: u32,
    /// How many came in time.
    pub arrived: u32,
    /// The largest delay, milliseconds; `None` if the connection died.
    pub late_ms_max: Option<f64>,
}

pub(super) const META: Meta = Meta {
    token: "events-lost",
    wire: 22,
    short: 17,
    hides: &[],
    spoils: Spoils::EveryRegion,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let events = &facts.network.events;
    if events.outcome != CheckOutcome::Failed {
        return Vec::new();
    }
    let lost = match events.detail {
        Detail::Events {
            expected,
            arrived,
            late_ms_max,
        } => EventsLost {
            expected,
            arrived,
            late_ms_max: Some(late_ms_max),
        },
        _ => EventsLost {
            expected: u32::try_from(Schedule::Short.due_ms().len()).unwrap_or(u32::MAX),
            arrived: 0,
            late_ms_max: None,
        },
    };
    in_network(Some(Cause::EventsLost(lost)), events.proof)
}

impl Evidence for EventsLost {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        match self.late_ms_max {
            Some(late_ms) => Phrasing::what(
                "counted",
                &[
                    ("arrived", Value::Whole(self.arrived.into())),
                    ("expected", Value::Whole(self.expected.into())),
                    ("time", Value::Ms(late_ms)),
                ],
            ),
            None => Phrasing::default(),
        }
    }

    fn examples() -> Vec<Self> {
        [Some(1200.0), None]
            .map(|late_ms_max| Self {
                expected: 10,
                arrived: 7,
                late_ms_max,
            })
            .into()
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{ALL_WELL, Scenario, answered, closed, events, expect, healthy};
    use reachcheck_model::local_conditions::LocalConditions;
    use reachcheck_model::observation::{Answer, Outcome};
    use reachcheck_model::probe::Probe;

    const DEGRADED: &str = "degraded: degraded degraded degraded degraded";
    const LOST: &str = "events-lost / network - confirmed";

    fn while_stalled(scenario: Scenario, stalled_ms: f64) -> Scenario {
        let local = LocalConditions {
            stalled_ms,
            ..LocalConditions::default()
        };
        scenario.while_out(Probe::Events, local)
    }

    #[test]
    fn a_computer_that_stood_still_is_not_told_as_events_lost() {
        let arrived = |count, late| {
            let events = Answer::Events(events(count, late));
            healthy().set(Probe::Events, answered(5000.0, events))
        };
        // As late as the page stood still.
        expect(&while_stalled(arrived(10, 1600.0), 1500.0), &[ALL_WELL]);
        expect(&while_stalled(arrived(9, 4.0), 300.0), &[ALL_WELL]);
        // Later than that, for something else kept them back.
        expect(
            &while_stalled(arrived(10, 1600.0), 300.0),
            &[DEGRADED, LOST],
        );
        // A connection is not cut by a stall so short.
        let cut = || healthy().set(Probe::Events, closed(900.0, 1006));
        expect(&while_stalled(cut(), 400.0), &[DEGRADED, LOST]);
        expect(&while_stalled(cut(), 20_000.0), &[ALL_WELL]);
        let changed = LocalConditions {
            network_changed: true,
            ..LocalConditions::default()
        };
        let found = "network-changed-in-run / network - confirmed";
        expect(&cut().while_out(Probe::Events, changed), &[ALL_WELL, found]);
        expect(&cut().while_out(Probe::Pings, changed), &[DEGRADED, LOST]);
    }

    #[test]
    fn lost_late_or_cut_events_spoil_and_a_blocked_socket_hides_them() {
        let degraded = "degraded: degraded degraded degraded degraded";
        let finding = "events-lost / network - confirmed";
        let with = |outcome| healthy().set(Probe::Events, outcome);
        let arrived = |count, late| answered(5000.0, Answer::Events(events(count, late)));
        expect(&with(arrived(9, 4.0)), &[degraded, finding]);
        expect(&with(arrived(10, 1600.0)), &[degraded, finding]);
        expect(&with(closed(900.0, 1006)), &[degraded, finding]);
        expect(&with(arrived(10, 900.0)), &[ALL_WELL]);
        // The browser still holds the connection for open: a deadline of the page ran out.
        let silence = with(Outcome::TimedOut { ms: 9_000.0 });
        expect(&silence, &[degraded, "events-lost / network - inferred"]);
        let hidden = with(closed(900.0, 1006)).set(Probe::Socket, closed(250.0, 1006));
        expect(&hidden, &[degraded, "socket-blocked / network - inferred"]);
    }
}
