//! What the two sides say to each other.

use serde::{Deserialize, Serialize};

use crate::dial::DialReport;
use crate::shown;

/// The answer to the challenge: proof that it is our relay (the nonce comes back), and what it offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// The nonce of the question, unchanged.
    pub nonce: String,
    /// The relay's version, for the report.
    #[serde(deserialize_with = "shown::text")]
    pub version: String,
    /// Whether pages of the asking origin may use the WebSocket and the dials.
    pub origin_allowed: bool,
    /// Whether the relay would refuse a new session now, for load.
    pub busy: bool,
    /// Whether the relay stands outside by its listeners or its configuration. Necessary, not
    /// sufficient: one of its own controls must answer it too, see [`ControlsReport`].
    pub outside: bool,
    /// The ports on which it answers, with TLS on each.
    pub ports: Vec<u16>,
    /// Whether it answers an unencrypted STUN request on those ports too (see [`crate::STUN_ERROR`]).
    pub plain: bool,
    /// What it saw of the question.
    pub saw: Saw,
}

/// What the relay saw of a request: for the agent's own report, kept nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saw {
    /// The address it came from.
    #[serde(deserialize_with = "shown::address")]
    pub address: String,
    /// Headers that no browser sends and only something on the way adds (`via` and its kin): name in
    /// lower case and value, printable, bounded by [`crate::FORWARDED_MAX`].
    #[serde(deserialize_with = "shown::pairs")]
    pub forwarded: Vec<(String, String)>,
    /// What the TLS handshake looked like; absent where TLS did not end at the relay, or the relay could not
    /// read it.
    pub tls: Option<TlsFacts>,
    /// The relay's clock, in milliseconds since 1970.
    pub unix_ms: u64,
}

/// What the relay saw of a client's TLS handshake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TlsFacts {
    /// Empty. Relays up to 0.1.0 put the ClientHello's JA4 fingerprint here, and pages up to 0.1.0 read no message
    /// without this field, so it is still written; nothing reads it.
    #[serde(default, deserialize_with = "shown::text")]
    pub ja4: String,
    /// Whether a browser such as the request says it is makes such a handshake.
    pub consistency: Consistency,
}

/// A handshake beside the browser that the request names. An unknown one is never called intercepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Consistency {
    /// As this family of browsers does it.
    Consistent,
    /// As no browser of this family does it.
    Inconsistent,
    /// Not enough is known.
    Unknown,
}

/// Question of the page, over the WebSocket.
///
/// Relays up to 0.1.0 refuse a message with a key that they do not know, later ones skip it; no relay takes a question
/// that it does not know. So a new key or question goes only to a relay whose [`Challenge`] announces it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
pub enum ClientMessage {
    /// Send me a pong with this number.
    Ping {
        /// Chosen by the page, echoed by the relay.
        number: u32,
    },
    /// Send me a schedule of events.
    Events {
        /// Which one of the fixed menu.
        schedule: Schedule,
    },
    /// Dial this endpoint from where you are.
    Dial {
        /// `REGION/https` or `REGION/tcp`, as in the catalogue.
        endpoint: String,
    },
    /// Tell me whether your own controls answer you.
    Controls,
    /// Tell me what you saw of this socket's request.
    Saw,
    /// Keep this socket silent, not one byte either way, then say so.
    Hold {
        /// Which one of the fixed menu.
        hold: Hold,
    },
    /// Watch this socket for so long, while one side or both say nothing; then say so.
    Watch {
        /// Who says nothing.
        quiet: Quiet,
        /// For how long, in milliseconds: at most [`WATCH_MAX_MS`].
        ms: u32,
        /// By what name to ask for this socket's end later: a nonce, see [`crate::is_nonce`].
        name: String,
    },
    /// A word on a watched socket; nothing answers it.
    Note,
    /// How did the watched socket of that name end, as you saw it?
    Ended {
        /// The name that it was watched by.
        name: String,
    },
}

/// Longest that a socket can be watched at once: half an hour, the longest idle timer that boxes are commonly shipped
/// with, and a minute for the answer.
pub const WATCH_MAX_MS: u32 = 31 * 60_000;

/// Who says nothing on a watched socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quiet {
    /// Neither side, until the relay says one word at the end.
    Both,
    /// The page: the relay sends events at random gaps.
    Page,
    /// The relay: the page sends a word now and then, and nothing comes back but TCP's own acknowledgements.
    Relay,
}

/// How a watched socket ended, as the relay saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// It is open, as far as the relay knows.
    Open,
    /// The other side closed it in order, with a WebSocket close frame.
    Closed,
    /// TCP was ended (FIN) without one.
    Finished,
    /// TCP was reset.
    Reset,
    /// TCP gave up waiting for an acknowledgement.
    TimedOut,
    /// The relay ended it.
    ByRelay,
    /// No socket of that name is known here (any more).
    NotKnown,
}

