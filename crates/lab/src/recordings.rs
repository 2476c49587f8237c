//! Recordings: what real browsers said in the lab's worlds, kept for tests that need no browser (`cargo xtask record`).

use std::fs;
use std::path::PathBuf;

use reachcheck_model::environment::Environment;
use reachcheck_model::session::Session;
use reachcheck_model::trace;

use crate::engine::Engine;

/// A run as it was recorded.
#[derive(Clone, Debug)]
pub struct Recording {
    /// `ENGINE/WORLD`, or `ENGINE/under/CELL`.
    pub name: String,
    /// What was planned and met.
    pub session: Session,
    /// Where the page ran.
    pub environment: Environment,
}

/// Where they lie.
#[must_use]
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("recordings")
}

/// The file of an engine in a world, which need not be there.
#[must_use]
pub fn file(engine: Engine, world: &str) -> PathBuf {
    folder().join(engine.name()).join(format!("{world}.json"))
}

/// The files of an engine in its worlds, or in its cells; in no order.
#[must_use]
pub fn files(engine: Engine, in_cells: bool) -> Vec<PathBuf> {
    let folder = folder().join(engine.name());
    let folder = if in_cells {
        folder.join("under")
    } else {
        folder
    };
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files
        .map(|file| file.path())
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
        .collect()
}

/// All of them.
///
/// # Panics
/// With the name of one that cannot be read.
#[must_use]
pub fn all() -> Vec<Recording> {
    let folder = folder();
    let engines = Engine::ALL.into_iter();
    let paths = engines.flat_map(|engine| [files(engine, false), files(engine, true)].concat());
    paths
        .map(|path| {
            let name = path.strip_prefix(&folder).unwrap_or(&path);
            let name = name.with_extension("").to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).expect(&name);
            let (session, environment) = trace::read(&text).expect(&name);
            Recording {
                name,
                session,
                environment,
            }
        })
        .collect()
}
