//! WebRTC's TURN over TCP: the one way in which a page can open a plain TCP connection (Chromium; docs/browsers.md
//! section 7). What it tells comes as errors, and each is an answer.

use futures::StreamExt as _;
use futures::channel::mpsc::{self, UnboundedReceiver};
use js_sys::{Array, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{RtcConfiguration, RtcIceServer, RtcIceTransportPolicy, RtcPeerConnection};

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
    connection: RtcPeerConnection,
    told: UnboundedReceiver<IceError>,
    _error: Closure<dyn FnMut(JsValue)>,
}

impl Gathering {
    /// Asks these TURN servers, each `turn:HOST:PORT?transport=tcp` or `turns:…`. `None` where the browser
    /// has no WebRTC, or a policy forbids it.
    pub fn begin(urls: &[String]) -> Option<Self> {
        let server = RtcIceServer::new();
        let urls: Array = urls.iter().map(|url| JsValue::from_str(url)).collect();
        server.set_urls(&urls);
        server.set_username("u");
        server.set_credential("p");
        let configuration = RtcConfiguration::new();
        configuration.set_ice_servers(&Array::of1(&server));
        configuration.set_ice_transport_policy(RtcIceTransportPolicy::Relay);
        let connection = RtcPeerConnection::new_with_configuration(&configuration).ok()?;
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

    /// What is told next; `None` once nothing more can be.
    pub async fn next(&mut self) -> Option<IceError> {
        self.told.next().await
    }
}

impl Drop for Gathering {
    fn drop(&mut self) {
        self.connection.close();
    }
}
