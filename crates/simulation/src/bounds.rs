//! How long attempts and runs may take, as sums of what the thresholds allow. Milliseconds, all of them.

use reachcheck_model::machine::Attempt;
use reachcheck_model::probe::Probe;
use reachcheck_model::thresholds as limits;

/// How long an attempt may be under way, by the thresholds that bound it, in milliseconds.
#[must_use]
pub fn longest_ms(attempt: Attempt) -> f64 {
    let ms = match attempt.probe {
        Probe::Fetch(_, 0) => limits::GIVE_UP_DEADLINE_MS,
        Probe::Turn(_) => limits::LATE_TURN_DEADLINE_MS,
        // It opens, and is talked on.
        Probe::Socket => limits::RELAY_DEADLINE_MS + limits::DIAL_DEADLINE_MS,
        Probe::Hold => limits::RELAY_DEADLINE_MS + limits::HOLD_DEADLINE_MS,
        probe => probe.deadline_ms(),
    };
    ms.into()
}

/// What a time-out of a probe may say, in milliseconds.
#[must_use]
pub fn deadlines_ms(probe: Probe) -> Vec<f64> {
    let mut deadlines = vec![f64::from(probe.deadline_ms())];
    // What begins beside a silent request ends with it.
    let beside = limits::ENDPOINT_DEADLINE_MS - limits::SILENCE_BEFORE_SOCKET_MS;
    match probe {
        Probe::Upgrade(_) => {
            deadlines.extend([beside, limits::SECOND_OPINION_DEADLINE_MS].map(f64::from));
        }
        Probe::InSpace(..) => {
            let beside = limits::ENDPOINT_DEADLINE_MS - limits::SILENT_SO_FAR_MS;
            deadlines.push(beside.into());
        }
        _ => {}
    }
    deadlines
}

/// The latest that a run finishes, as the sum of what its steps may take, in milliseconds.
#[must_use]
pub fn finished_by_ms() -> f64 {
    let endpoint = f64::from(limits::ENDPOINT_DEADLINE_MS);
    let gap = limits::FAILURE_GAP_MAX_MS;
    // One after the other, all of the plan where a wish asks for the last.
    let fetches = f64::from(limits::FETCHES) * (endpoint + gap);
    let after_first = endpoint + endpoint.max(limits::TURN_DEADLINE_MS.into());
    let relay = f64::from(limits::RELAY_DEADLINE_MS);
    let port = 2.0 * f64::from(limits::PORT_DEADLINE_MS)
        + gap
        + f64::from(limits::TURN_DEADLINE_MS.max(limits::SECOND_OPINION_DEADLINE_MS));
    let plain = 2.0 * f64::from(limits::TURN_DEADLINE_MS);
    let timing = 2.0 * f64::from(limits::CONTROL_DEADLINE_MS);
    // What the socket has not answered when it closes is asked again.
    let talk = 2.0 * f64::from(limits::DIAL_DEADLINE_MS);
    let of_relay = [
        relay + port,
        relay + plain,
        relay + timing,
        opened_by_ms() + talk,
    ];
    of_relay
        .into_iter()
        .fold(fetches.max(after_first), f64::max)
}

/// The latest that the relay's socket is open: two tries, and the gap between them.
fn opened_by_ms() -> f64 {
    f64::from(2 * limits::RELAY_DEADLINE_MS + limits::SOCKET_RETRY_GAP_MS)
}

/// The latest that a run settles, in milliseconds.
#[must_use]
pub fn settled_by_ms() -> f64 {
    let give_up = f64::from(limits::GIVE_UP_DEADLINE_MS);
    let hold = opened_by_ms() + f64::from(limits::RELAY_DEADLINE_MS + limits::HOLD_DEADLINE_MS);
    let late_turn =
        f64::from(limits::ENDPOINT_DEADLINE_MS) + f64::from(limits::LATE_TURN_DEADLINE_MS);
    let own_ports = finished_by_ms() + 2.0 * f64::from(limits::PORT_DEADLINE_MS);
    give_up.max(hold).max(late_turn).max(own_ports)
}

#[cfg(test)]
mod tests {
    use super::{finished_by_ms, limits};

    #[test]
    fn what_the_page_says_a_run_takes_at_most_is_no_less_than_its_steps() {
        let said_ms = f64::from(limits::RUN_AT_MOST_S) * 1000.0;
        assert!((0.9 * said_ms..=said_ms).contains(&finished_by_ms()));
    }
}
