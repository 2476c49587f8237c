//! From facts to what is shown: checks, findings, verdicts. Total: it cannot fail.

use crate::analysis::{
    CheckOutcome, Conclusion, Facts, Intermediary, OutsideView, Place, Proof, RelayState,
};
use crate::finding::{Finding, Scope};
use crate::findings::Cause;
use crate::rules;
use reachcheck_model::catalogue::{EndpointRef, Kind};
use reachcheck_model::environment::Environment;
use reachcheck_model::session::Session;
use reachcheck_model::thresholds::Thresholds;

/// The headline of a region or of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Of the run only: nothing beyond this computer answered.
    Offline,
    /// It fails from this browser and answers from outside.
    Blocked,
    /// It fails from this browser and from outside.
    Down,
    /// The evidence does not decide.
    Unknown,
    /// It answers, but a finding will hurt the agent.
    Degraded,
    /// Every check this region needs is ok, and no finding spoils it.
    Reachable,
}

impl Verdict {
    /// The value of the hook `data-verdict`.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Blocked => "blocked",
            Self::Down => "down",
            Self::Unknown => "unknown",
            Self::Degraded => "degraded",
            Self::Reachable => "reachable",
        }
    }
}

/// What a check is called in hooks and texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckName {
    /// A region's HTTPS endpoint.
    Https,
    /// A region's TCP endpoint.
    Tcp,
    /// Whether anything beyond this computer answers.
    Internet,
    /// The WebSocket to the relay.
    Socket,
    /// Server events over it.
    Events,
    /// Port 80 towards the relay.
    Port80,
    /// Port 5222 towards the relay.
    Port5222,
    /// A silent connection to the relay.
    Hold,
}

impl CheckName {
    /// The NAME in the hook `data-check="SCOPE/NAME"`.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Https => "https",
            Self::Tcp => "tcp",
            Self::Internet => "internet",
            Self::Socket => "socket",
            Self::Events => "events",
            Self::Port80 => "port-80",
            Self::Port5222 => "port-5222",
            Self::Hold => "hold",
        }
    }
}

impl From<Kind> for CheckName {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Https => Self::Https,
            Kind::Tcp => Self::Tcp,
        }
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// What it is called.
    pub name: CheckName,
    /// Which region it belongs to, or the network.
    pub scope: Scope,
    /// What it shows.
    pub conclusion: Conclusion,
    /// The view from outside, for an endpoint.
    pub outside: Option<OutsideView>,
}

/// A region's checks and verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionDiagnosis {
    /// Its verdict.
    pub verdict: Verdict,
    /// Its checks: `https`, then `tcp`.
    pub checks: Vec<Check>,
}

impl RegionDiagnosis {
    /// The weakest proof that the verdict stands on: of a region that works, of all its checks; of one that does not,
    /// of the one failure that is surest, since that one suffices.
    #[must_use]
    pub fn proof(&self) -> Proof {
        let proofs = |outcome| {
            let checks = self.checks.iter().map(|check| &check.conclusion);
            checks
                .filter(move |it| it.outcome == outcome)
                .map(|it| it.proof)
        };
        let proof = match self.verdict {
            Verdict::Offline | Verdict::Unknown => None,
            Verdict::Blocked | Verdict::Down => proofs(CheckOutcome::Failed).min(),
            Verdict::Degraded | Verdict::Reachable => proofs(CheckOutcome::Ok).max(),
        };
        proof.unwrap_or(Proof::None)
    }
}

impl RegionDiagnosis {
    /// What is said of the region while the run goes on, each time as “so far”: what its checks come to once both have
    /// settled, also where that decides nothing, or that it fails once one has that answers from outside, or fails there,
    /// too. `None` while it is tested.
    ///
    /// What comes later may still change it: a finding that spoils it, an answer that other answers show to be somebody
    /// else's. So it is no verdict.
    #[must_use]
    pub fn so_far(&self) -> Option<Verdict> {
        let is_settled = self.checks.iter().all(|it| !it.conclusion.is_pending());
        match self.verdict {
            Verdict::Blocked | Verdict::Down => Some(self.verdict),
            _ => is_settled.then_some(self.verdict),
        }
    }
}

/// Everything that is shown of a run. While it runs, it holds what is known so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnosis {
    /// The verdict of the run.
    pub headline: Verdict,
    /// In the plan's order.
    pub regions: Vec<RegionDiagnosis>,
    /// `internet`, `socket`, `events`, `port-80`, `port-5222`, `hold`.
    pub network: Vec<Check>,
    /// In order of importance.
    pub findings: Vec<Finding>,
    /// The relay of the run.
    pub relay: RelayState,
    /// Our round trip to it, in milliseconds.
    pub relay_ms: Option<f64>,
}

impl Diagnosis {
    /// Whether a proxy that the browser asks connects in its place.
    #[must_use]
    pub fn is_proxied(&self) -> bool {
        let asked = Intermediary::Proxy;
        let is_asked = |cause: &Cause| matches!(cause, Cause::ProxyInPath(it) if it.way == asked);
        self.findings.iter().any(|found| is_asked(&found.cause))
    }

    /// Whether a finding is about one of several regions, and every other one is reachable.
    #[must_use]
    pub fn is_alone(&self, finding: &Finding) -> bool {
        let Scope::Region(own) = finding.scope else {
            return false;
        };
        let others = self.regions.iter().enumerate();
        let mut others = others.filter(|(region, _)| *region != own).peekable();
        others.peek().is_some() && others.all(|(_, it)| it.verdict == Verdict::Reachable)
    }

