//! Runs of the state machine (`reachcheck_model::machine`) against models of engine, path and operating system, in
//! worlds by the lab's names: tens of thousands in seconds, each of them again by its seed alone.
//!
//! `docs/simulation.md` says what is modelled from what. The modules are best read in this order: [`reaction`], [`scene`];
//! [`engine`], [`system`], [`link`], [`noise`], [`browser`], [`relay`]; [`stage`], [`run`], [`ledger`]; [`verdict`], [`batch`], [`times`].

pub mod batch;
pub mod bounds;
pub mod browser;
mod busy;
pub mod disturbance;
pub mod engine;
pub mod ledger;
pub mod link;
pub mod noise;
pub mod options;
pub mod reaction;
pub mod relay;
pub mod run;
pub mod scene;
pub mod script;
pub mod stage;
pub mod system;
pub mod times;
pub mod verdict;
