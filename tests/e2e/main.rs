//! End to end: real browsers in the lab's worlds, asserted by the page's hooks.
//!
//! `cargo xtask test` builds what this needs and runs it; `cargo xtask lab` is the way to a single world.

mod access;
mod broken;
mod gallery;
mod handover;
mod hosted;
mod look;
mod options;
mod page;
mod roles;
mod shows;
mod smooth;
mod speed;
mod tally;
mod watching;
mod worlds;

use std::path::PathBuf;
use std::pin::Pin;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use reachcheck_lab::browser::Browser;
use reachcheck_lab::case::{Case, Opening};
use reachcheck_lab::engine::Engine;
use reachcheck_lab::matrix::Matrix;
use reachcheck_lab::namespaces;
use reachcheck_lab::world::{Lab, Standing, World};

use crate::options::{Mode, Options};
use crate::tally::{Tally, twice};

/// Something that the page must do, in each browser.
struct PageCase {
    name: &'static str,
    world: fn() -> World,
    check: for<'run> fn(&'run Scene) -> Check<'run>,
}

type Check<'run> = Pin<Box<dyn Future<Output = Result<()>> + 'run>>;

/// What is run: a named world, or a case of the page itself.
enum Job {
    World(Box<Case>),
    Page(PageCase),
}

impl Job {
    const fn name(&self) -> &'static str {
        match self {
            Self::World(case) => case.name,
            Self::Page(case) => case.name,
        }
    }

    fn world(&self) -> World {
        match self {
            Self::World(case) => (case.world)(),
            Self::Page(case) => (case.world)(),
        }
    }

    /// Whether its page lies behind another tab.
    fn is_hidden(&self) -> bool {
        matches!(self, Self::World(case) if matches!(case.opening, Opening::InBackground))
    }
}

/// A browser in a world.
struct Scene<'lab> {
    lab: &'lab Lab,
    browser: &'lab Browser,
    standing: &'lab Standing,
    options: &'lab Options,
    name: &'static str,
}

impl Scene<'_> {
    /// A folder of its own among the lab's.
    fn folder(&self, name: &str) -> Result<PathBuf> {
        let folder = self.lab.folder().join(name);
        std::fs::create_dir_all(folder.join("nginx"))?;
        Ok(folder)
    }

    /// Takes a picture, where pictures are wanted.
    async fn look(&self, what: &str) -> Result<()> {
        let Some(folder) = &self.options.screenshots else {
            return Ok(());
        };
        let name = format!("{}-{}-{what}.png", self.name, self.browser.engine.name());
        self.browser.screenshot(&folder.join(name)).await
    }
}

fn main() -> ExitCode {
    match start() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("e2e: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start() -> Result<ExitCode> {
    if reachcheck_lab::run_as_helper()? {
        return Ok(ExitCode::SUCCESS);
    }
    let options = Options::read()?;
    if options.mode == Mode::List {
        look::list();
        return Ok(ExitCode::SUCCESS);
    }
    if !namespaces::is_inside() {
        return namespaces::enter();
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let failed = runtime.block_on(async {
        let lab = Lab::build(&options.page()?, &options.relay()?)?;
        match &options.mode {
            Mode::Shows => shows::run(&lab, &options),
            Mode::Gallery(folder) => gallery::run(&lab, &options, folder).await.map(|()| 0),
            Mode::Smooth => smooth::run(&lab).await,
            Mode::Speed => speed::run(&lab, &options).await,
            Mode::World(name) => look::stand(&lab, name).await.map(|()| 0),
            Mode::Core | Mode::All | Mode::List => run(&lab, &options).await,
        }
    })?;
    Ok(if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Every job, those that unplug the agent last.
fn jobs(options: &Options) -> Vec<Job> {
    let is_wanted = |case: &Case| case.core || options.mode == Mode::All;
    let (last, first): (Vec<Case>, Vec<Case>) = reachcheck_lab::worlds::all()
        .into_iter()
        .filter(is_wanted)
        .partition(Case::unplugs);
    let world = |case| Job::World(Box::new(case));
    let first = first.into_iter().map(world);
    let last = last.into_iter().map(world);
    if options.mode == Mode::All {
        first.chain(last).collect()
    } else {
        let page = [
            page::cases(),
            handover::cases(),
            access::cases(),
            broken::cases(),
            watching::cases(),
        ];
        let page = page.into_iter().flatten().map(Job::Page);
        first.chain(page).chain(last).collect()
    }
}

async fn run(lab: &Lab, options: &Options) -> Result<usize> {
    let jobs = jobs(options);
    let mut matrix = Matrix::default();
    let mut tally = Tally::default();
    for engine in options.engines() {
        let mut browser = None;
        for job in jobs.iter().filter(|job| options.wants(engine, job.name())) {
            let setting = job.world().setting();
            if !engine.takes(&setting) {
                println!(
                    "skipped {}/{}: no {setting:?} there",
                    engine.name(),
                    job.name()
                );
                continue;
            }
            if job.is_hidden() && !engine.hides_tabs() {
                let name = engine.name();
                println!("skipped {name}/{}: it hides no tab", job.name());
                continue;
            }
            let started = Instant::now();
            let result = run_job(lab, engine, &mut browser, job, options, &mut matrix).await;
            let name = format!("{}/{}", engine.name(), job.name());
            tally.count(&name, started, result);
            // After each, so that a run that is cut short has left what it knew.
            if let Some(file) = &options.matrix {
                std::fs::write(file, matrix.to_markdown())?;
            }
        }
        if let Some(browser) = browser {
            browser.close().await?;
        }
    }
    tally.end()
}

async fn run_job(
    lab: &Lab,
    engine: Engine,
    browser: &mut Option<Browser>,
    job: &Job,
    options: &Options,
    matrix: &mut Matrix,
) -> Result<()> {
    let standing = twice("the world", || lab.stand(&job.world()))?;
    // One browser serves world after world, until a world wants it set otherwise.
    // ... or until it would remember names that are told otherwise there.
    if browser
        .as_ref()
        .is_some_and(|browser| browser.setting != standing.setting || standing.needs_own_browser)
        && let Some(old) = browser.take()
    {
        old.close().await?;
    }
    let current = match browser.take() {
        Some(browser) => browser,
        None => {
            let start = || Browser::start(engine, lab, standing.setting.clone());
            let new = match start().await {
                Ok(new) => new,
                Err(error) => {
                    println!("the browser was started again: {error:#}");
                    start().await?
                }
            };
            new.resize(1100, 1500).await?;
            new
        }
    };
    let scene = Scene {
        lab,
        browser: &current,
        standing: &standing,
        options,
        name: job.name(),
    };
    let result = match job {
        Job::World(case) => worlds::run(&scene, case, matrix).await,
        Job::Page(case) => (case.check)(&scene).await,
    };
    if result.is_err()
        && let Ok(report) = current.report().await
    {
        println!("{report}");
    }
    // Nothing of this world may go on in the next one.
    let left = if standing.needs_own_browser {
        current.close().await
    } else {
        let left = current.open("about:blank").await;
        *browser = left.is_ok().then_some(current);
        left
    };
    result.and(left)
}
