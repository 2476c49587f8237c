//! A WebSocket whose events come as a stream, each with its time. Dropping it closes it.
//!
//! By web-sys, since the `WebSocket` of gloo-net 0.7 cannot be timed. Its stream has no item for the opening, which only
//! wakes a sink that waits to send; and its items have no time, so that each would count from when the task that reads it
//! is polled, after whatever else the page did meanwhile.

use std::cell::RefCell;

use futures::StreamExt as _;
use futures::channel::mpsc::{self, UnboundedReceiver, UnboundedSender};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

use super::clock;

/// What happened on a socket, and when, in milliseconds of [`clock::now_ms`].
pub enum SocketEvent {
    /// It opened.
    Open(f64),
    /// A text came.
    Text(f64, String),
    /// It is closed; this is the last.
    Closed {
        /// When.
        at: f64,
        /// The close code.
        code: u16,
        /// Whether both sides closed in order.
        clean: bool,
    },
}

/// One WebSocket. In a box: work that is passed a socket moves one word.
pub struct Socket(Box<Parts>);

struct Parts {
    socket: web_sys::WebSocket,
    events: UnboundedReceiver<SocketEvent>,
    _open: Closure<dyn FnMut()>,
    _message: Closure<dyn FnMut(web_sys::MessageEvent)>,
    _close: Closure<dyn FnMut(web_sys::CloseEvent)>,
    _error: Closure<dyn FnMut()>,
}

impl Socket {
    /// Begins to connect. `None` where the page's or the browser's own policy forbids the attempt.
    pub fn connect(url: &str) -> Option<Self> {
        let socket = web_sys::WebSocket::new(url).ok()?;
        let (tell, events) = mpsc::unbounded();
        let open = on_open(tell.clone());
        let message = on_message(tell.clone());
        let close = on_close(tell.clone());
        let error = on_error(socket.clone(), tell);
        socket.set_onopen(Some(open.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(close.as_ref().unchecked_ref()));
        socket.set_onerror(Some(error.as_ref().unchecked_ref()));
        Some(Self(Box::new(Parts {
            socket,
            events,
            _open: open,
            _message: message,
            _close: close,
            _error: error,
        })))
    }

    /// What happens next; `None` if nothing does within so many milliseconds, or it is closed for good.
    pub async fn next(&mut self, within_ms: f64) -> Option<SocketEvent> {
        clock::timeout(self.event(), within_ms).await.flatten()
    }

    /// What happens next; `None` once it is closed for good.
    pub async fn event(&mut self) -> Option<SocketEvent> {
        self.0.events.next().await
    }

    /// Sends a text; lost where the socket is not open, which its events tell.
    pub fn send(&self, text: &str) {
        self.sender().send(text);
    }

    /// What sends while somebody else waits for the socket's events.
    pub fn sender(&self) -> Sender {
        Sender(self.0.socket.clone())
    }
}

/// Sends on a socket that somebody else owns.
pub struct Sender(web_sys::WebSocket);

impl Sender {
    /// Sends a text; lost where the socket is not open.
    pub fn send(&self, text: &str) {
        let _ = self.0.send_with_str(text);
    }
}

impl Drop for Parts {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        self.socket.set_onerror(None);
        let _ = self.socket.close();
    }
}

/// Where the callbacks of a socket tell its events. Nobody is told once the socket was dropped, and nobody need be.
type Tell = UnboundedSender<SocketEvent>;

fn on_open(tell: Tell) -> Closure<dyn FnMut()> {
    Closure::new(move || {
        let _ = tell.unbounded_send(SocketEvent::Open(clock::now_ms()));
    })
}

fn on_message(tell: Tell) -> Closure<dyn FnMut(web_sys::MessageEvent)> {
    Closure::new(move |event: web_sys::MessageEvent| {
        if let Some(text) = event.data().as_string() {
            let _ = tell.unbounded_send(SocketEvent::Text(clock::now_ms(), text));
        }
    })
}

fn on_close(tell: Tell) -> Closure<dyn FnMut(web_sys::CloseEvent)> {
    Closure::new(move |event: web_sys::CloseEvent| {
        let _ = tell.unbounded_send(SocketEvent::Closed {
            at: clock::now_ms(),
            code: event.code(),
            clean: event.was_clean(),
        });
    })
}

/// Chromium tells of a socket that the page's policy blocks by an error alone, without a close
/// (docs/browsers.md section 5): code 0 stands for it.
fn on_error(socket: web_sys::WebSocket, tell: Tell) -> Closure<dyn FnMut()> {
    let timer = RefCell::new(None);
    Closure::new(move || {
        let (socket, tell) = (socket.clone(), tell.clone());
        let look = move || {
            if socket.ready_state() == web_sys::WebSocket::CLOSED {
                let _ = tell.unbounded_send(SocketEvent::Closed {
                    at: clock::now_ms(),
                    code: 0,
                    clean: false,
                });
            }
        };
        timer.replace(Some(Timeout::new(CLOSE_AFTER_ERROR_MS, look)));
    })
}

/// A close that comes at all comes this soon after its error, in milliseconds.
const CLOSE_AFTER_ERROR_MS: u32 = 250;
