//! Contradictions in a report that is read again: verdicts that its own checks and findings do not come to.
//!
//! Anybody can write a report. The algebra of the verdicts is the same in every version so far, so what it does not give,
//! no version has written. Which findings make a region `degraded` is for each version to say: between that and `reachable`
//! only as much is held as is true of all of them.

use crate::analysis::CheckOutcome;
use crate::diagnosis::{CheckName, Diagnosis, Verdict, headline, region_verdict};
use crate::finding::Scope;

/// A verdict that does not follow from what stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The index of the region whose verdict it is; `None` for the headline.
    pub region: Option<usize>,
    /// The verdict as it is written.
    pub says: Verdict,
    /// The verdict that follows.
    pub follows: Verdict,
}

impl Diagnosis {
    /// The verdicts that no version concludes: the headline from the regions and the check of the internet, a region's
    /// from its checks and findings.
    #[must_use]
    pub fn contradictions(&self) -> Vec<Contradiction> {
        let is_offline = self.network.iter().any(|check| {
            check.name == CheckName::Internet && check.conclusion.outcome == CheckOutcome::Failed
        });
        let mut found = Vec::new();
        let follows = headline(is_offline, &self.regions);
        if self.headline != follows {
            found.push(Contradiction {
                region: None,
                says: self.headline,
                follows,
            });
        }
        for (index, region) in self.regions.iter().enumerate() {
            let spoiled = self.findings.iter().any(|finding| finding.spoils(index));
            let follows = region_verdict(is_offline, &region.checks, spoiled);
            if !self.may_say(index, region.verdict, follows) {
                found.push(Contradiction {
                    region: Some(index),
                    says: region.verdict,
                    follows,
                });
            }
        }
        found
    }

