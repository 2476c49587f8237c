//! Every case by its name: one for each engine and world, each engine and case of the page, and each self-test of
//! the lab.

use std::collections::HashMap;
use std::pin::Pin;
use std::time::Duration;

use anyhow::Result;
use reachcheck_lab::case::{Case, Opening};
use reachcheck_lab::cover::Cell;
use reachcheck_lab::engine::Engine;
use reachcheck_lab::quiet::Priority;
use reachcheck_lab::shows::list::{self, Showing};
use reachcheck_lab::world::World;
use reachcheck_lab::worlds;

use crate::scene::Scene;
use crate::settings::Settings;
use crate::{
    access, broken, computers, deployments, handover, layout, local, own_doing, page, pattern,
    translated, watching,
};

/// Something that the page must do, in each browser.
#[derive(Clone, Debug)]
pub struct PageCase {
    /// Its name, in words that a command line takes.
    pub name: &'static str,
    /// Where it takes place.
    pub world: fn() -> World,
    /// Whether it breaks what a browser keeps (caches, workers, storage), or unplugs the agent.
    pub spoils_browser: bool,
    /// Does it, and fails where the page does not.
    pub check: for<'run> fn(&'run Scene<'_>) -> Check<'run>,
}

/// What a case of the page is waited for.
pub type Check<'run> = Pin<Box<dyn Future<Output = Result<()>> + 'run>>;

/// What a test does.
#[derive(Clone, Debug)]
pub enum Task {
    /// A named world in this engine, under conditions or not.
    World(Engine, Case),
    /// A case of the page in this engine.
    Page(Engine, PageCase),
    /// Something of the lab alone, by plain sockets.
    SelfTest(Showing),
}

/// One test.
#[derive(Clone, Debug)]
pub struct Test {
    /// Its path, as in `chromium::worlds::tcp_dropped_here`.
    pub name: String,
    /// Whether it runs only when it is asked for.
    pub is_ignored: bool,
    /// What it does.
    pub task: Task,
}

impl Test {
    /// Longer than it may take, the world's setting up included.
    #[must_use]
    pub fn deadline(&self) -> Duration {
        let seconds = match &self.task {
            Task::World(_, case) if case.expect.late.is_some() => 420,
            Task::World(..) => 300,
            // At full pace a minute's timer is waited for several times.
            Task::Page(..) if self.is_ignored => 900,
            Task::Page(..) => 300,
            // macOS gives silence up after 75 s.
            Task::SelfTest(_) => 240,
        };
        Duration::from_secs(seconds)
    }

    /// Its stage: those of one stage run side by side, and the next begins when few are left. A watch's time runs twenty
    /// times as fast, so that it is read by the clock even more than a world, and starting browsers would disturb it.
    fn stage(&self) -> Stage {
        match &self.task {
            Task::World(_, case) if case.expect.late.is_some() => Stage::Late,
            Task::Page(_, case) if case.is_watch() => Stage::Watches,
            _ => Stage::Rest,
        }
    }
}

/// A part of the whole run; the first begins first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Stage {
    /// What waits longest, so that none of it is alone at the end.
    Late,
    Rest,
    Watches,
}

impl PageCase {
    fn is_watch(&self) -> bool {
        self.name.starts_with("watch-")
    }

    /// Whether what it shows is read by the clock, as worlds are.
    fn is_timed(&self) -> bool {
        self.is_watch() || self.needs_turn()
    }

    /// Whether it takes its turn among worlds, one of which is read by the clock at a time.
    pub fn needs_turn(&self) -> bool {
        self.name.starts_with("timed-")
    }
}

impl Task {
    /// The world it takes place in.
    #[must_use]
    pub fn world(&self) -> World {
        match self {
            Self::World(_, case) => case.build(),
            Self::Page(_, case) => (case.world)(),
            Self::SelfTest(showing) => showing.world.clone(),
        }
    }

    /// Why it cannot be had in its engine, where it cannot.
    #[must_use]
    pub fn why_not_here(&self) -> Option<String> {
        let (Self::World(engine, _) | Self::Page(engine, _)) = self else {
            return None;
        };
        let setting = self.world().setting();
        if !engine.takes(&setting) {
            return Some(format!("no {setting:?} there"));
        }
        let is_hidden =
            matches!(self, Self::World(_, case) if matches!(case.opening, Opening::InBackground));
        (is_hidden && !engine.hides_tabs()).then(|| "it hides no tab".to_owned())
    }

