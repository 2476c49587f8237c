//! A connection on which nothing was said for a while was cut. Calls are announced on such connections.

use super::{NOTHING, Rule};
use crate::analysis::{Detail, Facts, Proof};
use crate::checks;
use crate::finding::{Cause, Finding};
use reachcheck_model::thresholds::ROUND_WITHIN_S;

pub(super) const RULE: Rule = Rule {
    find,
    hides: NOTHING,
};

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    match checks::hold(facts).detail {
        Detail::HoldCut { seconds } => vec![Finding::network(
            Cause::HoldCut {
                seconds,
                is_round: seconds.is_some_and(is_round),
            },
            Proof::Confirmed,
        )],
        _ => Vec::new(),
    }
}

/// People set timers to multiples of five seconds.
fn is_round(seconds: f64) -> bool {
    let nearest = (seconds / 5.0).round() * 5.0;
    nearest >= 5.0 && (seconds - nearest).abs() <= ROUND_WITHIN_S
}

#[cfg(test)]
mod tests {
    use super::is_round;

    #[test]
    fn timers_are_set_to_round_numbers() {
        for seconds in [5.2, 10.0, 15.4, 20.1, 29.9] {
            assert!(is_round(seconds), "{seconds}");
        }
        for seconds in [0.2, 3.0, 7.4, 12.0, 22.5] {
            assert!(!is_round(seconds), "{seconds}");
        }
    }
}
