//! Requests to answers. GET only, no bodies, JSON or files; the WebSocket is handed on.

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::{
    ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONNECTION, CONTENT_ENCODING,
    CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderName, HeaderValue, LOCATION, REFERRER_POLICY,
    SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, TRANSFER_ENCODING, UPGRADE,
    USER_AGENT, VARY, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Method, Request, Response, StatusCode};
use reachcheck_wire as wire;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use crate::metrics::Limit;
use crate::origin;
use crate::page::File;
use crate::peer::{Peer, Speaks};
use crate::quota::Quota;
use crate::socket;
use crate::state::State;

type Answer = Response<Full<Bytes>>;

/// Answers one request; never fails. The last one of a connection says so: whoever wants more comes again, and is counted
/// as a new arrival.
pub async fn answer(
    state: Arc<State>,
    peer: Peer,
    mut request: Request<Incoming>,
    is_last: bool,
) -> Result<Answer, Infallible> {
    let is_over = !may_ask(&state, &peer);
    let mut answer = if is_over {
        plain(StatusCode::TOO_MANY_REQUESTS, "too many requests")
    } else if let Some(refusal) = refuse(&request) {
        refusal
    } else {
        route(&state, &peer, &mut request).await
    };
    let headers = answer.headers_mut();
    if (is_last || is_over) && !headers.contains_key(UPGRADE) {
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    Ok(answer)
}

/// Whether this client's address may make one more request now.
fn may_ask(state: &State, peer: &Peer) -> bool {
    let limits = &state.live().settings.limits;
    let share = |address, site| Quota { address, site };
    let may = state.quotas.requests.admits(
        peer.address.ip(),
        Instant::now(),
        share(limits.address_request_burst, limits.site_request_burst),
        share(limits.address_requests, limits.site_requests),
    );
    if !may {
        state.metrics.limited(Limit::Requests);
    }
    may
}

/// What is no request of ours, whatever its path.
fn refuse(request: &Request<Incoming>) -> Option<Answer> {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return Some(plain(StatusCode::METHOD_NOT_ALLOWED, "only GET"));
    }
    let headers = request.headers();
    let has_body = headers.contains_key(TRANSFER_ENCODING)
        || headers
            .get(CONTENT_LENGTH)
            .is_some_and(|length| length != "0");
    if has_body || origin::single(headers, &HOST).is_none() {
        return Some(plain(
            StatusCode::BAD_REQUEST,
            "no bodies, exactly one Host",
        ));
    }
    None
}

async fn route(state: &Arc<State>, peer: &Peer, request: &mut Request<Incoming>) -> Answer {
    let path = request.uri().path().to_owned();
    let is_challenge = path.strip_prefix("/relay/") == Some(wire::CHALLENGE_PATH);
    if peer.speaks == Speaks::PlainBesideTls && !is_challenge {
        return to_tls(request);
    }
    let Some(endpoint) = path.strip_prefix("/relay/") else {
        let live = state.live();
        let Some(page) = live.page.as_ref() else {
            return plain(StatusCode::NOT_FOUND, "not here");
        };
        let mut answer = match (page.get(&path), page.not_found()) {
            (Some(file), _) => serve_file(file, request),
            (None, Some(file)) => {
                let mut answer = serve_file(file, request);
                *answer.status_mut() = StatusCode::NOT_FOUND;
                answer
            }
            (None, None) => plain(StatusCode::NOT_FOUND, "not here"),
        };
        answer.headers_mut().extend(page.headers().iter().cloned());
        return answer;
    };
    #[cfg(feature = "conformance")]
    if endpoint == "v1/echo" {
        return upgrade(state, peer, request);
    }
    if endpoint == wire::CHALLENGE_PATH {
        return challenge(state, peer, request);
    }
    let live = state.live();
    let asking = origin::asking(request.headers(), peer.is_tls());
    if !origin::is_allowed(asking.as_deref(), &live.settings.origins) {
        return plain(
            StatusCode::FORBIDDEN,
            "pages of this origin may not use this relay",
        );
    }
    match endpoint {
        wire::SOCKET_PATH => upgrade(state, peer, request),
        wire::DIAL_PATH | wire::CONTROLS_PATH if peer.is_crowded => {
            plain(StatusCode::SERVICE_UNAVAILABLE, "busy")
        }
        wire::DIAL_PATH => {
            let id = query(request, "endpoint").unwrap_or_default();
            match live.dials.endpoint(&id, &state.metrics).await {
                Some(report) => json(&wire::encode(&report), asking.as_deref()),
                None => plain(StatusCode::NOT_FOUND, "no endpoint of that id"),
            }
        }
        wire::CONTROLS_PATH => {
            let report = live.dials.controls(&state.metrics).await;
            json(&wire::encode(&report), asking.as_deref())
        }
        _ => plain(StatusCode::NOT_FOUND, "not here"),
    }
}

/// Readable from any origin: it must be able to say that an origin is not allowed.
fn challenge(state: &State, peer: &Peer, request: &Request<Incoming>) -> Answer {
    let Some(nonce) = query(request, "nonce").filter(|nonce| wire::is_nonce(nonce)) else {
        return plain(
            StatusCode::BAD_REQUEST,
            "nonce: 8 to 64 letters, digits, - or _",
        );
    };
    let asking = origin::asking(request.headers(), peer.is_tls());
    let settings = &state.live().settings;
    let origin_allowed = origin::is_allowed(asking.as_deref(), &settings.origins);
    let mut saw = saw(peer, request);
    // A site that may not use this relay does not learn its visitors' addresses from it.
    if asking.is_some() && !origin_allowed {
        saw.address.clear();
        saw.forwarded.clear();
        saw.tls = None;
    }
    let answer = wire::Challenge {
        nonce,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        origin_allowed,
        busy: peer.is_crowded || state.is_busy(),
        outside: settings.outside,
        ports: settings.ports.clone(),
        plain: settings.has_tls,
        saw,
    };
    let mut answer = json(&wire::encode(&answer), Some("*"));
    // So that the page may read how its connection to us was made.
    answer.headers_mut().insert(
        HeaderName::from_static("timing-allow-origin"),
        HeaderValue::from_static("*"),
    );
    answer
}

