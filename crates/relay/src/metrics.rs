//! What is counted, for Prometheus. Labels are closed enums: nothing that a client says becomes one.

use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

/// What a connection spoke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelValue)]
pub enum Spoke {
    /// TLS.
    Tls,
    /// Plain HTTP.
    Http,
    /// STUN.
    Stun,
    /// Nothing, until its deadline or its end.
    Nothing,
}

/// Why somebody was turned away or cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelValue)]
pub enum Limit {
    /// Too many connections.
    Connections,
    /// Too many connections of one address or site.
    AddressConnections,
    /// Too many of them that said nothing yet.
    AddressHandshakes,
    /// Too many new ones at once.
    AddressPace,
    /// Too many requests of one address or site.
    Requests,
    /// Too many WebSockets.
    Sockets,
    /// Too many holds.
    Holds,
    /// No request before the deadline.
    Handshake,
    /// A client that did not read.
    SlowReader,
    /// More messages, dials or schedules than a session may have.
    Budget,
    /// A WebSocket that lived too long, or said nothing for too long.
    Lifetime,
    /// No valid PROXY protocol header from where one is asked for.
    ProxyHeader,
    /// A dial that did not begin before its deadline, since as many as may be were under way.
    Dials,
}

/// How a dial ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelValue)]
pub enum Dialled {
    /// With a trusted TLS handshake.
    Trusted,
    /// Otherwise.
    NotTrusted,
    /// It was not made: fresh facts were there.
    Cached,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct SpokeLabel {
    spoke: Spoke,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct LimitLabel {
    limit: Limit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct DialLabel {
    result: Dialled,
}

/// All counters. Cheap to copy: copies count together.
#[derive(Clone, Default)]
pub struct Metrics {
    spoke: Family<SpokeLabel, Counter>,
    limited: Family<LimitLabel, Counter>,
    dials: Family<DialLabel, Counter>,
}

/// What is so at the moment of asking.
pub struct Now {
    /// Open connections.
    pub connections: usize,
    /// Open WebSockets.
    pub sockets: usize,
    /// Holds under way.
    pub holds: usize,
    /// Whether new work is taken.
    pub is_ready: bool,
}

impl Metrics {
    /// A connection began to speak, or did not.
    pub fn spoke(&self, spoke: Spoke) {
        self.spoke.get_or_create(&SpokeLabel { spoke }).inc();
    }

    /// Somebody met a limit.
    pub fn limited(&self, limit: Limit) {
        self.limited.get_or_create(&LimitLabel { limit }).inc();
    }

    /// Facts about an endpoint or a control were asked for.
    pub fn dialled(&self, result: Dialled) {
        self.dials.get_or_create(&DialLabel { result }).inc();
    }

    /// In the text format that Prometheus reads (OpenMetrics 1.0).
    #[must_use]
    pub fn text(&self, now: &Now) -> String {
        let mut registry = Registry::with_prefix("reachcheck_relay");
        registry.register(
            "accepted",
            "Connections by what they spoke",
            self.spoke.clone(),
        );
        registry.register(
            "limited",
            "Clients turned away or cut off, by limit",
            self.limited.clone(),
        );
        registry.register(
            "dials",
            "Facts asked for, by how they were had",
            self.dials.clone(),
        );
        for (name, help, count) in [
            ("connections", "Open connections", now.connections),
            ("sockets", "Open WebSockets", now.sockets),
            ("holds", "Holds under way", now.holds),
            ("ready", "Whether new work is taken", now.is_ready.into()),
        ] {
            let gauge: Gauge = Gauge::default();
            gauge.set(i64::try_from(count).unwrap_or(i64::MAX));
            registry.register(name, help, gauge);
        }
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = prometheus_client::encoding::text::encode(&mut text, &registry);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{Dialled, Limit, Metrics, Now, Spoke};

    #[test]
    fn what_was_counted_stands_in_the_text() {
        let metrics = Metrics::default();
        metrics.spoke(Spoke::Tls);
        metrics.spoke(Spoke::Tls);
        metrics.limited(Limit::SlowReader);
        metrics.dialled(Dialled::Cached);
        let text = metrics.text(&Now {
            connections: 7,
            sockets: 3,
            holds: 1,
            is_ready: true,
        });
        for line in [
            "reachcheck_relay_accepted_total{spoke=\"Tls\"} 2",
            "reachcheck_relay_limited_total{limit=\"SlowReader\"} 1",
            "reachcheck_relay_dials_total{result=\"Cached\"} 1",
            "reachcheck_relay_connections 7",
            "reachcheck_relay_sockets 3",
            "reachcheck_relay_holds 1",
            "reachcheck_relay_ready 1",
        ] {
            assert!(text.lines().any(|given| given == line), "{line}\n{text}");
        }
    }
}
