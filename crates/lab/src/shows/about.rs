//! Rows about a whole world: all that is not usual in it, in stages.

use super::row::Row;
use super::{computer, distances, endpoints, hosts, network, places, relay, usage, web};
use crate::distance::Distances;
use crate::path::LinkConditions;
use crate::servers::web::Web;
use crate::usage::Usage;
use crate::world::{Hosting, RelayState, World};

/// Rows about all that is not usual in a world, in stages.
pub fn of(world: &World) -> Vec<Vec<Row>> {
    let mut stages: Vec<Vec<Row>> = world.faults.iter().flat_map(endpoints::fault).collect();
    stages.push(hosts::hosts(&world.hosts));
    if world.hosts.web != Web::default() {
        stages.push(web::web(world.hosts.web));
    }
    if world.names.differ() {
        stages.push(network::names(&world.names));
    }
    if world.distances != Distances::default() {
        // The path's own delay and loss are a part of each way's.
        stages.extend(distances::distances(world));
    } else if world.weather != LinkConditions::default() {
        stages.extend(network::weather(world.weather));
    }
    stages.extend(computer::computer(world.computer));
    if world.relay != RelayState::Well {
        stages.push(relay::state(world.relay));
    }
    if world.next_relay {
        stages.push(relay::next());
    }
    stages.extend(world.front.map(relay::front));
    if world.hosting != Hosting::Apart {
        stages.push(network::hosting(world.hosting));
    }
    stages.extend(world.proxy.as_ref().map(network::proxy));
    if let Some(middlebox) = &world.middlebox {
        stages.extend(network::middlebox(middlebox));
    }
    if world.usage != Usage::default() {
        stages.extend(usage::usage(&world.usage));
    }
    stages
}

/// Rows about a world in which all is usual.
pub fn of_nothing_wrong() -> Vec<Vec<Row>> {
    let world = World::default();
    let mut rows = vec![endpoints::no_ipv6()];
    for place in crate::addresses::places() {
        let well = || places::well(&place);
        rows.extend([
            well(),
            well().seen_from(crate::namespaces::Namespace::Relay),
        ]);
    }
    rows.extend(network::hosting(world.hosting));
    rows.extend(network::names(&world.names));
    rows.extend(relay::state(world.relay));
    rows.extend(web::web(world.hosts.web));
    let mut stages = vec![rows];
    stages.extend(network::weather(world.weather));
    stages
}
