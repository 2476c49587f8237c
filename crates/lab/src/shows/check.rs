//! The one function that checks rows, and what they are checked by: plain sockets.

use std::fs::File;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use rustls::CertificateError;
use serde_json::Value;

use super::line::Line;
use super::row::{Action, Answer, Row, Seen, Sees, Turn, When};
use super::site::{NEARBY, PATH, Site};
use crate::authority::Flaw;
use crate::namespaces::Namespace;

/// How often a row is tried whose answer comes too late: the machine may be busy, a way across the path is never short.
const TRIES: usize = 6;

/// Checks rows, all at once.
///
/// # Errors
/// With every row that goes otherwise.
pub fn expect(rows: &[Row], site: &Site<'_>) -> Result<()> {
    let wrong: Vec<String> = thread::scope(|scope| {
        let looks: Vec<_> = rows
            .iter()
            .map(|row| scope.spawn(|| check(row, site)))
            .collect();
        let ends = looks.into_iter().map(|look| {
            look.join()
                .unwrap_or_else(|_| Err(anyhow!("a look broke off")))
        });
        ends.filter_map(Result::err)
            .map(|error| format!("{error:#}"))
            .collect()
    });
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

impl Row {
    /// Meanwhile this must be so.
    pub fn meanwhile(self, row: impl Fn() -> Self + Send + Sync + 'static) -> Self {
        self.does(move |site| expect(&[row()], site))
    }
}

/// Checks one row, on a thread of its own: a thread's namespace is where its sockets are.
fn check(row: &Row, site: &Site<'_>) -> Result<()> {
    if row.from != Namespace::Agent {
        let handle = File::open(row.from.handle())?;
        nix::sched::setns(&handle, nix::sched::CloneFlags::CLONE_NEWNET)?;
    }
    let traces = row.traces.as_ref().map(|traces| traces.watch());
    let watched = traces.transpose()?;
    let mut late = String::new();
    for _ in 0..TRIES {
        match course(row, &mut Line::Shut, site)? {
            None => return watched.map_or(Ok(()), |watched| watched.check()),
            Some(turn) => late = turn,
        }
    }
    bail!("{late}, {TRIES} times");
}

/// Goes through a row once; gives the turn that ended too late, if one did.
fn course(row: &Row, line: &mut Line, site: &Site<'_>) -> Result<Option<String>> {
    let mut first_word = None;
    for (number, turn) in row.turns.iter().enumerate() {
        let Turn { does, sees, when } = turn;
        let what = || {
            let to = row.to.map_or_else(String::new, |to| format!("{to} "));
            let host = &row.host;
            format!("{to}{host} from {:?}, turn {number}, {does:?}", row.from)
        };
        if matches!(does, Action::Say(_)) {
            first_word.get_or_insert_with(Instant::now);
        }
        let (seen, mut taken) = line.act(row, turn, site).with_context(what)?;
        ensure!(
            sees.fits(&seen),
            "{}: {seen:?} after {taken:?}, not {sees:?}",
            what()
        );
        if let (When::Since(..), Some(first_word)) = (when, first_word) {
            taken = first_word.elapsed();
        }
        let (least, most) = when.bounds();
        ensure!(taken >= least, "{}: as early as after {taken:?}", what());
        if taken > most {
            return Ok(Some(format!("{}: as late as after {taken:?}", what())));
        }
    }
    Ok(None)
}

/// Leads a dialogue and keeps its connection.
///
/// # Errors
/// If it goes otherwise.
pub fn lead(row: &Row, site: &Site<'_>) -> Result<Line> {
    let mut line = Line::Shut;
    let late = course(row, &mut line, site)?;
    ensure!(late.is_none(), "{late:?}");
    Ok(line)
}

impl When {
    /// The least and the most that may pass.
    pub const fn bounds(self) -> (Duration, Duration) {
        match self {
            Self::Any | Self::For(_) => (Duration::ZERO, Duration::MAX),
            Self::Near => (Duration::ZERO, NEARBY),
            Self::Far => (PATH, Duration::MAX),
            Self::Within(least, most) | Self::Since(least, most) => (least, most),
        }
    }
}

impl Sees {
    fn fits(&self, seen: &Seen) -> bool {
        match (self, seen) {
            (Self::Opens, Seen::Opens)
            | (Self::NoWay, Seen::Fails(_))
            | (Self::Silence, Seen::Silence)
            | (Self::Closed | Self::Ends, Seen::Closed)
            | (Self::Reset | Self::Ends, Seen::Reset)
            | (Self::Bytes, Seen::Says(_))
            | (Self::Host, Seen::Host)
            | (Self::TrustedOther, Seen::TrustedOther)
            | (Self::Untrusted, Seen::Untrusted)
            | (Self::NoTls, Seen::Broken(_))
            | (Self::Done, Seen::Done) => true,
            (Self::Fails(error), Seen::Fails(seen)) => error == seen,
            (Self::Says(words), Seen::Says(seen)) => words == seen,
            (Self::Begins(words), Seen::Says(seen)) => seen.0.starts_with(&words.0),
            (Self::Holds(text), Seen::Says(seen)) => holds(&seen.0, text),
            (Self::Such(is), Seen::Says(seen)) => is(&seen.0),
            (Self::Flawed(flaw), Seen::Broken(error)) => {
                certificate_error(error).is_some_and(|error| flaw.is(error))
            }
            (Self::Answer(answer), Seen::Answer(head, body)) => answer.fits(head, &body.0),
            (Self::Named(code, found), Seen::Named(seen, names)) => (code, found) == (seen, names),
            (Self::Lasts(should), Seen::Lasts(lasts)) => should == lasts,
            _ => false,
        }
    }
}

fn holds(bytes: &[u8], text: &str) -> bool {
    String::from_utf8_lossy(bytes).contains(text)
}

impl Answer {
    fn fits(&self, head: &str, body: &[u8]) -> bool {
        let json: Value = serde_json::from_slice(body).unwrap_or_default();
        let is_fact = |(pointer, value): &(&str, Value)| json.pointer(pointer) == Some(value);
        head.starts_with(&format!("HTTP/1.1 {} ", self.status))
            && head.contains(&self.head)
            && holds(body, &self.body)
            && self.facts.iter().all(is_fact)
            && self.ahead_s.is_none_or(|ahead_s| {
                clock_s(head, &json).is_some_and(|clock_s| {
                    let ours = SystemTime::now().duration_since(UNIX_EPOCH);
                    let ours = ours.unwrap_or_default().as_secs();
                    clock_s.abs_diff(ours + ahead_s) < 120
                })
            })
    }
}

/// The clock of whoever answers, in seconds since 1970: the relay's own word, else the header.
fn clock_s(head: &str, json: &Value) -> Option<u64> {
    if let Some(ms) = json.pointer("/saw/unix_ms") {
        return Some(ms.as_u64()? / 1000);
    }
    let date = head.lines().find_map(|line| line.strip_prefix("Date: "))?;
    let date = httpdate::parse_http_date(date).ok()?;
    Some(date.duration_since(UNIX_EPOCH).ok()?.as_secs())
}

fn certificate_error(error: &anyhow::Error) -> Option<&CertificateError> {
    let error = error.downcast_ref::<std::io::Error>()?;
    match error.get_ref()?.downcast_ref::<rustls::Error>()? {
        rustls::Error::InvalidCertificate(error) => Some(error),
        _ => None,
    }
}

impl Flaw {
    /// Whether this is what a strict client says of it.
    const fn is(self, error: &CertificateError) -> bool {
        use CertificateError as Error;
        match self {
            Self::Untrusted | Self::SelfSigned => matches!(error, Error::UnknownIssuer),
            Self::Expired => matches!(error, Error::Expired | Error::ExpiredContext { .. }),
            Self::NotYetValid | Self::BeginsTomorrow => {
                matches!(error, Error::NotValidYet | Error::NotValidYetContext { .. })
            }
            Self::WrongName => matches!(
                error,
                Error::NotValidForName | Error::NotValidForNameContext { .. }
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use crate::shows::row::{Answer, Seen, Sees, When};
    use crate::shows::site::{NEARBY, PATH};

    #[test]
    fn an_answer_fits_by_all_that_is_asked_of_it() {
        let head = "HTTP/1.1 200 -\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nVia: x\r\n\r\n";
        let seen = Seen::Answer(head.to_owned(), br#"{"busy":false}"#.into());
        let fits = |answer: Answer| Sees::Answer(answer).fits(&seen);
        assert!(fits(
            Answer::status(200).head("Via: x").fact("/busy", false)
        ));
        assert!(!fits(Answer::status(20)));
        assert!(!fits(Answer::status(403)));
        assert!(!fits(Answer::status(200).head("Location")));
        assert!(!fits(Answer::status(200).body("ports")));
        assert!(!fits(Answer::status(200).fact("/busy", true)));
        assert!(!fits(Answer::status(200).fact("/outside", false)));
        // Its clock stands at the beginning of 1970.
        assert!(!fits(Answer::status(200).ahead(0)));
    }

    #[test]
    fn what_comes_fits_nothing_else() {
        let seen = [
            Seen::Opens,
            Seen::Silence,
            Seen::Closed,
            Seen::Reset,
            Seen::Host,
        ];
        let sees = [
            Sees::Opens,
            Sees::Silence,
            Sees::Closed,
            Sees::Reset,
            Sees::Host,
        ];
        for (seen, here) in seen.iter().zip(0..) {
            for (sees, there) in sees.iter().zip(0..) {
                assert_eq!(sees.fits(seen), here == there, "{seen:?} as {sees:?}");
            }
        }
        assert!(!Sees::Says(b"220".into()).fits(&Seen::Says(b"220 ready".into())));
        assert!(Sees::Begins(b"220".into()).fits(&Seen::Says(b"220 ready".into())));
        assert!(!Sees::Begins(b"220".into()).fits(&Seen::Says(b"22".into())));
    }

    #[test]
    fn nothing_is_near_and_far() {
        let (_, near) = When::Near.bounds();
        let (far, _) = When::Far.bounds();
        assert_eq!((near, far), (NEARBY, PATH));
        assert!(near < far && far < Duration::from_millis(80));
    }
}
