//! Every named thing of the lab, in a world of its own, shown by plain sockets; no browser.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use reachcheck_lab::shows::list::{self, Showing};
use reachcheck_lab::world::Lab;

use crate::options::Options;
use crate::tally::{Tally, twice};

/// Shows each, and gives how many failed.
pub fn run(lab: &Lab, options: &Options) -> Result<usize> {
    let mut tally = Tally::default();
    for showing in list::all() {
        let name = format!("shows/{}", showing.name);
        if !options.wants_name(&name) {
            continue;
        }
        let started = Instant::now();
        tally.count(&name, started, show(lab, &showing));
    }
    tally.end()
}

fn show(lab: &Lab, showing: &Showing) -> Result<()> {
    let standing = twice("the world", || lab.stand(&showing.world))?;
    showing.check(lab, &standing)
}

/// A page for worlds that no browser looks at: the lab's host wants files to serve.
pub fn page() -> Result<PathBuf> {
    let page = std::env::current_exe()?.with_file_name("reachcheck-no-page");
    std::fs::create_dir_all(&page)?;
    std::fs::write(page.join("index.html"), "<title>No page</title>")?;
    Ok(page)
}
