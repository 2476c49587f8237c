//! Source of the settings in force: the file beside the page, or what stands in for it, and why.

use super::ConfigError;
use crate::time::Moment;

/// Where the settings in force come from.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum ConfigSource {
    /// The file beside the page, as it came.
    #[default]
    File,
    /// Something else, for something was wrong with the file.
    InPlace(StandIn, ConfigTrouble),
}

/// What stands in for the file beside the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StandIn {
    /// The file as this browser last read it without an error.
    Kept(Moment),
    /// The settings that the page was built with.
    Build,
    /// The program's own list of addresses, which need not be the operator's.
    Embedded,
}

/// What was wrong with the file beside the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigTrouble {
    /// Not here in time. It may still come.
    Late {
        /// For so long it was waited for.
        seconds: u32,
    },
    /// The request failed.
    NoAnswer,
    /// The host answered with an HTTP status that is no success.
    Status(u16),
    /// A web page came in its place: that of a host for files that are not there, or of somebody on the way.
    WebPage,
    /// It is not as it should be.
    Broken(ConfigError),
}

impl ConfigSource {
    /// Whether the addresses tested are perhaps not the operator's.
    #[must_use]
    pub const fn is_embedded(&self) -> bool {
        matches!(self, Self::InPlace(StandIn::Embedded, _))
    }
}