/// What the relay says over the WebSocket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "kebab-case")]
pub enum ServerMessage {
    /// The answer to a ping.
    Pong {
        /// The number of the ping.
        number: u32,
    },
    /// One scheduled event.
    Event {
        /// 0, 1, 2 …
        sequence: u32,
        /// When it was due, in milliseconds after the schedule began.
        due_ms: u32,
    },
    /// The result of a dial.
    Dial {
        /// What the relay met.
        report: Box<DialReport>,
    },
    /// The result of the controls.
    Controls {
        /// How many answered.
        report: ControlsReport,
    },
    /// What the relay saw of the socket's request.
    Saw {
        /// The facts.
        report: Saw,
    },
    /// The end of a hold.
    Held {
        /// Which one.
        hold: Hold,
    },
    /// The end of a watch.
    Watched {
        /// How long it was, in milliseconds.
        ms: u32,
        /// How many events were sent during it.
        events: u32,
    },
    /// How a watched socket ended.
    Ended {
        /// Its name.
        name: String,
        /// How.
        how: Ending,
        /// How long ago, in milliseconds, if it has ended.
        ago_ms: Option<u64>,
    },
    /// The last message could not be served.
    Refused {
        /// Why.
        why: Refusal,
        /// The endpoint that was asked for, if it was a dial.
        endpoint: Option<String>,
    },
}

/// Why a message was not served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// No endpoint of that id is in the relay's catalogue.
    UnknownEndpoint,
    /// This session has used up what it may ask.
    Budget,
    /// The relay has as much to do as it may.
    Busy,
}

/// Whether the relay itself can reach the internet, as far as its own controls tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlsReport {
    /// How many of its controls completed a trusted TLS handshake.
    pub answered: u32,
    /// How many it has.
    pub configured: u32,
}

/// The fixed menu of event schedules. A client cannot make the relay send more than these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Schedule {
    /// Ten events within some one and a half seconds, at gaps that no timer of a middlebox or browser shares.
    Short,
}

impl Schedule {
    /// When each event is due, in milliseconds after the schedule begins, ascending.
    #[must_use]
    pub const fn due_ms(self) -> &'static [u32] {
        match self {
            Self::Short => &[0, 70, 190, 230, 410, 640, 730, 990, 1290, 1530],
        }
    }
}

/// The fixed menu of holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hold {
    /// Thirty seconds: the shortest idle timer that firewalls and proxies are commonly shipped with.
    Short,
}

