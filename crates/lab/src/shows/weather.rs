//! That the path is as a world says: its delay, how much that varies, and what it loses.

use std::net::{Ipv4Addr, SocketAddrV4, UdpSocket};
use std::thread;
use std::time::Duration;

use anyhow::{Result, anyhow, ensure};
use reachcheck_model::catalogue::Kind;

use super::look;
use super::names;
use crate::addresses;
use crate::authority::Authority;
use crate::path::Weather;

/// Round trips that are measured where each takes its own time, and where all take the same.
const TIMES: (usize, usize) = (16, 5);

/// Datagrams that are sent to see how many are lost.
const DATAGRAMS: u16 = 400;

impl Weather {
    /// Shows it.
    ///
    /// # Errors
    /// With what is otherwise.
    pub fn shows(self, authority: &Authority) -> Result<()> {
        self.loses_its_share()?;
        // A packet that is sent again would count as a long way.
        if self.loss_per_mille == 0 {
            self.takes_its_time()?;
            look::endpoints_are_well(authority)?;
        }
        // The site's own network is what it was.
        let (_, taken) = look::at_distance(true, || {
            let (stream, taken) = look::open(SocketAddrV4::new(addresses::GATEWAY, 53))?;
            Ok(((stream, taken), taken))
        })?;
        ensure!(taken < look::NEARBY, "the gateway is {taken:?} away");
        Ok(())
    }

    /// The shortest round trip is the path's, and they differ by what they may.
    fn takes_its_time(self) -> Result<()> {
        let to = look::at(&addresses::place("toronto", Kind::Https));
        let mut taken = Vec::new();
        let times = if self.jitter_ms > 0 { TIMES.0 } else { TIMES.1 };
        for _ in 0..times {
            taken.push(look::open(to)?.1);
        }
        let shortest = taken.iter().min().copied().unwrap_or_default();
        let longest = taken.iter().max().copied().unwrap_or_default();
        let both_ways = Duration::from_millis(2 * self.delay_ms);
        let jitter = Duration::from_millis(2 * self.jitter_ms);
        ensure!(
            shortest >= both_ways.mul_f64(0.95) && shortest <= (both_ways + jitter).mul_f64(1.3),
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

    /// Each datagram has two chances to be lost: as a question and as an answer.
    fn loses_its_share(self) -> Result<()> {
        let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
        socket.connect((addresses::OUTSIDE_DNS, 53))?;
        socket.set_read_timeout(Some(look::SILENCE))?;
        let came = thread::scope(|scope| {
            let sending = scope.spawn(|| -> Result<()> {
                for id in 0..DATAGRAMS {
                    socket.send(&names::question(id, addresses::CONTROL_NAME, 1)?)?;
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
        #[expect(clippy::cast_precision_loss, reason = "it is at most a thousand")]
        let one_way = 1.0 - self.loss_per_mille as f64 / 1000.0;
        let lost = 1.0 - f64::from(came) / f64::from(DATAGRAMS);
        let expected = 1.0 - one_way * one_way;
        ensure!(
            lost >= expected / 2.0 && lost <= expected * 2.0 + 0.02,
            "lost {lost:.2}, not {expected:.2}"
        );
        Ok(())
    }
}
