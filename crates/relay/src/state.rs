//! What all connections share.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::config::Settings;
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
    pub(crate) stopping: CancellationToken,
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
            settings,
            stopping: CancellationToken::new(),
        })
    }

    /// Whether a new WebSocket would be refused now.
    pub(crate) fn is_busy(&self) -> bool {
        self.sockets.available_permits() == 0 || self.stopping.is_cancelled()
    }
}
