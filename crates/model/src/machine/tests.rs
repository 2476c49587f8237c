//! Choreography of a run, written down as scripts: what starts when, and what follows from what comes back.

mod endpoint;
mod first_sockets;
mod fresh_name;
mod in_space;
mod local;
mod next_relay;
mod relay;
mod script;
mod silent;
mod whole;
