//! End to end: real browsers in the lab's worlds, asserted by the page's hooks.
//!
//! `cargo xtask test` builds what this needs and runs it. By hand, after `cargo xtask build`:
//! `cargo run -p reachcheck-e2e -- [--only PART-OF-A-NAME] [--screenshots FOLDER]`.

mod page;
mod worlds;

use std::path::PathBuf;
use std::pin::Pin;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use reachcheck_lab::browser::Browser;
use reachcheck_lab::engine::Engine;
use reachcheck_lab::namespaces;
use reachcheck_lab::proxy::Setting;
use reachcheck_lab::world::{Lab, Standing, World};

/// One thing that must hold, in each browser.
struct Case {
    name: &'static str,
    world: fn() -> World,
    check: for<'run> fn(&'run Scene) -> Check<'run>,
}

type Check<'run> = Pin<Box<dyn Future<Output = Result<()>> + 'run>>;

/// A browser in a world.
struct Scene<'lab> {
    browser: &'lab Browser,
    standing: &'lab Standing,
    screenshots: Option<PathBuf>,
    name: &'static str,
}

impl Scene<'_> {
    /// Takes a picture, where pictures are wanted.
    async fn look(&self, what: &str) -> Result<()> {
        let Some(folder) = &self.screenshots else {
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
    if !namespaces::is_inside() {
        return namespaces::enter();
    }
    let options = Options::read()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let failed = runtime.block_on(run(&options))?;
    Ok(if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

struct Options {
    only: Option<String>,
    screenshots: Option<PathBuf>,
    page: PathBuf,
    relay: PathBuf,
}

impl Options {
    fn read() -> Result<Self> {
        let mut arguments = std::env::args().skip(1);
        let (mut only, mut screenshots) = (None, None);
        while let Some(flag) = arguments.next() {
            let value = arguments.next();
            match flag.as_str() {
                "--only" => only = Some(value.context("--only PART-OF-A-NAME")?),
                "--screenshots" => {
                    let folder = PathBuf::from(value.context("--screenshots FOLDER")?);
                    std::fs::create_dir_all(&folder)?;
                    screenshots = Some(folder);
                }
                other => anyhow::bail!("unknown flag {other}; there are --only and --screenshots"),
            }
        }
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
        let page = root.join("dist").canonicalize();
        let me = std::env::current_exe()?;
        let relay = me.with_file_name("reachcheck-relay");
        ensure!(
            relay.is_file(),
            "{} is missing: cargo build -p reachcheck-relay",
            relay.display()
        );
        Ok(Self {
            only,
            screenshots,
            page: page.context("dist/ is missing: cargo xtask build")?,
            relay,
        })
    }

    fn wants(&self, engine: Engine, case: &Case) -> bool {
        let name = format!("{}/{}", engine.name(), case.name);
        self.only.as_ref().is_none_or(|only| name.contains(only))
    }
}

async fn run(options: &Options) -> Result<usize> {
    let lab = Lab::build(&options.page, &options.relay)?;
    let cases: Vec<Case> = worlds::cases()
        .into_iter()
        .chain(page::cases())
        .chain(worlds::offline())
        .collect();
    let (mut passed, mut failed) = (0, 0);
    for engine in Engine::CORE {
        if !cases.iter().any(|case| options.wants(engine, case)) {
            continue;
        }
        let browser = Browser::start(engine, &lab, Setting::Direct).await?;
        browser.resize(1100, 1500).await?;
        for case in cases.iter().filter(|case| options.wants(engine, case)) {
            let started = Instant::now();
            let result = run_case(&lab, &browser, case, options).await;
            let seconds = started.elapsed().as_secs_f64();
            match result {
                Ok(()) => {
                    passed += 1;
                    println!("ok      {}/{} ({seconds:.1} s)", engine.name(), case.name);
                }
                Err(error) => {
                    failed += 1;
                    println!(
                        "FAILED  {}/{} ({seconds:.1} s)\n{error:#}\n",
                        engine.name(),
                        case.name
                    );
                }
            }
        }
        browser.close().await?;
    }
    println!("{passed} passed, {failed} failed");
    ensure!(passed + failed > 0, "no case of that name");
    Ok(failed)
}

async fn run_case(lab: &Lab, browser: &Browser, case: &Case, options: &Options) -> Result<()> {
    let standing = lab.stand(&(case.world)())?;
    let scene = Scene {
        browser,
        standing: &standing,
        screenshots: options.screenshots.clone(),
        name: case.name,
    };
    let result = (case.check)(&scene).await;
    if result.is_err()
        && let Ok(report) = browser.report().await
    {
        println!("{report}");
    }
    // Nothing of this world may go on in the next one.
    browser.open("about:blank").await?;
    result
}
