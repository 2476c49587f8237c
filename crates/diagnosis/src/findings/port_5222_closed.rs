use super::{Cause, Evidence, Meta, Spoils};
use crate::analysis::{CheckOutcome, Detail, Facts};
use crate::finding::{Finding, in_network};
use crate::phrasing::{Circumstances, Phrasing, Value};

/// Port 5222 is closed towards the relay, where it listens.
///
/// ```
/// use reachcheck_model::probe::{Port, Probe};
/// use reachcheck_diagnosis::testing::{R, failed, healthy};
///
/// let run = healthy().set(Probe::Port(Port::Xmpp), failed(R));
/// assert_eq!(run.findings(), ["port-5222-closed / network - inferred"]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Port5222Closed {
    /// Refused, after so many milliseconds; `None`: no answer.
    pub refused_ms: Option<f64>,
}

pub(super) const META: Meta = Meta {
    token: "port-5222-closed",
    wire: 17,
    short: 19,
    hides: &[],
    spoils: Spoils::EveryRegion,
};

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let port = &facts.network.port_5222;
    if port.outcome != CheckOutcome::Failed {
        return Vec::new();
    }
    let refused_ms = match port.detail {
        Detail::PortRefused { ms } => Some(ms),
        _ => None,
    };
    in_network(
        Some(Cause::Port5222Closed(Port5222Closed { refused_ms })),
        port.proof,
    )
}

impl Evidence for Port5222Closed {
    fn phrasing(&self, _: Circumstances) -> Phrasing<'_> {
        match self.refused_ms {
            Some(ms) => Phrasing::what("refused", &[("time", Value::Ms(ms))]),
            None => Phrasing::default(),
        }
    }

    fn examples() -> Vec<Self> {
        vec![Self { refused_ms: None }]
    }

    fn further_examples() -> Vec<Self> {
        vec![Self {
            refused_ms: Some(82.0),
        }]
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{ALL_DEGRADED, ALL_WELL, R, expect, failed, healthy};
    use reachcheck_model::observation::Outcome;
    use reachcheck_model::probe::{Port, Probe};

    #[test]
    fn silence_is_a_closed_port_too_and_an_answer_is_none() {
        let with = |outcome| healthy().set(Probe::Port(Port::Xmpp), outcome);
        expect(
            &with(Outcome::TimedOut { ms: 4000.0 }),
            &[ALL_DEGRADED, "port-5222-closed / network - inferred"],
        );
        expect(&with(failed(4.0 * R)), &[ALL_WELL]);
    }
}
