//! Endpoints of which a run that goes on knows enough: those that failed twice, where a third attempt like the second would
//! change nothing of what is said.
//!
//! Two attempts that agree are enough only beside a sign of another kind, the WebSocket's and WebRTC's, and once all is
//! in that the conclusion is measured by: the relay's dials, the path, the name that cannot exist. What stays undecided is
//! tried a third time, and so is everything in engines whose failures have no other sign (WebKit, Chromium without
//! WebRTC).

use std::mem::discriminant;

use reachcheck_model::catalogue::EndpointRef;
use reachcheck_model::environment::{BrowserFamily, Environment};
use reachcheck_model::observation::{Failure, NotRun, Observations, Outcome};
use reachcheck_model::probe::Probe;
use reachcheck_model::session::{Phase, Session};
use reachcheck_model::thresholds::{FETCHES, FETCHES_WHEN_FAILING, Thresholds};

use crate::analysis::{AttemptPattern, CheckOutcome, Conclusion, Detail, EndpointFacts, Facts};

/// Two requests agree whose times differ by no more than this factor. The first pays for the name: 301 and 250 ms were seen
/// at one endpoint, and Firefox's second one beside a WebSocket took two round trips of a refusal, 109 and 166 ms.
const AGREE_TIMES: f64 = 1.25;

/// Endpoints that need no further attempt; none unless the run goes on.
#[must_use]
pub fn enough(
    session: &Session,
    environment: &Environment,
    thresholds: Thresholds,
) -> Vec<EndpointRef> {
    if session.phase != Phase::Running {
        return Vec::new();
    }
    let candidates = session.plan.endpoints().filter_map(|endpoint| {
        let failed = failed(endpoint, &session.observations)?;
        let ms: Vec<f64> = failed.iter().filter_map(failed_ms).collect();
        told_twice(endpoint, &ms, &session.observations, environment.family)
            .then_some((endpoint, failed))
    });
    let candidates: Vec<_> = candidates.collect();
    // Nothing is concluded where there is nothing to conclude on.
    if candidates.is_empty() || !is_measured(session) {
        return Vec::new();
    }
    let is_enough = |(endpoint, failed): &(EndpointRef, Vec<Outcome>)| {
        let conclude = |then: &Outcome| {
            let observations = completed(*endpoint, failed, then, &session.observations);
            let facts = Facts::read(
                &session.plan,
                environment,
                &observations,
                thresholds.slow_ms,
            );
            facts.endpoint(*endpoint).clone()
        };
        let now = conclude(&Outcome::NotRun(NotRun::NotNeeded));
        let again = failed.last().map(conclude);
        is_decided(&now, environment.family)
            && again.is_some_and(|again| is_same(&now.conclusion, &again.conclusion))
    };
    let enough = candidates.into_iter().filter(is_enough);
    enough.map(|(endpoint, _)| endpoint).collect()
}

/// What the requests to an endpoint came to that all failed by themselves while this computer did nothing else, where
/// another one is still to come.
fn failed(endpoint: EndpointRef, observations: &Observations) -> Option<Vec<Outcome>> {
    let mut failed = Vec::new();
    for number in 0..FETCHES_WHEN_FAILING {
        let probe = Probe::Fetch(endpoint, number);
        let local = observations.local(probe);
        match observations.get(probe) {
            Some(
                outcome @ Outcome::Failed {
                    failure: Failure::Network { .. },
                    ..
                },
            ) if !(local.stalled_ms > 0.0 || local.network_changed) => failed.push(outcome.clone()),
            Some(_) => return None,
            None => break,
        }
    }
    let is_more_to_come = failed.len() < usize::from(FETCHES_WHEN_FAILING);
    (is_more_to_come && !failed.is_empty()).then_some(failed)
}

const fn failed_ms(outcome: &Outcome) -> Option<f64> {
    match outcome {
        Outcome::Failed { ms, .. } => Some(*ms),
        _ => None,
    }
}

