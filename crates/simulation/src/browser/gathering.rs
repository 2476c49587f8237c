//! WebRTC's TURN over TCP, as Chromium tells of it (docs/browsers.md section 7).

use reachcheck_lab::fault::With;
use reachcheck_model::machine::Sign;
use reachcheck_wire::STUN_ERROR;

use super::Browser;
use super::hosts::Target;
use crate::noise::Kind;
use crate::reaction::Reaction;

/// The code where nothing was answered.
const NOTHING: u16 = 701;

/// When Chromium gives up a TLS handshake that stalls, and a TURN server that says nothing, in milliseconds.
const TLS_GIVEN_UP_MS: f64 = 30_000.0;
const PLAIN_GIVEN_UP_MS: f64 = 40_000.0;

/// What comes of plain bytes.
enum Plain {
    /// They and their answer pass.
    Passes,
    /// TCP stands; then it is closed, or answers other bytes.
    Connects,
    /// The connection is not made.
    Fails,
    /// TCP stands, and nobody says anything on it that ends it.
    Stands,
    /// Nothing is told before the machine gives up.
    Waits,
}

impl Browser<'_> {
    /// What is told of an endpoint, and after how many milliseconds: of TCP alone, then of TLS.
    pub(crate) fn gather_endpoint(&mut self, target: Target) -> Vec<(f64, Sign)> {
        let told = |tls, connected| Sign::Ice {
            tls,
            connected,
            code: NOTHING,
        };
        let (trips, is_connected) = match self.plain(target) {
            Plain::Passes | Plain::Connects => (2, true),
            Plain::Fails => (1, false),
            Plain::Stands => {
                return vec![
                    (TLS_GIVEN_UP_MS, told(true, false)),
                    (PLAIN_GIVEN_UP_MS, told(false, true)),
                ];
            }
            Plain::Waits => return Vec::new(),
        };
        let trips_ms = self.trips_ms(target.place.is_near, trips);
        let ms = (trips_ms + self.draw(Kind::Turn)).max(1.0);
        vec![
            (ms, told(false, is_connected)),
            (ms + 1.0, told(true, false)),
        ]
    }

    /// What is told of plain bytes to the relay.
    pub(super) fn gather_relay(&mut self, target: Target) -> Vec<(f64, Sign)> {
        let told = |connected, code| Sign::Ice {
            tls: false,
            connected,
            code,
        };
        let (trips, sign) = match self.plain(target) {
            Plain::Passes => (2, told(true, STUN_ERROR)),
            Plain::Connects => (2, told(true, NOTHING)),
            Plain::Fails => (1, told(false, NOTHING)),
            Plain::Stands | Plain::Waits => return Vec::new(),
        };
        let trips_ms = self.trips_ms(target.place.is_near, trips);
        let ms = (trips_ms + self.draw(Kind::Plain)).max(1.0);
        vec![(ms, sign)]
    }

    fn plain(&self, target: Target) -> Plain {
        let stands = match target.place.reaction {
            Reaction::Refuses(with) if self.system.repeats_refused_ms(with).is_none() => {
                return Plain::Waits;
            }
            Reaction::Refuses(_) | Reaction::NoName(_) => return Plain::Fails,
            Reaction::NoNetwork | Reaction::Drops => return Plain::Waits,
            Reaction::SilentAtHello | Reaction::Greets => Plain::Stands,
            Reaction::Answers(_) | Reaction::ResetsHelloNearby => Plain::Passes,
            Reaction::ClosesAtHello
            | Reaction::ResetsAtHello
            | Reaction::AnswersAndCloses
            | Reaction::PlainHttp
            | Reaction::Alert(_)
            | Reaction::BadCertificate(_)
            | Reaction::ClosesAfterTls
            | Reaction::SilentAfterTls
            | Reaction::Unsteady => Plain::Connects,
        };
        match self.scene.plain_443.filter(|_| target.is_https()) {
            Some(With::Silence) => Plain::Waits,
            Some(_) => Plain::Connects,
            None => stands,
        }
    }
}
