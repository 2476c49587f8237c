//! Rows about distances: every round trip is as long as its links, and every way loses its share.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Result;
use reachcheck_model::catalogue::Kind;

use super::places::{at, well};
use super::procedures::loses_its_share_of_connections;
use super::relay::challenge;
use super::row::{Row, When};
use crate::addresses;
use crate::distance::Leg;
use crate::namespaces::Namespace;
use crate::world::World;

/// Everything that the lab's hosts are to each other, by the time that TCP takes to connect and by how often it does not;
/// then, that all are well.
pub fn distances(world: &World) -> Vec<Vec<Row>> {
    let ways = ways(world);
    let rows = ways.iter().map(Way::takes_its_time);
    let mut times: Vec<Row> = rows.collect();
    times.push(Row::to((addresses::GATEWAY, 53)).near());
    let mut stages = vec![times];
    // One after the other: this many SYNs at once would be a load of their own.
    let losing = ways.into_iter().filter(|way| way.is_counted);
    stages.extend(losing.map(|way| vec![way.loses_its_share()]));
    let mut all_well: Vec<Row> = addresses::places().iter().map(well).collect();
    all_well.push(challenge(443));
    stages.push(all_well);
    stages
}

/// From somebody to somebody.
struct Way {
    from: Namespace,
    to: SocketAddr,
    one_way: Leg,
    is_counted: bool,
}

impl Way {
    /// No answer is there before the round trip is over, and hardly later.
    fn takes_its_time(&self) -> Row {
        let round_trip = Duration::from_millis(2 * self.one_way.delay_ms);
        let most = round_trip + round_trip / 10 + LATE;
        let when = When::Within(round_trip, most);
        Row::to(self.to).seen_from(self.from).at(when)
    }

    fn loses_its_share(self) -> Row {
        let count = move || -> Result<()> { loses_its_share_of_connections(self.to, self.one_way) };
        Row::procedure(move |_| count()).seen_from(self.from)
    }
}

/// How much later than the links allow a machine with nothing else to do may connect.
const LATE: Duration = Duration::from_millis(15);

/// From the agent and the relay to everybody.
fn ways(world: &World) -> Vec<Way> {
    let distances = &world.distances;
    let path = Leg {
        delay_ms: world.weather.delay_ms,
        loss_per_mille: world.weather.loss_per_mille,
    };
    let (elsewhere, relay) = (path.then(distances.detour_elsewhere), distances.relay);
    let way = |from, to: SocketAddr, one_way, is_counted| Way {
        from,
        to,
        one_way,
        is_counted,
    };
    let loses = |leg: Leg| leg.loss_per_mille > 0;
    let to_relay = elsewhere.then(relay);
    let relay_port = (addresses::RELAY, 443).into();
    let page = (addresses::PAGE, 443).into();
    let mut ways = vec![
        way(Namespace::Agent, relay_port, to_relay, loses(to_relay)),
        // Where there is nothing to lose, nothing is lost.
        way(Namespace::Agent, page, elsewhere, true),
        way(
            Namespace::Relay,
            (addresses::CONTROL, 443).into(),
            relay,
            loses(relay),
        ),
    ];
    for place in addresses::places() {
        let here = path.then(distances.agent_to(&place.region));
        let there = relay.then(distances.region(&place.region));
        // One of two endpoints with the same link, where there is one.
        let link = distances.region(&place.region);
        let is_counted = place.kind == Kind::Https && loses(link);
        ways.push(way(Namespace::Agent, at(&place), here, is_counted));
        ways.push(way(Namespace::Relay, at(&place), there, is_counted));
    }
    ways
}
