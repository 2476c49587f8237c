use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{Facts, Intermediary, Proof};
use crate::finding::{Finding, in_network};
use crate::phrasing::{Circumstances, Phrasing, Value};
use reachcheck_model::figures::ascending;
use reachcheck_model::observation::{Answer, Outcome};
use reachcheck_model::probe::Probe;
use reachcheck_model::thresholds::{IPV6_FALLBACK_MS, STEADY_WITHIN_MS};

/// Connecting to the relay took longer by the time after which browsers turn from IPv6 to IPv4 (RFC 8305
/// section 5), for the request and for the WebSocket, on a way that is steady otherwise, and IPv4 it was that got there.
///
/// ```
/// use reachcheck_diagnosis::testing::{R, healthy};
///
/// let run = healthy().connecting_takes(R + 260.0);
/// assert_eq!(run.findings(), ["ipv6-broken / network - inferred"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Ipv6Broken {
    /// By how much connecting took longer than a round trip, milliseconds.
    pub lost_ms: f64,
}

/// Round trips until a WebSocket is open: TCP, TLS and the upgrade.
const SOCKET_TRIPS: f64 = 3.0;

pub(super) const META: Meta = Meta {
    token: "ipv6-broken",
    wire: 21,
    short: 26,
    hides: &[],
    spoils: Spoils::Nothing,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let cause = lost_ms(facts).map(|lost_ms| Cause::Ipv6Broken(Ipv6Broken { lost_ms }));
    in_network(cause, Proof::Inferred)
}

fn lost_ms(facts: &Facts<'_>) -> Option<f64> {
    if facts.way != Intermediary::Direct || facts.challenge()?.saw.address.contains(':') {
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
    // One SYN that was lost costs one connection as much: browsers begin a second one after 250 ms.
    let socket_ms = facts.observations.get(Probe::Socket)?.answered_ms()?;
    let both_lost = socket_ms - SOCKET_TRIPS * fastest >= low;
    (is_steady && both_lost && (low..high).contains(&lost_ms)).then_some(lost_ms)
}

impl Evidence for Ipv6Broken {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        Phrasing::plain(&[("time", Value::Ms(self.lost_ms))])
    }

    fn examples() -> Vec<Self> {
        vec![Self { lost_ms: 250.0 }]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{ALL_WELL, R, answered, expect, healthy};
    use reachcheck_model::observation::Answer;
    use reachcheck_model::probe::Probe;

    #[test]
    fn connecting_late_by_the_fallback_of_ipv6_is_told_and_spoils_nothing() {
        for lost_ms in [260.0, 450.0] {
            expect(
                &healthy().connecting_takes(R + lost_ms),
                &[ALL_WELL, "ipv6-broken / network - inferred"],
            );
        }
        // Chance, and a SYN that was lost.
        for lost_ms in [45.0, 1005.0] {
            expect(&healthy().connecting_takes(R + lost_ms), &[ALL_WELL]);
        }
        // A SYN of the request that was lost, in Firefox (1 % of loss, R = 83 ms): the WebSocket was in time.
        let one_lost = healthy()
            .connecting_takes(R + 260.0)
            .set(Probe::Socket, answered(3.0 * R + 25.0, Answer::Opened));
        expect(&one_lost, &[ALL_WELL]);
        // An unsteady way explains it by itself.
        let unsteady = healthy().connecting_takes(R + 260.0).set(
            Probe::Pings,
            answered(500.0, Answer::Pings(vec![R + 180.0, R, R + 90.0])),
        );
        expect(&unsteady, &[ALL_WELL]);
        // One answer that the browser kept waiting shows no unsteady way.
        let mut pings = vec![R + 75.0, R + 49.0, R + 15.0, R, R + 2.0];
        let busy = |pings: &[f64]| {
            healthy()
                .connecting_takes(R + 260.0)
                .set(Probe::Pings, answered(500.0, Answer::Pings(pings.to_vec())))
        };
        let told = [ALL_WELL, "ipv6-broken / network - inferred"];
        expect(&busy(&pings), &told);
        pings[1] = R + 70.0;
        expect(&busy(&pings), &[ALL_WELL]);
        // It was by IPv6 that it got there.
        let by_ipv6 = healthy()
            .connecting_takes(R + 260.0)
            .challenge(|challenge| challenge.saw.address = "2001:db8::7".to_owned());
        expect(&by_ipv6, &[ALL_WELL]);
    }
}
