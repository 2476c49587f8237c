//! What all connections share.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::config::Settings;
use crate::crowd::{Crowd, Pace, Share};
use crate::dials::Dials;
use crate::limits;
use crate::page::Page;

/// What all connections share. Nothing in it is about a particular client.
pub struct State {
    /// The configuration.
    pub settings: Settings,
    /// The page, if it is served here.
    pub page: Option<Page>,
    pub(crate) dials: Dials,
    pub(crate) sockets: Arc<Semaphore>,
    pub(crate) holds: Arc<Semaphore>,
    pub(crate) crowds: Crowds,
    pub(crate) stopping: CancellationToken,
}

/// What each address has of what all share.
pub(crate) struct Crowds {
    /// How often it opens connections.
    pub(crate) arrivals: Pace,
    /// Its connections.
    pub(crate) connections: Arc<Crowd>,
    /// Those of them that have not said what they want.
    pub(crate) handshakes: Arc<Crowd>,
    /// Its WebSockets.
    pub(crate) sockets: Arc<Crowd>,
}

impl Crowds {
    fn new() -> Self {
        let share = |address, site| Share { address, site };
        Self {
            arrivals: Pace::new(
                share(limits::ADDRESS_BURST, limits::SITE_BURST),
                share(limits::ADDRESS_PER_SECOND, limits::SITE_PER_SECOND),
            ),
            connections: Crowd::new(share(limits::ADDRESS_CONNECTIONS, limits::SITE_CONNECTIONS)),
            handshakes: Crowd::new(share(limits::ADDRESS_HANDSHAKES, limits::SITE_HANDSHAKES)),
            sockets: Crowd::new(share(limits::ADDRESS_SOCKETS, limits::SITE_SOCKETS)),
        }
    }
}

impl State {
    /// Puts the parts together.
    ///
    /// # Errors
    /// What is wrong with the file of `--trust-ca`.
    pub fn new(
        settings: Settings,
        page: Option<Page>,
        catalogue: &reachcheck_core::catalogue::Catalogue,
        trust_ca: Option<&std::path::Path>,
    ) -> Result<Self, String> {
        let dials = Dials::new(
            catalogue,
            &settings.controls,
            settings.allow_targets.clone(),
            crate::tls::roots(trust_ca)?,
        );
        Ok(Self {
            page,
            dials,
            sockets: Arc::new(Semaphore::new(settings.max_sessions)),
            holds: Arc::new(Semaphore::new(limits::HOLDS)),
            crowds: Crowds::new(),
            settings,
            stopping: CancellationToken::new(),
        })
    }

    /// Whether a new WebSocket would be refused now.
    pub(crate) fn is_busy(&self) -> bool {
        self.sockets.available_permits() == 0 || self.stopping.is_cancelled()
    }
}
