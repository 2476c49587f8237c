//! What a condition rightly changes of what a world expects, each with its reason. What the page says today is no reason.

use super::Cell;
use super::speech::Speech;
use crate::browser::Engine;
use crate::case::Expect;

/// One change.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    /// One sentence: why it is right.
    pub why: &'static str,
    /// Makes it.
    pub to: fn(Expect, &'static str) -> Expect,
}

const STALLS: [&str; 4] = [
    "network-process-stalls",
    "parent-stalls",
    "renderer-stalls",
    "page-has-long-tasks",
];

/// The changes of a cell: those of its conditions.
#[must_use]
pub fn of(cell: &Cell) -> Vec<Change> {
    let is_under = |name: &str| cell.conditions.contains(&name);
    let mut changes = Vec::new();
    if is_under("loss-5") || is_under("regions-lossy") {
        changes.push(LOSS);
    }
    if is_under("regions-apart") && cell.speaks == Speech::PlainCloses {
        changes.push(TWENTY_TRIPS);
    }
    if is_under("round-trip-600") && !answers(cell.speaks) {
        changes.push(LONG_REPEATS);
    }
    if is_under("relay-lossy") {
        changes.push(LOSSY_RELAY);
    }
    if is_under("vpn-but-for-service") {
        changes.push(ANOTHER_WAY);
    }
    if is_under("no-keep-alive") && is_under("round-trip-600") {
        changes.push(THREE_TRIPS);
    }
    if is_under("windows") && cell.world.contains("refused") {
        changes.push(WINDOWS);
    }
    if is_under("pac-endpoints-by-proxy") {
        changes.push(PROXY_FOUND);
        if cell.world == "tcp-refused-nearby" {
            changes.push(PROXY_NOT_REFUSED);
        }
        if cell.world == "https-untrusted-for-everybody-and-tcp-unnamed" {
            changes.push(PROXY_LOOKS_UP);
        }
        if cell.world == "all-well" && cell.speaks == Speech::PlainCloses {
            changes.push(PROXY_HIDES_A_CLOSE);
        }
    }
    if is_under("pac-relay-by-proxy") {
        changes.push(PROXY_FOUND);
        changes.push(DISTANCE_HIDDEN);
        if cell.speaks == Speech::OwnAuthority {
            changes.push(OWN_CERTIFICATE_OR_CUT);
        }
    }
    if STALLS.iter().any(|name| is_under(name)) {
        changes.push(STALLED);
        if cell.speaks != Speech::TlsAnswers {
            changes.push(STALLED_WITHOUT_AN_ANSWER);
        }
    }
    changes
}

/// Whether a TCP endpoint answers a browser, or leaves it waiting.
const fn answers(speaks: Speech) -> bool {
    matches!(
        speaks,
        Speech::TlsAnswers | Speech::TlsSilent | Speech::PlainWaits | Speech::Greets
    )
}

/// What a reader of the clock may say less of.
fn unplaced(expect: Expect, why: &'static str) -> Expect {
    let placed = [
        "refused-nearby",
        "refused-far",
        "cut-in-handshake",
        "tls-rejected",
    ];
    placed.into_iter().fold(expect, |expect, code| {
        expect.also(code, "not-connected", why)
    })
}

/// What is expected, and findings beside it.
fn with_others(expect: Expect, _: &'static str) -> Expect {
    Expect {
        exact: false,
        ..expect
    }
}

const LOSS: Change = Change {
    why: "Of some hundred packets a run sends some are lost, so an attempt may fail where others pass.",
    to: |expect, why| {
        let mut expect = expect.also("reachable", "degraded", why);
        expect.exact = false;
        expect
    },
};

/// Why answers that take three round trips each are not always slow.
const EVERY_SECOND: &str =
    "Chromium begins a second connection after 250 ms, and every other request finds it open";

const LONG_REPEATS: Change = Change {
    why: "Firefox tries a connection that ends ten times, which takes 12 s and more at 600 ms, more than an attempt is waited for.",
    to: |expect, why| expect.unknowable(Engine::Firefox, why),
};

const LOSSY_RELAY: Change = Change {
    why: "A relay whose packets get lost may find its own controls out of reach, and says so.",
    to: with_others,
};

const ANOTHER_WAY: Change = Change {
    why: "The service is nearer than the way to page and relay allows, and that is said; it spoils nothing.",
    to: |expect, _| expect.finding("ways-differ", "network"),
};

const TWENTY_TRIPS: Change = Change {
    why: "Firefox tries a handshake that is closed ten times, which takes 12 s at 600 ms, more than an attempt is waited for.",
    to: |expect, why| expect.unknowable(Engine::Firefox, why),
};

const THREE_TRIPS: Change = Change {
    why: "Each answer takes a connection of its own, three round trips and 1.8 s, which is more than the second that is slow.",
    to: |_, _| {
        Expect::every("degraded")
            .leading("slow", "toronto")
            .also("degraded", "reachable", EVERY_SECOND)
            .leading_in(Engine::Chromium, "none", EVERY_SECOND)
    },
};

const WINDOWS: Change = Change {
    why: "Windows tells of a refusal after five SYNs and 2 s (docs/lab.md), so that its place is what 2 s are exceeded by.",
    to: |expect, why| {
        expect
            .also("refused-nearby", "refused-far", why)
            .also("refused-nearby", "refused", why)
            .also("refused-far", "refused-nearby", why)
            .also("refused-far", "refused", why)
    },
};

const PROXY_FOUND: Change = Change {
    why: "That there is a proxy is true, and may be said.",
    to: with_others,
};

const PROXY_NOT_REFUSED: Change = Change {
    why: "The proxy connects in place of the browser, and nobody refuses it.",
    to: |_, _| Expect::every("reachable"),
};

const PROXY_LOOKS_UP: Change = Change {
    why: "The proxy looks the name up in place of the browser, and is told right.",
    to: |_, _| {
        Expect::only("toronto", "down")
            .check("toronto/https", "failed", "")
            .finding("service-down", "toronto")
    },
};

const DISTANCE_HIDDEN: Change = Change {
    why: "The relay is reached by a proxy, so its distance bounds no way, and where a failure broke is not read from its time.",
    to: unplaced,
};

const OWN_CERTIFICATE_OR_CUT: Change = Change {
    why: "The relay is reached by a proxy, so its distance bounds no way: a browser that turns an endpoint's own certificate down \
          is told by its time alone from a box near by that cuts the handshake.",
    to: Expect::unknowable_anywhere,
};

const PROXY_HIDES_A_CLOSE: Change = Change {
    why: "Behind a proxy Firefox tells a tunnel that closes from one that was not had by its time alone, which is the proxy's.",
    to: |expect, why| expect.unknowable(Engine::Firefox, why),
};

const STALLED: Change = Change {
    why: "A computer that stands still for up to 300 ms adds as much to any time, so that where it failed may be unknown.",
    to: unplaced,
};

const STALLED_WITHOUT_AN_ANSWER: Change = Change {
    why: "Where no endpoint answers a browser, only times tell one that is well, and this computer's are not to be trusted.",
    to: Expect::unknowable_anywhere,
};
