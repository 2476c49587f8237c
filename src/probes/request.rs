//! Requests of a run: `fetch` of an endpoint, of the page itself and of a fresh name, an image, and what the
//! browser timed of them.

use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::observation::{Answer, Failure, Outcome, Timing};
use reachcheck_model::probe::AddressSpace;

use super::Ended;
use super::challenge::challenge_url;
use crate::browser::fetch::{self, Attempt, FetchEnd};
use crate::browser::{clock, environment, image, random, timing as browser_timing};

/// An address whose answer nobody may read. In Firefox a failure tells whether TLS had finished.
pub async fn opaque(url: &str, family: BrowserFamily) -> Outcome {
    let mut attempt = Attempt::opaque(url);
    let ended = attempt.ended().await;
    let tls_finished = match (&ended, family) {
        (FetchEnd::Rejected { .. }, BrowserFamily::Firefox) => {
            fetch::tls_finished(url, attempt.started()).await
        }
        _ => None,
    };
    outcome(ended, tls_finished)
}

/// An address whose answer nobody may read, and that must lie in this space.
pub async fn in_space(url: &str, space: AddressSpace) -> Outcome {
    outcome(Attempt::in_space(url, space).ended().await, None)
}

/// The page's own origin. Its answer can be read, so it cannot be mistaken. And its clock, where it says it.
pub async fn page() -> Ended {
    let (ended, date) = fetch::own(&environment::page_url()).await;
    let clock = match (&ended, date) {
        (FetchEnd::Responded { ms, .. }, Some(remote_unix_ms)) => Some(Outcome::Answered {
            ms: *ms,
            answer: Answer::Clock {
                local_unix_ms: clock::moment().unix_ms,
                remote_unix_ms,
            },
        }),
        _ => None,
    };
    (outcome(ended, None), clock)
}

/// `https://<random>.<domain>/`: a name that nobody has asked for before, so that nobody keeps an answer.
pub async fn fresh_name(domain: &str) -> Outcome {
    let url = format!("https://{}.{domain}/", random::token());
    outcome(Attempt::opaque(&url).ended().await, None)
}

fn outcome(ended: FetchEnd, tls_finished: Option<bool>) -> Outcome {
    match ended {
        FetchEnd::Responded { ms, status } => Outcome::Answered {
            ms,
            answer: status.map_or(Answer::Opaque, Answer::Readable),
        },
        FetchEnd::Rejected { ms } => Outcome::Failed {
            ms,
            failure: Failure::Network { tls_finished },
        },
    }
}

/// The image that only the real service serves.
pub async fn image(url: &str) -> Outcome {
    let started = clock::now_ms();
    let is_image = image::load(url).await == Some(true);
    let ms = clock::now_ms() - started;
    if is_image {
        let answer = Answer::Opaque;
        return Outcome::Answered { ms, answer };
    }
    let failure = Failure::Network { tls_finished: None };
    Outcome::Failed { ms, failure }
}

/// The end of so many answers of an address, which is waited for without end where it does not come.
pub async fn bodies(url: &str, count: u32) -> Outcome {
    let started = clock::now_ms();
    browser_timing::ended(url, count).await;
    Outcome::Answered {
        ms: clock::now_ms() - started,
        answer: Answer::Passed,
    }
}

/// What the browser timed of the page's own document, and of a challenge, given by the relay's base address and the
/// nonce.
pub fn timing(challenge: Option<(String, String)>, warm_ms: Option<f64>) -> Outcome {
    let (relay, earlier) = challenge.map_or((None, None), |(base, nonce)| {
        let relay = browser_timing::of_request(&challenge_url(&base, &nonce));
        let earlier = browser_timing::making_of(&base, relay.as_ref());
        (relay, earlier)
    });
    Outcome::Answered {
        ms: 0.0,
        answer: Answer::Timing(Box::new(Timing {
            page: browser_timing::of_page(),
            relay,
            earlier,
            warm_ms,
        })),
    }
}
