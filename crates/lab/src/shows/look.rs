//! What the looks share: attempts by plain sockets, and what must be well beside what is broken.

use std::fs::File;
use std::io::ErrorKind;
use std::net::{SocketAddr, SocketAddrV4, TcpStream};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use nix::errno::Errno;
use reachcheck_model::catalogue::Kind;

use super::hear::Stream;
use super::relay::challenge;
use crate::addresses::{self, Place};
use crate::authority::Authority;
use crate::namespaces::Namespace;
use crate::sockets::{self, Answers, Tls, shake_hands};

/// Less than any round trip over the path.
pub const NEARBY: Duration = Duration::from_millis(30);

/// A bit less than the path's round trip, for clocks that round.
pub const PATH: Duration = Duration::from_millis(75);

/// What silence is told by: a SYN and its first repeat after a second fit into it.
pub const SILENCE: Duration = Duration::from_millis(1500);

/// Longer than anything that answers takes in the lab.
pub const ANSWER: Duration = Duration::from_secs(5);

/// How often something near is asked: the machine may be busy once, a way across the path is never short.
const TRIES: usize = 4;

/// How an attempt to connect ended.
#[derive(Debug)]
pub enum Met {
    /// The connection stands.
    Open(TcpStream),
    /// The kernel gave up with this error.
    Failed(Errno),
    /// Nobody answered.
    Silence,
}

/// Tries to connect; says how it ended and after how long.
pub fn meet(to: impl Into<SocketAddr>) -> Result<(Met, Duration)> {
    let to = to.into();
    let (result, taken) = sockets::attempt(&to, SILENCE);
    let met = match result {
        Ok(stream) => {
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(ANSWER))?;
            stream.set_write_timeout(Some(ANSWER))?;
            Met::Open(stream)
        }
        Err(error) => match error.raw_os_error() {
            Some(number) => Met::Failed(Errno::from_raw(number)),
            None if error.kind() == ErrorKind::TimedOut => Met::Silence,
            None => return Err(error).with_context(|| to.to_string()),
        },
    };
    Ok((met, taken))
}

/// Connects, or says why not.
pub fn open(to: SocketAddrV4) -> Result<(TcpStream, Duration)> {
    match meet(to)? {
        (Met::Open(stream), taken) => Ok((stream, taken)),
        (other, taken) => bail!("{to}: {other:?} after {taken:?}"),
    }
}

/// That an attempt ends with this error, and where: near, or not nearer than beyond the path.
pub fn fails(to: SocketAddrV4, error: Errno, is_near: bool) -> Result<()> {
    at_distance(is_near, || match meet(to)? {
        (Met::Failed(met), taken) if met == error => Ok(((), taken)),
        (other, taken) => bail!("{to}: {other:?} after {taken:?}, not {error:?}"),
    })
}

/// That nobody answers a SYN.
pub fn is_silent(to: SocketAddrV4) -> Result<()> {
    let (met, _) = meet(to)?;
    ensure!(matches!(met, Met::Silence), "{to}: {met:?}");
    Ok(())
}

/// What a look gives that must be as far away as this.
pub fn at_distance<T>(is_near: bool, look: impl Fn() -> Result<(T, Duration)>) -> Result<T> {
    for _ in 0..TRIES {
        let (seen, taken) = look()?;
        if is_near && taken < NEARBY {
            return Ok(seen);
        }
        if !is_near {
            ensure!(taken > PATH, "after {taken:?}, nearer than the far end");
            return Ok(seen);
        }
    }
    bail!("not within {NEARBY:?} in {TRIES} tries")
}

/// A TLS connection with the host itself.
pub fn tls_at(to: SocketAddrV4, host: &str, authority: &Authority) -> Result<Tls> {
    let (stream, _) = open(to)?;
    match shake_hands(stream, host, authority)? {
        Answers::Host(tls) => Ok(*tls),
        other => bail!("{host}: {other:?}"),
    }
}

/// The same with an endpoint.
pub fn tls(place: &Place, authority: &Authority) -> Result<Tls> {
    tls_at(at(place), &place.host, authority)
}

