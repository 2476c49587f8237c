//! Which silence to try next.

use super::judge::Tolerance;
use super::log::Lane;

/// Silences to try, in seconds: what firewalls, proxies and load balancers are commonly set to forget a connection
/// after. 60 nginx and HAProxy's examples, 100 Cloudflare, 240 Azure's and 350 AWS's load balancers, 600 and 1800 stateful
/// firewalls.
pub const IDLE_INTERVALS_S: [u32; 8] = [30, 60, 100, 120, 240, 350, 600, 1800];
/// Where the second lane begins.
const MIDDLE_S: u32 = 240;
/// A watch with words or events lasts as long as the longest silence: that is how long one side says nothing.
const LONGEST_S: u32 = 1800;
/// What is known to this share, or to this many milliseconds, needs no narrowing: people set timers to numbers that lie
/// further apart.
const KNOWN_SHARE: f64 = 0.04;
const KNOWN_MS: f64 = 1_500.0;

/// How long the next watch of a lane lasts, in milliseconds. `pace` is by how much the lab lets time run faster; 1
/// elsewhere.
#[must_use]
pub fn next_ms(lane: Lane, known: &Tolerance, pace: u32) -> u32 {
    let scaled = |seconds: u32| seconds * 1000 / pace.max(1);
    let idle_intervals = || IDLE_INTERVALS_S.into_iter().map(scaled);
    let survived = known.survived_ms.unwrap_or(0.0);
    let next_interval = |from: u32| {
        idle_intervals()
            .filter(|ms| *ms >= from && f64::from(*ms) > survived * (1.0 + KNOWN_SHARE))
            .find(|ms| known.killed_ms.is_none_or(|killed| f64::from(*ms) < killed))
    };
    let is_known = |killed: f64| {
        let whatever = KNOWN_MS / f64::from(pace.max(1));
        killed - survived <= (killed * KNOWN_SHARE).max(whatever)
    };
    match (lane, known.killed_ms) {
        (Lane::Events | Lane::Words, _) => scaled(LONGEST_S),
        // Upwards until something is cut.
        (Lane::Growing, None) => next_interval(0).unwrap_or(scaled(LONGEST_S)),
        (Lane::Narrowing, None) => next_interval(scaled(MIDDLE_S)).unwrap_or(scaled(LONGEST_S)),
        // Between the two bounds, at two places at once; when they are known, once more on either side of them.
        (Lane::Growing, Some(killed)) if is_known(killed) => whole(survived.max(killed / 2.0)),
        (Lane::Growing, Some(killed)) => {
            whole(next_interval(0).map_or_else(|| survived + (killed - survived) / 3.0, f64::from))
        }
        (Lane::Narrowing, Some(killed)) if is_known(killed) => whole(killed),
        (Lane::Narrowing, Some(killed)) => whole(survived + (killed - survived) * 2.0 / 3.0),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at least one, at most half an hour"
)]
fn whole(ms: f64) -> u32 {
    ms.clamp(1.0, f64::from(LONGEST_S) * 1000.0) as u32
}

#[cfg(test)]
mod tests {
    use super::{IDLE_INTERVALS_S, next_ms};
    use crate::{Lane, Tolerance};

    /// What a box that forgets after so many milliseconds lets a watch learn; the time it took.
    fn search(timer_ms: f64, exact: bool) -> (Tolerance, f64) {
        let mut known = Tolerance::default();
        let mut lanes = [(Lane::Growing, 0.0_f64), (Lane::Narrowing, 0.0)];
        loop {
            let (lane, at) = lanes
                .iter_mut()
                .min_by(|a, b| a.1.total_cmp(&b.1))
                .expect("two lanes");
            let ms = f64::from(next_ms(*lane, &known, 1));
            if *at > 3_600_000.0 {
                return (known, *at);
            }
            if ms < timer_ms {
                known.survived(ms);
                *at += ms;
            } else {
                // A box that says so ends it at its timer; one that does not, when the word is due.
                let killed = if exact { timer_ms } else { ms };
                known.killed(killed);
                *at += killed;
            }
        }
    }

    #[test]
    fn a_silent_timer_is_narrowed_down_within_the_hour() {
        for timer_s in [
            20.0, 31.0, 60.0, 75.0, 100.0, 200.0, 300.0, 350.0, 500.0, 900.0,
        ] {
            let (known, _) = search(timer_s * 1000.0, false);
            let (survived, killed) = (
                known.survived_ms.unwrap_or(0.0) / 1000.0,
                known.killed_ms.unwrap_or(f64::MAX) / 1000.0,
            );
            assert!(
                survived <= timer_s && timer_s <= killed,
                "{timer_s}: {survived} {killed}"
            );
            assert!(
                killed - survived <= (timer_s * 0.1).max(3.0),
                "{timer_s}: {survived} {killed}"
            );
        }
    }

    #[test]
    fn a_timer_that_says_so_is_known_at_its_first_cut() {
        let (known, _) = search(60_000.0, true);
        assert_eq!(known.killed_ms, Some(60_000.0));
    }

    #[test]
    fn where_nothing_is_cut_every_interval_is_tried_and_then_the_longest() {
        let (known, _) = search(f64::INFINITY, true);
        assert_eq!(known.survived_ms, Some(1_800_000.0));
        assert_eq!(next_ms(Lane::Growing, &known, 1), 1_800_000);
        let none = Tolerance::default();
        assert_eq!(next_ms(Lane::Growing, &none, 1), IDLE_INTERVALS_S[0] * 1000);
        assert_eq!(next_ms(Lane::Growing, &none, 20), IDLE_INTERVALS_S[0] * 50);
        assert_eq!(next_ms(Lane::Events, &none, 1), 1_800_000);
    }
}
