//! The command line.

use reachcheck_lab::engine::Engine;

use crate::system::System;

/// How it is used.
pub const USAGE: &str = "\
cargo xtask simulate [RUNS] [--seed N] [--world NAME] [--engine NAME] [--under SYSTEM] [--one SEED] [--times]
  RUNS             how many runs there are; 100000 where nothing is said
  --seed N         the base seed, from which the seeds of all runs follow; 1 where nothing is said
  --world NAME     runs in this world of the lab alone
  --engine NAME    chromium, firefox or webkit alone
  --under SYSTEM   linux, windows or macos; expectations hold under linux alone
  --one SEED       the one run of this seed, as a script
  --times          when the runs finished, and what each waited for last, by world and engine
  --worlds         which worlds are simulated, and why the others are not";

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// How many runs.
    pub runs: usize,
    /// The base seed.
    pub seed: u64,
    /// One world.
    pub world: Option<String>,
    /// One engine.
    pub engine: Option<Engine>,
    /// The operating system.
    pub system: System,
    /// The seed of one run.
    pub one: Option<u64>,
    /// When the runs finished, instead of what is amiss.
    pub tells_times: bool,
    /// The worlds alone.
    pub lists_worlds: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            runs: 100_000,
            seed: 1,
            world: None,
            engine: None,
            system: System::Linux,
            one: None,
            tells_times: false,
            lists_worlds: false,
        }
    }
}

impl Options {
    /// Reads a command line.
    ///
    /// # Errors
    /// What is wrong with it, and what would be right.
    pub fn read(arguments: &[String]) -> Result<Self, String> {
        let mut options = Self::default();
        let mut words = arguments.iter().map(String::as_str);
        while let Some(word) = words.next() {
            let mut value = |what: &str| {
                let value = words.next();
                value.ok_or_else(|| format!("{word} needs {what}, as in `{word} {what}`\n{USAGE}"))
            };
            match word {
                "--seed" => options.seed = number(word, value("N")?)?,
                "--one" => options.one = Some(number(word, value("SEED")?)?),
                "--world" => options.world = Some(value("NAME")?.to_owned()),
                "--engine" => {
                    let name = value("NAME")?;
                    let names = Engine::ALL.map(|engine| (engine.name(), engine));
                    options.engine = Some(choose(word, name, &names)?);
                }
                "--under" => {
                    let name = value("SYSTEM")?;
                    let names = System::ALL.map(|system| (system.name(), system));
                    options.system = choose(word, name, &names)?;
                }
                "--times" => options.tells_times = true,
                "--worlds" => options.lists_worlds = true,
                runs if runs.starts_with(|first: char| first.is_ascii_digit()) => {
                    options.runs = number("RUNS", runs)?;
                }
                other => return Err(format!("unknown: {other}\n{USAGE}")),
            }
        }
        Ok(options)
    }
}

fn number<N: std::str::FromStr>(flag: &str, word: &str) -> Result<N, String> {
    let digits = word.replace('_', "");
    let number = digits.parse();
    number.map_err(|_| format!("{flag} takes a whole number, not {word}"))
}

fn choose<T: Copy>(flag: &str, word: &str, names: &[(&str, T)]) -> Result<T, String> {
    let found = names.iter().find(|(name, _)| *name == word);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
        format!("{flag} takes {}, not {word}", names.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use reachcheck_lab::engine::Engine;

    use super::Options;
    use crate::system::System;

    fn read(line: &str) -> Result<Options, String> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Options::read(&words)
    }

    #[test]
    fn a_command_line_is_read() {
        assert_eq!(read(""), Ok(Options::default()));
        let line =
            "5_000 --seed 7 --world all-well --engine firefox --under windows --one 12 --times";
        let expected = Options {
            tells_times: true,
            runs: 5000,
            seed: 7,
            world: Some("all-well".to_owned()),
            engine: Some(Engine::Firefox),
            system: System::Windows,
            one: Some(12),
            lists_worlds: false,
        };
        assert_eq!(read(line), Ok(expected));
    }

    #[test]
    fn what_is_wrong_names_what_is_right() {
        for (line, word) in [
            ("--engine opera", "chromium, firefox, webkit"),
            ("--under beos", "linux, windows, macos"),
            ("--seed", "--seed N"),
            ("--seed x", "whole number"),
            ("--fast", "--one SEED"),
        ] {
            let problem = read(line).expect_err(line);
            assert!(problem.contains(word), "{problem}");
        }
    }
}
