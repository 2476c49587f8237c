//! Every world of the lab with its scene, or the reason why it has none; and what a seed alone decides.

use fastrand::Rng;
use reachcheck_lab::case::Case;
use reachcheck_lab::engine::Engine;
use reachcheck_lab::worlds;

use crate::noise::Noise;
use crate::scene::Scene;
use crate::system::System;

/// A world that is simulated.
#[derive(Clone, Debug)]
pub struct Staged {
    /// The lab's, with what the page must say.
    pub case: Case,
    /// As the models see it.
    pub scene: Scene,
}

/// Everything that runs share.
#[derive(Debug)]
pub struct Stage {
    /// The worlds that are simulated, in the lab's order.
    pub worlds: Vec<Staged>,
    /// The names of those that are not, and why.
    pub without: Vec<(&'static str, &'static str)>,
    /// What browsers add to the model's times.
    pub noise: Noise,
}

/// What is wanted of the runs; what a seed decides otherwise is not drawn again.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'name> {
    /// Runs in this world alone.
    pub world: Option<&'name str>,
    /// Runs in this engine alone.
    pub engine: Option<Engine>,
    /// The operating system of every run.
    pub system: System,
}

impl Stage {
    /// Stages every world.
    #[must_use]
    pub fn new(noise: Noise) -> Self {
        let mut stage = Self {
            worlds: Vec::new(),
            without: Vec::new(),
            noise,
        };
        for case in worlds::all() {
            match Scene::of(&case) {
                Ok(scene) => stage.worlds.push(Staged { case, scene }),
                Err(why) => stage.without.push((case.name, why)),
            }
        }
        stage
    }

    /// The world and the engine of a seed.
    #[must_use]
    pub fn cast(&self, seed: u64) -> (&Staged, Engine) {
        let mut rng = Rng::with_seed(seed);
        let world = &self.worlds[rng.usize(..self.worlds.len())];
        (world, Engine::ALL[rng.usize(..Engine::ALL.len())])
    }

    /// The seeds of so many runs: of the series of the base seed, those whose world and engine are wanted.
    #[must_use]
    pub fn seeds(&self, base: u64, runs: usize, wanted: &Wanted<'_>) -> Vec<u64> {
        let mut series = Rng::with_seed(base);
        let is_wanted = |seed: &u64| {
            let (staged, engine) = self.cast(*seed);
            wanted.world.is_none_or(|name| staged.case.name == name)
                && wanted.engine.is_none_or(|wanted| engine == wanted)
        };
        std::iter::repeat_with(move || series.u64(..))
            .filter(is_wanted)
            .take(runs)
            .collect()
    }
}
