//! The catalogue: which regions there are, and their endpoints. Data, never code.
//!
//! `config.rs` reads it, the embedded one as an operator's, and checks it once; after that the types are trusted.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::address::HttpsUrl;

/// The provider's regions, in the order in which they are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalogue {
    /// Whose service it is, as agents know it.
    pub provider: String,
    /// Where the list comes from, for the report.
    pub source: String,
    /// At least one.
    pub regions: Vec<Region>,
}

/// A row the agent sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Stable, lower-case, used in hooks, links and dials.
    pub id: String,
    /// Country, as shown.
    pub country: String,
    /// Name, as shown.
    pub name: String,
    /// User events: sign-on and off, in-call status.
    pub https: HttpsUrl,
    /// An image on the HTTPS endpoint's host that only the real service serves.
    pub image: Option<HttpsUrl>,
    /// Server-initiated events: queue status, transferred calls.
    pub tcp: TcpEndpoint,
}

/// An endpoint that takes one long-lived TCP connection. Whether it speaks TLS is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TcpEndpoint {
    /// Host name.
    pub host: String,
    /// TCP port.
    pub port: u16,
}

/// Which of a region's two endpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// The HTTPS endpoint.
    Https,
    /// The TCP endpoint.
    Tcp,
}

impl Kind {
    /// Both, in the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::Https, Self::Tcp];

    /// The token used in ids and hooks.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Https => "https",
            Self::Tcp => "tcp",
        }
    }
}

/// One endpoint of one region of a catalogue, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EndpointRef {
    /// Index of the region.
    pub region: usize,
    /// Which of its endpoints.
    pub kind: Kind,
}

impl EndpointRef {
    /// Its place among all endpoints, region by region.
    pub(crate) const fn place(self) -> usize {
        self.region * Kind::ALL.len() + self.kind as usize
    }

    /// Every endpoint of so many regions, region by region. Counted: a `flat_map` weighs ten times as much wherever it
    /// is walked.
    pub fn of(regions: usize) -> impl Iterator<Item = Self> {
        (0..regions * Kind::ALL.len()).map(|index| Self {
            region: index / Kind::ALL.len(),
            kind: Kind::ALL[index % Kind::ALL.len()],
        })
    }
}

impl Region {
    /// Host and port of one of the region's endpoints.
    #[must_use]
    pub fn host_port(&self, kind: Kind) -> HostPort<'_> {
        match kind {
            Kind::Https => HostPort {
                host: &self.https.host,
                port: self.https.port,
            },
            Kind::Tcp => HostPort {
                host: &self.tcp.host,
                port: self.tcp.port,
            },
        }
    }

    /// The address that the browser asks by HTTPS: the endpoint's own, or the root of the TCP endpoint.
    #[must_use]
    pub fn fetch_url(&self, kind: Kind) -> String {
        match kind {
            Kind::Https => self.https.to_string(),
            Kind::Tcp => format!("https://{}/", self.host_port(kind).in_url()),
        }
    }

    /// The same host on another port; `None` where that port is the endpoint's own.
    #[must_use]
    pub fn other_port_url(&self, kind: Kind, port: u16) -> Option<String> {
        let HostPort { host, port: own } = self.host_port(kind);
        (own != port).then(|| format!("https://{host}:{port}/"))
    }

    /// The address at which the browser attempts a WebSocket: always a new connection.
    #[must_use]
    pub fn socket_url(&self, kind: Kind) -> String {
        let path = match kind {
            Kind::Https => self.https.path.as_str(),
            Kind::Tcp => "/",
        };
        format!("wss://{}{path}", self.host_port(kind).in_url())
    }

    /// The id by which the relay knows an endpoint: `REGION/https` or `REGION/tcp`.
    #[must_use]
    pub fn endpoint_id(&self, kind: Kind) -> String {
        format!("{}/{}", self.id, kind.token())
    }
}

/// A host and a TCP port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HostPort<'name> {
    /// Host name.
    pub host: &'name str,
    /// TCP port.
    pub port: u16,
}

/// The longest label that registries sell names under, as in `co.uk` and `com.au`.
const REGISTRY_LABEL_MAX: usize = 3;