/// The same address by TLS, if the request's host is one that can stand in an address.
fn to_tls(request: &Request<Incoming>) -> Answer {
    let host = origin::single(request.headers(), &HOST).unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    let path = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str());
    let location = reachcheck_model::address::parse_host(name)
        .ok()
        .and_then(|name| HeaderValue::from_str(&format!("https://{name}{path}")).ok());
    let Some(location) = location else {
        return plain(StatusCode::NOT_FOUND, "not here");
    };
    let mut answer = plain(StatusCode::PERMANENT_REDIRECT, "by TLS");
    answer.headers_mut().insert(LOCATION, location);
    answer
}

/// Headers that no browser sends and that proxies and inspecting firewalls add.
const FORWARDED: [&str; 12] = [
    "via",
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-proto",
    "x-forwarded-host",
    "x-real-ip",
    "x-bluecoat-via",
    "x-proxy-id",
    "x-imforwards",
    "x-iwproxy",
    "x-zscaler-transaction-id",
    "proxy-connection",
];

/// Foreign text goes out only as printable ASCII, and not much of it.
fn forwarded(request: &Request<Incoming>) -> Vec<(String, String)> {
    let (count_max, length_max) = wire::FORWARDED_MAX;
    FORWARDED
        .iter()
        .filter_map(|name| Some((*name, request.headers().get(*name)?)))
        .take(count_max)
        .map(|(name, value)| {
            let value = value
                .as_bytes()
                .iter()
                .take(length_max)
                .map(|byte| match byte {
                    b' '..=b'~' => char::from(*byte),
                    _ => '?',
                })
                .collect();
            (name.to_owned(), value)
        })
        .collect()
}

fn saw(peer: &Peer, request: &Request<Incoming>) -> wire::Saw {
    let user_agent = origin::single(request.headers(), &USER_AGENT);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    wire::Saw {
        address: peer.address.ip().to_canonical().to_string(),
        forwarded: forwarded(request),
        tls: peer.hello.as_ref().map(|hello| hello.facts(user_agent)),
        unix_ms: now.map_or(0, |now| u64::try_from(now.as_millis()).unwrap_or(u64::MAX)),
    }
}

/// RFC 6455 section 4.2; extensions and subprotocols are never taken up.
fn upgrade(state: &Arc<State>, peer: &Peer, request: &mut Request<Incoming>) -> Answer {
    let headers = request.headers();
    let has = |name: &HeaderName, token: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| {
                value
                    .split(',')
                    .any(|part| part.trim().eq_ignore_ascii_case(token))
            })
    };
    // Browsers always name their origin when they open a WebSocket.
    let well_formed = has(&UPGRADE, "websocket")
        && has(&CONNECTION, "upgrade")
        && origin::single(headers, &SEC_WEBSOCKET_VERSION) == Some("13")
        && (cfg!(feature = "conformance") || headers.contains_key(hyper::header::ORIGIN));
    let key = origin::single(headers, &SEC_WEBSOCKET_KEY).filter(|key| key.len() == 24);
    let (true, Some(key)) = (well_formed, key) else {
        return plain(StatusCode::BAD_REQUEST, "not a WebSocket handshake");
    };
    let accept = derive_accept_key(key.as_bytes());
    let saw = saw(peer, request);
    #[cfg(feature = "conformance")]
    let is_echo = request.uri().path() == "/relay/v1/echo";
    let upgraded = hyper::upgrade::on(request);
    #[cfg(feature = "conformance")]
    if is_echo {
        state.tasks.spawn(socket::echo(upgraded));
        return switching(&accept);
    }
    state
        .tasks
        .spawn(socket::serve(state.clone(), peer.clone(), saw, upgraded));
    switching(&accept)
}

fn switching(accept: &str) -> Answer {
    let mut answer = Response::new(Full::default());
    *answer.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = answer.headers_mut();
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
    if let Ok(accept) = HeaderValue::from_str(accept) {
        headers.insert(SEC_WEBSOCKET_ACCEPT, accept);
    }
    answer
}

fn serve_file(file: &File, request: &Request<Incoming>) -> Answer {
    let takes_brotli = request
        .headers()
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| {
            value
                .split(',')
                .any(|part| part.trim().split(';').next() == Some("br"))
        });
    let (bytes, encoding) = match &file.brotli {
        Some(brotli) if takes_brotli => (brotli.clone(), Some("br")),
        _ => (file.bytes.clone(), None),
    };
    let mut answer = Response::new(Full::new(bytes));
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.content_type));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    headers.insert(
        CACHE_CONTROL,
        HeaderValue::from_static(if file.immutable {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        }),
    );
    answer
}

/// A parameter of the query, undecoded: everything we take is plain.
fn query(request: &Request<Incoming>, name: &str) -> Option<String> {
    request
        .uri()
        .query()?
        .split('&')
        .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
        .map(|value| value.replace("%2F", "/").replace("%2f", "/"))
}

fn json(text: &str, allow_origin: Option<&str>) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::copy_from_slice(text.as_bytes())));
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = allow_origin.and_then(|origin| HeaderValue::from_str(origin).ok()) {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    answer
}

fn plain(status: StatusCode, text: &'static str) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::from_static(text.as_bytes())));
    *answer.status_mut() = status;
    answer.headers_mut().insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    answer
}
