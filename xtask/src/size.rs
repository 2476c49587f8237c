//! `cargo xtask bench size`: what a first load weighs, as sent with Brotli.

use std::fs;
use std::path::{Path, PathBuf};

use crate::build;
use crate::lab;
use crate::places::root;
use crate::shell::{command, execute, has, output};

/// Limit of a first load in bytes: what slow start with ten segments at first (RFC 6928) carries in four round trips. It
/// is exceeded since JSON is serde's: docs/decisions/0021-page-on-its-ecosystem.md says by how much, and what that costs.
const FIRST_LOAD_MAX: u64 = 215_000;

/// Weighs the page, beside the least that Yew can be, and times a first load of it on a slow line in the lab.
///
/// # Errors
/// Also where it weighs more than it should.
pub fn page() -> Result<(), String> {
    needs_brotli()?;
    build::page()?;
    let bare = root().join("bench/bare");
    let copied = fs::copy(root().join("Cargo.lock"), bare.join("Cargo.lock"));
    copied.map_err(|error| format!("bench/bare/Cargo.lock: {error}"))?;
    build::trunk(&bare, &[])?;
    let ours = Load::of(&root().join("dist"))?;
    let least = Load::of(&bare.join("dist"))?;
    ours.print("dist");
    least.print("bench/bare/dist");
    println!("\nA first load with Brotli, in bytes");
    println!(
        "{:<44} {FIRST_LOAD_MAX:>19}",
        "at most, for four round trips"
    );
    println!("{:<44} {:>19}", "a bare Yew page", least.in_english());
    println!("{:<44} {:>19}", "ours in English", ours.in_english());
    for (tag, sum) in ours.in_others() {
        println!("{:<44} {sum:>19}", format!("ours in {tag}"));
    }
    println!(
        "{:<44} {:>19}",
        "the helpdesk's views add",
        sum(&ours.second)
    );
    println!();
    lab::look(&["--first-load"])?;
    match ours.most().checked_sub(FIRST_LOAD_MAX) {
        None | Some(0) => Ok(()),
        Some(over) => Err(format!(
            "a first load weighs {over} bytes more than it should"
        )),
    }
}

/// Builds the page of each revision, by its own `cargo xtask build`, and weighs it: what a commit saves or costs is the
/// difference to the one before.
pub fn revisions(revisions: &[&str]) -> Result<(), String> {
    needs_brotli()?;
    let mut lines = Vec::new();
    let mut before = None;
    for revision in revisions {
        let log = output("git", &["log", "-1", "--format=%h %s", revision]);
        let log = log.ok_or_else(|| format!("git knows no revision {revision}"))?;
        let (name, subject) = log.trim().split_once(' ').unwrap_or((log.trim(), ""));
        let load = Load::of(&Checkout::of(name)?.page()?)?;
        let most = load.most();
        let difference = before.map_or_else(String::new, |before: u64| {
            format!("{:+}", most.cast_signed() - before.cast_signed())
        });
        before = Some(most);
        let english = load.in_english();
        let line = format!("{name:<10} {english:>8} {most:>8} {difference:>8}  {subject}");
        println!("\n{line}");
        lines.push(line);
    }
    println!(
        "\n{:<10} {:>8} {:>8} {:>8}",
        "revision", "English", "longest", "change"
    );
    for line in lines {
        println!("{line}");
    }
    Ok(())
}

fn needs_brotli() -> Result<(), String> {
    let missing = || "the program brotli is missing: apt-get install brotli".to_owned();
    has("brotli").then_some(()).ok_or_else(missing)
}

/// A revision in a folder of its own, as long as this value lives.
struct Checkout(PathBuf);

impl Checkout {
    fn of(revision: &str) -> Result<Self, String> {
        let checkout = Self(root().join("target/size/checkout"));
        // What a run that was ended has left.
        checkout.remove();
        let folder = checkout.0.to_string_lossy();
        let add = ["worktree", "add", "--detach", &folder, revision];
        execute(command("git", &add)).map(|()| checkout)
    }

    /// Builds its page, and gives the folder.
    fn page(&self) -> Result<PathBuf, String> {
        let mut build = command("cargo", &["xtask", "build"]);
        build
            .current_dir(&self.0)
            // Dependencies are built once for all.
            .env("CARGO_TARGET_DIR", root().join("target/size/target"))
            .env_remove("REACHCHECK_CONFIG");
        execute(build)?;
        Ok(self.0.join("dist"))
    }

    fn remove(&self) {
        output(
            "git",
            &["worktree", "remove", "--force", &self.0.to_string_lossy()],
        );
    }
}

impl Drop for Checkout {
    fn drop(&mut self) {
        self.remove();
    }
}

/// A file of a page.
struct Sent {
    name: String,
    bytes: u64,
    /// As sent with Brotli.
    brotli: u64,
}

/// The files of a page, by what loads them.
#[derive(Default)]
struct Load {
    /// The check, in English.
    first: Vec<Sent>,
    /// What the helpdesk's views add.
    second: Vec<Sent>,
    /// The words of the other languages: of them a page loads those that it speaks.
    languages: Vec<Sent>,
}

impl Load {
    fn of(folder: &Path) -> Result<Self, String> {
        // The worker comes later, the schema is for editors, the page for what is not there is no part of a load, and
        // hosts keep what begins with a line for themselves.
        const LATER: [&str; 3] = ["sw.js", "config.schema.json", "404.html"];
        let mut load = Self::default();
        let entries = fs::read_dir(folder);
        let entries = entries.map_err(|error| format!("{}: {error}", folder.display()))?;
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('_') || name.ends_with(".br") || LATER.contains(&name.as_str()) {
                continue;
            }
            let brotli =
                brotli(&entry.path()).ok_or_else(|| format!("brotli does not take {name}"))?;
            let bytes = entry.metadata().map_or(0, |metadata| metadata.len());
            let part = if name.contains("-texts-") {
                &mut load.languages
            } else if name.starts_with("reachcheck-desk-") {
                &mut load.second
            } else {
                &mut load.first
            };
            part.push(Sent {
                name,
                bytes,
                brotli,
            });
        }
        for part in [&mut load.first, &mut load.second, &mut load.languages] {
            part.sort_by(|one, other| one.name.cmp(&other.name));
        }
        Ok(load)
    }

    fn in_english(&self) -> u64 {
        sum(&self.first)
    }

    /// The first load in each of the other languages.
    fn in_others(&self) -> impl Iterator<Item = (&str, u64)> {
        self.languages.iter().filter_map(|file| {
            let tag = file
                .name
                .strip_prefix("reachcheck-texts-")?
                .split('-')
                .next()?;
            Some((tag, self.in_english() + file.brotli))
        })
    }

    /// The first load in the longest language.
    fn most(&self) -> u64 {
        let others = self.in_others().map(|(_, sum)| sum).max();
        others.unwrap_or_else(|| self.in_english())
    }

    fn print(&self, folder: &str) {
        println!("\n{folder:<44} {:>9} {:>9}", "bytes", "brotli");
        for file in [&self.first, &self.second, &self.languages]
            .into_iter()
            .flatten()
        {
            println!("{:<44} {:>9} {:>9}", file.name, file.bytes, file.brotli);
        }
    }
}

fn sum(files: &[Sent]) -> u64 {
    files.iter().map(|file| file.brotli).sum()
}

fn brotli(path: &Path) -> Option<u64> {
    let path = path.to_string_lossy();
    let output = command("brotli", &["-c", "-q", "11", &path])
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    u64::try_from(output.stdout.len()).ok()
}
