//! The operator's listener: is it alive, does it take work, what has it counted. Not for the internet.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio_util::task::AbortOnDropHandle;

use crate::metrics::Now;
use crate::state::State;

/// Connections at once. A scraper and two probes have one each; whoever comes when there are as many takes the place of the
/// one that has been there longest, so that silent ones keep nobody from asking.
const CONNECTIONS: usize = 64;
/// A connection has one request, which comes at once, and its answer.
const LIFE: Duration = Duration::from_secs(1);

/// Answers until everybody has to leave.
pub async fn run(listener: TcpListener, state: Arc<State>) {
    let mut open: VecDeque<AbortOnDropHandle<()>> = VecDeque::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = state.stopping.cancelled() => return,
        };
        let Ok((stream, _)) = accepted else {
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        open.retain(|connection| !connection.is_finished());
        while open.len() >= CONNECTIONS {
            open.pop_front();
        }
        let state = state.clone();
        open.push_back(AbortOnDropHandle::new(tokio::spawn(async move {
            let stopping = state.stopping.clone();
            let service = service_fn(move |request: Request<Incoming>| {
                let answer = answer(&state, request.uri().path());
                async move { Ok::<_, Infallible>(answer) }
            });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(LIFE)
                .keep_alive(false)
                .serve_connection(TokioIo::new(stream), service);
            tokio::select! {
                _ = connection => {}
                () = tokio::time::sleep(LIFE) => {}
                () = stopping.cancelled() => {}
            }
        })));
    }
}

fn answer(state: &State, path: &str) -> Response<Full<Bytes>> {
    let (status, text) = match path {
        "/healthz" => (StatusCode::OK, "alive\n".to_owned()),
        "/readyz" => match state.why_not_ready() {
            None => (StatusCode::OK, "ready\n".to_owned()),
            Some(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n")),
        },
        "/metrics" => {
            let now = Now {
                connections: state.connections.now(),
                sockets: state.sockets.now(),
                holds: state.holds.now(),
                is_ready: state.is_ready(),
            };
            (StatusCode::OK, state.metrics.text(&now))
        }
        _ => (
            StatusCode::NOT_FOUND,
            "there are /healthz, /readyz and /metrics\n".to_owned(),
        ),
    };
    let content_type = if path == "/metrics" && status == StatusCode::OK {
        "application/openmetrics-text; version=1.0.0; charset=utf-8"
    } else {
        "text/plain; charset=utf-8"
    };
    let mut answer = Response::new(Full::new(Bytes::from(text)));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}
