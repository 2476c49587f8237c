//! Worlds in which something on the way refuses or swallows an endpoint.

use reachcheck_core::catalogue::Kind;

use super::healthy::with_dialect;
use crate::case::{Case, Expect};
use crate::fault::Fault;
use crate::servers::Dialect;
use crate::world::World;

/// All of them.
#[must_use]
pub fn cases() -> Vec<Case> {
    vec![
        Case::new(
            "tcp-dropped-here",
            "The gateway drops what goes to Seattle's TCP endpoint.",
            || World::with(Fault::DropsEndpoint("seattle", Kind::Tcp)),
            Expect::only("seattle", "blocked")
                .check("seattle/https", "ok", "confirmed")
                .check("seattle/tcp", "failed", "confirmed")
                .leading("dropped", "seattle")
                .report("RESULT: BLOCKED")
                .report("Test-NetConnection pop6-ccans.mycontactcenter.net -Port 443")
                .report("OUTBOUND only"),
        )
        .core(),
        Case::new(
            "tcp-dropped-here-plain-protocol",
            "The gateway drops what goes to Seattle's TCP endpoint, and TCP endpoints speak no TLS.",
            || {
                with_dialect(Dialect::PlainCloses)
                    .and(Fault::DropsEndpoint("seattle", Kind::Tcp))
            },
            Expect::only("seattle", "blocked")
                .check("seattle/tcp", "failed", "confirmed")
                .leading("dropped", "seattle"),
        )
        .core(),
        Case::new(
            "https-refused-nearby",
            "The gateway answers the SYN to Toronto's HTTPS endpoint with a RST.",
            || World::with(Fault::RefusesEndpoint("toronto", Kind::Https)),
            Expect::only("toronto", "blocked")
                .check("toronto/https", "failed", "confirmed")
                .leading("refused-nearby", "toronto"),
        )
        .core(),
        Case::new(
            "tcp-refused-far",
            "The far end answers the agent's SYN to Virginia's TCP endpoint with a RST.",
            || World::with(Fault::RefusesEndpointFar("virginia", Kind::Tcp)),
            Expect::only("virginia", "blocked")
                .check("virginia/tcp", "failed", "confirmed")
                .leading("refused-far", "virginia"),
        )
        .core(),
    ]
}
