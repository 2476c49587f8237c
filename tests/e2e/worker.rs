//! A worker: this program in namespaces of its own, with a lab and at most one browser an engine, which it keeps from
//! case to case. It takes names of tests from its standard input, a line each, and answers each with a line of JSON.

use std::io::{BufRead as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use reachcheck_lab::browser::Browser;
use reachcheck_lab::engine::Engine;
use reachcheck_lab::matrix::Record;
use reachcheck_lab::quiet::{self, Priority, Turn};
use reachcheck_lab::shows::list::Showing;
use reachcheck_lab::world::Lab;
use serde::{Deserialize, Serialize};
use tokio::runtime::Runtime;

use crate::cases::{self, PageCase, Task, Test};
use crate::scene::Scene;
use crate::settings::Settings;
use crate::worlds;

/// The word on the command line that makes this program a worker; after it come the folder of its lab and the one for
/// what failed.
pub const WORKER: &str = "lab-worker";

/// What stands before a test's name in the order of one that has the machine to itself.
pub const ALONE: &str = "alone ";

/// What became of one test.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Reply {
    /// Why it failed, if it did.
    pub failure: Option<String>,
    /// Runs that left it undecided.
    pub repeats: Vec<String>,
    /// Whether it failed only since the page could not tell: it may be run again when nothing else runs.
    #[serde(default)]
    pub is_undecided: bool,
    /// Why something of the lab had to be set up a second time.
    pub set_up_again: Vec<String>,
    /// On a machine that is kept busy on purpose: what the page did not know, and did elsewhere.
    pub weaker: Vec<String>,
    /// What else is worth a line.
    pub notes: Vec<String>,
    /// What the page said of a world.
    pub record: Option<Record>,
}

/// Answers until nothing more is asked.
///
/// # Errors
/// If the lab cannot be built, or nobody listens any more.
pub fn run() -> Result<()> {
    let mut folders = std::env::args_os().skip(2).map(PathBuf::from);
    let folder = folders.next().context("no folder for the lab")?;
    let failures = folders.next().context("no folder for failures")?;
    quiet::own_session()?;
    let settings = Settings::read()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let page = Settings::page().or_else(|_| no_page(&folder))?;
    let mut worker = Worker {
        lab: Lab::build(&folder, &page, crate::relay()?)?,
        tests: cases::all(&settings),
        browsers: Vec::new(),
        settings,
        failures,
        runtime,
    };
    for line in std::io::stdin().lock().lines() {
        let reply = worker.answer(&line?);
        let mut out = std::io::stdout().lock();
        writeln!(out, "{}", serde_json::to_string(&reply)?)?;
        out.flush()?;
    }
    worker.close();
    Ok(())
}

/// A page for tests that no browser looks at: the lab's host wants files to serve.
fn no_page(folder: &Path) -> Result<PathBuf> {
    let page = folder.join("no-page");
    std::fs::create_dir_all(&page)?;
    std::fs::write(page.join("index.html"), "<title>No page</title>")?;
    Ok(page)
}

struct Worker {
    lab: Lab,
    tests: Vec<Test>,
    browsers: Vec<Browser>,
    settings: Settings,
    failures: PathBuf,
    runtime: Runtime,
}

impl Worker {
    fn answer(&mut self, order: &str) -> Reply {
        let (name, is_alone) = match order.strip_prefix(ALONE) {
            Some(name) => (name, true),
            None => (order, false),
        };
        let Some(test) = self.tests.iter().find(|test| test.name == name) else {
            return Reply {
                failure: Some(format!("no test {name}")),
                ..Reply::default()
            };
        };
        let task = test.task.clone();
        let mut reply = Reply::default();
        let logs = Logs::now(self.lab.folder());
        // Where the machine is kept busy on purpose, it would get nothing.
        let priority = match self.settings.is_loaded {
            true => Priority::Usual,
            false => task.priority(),
        };
        let ready = priority.set();
        let result = ready.and_then(|()| match &task {
            Task::SelfTest(showing) => self.show(showing, &mut reply),
            Task::World(engine, _) | Task::Page(engine, _) => {
                self.in_browser(*engine, &task, (name, is_alone), &mut reply)
            }
        });
        if let Err(error) = result {
            reply.failure = Some(format!("{error:#}"));
            let folder = failure_folder(&self.failures, name);
            if let Err(error) = logs.keep(&folder, &format!("{error:#}")) {
                reply.notes.push(format!("logs are lost: {error:#}"));
            }
        }
        reply
    }

    fn show(&mut self, showing: &Showing, reply: &mut Reply) -> Result<()> {
        if showing.starts_browsers() {
            // There is one of a kind at a time.
            for kept in std::mem::take(&mut self.browsers) {
                let _ = self.runtime.block_on(kept.close());
            }
        }
        let standing = twice(reply, || self.lab.stand(&showing.world))?;
        showing.check(&self.lab, &standing)
    }

