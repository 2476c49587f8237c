//! Recordings of real browsers, changed as no rule may mind: a browser or a path that is later, a relay that stands
//! elsewhere, a system that repeats SYNs, a coarse clock, null probes that are lost. Nothing that failed may become *ok* by
//! it, no other layer *confirmed*, and nothing that was well *blocked* or *down*.

use reachcheck_diagnosis::diagnosis::diagnose;
use reachcheck_lab::browser::Hooks;
use reachcheck_lab::recordings::{self, Recording};
use reachcheck_lab::shown::hooks;
use reachcheck_model::catalogue::EndpointRef;
use reachcheck_model::environment::Environment;
use reachcheck_model::local_conditions::LocalConditions;
use reachcheck_model::observation::{Answer, Observations, Outcome, Phases, Timing};
use reachcheck_model::operating_system::OperatingSystem;
use reachcheck_model::probe::Probe;
use reachcheck_model::session::Session;
use reachcheck_model::thresholds::{self as limits, Thresholds};
use reachcheck_wire::{Connect, DialReport, Dialogue, Tls};

/// A change of one observation, and of what this computer did meanwhile.
type Change<'a> = dyn Fn(Probe, &mut Outcome, &mut LocalConditions) + 'a;

fn recorded() -> Vec<Recording> {
    let all = recordings::all();
    assert!(all.len() > 700, "{} recordings", all.len());
    all
}

fn said(session: &Session, environment: &Environment) -> Hooks {
    let diagnosis = diagnose(session, environment, Thresholds::default());
    hooks(&session.plan, &diagnosis)
}

fn as_it_was(recorded: &Recording) -> Hooks {
    said(&recorded.session, &recorded.environment)
}

fn changed(recorded: &Recording, environment: &Environment, change: &Change<'_>) -> Hooks {
    let mut observations = Observations::default();
    for (probe, outcome) in recorded.session.observations.iter() {
        let mut outcome = outcome.clone();
        let mut local = recorded.session.observations.local(probe);
        change(probe, &mut outcome, &mut local);
        observations.insert_under(probe, outcome, local);
    }
    let session = Session {
        observations,
        ..recorded.session.clone()
    };
    said(&session, environment)
}

/// The name of an endpoint's check.
fn id(session: &Session, at: EndpointRef) -> String {
    session.plan.region(at).endpoint_id(at.kind)
}

/// Whether an attempt at an endpoint was answered: a page in the service's place is told by nothing but its time.
fn was_answered(session: &Session, check: &str) -> bool {
    let regions = session.plan.regions.len();
    let at = EndpointRef::of(regions).find(|it| id(session, *it) == check);
    at.is_some_and(|at| {
        let fetches = (0..limits::FETCHES).map(|attempt| Probe::Fetch(at, attempt));
        let attempts = fetches.chain([Probe::Upgrade(at), Probe::GiveUp(at)]);
        let mut outcomes = attempts.filter_map(|probe| session.observations.get(probe));
        outcomes.any(|outcome| outcome.answered_ms().is_some())
    })
}

/// Every way in which what is said of a changed run contradicts what was said before.
fn contradictions(recorded: &Recording, before: &Hooks, after: &Hooks) -> Vec<String> {
    let Recording { name, session, .. } = recorded;
    let mut found = Vec::new();
    for (check, (outcome, _)) in &after.checks {
        let was = before.checks.get(check).map_or("", |(was, _)| was.as_str());
        if was == "failed" && outcome == "ok" && !was_answered(session, check) {
            found.push(format!("{name}: {check} failed, and is ok"));
        }
    }
    for (check, (layer, proof)) in &after.places {
        let was = before.places.get(check);
        let was_so = was.is_some_and(|(was, sure)| was == layer && sure == "confirmed");
        if proof == "confirmed" && !was_so {
            found.push(format!(
                "{name}: {check} broke in {layer}, confirmed, and was {was:?}"
            ));
        }
    }
    for (region, verdict) in &after.regions {
        let was = before.regions.get(region).map_or("", String::as_str);
        let accuses = ["blocked", "down"].contains(&verdict.as_str());
        if accuses && ["reachable", "degraded"].contains(&was) {
            found.push(format!("{name}: {region} was {was}, and is {verdict}"));
        }
    }
    found
}

