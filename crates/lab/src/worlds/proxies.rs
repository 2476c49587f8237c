//! Worlds in which the browser is told of a proxy, and mostly nothing else leads out.

use reachcheck_model::catalogue::Kind;

use super::healthy::with_dialect;
use crate::addresses;
use crate::case::{Case, Expect};
use crate::engine::Engine;
use crate::proxy::{Proxy, ProxySetting, Stands};
use crate::servers::Dialect;
use crate::squid::{Bump, Login, Policy};
use crate::world::{Hosting, World};

/// All of them.
#[must_use]
pub fn cases() -> Vec<Case> {
    let mut cases = passing();
    cases.extend(refusing());
    cases.extend(absent());
    cases.extend(inspecting());
    cases
}

/// A CONNECT that is denied looks like an answer to it, so its canary and its ports say nothing.
const WEBKIT_TAKES_REFUSALS_FOR_ANSWERS: &str =
    "WebKitGTK gives the proxy's refusal of a CONNECT to the page as an opaque answer";

/// Its timing is that of a direct connection.
const WEBKIT_SEES_NO_PROXY: &str = "WebKitGTK's timing does not show a proxy";

fn passing() -> Vec<Case> {
    vec![
        Case::new(
            "proxy",
            "Squid on the gateway is the only way out, and passes everything.",
            || through(Policy::default()),
            Expect::every("reachable")
                .check("toronto/https", "ok", "")
                .check("toronto/tcp", "ok", "")
                .check("network/internet", "ok", "confirmed")
                .check("network/socket", "ok", "confirmed")
                .check("network/events", "ok", "confirmed")
                .leading("proxy-in-path", "network")
                .nothing_else()
                .unknowable(Engine::WebKit, WEBKIT_SEES_NO_PROXY),
        )
        .core(),
        Case::new(
            "proxy-by-pac",
            "A PAC file names Squid on the gateway, which is the only way out.",
            || World {
                proxy: Some(Proxy {
                    told: ProxySetting::Pac,
                    ..Proxy::squid(Policy::default())
                }),
                ..World::default()
            },
            Expect::every("reachable")
                .leading("proxy-in-path", "network")
                .nothing_else(),
        ),
        Case::new(
            "proxy-beyond-the-path",
            "The proxy stands a round trip away, as cloud proxies do.",
            || through_far(Vec::new()),
            Expect::every("reachable")
                .leading("proxy-in-path", "network")
                .nothing_else()
                .unknowable(Engine::WebKit, WEBKIT_SEES_NO_PROXY),
        ),
        Case::new(
            "proxy-passes-443-alone",
            "Squid passes CONNECT to port 443 and no other, as its own default has it.",
            || {
                through(Policy {
                    only_443: true,
                    ..Policy::default()
                })
            },
            // A client that goes direct may still reach these ports, so nothing is known of them.
            Expect::every("reachable")
                .check("network/socket", "ok", "confirmed")
                .check("network/port-80", "unknown", "none")
                .check("network/port-5222", "unknown", "none")
                .leading("proxy-in-path", "network")
                .absent("port-80-closed")
                .absent("port-5222-closed")
                .unknowable(Engine::WebKit, WEBKIT_TAKES_REFUSALS_FOR_ANSWERS),
        )
        .core(),
        Case::new(
            "pac-falls-back-to-direct",
            "A PAC file names a proxy that is off, then DIRECT, and direct connections pass.",
            || World {
                proxy: Some(Proxy {
                    stands: Stands::Nothing,
                    told: ProxySetting::PacThenDirect,
                    direct_passes: true,
                }),
                ..World::default()
            },
            Expect::every("reachable")
                .check("network/socket", "ok", "confirmed")
                .absent("proxy-in-path")
                .nothing_else(),
        ),
    ]
}

