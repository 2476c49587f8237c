//! Answers that are faster than the path allows: somebody near by in the service's place, or a path that is not the one
//! by which page and relay are reached.

use reachcheck_model::catalogue::{EndpointRef, Kind};

/// What a region's answer and its distance from the relay say together, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Measured {
    /// The fastest answer of the region's HTTPS endpoint.
    pub own_ms: f64,
    /// The relay's round trip to the region.
    pub from_relay_ms: f64,
    /// Whether the answer is too fast for the path by which the relay is reached.
    pub is_too_fast: bool,
}

/// What answers that are too fast say of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FastAnswers {
    /// None is.
    #[default]
    None,
    /// They came by another way than page and relay: a VPN that leaves the service out, or an address that is anycast.
    WaysDiffer,
    /// Two hosts answered in less time together than lies between them; one such pair may be a measurement gone wrong.
    Undecided,
    /// So did two pairs that have no host in common: somebody else answered for them.
    NotTheService,
}

/// Round trips that the relay measured are exact to this (ms), and hosts that are less apart tell nothing.
const APART_MIN_MS: f64 = 40.0;
/// An answer holds the server's own work as well, and is at least that much too fast where it is (share).
const TOGETHER_SHARE: f64 = 0.8;

/// Reads all regions of a run. Whoever answers at two hosts that are `d` apart needs at least `d` for both together: the
/// triangle inequality, whatever way was taken.
pub(super) fn read(regions: &[Measured]) -> FastAnswers {
    if !regions.iter().any(|region| region.is_too_fast) {
        return FastAnswers::None;
    }
    let mut left: Vec<Measured> = regions.to_vec();
    left.sort_by(|one, other| one.from_relay_ms.total_cmp(&other.from_relay_ms));
    let mut pairs = 0;
    // The nearest with the furthest: whoever pairs otherwise finds no more.
    while left.len() >= 2 {
        let (near, far) = (left[0], left[left.len() - 1]);
        let apart_ms = far.from_relay_ms - near.from_relay_ms;
        let together_ms = near.own_ms + far.own_ms;
        if apart_ms >= APART_MIN_MS && together_ms < TOGETHER_SHARE * apart_ms {
            pairs += 1;
        }
        left.pop();
        left.remove(0);
    }
    match pairs {
        0 => FastAnswers::WaysDiffer,
        1 => FastAnswers::Undecided,
        _ => FastAnswers::NotTheService,
    }
}

/// The endpoint of a region whose answers are compared.
pub(super) const fn endpoint(region: usize) -> EndpointRef {
    let kind = Kind::Https;
    EndpointRef { region, kind }
}

#[cfg(test)]
mod tests {
    use super::{FastAnswers, Measured, read};

    fn regions(all: &[(f64, f64)]) -> Vec<Measured> {
        let measured = |(own_ms, from_relay_ms): &(f64, f64)| Measured {
            own_ms: *own_ms,
            from_relay_ms: *from_relay_ms,
            is_too_fast: true,
        };
        all.iter().map(measured).collect()
    }

    #[test]
    fn a_vpn_that_leaves_the_service_out_is_another_way() {
        // Page and relay are 170 ms further away than the service; the relay is beside it.
        let near = [(80.0, 1.0), (81.0, 2.0), (80.0, 1.0), (82.0, 3.0)];
        assert_eq!(read(&regions(&near)), FastAnswers::WaysDiffer);
        // Regions apart: who is close to Toronto is far from Seattle.
        let apart = [(20.0, 90.0), (25.0, 95.0), (70.0, 40.0), (60.0, 35.0)];
        assert_eq!(read(&regions(&apart)), FastAnswers::WaysDiffer);
    }

    #[test]
    fn nobody_is_in_two_places_at_once() {
        // A filter near by answers for the whole domain.
        let filter = [(3.0, 5.0), (4.0, 150.0), (3.0, 10.0), (3.0, 90.0)];
        assert_eq!(read(&regions(&filter)), FastAnswers::NotTheService);
        // One pair alone.
        let one = [(3.0, 5.0), (4.0, 150.0), (80.0, 10.0), (90.0, 20.0)];
        assert_eq!(read(&regions(&one)), FastAnswers::Undecided);
    }

    #[test]
    fn without_an_answer_that_is_too_fast_nothing_is_asked() {
        let mut slow = regions(&[(3.0, 5.0), (4.0, 150.0)]);
        for region in &mut slow {
            region.is_too_fast = false;
        }
        assert_eq!(read(&slow), FastAnswers::None);
        assert_eq!(read(&[]), FastAnswers::None);
    }
}