/// Runs a change over all recordings, and counts the regions that became *unknown*, of those that were not.
fn under(
    environment: impl Fn(&Recording) -> Environment,
    change: impl Fn(&Recording, Probe, &mut Outcome, &mut LocalConditions),
) -> (Vec<String>, usize, usize) {
    let (mut found, mut unknown, mut regions) = (Vec::new(), 0, 0);
    for recorded in recorded() {
        let before = as_it_was(&recorded);
        let after = changed(
            &recorded,
            &environment(&recorded),
            &|probe, outcome, local| {
                change(&recorded, probe, outcome, local);
            },
        );
        found.extend(contradictions(&recorded, &before, &after));
        for (region, verdict) in &after.regions {
            let was_known = before
                .regions
                .get(region)
                .is_some_and(|was| was != "unknown");
            regions += usize::from(was_known);
            unknown += usize::from(was_known && verdict == "unknown");
        }
    }
    (found, unknown, regions)
}

fn holds(what: &str, (found, unknown, regions): (Vec<String>, usize, usize)) -> f64 {
    assert!(
        found.is_empty(),
        "{what}: {}\n{}",
        found.len(),
        found.join("\n")
    );
    let share = unknown as f64 / regions as f64;
    println!("{what}: {unknown} of {regions} regions became unknown");
    share
}

const fn is_attempt(probe: Probe) -> bool {
    matches!(
        probe,
        Probe::Fetch(..) | Probe::Upgrade(_) | Probe::FreshName(_)
    )
}

/// The time of an outcome, in milliseconds.
const fn ms(outcome: &mut Outcome) -> Option<&mut f64> {
    match outcome {
        Outcome::Answered { ms, .. } | Outcome::Failed { ms, .. } => Some(ms),
        _ => None,
    }
}

fn add(outcome: &mut Outcome, later_ms: f64) {
    if let Some(ms) = ms(outcome) {
        *ms += later_ms;
    }
    if let Outcome::Answered {
        answer: Answer::Pings(pings),
        ..
    } = outcome
    {
        pings.iter_mut().for_each(|ping| *ping += later_ms);
    }
}

fn same(recorded: &Recording) -> Environment {
    recorded.environment.clone()
}

/// What is known of the browser's own delay grows by as much.
fn see(local: &mut LocalConditions, later_ms: f64) {
    local.own_delay_ms = Some(local.own_delay_ms.unwrap_or(0.0) + later_ms);
}

#[test]
fn failures_that_are_told_later_accuse_and_acquit_nobody() {
    for later_ms in [25.0, 50.0, 100.0, 200.0, 400.0] {
        for is_seen in [true, false] {
            // Two round trips and 200 ms that nothing saw are four: a hello that a box cut is then one that a port of
            // another protocol turned down, both on a connection that stood.
            if !is_seen && later_ms > 100.0 {
                continue;
            }
            let given = under(same, |_, probe, outcome, local| {
                if is_attempt(probe) && matches!(outcome, Outcome::Failed { .. }) {
                    add(outcome, later_ms);
                    if is_seen {
                        see(local, later_ms);
                    }
                }
            });
            let share = holds(
                &format!("failures {later_ms} ms later, seen: {is_seen}"),
                given,
            );
            assert!(later_ms > 50.0 || share <= 0.15, "{share}");
        }
    }
}

