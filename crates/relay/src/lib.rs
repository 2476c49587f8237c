//! Reachcheck's relay: the vantage point outside.
//!
//! It returns facts about endpoints that its own catalogue names by id. It forwards no bytes, takes no
//! host names and keeps nothing between connections. Everything a client can make it do has a limit with
//! a name, in [`limits`].

pub mod config;
mod crowd;
mod dial;
mod dials;
#[doc(hidden)]
pub mod foreign;
mod hello;
mod http;
pub mod limits;
mod memory;
mod metered;
mod origin;
mod page;
mod prefixed;
mod server;
mod socket;
mod state;
mod stun;
mod target;
mod tls;

pub use page::Page;
pub use server::run;
pub use state::State;
pub use tls::acceptor;
