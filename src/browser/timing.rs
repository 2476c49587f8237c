//! Resource Timing and Navigation Timing: phases of connections as the browser itself timed them.

use std::cell::RefCell;

use reachcheck_model::observation::Phases;
use wasm_bindgen::JsCast as _;

use super::clock;

/// Room for the entries of a run: its requests, and the null probes beside them. Browsers have 250 unless told.
const ENTRIES: u32 = 2_000;

/// Forgets the timings of earlier runs, so that the browser has room for new ones.
pub fn clear() {
    if let Some(performance) = super::window().performance() {
        performance.clear_resource_timings();
        performance.set_resource_timing_buffer_size(ENTRIES);
    }
}

/// The phases of the page's own document.
pub fn of_page() -> Option<Phases> {
    let entries = super::window()
        .performance()?
        .get_entries_by_type("navigation");
    phases(entries.get(0).dyn_ref()?)
}

/// The phases of the first request to an address; they are shown where its answer allows it.
pub fn of_request(url: &str) -> Option<Phases> {
    let entries = super::window().performance()?.get_entries_by_name(url);
    phases(entries.get(0).dyn_ref()?)
}

/// Waits until requests to an address have come to their end, with the answer's body: then, and not before, each has an
/// entry (W3C Resource Timing section 4.5).
pub async fn ended(url: &str, count: u32) {
    while entries_of(url) < count {
        clock::sleep_ms(ENDED_POLL_MS).await;
    }
}

/// How often to look.
const ENDED_POLL_MS: f64 = 50.0;

fn entries_of(url: &str) -> u32 {
    let performance = super::window().performance();
    performance.map_or(u32::MAX, |it| it.get_entries_by_name(url).length())
}

thread_local! {
    /// How the connection to each host was made that this page's runs use, by base address.
    static MADE: RefCell<Vec<(String, Phases)>> = const { RefCell::new(Vec::new()) };
}

/// How the connection was made that a request went over, if that was before the request; else the request's own
/// phases are kept for those that come after it.
pub fn making_of(base: &str, request: Option<&Phases>) -> Option<Phases> {
    MADE.with_borrow_mut(|made| match request {
        Some(phases) if phases.shows_connecting() => {
            made.retain(|(other, _)| other != base);
            made.push((base.to_owned(), phases.clone()));
            None
        }
        Some(_) => {
            let phases = made.iter().find(|(other, _)| other == base);
            phases.map(|(_, phases)| phases.clone())
        }
        None => None,
    })
}

/// `None` where the browser hides them: then all are zero.
fn phases(entry: &web_sys::PerformanceResourceTiming) -> Option<Phases> {
    let zero = entry.fetch_start();
    let after = |at: f64| (at - zero).max(0.0);
    if entry.response_start() <= 0.0 {
        return None;
    }
    let secure = entry.secure_connection_start();
    Some(Phases {
        lookup_start: after(entry.domain_lookup_start()),
        lookup_end: after(entry.domain_lookup_end()),
        connect_start: after(entry.connect_start()),
        secure_start: (secure > 0.0).then(|| after(secure)),
        connect_end: after(entry.connect_end()),
        request_start: after(entry.request_start()),
        response_start: after(entry.response_start()),
        response_end: after(entry.response_end()),
        protocol: entry.next_hop_protocol(),
    })
}
