//! What no dialogue can show: numbers of many attempts, and differences between them.

use std::mem::MaybeUninit;
use std::net::{Ipv4Addr, SocketAddr, TcpStream, UdpSocket};
use std::os::fd::AsRawFd as _;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use nix::errno::Errno;
use nix::libc;
use reachcheck_model::catalogue::Kind;

use super::check::lead;
use super::dns::{A, question};
use super::line::attempt;
use super::places::{at, request, tls};
use super::relay;
use super::row::Seen;
use super::site::{ANSWER, SILENCE, Site};
use crate::addresses::{self, EndpointAddress};
use crate::distance::Leg;
use crate::fault::{By, Fault, With};
use crate::path::LinkConditions;

/// The same many times at once, each this much later than the one before. Threads keep the namespace of the one that
/// starts them.
fn at_once<T: Send>(
    times: u32,
    later: Duration,
    look: impl Fn() -> Result<T> + Sync,
) -> Result<Vec<T>> {
    let look = |number| {
        thread::sleep(later * number);
        look()
    };
    thread::scope(|scope| {
        let look = &look;
        let looks: Vec<_> = (0..times)
            .map(|number| scope.spawn(move || look(number)))
            .collect();
        let ends = looks.into_iter().map(|look| look.join());
        ends.map(|end| end.map_err(|_| anyhow!("a look broke off"))?)
            .collect()
    })
}

/// Some requests are answered, some are closed on, and nothing else happens. Others ask at the same time, so
/// which of ours are which is not known.
pub fn is_unsteady(place: &EndpointAddress, site: &Site<'_>) -> Result<()> {
    const TIMES: u32 = 20;
    let answered = at_once(TIMES, Duration::ZERO, || {
        let mut line = lead(&tls(place), site)?;
        match line.say(request(&place.host).as_bytes(), ANSWER)? {
            Seen::Says(bytes) if bytes.0.starts_with(b"HTTP/1.1 200 ") => Ok(true),
            Seen::Closed => Ok(false),
            other => bail!("{other:?}"),
        }
    })?;
    let answered = answered.into_iter().filter(|answered| *answered).count();
    ensure!(
        answered > 0 && answered < TIMES as usize,
        "{answered} of {TIMES} were answered"
    );
    Ok(())
}

/// The relay sees one address after another; one connection keeps its own.
pub fn leave_by_turns(site: &Site<'_>) -> Result<()> {
    let mut first = lead(&relay::tls(443), site)?;
    let mut second = lead(&relay::tls(443), site)?;
    let mut seen = || Ok([relay::address(&mut first)?, relay::address(&mut second)?]);
    let addresses: [String; 2] = seen()?;
    ensure!(addresses[0] != addresses[1], "twice {}", addresses[0]);
    let again: Result<[String; 2]> = seen();
    let again = again?;
    ensure!(again == addresses, "{addresses:?}, then {again:?}");
    Ok(())
}

/// Turns an endpoint down with ICMP and asks often: some are told, some are not, and later one is again.
pub fn icmp_is_limited(_: &Site<'_>) -> Result<()> {
    /// More at once than Linux has saved up for (`XRLIM_BURST_FACTOR` is 6).
    const AT_ONCE: u32 = 16;
    Fault::Turns("toronto", Kind::Https, By::Gateway, With::AdminProhibited).set()?;
    is_told_in_time()?;
    let told = at_once(AT_ONCE, Duration::ZERO, is_told)?;
    // What was saved up, and one more for the SYNs that are sent again a second later.
    let told = told.into_iter().filter(|told| *told).count();
    ensure!(
        told <= AT_ONCE as usize / 2,
        "{told} of {AT_ONCE} were told"
    );
    is_told_in_time()
}

/// Whether an attempt is told that it is turned down, at its first SYN or at the second.
fn is_told() -> Result<bool> {
    let place = addresses::place("toronto", Kind::Https);
    match attempt(&at(&place), SILENCE).0 {
        Err(error) if error.raw_os_error() == Some(Errno::EHOSTUNREACH as i32) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::TimedOut => Ok(false),
        other => bail!("{other:?}"),
    }
}

/// Some error gets through, if only for a SYN that was sent again.
fn is_told_in_time() -> Result<()> {
    let deadline = Instant::now() + Duration::from_secs(5);
    while Instant::now() < deadline {
        if is_told()? {
            return Ok(());
        }
    }
    bail!("no ICMP error at all")
}

/// The shortest round trip is the path's, and they differ by what they may.
pub fn takes_its_time(weather: LinkConditions) -> Result<()> {
    const IN_TIME: Duration = Duration::from_secs(10);
    // Where each takes its own time, and where all take the same.
    let times = if weather.jitter_ms > 0 { 16 } else { 5 };
    let to = at(&addresses::place("toronto", Kind::Https));
    // Packets keep their order, and would share their delays.
    let apart = Duration::from_millis(weather.jitter_ms + 10);
    let both_ways = Duration::from_millis(2 * weather.delay_ms);
    let jitter = Duration::from_millis(2 * weather.jitter_ms);
    let most = (both_ways + jitter).mul_f64(1.3);
    let deadline = Instant::now() + IN_TIME;
    // A busy machine is late at all that is asked at once, and in a while at none.
    let (shortest, longest) = loop {
        let taken = at_once(times, apart, || {
            let (result, taken) = attempt(&to, SILENCE);
            result?;
            Ok(taken)
        })?;
        let shortest = taken.iter().min().copied().unwrap_or_default();
        let longest = taken.iter().max().copied().unwrap_or_default();
        if shortest <= most || Instant::now() > deadline {
            break (shortest, longest);
        }
    };
    ensure!(
        shortest >= both_ways.mul_f64(0.95) && shortest <= most,
        "{shortest:?} instead of {both_ways:?}"
    );
    let spread = longest.saturating_sub(shortest);
    // Two throws of sixteen are hardly ever that near to each other.
    ensure!(
        spread >= jitter.mul_f64(0.3),
        "{spread:?} of jitter instead of up to {jitter:?}"
    );
    Ok(())
}

