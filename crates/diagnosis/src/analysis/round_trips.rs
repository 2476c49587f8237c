//! Round trips that a region's answers took. Which it were is told by facts, of the relay and of the engine, and not by
//! the times themselves: an answer on a kept connection takes one, on a new one three.

use reachcheck_model::catalogue::EndpointRef;
use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::observation::{Answer, Observations, Outcome};
use reachcheck_model::probe::Probe;
use reachcheck_model::thresholds as limits;
use reachcheck_wire::{Alpn, Dialogue, Tls};

use super::attempt_pattern::warm_answers_ms;

/// Chromium begins a second connection where the first one does not stand after so many milliseconds, and a later
/// request finds it open: an answer that took three round trips of such a path says nothing (docs/browsers.md section 3).
const BACKUP_AFTER_MS: f64 = 250.0;
/// Answers that took as many round trips differ by no more than this factor; one and three do by three.
const ALIKE_TIMES: f64 = 1.5;

/// How many round trips each warm answer of an endpoint certainly took; one where nothing is known.
///
/// Chromium closes a connection over HTTP/1.1 whose answer's body nobody read, as the page reads none: in 150 recorded
/// cells of the cover each answer took three round trips. Firefox keeps it.
pub(super) fn of_warm_answers(
    endpoint: EndpointRef,
    observations: &Observations,
    family: BrowserFamily,
) -> f64 {
    if family != BrowserFamily::Chromium {
        return 1.0;
    }
    let Some(trips) = on_new_connections(endpoint, observations) else {
        return 1.0;
    };
    let warm_ms = warm_answers_ms(endpoint, observations);
    let (Some(&fastest_ms), Some(&slowest_ms)) = (warm_ms.first(), warm_ms.last()) else {
        return 1.0;
    };
    let cold = observations.get(Probe::Fetch(endpoint, 0));
    let was_kept = cold
        .and_then(Outcome::answered_ms)
        .is_none_or(|cold_ms| fastest_ms <= limits::KEPT_SHARE * cold_ms);
    let are_alike = warm_ms.len() >= 2 && slowest_ms <= ALIKE_TIMES * fastest_ms;
    let is_short = fastest_ms < trips * BACKUP_AFTER_MS;
    if are_alike && is_short && !was_kept {
        trips
    } else {
        1.0
    }
}

/// Round trips of an answer of HTTP/1.1 on a new connection; `None` where the endpoint speaks HTTP/2, or answers without
/// a body, or the relay does not say.
fn on_new_connections(endpoint: EndpointRef, observations: &Observations) -> Option<f64> {
    let Outcome::Answered {
        answer: Answer::Dial(report),
        ..
    } = observations.get(Probe::Dial(endpoint))?
    else {
        return None;
    };
    let (
        Some(Tls::Finished {
            alpn: Some(Alpn::Http11 | Alpn::NotChosen),
            ..
        }),
        Some(Dialogue::Http {
            status,
            body: Some(_),
            ..
        }),
    ) = (&report.tls, &report.get)
    else {
        return None;
    };
    // TLS 1.2 as well: the handshake is resumed, or the request goes out with its last flight.
    let is_empty = matches!(status, 204 | 205 | 304);
    (!is_empty).then_some(3.0)
}

#[cfg(test)]
mod tests {
    use reachcheck_model::environment::BrowserFamily;
    use reachcheck_model::observation::{Answer, Observations};
    use reachcheck_model::probe::Probe;
    use reachcheck_wire::{Alpn, Tls};

    use super::of_warm_answers;
    use crate::testing::{answered, healthy, speaks_http_1_1};

    const AT: &str = "seattle/https";

    fn observed(times: [f64; 4], chosen: Option<Alpn>, family: BrowserFamily) -> f64 {
        let endpoint = healthy().find(AT);
        let mut report = speaks_http_1_1(AT);
        if let Some(Tls::Finished { alpn, .. }) = &mut report.tls {
            *alpn = chosen;
        }
        let mut observations = Observations::default();
        observations.insert(
            Probe::Dial(endpoint),
            answered(9.0, Answer::Dial(Box::new(report))),
        );
        for (attempt, ms) in (0..).zip(times) {
            observations.insert(
                Probe::Fetch(endpoint, attempt),
                answered(ms, Answer::Opaque),
            );
        }
        of_warm_answers(endpoint, &observations, family)
    }

    #[test]
    fn chromium_takes_three_where_http_1_1_answers_alike() {
        let (new, chromium) = ([306.0, 280.0, 269.0, 257.0], BrowserFamily::Chromium);
        assert!((observed(new, Some(Alpn::Http11), chromium) - 3.0).abs() < 0.1);
        // It may have kept the connection, or the relay does not know.
        for alpn in [Some(Alpn::H2), None] {
            assert!((observed(new, alpn, chromium) - 1.0).abs() < 0.1);
        }
        assert!((observed(new, Some(Alpn::Http11), BrowserFamily::Firefox) - 1.0).abs() < 0.1);
    }

    #[test]
    fn answers_on_connections_made_in_advance_say_nothing() {
        let of = |times| observed(times, Some(Alpn::Http11), BrowserFamily::Chromium);
        // R = 604 ms: every second one finds a connection.
        assert!((of([1_858.0, 618.0, 1_810.0, 610.0]) - 1.0).abs() < 0.1);
        // One that was lost once.
        assert!((of([537.0, 479.0, 249.0, 88.0]) - 1.0).abs() < 0.1);
        // Kept after all: the first one took three times as long.
        assert!((of([258.0, 86.0, 84.0, 85.0]) - 1.0).abs() < 0.1);
    }
}
