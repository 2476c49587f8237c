//! What all connections share.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use reachcheck_model::catalogue::Catalogue;
use reachcheck_model::config as page_config;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::{PartialConfig, Settings};
use crate::dials::Dials;
use crate::endings::Endings;
use crate::limits::Limits;
use crate::metrics::Metrics;
use crate::one_peer::OnePeer;
use crate::page::StaticFiles;
use crate::quota::{AddressQuota, Quota, QuotaPermit, RateLimiter};
use crate::semaphore::{Permit, Semaphore};
use crate::tls;

/// What can be loaded anew while connections go on. Each connection works with what it first met.
#[derive(Clone)]
pub struct RuntimeConfig {
    /// The configuration.
    pub settings: Settings,
    /// The page, if it is served here.
    pub page: Option<Arc<StaticFiles>>,
    /// The listeners' side of TLS, if they have it.
    pub tls: Option<TlsAcceptor>,
    /// Where certificates come by ACME: cancelled once the first is there.
    pub certificate: Option<CancellationToken>,
    pub(crate) dials: Dials,
}

/// What all connections share. Nothing in it is about a particular client.
pub struct State {
    live: RwLock<Arc<RuntimeConfig>>,
    pub(crate) connections: Semaphore,
    pub(crate) sockets: Semaphore,
    pub(crate) holds: Semaphore,
    pub(crate) quotas: AddressQuotas,
    pub(crate) endings: Endings,
    pub(crate) metrics: Metrics,
    pub(crate) one_peer: OnePeer,
    pub(crate) tasks: TaskTracker,
    /// It takes no new connections any more.
    pub(crate) draining: CancellationToken,
    /// Everybody has to leave.
    pub(crate) stopping: CancellationToken,
}

/// What each address has of what all share.
pub(crate) struct AddressQuotas {
    /// How often it opens connections.
    pub(crate) arrivals: RateLimiter,
    /// How often it makes requests.
    pub(crate) requests: RateLimiter,
    /// Its connections.
    pub(crate) connections: Arc<AddressQuota>,
    /// Those of them that have not said what they want.
    pub(crate) handshakes: Arc<AddressQuota>,
    /// Its WebSockets.
    pub(crate) sockets: Arc<AddressQuota>,
    /// Those of them that are held or watched.
    pub(crate) holds: Arc<AddressQuota>,
}

impl AddressQuotas {
    fn new() -> Self {
        Self {
            arrivals: RateLimiter::new(),
            requests: RateLimiter::new(),
            connections: AddressQuota::new(),
            handshakes: AddressQuota::new(),
            sockets: AddressQuota::new(),
            holds: AddressQuota::new(),
        }
    }
}

impl RuntimeConfig {
    /// Reads and checks everything that was given, for listeners that are bound already.
    ///
    /// # Errors
    /// Which flag or file, and what is wrong with it.
    pub fn load(given: &PartialConfig, bound: &[SocketAddr]) -> Result<Self, String> {
        let tls = match given.certificate() {
            Some((cert, key)) => Some(tls::acceptor(cert, key)?),
            None => None,
        };
        let text = page_settings(given)?;
        let config = page_config::parse(&text).map_err(|error| format!("config.json: {error}"))?;
        let page = match &given.page {
            None => None,
            Some(folder) => {
                let mut page = StaticFiles::load(folder)?;
                page.set_config(&text)
                    .map_err(|error| format!("config.json: {error}"))?;
                Some(Arc::new(page))
            }
        };
        let without_page = Self::without_page(given, &config.catalogue, bound)?;
        Ok(Self {
            page,
            tls,
            ..without_page
        })
    }

    /// What answers without files of its own: neither page nor certificate.
    ///
    /// # Errors
    /// Which flag, and what is wrong with it.
    pub(crate) fn without_page(
        given: &PartialConfig,
        catalogue: &Catalogue,
        bound: &[SocketAddr],
    ) -> Result<Self, String> {
        let settings = Settings::new(given, bound)?;
        let roots = tls::roots(given.trust_ca.as_deref())?;
        Ok(Self {
            dials: Dials::new(catalogue, &settings, roots),
            settings,
            page: None,
            tls: None,
            certificate: None,
        })
    }

    /// How many endpoints may be dialled.
    #[must_use]
    pub fn endpoints(&self) -> usize {
        self.dials.count()
    }
}

/// The text of the page's settings: the file that is named, else the page folder's, else none.
fn page_settings(given: &PartialConfig) -> Result<String, String> {
    let beside = given
        .page
        .as_deref()
        .map(|folder: &Path| folder.join("config.json"))
        .filter(|file| file.is_file());
    match given.config.clone().or(beside) {
        None => Ok("{}".to_owned()),
        Some(file) => std::fs::read_to_string(&file)
            .map_err(|error| format!("--config {}: {error}", file.display())),
    }
}

/// A place among those who are held or watched; dropping it gives it back.
pub(crate) struct HoldPlace {
    _own: QuotaPermit,
    _all: Permit,
}

impl State {
    /// Puts the parts together.
    #[must_use]
    pub fn new(live: RuntimeConfig) -> Self {
        Self {
            live: RwLock::new(Arc::new(live)),
            connections: Semaphore::default(),
            sockets: Semaphore::default(),
            holds: Semaphore::default(),
            quotas: AddressQuotas::new(),
            endings: Endings::default(),
            metrics: Metrics::default(),
            one_peer: OnePeer::default(),
            tasks: TaskTracker::new(),
            draining: CancellationToken::new(),
            stopping: CancellationToken::new(),
        }
    }

    /// What is in force now.
    #[must_use]
    pub fn live(&self) -> Arc<RuntimeConfig> {
        self.live
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Puts something else in force, for all that begins from here on.
    pub fn replace(&self, live: RuntimeConfig) {
        *self.live.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(live);
    }

    /// Puts another certificate in force, and leaves everything else.
    pub fn replace_tls(&self, acceptor: TlsAcceptor) {
        let mut live = self.live.write().unwrap_or_else(PoisonError::into_inner);
        let tls = Some(acceptor);
        *live = Arc::new(RuntimeConfig {
            tls,
            ..RuntimeConfig::clone(&live)
        });
    }

    /// A place for one more socket of this address that is held or watched, if its share and everybody's are not used up.
    pub(crate) fn try_hold(&self, address: IpAddr, limits: &Limits) -> Option<HoldPlace> {
        let share = Quota {
            address: limits.address_holds,
            site: limits.site_holds,
        };
        Some(HoldPlace {
            _own: self
                .quotas
                .holds
                .try_acquire(address, share, self.holds.left(limits.holds))?,
            _all: self.holds.try_acquire(limits.holds)?,
        })
    }

    /// Whether it takes new work.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.why_not_ready().is_none()
    }

    /// Why it takes no new work, if so.
    pub(crate) fn why_not_ready(&self) -> Option<&'static str> {
        if self.draining.is_cancelled() {
            return Some("draining");
        }
        let certificate = self.live().certificate.clone();
        let is_awaited = certificate.is_some_and(|first| !first.is_cancelled());
        is_awaited.then_some("no certificate yet")
    }

    /// Whether a new WebSocket would be refused now.
    pub(crate) fn is_busy(&self) -> bool {
        self.sockets.now() >= self.live().settings.limits.sockets || self.draining.is_cancelled()
    }
}