/// Datagrams arrive no faster than the link's bit rate, and it is used.
pub fn keeps_its_rate(weather: LinkConditions) -> Result<()> {
    const DATAGRAMS: u16 = 200;
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    socket.connect((addresses::OUTSIDE_DNS, 53))?;
    socket.set_read_timeout(Some(SILENCE))?;
    let question = question(0, addresses::CONTROL_NAME, A)?;
    let began = Instant::now();
    for _ in 0..DATAGRAMS {
        socket.send(&question)?;
    }
    let mut packet = [0_u8; 1500];
    for _ in 0..DATAGRAMS {
        socket.recv(&mut packet)?;
    }
    let taken = began.elapsed();
    // IPv4 and UDP put 28 bytes before it.
    let least = weather.sending(question.len() + 28) * DATAGRAMS.into();
    let most = least * 3 + Duration::from_millis(4 * weather.delay_ms);
    ensure!(
        taken >= least && taken <= most,
        "{taken:?}, which is not between {least:?} and {most:?}"
    );
    Ok(())
}

/// Each datagram has two chances to be lost: as a question and as an answer.
pub fn loses_its_share(weather: LinkConditions) -> Result<()> {
    const DATAGRAMS: u16 = 400;
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    socket.connect((addresses::OUTSIDE_DNS, 53))?;
    socket.set_read_timeout(Some(SILENCE))?;
    let came = thread::scope(|scope| {
        let sending = scope.spawn(|| -> Result<()> {
            for id in 0..DATAGRAMS {
                socket.send(&question(id, addresses::CONTROL_NAME, A)?)?;
                thread::sleep(Duration::from_millis(1));
            }
            Ok(())
        });
        // At the same time, or the socket's buffer would overflow, which is a loss of its own.
        let mut packet = [0_u8; 1500];
        let mut came = 0_u16;
        while came < DATAGRAMS && socket.recv(&mut packet).is_ok() {
            came += 1;
        }
        sending.join().map_err(|_| anyhow!("sending broke off"))??;
        anyhow::Ok(came)
    })?;
    is_the_share(came.into(), DATAGRAMS.into(), weather.loss_per_mille)
}

/// Each connection has two chances to lose a packet: its SYN and the answer. Linux repeats the SYN then, and counts
/// it: what a busy machine is late with is no loss.
pub fn loses_its_share_of_connections(to: SocketAddr, one_way: Leg) -> Result<()> {
    const CONNECTIONS: u32 = 600;
    /// Long enough for several repetitions, of which the first comes after a second.
    const IN_TIME: Duration = Duration::from_secs(10);
    let within = Duration::from_millis(2 * one_way.delay_ms) + IN_TIME;
    let at_first = at_once(CONNECTIONS, Duration::from_millis(2), || {
        Ok(repeated(&attempt(&to, within).0?)? == 0)
    })?;
    let at_first = at_first.into_iter().filter(|at_first| *at_first).count();
    is_the_share(
        u32::try_from(at_first)?,
        CONNECTIONS,
        one_way.loss_per_mille,
    )
    .with_context(|| to.to_string())
}

/// How many of a connection's segments this side has sent again, SYNs too: `TCP_INFO` of tcp(7).
#[expect(
    unsafe_code,
    reason = "TCP_INFO has no safe wrapper; the kernel writes no more than the length it is given"
)]
fn repeated(stream: &TcpStream) -> Result<u32> {
    let mut info = MaybeUninit::<libc::tcp_info>::zeroed();
    let mut length = libc::socklen_t::try_from(size_of::<libc::tcp_info>())?;
    let result = unsafe {
        libc::getsockopt(
            stream.as_raw_fd(),
            libc::IPPROTO_TCP,
            libc::TCP_INFO,
            info.as_mut_ptr().cast(),
            &raw mut length,
        )
    };
    Errno::result(result)?;
    Ok(unsafe { info.assume_init() }.tcpi_total_retrans)
}

/// So many came of those that could be lost in either direction: the share that is lost is no less than chance allows
/// (four standard deviations), and no more than twice what it should be.
fn is_the_share(came: u32, sent: u32, loss_per_mille: u64) -> Result<()> {
    #[expect(clippy::cast_precision_loss, reason = "it is at most a thousand")]
    let one_way = 1.0 - loss_per_mille as f64 / 1000.0;
    let expected = 1.0 - one_way * one_way;
    let lost = 1.0 - f64::from(came) / f64::from(sent);
    let deviation = (expected * (1.0 - expected) / f64::from(sent)).sqrt();
    ensure!(
        lost >= expected - 4.0 * deviation && lost <= expected * 2.0 + 0.02,
        "lost {lost:.3}, not {expected:.3}"
    );
    ensure!(loss_per_mille == 0 || came < sent, "nothing was lost");
    Ok(())
}
