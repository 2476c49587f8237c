//! Worlds without a network.

use crate::case::{Case, Expect, Opening};
use crate::fault::Fault;
use crate::world::{Hosting, World};

/// All of them.
#[must_use]
pub fn cases() -> Vec<Case> {
    vec![
        Case::new(
            "unplugged-after-loading",
            "The agent's network goes away after the page has loaded.",
            World::default,
            Expect::offline().report("RESULT: OFFLINE"),
        )
        .opened(Opening::StartAfter(Fault::Unplugged))
        .core(),
        Case::new(
            "unplugged-on-loopback",
            "The relay on the agent's own computer serves the page, and there is no network at all.",
            || World {
                hosting: Hosting::Loopback,
                ..World::with(Fault::Unplugged)
            },
            Expect::offline().report("RESULT: OFFLINE"),
        )
        .core(),
    ]
}
