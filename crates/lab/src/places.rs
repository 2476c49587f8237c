//! Places that are known by construction: where a world breaks a check, held against where the page says it broke.
//!
//! A place that the page *confirms* must be the world's, and must rest on a sign that is no time: both are held as
//! strictly as a verdict. One that it *infers* may be wrong, since a clock may; those are counted (`docs/accuracy.md`).

use crate::browser::{Engine, Hooks};
use crate::case::Expect;
use crate::judge::{Miss, Severity};

/// Where a world breaks a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpectedPlace {
    /// The check, as in the hook `data-check`.
    pub check: &'static str,
    /// The layer, as in the hook `data-where`.
    pub layer: &'static str,
    /// `confirmed` where Firefox says so by a sign that is no time (its close code 1015, or the duration of its Resource
    /// Timing entry); else `inferred`. Chromium may say so of what broke after TLS, by WebRTC's `turns:`; WebKit has no
    /// such sign.
    pub proof: &'static str,
}

impl ExpectedPlace {
    /// The strongest proof of the place that this engine can have.
    #[must_use]
    pub fn strongest(&self, engine: Engine) -> &'static str {
        match engine {
            Engine::Firefox => self.proof,
            Engine::Chromium if self.layer == "http" => self.proof,
            Engine::Chromium | Engine::WebKit => "inferred",
        }
    }
}

impl Expect {
    /// Where this check breaks, and how sure of it Firefox is; see [`ExpectedPlace`].
    #[must_use]
    pub fn place(mut self, check: &'static str, layer: &'static str, proof: &'static str) -> Self {
        self.places.push(ExpectedPlace {
            check,
            layer,
            proof,
        });
        self
    }
}

/// Every place that is not the world's, or is known on other grounds than there are.
#[must_use]
pub fn misses(expect: &Expect, hooks: &Hooks, engine: Engine) -> Vec<Miss> {
    let cannot_know = expect.why_unknowable(engine).is_some() || expect.why_blind(engine).is_some();
    let mut misses = Vec::new();
    for place in &expect.places {
        let Some((layer, proof)) = hooks.places.get(place.check) else {
            continue;
        };
        let outcome = hooks.checks.get(place.check);
        let failed = outcome.is_some_and(|(outcome, _)| outcome == "failed");
        let strongest = place.strongest(engine);
        let is_confirmed = proof == "confirmed";
        let kind = match layer == place.layer {
            _ if is_confirmed && strongest != "confirmed" => Severity::Wrong,
            false if is_confirmed => Severity::Wrong,
            false if failed && !layer.is_empty() => Severity::Misplaced,
            // What Chromium asks WebRTC may come too late, or be switched off.
            true if failed
                && !is_confirmed
                && strongest == "confirmed"
                && engine == Engine::Firefox
                && !cannot_know =>
            {
                Severity::Weaker
            }
            _ => continue,
        };
        misses.push(Miss {
            what: format!("where {} broke", place.check),
            expected: format!("{} {strongest}", place.layer),
            given: format!("{layer} {proof}"),
            kind,
        });
    }
    misses
}

#[cfg(test)]
mod tests {
    use super::misses;
    use crate::browser::{Engine, Hooks};
    use crate::case::Expect;
    use crate::judge::Severity;

    const CHECK: &str = "toronto/https";

    fn kinds(expect: &Expect, engine: Engine, outcome: &str, given: (&str, &str)) -> Vec<Severity> {
        let mut seen = Hooks::default();
        let (layer, proof) = (given.0.to_owned(), given.1.to_owned());
        seen.places.insert(CHECK.to_owned(), (layer, proof));
        let that = (outcome.to_owned(), "confirmed".to_owned());
        seen.checks.insert(CHECK.to_owned(), that);
        let misses = misses(expect, &seen, engine);
        misses.iter().map(|miss| miss.kind).collect()
    }

    #[test]
    fn a_confirmed_place_must_be_the_worlds_and_no_clocks() {
        let tls = || Expect::default().place(CHECK, "tls", "confirmed");
        let failed = |engine, given| kinds(&tls(), engine, "failed", given);
        assert_eq!(failed(Engine::Firefox, ("tls", "confirmed")), []);
        // Another layer, and the right one by a clock.
        let wrong = [Severity::Wrong];
        assert_eq!(failed(Engine::Firefox, ("http", "confirmed")), wrong);
        assert_eq!(failed(Engine::Chromium, ("tls", "confirmed")), wrong);
        // Chromium's WebRTC may say that TLS passed, and need not.
        let http = Expect::default().place(CHECK, "http", "confirmed");
        for proof in ["confirmed", "inferred"] {
            assert_eq!(
                kinds(&http, Engine::Chromium, "failed", ("http", proof)),
                []
            );
        }
        let by_clock = kinds(&http, Engine::WebKit, "failed", ("http", "confirmed"));
        assert_eq!(by_clock, wrong);
        // Who answered is such a claim as well.
        let portal = Expect::default().place(CHECK, "content", "inferred");
        for given in [("content", "confirmed"), ("tls", "confirmed")] {
            assert_eq!(kinds(&portal, Engine::Firefox, "ok", given), wrong);
        }
        let answered = kinds(&portal, Engine::Firefox, "ok", ("content", "inferred"));
        assert_eq!(answered, []);
    }

    #[test]
    fn an_inferred_place_may_be_wrong_and_is_counted() {
        let name = Expect::default().place(CHECK, "name", "inferred");
        let failed = |given| kinds(&name, Engine::Chromium, "failed", given);
        assert_eq!(failed(("connect", "inferred")), [Severity::Misplaced]);
        assert_eq!(failed(("name", "inferred")), []);
        // To say nothing is never wrong.
        assert_eq!(failed(("", "none")), []);
        // Of what did not fail, it is who answered, and no place where it broke.
        let answered = kinds(&name, Engine::Chromium, "ok", ("content", "inferred"));
        assert_eq!(answered, []);
    }

    #[test]
    fn a_sign_that_is_no_time_is_missed_unless_the_engine_cannot_know() {
        let tls = || Expect::default().place(CHECK, "tls", "confirmed");
        let given = ("tls", "inferred");
        let weaker = kinds(&tls(), Engine::Firefox, "failed", given);
        assert_eq!(weaker, [Severity::Weaker]);
        let unknowable = tls().unknowable(Engine::Firefox, "a box answers in its place");
        assert_eq!(kinds(&unknowable, Engine::Firefox, "failed", given), []);
        assert_eq!(kinds(&tls(), Engine::WebKit, "failed", given), []);
    }
}
