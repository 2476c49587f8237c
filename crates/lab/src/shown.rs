//! What the page would show of a diagnosis, without the page.

use reachcheck_diagnosis::analysis::{where_proof_token, where_token};
use reachcheck_diagnosis::diagnosis::{Check, Diagnosis};
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
    let checks = || {
        let regions = diagnosis.regions.iter();
        regions
            .flat_map(|region| &region.checks)
            .chain(&diagnosis.network)
    };
    let name = |check: &Check| format!("{}/{}", scope(check.scope), check.name.token());
    Hooks {
        verdict: diagnosis.headline.token().to_owned(),
        regions: plan
            .regions
            .iter()
            .zip(&diagnosis.regions)
            .map(|(region, diagnosis)| (region.id.clone(), diagnosis.verdict.token().to_owned()))
            .collect(),
        checks: checks()
            .map(|check| {
                let outcome = check.conclusion.outcome.token().to_owned();
                let proof = check.conclusion.proof.token().to_owned();
                (name(check), (outcome, proof))
            })
            .collect(),
        places: checks()
            .map(|check| {
                let place = check.conclusion.place;
                let layer = where_token(place).to_owned();
                (name(check), (layer, where_proof_token(place).to_owned()))
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