#[test]
fn a_browser_that_is_late_at_everything_accuses_and_acquits_nobody() {
    for later_ms in [25.0, 50.0, 100.0, 200.0, 400.0] {
        for is_seen in [true, false] {
            // What nothing saw and is longer than the way makes one round trip of two.
            if !is_seen && later_ms > 100.0 {
                continue;
            }
            let given = under(same, |_, probe, outcome, local| {
                if is_attempt(probe) || matches!(probe, Probe::Pings | Probe::Challenge(_)) {
                    add(outcome, later_ms);
                    if is_seen {
                        see(local, later_ms);
                    }
                }
            });
            holds(
                &format!("everything {later_ms} ms later, seen: {is_seen}"),
                given,
            );
        }
    }
}

#[test]
fn pings_that_are_late_alone_accuse_and_acquit_nobody() {
    for later_ms in [25.0, 50.0] {
        let given = under(same, |_, probe, outcome, _| {
            if probe == Probe::Pings {
                add(outcome, later_ms);
            }
        });
        holds(&format!("pings {later_ms} ms later"), given);
    }
}

/// The relay stands further away from both ends: |A-B| stays, A+B grows.
#[test]
fn a_relay_that_stands_elsewhere_accuses_and_acquits_nobody() {
    for away_ms in [20.0, 60.0] {
        let given = under(same, |_, _, outcome, _| match outcome {
            Outcome::Answered {
                answer: Answer::Pings(pings),
                ..
            } => pings.iter_mut().for_each(|ping| *ping += away_ms),
            Outcome::Answered {
                answer: Answer::Timing(timing),
                ..
            } => {
                if let Some(warm_ms) = &mut timing.warm_ms {
                    *warm_ms += away_ms;
                }
                for phases in [&mut timing.relay, &mut timing.earlier]
                    .into_iter()
                    .flatten()
                {
                    further(phases, away_ms);
                }
            }
            Outcome::Answered {
                answer: Answer::Dial(report),
                ..
            } => each_time(report, |ms| *ms += away_ms),
            _ => {}
        });
        let share = holds(&format!("the relay {away_ms} ms away"), given);
        println!("{share}");
    }
}

/// What takes so long (ms) is waited for by a clock: Firefox's ten attempts at a path of 82 ms take less.
const BY_CLOCK_MS: f64 = 4_500.0;

/// Every way is so many times as long. What a system or a browser waits for by the clock is not: a SYN that Windows
/// repeats, a name server, a connection that died.
#[test]
fn ways_that_are_longer_or_shorter_accuse_and_acquit_nobody() {
    for times in [0.6, 1.5, 2.5] {
        let given = under(same, |recorded, probe, outcome, _| {
            let is_by_clock = recorded.environment.system == OperatingSystem::Windows
                && matches!(outcome, Outcome::Failed { ms, .. } if *ms >= 1_900.0);
            let is_measured = is_attempt(probe) || matches!(probe, Probe::Challenge(_));
            if let Some(ms) = ms(outcome)
                && is_measured
                && !is_by_clock
                && *ms < BY_CLOCK_MS
            {
                *ms *= times;
            }
            match outcome {
                Outcome::Answered {
                    answer: Answer::Pings(pings),
                    ..
                } => pings.iter_mut().for_each(|ping| *ping *= times),
                Outcome::Answered {
                    answer: Answer::Timing(timing),
                    ..
                } => scale_timing(timing, times),
                Outcome::Answered {
                    answer: Answer::Dial(report),
                    ..
                } => each_time(report, |ms| *ms *= times),
                _ => {}
            }
        });
        holds(&format!("ways {times} times as long"), given);
    }
}

fn scale_timing(timing: &mut Timing, times: f64) {
    if let Some(warm_ms) = &mut timing.warm_ms {
        *warm_ms *= times;
    }
    let phases = [&mut timing.page, &mut timing.relay, &mut timing.earlier];
    for phases in phases.into_iter().flatten() {
        let marks = [
            &mut phases.lookup_start,
            &mut phases.lookup_end,
            &mut phases.connect_start,
            &mut phases.connect_end,
            &mut phases.request_start,
            &mut phases.response_start,
            &mut phases.response_end,
        ];
        for mark in marks.into_iter().chain(&mut phases.secure_start) {
            *mark *= times;
        }
    }
}

