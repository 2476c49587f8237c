//! A WebSocket whose events come as a stream, each with its time. Dropping it closes it.

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::StreamExt as _;
use futures_util::future::{Either, select};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

use super::clock;

/// What happened on a socket, and when, in milliseconds of [`clock::now_ms`].
pub enum Happened {
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

/// One WebSocket.
pub struct Socket {
    socket: web_sys::WebSocket,
    happened: UnboundedReceiver<Happened>,
    _open: Closure<dyn FnMut()>,
    _message: Closure<dyn FnMut(web_sys::MessageEvent)>,
    _close: Closure<dyn FnMut(web_sys::CloseEvent)>,
    _error: Closure<dyn FnMut()>,
}

impl Socket {
    /// Begins to connect. `None` where the page's or the browser's own policy forbids the attempt.
    pub fn connect(url: &str) -> Option<Self> {
        let socket = web_sys::WebSocket::new(url).ok()?;
        let (sender, happened) = unbounded();
        let open = on_open(sender.clone());
        let message = on_message(sender.clone());
        let close = on_close(sender.clone());
        let error = on_error(socket.clone(), sender);
        socket.set_onopen(Some(open.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(close.as_ref().unchecked_ref()));
        socket.set_onerror(Some(error.as_ref().unchecked_ref()));
        Some(Self {
            socket,
            happened,
            _open: open,
            _message: message,
            _close: close,
            _error: error,
        })
    }

    /// What happens next; `None` if nothing does within so many milliseconds, or it is closed for good.
    pub async fn next(&mut self, within_ms: f64) -> Option<Happened> {
        let wait = std::pin::pin!(clock::sleep_ms(within_ms));
        match select(self.happened.next(), wait).await {
            Either::Left((happened, _)) => happened,
            Either::Right(_) => None,
        }
    }

    /// Sends a text; lost where the socket is not open, which its events tell.
    pub fn send(&self, text: &str) {
        let _ = self.socket.send_with_str(text);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        self.socket.set_onerror(None);
        let _ = self.socket.close();
    }
}

fn on_open(sender: UnboundedSender<Happened>) -> Closure<dyn FnMut()> {
    Closure::new(move || {
        let _ = sender.unbounded_send(Happened::Open(clock::now_ms()));
    })
}

fn on_message(sender: UnboundedSender<Happened>) -> Closure<dyn FnMut(web_sys::MessageEvent)> {
    Closure::new(move |event: web_sys::MessageEvent| {
        if let Some(text) = event.data().as_string() {
            let _ = sender.unbounded_send(Happened::Text(clock::now_ms(), text));
        }
    })
}

fn on_close(sender: UnboundedSender<Happened>) -> Closure<dyn FnMut(web_sys::CloseEvent)> {
    Closure::new(move |event: web_sys::CloseEvent| {
        let _ = sender.unbounded_send(Happened::Closed {
            at: clock::now_ms(),
            code: event.code(),
            clean: event.was_clean(),
        });
    })
}

/// Chromium tells of a socket that the page's policy blocks by an error alone, without a close
/// (browser.md section 5): code 0 stands for it.
fn on_error(socket: web_sys::WebSocket, sender: UnboundedSender<Happened>) -> Closure<dyn FnMut()> {
    Closure::new(move || {
        let (socket, sender) = (socket.clone(), sender.clone());
        gloo_timers::callback::Timeout::new(250, move || {
            if socket.ready_state() == web_sys::WebSocket::CLOSED {
                let _ = sender.unbounded_send(Happened::Closed {
                    at: clock::now_ms(),
                    code: 0,
                    clean: false,
                });
            }
        })
        .forget();
    })
}
