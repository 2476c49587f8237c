//! Views: functions from data and callbacks to elements, one a file. Only what has state is a component of Yew.

pub mod act_button;
pub mod addresses;
mod button;
pub mod check_cell;
pub mod element;
pub mod findings;
pub mod headline;
pub mod locale_picker;
pub mod network;
pub mod notices;
pub mod regions;
pub mod report_panel;
pub mod request_panel;
pub mod route;
pub mod spread;
pub mod strip;
pub mod tag;
pub mod translatable;
pub mod words;
