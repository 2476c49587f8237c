//! Challenge of a relay, and every other question to it by HTTPS.

use futures::future::join_all;
use reachcheck_model::observation::{Answer, Failure, Outcome};
use reachcheck_model::plan::Plan;
use reachcheck_model::probe::Probe;
use reachcheck_wire::{self as wire, Challenge};

use crate::browser::fetch::{self, Text};
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
    let proof = |text: &str| {
        let challenge: Challenge = wire::decode(text).ok()?;
        (challenge.nonce == nonce).then(|| Answer::Challenge(Box::new(challenge)))
    };
    let outcome = ask(&url, deadline_ms, &proof).await;
    (outcome, url)
}

/// The address of a relay's WebSocket.
pub fn socket_url(base: &str) -> String {
    format!("{}{}", base.replacen("http", "ws", 1), wire::SOCKET_PATH)
}

/// What becomes an answer's text; nothing, if it is not what was asked for.
pub type AnswerReader<'run> = &'run dyn Fn(&str) -> Option<Answer>;

/// A question by HTTPS. What `answer` makes nothing of is a wrong answer.
pub async fn ask(url: &str, deadline_ms: u32, answer: AnswerReader<'_>) -> Outcome {
    let started = clock::now_ms();
    let text = fetch::text(url, deadline_ms).await;
    let ms = clock::now_ms() - started;
    let failure = match text {
        Text::Read(text) => match answer(&text) {
            Some(answer) => return Outcome::Answered { ms, answer },
            None => Failure::WrongAnswer,
        },
        Text::Refused => Failure::WrongAnswer,
        Text::Failed => Failure::Network { tls_finished: None },
        Text::TimedOut => {
            return Outcome::TimedOut {
                ms: deadline_ms.into(),
            };
        }
    };
    Outcome::Failed { ms, failure }
}
