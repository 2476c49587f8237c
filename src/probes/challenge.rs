//! Challenge of a relay, and every other question to it by HTTPS.

use futures::future::join_all;
use reachcheck_model::observation::{Answer, Failure, Outcome};
use reachcheck_model::plan::Plan;
use reachcheck_model::probe::Probe;
use reachcheck_wire::{self as wire, Challenge};
use serde::de::DeserializeOwned;

use crate::browser::fetch::{self, Reply};
use crate::browser::{clock, random};

/// Asks every relay of a plan to prove itself, all at once.
pub async fn challenge_all(plan: &Plan) -> Vec<(Outcome, String)> {
    let deadline_ms = Probe::Challenge(0).deadline_ms();
    let relays = plan.relays.iter();
    join_all(relays.map(|relay| challenge(&relay.base, deadline_ms))).await
}

/// Asks a relay to prove itself: a cached or faked answer cannot hold our nonce. Gives the address asked, too.
pub async fn challenge(base: &str, deadline_ms: u32) -> (Outcome, String) {
    let nonce = random::token();
    let url = format!("{base}{}?nonce={nonce}", wire::CHALLENGE_PATH);
    let proof = |challenge: Challenge| {
        (challenge.nonce == nonce).then(|| Answer::Challenge(Box::new(challenge)))
    };
    let outcome = ask(&url, deadline_ms, proof).await;
    (outcome, url)
}

/// The address of a relay's WebSocket.
pub fn socket_url(base: &str) -> String {
    format!("{}{}", base.replacen("http", "ws", 1), wire::SOCKET_PATH)
}

/// A question by HTTPS. What `answer` makes nothing of is a wrong answer.
pub async fn ask<T: DeserializeOwned>(
    url: &str,
    deadline_ms: u32,
    answer: impl FnOnce(T) -> Option<Answer>,
) -> Outcome {
    let started = clock::now_ms();
    let reply = fetch::json(url, deadline_ms).await;
    let ms = clock::now_ms() - started;
    let failure = match reply {
        Reply::Read(value) => match answer(value) {
            Some(answer) => return Outcome::Answered { ms, answer },
            None => Failure::WrongAnswer,
        },
        Reply::NotAsExpected => Failure::WrongAnswer,
        Reply::Failed => Failure::Network { tls_finished: None },
        Reply::TimedOut => {
            return Outcome::TimedOut {
                ms: deadline_ms.into(),
            };
        }
    };
    Outcome::Failed { ms, failure }
}
