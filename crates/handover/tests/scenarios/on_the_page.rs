//! What the page says of a run beside its report: findings of one kind together, what it waits for, what would decide.

use reachcheck_diagnosis::diagnosis::{Diagnosis, Verdict, diagnose};
use reachcheck_diagnosis::testing::{Scenario, failed, healthy, nothing_answers};
use reachcheck_model::lang::Lang;
use reachcheck_model::observation::Outcome;
use reachcheck_model::probe::{AddressSpace, Probe};
use reachcheck_model::session::{Phase, Session};
use reachcheck_model::thresholds::Thresholds;
use reachcheck_texts::{self as text, Wait, Who};

/// The groups: what each is called, and its places by scope, in order.
fn groups(scenario: &Scenario) -> Vec<(String, Vec<String>)> {
    let (plan, diagnosis) = (scenario.plan(), scenario.diagnose());
    let groups = text::finding_groups(Lang::En, &plan, &diagnosis);
    let places: Vec<&str> = groups
        .iter()
        .flat_map(|group| &group.places)
        .map(|place| text::scope_id(&plan, place.finding.scope))
        .collect();
    let all = diagnosis.findings.iter();
    let scopes: Vec<&str> = all.map(|it| text::scope_id(&plan, it.scope)).collect();
    assert_eq!(places, scopes, "one place for each finding, in order");
    groups
        .into_iter()
        .map(|group| {
            let names = group.places.iter().map(|it| it.name.to_owned());
            (group.title, names.collect())
        })
        .collect()
}

#[test]
fn findings_of_one_kind_are_said_once_with_their_places() {
    let both = healthy().silent("toronto/https").silent("seattle/https");
    let (plan, diagnosis) = (both.plan(), both.diagnose());
    assert_eq!(
        groups(&both),
        [(
            "No answer".to_owned(),
            vec!["Toronto".to_owned(), "Seattle".to_owned()]
        )]
    );
    let [group] = &text::finding_groups(Lang::En, &plan, &diagnosis)[..] else {
        panic!("one kind");
    };
    for place in &group.places {
        let own = text::run_finding(Lang::En, &plan, &diagnosis, place.finding);
        assert_eq!((&place.what, &group.action), (&own.what, &own.action));
    }
}

#[test]
fn findings_that_mean_something_else_are_said_apart() {
    // The one was seen from outside, of the other nothing is known there.
    let both = healthy().silent("toronto/https").silent("seattle/https");
    let unseen = Probe::Dial(both.find("seattle/https"));
    let groups = groups(&both.set(unseen, Outcome::Cancelled));
    let silent = groups.iter().filter(|(title, _)| title == "No answer");
    assert_eq!(silent.count(), 2, "{groups:?}");
}

/// Who does what first, second and so on.
fn who(scenario: &Scenario) -> Vec<Who> {
    let (plan, diagnosis) = (scenario.plan(), scenario.diagnose());
    let steps = text::steps(Lang::En, &plan, &diagnosis);
    steps.iter().map(|step| step.who).collect()
}

#[test]
fn what_would_decide_is_said_where_nothing_does_and_only_there() {
    assert!(who(&healthy()).is_empty());
    assert!(who(&healthy().silent("seattle/https")).is_empty());
    let alone = healthy().no_relay().silent("seattle/https");
    assert_eq!(alone.diagnose().headline, Verdict::Unknown);
    use Who::{Agent, Helpdesk, It};
    assert_eq!(who(&alone), [Agent, Agent, Agent, Helpdesk, Helpdesk, It]);
    assert_eq!(who(&nothing_answers()), [Agent, Agent, Helpdesk, It]);
    let first = &text::steps(Lang::En, &alone.plan(), &alone.diagnose())[0].words;
    assert!(first.contains("on another network"), "{first}");
    for lang in Lang::ALL {
        let steps = text::steps(lang, &alone.plan(), &alone.diagnose());
        let said = |words: &str| steps.iter().any(|step| step.words.contains(words));
        let plan = alone.plan();
        let region = plan.region(alone.find("seattle/https"));
        assert!(said(&region.https.to_string()), "{steps:?}");
        assert!(said(&region.https.host), "{steps:?}");
    }
}

/// Who waits for an answer is told to give it, before any other network or browser is tried.
#[test]
fn a_question_that_the_browser_asks_is_answered_first() {
    let silent = healthy().silent("seattle/https");
    let endpoint = silent.find("seattle/https");
    let local = Probe::InSpace(endpoint, AddressSpace::Local);
    let asks = silent
        .set(
            Probe::InSpace(endpoint, AddressSpace::Public),
            failed(250.0),
        )
        .set(local, Outcome::TimedOut { ms: 6_500.0 });
    let first = &text::steps(Lang::En, &asks.plan(), &asks.diagnose())[0].words;
    assert!(first.contains("choose Allow"), "{first}");
}

/// A run under way in which these probes are out.
fn running(scenario: &Scenario, is_out: impl Fn(Probe) -> bool) -> Diagnosis {
    let finished = scenario.session();
    let ended = finished.observations.iter();
    let ended = ended.filter(|(probe, _)| !probe.is_late() && !is_out(*probe));
    let session = Session {
        phase: Phase::Running,
        observations: ended
            .map(|(probe, outcome)| (probe, outcome.clone()))
            .collect(),
        ..finished.clone()
    };
    diagnose(&session, &scenario.environment, Thresholds::default())
}

#[test]
fn a_run_says_what_it_tests_and_what_it_knows() {
    let well = healthy();
    let plan = well.plan();
    let said =
        |is_out: &dyn Fn(Probe) -> bool| text::running(Lang::En, &plan, &running(&well, is_out));
    assert_eq!(
        said(&|_| true),
        format!("Testing all regions of {} and this network.", plan.provider)
    );
    let seattle = well.find("seattle/https");
    assert_eq!(
        said(&|probe| probe == Probe::Fetch(seattle, 0)),
        "3 of 4 regions reachable so far. Still testing: Seattle."
    );
    assert_eq!(
        said(&|probe| probe == Probe::Events),
        "All regions are tested. Now the live connection and the ports of this network."
    );
    assert_eq!(
        text::waiting(Lang::En, &Wait::Endpoint("host:443".to_owned()), 1, 4),
        "No answer yet from host:443, waiting up to 4 s more."
    );
}