impl Hold {
    /// How long the socket stays silent, in milliseconds.
    #[must_use]
    pub const fn ms(self) -> u32 {
        match self {
            Self::Short => 30_000,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        ClientMessage, Consistency, ControlsReport, Ending, Hold, Quiet, Refusal, Saw, Schedule,
        ServerMessage, TlsFacts,
    };
    use crate::dial::{AddressFamily, Connect, DialReport, Other, Plain};
    use crate::{CLIENT_MESSAGE_MAX, decode, encode, is_nonce};
    use crate::{Dialogue, Rejection, Tls};

    #[test]
    fn the_words_on_the_wire_stay() {
        let golden = [
            (
                ClientMessage::Ping { number: 7 },
                r#"{"ask":"ping","number":7}"#,
            ),
            (
                ClientMessage::Events {
                    schedule: Schedule::Short,
                },
                r#"{"ask":"events","schedule":"short"}"#,
            ),
            (
                ClientMessage::Dial {
                    endpoint: "toronto/tcp".to_owned(),
                },
                r#"{"ask":"dial","endpoint":"toronto/tcp"}"#,
            ),
            (ClientMessage::Controls, r#"{"ask":"controls"}"#),
            (ClientMessage::Saw, r#"{"ask":"saw"}"#),
            (
                ClientMessage::Hold { hold: Hold::Short },
                r#"{"ask":"hold","hold":"short"}"#,
            ),
            (
                ClientMessage::Watch {
                    quiet: Quiet::Both,
                    ms: 60_000,
                    name: "abcdefgh".to_owned(),
                },
                r#"{"ask":"watch","quiet":"both","ms":60000,"name":"abcdefgh"}"#,
            ),
            (ClientMessage::Note, r#"{"ask":"note"}"#),
            (
                ClientMessage::Ended {
                    name: "abcdefgh".to_owned(),
                },
                r#"{"ask":"ended","name":"abcdefgh"}"#,
            ),
        ];
        for (message, text) in golden {
            assert_eq!(encode(&message), text);
            assert_eq!(decode::<ClientMessage>(text), Ok(message));
            assert!(text.len() <= CLIENT_MESSAGE_MAX);
        }
        let event = ServerMessage::Event {
            sequence: 1,
            due_ms: 90,
        };
        assert_eq!(
            encode(&event),
            r#"{"say":"event","sequence":1,"due_ms":90}"#
        );
    }

    #[test]
    fn what_the_relay_says_is_read_and_what_a_newer_one_adds_is_skipped() {
        let saw = Saw {
            address: "192.0.2.7".to_owned(),
            forwarded: vec![("via".to_owned(), "1.1 box".to_owned())],
            tls: None,
            unix_ms: 1_800_000_000_000,
        };
        let closed = DialReport {
            endpoint: "toronto/tcp".to_owned(),
            age_ms: 12,
            connect: Connect::Connected {
                ms: 80.25,
                family: AddressFamily::Ipv4,
            },
            tls: Some(Tls::Rejected {
                ms: 80.5,
                how: Rejection::NotTls,
            }),
            get: None,
            upgrade: Some(Dialogue::Closed { ms: 1.0 }),
            plain: Some(Plain::Greeted { ms: 80.75 }),
            other: Some(Box::new(Other {
                family: AddressFamily::Ipv6,
                connect: Connect::Unreachable { ms: 0.25 },
                tls: None,
            })),
            ..DialReport::default()
        };
        let refused = DialReport {
            connect: Connect::TimedOut { ms: 5000.0 },
            tls: None,
            upgrade: None,
            plain: None,
            other: None,
            ..closed.clone()
        };
        let controls = ControlsReport {
            answered: 2,
            configured: 3,
        };
        for message in [
            ServerMessage::Pong { number: 7 },
            ServerMessage::Event {
                sequence: 3,
                due_ms: 230,
            },
            ServerMessage::Dial {
                report: Box::new(closed),
            },
            ServerMessage::Dial {
                report: Box::new(refused),
            },
            ServerMessage::Controls { report: controls },
            ServerMessage::Saw { report: saw },
            ServerMessage::Held { hold: Hold::Short },
            ServerMessage::Watched {
                ms: 60_000,
                events: 6,
            },
            ServerMessage::Ended {
                name: "abcdefgh".to_owned(),
                how: Ending::Reset,
                ago_ms: None,
            },
            ServerMessage::Refused {
                why: Refusal::Budget,
                endpoint: None,
            },
            ServerMessage::Refused {
                why: Refusal::UnknownEndpoint,
                endpoint: Some("mars/tcp".to_owned()),
            },
        ] {
            let text = encode(&message);
            assert_eq!(decode(&text).as_ref(), Ok(&message));
            // A newer relay may say more.
            let more = text.replacen(',', r#","new":{"a":[1]},"#, 1);
            assert_eq!(decode(&more).as_ref(), Ok(&message), "{more}");
        }
        // A message that the list above lacks does not compile here.
        let _each_is_above = |message: &ServerMessage| match message {
            ServerMessage::Pong { .. }
            | ServerMessage::Event { .. }
            | ServerMessage::Dial { .. }
            | ServerMessage::Controls { .. }
            | ServerMessage::Saw { .. }
            | ServerMessage::Held { .. }
            | ServerMessage::Watched { .. }
            | ServerMessage::Ended { .. }
            | ServerMessage::Refused { .. } => (),
        };
        for bad in [
            r#"{"number":7}"#,
            r#"{"say":"pong"}"#,
            r#"{"say":"song","number":7}"#,
            r#"{"say":"dial","report":{"endpoint":"a","age_ms":1,"connect":{"is":"connected","ms":1}}}"#,
            r#"{"say":"dial","report":{"endpoint":"a","age_ms":1,"connect":{"is":"odd","ms":1}}}"#,
        ] {
            assert!(decode::<ServerMessage>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn facts_of_tls_are_read_without_a_fingerprint_and_written_with_an_empty_one() {
        let facts = TlsFacts {
            ja4: String::new(),
            consistency: Consistency::Inconsistent,
        };
        for text in [
            r#"{"consistency":"inconsistent"}"#,
            r#"{"ja4":"","consistency":"inconsistent"}"#,
        ] {
            assert_eq!(decode(text).as_ref(), Ok(&facts));
        }
        let written = r#"{"ja4":"","consistency":"inconsistent"}"#;
        assert_eq!(encode(&facts), written);
        assert!(decode::<TlsFacts>(r#"{"ja4":""}"#).is_err());
    }

    #[test]
    fn what_a_newer_page_adds_is_skipped_a_host_too() {
        let dial = ClientMessage::Dial {
            endpoint: "a/tcp".to_owned(),
        };
        let more = r#"{"ask":"dial","endpoint":"a/tcp","host":"10.0.0.1"}"#;
        assert_eq!(decode(more), Ok(dial));
        assert_eq!(
            decode(r#"{"ask":"saw","more":[{}]}"#),
            Ok(ClientMessage::Saw)
        );
    }

    #[test]
    fn what_is_no_message_is_refused() {
        for text in [
            r#"{"ask":"dial"}"#,
            r#"{"ask":"shell","endpoint":"a"}"#,
            r#"{"ask":"ping","number":-1}"#,
            "[]",
            "",
        ] {
            assert!(decode::<ClientMessage>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn nonces_are_short_and_plain() {
        assert!(is_nonce("abcdEFGH-_09"));
        for bad in ["", "short", "has space ok", "<script>alert", "é1234567"] {
            assert!(!is_nonce(bad), "{bad}");
        }
        assert!(!is_nonce(&"a".repeat(65)));
    }

    #[test]
    fn schedules_ascend_and_end_soon() {
        let due = Schedule::Short.due_ms();
        assert!(due.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(due.last().is_some_and(|last| *last < 3000));
    }
}
