//! The relay's dials: the report of each place, as `crates/relay` writes it and the lab's recordings have it.

use reachcheck_lab::fault::With;
use reachcheck_model::catalogue::{EndpointRef, Kind as EndpointKind};
use reachcheck_wire::{
    AddressFamily, Certificate, CertificateFault, Connect, DialReport, Dialogue, Plain, Rejection,
    Tls, deadline,
};

use super::NOW_UNIX_MS;
use crate::browser::Browser;
use crate::noise::{Kind, Step};
use crate::reaction::Reaction;
use crate::scene::{Outside, catalogue};

/// The validity of the lab's certificates, in seconds since 1970.
const BEGINS_UNIX: i64 = 157_766_400;
const EXPIRES_UNIX: i64 = 67_090_118_400;

/// The report on the endpoint with this id, and how long the relay takes beyond its usual steps, in milliseconds.
///
/// # Panics
/// If the machine asks for an endpoint that the catalogue does not have.
pub fn dial(browser: &mut Browser<'_>, id: &str) -> (DialReport, f64) {
    let found = catalogue().find(id);
    let endpoint = found.expect("the machine asks for endpoints of its plan");
    let scene = browser.scene;
    let outside = scene.endpoint(endpoint).outside;
    let has_lost_its_way = scene
        .relay
        .as_ref()
        .is_some_and(|relay| relay.has_lost_its_way);
    let mut report = DialReport {
        endpoint: id.to_owned(),
        connect: Connect::NotResolved,
        ..DialReport::default()
    };
    let Outside::Meets(reaction) = outside else {
        report.connect = Connect::Forbidden;
        return (report, 0.0);
    };
    if has_lost_its_way {
        report.connect = Connect::NotTried;
        return (report, deadline::RESOLVE_MS.into());
    }
    let ms = browser.step_ms(Step::Connect);
    report.connect = match reaction {
        Reaction::Refuses(With::Reset) => Connect::Refused { ms },
        Reaction::Refuses(_) | Reaction::NoNetwork => Connect::Unreachable { ms },
        Reaction::Drops => {
            let ms = deadline::CONNECT_MS.into();
            report.connect = Connect::TimedOut { ms };
            return (report, ms);
        }
        Reaction::NoName(_) => Connect::NotResolved,
        _ => Connect::Connected {
            ms,
            family: AddressFamily::Ipv4,
        },
    };
    if !report.is_connected() {
        return (report, 0.0);
    }
    let begins_in_h = scene.endpoint(endpoint).begins_in_h;
    report.tls = Some(browser.tls(reaction, begins_in_h));
    let mut takes_ms = match report.tls {
        Some(Tls::Silent { ms }) => ms,
        _ => 0.0,
    };
    if matches!(report.tls, Some(Tls::Finished { .. })) {
        let get = browser.dialogue(reaction, |http| http.status);
        if let Dialogue::Silent { ms } = get {
            takes_ms = ms;
        }
        if let Reaction::Answers(http) = reaction {
            takes_ms = takes_ms.max(http.wait_ms.min(deadline::ANSWER_MS.into()));
        }
        report.get = Some(get);
        report.upgrade = Some(browser.dialogue(reaction, |http| http.upgrade));
    }
    if endpoint.kind == EndpointKind::Tcp {
        let plain = browser.plain_bytes(reaction);
        if !matches!(plain, Plain::Greeted { .. }) {
            takes_ms = takes_ms.max(deadline::GREETING_MS.into());
        }
        report.plain = Some(plain);
    }
    (report, takes_ms)
}

impl Browser<'_> {
    /// A step of a dial, in milliseconds: the relay stands beside the endpoints.
    fn step_ms(&mut self, step: Step) -> f64 {
        self.draw(Kind::Step(step)).max(0.0)
    }

    fn tls(&mut self, reaction: Reaction, begins_in_h: Option<u32>) -> Tls {
        let ms = self.step_ms(Step::Tls);
        let rejected = |how| Tls::Rejected { ms, how };
        let finished = |fault| Tls::Finished {
            ms,
            version: "TLS 1.3".to_owned(),
            alpn: None,
            certificate: certificate(fault, begins_in_h),
        };
        match reaction {
            Reaction::Alert(_) => rejected(Rejection::Alert),
            Reaction::PlainHttp | Reaction::Greets | Reaction::AnswersAndCloses => {
                rejected(Rejection::NotTls)
            }
            Reaction::ClosesAtHello => rejected(Rejection::Closed),
            Reaction::ResetsAtHello | Reaction::ResetsHelloNearby => rejected(Rejection::Reset),
            Reaction::BadCertificate(fault) => finished(Some(fault)),
            Reaction::Answers(_)
            | Reaction::Unsteady
            | Reaction::ClosesAfterTls
            | Reaction::SilentAfterTls => finished(None),
            Reaction::SilentAtHello
            | Reaction::Refuses(_)
            | Reaction::Drops
            | Reaction::NoName(_)
            | Reaction::NoNetwork => Tls::Silent {
                ms: deadline::TLS_MS.into(),
            },
        }
    }

    fn dialogue(
        &mut self,
        reaction: Reaction,
        status: impl Fn(crate::reaction::Http) -> u16,
    ) -> Dialogue {
        let ms = self.step_ms(Step::Request);
        let silent = Dialogue::Silent {
            ms: deadline::ANSWER_MS.into(),
        };
        match reaction {
            Reaction::Answers(http) if http.wait_ms >= f64::from(deadline::ANSWER_MS) => silent,
            Reaction::Answers(http) => Dialogue::Http {
                ms: ms + http.wait_ms,
                status: status(http),
                keeps_open: true,
                version: None,
                body: None,
                whole: None,
            },
            // The relay looks before it closes.
            Reaction::BadCertificate(_) => Dialogue::Http {
                ms,
                status: 200,
                keeps_open: true,
                version: None,
                body: None,
                whole: None,
            },
            Reaction::Unsteady => Dialogue::Http {
                ms,
                status: 200,
                keeps_open: false,
                version: None,
                body: None,
                whole: None,
            },
            Reaction::SilentAfterTls => silent,
            _ => Dialogue::Closed { ms },
        }
    }

    fn plain_bytes(&mut self, reaction: Reaction) -> Plain {
        let ms = self.step_ms(Step::Plain);
        match reaction {
            Reaction::Greets => Plain::Greeted { ms },
            Reaction::ClosesAtHello | Reaction::ResetsAtHello | Reaction::ResetsHelloNearby => {
                Plain::Closed { ms }
            }
            Reaction::SilentAtHello => Plain::Silent {
                ms: deadline::PLAIN_MS.into(),
            },
            _ => Plain::Answered { ms },
        }
    }
}

fn certificate(fault: Option<CertificateFault>, begins_in_h: Option<u32>) -> Certificate {
    #[expect(clippy::cast_possible_truncation, reason = "seconds since 1970")]
    let now_unix = (NOW_UNIX_MS / 1000.0) as i64;
    let begins = begins_in_h.map(|hours| now_unix + i64::from(hours) * 3600);
    Certificate {
        subject: "Reachcheck Lab hosts".to_owned(),
        issuer: "Reachcheck Lab CA".to_owned(),
        begins_unix: begins.unwrap_or(BEGINS_UNIX),
        expires_unix: EXPIRES_UNIX,
        fault,
        lacks_issuer: false,
    }
}

/// The id by which the relay knows an endpoint.
pub(super) fn is_tcp(id: &str) -> bool {
    let found: Option<EndpointRef> = catalogue().find(id);
    found.is_some_and(|endpoint| endpoint.kind == EndpointKind::Tcp)
}
