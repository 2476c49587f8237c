//! A named world and what the page must say of it. Pure data; [`crate::judge`] compares.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use reachcheck_model::catalogue::Catalogue;

use crate::browser::Engine;
use crate::fault::Fault;
use crate::places::ExpectedPlace;
use crate::under::Condition;
use crate::world::World;

/// The ids of the embedded catalogue's regions, in its order.
#[must_use]
pub fn regions() -> &'static [&'static str] {
    static REGIONS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let regions = Catalogue::embedded().regions.clone().into_iter();
        regions.map(|region| &*region.id.leak()).collect()
    });
    &REGIONS
}

/// One named world.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name, in words that a command line takes.
    pub name: &'static str,
    /// One sentence: what is broken, and where.
    pub about: &'static str,
    /// Part of every test run; the others are for `--all`.
    pub core: bool,
    /// Builds it.
    pub world: fn() -> World,
    /// What else it is put under.
    pub conditions: Vec<Condition>,
    /// How the page is opened in it.
    pub opening: Opening,
    /// What the page must say.
    pub expect: Expect,
}

/// How the page is opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Opening {
    /// Its address; it starts by itself.
    #[default]
    ByItself,
    /// It waits for its button, which is pressed once this fault is set.
    StartAfter(Fault),
    /// It starts in a tab that is not the one in front.
    InBackground,
}

