//! Reachcheck's relay: the vantage point outside.
//!
//! It returns facts about endpoints that its own catalogue names by id. It forwards no bytes, takes no
//! host names and keeps nothing between connections. Everything a client can make it do has a limit with
//! a name, in [`limits`].

#[cfg(panic = "abort")]
compile_error!(
    "the relay needs panic = \"unwind\": with \"abort\" a panic in one connection's task would end the process for \
     everybody; build it by the profile `release`, not by the page's"
);

pub mod acme;
pub mod admin;
mod byte_budget;
mod client_stream;
pub mod command;
pub mod config;
mod dial;
mod dials;
mod endings;
#[doc(hidden)]
pub mod foreign;
mod hello;
mod http;
pub mod limits;
mod memory;
mod metrics;
mod one_peer;
pub mod operate;
mod origin;
mod page;
mod peer;
pub mod proxy;
mod quota;
mod rewind;
mod semaphore;
mod server;
mod socket;
mod state;
mod stun;
mod target;
mod tls;
mod watch;
mod websocket;

pub use page::StaticFiles;
pub use server::{Shutdown, run};
pub use state::{RuntimeConfig, State};
