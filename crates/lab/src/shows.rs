//! Self-tests of the lab: each thing that a world can have does what its name says, shown by plain sockets, and leaves
//! alone what is beside it. No browser, and no part of the page: so a verdict that is wrong in a world is the page's
//! mistake and not the lab's.
//!
//! A self-test is a table: rows (`row`), which one function (`check`) holds against the world that stands. Rows of one
//! stage are looked at all at once, the stages one after the other.

use crate::path::LinkConditions;
use crate::world::{Hosting, RelayState, World};
use row::Row;

mod check;
mod dns;
mod endpoints;
mod hosts;
mod line;
pub mod list;
mod network;
mod procedures;
mod relay;
mod row;
mod wire;

/// Rows about all that is not usual in a world, in stages.
fn of(world: &World) -> Vec<Vec<Row>> {
    let mut stages: Vec<Vec<Row>> = world.faults.iter().flat_map(endpoints::fault).collect();
    stages.push(hosts::hosts(&world.hosts));
    if world.names.differ() {
        stages.push(network::names(&world.names));
    }
    if world.weather != LinkConditions::default() {
        stages.extend(network::weather(world.weather));
    }
    if world.relay != RelayState::Well {
        stages.push(relay::state(world.relay));
    }
    stages.extend(world.front.map(relay::front));
    if world.hosting != Hosting::Apart {
        stages.push(network::hosting(world.hosting));
    }
    stages.extend(world.proxy.as_ref().map(network::proxy));
    if let Some(middlebox) = &world.middlebox {
        stages.extend(network::middlebox(middlebox));
    }
    stages
}

/// Rows about a world in which all is usual.
fn of_nothing_wrong() -> Vec<Vec<Row>> {
    let world = World::default();
    let mut rows = vec![endpoints::no_ipv6()];
    for place in crate::addresses::places() {
        let well = || endpoints::well(&place);
        rows.extend([
            well(),
            well().seen_from(crate::namespaces::Namespace::Relay),
        ]);
    }
    rows.extend(network::hosting(world.hosting));
    rows.extend(network::names(&world.names));
    rows.extend(relay::state(world.relay));
    let mut stages = vec![rows];
    stages.extend(network::weather(world.weather));
    stages
}
