//! Watch: sockets that stay open for a whole shift, to find what cuts a quiet connection. What happened goes into a log;
//! what follows from it is in `reachcheck-watch`.

mod hook;
mod lane;
pub mod log_store;
mod relay;
mod runner;
mod silence;
pub mod tab_id;
mod tasks;
mod timeline;
mod view;

pub use view::{WatchView, findings, patterns};
