//! Views: functions from data and callbacks to `Html`, one a file. What has state is a component.
//!
//! Those that the helpdesk's program shows as well leave Yew no text node: `words` says why.

pub mod act_button;
pub mod addresses;
mod button;
mod check_cell;
mod countdown;
pub mod findings;
mod handing_over;
pub mod headline;
pub mod locale_picker;
pub mod network;
pub mod notices;
pub mod regions;
pub mod report_panel;
pub mod request_panel;
pub mod route;
pub mod spread;
pub mod steps;
pub mod strip;
pub mod words;
