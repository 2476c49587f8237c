//! Places of what a watch found: who ended or held up what, and how sure that is.
//!
//! *That* something was found is one claim, [`WatchFinding::proof`]; *where* is another. Both follow from what a finding
//! holds already, so they are told of reports that were written before anybody asked for them. A place that is read from
//! a clock, or from a silence, is at most inferred.

use reachcheck_wire::Ending;

use super::judge::{Closer, Tolerance, WatchCause, WatchFinding};
use super::log::Cut;

/// How sure a claim is. Where nothing is claimed there is no proof either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WatchProof {
    /// By the word of the relay or of the browser, or seen again and again.
    Confirmed,
    /// By a time, a silence, or one record alone.
    Inferred,
}

impl WatchProof {
    /// The value of the hooks `data-proof` and `data-where-proof`.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Inferred => "inferred",
        }
    }
}

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The computer that the page runs on, or its browser.
    ThisComputer,
    /// Something on the way, neither of the two ends.
    Between,
    /// The relay, or the computer that it runs on.
    Relay,
}

impl Spot {
    /// The value of the hook `data-where`.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::ThisComputer => "this-computer",
            Self::Between => "between",
            Self::Relay => "relay",
        }
    }
}

/// Where a finding lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WatchPlace {
    /// Who did it.
    pub spot: Spot,
    /// How sure that is.
    pub proof: WatchProof,
}

impl WatchFinding {
    /// How sure it is that this is so.
    #[must_use]
    pub const fn proof(&self) -> WatchProof {
        match self.is_certain {
            true => WatchProof::Confirmed,
            false => WatchProof::Inferred,
        }
    }

    /// Where it lies; `None` where the log does not tell.
    #[must_use]
    pub fn place(&self) -> Option<WatchPlace> {
        let at = |spot, proof| Some(WatchPlace { spot, proof });
        match &self.cause {
            WatchCause::QuietCut {
                closer: Closer::Between,
                known,
                ..
            } => at(Spot::Between, between(known)),
            // It says so itself.
            WatchCause::AllAtOnce { times, restarts } if times == restarts => {
                at(Spot::Relay, WatchProof::Confirmed)
            }
            WatchCause::Busy { .. } => at(Spot::Relay, WatchProof::Confirmed),
            // Two clocks that went apart, or a timer that came late.
            WatchCause::Slept { .. } | WatchCause::Throttled { .. } => {
                at(Spot::ThisComputer, WatchProof::Inferred)
            }
            WatchCause::QuietCut { .. }
            | WatchCause::AllAtOnce { .. }
            | WatchCause::Events { .. }
            | WatchCause::Unreachable { .. }
            | WatchCause::RegionOut { .. }
            | WatchCause::NetworkChanged { .. } => None,
        }
    }
}

/// How sure it is that neither end cut. The browser was told of an end that the relay has not sent, and that did not
/// reach it: no time is needed to say so. A relay that was reset as well may have been so by this computer, and of a
/// silence there is nothing but that nobody heard anything for a while.
const fn between(known: &Tolerance) -> WatchProof {
    match (known.how, known.relay_saw) {
        (Some(Cut::Broken), Some(Ending::Open)) => WatchProof::Confirmed,
        _ => WatchProof::Inferred,
    }
}

#[cfg(test)]
mod tests {
    use super::{Spot, WatchPlace, WatchProof};
    use crate::judge::judge;
    use crate::log::{Cut, Entry, Lane, Log, What};
    use reachcheck_wire::Ending;

    const LANE: Lane = Lane::Growing;

    /// Each minute one thing; gives the findings as token, proof of *that*, place.
    fn found(
        story: impl IntoIterator<Item = What>,
    ) -> Vec<(&'static str, WatchProof, Option<WatchPlace>)> {
        let mut log = Log::default();
        for (what, minute) in std::iter::once(What::Began).chain(story).zip(0..) {
            log.push(Entry {
                unix_ms: f64::from(minute) * 60_000.0,
                what,
            });
        }
        let findings = judge(&log, 1).findings.into_iter();
        findings
            .map(|finding| (finding.cause.token(), finding.proof(), finding.place()))
            .collect()
    }

    /// A silence of a minute was cut, and a new connection opened.
    fn cut(how: Cut, relay_saw: Ending) -> [What; 3] {
        let quiet_ms = 60_000.0;
        [
            What::Cut {
                lane: LANE,
                quiet_ms,
                still_ms: quiet_ms,
                how,
            },
            What::Opened {
                lane: LANE,
                ms: 300.0,
                again: true,
            },
            What::RelaySaw {
                lane: LANE,
                how: relay_saw,
            },
        ]
    }

    fn between(proof: WatchProof) -> Option<WatchPlace> {
        Some(WatchPlace {
            spot: Spot::Between,
            proof,
        })
    }

    #[test]
    fn only_an_end_that_the_relay_did_not_send_and_did_not_get_is_surely_made_on_the_way() {
        use WatchProof::{Confirmed, Inferred};
        for (how, relay_saw, that, place) in [
            (Cut::Broken, Ending::Open, Confirmed, between(Confirmed)),
            // This computer may have reset both.
            (Cut::Broken, Ending::Reset, Confirmed, between(Inferred)),
            (Cut::Broken, Ending::Finished, Confirmed, between(Inferred)),
            // Both gave up waiting, each by its own clock.
            (Cut::Silent, Ending::TimedOut, Confirmed, between(Inferred)),
            // A word that was due and did not come, and nobody else noticed anything.
            (Cut::Silent, Ending::Open, Inferred, between(Inferred)),
            // One record tells nothing of the other end.
            (Cut::Broken, Ending::NotKnown, Inferred, None),
        ] {
            let expected = [("quiet-cut", that, place)];
            assert_eq!(
                found(cut(how, relay_saw)),
                expected,
                "{how:?} {relay_saw:?}"
            );
        }
        // Twice the same silence is no chance; where it was made is as unsure as before.
        let twice = [(); 2]
            .into_iter()
            .flat_map(|()| cut(Cut::Silent, Ending::Open));
        let expected = [("quiet-cut", Confirmed, between(Inferred))];
        assert_eq!(found(twice), expected);
        // The relay says that it ended it: no cut on the way at all.
        assert_eq!(found(cut(Cut::Broken, Ending::ByRelay)), []);
    }

    #[test]
    fn what_the_relay_says_of_itself_is_confirmed_and_what_clocks_say_is_not() {
        let at = |spot, proof| Some(WatchPlace { spot, proof });
        let relay = at(Spot::Relay, WatchProof::Confirmed);
        let here = at(Spot::ThisComputer, WatchProof::Inferred);
        for (what, token, place) in [
            (What::Busy { lane: LANE }, "relay-busy", relay),
            (What::Slept { ms: 90_000.0 }, "slept", here),
            (What::Throttled { ms: 60_000.0 }, "throttled", here),
            // That the network became another one tells not where.
            (What::Offline, "network-changed", None),
            (What::Lost { count: 1 }, "watch-events", None),
        ] {
            let expected = [(token, WatchProof::Confirmed, place)];
            assert_eq!(found([what.clone()]), expected, "{what:?}");
        }
        let restart = What::Cut {
            lane: LANE,
            quiet_ms: 9_000.0,
            still_ms: 9_000.0,
            how: Cut::Code(1012),
        };
        let expected = [("all-at-once", WatchProof::Confirmed, relay)];
        assert_eq!(found([restart]), expected);
    }
}
