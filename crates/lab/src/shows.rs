//! That each thing that a world can have does what its name says, shown by plain sockets from the agent's
//! computer, and that it leaves alone what is beside it. No browser, and no part of the page: so a verdict
//! that is wrong in a world is the page's mistake and not the lab's.

use anyhow::{Context as _, Result, ensure};

use crate::authority::Authority;
use crate::path::Weather;
use crate::world::{Hosting, Lab, RelayState, Standing, World};

mod boxes;
mod bytes;
mod fault;
mod front;
mod hear;
mod hosts;
mod icmp;
mod idle;
pub mod list;
mod look;
mod manner;
mod names;
mod relay;
mod turned;
mod weather;
mod wire;

impl World {
    /// Shows all that is not usual in this world, which stands; a world in which all is usual shows that.
    ///
    /// # Errors
    /// With what is otherwise.
    pub fn shows(&self, authority: &Authority) -> Result<()> {
        for fault in &self.faults {
            fault
                .shows(authority)
                .with_context(|| format!("{fault:?}"))?;
        }
        self.hosts.shows(authority)?;
        if self.names.differ() {
            self.names.shows()?;
        }
        if self.weather != Weather::default() {
            self.weather.shows(authority)?;
        }
        if self.relay != RelayState::Well {
            self.relay.shows(authority)?;
        }
        if let Some(front) = self.front {
            front.shows(authority)?;
        }
        if self.hosting != Hosting::Apart {
            self.hosting.shows(authority)?;
        }
        if let Some(proxy) = &self.proxy {
            proxy.shows(authority)?;
        }
        if let Some(middlebox) = &self.middlebox {
            middlebox.shows(authority)?;
        }
        Ok(())
    }

    /// Shows that all is as it is where nothing was asked for.
    ///
    /// # Errors
    /// With what is otherwise.
    pub fn shows_nothing(&self, authority: &Authority) -> Result<()> {
        look::at_each(&crate::addresses::places(), |place| {
            look::is_well(place, authority)?;
            look::from(crate::namespaces::Namespace::Relay, || {
                look::is_well(place, authority)
            })
        })?;
        turned::has_no_ipv6()?;
        self.hosting.shows(authority)?;
        self.names.shows()?;
        self.weather.shows(authority)?;
        self.relay.shows(authority)
    }
}

/// Shows that a relay goes in order when another takes its place: sockets are told, and the new one answers.
///
/// # Errors
/// With what is otherwise.
fn replaced(lab: &Lab, standing: &Standing) -> Result<()> {
    let mut socket = relay::Socket::open(&lab.authority)?;
    lab.replace_relay(standing, RelayState::Full)?;
    let (heard, _) = socket.hears(look::ANSWER)?;
    // A close frame: two bytes of head, then the code (RFC 6455 section 5.5.1).
    let is_restart = matches!(&heard, hear::Heard::Bytes(bytes)
        if bytes.first() == Some(&0x88) && bytes.get(2..4) == Some(&1012_u16.to_be_bytes()));
    ensure!(is_restart, "{heard:?}");
    RelayState::Full.shows(&lab.authority)
}
