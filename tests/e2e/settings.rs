//! What cannot be said by the flags of a test harness, from the environment; `cargo xtask lab` sets it.

use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use reachcheck_lab::cover::{self, Cell};
use reachcheck_lab::under::{self, Condition};

/// The settings of one process, parent or worker.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// A folder for a picture of every end.
    pub screenshots: Option<PathBuf>,
    /// A folder for the page's trace of each run, as `ENGINE/WORLD.json`, and of each cell, as `ENGINE/under/CELL.json`.
    pub record: Option<PathBuf>,
    /// A file for what was expected beside what was given, as a Markdown table.
    pub matrix: Option<PathBuf>,
    /// Whether this machine is kept busy on purpose: who then knows less than usual is counted and does not fail.
    pub is_loaded: bool,
    /// What every world is put under, by names that commas part.
    pub under: Vec<Condition>,
    /// The cells of the cover that are tests: all, but for worlds under conditions that somebody named.
    pub cells: Vec<Cell>,
    /// Where what the cells of this run gave is written as Markdown: each gets one try then, and fails no test.
    pub tally: Option<PathBuf>,
    /// Whether the harness has no tests: for whoever runs all the others.
    pub is_off: bool,
}

impl Settings {
    /// Whether a world that leaves the page undecided is run again, when nothing else runs: not where each run is wanted
    /// as it is, or the machine is kept busy on purpose.
    #[must_use]
    pub const fn may_run_again(&self) -> bool {
        self.tally.is_none() && !self.is_loaded
    }

    /// Reads them.
    ///
    /// # Errors
    /// If a folder cannot be made, or no condition has a name.
    pub fn read() -> Result<Self> {
        let under = std::env::var("REACHCHECK_UNDER").unwrap_or_default();
        let under = under::named(&under).context("REACHCHECK_UNDER")?;
        let record = folder("REACHCHECK_RECORD")?;
        ensure!(
            record.is_none() || under.is_empty(),
            "REACHCHECK_UNDER: what is recorded and replayed are the worlds alone"
        );
        let cells = cover::named(&std::env::var("REACHCHECK_CELLS").unwrap_or_default());
        let cells = cells.context("REACHCHECK_CELLS")?;
        Ok(Self {
            cells: if under.is_empty() { cells } else { Vec::new() },
            tally: std::env::var_os("REACHCHECK_TALLY").map(PathBuf::from),
            screenshots: folder("REACHCHECK_SCREENSHOTS")?,
            record,
            under,
            matrix: std::env::var_os("REACHCHECK_MATRIX").map(PathBuf::from),
            is_loaded: std::env::var_os("REACHCHECK_LOADED").is_some(),
            is_off: std::env::var_os("REACHCHECK_NO_BROWSERS").is_some(),
        })
    }

    /// The built page that browsers are shown: of this checkout, unless `REACHCHECK_PAGE` names another.
    ///
    /// # Errors
    /// If there is none.
    pub fn page() -> Result<PathBuf> {
        let named = std::env::var_os("REACHCHECK_PAGE").map(PathBuf::from);
        let page = named.unwrap_or_else(|| root().join("dist"));
        let index = page.join("index.html");
        ensure!(
            index.is_file(),
            "{} is missing: cargo xtask build",
            index.display()
        );
        Ok(page.canonicalize()?)
    }
}

/// The checkout's folder.
#[must_use]
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn folder(variable: &str) -> Result<Option<PathBuf>> {
    let Some(folder) = std::env::var_os(variable).map(PathBuf::from) else {
        return Ok(None);
    };
    let named = || format!("{variable}: {}", folder.display());
    std::fs::create_dir_all(&folder).with_context(named)?;
    Ok(Some(folder.canonicalize().with_context(named)?))
}