    fn in_browser(
        &mut self,
        engine: Engine,
        task: &Task,
        (name, is_alone): (&str, bool),
        reply: &mut Reply,
    ) -> Result<()> {
        let standing = twice(reply, || self.lab.stand(&task.world()))?;
        // One that cannot tell may have a browser that still remembers the world before: Firefox holds a WebSocket back
        // for a minute after failures.
        let is_for_one = standing.needs_own_browser || task.spoils_browser() || is_alone;
        let turn = match task {
            Task::World(..) => Some(Turn::alone()?),
            Task::Page(_, case) if case.needs_turn() => Some(Turn::alone()?),
            Task::Page(..) | Task::SelfTest(_) => None,
        };
        let kept = self.take(engine);
        let kept = match kept {
            // It may remember names that are told otherwise here, or is set otherwise.
            Some(old) if is_for_one || old.setting != standing.setting => {
                // One that does not answer any more ends with its driver all the same.
                let _ = self.runtime.block_on(old.close());
                None
            }
            kept => kept,
        };
        let browser = match kept {
            Some(browser) => browser,
            None => {
                let browser = twice(reply, || {
                    let (setting, features) = (standing.setting.clone(), standing.usage.features);
                    self.runtime
                        .block_on(Browser::start_with(engine, &self.lab, setting, features))
                })?;
                if matches!(task, Task::World(..)) {
                    let idle = format!("{}?autostart=0", standing.url);
                    self.runtime.block_on(browser.warm_up(&idle))?;
                }
                browser
            }
        };
        let scene_name = match task {
            Task::World(_, case) => case.name,
            Task::Page(_, PageCase { name, .. }) => name,
            Task::SelfTest(_) => "",
        };
        let scene = Scene {
            lab: &self.lab,
            browser: &browser,
            standing: &standing,
            settings: &self.settings,
            name: scene_name,
            turn: turn.into(),
            told: std::mem::take(reply).into(),
        };
        let folder = failure_folder(&self.failures, name);
        let result = self.runtime.block_on(async {
            browser.resize(1100, 1500).await?;
            let result = match task {
                Task::World(_, case) => worlds::run(&scene, case).await,
                Task::Page(_, case) => (case.check)(&scene).await,
                Task::SelfTest(_) => Ok(()),
            };
            if result.is_err() {
                keep_page(&browser, &folder).await;
            }
            result
        });
        *reply = scene.told.into_inner();
        // Nothing of this world may go on in the next one.
        let left = if is_for_one {
            self.runtime.block_on(browser.close())
        } else {
            // What the page keeps for its tab is of this world.
            let forget = "try { sessionStorage.clear() } catch { } return true";
            let left = self.runtime.block_on(async {
                let _ = browser.run(forget).await;
                browser.open("about:blank").await
            });
            if left.is_ok() {
                self.browsers.push(browser);
            }
            left
        };
        result.and(left)
    }

    fn take(&mut self, engine: Engine) -> Option<Browser> {
        let at = self.browsers.iter().position(|it| it.engine == engine)?;
        Some(self.browsers.swap_remove(at))
    }

    fn close(self) {
        for browser in self.browsers {
            // Whatever it says: its driver ends with it.
            let _ = self.runtime.block_on(browser.close());
        }
    }
}

/// Sets something of the lab up, and once more where that fails: a port still held by the world before says nothing
/// about what is tested. What is tested itself gets one try.
fn twice<T>(reply: &mut Reply, set_up: impl Fn() -> Result<T>) -> Result<T> {
    set_up().or_else(|error| {
        reply.set_up_again.push(format!("{error:#}"));
        set_up()
    })
}

/// Where everything about one failure is kept.
#[must_use]
pub fn failure_folder(failures: &Path, name: &str) -> PathBuf {
    failures.join(name.replace("::", "-"))
}

/// Keeps what the page shows, as far as the browser still gives it.
async fn keep_page(browser: &Browser, folder: &Path) {
    if std::fs::create_dir_all(folder).is_err() {
        return;
    }
    if let Ok(report) = browser.report().await {
        let _ = std::fs::write(folder.join("report.txt"), report);
    }
    if let Ok(hooks) = browser.hooks().await {
        let _ = std::fs::write(folder.join("hooks.txt"), format!("{hooks:#?}\n"));
    }
    let _ = browser.screenshot(&folder.join("screenshot.png")).await;
}

/// How long each log of a lab was at one moment, so that a failure's part of it can be told.
pub struct Logs {
    lab: PathBuf,
    lengths: Vec<(PathBuf, u64)>,
}

impl Logs {
    /// Those that are there now.
    #[must_use]
    pub fn now(lab: &Path) -> Self {
        let lengths = logs(lab).map(|file| {
            let length = std::fs::metadata(&file).map_or(0, |metadata| metadata.len());
            (file, length)
        });
        Self {
            lab: lab.to_owned(),
            lengths: lengths.collect(),
        }
    }

    /// Copies what was written since, with the error beside it.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn keep(&self, folder: &Path, error: &str) -> Result<()> {
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join("error.txt"), format!("{error}\n"))?;
        for file in logs(&self.lab) {
            let whole = std::fs::read(&file)?;
            let before = self.lengths.iter().find(|(other, _)| *other == file);
            let from = before.and_then(|(_, length)| usize::try_from(*length).ok());
            // One that was begun anew is shorter, and all of it counts.
            let new = whole.get(from.unwrap_or(0)..).unwrap_or(&whole);
            if let Some(name) = file.file_name()
                && !new.is_empty()
            {
                std::fs::write(folder.join(name), new)?;
            }
        }
        Ok(())
    }
}

fn logs(lab: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = std::fs::read_dir(lab).into_iter().flatten().flatten();
    let files = entries.map(|entry| entry.path());
    files.filter(|file| file.extension().is_some_and(|ending| ending == "log"))
}
