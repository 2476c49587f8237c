//! Running commands, shown as they are run.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, Read};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;

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
    let status = status(&mut command)?;
    let (_, line) = named(&command);
    succeeded(status, &line)
}

/// Runs a command that was prepared, showing it, and gives what it ends with.
pub fn status(command: &mut Command) -> Result<ExitStatus, String> {
    let (program, _) = shown(command);
    let status = command.status();
    status.map_err(|error| format!("{program}: {error}"))
}

/// The same for a command that fails, too, where it only warns: Trunk, and the compiler that it calls.
pub fn execute_without_warnings(mut command: Command) -> Result<(), String> {
    let (program, line) = shown(&command);
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.map_err(|error| format!("{program}: {error}"))?;
    let readers = [
        child
            .stdout
            .take()
            .map(|stream| thread::spawn(|| warnings(stream))),
        child
            .stderr
            .take()
            .map(|stream| thread::spawn(|| warnings(stream))),
    ];
    let warnings: Vec<String> = readers
        .into_iter()
        .flatten()
        .flat_map(|reader| reader.join().unwrap_or_default())
        .collect();
    let status = child.wait();
    succeeded(
        status.map_err(|error| format!("{program}: {error}"))?,
        &line,
    )?;
    if warnings.is_empty() {
        Ok(())
    } else {
        Err(format!("warnings: {line}\n{}", warnings.join("\n")))
    }
}

/// Shows what a command prints, and gives the lines that warn.
fn warnings(stream: impl Read) -> Vec<String> {
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    lines
        .inspect(|line| println!("{line}"))
        .filter(|line| line.contains(" WARN ") || line.starts_with("warning"))
        .collect()
}

/// Shows a command; its program, and all of it.
fn shown(command: &Command) -> (String, String) {
    let (program, line) = named(command);
    println!("\n$ {line}");
    (program, line)
}

/// The program of a command, and all of it.
fn named(command: &Command) -> (String, String) {
    let words: Vec<String> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    (words[0].clone(), words.join(" "))
}

fn succeeded(status: ExitStatus, line: &str) -> Result<(), String> {
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
