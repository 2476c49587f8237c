//! Wrappers of the browser's interfaces (web-sys): small types that end what they started when they are dropped.

pub mod bell;
pub mod clipboard;
pub mod clock;
pub mod download;
pub mod environment;
pub mod fetch;
pub mod hooks;
pub mod image;
pub mod random;
pub mod socket;
pub mod storage;
pub mod timing;
pub mod turn;
pub mod vigil;
pub mod words;

use wasm_bindgen::UnwrapThrowExt as _;

/// The window. Wasm of ours never runs in a worker.
fn window() -> web_sys::Window {
    web_sys::window().expect_throw("the page runs in a window")
}
