//! A box that carries connections of its own on either side, and ends those on which nobody says anything.

use std::time::Duration;

use anyhow::{Result, ensure};
use nix::sys::socket::{setsockopt, sockopt};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::sleep;

/// How it ends them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// FIN on both sides.
    Both,
    /// FIN to the agent; the far end goes on believing that it is connected.
    AgentAlone,
    /// RST on both sides.
    Resets,
}

impl Ends {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::AgentAlone => "agent-alone",
            Self::Resets => "resets",
        }
    }

    pub(super) fn from_word(word: &str) -> Option<Self> {
        let all = [Self::Both, Self::AgentAlone, Self::Resets];
        all.into_iter().find(|ends| ends.word() == word)
    }
}

/// Both ways, until nobody has said anything for so long.
pub(super) async fn carry(
    mut agent: TcpStream,
    mut far: TcpStream,
    patience: Duration,
    ends: Ends,
) -> Result<()> {
    let (mut up, mut down) = ([0_u8; 4096], [0_u8; 4096]);
    loop {
        tokio::select! {
            length = agent.read(&mut up) => {
                let length = length?;
                ensure!(length > 0, "the agent hung up");
                far.write_all(&up[..length]).await?;
            }
            length = far.read(&mut down) => {
                let length = length?;
                if length == 0 {
                    return Ok(agent.shutdown().await?);
                }
                agent.write_all(&down[..length]).await?;
            }
            () = sleep(patience) => break,
        }
    }
    match ends {
        // Dropped without anything unread: FIN.
        Ends::Both => Ok(()),
        Ends::AgentAlone => {
            drop(agent);
            while far.read(&mut down).await? > 0 {}
            Ok(())
        }
        Ends::Resets => {
            let at_once = nix::libc::linger {
                l_onoff: 1,
                l_linger: 0,
            };
            setsockopt(&agent, sockopt::Linger, &at_once)?;
            Ok(setsockopt(&far, sockopt::Linger, &at_once)?)
        }
    }
}
