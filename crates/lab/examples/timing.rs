//! What Resource Timing says of a connection, in each browser, with nothing in the path and with each kind
//! of proxy and box: the numbers behind the rules that tell them apart.
//!
//! `cargo run -p reachcheck-lab --example timing -- [--only PART-OF-A-NAME] [--times N]` prints a table.

use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use reachcheck_lab::addresses;
use reachcheck_lab::browser::Browser;
use reachcheck_lab::engine::Engine;
use reachcheck_lab::middlebox::Middlebox;
use reachcheck_lab::namespaces::{self, Namespace, spawn};
use reachcheck_lab::proxy::{Proxy, ProxySetting, Stands};
use reachcheck_lab::servers::acceptor;
use reachcheck_lab::squid::{Bump, Policy};
use reachcheck_lab::world::{Hosting, Lab, World};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

const HELPER: &str = "timing-server";

fn worlds() -> Vec<(&'static str, World)> {
    let proxied = |proxy| World {
        hosting: Hosting::WithoutRelay,
        proxy: Some(proxy),
        ..World::default()
    };
    let boxed = |middlebox| World {
        hosting: Hosting::WithoutRelay,
        middlebox: Some(middlebox),
        ..World::default()
    };
    let bump = |bump| Policy {
        bump: Some(bump),
        ..Policy::default()
    };
    vec![
        (
            "direct",
            World {
                hosting: Hosting::WithoutRelay,
                ..World::default()
            },
        ),
        ("explicit-squid", proxied(Proxy::squid(Policy::default()))),
        (
            "explicit-squid-bump",
            proxied(Proxy::squid(bump(Bump::Trusted))),
        ),
        (
            "explicit-squid-far",
            proxied(Proxy {
                stands: Stands::FarSquid(Policy::default()),
                told: ProxySetting::Explicit,
                direct_passes: false,
            }),
        ),
        (
            "pac-squid",
            proxied(Proxy {
                told: ProxySetting::Pac,
                ..Proxy::squid(Policy::default())
            }),
        ),
        (
            "pac-dead-then-direct",
            proxied(Proxy {
                stands: Stands::Nothing,
                told: ProxySetting::PacThenDirect,
                direct_passes: true,
            }),
        ),
        ("intercept-bump", boxed(Middlebox::inspection(&[]))),
        (
            "transparent-tcp",
            boxed(Middlebox::TcpProxy { dead: Vec::new() }),
        ),
    ]
}