impl<'name> HostPort<'name> {
    /// The domain that the host stands in, for a name that does not exist there: the host without its first label, or the
    /// host itself where that would be a registry's (`example.com`, `example.co.uk`). `None` for a name of one label.
    #[must_use]
    pub fn domain(self) -> Option<&'name str> {
        let (_, parent) = self.host.split_once('.')?;
        let is_registry = match parent.split_once('.') {
            None => true,
            Some((second, top)) => top.len() == 2 && second.len() <= REGISTRY_LABEL_MAX,
        };
        Some(if is_registry { self.host } else { parent })
    }

    /// As in the authority of an `https:` or `wss:` URL: the default port left out.
    fn in_url(self) -> String {
        if self.port == 443 {
            self.host.to_owned()
        } else {
            self.to_string()
        }
    }
}

impl fmt::Display for HostPort<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.host, self.port)
    }
}

impl Catalogue {
    /// The endpoint with that id, if there is one.
    #[must_use]
    pub fn find(&self, endpoint_id: &str) -> Option<EndpointRef> {
        let (region_id, token) = endpoint_id.rsplit_once('/')?;
        let region = self
            .regions
            .iter()
            .position(|region| region.id == region_id)?;
        let kind = Kind::ALL.into_iter().find(|kind| kind.token() == token)?;
        Some(EndpointRef { region, kind })
    }

    /// Whether any region has an endpoint there: that host and that port.
    #[must_use]
    pub fn lists(&self, target: HostPort<'_>) -> bool {
        let mut endpoints = self.endpoints();
        endpoints.any(|it| self.regions[it.region].host_port(it.kind) == target)
    }

    /// Every endpoint, region by region.
    pub fn endpoints(&self) -> impl Iterator<Item = EndpointRef> {
        EndpointRef::of(self.regions.len())
    }
}

#[cfg(test)]
mod tests {
    use super::{Catalogue, HostPort, Kind};

    #[test]
    fn ids_find_their_endpoint_and_nothing_else_does() {
        let catalogue = Catalogue::embedded();
        for endpoint in catalogue.endpoints() {
            let id = catalogue.regions[endpoint.region].endpoint_id(endpoint.kind);
            assert_eq!(catalogue.find(&id), Some(endpoint));
        }
        for stray in [
            "toronto",
            "toronto/ssh",
            "toronto/tcp/",
            "/tcp",
            "",
            "pop0-ccans.mycontactcenter.net:443",
            "TORONTO/tcp",
        ] {
            assert_eq!(catalogue.find(stray), None, "{stray}");
        }
    }

    #[test]
    fn a_host_is_listed_with_its_port_and_as_it_is_written() {
        let catalogue = Catalogue::embedded();
        let host = "pop0-ccans.mycontactcenter.net";
        for (host, port, is_listed) in [
            (host, 443, true),
            (host, 22, false),
            ("sub.pop0-ccans.mycontactcenter.net", 443, false),
            ("pop0-ccans.mycontactcenter.net.example", 443, false),
            ("mycontactcenter.net", 443, false),
        ] {
            assert_eq!(
                catalogue.lists(HostPort { host, port }),
                is_listed,
                "{host}:{port}"
            );
        }
    }

    #[test]
    fn a_fresh_name_stands_beside_the_host_and_never_under_a_registry() {
        for (host, domain) in [
            (
                "pop0-ccaws.mycontactcenter.net",
                Some("mycontactcenter.net"),
            ),
            ("a.b.example.com", Some("b.example.com")),
            ("example.com", Some("example.com")),
            ("example.co.uk", Some("example.co.uk")),
            ("a.example.co.uk", Some("example.co.uk")),
            ("localhost", None),
        ] {
            assert_eq!(HostPort { host, port: 443 }.domain(), domain, "{host}");
        }
    }

    #[test]
    fn addresses_for_the_browser() {
        let catalogue = Catalogue::embedded();
        let region = &catalogue.regions[0];
        assert_eq!(
            region.fetch_url(Kind::Tcp),
            "https://pop0-ccans.mycontactcenter.net/"
        );
        assert_eq!(
            region.socket_url(Kind::Https),
            "wss://pop0-ccaws.mycontactcenter.net/cca.ws/default.asmx"
        );
    }
}