    /// Whether some version may say of a region what it says, where by this one's rules something follows.
    fn may_say(&self, region: usize, says: Verdict, follows: Verdict) -> bool {
        match (says, follows) {
            (Verdict::Reachable, Verdict::Degraded) => true,
            // By a finding that this version does not hold against a region.
            (Verdict::Degraded, Verdict::Reachable) => {
                let scopes = [Scope::Network, Scope::Region(region)];
                let mut findings = self.findings.iter();
                findings.any(|finding| scopes.contains(&finding.scope))
            }
            _ => says == follows,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Contradiction;
    use crate::analysis::CheckOutcome;
    use crate::diagnosis::{Diagnosis, Verdict};
    use crate::testing::{R, Scenario, healthy, nothing_answers, unreached};
    use reachcheck_model::observation::Outcome;
    use reachcheck_model::probe::{Port, Probe};
    use reachcheck_wire::Connect;

    const SEATTLE: usize = 2;

    fn blocked() -> Diagnosis {
        healthy().silent("seattle/tcp").diagnose()
    }

    fn region(region: usize, says: Verdict, follows: Verdict) -> Contradiction {
        Contradiction {
            region: Some(region),
            says,
            follows,
        }
    }

    fn headline(says: Verdict, follows: Verdict) -> Contradiction {
        Contradiction {
            region: None,
            says,
            follows,
        }
    }

    #[test]
    fn what_the_rules_conclude_contradicts_nothing() {
        let down = unreached("seattle/tcp", Connect::Refused { ms: 1.0 });
        let runs: Vec<Scenario> = vec![
            healthy(),
            healthy().silent("seattle/tcp"),
            healthy().silent("seattle/tcp").outside("seattle/tcp", down),
            healthy().no_relay().silent("seattle/tcp"),
            healthy().answers_after("seattle/https", 30.0 * R),
            healthy().set(Probe::Port(Port::Xmpp), Outcome::TimedOut { ms: 4000.0 }),
            nothing_answers(),
        ];
        let mut verdicts = Vec::new();
        for run in runs {
            let diagnosis = run.diagnose();
            assert_eq!(diagnosis.contradictions(), [], "{diagnosis:?}");
            verdicts.push(diagnosis.headline);
        }
        verdicts.sort_unstable();
        verdicts.dedup();
        // One of each, so that none is silent for want of an example.
        assert_eq!(verdicts.len(), 6, "{verdicts:?}");
    }

    #[test]
    fn a_headline_that_is_not_the_worst_region_is_named() {
        let mut forged = blocked();
        forged.headline = Verdict::Reachable;
        let expected = headline(Verdict::Reachable, Verdict::Blocked);
        assert_eq!(forged.contradictions(), [expected]);
        forged.headline = Verdict::Offline;
        let expected = headline(Verdict::Offline, Verdict::Blocked);
        assert_eq!(forged.contradictions(), [expected]);
    }

    #[test]
    fn a_region_that_works_over_a_failed_check_is_named() {
        let mut forged = blocked();
        forged.regions[SEATTLE].verdict = Verdict::Reachable;
        forged.headline = Verdict::Reachable;
        let expected = region(SEATTLE, Verdict::Reachable, Verdict::Blocked);
        assert_eq!(forged.contradictions(), [expected]);
    }

    #[test]
    fn a_region_that_fails_over_checks_that_are_ok_is_named() {
        for says in [
            Verdict::Blocked,
            Verdict::Down,
            Verdict::Unknown,
            Verdict::Offline,
        ] {
            let mut forged = healthy().diagnose();
            forged.regions[SEATTLE].verdict = says;
            forged.headline = says;
            let expected = region(SEATTLE, says, Verdict::Reachable);
            assert_eq!(forged.contradictions(), [expected]);
        }
    }

    #[test]
    fn nothing_that_answered_goes_with_offline_alone() {
        let mut forged = nothing_answers().diagnose();
        forged.headline = Verdict::Unknown;
        let expected = headline(Verdict::Unknown, Verdict::Offline);
        assert_eq!(forged.contradictions(), [expected]);
        // What is offline says nothing of a region.
        let mut forged = nothing_answers().diagnose();
        forged.regions[SEATTLE].verdict = Verdict::Blocked;
        let expected = region(SEATTLE, Verdict::Blocked, Verdict::Unknown);
        assert_eq!(forged.contradictions(), [expected]);
    }

    #[test]
    fn what_a_version_holds_against_a_region_is_its_own() {
        // A finding that spoils here may not have done so before, and the other way round.
        let spoiled = healthy().set(Probe::Port(Port::Xmpp), Outcome::TimedOut { ms: 4000.0 });
        let mut other = spoiled.diagnose();
        assert_eq!(other.headline, Verdict::Degraded);
        for region in &mut other.regions {
            region.verdict = Verdict::Reachable;
        }
        other.headline = Verdict::Reachable;
        assert_eq!(other.contradictions(), []);
        let mut other = healthy().no_relay().diagnose();
        other.regions[SEATTLE].verdict = Verdict::Degraded;
        other.headline = Verdict::Degraded;
        assert_eq!(other.contradictions(), []);
    }

    #[test]
    fn what_nothing_disturbs_is_degraded_in_no_version() {
        let mut forged = healthy().diagnose();
        forged.regions[SEATTLE].verdict = Verdict::Degraded;
        forged.headline = Verdict::Degraded;
        let expected = region(SEATTLE, Verdict::Degraded, Verdict::Reachable);
        assert_eq!(forged.contradictions(), [expected]);
        // What disturbs another region does not count.
        let slow = healthy().answers_after("toronto/https", 30.0 * R);
        let mut forged = slow.diagnose();
        assert_eq!(forged.headline, Verdict::Degraded);
        assert_eq!(forged.regions[SEATTLE].verdict, Verdict::Reachable);
        forged.regions[SEATTLE].verdict = Verdict::Degraded;
        assert_eq!(forged.contradictions(), [expected]);
    }

    #[test]
    fn a_check_that_is_not_ok_leaves_no_region_reachable() {
        for outcome in [CheckOutcome::Unknown, CheckOutcome::NotRun] {
            let mut forged = healthy().diagnose();
            forged.regions[SEATTLE].checks[0].conclusion.outcome = outcome;
            let expected = region(SEATTLE, Verdict::Reachable, Verdict::Unknown);
            assert_eq!(forged.contradictions(), [expected]);
        }
    }
}
