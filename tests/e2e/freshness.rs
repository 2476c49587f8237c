//! Whether the built page is the page of this checkout.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context as _, Result, bail};

use crate::settings::{Settings, root};

/// What the page is made of, a path a line, as `cargo xtask build` knows it.
const SOURCES: &str = include_str!("../../xtask/page-sources.txt");

/// Holds the page against what it is made of. A page that somebody names (`REACHCHECK_PAGE`) is taken as it is.
///
/// # Errors
/// If there is none, or it is older; with the file that is newer.
pub fn check() -> Result<()> {
    let page = Settings::page()?;
    if std::env::var_os("REACHCHECK_PAGE").is_some() {
        return Ok(());
    }
    is_newer_than(&page.join("index.html"), &root().canonicalize()?, SOURCES)
}

fn is_newer_than(built: &Path, root: &Path, sources: &str) -> Result<()> {
    let since = modified(built)?;
    let mut newest = None;
    for source in sources.lines() {
        look(&root.join(source), &mut newest)?;
    }
    match newest {
        Some((when, file)) if when > since => bail!(
            "the page in dist/ is older than {}: cargo xtask build",
            file.strip_prefix(root).unwrap_or(&file).display()
        ),
        Some(_) => Ok(()),
        None => bail!("nothing is named that the page is made of"),
    }
}

/// Finds the file that was written last.
fn look(path: &Path, newest: &mut Option<(SystemTime, PathBuf)>) -> Result<()> {
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            look(&entry?.path(), newest)?;
        }
        return Ok(());
    }
    let when = modified(path)?;
    if newest.as_ref().is_none_or(|(other, _)| when > *other) {
        *newest = Some((when, path.to_owned()));
    }
    Ok(())
}

fn modified(file: &Path) -> Result<SystemTime> {
    let metadata = std::fs::metadata(file);
    let modified = metadata.and_then(|metadata| metadata.modified());
    modified.with_context(|| format!("{}: cargo xtask build", file.display()))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::is_newer_than;

    #[test]
    fn a_page_that_is_older_than_a_source_is_refused_by_the_name_of_that_source() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str| folder.path().join(name);
        fs::create_dir(file("src")).expect("a folder in it");
        for name in ["page", "Cargo.toml", "src/run.rs"] {
            fs::write(file(name), name).expect("a file");
        }
        let written = |name: &str, seconds| {
            let opened = fs::File::options().append(true).open(file(name));
            let opened = opened.expect("the file");
            let when = std::time::UNIX_EPOCH + Duration::from_secs(seconds);
            opened.set_modified(when).expect("its time");
        };
        written("Cargo.toml", 10);
        written("src/run.rs", 20);
        written("page", 30);
        let held = || is_newer_than(&file("page"), folder.path(), "Cargo.toml\nsrc\n");
        held().expect("the page is newest");
        written("src/run.rs", 40);
        let refused = held().expect_err("a source is newer").to_string();
        assert!(refused.contains("older than src/run.rs"), "{refused}");
        fs::remove_file(file("page")).expect("the page");
        assert!(held().is_err());
    }
}
