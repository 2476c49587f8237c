//! What checks and findings rest on, as numbers.

use super::bytes::{ByteReader, ByteWriter};
use super::numbered::{numbered, optional, whole};
use reachcheck_diagnosis::analysis::{
    CheckOutcome, Computer, Detail, Expectation, GaveUp, Inspection, Intermediary, Internet, Layer,
    OutsideFailure, OutsideView, Proof, WhyNot,
};
use reachcheck_diagnosis::diagnosis::{CheckName, Verdict};
use reachcheck_diagnosis::findings::{self, Cause, Code};
use reachcheck_model::operating_system::OperatingSystem;
use reachcheck_wire::{CertificateFault, Rejection};

/// Milliseconds as texts show them: whole ones, and "less than one".
pub mod ms {
    use super::{ByteReader, ByteWriter};

    pub fn put(writer: &mut ByteWriter, value: &f64) {
        // Texts round half to even; below 0.95 they say "<1". `as` saturates.
        let whole = if *value < 0.95 {
            0.0
        } else {
            value.round_ties_even()
        };
        writer.number((whole as u64).min(u64::MAX >> 12));
    }

    pub fn take(reader: &mut ByteReader<'_>) -> Option<f64> {
        Some(reader.number()? as f64)
    }
}

/// Seconds or milliseconds, in tenths.
pub mod tenths {
    use super::{ByteReader, ByteWriter};

    pub fn put(writer: &mut ByteWriter, value: &f64) {
        writer.number(((value * 10.0).round_ties_even() as u64).min(u64::MAX >> 12));
    }

    pub fn take(reader: &mut ByteReader<'_>) -> Option<f64> {
        Some(reader.number()? as f64 / 10.0)
    }
}

/// Seconds of either sign.
pub mod seconds {
    use super::{ByteReader, ByteWriter};

    pub fn put(writer: &mut ByteWriter, value: &f64) {
        writer.signed((value.round_ties_even() as i64).clamp(-(1 << 50), 1 << 50));
    }

    pub fn take(reader: &mut ByteReader<'_>) -> Option<f64> {
        Some(reader.signed()? as f64)
    }
}

/// Yes or no.
pub mod flag {
    use super::{ByteReader, ByteWriter};

    pub fn put(writer: &mut ByteWriter, value: &bool) {
        writer.byte((*value).into());
    }

