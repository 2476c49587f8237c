//! Heartbeat of the page: where it stood still, and when the network of this computer came or went.

use crate::local_conditions::LocalConditions;
use crate::thresholds::STALL_MIN_MS;

/// Timers that come this much later (ms) than asked for are as punctual as timers are.
const LATE_MIN_MS: f64 = 5.0;

/// The beats so far. All times are milliseconds of the machine's clock.
#[derive(Debug, Default)]
pub(super) struct Heartbeat {
    /// When the last beat came, and how many milliseconds later the next is due.
    last: Option<(f64, f64)>,
    /// When beats came that were late, and by how many milliseconds.
    late: Vec<(f64, f64)>,
    /// Beginning and end of each time without a beat that was due; the last one may go on.
    stalls: Vec<(f64, f64)>,
    /// When the browser said that the network came or went.
    network_changes: Vec<f64>,
}

impl Heartbeat {
    /// Takes note of the time. What was stopped is handed over late, and often before the beat that says so: a stall is
    /// known as soon as anything happens after it.
    pub fn pass(&mut self, now: f64) {
        let Some((at, next_ms)) = self.last else {
            return;
        };
        let due_at = at + next_ms;
        if now - due_at < STALL_MIN_MS {
            return;
        }
        match self.stalls.last_mut() {
            Some((from, to)) if from.total_cmp(&due_at).is_eq() => *to = now,
            _ => self.stalls.push((due_at, now)),
        }
    }

    /// A beat; the next one is due in so many milliseconds.
    pub fn beat(&mut self, now: f64, next_ms: f64) {
        self.pass(now);
        let late_ms = self.lateness_ms(now, 0.0);
        if late_ms > LATE_MIN_MS {
            self.late.push((now, late_ms));
        }
        self.last = Some((now, next_ms));
    }

    /// By how many milliseconds whatever was handed over within the last so many milliseconds may be late, since the
    /// page was busy: as late as a beat that was due by then.
    pub fn lateness_ms(&self, now: f64, within_ms: f64) -> f64 {
        let overdue_ms = self.last.map_or(0.0, |(at, next_ms)| now - at - next_ms);
        let lately = self.late.iter().rev();
        let lately = lately.take_while(|(at, _)| now - at <= within_ms);
        lately
            .map(|(_, late_ms)| *late_ms)
            .fold(overdue_ms.max(0.0), f64::max)
    }

    /// The network of this computer came or went.
    pub fn network_changed(&mut self, now: f64) {
        self.network_changes.push(now);
    }

    /// What happened between two times.
    pub fn between(&self, from: f64, to: f64) -> LocalConditions {
        let shared = |(begun, ended): &(f64, f64)| ended.min(to) - begun.max(from);
        LocalConditions {
            kept: false,
            own_delay_ms: None,
            stalled_ms: self.stalls.iter().map(shared).fold(0.0, f64::max),
            network_changed: self
                .network_changes
                .iter()
                .any(|at| (from..=to).contains(at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Heartbeat;

    #[test]
    fn a_beat_that_is_late_is_a_stall_for_what_was_out_then() {
        let mut heart = Heartbeat::default();
        heart.beat(0.0, 50.0);
        heart.beat(60.0, 50.0);
        // Late, as timers are, and not worth a word.
        heart.beat(300.0, 50.0);
        assert!(heart.between(0.0, 300.0).is_calm());
        // What was held back comes first, then the beat: one stall, known at once.
        heart.pass(1350.0);
        assert!((heart.between(0.0, 1350.0).stalled_ms - 1000.0).abs() < 1e-9);
        heart.beat(1360.0, 50.0);
        assert!((heart.between(0.0, 1400.0).stalled_ms - 1010.0).abs() < 1e-9);
        // Of what began in the middle of it, the rest counts; of what was over before, nothing.
        assert!((heart.between(860.0, 1400.0).stalled_ms - 500.0).abs() < 1e-9);
        assert!(heart.between(0.0, 340.0).is_calm());
    }

    #[test]
    fn a_hidden_tab_whose_timers_pass_once_a_second_stands_not_still() {
        let mut heart = Heartbeat::default();
        for second in 0..5 {
            heart.beat(f64::from(second) * 1000.0, 1000.0);
        }
        assert!(heart.between(0.0, 4000.0).is_calm());
    }

    #[test]
    fn what_is_handed_over_is_late_by_as_much_as_the_beat_beside_it() {
        let mut heart = Heartbeat::default();
        heart.beat(0.0, 50.0);
        assert!(heart.lateness_ms(40.0, 10.0).abs() < 1e-9);
        // The page was busy: what is handed over before the beat …
        assert!((heart.lateness_ms(170.0, 10.0) - 120.0).abs() < 1e-9);
        heart.beat(172.0, 50.0);
        // … and right after it is late; what comes later is not.
        assert!((heart.lateness_ms(175.0, 10.0) - 122.0).abs() < 1e-9);
        assert!(heart.lateness_ms(190.0, 10.0).abs() < 1e-9);
    }

    #[test]
    fn without_a_beat_nothing_is_known() {
        let mut heart = Heartbeat::default();
        heart.pass(10_000.0);
        assert!(heart.between(0.0, 10_000.0).is_calm());
    }

    #[test]
    fn a_network_that_changed_is_told_of_what_was_out_then() {
        let mut heart = Heartbeat::default();
        heart.network_changed(500.0);
        assert!(heart.between(400.0, 600.0).network_changed);
        assert!(!heart.between(501.0, 600.0).network_changed);
    }
}