/// What the page must say.
#[derive(Clone, Debug, Default)]
pub struct Expect {
    /// The run's verdict.
    pub headline: &'static str,
    /// Verdict of every region that is not in `regions`.
    pub others: &'static str,
    /// Region and verdict.
    pub regions: Vec<(&'static str, &'static str)>,
    /// Check, outcome, and proof; an empty proof is any proof.
    pub checks: Vec<(&'static str, &'static str, &'static str)>,
    /// Where checks break, as far as that is known by construction.
    pub places: Vec<ExpectedPlace>,
    /// The code of the first finding.
    pub leading: Option<&'static str>,
    /// Code and scope of findings that must be there.
    pub findings: Vec<(&'static str, &'static str)>,
    /// Whether there may be others.
    pub exact: bool,
    /// Codes that must not be there.
    pub absent: Vec<&'static str>,
    /// Words that the report must hold.
    pub report: Vec<&'static str>,
    /// Engines that cannot know, and why: there `unknown` is right, too.
    pub unknowable: Vec<(Engine, &'static str)>,
    /// Engines that cannot even see that something is wrong, and why: there `reachable` or `degraded` is what
    /// the page says, and its limits say what that does not prove.
    pub blind: Vec<(Engine, &'static str)>,
    /// Engines that show the same trouble by another finding: its code (or `none`, or
    /// `any`), and why.
    pub instead: Vec<(Engine, &'static str, &'static str)>,
    /// Words (a verdict, an outcome, a finding's code) in whose place another is right as well, and why.
    pub also: Vec<(&'static str, &'static str, &'static str)>,
    /// What must be so once `main[data-late]` is `settled`.
    pub late: Option<Box<Self>>,
}

impl Case {
    /// A world that the page is opened in.
    #[must_use]
    pub fn new(
        name: &'static str,
        about: &'static str,
        world: fn() -> World,
        expect: Expect,
    ) -> Self {
        Self {
            name,
            about,
            core: false,
            world,
            conditions: Vec::new(),
            opening: Opening::ByItself,
            expect,
        }
    }

    /// Part of every test run.
    #[must_use]
    pub const fn core(mut self) -> Self {
        self.core = true;
        self
    }

    /// Opened like this.
    #[must_use]
    pub fn opened(mut self, opening: Opening) -> Self {
        self.opening = opening;
        self
    }

    /// Put under these conditions; what the page must say stays.
    #[must_use]
    pub fn under(mut self, conditions: &[Condition]) -> Self {
        self.conditions.extend(conditions);
        self
    }

    /// Its world, under its conditions.
    #[must_use]
    pub fn build(&self) -> World {
        let mut world = (self.world)();
        for condition in &self.conditions {
            (condition.put)(&mut world);
        }
        world
    }

    /// Its name, and what it is put under.
    #[must_use]
    pub fn full_name(&self) -> String {
        let names = self.conditions.iter().map(|condition| condition.name);
        match names.collect::<Vec<_>>().join(", ") {
            names if names.is_empty() => self.name.to_owned(),
            names => format!("{} under {names}", self.name),
        }
    }

    /// The file of what the page recorded in it, below its engine's folder.
    #[must_use]
    pub fn recording(&self) -> PathBuf {
        let names = self.conditions.iter().map(|condition| condition.name);
        let names: Vec<&str> = std::iter::once(self.name).chain(names).collect();
        let folder = if names.len() > 1 { "under" } else { "" };
        Path::new(folder).join(format!("{}.json", names.join("+")))
    }

    /// Whether the agent's network goes away in it. Browsers notice for some seconds that it came back,
    /// and end connections on it: such worlds come last.
    #[must_use]
    pub fn unplugs(&self) -> bool {
        self.opening == Opening::StartAfter(Fault::Unplugged)
            || self.build().faults.contains(&Fault::Unplugged)
    }
}

impl Expect {
    /// Every region, and so the run, has this verdict.
    #[must_use]
    pub fn every(verdict: &'static str) -> Self {
        Self {
            headline: verdict,
            others: verdict,
            ..Self::default()
        }
    }

    /// One region, and so the run, has this verdict; the others are reachable.
    #[must_use]
    pub fn only(region: &'static str, verdict: &'static str) -> Self {
        Self {
            headline: verdict,
            others: "reachable",
            regions: vec![(region, verdict)],
            ..Self::default()
        }
    }

    /// Everything works, and nothing is found.
    #[must_use]
    pub fn all_well() -> Self {
        Self::every("reachable").nothing_found()
    }

    /// Nothing beyond this computer answers.
    #[must_use]
    pub fn offline() -> Self {
        Self::every("unknown")
            .headline("offline")
            .check("network/internet", "failed", "inferred")
            .leading("offline", "network")
            .nothing_else()
    }

    /// The run's verdict.
    #[must_use]
    pub const fn headline(mut self, verdict: &'static str) -> Self {
        self.headline = verdict;
        self
    }

    /// One region's verdict.
    #[must_use]
    pub fn region(mut self, region: &'static str, verdict: &'static str) -> Self {
        self.regions.push((region, verdict));
        self
    }

    /// The verdict of every region that is not named.
    #[must_use]
    pub const fn others(mut self, verdict: &'static str) -> Self {
        self.others = verdict;
        self
    }

    /// One check's outcome and proof; an empty proof is any.
    #[must_use]
    pub fn check(mut self, name: &'static str, outcome: &'static str, proof: &'static str) -> Self {
        self.checks.push((name, outcome, proof));
        self
    }

    /// The first finding.
    #[must_use]
    pub fn leading(mut self, code: &'static str, scope: &'static str) -> Self {
        self.leading = Some(code);
        self.findings.push((code, scope));
        self
    }

    /// A finding that must be there, wherever in the list.
    #[must_use]
    pub fn finding(mut self, code: &'static str, scope: &'static str) -> Self {
        self.findings.push((code, scope));
        self
    }

    /// There is no finding but those named.
    #[must_use]
    pub const fn nothing_else(mut self) -> Self {
        self.exact = true;
        self
    }

    /// There is no finding at all.
    #[must_use]
    pub const fn nothing_found(self) -> Self {
        self.nothing_else()
    }

    /// A code that must not be found.
    #[must_use]
    pub fn absent(mut self, code: &'static str) -> Self {
        self.absent.push(code);
        self
    }

    /// Words that the report must hold.
    #[must_use]
    pub fn report(mut self, words: &'static str) -> Self {
        self.report.push(words);
        self
    }

    /// This engine cannot know, for this reason.
    #[must_use]
    pub fn unknowable(mut self, engine: Engine, why: &'static str) -> Self {
        self.unknowable.push((engine, why));
        self
    }

    /// No engine can know, for this reason.
    #[must_use]
    pub fn unknowable_anywhere(mut self, why: &'static str) -> Self {
        let engines = Engine::ALL.into_iter();
        self.unknowable.extend(engines.map(|engine| (engine, why)));
        self
    }

    /// This engine does not see what is wrong, for this reason.
    #[must_use]
    pub fn blind(mut self, engine: Engine, why: &'static str) -> Self {
        self.blind.push((engine, why));
        self
    }

    /// In this engine the first finding is another one, for this reason.
    #[must_use]
    pub fn leading_in(mut self, engine: Engine, code: &'static str, why: &'static str) -> Self {
        self.instead.push((engine, code, why));
        self
    }

    /// In place of the first word (a verdict, an outcome, a finding's code) the second is right as well.
    #[must_use]
    pub fn also(mut self, word: &'static str, other: &'static str, why: &'static str) -> Self {
        self.also.push((word, other, why));
        self
    }

    /// Whether what was given is right where this is expected.
    #[must_use]
    pub fn allows(&self, expected: &str, given: &str) -> bool {
        let also = |(word, other, _): &(&str, &str, &str)| *word == expected && *other == given;
        expected == given || self.also.iter().any(also)
    }

    /// What must be so once nothing is pending any more.
    #[must_use]
    pub fn late(mut self, late: Self) -> Self {
        self.late = Some(Box::new(late));
        self
    }

    /// The verdict that a region must have.
    #[must_use]
    pub fn of(&self, region: &str) -> &'static str {
        self.regions
            .iter()
            .find(|(name, _)| *name == region)
            .map_or(self.others, |(_, verdict)| verdict)
    }

    /// Why this engine cannot know, where it cannot.
    #[must_use]
    pub fn why_unknowable(&self, engine: Engine) -> Option<&'static str> {
        self.unknowable
            .iter()
            .find(|(other, _)| *other == engine)
            .map(|(_, why)| *why)
    }

    /// The code that this engine shows where others show `code`.
    #[must_use]
    pub fn code_in(&self, engine: Engine, code: &'static str) -> &'static str {
        let other = self.instead.iter().find(|(other, ..)| *other == engine);
        match other {
            Some((_, instead, _)) if self.leading == Some(code) => instead,
            _ => code,
        }
    }

    /// Why this engine does not see it, where it does not.
    #[must_use]
    pub fn why_blind(&self, engine: Engine) -> Option<&'static str> {
        let found = self.blind.iter().find(|(other, _)| *other == engine);
        found.map(|(_, why)| *why)
    }

    /// The code of the first finding in this engine, as a word for tables.
    #[must_use]
    pub fn leading_word(&self, engine: Engine) -> &'static str {
        match self.leading {
            Some(code) => self.code_in(engine, code),
            None if self.exact && self.findings.is_empty() => "none",
            None => "any",
        }
    }
}
