//! The agent's operating system, as far as a failing connection shows it.
//!
//! Linux is what the lab runs, and what its expectations are held against. Windows and macOS are from published
//! measurements, named where they stand; none was made here.

use reachcheck_lab::engine::Engine;
use reachcheck_lab::fault::With;

/// An operating system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum System {
    /// As in the lab.
    #[default]
    Linux,
    /// Winsock sends a refused SYN again, and takes no ICMP error for an answer.
    Windows,
    /// XNU takes some ICMP errors for soft ones.
    MacOs,
}

impl System {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Linux, Self::Windows, Self::MacOs];

    /// The word for it on a command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Linux => "linux",
            Self::Windows => "windows",
            Self::MacOs => "macos",
        }
    }

    /// How long a refused SYN is repeated before the program is told, in milliseconds; `None` where the refusal is not
    /// believed at all.
    ///
    /// Windows: five SYNs in 2.0 s (Microsoft KB 175523; 2002 to 2011 ms measured on public runners), and ICMP errors
    /// are passed over (`TCP_FAIL_CONNECT_ON_ICMP_ERROR` is off). macOS: net and host unreachable are soft, 4.0 s.
    #[must_use]
    pub const fn repeats_refused_ms(self, with: With) -> Option<f64> {
        match (self, with) {
            (_, With::Silence) => None,
            (Self::Linux, _)
            | (Self::MacOs, With::Reset | With::AdminProhibited | With::PortUnreachable) => {
                Some(0.0)
            }
            (Self::Windows, With::Reset) => Some(2_003.0),
            (Self::Windows, _) => None,
            (Self::MacOs, With::NetUnreachable | With::HostUnreachable) => Some(4_000.0),
        }
    }

    /// When it gives up a SYN that is not answered, in milliseconds: Linux after six repeats (docs/browsers.md
    /// section 1.2), Windows and macOS as measured on public runners (21.0 and 75.0 s).
    #[must_use]
    pub const fn syn_ceiling_ms(self) -> f64 {
        match self {
            Self::Linux => 134_300.0,
            Self::Windows => 21_000.0,
            Self::MacOs => 75_000.0,
        }
    }

    /// When it repeats a first SYN, in milliseconds (RFC 6298 section 2; Windows: 3 s, so that three make 21 s).
    #[must_use]
    pub const fn syn_repeat_ms(self) -> f64 {
        match self {
            Self::Linux | Self::MacOs => 1_000.0,
            Self::Windows => 3_000.0,
        }
    }

    /// Whether it remembers that a name does not exist, so that the next question costs nothing.
    #[must_use]
    pub const fn keeps_negative_answers(self) -> bool {
        matches!(self, Self::Windows | Self::MacOs)
    }

    /// When an engine's lookup ends to which no name server answers, in milliseconds: 10 s of the system's resolver (30
    /// on macOS, from a trace, not confirmed), and in Chromium 3 s of its own client before it.
    #[must_use]
    pub const fn lookup_ceiling_ms(self, engine: Engine) -> f64 {
        let resolver_ms = match self {
            Self::Linux | Self::Windows => 10_000.0,
            Self::MacOs => 30_000.0,
        };
        match engine {
            Engine::Chromium => resolver_ms + 3_000.0,
            Engine::Firefox | Engine::WebKit => resolver_ms,
        }
    }
}