/// Changes each time of a dial, in milliseconds.
fn each_time(report: &mut DialReport, change: impl Fn(&mut f64)) {
    if let Connect::Connected { ms, .. } | Connect::Refused { ms } = &mut report.connect {
        change(ms);
    }
    if let Some(Tls::Finished { ms, .. } | Tls::Rejected { ms, .. }) = &mut report.tls {
        change(ms);
    }
    for dialogue in [&mut report.get, &mut report.upgrade].into_iter().flatten() {
        if let Dialogue::Http { ms, .. } | Dialogue::NotHttp { ms } | Dialogue::Closed { ms } =
            dialogue
        {
            change(ms);
        }
    }
}

/// Connecting, TLS and the request take a round trip each. Where no handshake shows, a proxy was connected to, which stays
/// where it is, and CONNECT, TLS and the request are one (Firefox).
fn further(phases: &mut Phases, away_ms: f64) {
    if phases.connect_end <= phases.connect_start {
        phases.response_start += away_ms;
        phases.response_end += away_ms;
        return;
    }
    if phases
        .secure_start
        .is_some_and(|start| start >= phases.connect_end)
    {
        phases.response_start += 3.0 * away_ms;
        phases.response_end += 3.0 * away_ms;
        return;
    }
    let tls = phases.secure_start.map_or(1.0, |start| {
        phases.secure_start = Some(start + away_ms);
        2.0
    });
    phases.connect_end += tls * away_ms;
    phases.request_start += tls * away_ms;
    phases.response_start += (tls + 1.0) * away_ms;
    phases.response_end += (tls + 1.0) * away_ms;
}

#[test]
fn refusals_that_windows_repeats_accuse_and_acquit_nobody() {
    let on_windows = |recorded: &Recording| Environment {
        system: OperatingSystem::Windows,
        ..recorded.environment.clone()
    };
    let given = under(on_windows, |recorded, probe, outcome, _| {
        let (Probe::Fetch(at, _) | Probe::Upgrade(at)) = probe else {
            return;
        };
        let said = as_it_was(recorded);
        let plan = &recorded.session.plan;
        let region = &plan.region(at).id;
        let is_refused = |(code, scope): &(String, String)| {
            code.starts_with("refused") && scope == region.as_str()
        };
        let check = said.checks.get(&id(&recorded.session, at));
        let has_failed = check.is_some_and(|(outcome, _)| outcome == "failed");
        if has_failed && said.findings.iter().any(is_refused) {
            add(outcome, 2_002.0);
        }
    });
    holds("refusals after two seconds more", given);
}

#[test]
fn a_coarse_clock_and_lost_null_probes_accuse_and_acquit_nobody() {
    for grain_ms in [16.0, 100.0] {
        let coarse = |recorded: &Recording| Environment {
            clock_grain_ms: Some(grain_ms),
            ..recorded.environment.clone()
        };
        let rounded = |ms: &mut f64| *ms = (*ms / grain_ms).round() * grain_ms;
        let given = under(coarse, |_, _, outcome, _| {
            if let Some(ms) = ms(outcome) {
                rounded(ms);
            }
            if let Outcome::Answered {
                answer: Answer::Pings(pings),
                ..
            } = outcome
            {
                pings.iter_mut().for_each(rounded);
            }
        });
        holds(&format!("a clock of {grain_ms} ms"), given);
    }
    // On a computer that stands still nothing but null probes tells.
    let is_calm = |name: &str| !name.contains("stalls") && !name.contains("long-tasks");
    let given = under(same, |recorded, _, _, local| {
        if is_calm(&recorded.name) {
            local.own_delay_ms = None;
        }
    });
    holds("null probes lost", given);
}
