//! Faults of the way, set in a scene.

use reachcheck_lab::fault::{By, Fault, With};
use reachcheck_model::catalogue::Kind;

use super::{Endpoint, Outside, Scene, WATCH_ALONE, hosts, position};
use crate::reaction::{Place, Reaction};

const RESET: Reaction = Reaction::Refuses(With::Reset);

/// Breaks it.
///
/// # Errors
/// Why the models cannot express it.
pub(super) fn set(scene: &mut Scene, fault: &Fault) -> Result<(), &'static str> {
    match fault {
        Fault::DropsEndpoint(region, kind) => {
            turn(scene, region, *kind, By::Gateway, With::Silence)
        }
        Fault::RefusesEndpoint(region, kind) => {
            turn(scene, region, *kind, By::Gateway, With::Reset)
        }
        Fault::RefusesEndpointFar(region, kind) => {
            turn(scene, region, *kind, By::FarForAgent, With::Reset);
        }
        Fault::Turns(region, kind, by, with) => turn(scene, region, *kind, *by, *with),
        Fault::DropsFirstAddress(..) => return Err("a name has one address in the models"),
        // A browser's ClientHello is larger than such a path lets through.
        Fault::DropsLargePackets(region, kind) | Fault::DropsHello(region, kind) => {
            on_its_port(scene, region, *kind, Reaction::SilentAtHello);
        }
        Fault::ResetsOnHello(region, kind) => {
            on_its_port(scene, region, *kind, Reaction::ResetsHelloNearby);
        }
        // STUN is all that the page's browser says there beside TLS.
        Fault::ResetsPlain443 | Fault::ResetsStun443 => scene.plain_443 = Some(With::Reset),
        Fault::DropsPlain443 => scene.plain_443 = Some(With::Silence),
        Fault::DropsRelay => scene.at_relay(None, |place| *place = Place::far(Reaction::Drops)),
        Fault::RefusesRelay => scene.at_relay(None, |place| *place = Place::near(RESET)),
        Fault::RelayOff => scene.at_relay(None, |place| *place = Place::far(RESET)),
        Fault::RefusesRelayPort(port) => {
            scene.at_relay(Some(*port), |place| *place = Place::near(RESET));
        }
        Fault::DropsRelayPort(port) => {
            scene.at_relay(Some(*port), |place| *place = Place::far(Reaction::Drops));
        }
        Fault::ResetsTlsOnRelayPort(port) => {
            let reset = Place::far(Reaction::ResetsHelloNearby);
            scene.at_relay(Some(*port), |place| *place = reset);
        }
        // The browser says nothing in the meantime, so it does not see whether its packets would be reset.
        Fault::ForgetsIdleRelay(ms) | Fault::ResetsIdleRelay(ms) => {
            if let Some(relay) = &mut scene.relay {
                relay.forgets_after_ms = Some(*ms);
            }
        }
        Fault::NatForgets(_) | Fault::LeavesBy(_) | Fault::NoLongerLeavesBy(_) => {
            return Err(WATCH_ALONE);
        }
        Fault::RelayLostItsWay => {
            if let Some(relay) = &mut scene.relay {
                relay.has_lost_its_way = true;
            }
        }
        Fault::TurnsRelayAway(With::Silence) => turn_away(scene, Reaction::Drops),
        Fault::TurnsRelayAway(with) => turn_away(scene, Reaction::Refuses(*with)),
        Fault::ResetsRelayHello => turn_away(scene, Reaction::ResetsAtHello),
        Fault::SplitEgress => scene.egress_is_split = true,
        Fault::LimitsIcmp => scene.icmp_is_limited = true,
        // What a browser does about it follows from the names, see `Scene::ipv6_is_dead`.
        Fault::DeadIpv6 => {}
        Fault::Unplugged => unplug(scene),
    }
    Ok(())
}

fn endpoint<'scene>(scene: &'scene mut Scene, region: &str, kind: Kind) -> &'scene mut Endpoint {
    &mut scene.endpoints[position(hosts::find(region, kind))]
}

/// Turns down what goes to an endpoint's address, on every port.
fn turn(scene: &mut Scene, region: &str, kind: Kind, by: By, with: With) {
    let reaction = match with {
        With::Silence => Reaction::Drops,
        with => Reaction::Refuses(with),
    };
    let endpoint = endpoint(scene, region, kind);
    if by == By::FarForAll {
        endpoint.outside = Outside::Meets(reaction);
    }
    // Without its address nobody gets that far.
    if matches!(endpoint.here.reaction, Reaction::NoName(_)) {
        return;
    }
    let place = match by {
        By::OwnFirewall | By::Gateway => Place::near(reaction),
        By::FarForAgent | By::FarForAll => Place::far(reaction),
    };
    endpoint.here = place;
    endpoint.other_ports = place;
}

/// Turns the relay down at every endpoint, and nobody else.
fn turn_away(scene: &mut Scene, reaction: Reaction) {
    for endpoint in &mut scene.endpoints {
        endpoint.outside = Outside::Meets(reaction);
    }
}

/// Spoils connections to an endpoint's own port, once they stand. What is not there cannot be spoilt.
fn on_its_port(scene: &mut Scene, region: &str, kind: Kind, reaction: Reaction) {
    let here = &mut endpoint(scene, region, kind).here;
    let stands = !matches!(
        here.reaction,
        Reaction::Refuses(_) | Reaction::Drops | Reaction::NoName(_) | Reaction::NoNetwork
    );
    if stands {
        here.reaction = reaction;
    }
}

/// Takes the network away; what stands on this computer stays.
fn unplug(scene: &mut Scene) {
    let gone = Place::near(Reaction::NoNetwork);
    scene.is_unplugged = true;
    for endpoint in &mut scene.endpoints {
        endpoint.here = gone;
        endpoint.other_ports = gone;
    }
    scene.at_relay(None, |place| *place = gone);
    if !scene.page.is_loopback {
        scene.page.place = gone;
    }
}
