//! What the page would show of a diagnosis, without the page.

use reachcheck_diagnosis::diagnosis::Diagnosis;
use reachcheck_diagnosis::finding::Scope;
use reachcheck_model::plan::Plan;

use crate::browser::Hooks;

/// The hooks of a diagnosis of this plan.
#[must_use]
pub fn hooks(plan: &Plan, diagnosis: &Diagnosis) -> Hooks {
    let scope = |scope: Scope| match scope {
        Scope::Network => "network".to_owned(),
        Scope::Region(index) => plan.regions[index].id.clone(),
    };
    let checks = diagnosis.regions.iter().flat_map(|region| &region.checks);
    Hooks {
        verdict: diagnosis.headline.token().to_owned(),
        regions: plan
            .regions
            .iter()
            .zip(&diagnosis.regions)
            .map(|(region, diagnosis)| (region.id.clone(), diagnosis.verdict.token().to_owned()))
            .collect(),
        checks: checks
            .chain(&diagnosis.network)
            .map(|check| {
                let name = format!("{}/{}", scope(check.scope), check.name.token());
                let outcome = check.conclusion.outcome.token().to_owned();
                (name, (outcome, check.conclusion.proof.token().to_owned()))
            })
            .collect(),
        findings: diagnosis
            .findings
            .iter()
            .map(|found| (found.cause.code().token().to_owned(), scope(found.scope)))
            .collect(),
        ..Hooks::default()
    }
}
