//! Worlds in which the service itself is in trouble.

use crate::case::{Case, Expect};
use crate::servers::Hosts;
use crate::world::World;

/// All of them.
#[must_use]
pub fn cases() -> Vec<Case> {
    vec![
        Case::new(
            "servers-off-for-everybody",
            "Virginia's servers are off.",
            || World {
                hosts: Hosts {
                    off: vec!["virginia".to_owned()],
                    ..Hosts::default()
                },
                ..World::default()
            },
            Expect::only("virginia", "down")
                .check("virginia/https", "failed", "inferred")
                .leading("service-down", "virginia")
                .nothing_else(),
        )
        .core(),
    ]
}
