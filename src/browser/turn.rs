//! WebRTC's TURN over TCP: the one way in which a page can open a plain TCP connection (Chromium; docs/browsers.md
//! section 7). What it tells comes as errors, and each is an answer.

use futures::StreamExt as _;
use futures::channel::mpsc::{self, UnboundedReceiver};
use js_sys::{JSON, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};

use super::clock;

/// One error of a candidate, with the address that proves a connection where there is one.
#[derive(Clone, Debug)]
pub struct IceError {
    /// The server's address as it was asked for.
    pub url: String,
    /// Whether a connection to it was established.
    pub connected: bool,
    /// The STUN error code; 701 where nothing was answered.
    pub code: u16,
}

/// A gathering under way. Dropping it ends it.
pub struct Gathering {
    connection: web_sys::RtcPeerConnection,
    told: UnboundedReceiver<IceError>,
    _error: Closure<dyn FnMut(JsValue)>,
}

impl Gathering {
    /// Asks these TURN servers, each `turn:HOST:PORT?transport=tcp` or `turns:…`. `None` where the browser
    /// has no WebRTC, or a policy forbids it.
    pub fn begin(urls: &[String]) -> Option<Self> {
        // Of hosts and ports: nothing in them needs an escape.
        let urls: Vec<String> = urls.iter().map(|url| format!("\"{url}\"")).collect();
        let configuration = format!(
            r#"{{"iceServers":[{{"urls":[{}],"username":"u","credential":"p"}}],"iceTransportPolicy":"relay"}}"#,
            urls.join(",")
        );
        let configuration = JSON::parse(&configuration).ok()?;
        let connection =
            web_sys::RtcPeerConnection::new_with_configuration(configuration.unchecked_ref())
                .ok()?;
        let (tell, told) = mpsc::unbounded();
        let error = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            let get = |key: &str| Reflect::get(&event, &key.into()).ok();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "STUN error codes have three digits"
            )]
            let error = IceError {
                url: get("url")
                    .and_then(|url| url.as_string())
                    .unwrap_or_default(),
                connected: get("address").is_some_and(|address| address.is_string()),
                code: get("errorCode")
                    .and_then(|code| code.as_f64())
                    .unwrap_or_default() as u16,
            };
            let _ = tell.unbounded_send(error);
        });
        connection
            .add_event_listener_with_callback("icecandidateerror", error.as_ref().unchecked_ref())
            .ok()?;
        connection.create_data_channel("");
        // Without an argument the browser makes the offer itself.
        let set = Reflect::get(&connection, &"setLocalDescription".into()).ok()?;
        let set: js_sys::Function = set.dyn_into().ok()?;
        set.call0(&connection).ok()?;
        Some(Self {
            connection,
            told,
            _error: error,
        })
    }

    /// What is told next; `None` if nothing is within so many milliseconds.
    pub async fn next(&mut self, within_ms: f64) -> Option<IceError> {
        clock::timeout(self.told.next(), within_ms).await.flatten()
    }
}

impl Drop for Gathering {
    fn drop(&mut self) {
        self.connection.close();
    }
}