    /// Where the failures that a finding is about broke, or who answered, as far as they have it in common; `None`
    /// where nothing is known of it, and for findings about what works.
    #[must_use]
    pub fn place_of(&self, finding: &Finding) -> Option<Place> {
        let conclusion = |endpoint: &EndpointRef| {
            let region = self.regions.get(endpoint.region)?;
            let name = CheckName::from(endpoint.kind);
            let check = region.checks.iter().find(|check| check.name == name)?;
            Some(&check.conclusion)
        };
        let mut places = finding.endpoints.iter().map(|endpoint| {
            let failed = conclusion(endpoint).filter(|it| it.outcome == CheckOutcome::Failed);
            failed.and_then(|conclusion| conclusion.place)
        });
        let first = places.next()?;
        places.fold(first, Place::shared)
    }
}

/// Reads a session, finished or not.
#[must_use]
pub fn diagnose(session: &Session, environment: &Environment, thresholds: Thresholds) -> Diagnosis {
    let facts = Facts::read(
        &session.plan,
        environment,
        &session.observations,
        thresholds.slow_ms,
    );
    let findings = rules::found(&facts);
    let regions: Vec<RegionDiagnosis> = (0..session.plan.regions.len())
        .map(|region| diagnose_region(&facts, region, &findings))
        .collect();
    let relay_ms = facts.relay_round_trip_ms();
    let headline = headline(facts.is_offline(), &regions);
    let network_check = |name, conclusion| Check {
        name,
        scope: Scope::Network,
        conclusion,
        outside: None,
    };
    Diagnosis {
        headline,
        network: vec![
            network_check(CheckName::Internet, facts.network.internet),
            network_check(CheckName::Socket, facts.network.socket),
            network_check(CheckName::Events, facts.network.events),
            network_check(CheckName::Port80, facts.network.port_80),
            network_check(CheckName::Port5222, facts.network.port_5222),
            network_check(CheckName::Hold, facts.network.hold),
        ],
        regions,
        findings,
        relay_ms,
        relay: facts.relay,
    }
}

fn diagnose_region(facts: &Facts<'_>, region: usize, findings: &[Finding]) -> RegionDiagnosis {
    let checks: Vec<Check> = Kind::ALL
        .into_iter()
        .map(|kind| facts.endpoint(EndpointRef { region, kind }))
        .map(|endpoint| Check {
            name: endpoint.endpoint.kind.into(),
            scope: Scope::Region(region),
            conclusion: endpoint.conclusion.clone(),
            outside: Some(endpoint.outside),
        })
        .collect();
    let spoiled = findings.iter().any(|finding| finding.spoils(region));
    RegionDiagnosis {
        verdict: region_verdict(facts.is_offline(), &checks, spoiled),
        checks,
    }
}

/// The algebra of a region; the first match wins.
pub(crate) fn region_verdict(is_offline: bool, needed: &[Check], spoiled: bool) -> Verdict {
    let failed_and = |outside: fn(&OutsideView) -> bool| {
        needed.iter().any(|check| {
            check.conclusion.outcome == CheckOutcome::Failed
                && check.outside.as_ref().is_some_and(outside)
        })
    };
    if is_offline {
        Verdict::Unknown
    } else if failed_and(|outside| matches!(outside, OutsideView::Reached { .. })) {
        Verdict::Blocked
    } else if failed_and(|outside| matches!(outside, OutsideView::Failed(_))) {
        Verdict::Down
    } else if needed
        .iter()
        .any(|check| check.conclusion.outcome != CheckOutcome::Ok)
    {
        Verdict::Unknown
    } else if spoiled {
        Verdict::Degraded
    } else {
        Verdict::Reachable
    }
}

/// The algebra of the run.
pub(crate) fn headline(is_offline: bool, regions: &[RegionDiagnosis]) -> Verdict {
    if is_offline {
        return Verdict::Offline;
    }
    // `Verdict` is ordered as the headline prefers.
    regions
        .iter()
        .map(|region| region.verdict)
        .min()
        .unwrap_or(Verdict::Unknown)
}

#[cfg(test)]
mod tests {
    use super::Verdict;
    use crate::analysis::Proof;
    use crate::testing::{R, Scenario, failed, healthy, unreached};
    use reachcheck_model::probe::Probe;
    use reachcheck_wire::Connect;

    /// The verdict of Seattle, and how sure it is.
    fn seattle(run: &Scenario) -> (Verdict, Proof) {
        let region = &run.diagnose().regions[2];
        (region.verdict, region.proof())
    }

    #[test]
    fn a_region_is_as_sure_as_its_weakest_answer_or_its_surest_failure() {
        let (https, tcp) = ("seattle/https", "seattle/tcp");
        assert_eq!(seattle(&healthy()), (Verdict::Reachable, Proof::Confirmed));
        // One of two answers is inferred only: it came after others had failed.
        let sometimes = healthy().set(Probe::Fetch(healthy().find(tcp), 1), failed(R));
        assert_eq!(seattle(&sometimes).1, Proof::Inferred);
        let one = healthy().fails_after(https, 1.0);
        assert_eq!(seattle(&one), (Verdict::Blocked, Proof::Confirmed));
        let down = one.outside(https, unreached(https, Connect::Refused { ms: 2.0 }));
        assert_eq!(seattle(&down), (Verdict::Down, Proof::Inferred));
        // Down for one reason that is inferred, and blocked for another that is sure.
        let both = down.fails_after(tcp, 1.0);
        assert_eq!(seattle(&both), (Verdict::Blocked, Proof::Confirmed));
        let nobody = healthy().relay_unreachable().fails_after(https, 1.0);
        assert_eq!(seattle(&nobody), (Verdict::Unknown, Proof::None));
    }

    #[test]
    fn a_run_is_proxied_where_the_browser_asks_a_proxy_to_connect() {
        assert!(!healthy().diagnose().is_proxied());
        assert!(healthy().behind_proxy().diagnose().is_proxied());
    }
}
