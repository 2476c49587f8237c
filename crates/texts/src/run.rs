//! The headline and the findings of a run, with the names that its plan has for regions and hosts.

use super::{
    FindingText, FindingWords, Headline, HeadlineText, Lang, finding as say_finding, headline,
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
            outside_ms: finding.outside_ms,
            is_proxied: diagnosis.is_proxied(),
            is_alone: diagnosis.is_alone(finding),
        },
    )
}

/// The hook's name of a scope: a region's id, or `network`.
#[must_use]
pub fn scope_id(plan: &Plan, scope: Scope) -> &str {
    match scope {
        Scope::Network => "network",
        Scope::Region(region) => &plan.regions[region].id,
    }
}
