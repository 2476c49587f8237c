//! Questions to a relay by HTTPS: the challenge, a dial, its controls.

use reachcheck_model::observation::{Answer, Failure, Outcome};
use reachcheck_wire::{self as wire, Challenge};
use serde::de::DeserializeOwned;

use super::Ended;
use crate::browser::fetch::{self, Reply};
use crate::browser::{clock, random};

/// Asks a relay to prove itself: a cached or faked answer cannot hold our nonce.
pub async fn challenge(base: &str) -> Outcome {
    timed(base).await.0
}

/// The same, and our clock beside the relay's, read at once: the two are half a round trip apart.
pub async fn timed(base: &str) -> Ended {
    let nonce = random::token();
    let proof = |challenge: Challenge| {
        (challenge.nonce == nonce).then(|| Answer::Challenge(Box::new(challenge)))
    };
    let outcome = ask(&challenge_url(base, &nonce), proof).await;
    let clock = match &outcome {
        Outcome::Answered {
            answer: Answer::Challenge(challenge),
            ..
        } => Some(clock_of(challenge)),
        _ => None,
    };
    (outcome, clock)
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970")]
fn clock_of(challenge: &Challenge) -> Outcome {
    Outcome::Answered {
        ms: 0.0,
        answer: Answer::Clock {
            local_unix_ms: clock::moment().unix_ms,
            remote_unix_ms: challenge.saw.unix_ms as f64,
        },
    }
}

/// The address of a challenge.
pub fn challenge_url(base: &str, nonce: &str) -> String {
    format!("{base}{}?nonce={nonce}", wire::CHALLENGE_PATH)
}

/// The address of a relay's WebSocket.
pub fn socket_url(base: &str) -> String {
    format!("{}{}", base.replacen("http", "ws", 1), wire::SOCKET_PATH)
}

/// Asks for the relay's dial of the endpoint with that id.
pub async fn dial(base: &str, endpoint: &str) -> Outcome {
    let url = format!("{base}{}?endpoint={endpoint}", wire::DIAL_PATH);
    ask(&url, |report| Some(Answer::Dial(Box::new(report)))).await
}

/// Asks whether the relay's own controls answer it.
pub async fn controls(base: &str) -> Outcome {
    let url = format!("{base}{}", wire::CONTROLS_PATH);
    ask(&url, |report| Some(Answer::Controls(report))).await
}

/// A question by HTTPS. What `answer` makes nothing of is a wrong answer.
async fn ask<T: DeserializeOwned>(url: &str, answer: impl FnOnce(T) -> Option<Answer>) -> Outcome {
    let started = clock::now_ms();
    let reply = fetch::json(url).await;
    let ms = clock::now_ms() - started;
    let failure = match reply {
        Reply::Read(value) => match answer(value) {
            Some(answer) => return Outcome::Answered { ms, answer },
            None => Failure::WrongAnswer,
        },
        Reply::NotAsExpected => Failure::WrongAnswer,
        Reply::Failed => Failure::Network { tls_finished: None },
    };
    Outcome::Failed { ms, failure }
}
