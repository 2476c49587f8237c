//! A browser in a world: what a case of the page is given.

use std::cell::RefCell;
use std::path::PathBuf;

use anyhow::Result;
use reachcheck_lab::browser::Browser;
use reachcheck_lab::quiet::Turn;
use reachcheck_lab::world::{Lab, Standing};

use crate::settings::Settings;
use crate::worker::Reply;

/// A browser in a world.
pub struct Scene<'lab> {
    pub lab: &'lab Lab,
    pub browser: &'lab Browser,
    pub standing: &'lab Standing,
    pub settings: &'lab Settings,
    /// The name of the world or case.
    pub name: &'static str,
    /// This machine's quiet, for as long as it is needed.
    pub turn: RefCell<Option<Turn>>,
    /// What is told beside the result.
    pub told: RefCell<Reply>,
}

impl Scene<'_> {
    /// A folder of its own among the lab's.
    pub fn folder(&self, name: &str) -> Result<PathBuf> {
        let folder = self.lab.folder().join(name);
        std::fs::create_dir_all(folder.join("nginx"))?;
        Ok(folder)
    }

    /// Takes a picture, where pictures are wanted.
    pub async fn look(&self, what: &str) -> Result<()> {
        let Some(folder) = &self.settings.screenshots else {
            return Ok(());
        };
        let name = format!("{}-{}-{what}.png", self.name, self.browser.engine.name());
        self.browser.screenshot(&folder.join(name)).await
    }
}