    /// The share of the processor that it gets beside others: worlds are read by the clock.
    #[must_use]
    pub fn priority(&self) -> Priority {
        match self {
            Self::Page(_, case) if !case.is_timed() => Priority::Background,
            Self::World(..) | Self::Page(..) | Self::SelfTest(_) => Priority::Usual,
        }
    }

    /// What kind of thing it does, of those that are mixed evenly.
    fn kind(&self) -> usize {
        match self {
            Self::World(..) => 0,
            Self::Page(..) => 1,
            Self::SelfTest(_) => 2,
        }
    }

    /// Whether a browser that was here is of no use to others: it remembers what is wrong elsewhere, or notices for
    /// seconds that its network came back.
    #[must_use]
    pub fn spoils_browser(&self) -> bool {
        match self {
            Self::World(_, case) => case.unplugs(),
            Self::Page(_, case) => case.spoils_browser,
            Self::SelfTest(_) => false,
        }
    }
}

/// Every test, in the order in which they begin; worlds are put under what the settings say.
#[must_use]
pub fn all(settings: &Settings) -> Vec<Test> {
    let mut tests = cells(&settings.cells);
    for engine in Engine::ALL {
        let is_core = Engine::CORE.contains(&engine);
        for case in worlds::all() {
            tests.push(Test {
                name: path(engine.name(), "worlds", case.name),
                is_ignored: !(case.core && is_core),
                task: Task::World(engine, case.under(&settings.under)),
            });
        }
        if is_core {
            for (case, is_ignored) in page_cases() {
                tests.push(Test {
                    name: path(engine.name(), "page", case.name),
                    is_ignored,
                    task: Task::Page(engine, case),
                });
            }
        }
    }
    for showing in list::all() {
        let (kind, name) = showing.name.split_once('/').unwrap_or(("", &showing.name));
        tests.push(Test {
            name: path("lab", kind, name),
            is_ignored: showing.is_of_a_browser(),
            task: Task::SelfTest(showing.clone()),
        });
    }
    mixed(tests)
}

/// A test of each cell of the cover in each engine that agents work in.
fn cells(cells: &[Cell]) -> Vec<Test> {
    let mut tests = Vec::new();
    for engine in Engine::CORE {
        for cell in cells {
            let case = cell
                .case()
                .expect("world and conditions, as the lab's own test holds");
            tests.push(Test {
                name: path(engine.name(), "cells", &cell.name()),
                is_ignored: !cell.always,
                task: Task::World(engine, case),
            });
        }
    }
    tests
}

/// By stages, and within each the kinds mixed evenly: worlds take turns, so other threads had better do something else.
fn mixed(tests: Vec<Test>) -> Vec<Test> {
    let place = |test: &Test| (test.is_ignored, test.stage(), test.task.kind());
    let mut counts = HashMap::new();
    for test in &tests {
        *counts.entry(place(test)).or_insert(0) += 1;
    }
    let mut met = HashMap::new();
    let mut placed: Vec<(Stage, u32, Test)> = Vec::new();
    for test in tests {
        let place = place(&test);
        let before: &mut u32 = met.entry(place).or_default();
        // How far through its kind it is, in millionths.
        placed.push((test.stage(), *before * 1_000_000 / counts[&place], test));
        *before += 1;
    }
    placed.sort_by_key(|(stage, share, _)| (*stage, *share));
    placed.into_iter().map(|(.., test)| test).collect()
}

/// The page's own cases, and whether each of them runs only when it is asked for.
fn page_cases() -> impl Iterator<Item = (PageCase, bool)> {
    let usual = [
        page::cases(),
        handover::cases(),
        pattern::cases(),
        access::cases(),
        layout::cases(),
        broken::cases(),
        own_doing::cases(),
        watching::cases(),
        computers::cases(),
        local::cases(),
        deployments::cases(),
        translated::cases(),
    ];
    let usual = usual.into_iter().flatten().map(|case| (case, false));
    let full_pace = watching::at_full_pace();
    usual.chain(full_pace.into_iter().map(|case| (case, true)))
}

/// A path of Rust's kind, as harnesses and filters know it.
fn path(first: &str, second: &str, name: &str) -> String {
    let identifier = |words: &str| words.replace('-', "_");
    format!("{first}::{}::{}", identifier(second), identifier(name))
}
