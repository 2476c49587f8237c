//! Cautions about a report that was read: what it names and the reader's catalogue does not, and where it contradicts
//! itself. Anybody can write a report.

use crate::snapshot::Snapshot;
use reachcheck_diagnosis::diagnosis::Verdict;
use reachcheck_model::catalogue::{Catalogue, Region};

/// A reason not to take a report for what it seems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caution {
    /// It is about another service, by this name.
    Provider(String),
    /// It names regions or countries that the catalogue does not have.
    Names(Vec<String>),
    /// It names hosts that the catalogue does not have, or not with that port.
    Hosts(Vec<String>),
    /// Its headline does not follow from what else it says.
    Headline {
        /// The headline.
        says: Verdict,
        /// What follows.
        follows: Verdict,
    },
    /// A region's verdict does not follow from what else it says.
    Region {
        /// The region's name.
        name: String,
        /// Its verdict.
        says: Verdict,
        /// What follows.
        follows: Verdict,
    },
}

/// Every caution about a report, held against a catalogue.
#[must_use]
pub fn cautions(report: &Snapshot, catalogue: &Catalogue) -> Vec<Caution> {
    let plan = &report.plan;
    let mut cautions = Vec::new();
    if plan.provider != catalogue.provider {
        cautions.push(Caution::Provider(plan.provider.clone()));
    }
    let places = plan.regions.iter().flat_map(places);
    let strange = places.filter(|name| !is_place(catalogue, name));
    let names = each(strange.map(str::to_owned));
    if !names.is_empty() {
        cautions.push(Caution::Names(names));
    }
    let targets = plan
        .endpoints()
        .map(|endpoint| plan.region(endpoint).host_port(endpoint.kind));
    let strange = targets.filter(|target| !catalogue.lists(*target));
    let hosts = each(strange.map(|target| target.to_string()));
    if !hosts.is_empty() {
        cautions.push(Caution::Hosts(hosts));
    }
    let contradictions = report.diagnosis.contradictions().into_iter();
    cautions.extend(contradictions.map(|it| match it.region {
        None => Caution::Headline {
            says: it.says,
            follows: it.follows,
        },
        Some(region) => Caution::Region {
            name: plan.regions[region].name.clone(),
            says: it.says,
            follows: it.follows,
        },
    }));
    cautions
}

/// Whether a catalogue has a region or a country of that name.
pub(crate) fn is_place(catalogue: &Catalogue, name: &str) -> bool {
    let mut known = catalogue.regions.iter().flat_map(places);
    known.any(|place| place == name)
}

fn places(region: &Region) -> [&str; 2] {
    [&region.name, &region.country]
}

/// Each once, in order of appearance.
fn each(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for item in all {
        if !once.contains(&item) {
            once.push(item);
        }
    }
    once
}
