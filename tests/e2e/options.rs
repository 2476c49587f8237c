//! The command line.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail, ensure};
use reachcheck_lab::browser::Engine;

use crate::shows;

const USAGE: &str = "\
reachcheck-e2e                  the core worlds and the page's own cases, in Chromium and Firefox
  --all                         every world, in every engine
  --shows                       every fault, host, proxy and box alone, by plain sockets; no browser
  --speed                       how soon the verdict comes, beside the bound that no order of probes beats
  --smooth                      first paint, first probe, long tasks, memory over many runs (Chromium)
  --gallery FOLDER              a picture of each state, theme, width and language
  --list                        names the worlds
  --world NAME                  builds one world and keeps it until Ctrl+C
  --only PART                   only what has this in ENGINE/NAME
  --engine NAME                 only this engine
  --screenshots FOLDER          a picture of every end
  --matrix FILE                 expected against given, as a Markdown table
  --record FOLDER               the page's trace of each run, as FOLDER/ENGINE/WORLD.json; `cargo xtask lab` builds a
                                page that has it";

/// What to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Core worlds and the page's own cases.
    #[default]
    Core,
    /// Every world.
    All,
    /// Show by plain sockets what each thing of the lab does.
    Shows,
    /// Time the verdict.
    Speed,
    /// First paint, first probe, long tasks, memory.
    Smooth,
    /// Pictures for people to look at.
    Gallery(PathBuf),
    /// Name the worlds.
    List,
    /// Keep this one.
    World(String),
}

/// The command line.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub mode: Mode,
    pub only: Option<String>,
    pub engine: Option<String>,
    pub screenshots: Option<PathBuf>,
    pub matrix: Option<PathBuf>,
    pub record: Option<PathBuf>,
}

impl Options {
    pub fn read() -> Result<Self> {
        let mut options = Self::default();
        let mut arguments = std::env::args().skip(1);
        while let Some(flag) = arguments.next() {
            let mut value = || arguments.next().with_context(|| format!("{flag}\n{USAGE}"));
            match flag.as_str() {
                "--all" => options.mode = Mode::All,
                "--shows" => options.mode = Mode::Shows,
                "--speed" => options.mode = Mode::Speed,
                "--smooth" => options.mode = Mode::Smooth,
                "--gallery" => options.mode = Mode::Gallery(folder(&value()?)?),
                "--list" => options.mode = Mode::List,
                "--world" => options.mode = Mode::World(value()?),
                "--only" => options.only = Some(value()?),
                "--engine" => options.engine = Some(value()?),
                "--matrix" => options.matrix = Some(value()?.into()),
                "--screenshots" => options.screenshots = Some(folder(&value()?)?),
                "--record" => options.record = Some(folder(&value()?)?),
                other => bail!("unknown flag {other}\n{USAGE}"),
            }
        }
        if let Some(engine) = &options.engine {
            let names = Engine::ALL.map(Engine::name);
            ensure!(names.contains(&engine.as_str()), "engines: {names:?}");
        }
        Ok(options)
    }

    /// The built page, where a browser will look at it.
    pub fn page(&self) -> Result<PathBuf> {
        if self.mode == Mode::Shows {
            return shows::page();
        }
        // Of the checkout it is started in, as `cargo xtask` does, which names another to record runs.
        let page = std::env::var_os("REACHCHECK_PAGE").map_or_else(|| "dist".into(), PathBuf::from);
        page.canonicalize()
            .with_context(|| format!("{}: cargo xtask build", page.display()))
    }

    /// The relay, beside this program.
    pub fn relay(&self) -> Result<PathBuf> {
        let relay = std::env::current_exe()?.with_file_name("reachcheck-relay");
        ensure!(
            relay.is_file(),
            "{} is missing: cargo build -p reachcheck-relay",
            relay.display()
        );
        Ok(relay)
    }

    /// Those that agents work in; the others with every world, or by name.
    pub fn engines(&self) -> Vec<Engine> {
        if self.mode == Mode::All || self.engine.is_some() {
            Engine::ALL.to_vec()
        } else {
            Engine::CORE.to_vec()
        }
    }

    pub fn wants(&self, engine: Engine, case: &str) -> bool {
        let name = format!("{}/{case}", engine.name());
        self.wants_name(&name)
            && self
                .engine
                .as_ref()
                .is_none_or(|wanted| wanted == engine.name())
    }

    /// Whether a name has the part that is asked for.
    pub fn wants_name(&self, name: &str) -> bool {
        let is_in_name = |only: &String| name.contains(only.as_str());
        self.only.as_ref().is_none_or(is_in_name)
    }
}

fn folder(name: &str) -> Result<PathBuf> {
    std::fs::create_dir_all(name)?;
    Ok(PathBuf::from(name).canonicalize()?)
}
