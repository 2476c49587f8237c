//! Arguments to configuration, configuration to sockets; nothing else.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;
use reachcheck_core::config as page_config;
use reachcheck_relay::config::{Arguments, Settings};
use reachcheck_relay::{Page, State, acceptor, run};
use tokio::net::TcpListener;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.to_string()),
    };
    match runtime.block_on(start(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => fail(&problem),
    }
}

fn fail(problem: &str) -> ExitCode {
    eprintln!("reachcheck-relay: {problem}");
    ExitCode::FAILURE
}

async fn start(arguments: &Arguments) -> Result<(), String> {
    let (mut listeners, mut bound) = (Vec::new(), Vec::new());
    for address in &arguments.listen {
        let named = |error: std::io::Error| format!("--listen {address}: {error}");
        let listener = TcpListener::bind(address).await.map_err(named)?;
        bound.push(listener.local_addr().map_err(named)?);
        listeners.push(listener);
    }
    let settings = Settings::new(arguments, &bound)?;
    let tls = match (&arguments.tls_cert, &arguments.tls_key) {
        (Some(cert), Some(key)) => Some(acceptor(cert, key)?),
        _ => None,
    };
    let text = page_settings(arguments)?;
    let config = page_config::parse(&text).map_err(|error| format!("config.json: {error}"))?;
    let page = match &arguments.page {
        None => None,
        Some(folder) => {
            let mut page = Page::load(folder)?;
            page.set_config(&text)
                .map_err(|error| format!("config.json: {error}"))?;
            Some(page)
        }
    };
    let scheme = if tls.is_some() { "https" } else { "http" };
    let addresses: Vec<String> = bound
        .iter()
        .map(|address| format!("{scheme}://{address}/"))
        .collect();
    eprintln!(
        "reachcheck-relay {} on {} - outside: {}, endpoints: {}, controls: {}, origins: {}",
        env!("CARGO_PKG_VERSION"),
        addresses.join(" "),
        settings.outside,
        config.catalogue.endpoints().count(),
        settings.controls.len(),
        settings.origins.join(" "),
    );
    let state = State::new(
        settings,
        page,
        &config.catalogue,
        arguments.trust_ca.as_deref(),
    )?;
    run(listeners, tls, Arc::new(state), stop_signal()).await;
    Ok(())
}

/// The text of the page's settings: the file that is named, else the page folder's, else none.
fn page_settings(arguments: &Arguments) -> Result<String, String> {
    let named = arguments.config.clone();
    let beside = arguments
        .page
        .as_ref()
        .map(|folder| folder.join("config.json"))
        .filter(|file| file.is_file());
    match named.or(beside) {
        None => Ok("{}".to_owned()),
        Some(file) => std::fs::read_to_string(&file)
            .map_err(|error| format!("--config {}: {error}", file.display())),
    }
}

/// Ctrl+C, or SIGTERM where there is one.
async fn stop_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
