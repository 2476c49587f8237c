//! The headline and the findings of a run, with the names that its plan has for regions and hosts.

use super::{
    FindingText, FindingWords, Headline, HeadlineText, Lang, Ui, finding as say_finding, headline,
    ui,
};
use reachcheck_diagnosis::diagnosis::{Diagnosis, RegionDiagnosis, Verdict};
use reachcheck_diagnosis::finding::{Finding, Scope};
use reachcheck_model::plan::Plan;

/// The headline of a diagnosis, in words.
#[must_use]
pub fn run_headline(lang: Lang, plan: &Plan, diagnosis: &Diagnosis) -> HeadlineText {
    let names_where = |wanted: &dyn Fn(&RegionDiagnosis) -> bool| -> Vec<&str> {
        plan.regions
            .iter()
            .zip(&diagnosis.regions)
            .filter(|(_, region)| wanted(region))
            .map(|(region, _)| region.name.as_str())
            .collect()
    };
    headline(
        lang,
        &Headline {
            verdict: diagnosis.headline,
            provider: &plan.provider,
            all: names_where(&|_| true),
            affected: names_where(&|region| region.verdict == diagnosis.headline),
            passing: names_where(&|region| {
                matches!(region.verdict, Verdict::Reachable | Verdict::Degraded)
            })
            .len(),
        },
    )
}

/// A finding, in words.
#[must_use]
pub fn run_finding(
    lang: Lang,
    plan: &Plan,
    diagnosis: &Diagnosis,
    finding: &Finding,
) -> FindingText {
    say(lang, plan, diagnosis, finding, finding.outside_ms)
}

fn say(
    lang: Lang,
    plan: &Plan,
    diagnosis: &Diagnosis,
    finding: &Finding,
    outside_ms: Option<f64>,
) -> FindingText {
    say_finding(
        lang,
        &finding.cause,
        &FindingWords {
            hosts: finding
                .endpoints
                .iter()
                .map(|endpoint| plan.region(*endpoint).host_port(endpoint.kind).to_string())
                .collect(),
            provider: &plan.provider,
            outside_ms,
            is_proxied: diagnosis.is_proxied(),
            is_alone: diagnosis.is_alone(finding),
        },
    )
}

/// Findings of one kind that differ in nothing but where they are and how long it took: said once, with their places.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingGroup<'run> {
    /// One line for people.
    pub title: String,
    /// What it means.
    pub means: String,
    /// Who has to do what.
    pub action: String,
    /// Where it is; never empty.
    pub places: Vec<FindingPlace<'run>>,
}

/// One finding of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingPlace<'run> {
    /// The finding.
    pub finding: &'run Finding,
    /// Where it is: a region, or this network.
    pub name: &'run str,
    /// What happened there.
    pub what: String,
}

/// The findings of a run in the order of importance, those of one kind together.
#[must_use]
pub fn finding_groups<'run>(
    lang: Lang,
    plan: &'run Plan,
    diagnosis: &'run Diagnosis,
) -> Vec<FindingGroup<'run>> {
    let mut groups: Vec<FindingGroup<'run>> = Vec::new();
    for finding in &diagnosis.findings {
        let words = run_finding(lang, plan, diagnosis, finding);
        let place = FindingPlace {
            finding,
            name: match finding.scope {
                Scope::Network => ui(lang, Ui::NetworkTitle),
                Scope::Region(region) => &plan.regions[region].name,
            },
            what: words.what,
        };
        // Findings of one code stand beside each other.
        if let Some(group) = groups.last_mut()
            && group.places[0].finding.cause.code() == finding.cause.code()
            && (&group.title, &group.action) == (&words.title, &words.action)
            && let Some(means) = shared_means(lang, plan, diagnosis, &group.places, finding)
        {
            group.means = means;
            group.places.push(place);
        } else {
            groups.push(FindingGroup {
                title: words.title,
                means: words.means,
                action: words.action,
                places: vec![place],
            });
        }
    }
    groups
}

/// What a further finding and those of a group mean, if it is the same but for the time that the relay took: then with
/// the longest.
fn shared_means(
    lang: Lang,
    plan: &Plan,
    diagnosis: &Diagnosis,
    group: &[FindingPlace<'_>],
    further: &Finding,
) -> Option<String> {
    let first = group.first()?.finding;
    let times = group.iter().filter_map(|place| place.finding.outside_ms);
    let slowest = further.outside_ms.map(|ms| times.fold(ms, f64::max));
    if first.outside_ms.is_some() != further.outside_ms.is_some() {
        return None;
    }
    let [one, other] = [first, further].map(|it| say(lang, plan, diagnosis, it, slowest).means);
    (one == other).then_some(one)
}

/// The hook's name of a scope: a region's id, or `network`.
#[must_use]
pub fn scope_id(plan: &Plan, scope: Scope) -> &str {
    match scope {
        Scope::Network => "network",
        Scope::Region(region) => &plan.regions[region].id,
    }
}
