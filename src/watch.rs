//! Watch: sockets that stay open for a whole shift, to find what cuts a quiet connection. What happened goes into a log;
//! what follows from it is the core's.

mod book;
mod course;
mod lane;
mod timeline;
mod view;

pub use view::{WatchView, findings, patterns};
