//! Null probes: what the browser itself answers, by the process that carries its requests, and nothing leaves it.

use futures::channel::mpsc;
use futures::future::LocalBoxFuture;
use futures::{FutureExt as _, StreamExt as _};
use reachcheck_model::environment::BrowserFamily;

use super::clock;
use super::fetch::{Attempt, FetchEnd};
use super::window_events::Listener;

/// Port 6000 is one of those that the Fetch standard blocks (section "port blocking"). Should a browser not know that, it
/// knows no such name either (RFC 6761 section 6.4).
const TURNED_DOWN: &str = "https://null.invalid:6000/";
/// A database that there is not: what is not there is deleted without a trace.
const NO_DATABASE: &str = "null";

/// Begins a null probe: how long it takes, in milliseconds, or `None` where it ends in another way than it must.
///
/// Firefox turns a blocked port down in the page's own process, while its requests pass another one; that one also keeps
/// the databases. Measured: docs/browsers.md section 9.
pub fn begin(family: BrowserFamily) -> LocalBoxFuture<'static, Option<f64>> {
    match family {
        BrowserFamily::Firefox => no_database().boxed_local(),
        _ => turned_down(Attempt::opaque(TURNED_DOWN)).boxed_local(),
    }
}

async fn turned_down(mut attempt: Attempt) -> Option<f64> {
    match attempt.ended().await {
        FetchEnd::Rejected { ms } => Some(ms),
        FetchEnd::Responded { .. } => None,
    }
}

/// Deletes what there is not.
fn no_database() -> impl Future<Output = Option<f64>> {
    let begun_at = clock::now_ms();
    let factory = super::window().indexed_db().ok().flatten();
    let request = factory.and_then(|factory| factory.delete_database(NO_DATABASE).ok());
    let (tell, mut told) = mpsc::unbounded();
    let listeners = request.map(|request| {
        ["success", "error"].map(|name| {
            let tell = tell.clone();
            Listener::new(request.clone().into(), name, move |_| {
                let took_ms = clock::now_ms() - begun_at;
                let _ = tell.unbounded_send((name == "success").then_some(took_ms));
            })
        })
    });
    async move {
        let _listeners = listeners?;
        told.next().await.flatten()
    }
}
