//! The relay, tested from outside: over real sockets on loopback, most of it as the binary that is shipped.
//!
//! One program, so that it is linked once.

mod acme;
mod attacks;
mod corpus;
mod deadlines;
mod endpoints;
mod harness;
mod hello;
mod hello_sizes;
mod listeners;
mod operations;
mod relay;