/// Whether two requests have told the same of an endpoint, and attempts of another kind have ended beside them. One request
/// alone is not enough whatever it shows: Firefox gives one that went over a connection kept from before, and then cut, the
/// look of one that finished TLS.
fn told_twice(
    endpoint: EndpointRef,
    times_ms: &[f64],
    observations: &Observations,
    family: BrowserFamily,
) -> bool {
    let &[one_ms, other_ms, ..] = times_ms else {
        return false;
    };
    let agree =
        |one_ms: f64, other_ms: f64| one_ms.max(other_ms) <= AGREE_TIMES * one_ms.min(other_ms);
    let upgrade = observations.get(Probe::Upgrade(endpoint));
    let socket_ms = upgrade.and_then(failed_ms);
    match (family, observations.get(Probe::Turn(endpoint))) {
        // The first paid for the name; the WebSocket did not, and takes as long. Where WebRTC is switched off, times must
        // agree between regions.
        (BrowserFamily::Chromium, Some(Outcome::Answered { .. })) => {
            // What held the requests up did not hold up the WebSocket.
            let is_faster = socket_ms.is_some_and(|ms| AGREE_TIMES * ms < other_ms);
            upgrade.is_some()
                && !is_faster
                && (agree(one_ms, other_ms) || socket_ms.is_some_and(|ms| agree(ms, other_ms)))
        }
        (BrowserFamily::Firefox, Some(_)) => socket_ms.is_some() && agree(one_ms, other_ms),
        _ => false,
    }
}

/// Whether everything has ended that conclusions about endpoints are measured by.
fn is_measured(session: &Session) -> bool {
    let measures = |probe: &&Probe| match probe {
        Probe::Fetch(..)
        | Probe::Upgrade(_)
        | Probe::Turn(_)
        | Probe::Image(_)
        | Probe::InSpace(..)
        | Probe::Events
        | Probe::Port(_)
        | Probe::Plain => false,
        probe => !probe.is_late(),
    };
    let mut measures = session.plan.probes.iter().filter(measures);
    measures.all(|probe| session.observations.get(*probe).is_some())
}

/// What was observed, and of the endpoint's next request that it came to this; the rest is not needed.
fn completed(
    endpoint: EndpointRef,
    failed: &[Outcome],
    then: &Outcome,
    observations: &Observations,
) -> Observations {
    let mut completed = observations.clone();
    for number in 0..FETCHES {
        let is_next = usize::from(number) == failed.len();
        let outcome = match is_next {
            true => then.clone(),
            false => Outcome::NotRun(NotRun::NotNeeded),
        };
        // The first of a probe stands.
        completed.insert(Probe::Fetch(endpoint, number), outcome);
    }
    completed
}

/// Whether it is told that an endpoint works or fails. That it works although its attempts failed shows in Chromium by an
/// address, which is no time; in Firefox by repetition, so there both must have taken the round trips of one place as well.
/// That a name is not known shows in that repeats get no faster, which takes all of them; and where nothing says where it
/// broke, the third may.
fn is_decided(endpoint: &EndpointFacts, family: BrowserFamily) -> bool {
    let is_placed = family != BrowserFamily::Firefox
        || !matches!(endpoint.pattern, AttemptPattern::Unplaced { .. });
    match endpoint.conclusion.outcome {
        CheckOutcome::Ok => is_placed,
        CheckOutcome::Failed => !matches!(
            endpoint.conclusion.detail,
            Detail::NotResolved { .. } | Detail::Failed { .. }
        ),
        CheckOutcome::Unknown | CheckOutcome::NotRun => false,
    }
}

/// Whether two conclusions say the same, but for a time.
fn is_same(one: &Conclusion, other: &Conclusion) -> bool {
    one.outcome == other.outcome
        && one.proof == other.proof
        && one.place == other.place
        && discriminant(&one.detail) == discriminant(&other.detail)
}