fn main() -> ExitCode {
    match start() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("timing: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start() -> Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [name, cert, key] = &arguments[..]
        && name == HELPER
    {
        let runtime = tokio::runtime::Runtime::new()?;
        runtime.block_on(serve(cert.as_ref(), key.as_ref()))?;
        return Ok(ExitCode::SUCCESS);
    }
    if reachcheck_lab::run_as_helper()? {
        return Ok(ExitCode::SUCCESS);
    }
    if !namespaces::is_inside() {
        return namespaces::enter();
    }
    let value = |flag: &str| {
        let place = arguments.iter().position(|word| word == flag)?;
        arguments.get(place + 1).cloned()
    };
    let only = value("--only").unwrap_or_default();
    let times: usize = value("--times").map_or(Ok(2), |text| text.parse())?;
    tokio::runtime::Runtime::new()?.block_on(run(&only, times))?;
    Ok(ExitCode::SUCCESS)
}

async fn run(only: &str, times: usize) -> Result<()> {
    let (folder, page) = (tempfile::tempdir()?, tempfile::tempdir()?);
    std::fs::write(page.path().join("index.html"), "<title>Timing</title>")?;
    let lab = Lab::build(folder.path(), page.path(), Vec::new())?;
    let mut server = Namespace::Relay.command(&std::env::current_exe()?.to_string_lossy());
    server.arg(HELPER);
    server.args([&lab.authority.cert, &lab.authority.key]);
    let _server = spawn(server, &lab.folder().join("timing.log"))?;
    println!(
        "| world | engine | entry | {} | nextHopProtocol |",
        PHASES.join(" | ")
    );
    println!("|---|---|---|{}---|", "---|".repeat(PHASES.len()));
    for (name, world) in worlds() {
        for engine in Engine::ALL {
            if !format!("{}/{name}", engine.name()).contains(only) {
                continue;
            }
            for _ in 0..times {
                let standing = lab.stand(&world)?;
                if !engine.takes(&standing.setting) {
                    break;
                }
                // A new browser: nothing is open, no name is known.
                let browser = Browser::start(engine, &lab, standing.setting.clone()).await?;
                let result = measure(&browser, &standing.url).await;
                browser.close().await?;
                match result {
                    Ok(entries) => print_entries(name, engine, &entries),
                    Err(error) => println!("| {name} | {} | {error:#} |", engine.name()),
                }
            }
        }
    }
    Ok(())
}

const PHASES: [&str; 11] = [
    "startTime",
    "fetchStart",
    "domainLookupStart",
    "domainLookupEnd",
    "connectStart",
    "secureConnectionStart",
    "connectEnd",
    "requestStart",
    "responseStart",
    "responseEnd",
    "duration",
];

async fn measure(browser: &Browser, url: &str) -> Result<Value> {
    browser.open(url).await?;
    let host = addresses::RELAY_NAME;
    browser
        .run(&format!(
            "return (async () => {{
                const wait = (ms) => new Promise((done) => setTimeout(done, ms));
                const entries = [['navigation', performance.getEntriesByType('navigation')[0].toJSON()]];
                // Every /close is a new connection, the first of them also asks for the name.
                for (const path of ['close', 'close', 'close', 'close', 'keep', 'keep', 'keep', 'keep']) {{
                    const url = `https://{host}/${{path}}?${{Math.random()}}`;
                    await (await fetch(url, {{cache: 'no-store', credentials: 'omit'}})).text();
                    await wait(300);
                    entries.push([path, performance.getEntriesByName(url)[0]?.toJSON()]);
                }}
                return entries;
            }})()"
        ))
        .await
}

fn print_entries(world: &str, engine: Engine, entries: &Value) {
    for entry in entries.as_array().into_iter().flatten() {
        let (name, fields) = (entry[0].as_str().unwrap_or_default(), &entry[1]);
        let start = fields["startTime"].as_f64().unwrap_or_default();
        let numbers: Vec<String> = PHASES
            .iter()
            .map(|phase| {
                let value = fields[*phase].as_f64();
                value.map_or_else(
                    || "-".to_owned(),
                    // Relative to the start of this entry; 0 stays 0, since it says that there is none.
                    |value| match *phase {
                        "startTime" | "duration" => format!("{value:.1}"),
                        _ if value == 0.0 => "0".to_owned(),
                        _ => format!("+{:.1}", value - start),
                    },
                )
            })
            .collect();
        println!(
            "| {world} | {} | {name} | {} | {} |",
            engine.name(),
            numbers.join(" | "),
            fields["nextHopProtocol"].as_str().unwrap_or("-")
        );
    }
}

/// HTTPS at the relay's address that any page may read, with its timing.
async fn serve(cert: &Path, key: &Path) -> Result<()> {
    let tls = acceptor(cert, key)?;
    let listener = TcpListener::bind(SocketAddr::from((addresses::RELAY, 443))).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        let tls = tls.clone();
        tokio::spawn(async move {
            let _ = answer(stream, tls).await;
        });
    }
}

async fn answer(stream: TcpStream, tls: TlsAcceptor) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = tls.accept(stream).await?;
    let mut received = Vec::new();
    let mut chunk = [0_u8; 4096];
    loop {
        while let Some(end) = received.windows(4).position(|w| w == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&received[..end]).into_owned();
            received.drain(..end + 4);
            let path = head.split(' ').nth(1).context("a path")?;
            let closes = path.starts_with("/close");
            let connection = if closes { "close" } else { "keep-alive" };
            let answer = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nConnection: {connection}\r\n\
                 Access-Control-Allow-Origin: *\r\nTiming-Allow-Origin: *\r\n\r\nok"
            );
            stream.write_all(answer.as_bytes()).await?;
            stream.flush().await?;
            if closes {
                return Ok(stream.shutdown().await?);
            }
        }
        let length = stream.read(&mut chunk).await?;
        if length == 0 {
            return Ok(());
        }
        received.extend_from_slice(&chunk[..length]);
    }
}