fn refusing() -> Vec<Case> {
    vec![
        Case::new(
            "proxy-denies-https-endpoint",
            "Squid answers 403 to CONNECT for Toronto's HTTPS endpoint.",
            || {
                through(Policy {
                    denies: hosts(&[("toronto", Kind::Https)]),
                    ..Policy::default()
                })
            },
            Expect::only("toronto", "blocked")
                .check("toronto/https", "failed", "")
                .place("toronto/https", "connect", "inferred")
                .leading("refused-nearby", "toronto")
                .finding("proxy-in-path", "network")
                .nothing_else()
                .leading_in(
                    Engine::WebKit,
                    "answer-not-from-service",
                    WEBKIT_TAKES_REFUSALS_FOR_ANSWERS,
                )
                .unknowable(Engine::WebKit, WEBKIT_TAKES_REFUSALS_FOR_ANSWERS),
        )
        .core(),
        Case::new(
            "proxy-denies-tcp-endpoint",
            "Squid answers 403 to CONNECT for Seattle's TCP endpoint.",
            || {
                through(Policy {
                    denies: hosts(&[("seattle", Kind::Tcp)]),
                    ..Policy::default()
                })
            },
            Expect::only("seattle", "blocked")
                .check("seattle/https", "ok", "")
                .check("seattle/tcp", "failed", "")
                .place("seattle/tcp", "connect", "inferred")
                .leading("refused-nearby", "seattle")
                .finding("proxy-in-path", "network")
                .nothing_else()
                .leading_in(
                    Engine::WebKit,
                    "answer-not-from-service",
                    WEBKIT_TAKES_REFUSALS_FOR_ANSWERS,
                )
                .unknowable(Engine::WebKit, WEBKIT_TAKES_REFUSALS_FOR_ANSWERS),
        ),
        Case::new(
            "far-proxy-denies-https-endpoint",
            "A proxy a round trip away, as cloud proxies are, answers 403 to CONNECT for Toronto's HTTPS endpoint.",
            || through_far(hosts(&[("toronto", Kind::Https)])),
            // As far away as the service, so that no time tells it from a refusal there.
            Expect::only("toronto", "blocked")
                .check("toronto/https", "failed", "")
                .leading("not-connected", "toronto")
                .finding("proxy-in-path", "network")
                .nothing_else()
                .unknowable(Engine::WebKit, WEBKIT_TAKES_REFUSALS_FOR_ANSWERS),
        )
        .core(),
        Case::new(
            "far-proxy-denies-tcp-endpoint",
            "A proxy a round trip away answers 403 to CONNECT for Seattle's TCP endpoint.",
            || through_far(hosts(&[("seattle", Kind::Tcp)])),
            Expect::only("seattle", "blocked")
                .check("seattle/https", "ok", "")
                .check("seattle/tcp", "failed", "")
                .leading("not-connected", "seattle")
                .finding("proxy-in-path", "network")
                .nothing_else()
                .unknowable(Engine::WebKit, WEBKIT_TAKES_REFUSALS_FOR_ANSWERS),
        ),
        Case::new(
            "proxy-wants-login",
            "Squid passes the page's host and the relay, and answers 407 for everything else.",
            || {
                through(Policy {
                    wants_login: Some(Login::Basic),
                    ..Policy::default()
                })
            },
            Expect::every("blocked")
                // It waits for somebody to log in, until WebDriver cancels that.
                .check("toronto/https", "failed", "")
                .check("toronto/tcp", "failed", "")
                .leading("proxy-login", "network")
                .leading_in(
                    Engine::Firefox,
                    "any",
                    "WebDriver cancels Firefox's login dialog sooner or later, and what waited for it is refused",
                )
                .unknowable(Engine::WebKit, WEBKIT_TAKES_REFUSALS_FOR_ANSWERS),
        )
        .core(),
        Case::new(
            "proxy-wants-negotiate",
            "Squid passes the page's host and the relay, and answers 407 for everything else: by Kerberos alone, of which this computer knows nothing.",
            || {
                through(Policy {
                    wants_login: Some(Login::Negotiate),
                    ..Policy::default()
                })
            },
            Expect::every("blocked")
                .check("toronto/https", "failed", "")
                .check("toronto/tcp", "failed", "")
                .finding("proxy-in-path", "network")
                .unknowable(Engine::WebKit, WEBKIT_TAKES_REFUSALS_FOR_ANSWERS),
        ),
        Case::new(
            "proxy-holds-https-endpoint",
            "Squid takes a CONNECT for Toronto's HTTPS endpoint, and never answers it.",
            || {
                through(Policy {
                    holds: hosts(&[("toronto", Kind::Https)]),
                    ..Policy::default()
                })
            },
            Expect::only("toronto", "blocked")
                .check("toronto/https", "failed", "inferred")
                .leading("dropped", "toronto")
                .finding("proxy-in-path", "network")
                .nothing_else()
                .unknowable(Engine::WebKit, WEBKIT_SEES_NO_PROXY),
        ),
        Case::new(
            "pac-for-endpoints-denies-https-endpoint",
            "A PAC file names Squid for the service's hosts alone; it answers 403 to CONNECT for Toronto's HTTPS endpoint.",
            || World {
                proxy: Some(Proxy {
                    told: ProxySetting::PacForEndpoints,
                    direct_passes: true,
                    ..Proxy::squid(Policy {
                        denies: hosts(&[("toronto", Kind::Https)]),
                        ..Policy::default()
                    })
                }),
                ..World::default()
            },
            // Page and relay are reached without it, so that no proxy shows.
            Expect::only("toronto", "blocked")
                .check("toronto/https", "failed", "")
                .place("toronto/https", "connect", "inferred")
                .leading("refused-nearby", "toronto")
                .nothing_else()
                .unknowable(Engine::WebKit, WEBKIT_TAKES_REFUSALS_FOR_ANSWERS),
        ),
        Case::new(
            "pac-for-endpoints-denies-late",
            "A PAC file names Squid for the service's hosts alone; it thinks for 0.6 s before it answers 403 to CONNECT for Toronto's HTTPS and Seattle's TCP endpoint. TCP endpoints speak TLS and close on what they do not understand.",
            || World {
                proxy: Some(Proxy {
                    told: ProxySetting::PacForEndpoints,
                    direct_passes: true,
                    ..Proxy::squid(Policy {
                        holds: hosts(&[("toronto", Kind::Https), ("seattle", Kind::Tcp)]),
                        denies_after_ms: Some(600),
                        ..Policy::default()
                    })
                }),
                ..with_dialect(Dialect::TlsCloses)
            },
            // Firefox shows a refused CONNECT as it shows what failed after TLS; it repeats the one and not the other.
            Expect::only("toronto", "blocked")
                .region("seattle", "unknown")
                .check("toronto/https", "failed", "")
                .check("seattle/tcp", "unknown", "none")
                .absent("closed-after-tls")
                .unknowable(Engine::WebKit, WEBKIT_TAKES_REFUSALS_FOR_ANSWERS),
        ),
        Case::new(
            "proxy-cuts-idle-tunnels",
            "Squid closes a tunnel in which nothing moved for 20 s.",
            || {
                through(Policy {
                    idle_cut_s: Some(20),
                    ..Policy::default()
                })
            },
            Expect::every("reachable")
                .check("network/socket", "ok", "confirmed")
                .absent("socket-blocked")
                .absent("events-lost")
                .late(
                    Expect::every("degraded")
                        .check("network/hold", "failed", "confirmed")
                        .leading("hold-cut", "network"),
                ),
        ),
    ]
}

