//! What goes wrong in a run on purpose: one run in ten, as its seed decides.

use fastrand::Rng;
use reachcheck_model::catalogue::EndpointRef;
use reachcheck_model::machine::Wish;
use reachcheck_model::plan::Plan;

/// One in so many runs is disturbed.
const ONE_IN: u32 = 10;
/// Until when a run is cancelled, in milliseconds: most are over by the first, all by the second.
const CANCELLED_BY_MS: [f64; 2] = [4_000.0, 60_000.0];
/// How likely a sign is lost, or an input comes again.
const SHARE: f64 = 0.3;

/// What disturbs a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Disturbance {
    /// It is called off then.
    Cancel(f64),
    /// The diagnosis wants something else, at these times.
    Wishes(Vec<(f64, Wish)>),
    /// This share of everything that attempts would tell is lost.
    Loses(f64),
    /// Inputs of attempts that have ended come again, or late, after this share of all inputs.
    Repeats(f64),
    /// Timers fire by so many milliseconds too early.
    EarlyTimers(f64),
}

impl Disturbance {
    /// What disturbs the run of this generator, if anything does.
    pub fn draw(plan: &Plan, rng: &mut Rng) -> Option<Self> {
        if rng.u32(..ONE_IN) != 0 {
            return None;
        }
        Some(match rng.u32(..5) {
            0 => Self::Cancel(CANCELLED_BY_MS[rng.usize(..2)] * rng.f64()),
            1 => Self::Wishes((0..rng.usize(1..6)).map(|_| wish(plan, rng)).collect()),
            2 => Self::Loses(SHARE * rng.f64()),
            3 => Self::Repeats(SHARE),
            _ => Self::EarlyTimers(2.0 * rng.f64()),
        })
    }
}

fn wish(plan: &Plan, rng: &mut Rng) -> (f64, Wish) {
    let endpoints: Vec<EndpointRef> = plan.endpoints().collect();
    let endpoint = endpoints[rng.usize(..endpoints.len())];
    let wish = match rng.bool() {
        true => Wish::Enough(endpoint),
        false => Wish::OnceMore(endpoint),
    };
    (CANCELLED_BY_MS[0] * rng.f64(), wish)
}
