//! Running commands, shown as they are run.

use std::ffi::OsString;
use std::process::{Command, Stdio};

use crate::places::{self, root};

/// A command in the workspace's root that finds our tools before others.
pub fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(root())
        .env("PATH", search_path());
    command
}

/// `PATH` with the folders of [`places::folders`] in front.
pub fn search_path() -> OsString {
    let mut folders = places::folders();
    if let Some(path) = std::env::var_os("PATH") {
        folders.extend(std::env::split_paths(&path));
    }
    std::env::join_paths(folders).unwrap_or_default()
}

/// Runs a command, showing it, and fails if it does.
pub fn run(program: &str, arguments: &[&str]) -> Result<(), String> {
    execute(command(program, arguments))
}

/// The same for a command that was prepared.
pub fn execute(mut command: Command) -> Result<(), String> {
    let words: Vec<String> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let line = words.join(" ");
    println!("\n$ {line}");
    let status = command
        .status()
        .map_err(|error| format!("{}: {error}", words[0]))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("failed ({status}): {line}"))
    }
}

/// What a command prints, or `None` if it is missing or fails.
pub fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = command(program, arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program can be found.
pub fn has(program: &str) -> bool {
    std::env::split_paths(&search_path()).any(|folder| folder.join(program).is_file())
}
