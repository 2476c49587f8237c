//! One component a file: properties in, callbacks out.

pub mod addresses;
pub mod check_cell;
pub mod findings;
pub mod headline;
pub mod locale_picker;
pub mod network;
pub mod notices;
pub mod regions;
pub mod report_panel;
mod route;
mod spread;
mod strip;
