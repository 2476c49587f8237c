//! The relay as its operator meets it: settings, signals, metrics, balancers.

mod balanced;
mod drained;
mod one_peer;
mod proxied;
mod reloaded;
mod settled;
mod shift;
mod shipped;
mod watched;
mod watching;