    pub fn take(reader: &mut ByteReader<'_>) -> Option<bool> {
        match reader.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

/// A text of one line.
pub mod words {
    use super::{ByteReader, ByteWriter};

    pub fn put(writer: &mut ByteWriter, value: &str) {
        writer.text(value);
    }

    pub fn take(reader: &mut ByteReader<'_>) -> Option<String> {
        reader.text()
    }
}

/// A few texts.
pub mod list {
    use super::{ByteReader, ByteWriter};

    /// More headers no proxy adds.
    const MAX: usize = 8;

    pub fn put(writer: &mut ByteWriter, value: &[String]) {
        let value = &value[..value.len().min(MAX)];
        writer.number(value.len() as u64);
        value.iter().for_each(|text| writer.text(text));
    }

    pub fn take(reader: &mut ByteReader<'_>) -> Option<Vec<String>> {
        let length = reader.at_most(MAX as u64)?;
        (0..length).map(|_| reader.text()).collect()
    }
}

/// What is known of the computer.
pub mod computer {
    use super::{ByteReader, ByteWriter, Computer, OperatingSystem, flag, ms, tenths_if_known};

    pub fn put(writer: &mut ByteWriter, value: &Computer) {
        let place = OperatingSystem::ALL
            .iter()
            .position(|it| *it == value.system);
        writer.number(place.unwrap_or(0) as u64);
        tenths_if_known::put(writer, &value.clock_grain_ms);
        tenths_if_known::put(writer, &value.own_delay_ms);
        ms::put(writer, &value.stalled_ms);
        flag::put(writer, &value.network_changed);
    }

    pub fn take(reader: &mut ByteReader<'_>) -> Option<Computer> {
        let place = usize::try_from(reader.number()?).ok()?;
        let Some(system) = OperatingSystem::ALL.get(place) else {
            reader.is_newer = true;
            return None;
        };
        Some(Computer {
            system: *system,
            clock_grain_ms: tenths_if_known::take(reader)?,
            own_delay_ms: tenths_if_known::take(reader)?,
            stalled_ms: ms::take(reader)?,
            network_changed: flag::take(reader)?,
        })
    }
}

whole!(small: u16);
whole!(number: u32);
whole!(count: usize);
optional!(computer_if_known: computer, Computer);
optional!(ms_if_known: ms, f64);
optional!(tenths_if_known: tenths, f64);
optional!(gave_up_if_known: gave_up, GaveUp);
optional!(why_not_if_known: why_not, WhyNot);

numbered!(verdict: Verdict {
    0 => Offline,
    1 => Blocked,
    2 => Down,
    3 => Unknown,
    4 => Degraded,
    5 => Reachable,
});

numbered!(outcome: CheckOutcome {
    0 => Ok,
    1 => Failed,
    2 => Unknown,
    3 => NotRun,
});

numbered!(proof: Proof {
    0 => Confirmed,
    1 => Inferred,
    2 => None,
});

numbered!(layer: Layer {
    0 => Name,
    1 => Connect,
    2 => Tls,
    3 => Http,
    4 => Content,
});

numbered!(check_name: CheckName {
    0 => Https,
    1 => Tcp,
    2 => Internet,
    3 => Socket,
    4 => Events,
    5 => Port80,
    6 => Port5222,
    7 => Hold,
});

numbered!(internet: Internet {
    0 => Pending,
    1 => OriginAnswered,
    2 => RelayAnswered,
    3 => ControlAnswered,
    4 => EndpointAnswered,
    5 => NothingAnswered,
});

numbered!(why_not: WhyNot {
    0 => NoRelay,
    1 => RelayUnreachable,
    2 => RelayRefused,
    3 => RelayInside,
    4 => RelayLostItsWay,
    5 => NoWord,
});

numbered!(gave_up: GaveUp {
    0 => Lookup,
    1 => Handshake,
    2 => Later,
    3 => Connection,
});

numbered!(way: Intermediary {
    0 => Direct,
    1 => Proxy,
    2 => EndsNearby,
    3 => Unknown,
});

numbered!(inspection: Inspection {
    0 => NameThatCannotExist,
    1 => Handshake,
    2 => Headers(names: list),
});

numbered!(certificate_fault: CertificateFault {
    0 => Expired,
    1 => NotYetValid,
    2 => WrongName,
    3 => Untrusted,
    4 => Other,
});

numbered!(rejection: Rejection {
    0 => Alert,
    1 => NotTls,
    2 => Closed,
    3 => Reset,
});

numbered!(outside_failure: OutsideFailure {
    0 => Refused,
    1 => NoAnswer,
    2 => NoRoute,
    3 => NotResolved,
    4 => NoTls,
    5 => Certificate(fault: certificate_fault),
    6 => NoHttp,
});

numbered!(expectation: Expectation {
    0 => Http(status: small),
    1 => NotHttp,
    2 => ClosedAfterTls,
    3 => SilentAfterTls,
    4 => CertificateRefused,
    5 => NoTls(how: rejection),
    6 => Greets,
    7 => SilentInTls,
});

numbered!(outside: OutsideView {
    0 => Pending,
    1 => NotRun,
    2 => Failed(how: outside_failure),
    3 => Reached { expect: expectation, connect_ms: ms },
});

numbered!(detail: Detail {
    0 => Pending,
    1 => NotTried,
    2 => Answered { ms: ms },
    3 => AnsweredSometimes { answered: count, failed: count },
    4 => Connected,
    5 => AsFromOutside,
    6 => TooFast { ms: ms, floor_ms: ms },
    7 => AnswersUnlikeOutside,
    8 => NoAnswer,
    9 => NotResolved { ms: ms },
    10 => RefusedNearby { ms: ms },
    11 => RefusedFar { ms: ms },
    12 => TlsFailed { ms: ms },
    13 => Cut { ms: ms },
    14 => ClosedAfterTls { ms: ms },
    15 => Failed { ms: ms },
    16 => NeedsOutside(why: why_not_if_known),
    17 => SilentHereAndOutside,
    18 => Ambiguous,
    19 => Internet(what: internet),
    20 => NoRelay(why: why_not),
    21 => RelayOnThisComputer,
    22 => SocketOpen { ms: ms_if_known },
    23 => SocketFailed,
    24 => Events { expected: number, arrived: number, late_ms_max: ms },
    25 => EventsCut,
    26 => NoSocket,
    27 => NotOffered,
    28 => PortOpen { ms: ms },
    29 => PortRefused { ms: ms },
    30 => PortSilent,
    31 => BehindProxy,
    32 => PortTaken,
    33 => PortCut,
    34 => Held { seconds: number },
    35 => HoldCut { seconds: tenths_if_known },
    36 => StoodStill { ms: ms },
    37 => NetworkChanged,
    38 => Refused { ms: ms },
    39 => PermissionWaits,
});

/// Writes `put` and `take` for the causes of findings: the number of the finding, which its own file has, then its
/// evidence, each field by the `put` and `take` of the module that is named for it.
macro_rules! causes {
    ($($name:ident { $($field:ident: $by:ident),* },)*) => {
        pub mod cause {
            use super::*;

            pub fn put(writer: &mut ByteWriter, cause: &Cause) {
                writer.byte(cause.code().meta().wire);
                match cause {
                    $(Cause::$name(findings::$name { $($field),* }) => {
                        $($by::put(writer, $field);)*
                    })*
                }
            }

            pub fn take(reader: &mut ByteReader<'_>) -> Option<Cause> {
                let Some(code) = Code::of_wire(reader.byte()?) else {
                    reader.is_newer = true;
                    return None;
                };
                Some(match code {
                    $(Code::$name => Cause::$name(findings::$name {
                        $($field: $by::take(reader)?),*
                    }),)*
                })
            }
        }
    };
}

causes! {
    Offline {},
    AnswerNotFromService { ms: ms_if_known, floor_ms: ms_if_known },
    RefusedNearby { ms: ms },
    RefusedFar { ms: ms },
    Refused { ms: ms },
    Dropped { seconds: number, gave_up: gave_up_if_known },
    NotResolved { ms: ms_if_known },
    PrivateAddress { everywhere: flag },
    Plain443Blocked {},
    ProxyLogin {},
    TlsRejected { ms: ms, said_by_browser: flag },
    CutInHandshake { ms: ms },
    ClosedAfterTls { ms: ms },
    NotConnected { ms: ms },
    ServiceDown { outside: outside_failure },
    SocketBlocked {},
    HoldCut { seconds: tenths_if_known, is_round: flag },
    Port80Closed { refused_ms: ms_if_known },
    Port5222Closed { refused_ms: ms_if_known },
    ClockWrong { ahead_s: seconds, witnesses: count },
    ProxyInPath { way: way },
    WaysDiffer {},
    SplitEgress {},
    Ipv6Broken { lost_ms: ms },
    EventsLost { expected: number, arrived: number, late_ms_max: ms_if_known },
    Unsteady { answered: count, failed: count },
    SlowAtFirst { ms: ms },
    Slow { ms: ms, limit_ms: ms },
    Inspected { how: inspection },
    RelayMisconfigured { origin: words },
    RelayBusy {},
    RelayUnreachable { relay: words, wrong_answer: flag },
    RelayNotOutside { why: why_not },
    NoRelay {},
    ExtensionInterferes { replaced: list },
    RelayTurnedAway { undecided: flag },
    AnswersThenStalls { seconds: number, has_begun: flag },
    OneOfSeveralServers { answered: count, failed: count, addresses: number },
    Mtu {},
    NetworkChangedInRun {},
    PermissionWaits {},
    RequestsWait { seconds: number },
}