fn absent() -> Vec<Case> {
    vec![
        Case::new(
            "proxy-off",
            "The page comes from this computer; the proxy that the browser is told of is off.",
            || without_way_out(Stands::Nothing),
            Expect::offline(),
        ),
        Case::new(
            "proxy-silent",
            "The page comes from this computer; what goes to the proxy vanishes.",
            || without_way_out(Stands::Silence),
            Expect::offline(),
        ),
        Case::new(
            "proxy-wants-login-for-all",
            "The page comes from this computer; Squid answers 407 to everything.",
            || {
                without_way_out(Stands::Squid(Policy {
                    wants_login: Some(Login::Basic),
                    ..Policy::default()
                }))
            },
            Expect::every("unknown")
                .headline("offline")
                .unknowable(Engine::WebKit, WEBKIT_TAKES_REFUSALS_FOR_ANSWERS),
        ),
    ]
}

fn inspecting() -> Vec<Case> {
    vec![
        Case::new(
            "proxy-inspects",
            "Squid ends TLS with an authority that the browser trusts, and strips WebSocket upgrades.",
            || through(bump(&[], &[])),
            Expect::every("degraded")
                .check("toronto/https", "ok", "inferred")
                .check("network/socket", "failed", "")
                .finding("inspected", "network"),
        ),
        Case::new(
            "proxy-inspects-and-passes-websockets",
            "Squid ends TLS with an authority that the browser trusts, and passes WebSocket upgrades.",
            || {
                through(Policy {
                    passes_upgrades: true,
                    ..bump(&[], &[])
                })
            },
            // It hurts nobody whose computer knows the authority, so it is named and no more.
            Expect::every("reachable")
                .check("toronto/https", "ok", "inferred")
                .check("network/socket", "ok", "confirmed")
                .finding("inspected", "network")
                .absent("socket-blocked"),
        ),
        Case::new(
            "proxy-inspects-and-blocks-endpoint",
            "Squid ends TLS everywhere, and answers for Toronto's HTTPS endpoint with a block page.",
            || through(bump(&hosts(&[("toronto", Kind::Https)]), &[])),
            // The block page is there at once; nothing from the service can be.
            Expect::only("toronto", "blocked")
                .others("degraded")
                .check("toronto/https", "failed", "")
                .place("toronto/https", "content", "inferred")
                .leading("answer-not-from-service", "toronto")
                .finding("inspected", "network"),
        ),
        Case::new(
            "proxy-inspects-untrusted",
            "Squid ends TLS to the service with an authority that the browser does not know.",
            || {
                through(Policy {
                    bump: Some(Bump::Untrusted),
                    ..bump(&[], &SPARED)
                })
            },
            Expect::every("blocked")
                .check("toronto/https", "failed", "confirmed")
                .place("toronto/https", "tls", "confirmed")
                .check("toronto/tcp", "failed", "confirmed")
                .absent("service-down"),
        ),
    ]
}