/// Where an endpoint listens.
pub const fn at(place: &Place) -> SocketAddrV4 {
    SocketAddrV4::new(place.address, 443)
}

/// Asks for a path, with further header lines that each end in CR LF; gives the answer's head and body. The
/// connection is kept.
pub fn ask(
    stream: &mut impl Stream,
    host: &str,
    path: &str,
    more: &str,
) -> Result<(String, Vec<u8>)> {
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n{more}\r\n")?;
    stream.flush()?;
    let mut head = Vec::new();
    let mut byte = [0_u8];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).context("an answer's head")?;
        head.push(byte[0]);
        ensure!(head.len() < 16_384, "no end of an answer");
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().ok())?
    });
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).context("an answer's body")?;
    Ok((head, body))
}

/// That an endpoint does all that it should.
pub fn is_well(place: &Place, authority: &Authority) -> Result<()> {
    let what = || format!("{} ({:?})", place.host, place.kind);
    let mut tls = tls(place, authority).with_context(what)?;
    let (head, _) = ask(&mut tls, &place.host, "/", "").with_context(what)?;
    ensure!(head.starts_with("HTTP/1.1 200"), "{}: {head}", what());
    Ok(())
}

/// That those whom a fault of one endpoint does not concern are well: its region's other endpoint, another
/// region's of its kind, and the relay.
pub fn neighbours_are_well(region: &str, kind: Kind, authority: &Authority) -> Result<()> {
    let other_kind = match kind {
        Kind::Https => Kind::Tcp,
        Kind::Tcp => Kind::Https,
    };
    let other_region = if region == "seattle" {
        "virginia"
    } else {
        "seattle"
    };
    let beside = addresses::place(region, other_kind);
    let elsewhere = addresses::place(other_region, kind);
    together(
        || is_well(&beside, authority),
        || is_well(&elsewhere, authority),
        || challenge(443, authority).map(drop),
    )
    .context("a neighbour")
}

/// That endpoints are well which have nothing to do with what is broken.
pub fn endpoints_are_well(authority: &Authority) -> Result<()> {
    together(
        || is_well(&addresses::place("toronto", Kind::Https), authority),
        || is_well(&addresses::place("seattle", Kind::Tcp), authority),
        || Ok(()),
    )
    .context("an endpoint")
}

/// Three looks at once, for their waits add up otherwise.
pub fn together(
    first: impl FnOnce() -> Result<()>,
    second: impl FnOnce() -> Result<()> + Send,
    third: impl FnOnce() -> Result<()> + Send,
) -> Result<()> {
    thread::scope(|scope| {
        let second = scope.spawn(second);
        let third = scope.spawn(third);
        let first = first();
        let join = |look: thread::ScopedJoinHandle<'_, Result<()>>| {
            look.join().map_err(|_| anyhow!("a look broke off"))?
        };
        first.and(join(second)).and(join(third))
    })
}

/// The same look at each of these, all at once.
pub fn at_each<T: Sync>(these: &[T], look: impl Fn(&T) -> Result<()> + Sync) -> Result<()> {
    thread::scope(|scope| {
        let look = &look;
        let looks: Vec<_> = these
            .iter()
            .map(|it| scope.spawn(move || look(it)))
            .collect();
        for look in looks {
            look.join().map_err(|_| anyhow!("a look broke off"))??;
        }
        Ok(())
    })
}

/// A look from another machine than the agent's.
pub fn from<T: Send>(namespace: Namespace, look: impl FnOnce() -> Result<T> + Send) -> Result<T> {
    // A thread of its own, since a thread's namespace is where its sockets are.
    let look = || {
        let handle = File::open(namespace.handle())?;
        nix::sched::setns(&handle, nix::sched::CloneFlags::CLONE_NEWNET)?;
        look()
    };
    thread::scope(|scope| scope.spawn(look).join())
        .map_err(|_| anyhow!("a look broke off"))?
        .with_context(|| format!("from {namespace:?}"))
}
