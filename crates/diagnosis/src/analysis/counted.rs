//! What of the relay's view counts. The relay's TLS is not a browser's, some services let it not in, and it sees one way:
//! where that may be why it failed, nobody outside looked.

use super::attempt_pattern::AttemptPattern;
use super::outside::{self, OutsideFailure, OutsideView};
use super::taken::{Connection, Sign};
use super::{Facts, tls_failed};
use reachcheck_model::catalogue::EndpointRef;

impl Facts<'_> {
    /// The view from outside of an endpoint, as far as what is known from here leaves it.
    pub(super) fn outside_view(
        &self,
        endpoint: EndpointRef,
        pattern: &AttemptPattern,
        connection: Connection,
    ) -> OutsideView {
        let view = self.first_view(endpoint);
        let view = match self.turned_away {
            Some(turned_away) => turned_away.what_is_left(view),
            None => view,
        };
        let view = match view {
            OutsideView::Failed(failure)
                if self.is_the_relays_own(endpoint, failure, pattern, connection) =>
            {
                OutsideView::NotRun
            }
            view => view,
        };
        self.or_another(endpoint, view)
    }

    /// Whether the relay may have failed for a reason of its own.
    fn is_the_relays_own(
        &self,
        endpoint: EndpointRef,
        failure: OutsideFailure,
        pattern: &AttemptPattern,
        connection: Connection,
    ) -> bool {
        // What the relay did not even connect to was connected to from here: its failure says nothing.
        let is_taken_here = !failure.is_connected() && matches!(connection, Connection::Taken(_));
        // Ciphers and extensions that a browser offers and the relay does not end a handshake, too.
        let is_of_its_tls = failure == OutsideFailure::NoTls
            && self.ended_before_certificate(endpoint)
            && !matches!(pattern, AttemptPattern::Answered(_))
            && !self.came_as_far(endpoint, pattern, connection);
        is_taken_here || is_of_its_tls
    }

    /// Whether the relay's dial of an endpoint was connected and saw no certificate.
    fn ended_before_certificate(&self, endpoint: EndpointRef) -> bool {
        let report = self.dialler.report(endpoint, self.observations);
        report.is_some_and(outside::shows_no_certificate)
    }

    /// Whether this browser, too, was connected and saw no good TLS, by a sign that is no time.
    fn came_as_far(
        &self,
        endpoint: EndpointRef,
        pattern: &AttemptPattern,
        connection: Connection,
    ) -> bool {
        let is_taken = matches!(connection, Connection::Taken(taken) if taken.sign != Sign::Ratio);
        let is_connected =
            is_taken || self.tcp_proven(endpoint) || tls_failed(endpoint, self.observations);
        is_connected && !matches!(pattern, AttemptPattern::TlsFinished { .. })
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{
        SEATTLE_UNKNOWN, Scenario, after_tls, closed, controls, failed, failed_after_tls, healthy,
        not_needed, rejects_tls, speaks_http, unreached, waits,
    };
    use reachcheck_model::probe::Probe;
    use reachcheck_wire::{
        AnsweredHello, CertificateFault, Connect, DialReport, Dialogue, Rejection, Tls,
    };

    const AT: &str = "seattle/https";
    const DOWN: &str = "down: reachable reachable down reachable";

    fn hello(report: DialReport, hello: Option<AnsweredHello>) -> DialReport {
        DialReport { hello, ..report }
    }

    /// Every way in which a handshake ends without a certificate.
    fn ended() -> [DialReport; 5] {
        [
            rejects_tls(AT, Rejection::Alert),
            rejects_tls(AT, Rejection::NotTls),
            rejects_tls(AT, Rejection::Closed),
            rejects_tls(AT, Rejection::Reset),
            waits(AT),
        ]
    }

    fn socket_closes(run: Scenario, trips: f64, code: u16) -> Scenario {
        let ms = trips * crate::testing::R;
        let fetches = [failed(ms), failed(ms), failed(ms), not_needed()];
        run.endpoint(AT, fetches, closed(ms, code))
    }

    #[test]
    fn a_handshake_of_the_relay_that_ends_without_a_certificate_calls_nothing_down() {
        for report in ended() {
            for answered in [None, Some(AnsweredHello::Neither)] {
                let report = hello(report.clone(), answered);
                let run = healthy().fails_after(AT, 4.0).outside(AT, report);
                assert_eq!(run.summary()[0], SEATTLE_UNKNOWN);
                assert_eq!(run.check(AT), "failed inferred");
            }
        }
    }

    #[test]
    fn it_counts_where_this_browser_was_connected_too_by_a_sign() {
        for report in ended() {
            let report = hello(report, Some(AnsweredHello::Neither));
            let turn = healthy().fails_after(AT, 4.0).tcp_stands(AT);
            assert_eq!(turn.outside(AT, report.clone()).summary()[0], DOWN);
            // Silent here, too: WebRTC alone shows that it is connected.
            let silent = healthy().silent(AT).tcp_stands(AT);
            assert_eq!(silent.outside(AT, report.clone()).summary()[0], DOWN);
            let failed_tls = socket_closes(healthy().firefox(), 2.0, 1015);
            assert_eq!(failed_tls.outside(AT, report.clone()).summary()[0], DOWN);
            let no_sign = socket_closes(healthy().firefox(), 2.0, 1006);
            assert_eq!(no_sign.outside(AT, report).summary()[0], SEATTLE_UNKNOWN);
        }
    }

    #[test]
    fn it_counts_where_a_certificate_was_seen() {
        // A certificate of the client's is asked for, and missed.
        let alert = rejects_tls(AT, Rejection::Alert);
        let seen = hello(alert, Some(AnsweredHello::BrowserSized));
        let run = healthy().fails_after(AT, 3.0).outside(AT, seen);
        assert_eq!(run.summary()[0], DOWN);
    }

    #[test]
    fn a_browser_that_finished_tls_came_further() {
        let reset = hello(
            rejects_tls(AT, Rejection::Alert),
            Some(AnsweredHello::Neither),
        );
        let ms = 3.0 * crate::testing::R;
        let fetches = [(); 4].map(|()| failed_after_tls(10.0 * ms));
        let run = healthy().firefox().endpoint(AT, fetches, closed(ms, 1006));
        assert_eq!(run.outside(AT, reset).summary()[0], SEATTLE_UNKNOWN);
    }

    #[test]
    fn a_chain_that_came_without_the_issuers_certificate_calls_nothing_down() {
        let run = |id, lacks| {
            let closed = Dialogue::Closed { ms: 2.0 };
            let mut report = after_tls(id, Some(CertificateFault::Untrusted), closed);
            if let Some(Tls::Finished { certificate, .. }) = &mut report.tls {
                certificate.lacks_issuer = lacks;
            }
            healthy().outside(id, report)
        };
        let down = |lacks| run(AT, lacks).fails_after(AT, 2.0).tcp_stands(AT);
        assert_eq!(down(false).summary()[0], DOWN);
        assert_eq!(down(true).summary()[0], SEATTLE_UNKNOWN);
        // A TCP endpoint that answers here although the relay does not trust it.
        let tcp = "seattle/tcp";
        assert_eq!(run(tcp, false).check(tcp), "unknown none");
        assert_eq!(run(tcp, true).check(tcp), "ok confirmed");
    }

    #[test]
    fn a_service_that_turns_the_relay_away_explains_it() {
        let reset = |id| {
            hello(
                rejects_tls(id, Rejection::Reset),
                Some(AnsweredHello::Neither),
            )
        };
        let connected = healthy().fails_after(AT, 4.0).tcp_stands(AT);
        let run = connected
            .outside(AT, reset(AT))
            .outside("toronto/https", reset("toronto/https"));
        let lines = run.summary();
        assert_eq!(lines[0], SEATTLE_UNKNOWN);
        assert_eq!(
            lines.last().map(String::as_str),
            Some("relay-turned-away / network - inferred")
        );
    }

    const BLOCKED: &str = "blocked: reachable reachable blocked reachable";

    /// The endpoint is refused at the far end, for this browser and for the first of two relays.
    fn down_by_one() -> Scenario {
        let refused = unreached(AT, Connect::Refused { ms: 2.0 });
        let run = healthy().fails_after(AT, 1.0).outside(AT, refused.clone());
        assert_eq!(run.summary()[0], DOWN);
        run.another_relay()
    }

    #[test]
    fn of_two_relays_the_one_that_gets_through_wins() {
        let refused = unreached(AT, Connect::Refused { ms: 2.0 });
        let down = down_by_one();
        assert_eq!(down.clone().outside_next(AT, refused).summary()[0], DOWN);
        let through = down.outside_next(AT, speaks_http(AT));
        assert_eq!(through.summary()[0], BLOCKED);
        // What the next relay reaches does not count where its own controls do not answer it.
        let lost = through.set(Probe::NextControls, controls(0));
        assert_eq!(lost.summary()[0], DOWN);
        // The next one is no more down for failing where the first got through.
        let first = healthy().another_relay().fails_after(AT, 1.0);
        let refused = unreached(AT, Connect::Refused { ms: 2.0 });
        assert_eq!(first.outside_next(AT, refused).summary()[0], BLOCKED);
    }

    #[test]
    fn the_next_relay_is_the_view_from_outside_where_the_first_is_none() {
        let lost = healthy()
            .another_relay()
            .set(Probe::RelayControls, controls(0))
            .fails_after(AT, 1.0);
        assert_eq!(lost.summary()[0], SEATTLE_UNKNOWN);
        let mut run = lost;
        for id in ["toronto", "virginia", "seattle", "virginia-seattle"] {
            for kind in ["https", "tcp"] {
                let id = format!("{id}/{kind}");
                run = run.outside_next(&id, speaks_http(&id));
            }
        }
        let lines = run.summary();
        assert_eq!(lines[0], BLOCKED);
        let named = lines
            .iter()
            .any(|line| line.starts_with("relay-not-outside"));
        assert!(named, "{lines:?}");
        let refused = unreached(AT, Connect::Refused { ms: 2.0 });
        assert_eq!(run.outside_next(AT, refused).summary()[0], DOWN);
    }

    #[test]
    fn a_service_that_turns_the_first_relay_away_is_seen_by_the_next() {
        let refused = |id| unreached(id, Connect::Refused { ms: 2.0 });
        let run = healthy()
            .another_relay()
            .outside("toronto/https", refused("toronto/https"))
            .fails_after(AT, 1.0)
            .outside(AT, refused(AT));
        assert_eq!(run.summary()[0], SEATTLE_UNKNOWN);
        let lines = run.clone().outside_next(AT, speaks_http(AT)).summary();
        assert_eq!(lines[0], BLOCKED);
        assert!(
            lines
                .iter()
                .any(|line| line.starts_with("relay-turned-away"))
        );
        // Two of a kind are turned away alike: neither calls anything down.
        assert_eq!(
            run.outside_next(AT, refused(AT)).summary()[0],
            SEATTLE_UNKNOWN
        );
    }
}