/// Hosts that boxes leave alone, where the page has to come up.
pub(super) const SPARED: [&str; 2] = [addresses::PAGE_NAME, addresses::RELAY_NAME];

/// TLS is ended with a trusted authority.
pub(super) fn bump(denies: &[String], spares: &[&str]) -> Policy {
    Policy {
        bump: Some(Bump::Trusted),
        denies: denies.to_vec(),
        spares: spares.iter().map(|host| (*host).to_owned()).collect(),
        ..Policy::default()
    }
}

/// The names of endpoints.
pub(super) fn hosts(endpoints: &[(&str, Kind)]) -> Vec<String> {
    endpoints
        .iter()
        .map(|(region, kind)| addresses::place(region, *kind).host)
        .collect()
}

fn through(policy: Policy) -> World {
    World {
        proxy: Some(Proxy::squid(policy)),
        ..World::default()
    }
}

/// By a proxy a round trip away, as cloud proxies are.
fn through_far(denies: Vec<String>) -> World {
    let policy = Policy {
        denies,
        ..Policy::default()
    };
    World {
        proxy: Some(Proxy {
            stands: Stands::FarSquid(policy),
            told: ProxySetting::Explicit,
            direct_passes: false,
        }),
        ..World::default()
    }
}

fn without_way_out(stands: Stands) -> World {
    World {
        hosting: Hosting::Loopback,
        proxy: Some(Proxy {
            stands,
            told: ProxySetting::Explicit,
            direct_passes: false,
        }),
        ..World::default()
    }
}
