//! The relay's command line: arguments to configuration, configuration to sockets; nothing else.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;
use tokio::net::TcpListener;

use crate::config::{Arguments, LogFormat, PartialConfig, Task};
use crate::{RuntimeConfig, Shutdown, State, admin, operate, run, tls};

/// Runs the relay's command line, the program's name first, until it ends.
///
/// The lab's tests call it too: the program that is tested is then always the one that was compiled with them.
#[must_use]
pub fn main(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = Arguments::parse_from(words);
    let done = arguments.resolve().and_then(|given| match arguments.task {
        Task::CheckConfig => check(&given),
        Task::Healthcheck => operate::ask_readiness(given.admin),
        Task::Run => {
            set_up_logging(given.log.unwrap_or_default());
            tls::prepare()?;
            let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
            let ended = runtime.block_on(start(&arguments, &given));
            // Not by dropping it, which waits for lookups that hang for as long as the resolver's settings say.
            runtime.shutdown_background();
            ended
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("reachcheck-relay: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// To standard error. No colours: a log is no place for control characters, ours or others'.
fn set_up_logging(format: LogFormat) {
    let builder = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_target(false)
        // Whoever read the log may be gone; complaining of that where nobody reads would be a panic.
        .log_internal_errors(false)
        .with_ansi(false);
    match format {
        LogFormat::Text => builder.init(),
        LogFormat::Json => builder.json().init(),
    }
}

/// Everything that a start would check, but for whether the addresses are free.
fn check(given: &PartialConfig) -> Result<(), String> {
    let live = RuntimeConfig::load(given, &given.listen)?;
    println!(
        "The settings are valid.\n{}",
        in_force(&live, &given.listen)
    );
    for pair in live.settings.limits.to_string().split(' ') {
        println!("  {pair}");
    }
    for doubt in live.settings.doubts() {
        println!("Doubtful: {doubt}");
    }
    Ok(())
}

async fn start(arguments: &Arguments, given: &PartialConfig) -> Result<(), String> {
    let signals = StopSignals::new()?;
    let (mut listeners, mut bound) = (Vec::new(), Vec::new());
    for address in &given.listen {
        let (listener, at) = bind("--listen", *address).await?;
        listeners.push(listener);
        bound.push(at);
    }
    let seen = operate::certificate_times(given);
    let mut live = RuntimeConfig::load(given, &bound)?;
    if let Some((acceptor, first)) = crate::acme::start(given)? {
        (live.tls, live.certificate) = (Some(acceptor), Some(first));
    }
    let reload = operate::Reload::new(arguments.clone(), given, bound.clone(), &live, seen);
    tracing::info!("{}", in_force(&live, &bound));
    tracing::info!("limits: {}", live.settings.limits);
    operate::warn_and_raise(&live.settings);
    let state = Arc::new(State::new(live));
    if let Some(address) = given.admin {
        let (listener, at) = bind("--admin", address).await?;
        tracing::info!("admin on http://{at}/");
        tokio::spawn(admin::run(listener, state.clone()));
    }
    tokio::spawn(reload.run(state.clone()));
    run(listeners, state, signals.next()).await;
    Ok(())
}

async fn bind(flag: &str, address: SocketAddr) -> Result<(TcpListener, SocketAddr), String> {
    let named = |error: std::io::Error| format!("{flag} {address}: {error}");
    let listener = TcpListener::bind(address).await.map_err(named)?;
    let at = listener.local_addr().map_err(named)?;
    Ok((listener, at))
}

/// One line for whoever starts it.
fn in_force(live: &RuntimeConfig, bound: &[SocketAddr]) -> String {
    let scheme = if live.tls.is_some() { "https" } else { "http" };
    let addresses: Vec<String> = bound
        .iter()
        .map(|address| format!("{scheme}://{address}/"))
        .collect();
    format!(
        "reachcheck-relay {} on {} - outside: {}, endpoints: {}, controls: {}, origins: {}",
        env!("CARGO_PKG_VERSION"),
        addresses.join(" "),
        live.settings.outside,
        live.endpoints(),
        live.settings.controls.len(),
        live.settings.origins.join(" "),
    )
}

/// Who tells the relay to stop: SIGTERM, where there is one, drains; Ctrl+C ends at once.
struct StopSignals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

impl StopSignals {
    /// Handlers of these signals, to be made before a port is bound: until they are, a signal kills the process, and whoever
    /// is connected by then sees the connection break instead of a close frame. The error says what the system refused.
    fn new() -> Result<Self, String> {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let listens = |kind| signal(kind).map_err(|error| format!("signals: {error}"));
            Ok(Self {
                terminate: listens(SignalKind::terminate())?,
                interrupt: listens(SignalKind::interrupt())?,
            })
        }
        #[cfg(not(unix))]
        Ok(Self {})
    }

    #[cfg(unix)]
    async fn next(mut self) -> Shutdown {
        tokio::select! {
            _ = self.terminate.recv() => Shutdown::Drain,
            _ = self.interrupt.recv() => Shutdown::Now,
        }
    }

    #[cfg(not(unix))]
    async fn next(self) -> Shutdown {
        let _ = tokio::signal::ctrl_c().await;
        Shutdown::Now
    }
}
