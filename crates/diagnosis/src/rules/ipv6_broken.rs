//! Connecting to the relay took longer by the time after which browsers turn from IPv6 to IPv4 (RFC 8305
//! section 5), on a way that is steady otherwise, and IPv4 it was that got there.

use super::{NOTHING, Rule};
use crate::analysis::{Facts, Proof, Way};
use crate::finding::{Cause, Finding};
use reachcheck_model::figures::ascending;
use reachcheck_model::observation::{Answer, Outcome};
use reachcheck_model::probe::Probe;
use reachcheck_model::thresholds::{IPV6_FALLBACK_MS, STEADY_WITHIN_MS};

pub(super) const RULE: Rule = Rule {
    find: |facts| {
        let found = lost_ms(facts)
            .map(|lost_ms| Finding::network(Cause::Ipv6Broken { lost_ms }, Proof::Inferred));
        found.into_iter().collect()
    },
    hides: NOTHING,
};

fn lost_ms(facts: &Facts<'_>) -> Option<f64> {
    if facts.way != Way::Direct || facts.challenge()?.saw.address.contains(':') {
        return None;
    }
    let Outcome::Answered {
        answer: Answer::Timing(timing),
        ..
    } = facts.observations.get(Probe::Timing)?
    else {
        return None;
    };
    let relay = timing.relay.as_ref()?;
    let Outcome::Answered {
        answer: Answer::Pings(pings),
        ..
    } = facts.observations.get(Probe::Pings)?
    else {
        return None;
    };
    let pings = ascending(pings.iter().copied());
    // The slowest does not count: at a run's beginning the browser itself keeps one waiting (Firefox, in the lab: a third
    // of all runs).
    let (fastest, slowest) = match pings[..] {
        [fastest, .., second, _] => (fastest, second),
        _ => return None,
    };
    let is_steady =
        slowest - fastest < STEADY_WITHIN_MS && relay.tls_ms() - fastest < STEADY_WITHIN_MS;
    let lost_ms = relay.connect_ms() - fastest;
    let (low, high) = IPV6_FALLBACK_MS;
    (is_steady && (low..high).contains(&lost_ms)).then_some(lost_ms)
}
