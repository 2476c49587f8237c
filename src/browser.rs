//! Wrappers of the browser's interfaces (web-sys): small types that end what they started when they are dropped.

pub mod clipboard;
pub mod clock;
pub mod document;
pub mod download;
pub mod early;
pub mod environment;
pub mod fetch;
pub mod files;
pub mod image;
pub mod locks;
pub mod null_probe;
pub mod page_policy;
pub mod random;
pub mod settings_file;
pub mod socket;
pub mod storage;
pub mod timing;
pub mod turn;
pub mod window_events;

use wasm_bindgen::UnwrapThrowExt as _;

/// The window. Wasm of ours never runs in a worker.
fn window() -> web_sys::Window {
    web_sys::window().expect_throw("the page runs in a window")
}
