//! The page's watch over quiet connections, by its hooks; and a page that stands still.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;

use super::Browser;
use super::busy::processes;
use crate::addresses;
use crate::usage::Busy;

/// One finding of a watch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// `data-finding`.
    pub token: String,
    /// `data-quiet`, empty where absent.
    pub quiet: String,
    /// `data-timer`, in seconds.
    pub timer: Option<u32>,
    /// `data-closer`, empty where absent.
    pub closer: String,
    /// `data-certain`.
    pub is_certain: bool,
    /// `data-where` and `data-where-proof`.
    pub place: (String, String),
}

/// What a watch says at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watched {
    /// `main[data-watch]`.
    pub state: String,
    /// Its findings, in order.
    pub findings: Vec<Found>,
    /// The words of the log's entries, in the page's order.
    pub entries: Vec<String>,
}

impl Watched {
    /// How often this word stands in the log.
    #[must_use]
    pub fn count(&self, word: &str) -> usize {
        self.entries.iter().filter(|entry| *entry == word).count()
    }

    /// The finding of this token.
    #[must_use]
    pub fn found(&self, token: &str) -> Option<&Found> {
        self.findings.iter().find(|found| found.token == token)
    }

    /// The cut of a connection on which these say nothing.
    #[must_use]
    pub fn cut(&self, quiet: &str) -> Option<&Found> {
        let is_it = |found: &&Found| found.token == "quiet-cut" && found.quiet == quiet;
        self.findings.iter().find(is_it)
    }
}

/// The page as the watch's hooks tell it.
const WATCHED: &str = "
    const main = document.querySelector('main');
    const all = (selector) => [...main.querySelectorAll(selector)].map((e) => ({...e.dataset}));
    return main ? {state: main.dataset.watch, findings: all('[data-finding]'), entries: all('[data-entry]')} : {};";

/// How long anything of the page that waits for no timer may take.
const SOON: Duration = Duration::from_secs(20);
/// Longer than Firefox holds a WebSocket back.
const HELD_BACK: Duration = Duration::from_secs(75);

/// The address of the relay's WebSocket, as the page has it: Firefox holds sockets back by host, port and path.
#[must_use]
pub fn relay_socket() -> String {
    format!(
        "wss://{}/relay/{}",
        addresses::RELAY_NAME,
        reachcheck_wire::SOCKET_PATH
    )
}

impl Browser {
    /// Opens the watch at the address of a page, forgets what was watched before, and starts it as soon as
    /// the browser holds no WebSocket back for what failed in a world before.
    ///
    /// # Errors
    /// If it does not run then.
    pub async fn start_watch(&self, url: &str) -> Result<()> {
        self.open(&format!("{url}#watch")).await?;
        let is_there = |watched: &Watched| !watched.state.is_empty();
        let watched = self.wait_watch("the watch", SOON, is_there).await?;
        if watched.state != "idle" {
            self.click("#watch-forget").await?;
        }
        let is_idle = |watched: &Watched| watched.state == "idle";
        self.wait_watch("a watch that can be started", SOON, is_idle)
            .await?;
        self.wait_for_free_socket().await?;
        self.click("#watch-start").await?;
        let runs = |watched: &Watched| watched.state == "running";
        self.wait_watch("a watch that runs", SOON, runs).await?;
        Ok(())
    }

    /// Waits until a WebSocket to the relay has opened or failed. Firefox holds those back to which others failed before,
    /// for up to a minute, over pages and their ends (`network.websocket.delay-failed-reconnects`); one that opens ends that.
    async fn wait_for_free_socket(&self) -> Result<()> {
        let open = format!(
            "const socket = new WebSocket('{}');
             socket.onopen = socket.onerror = () => {{ socket.close(); window.socketIsFree = true; }};",
            relay_socket()
        );
        self.run(&open).await?;
        let deadline = Instant::now() + HELD_BACK;
        while self.run("return window.socketIsFree === true").await? != Value::Bool(true) {
            ensure!(
                Instant::now() < deadline,
                "a WebSocket to the relay neither opened nor failed"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// What the watch says.
    ///
    /// # Errors
    /// If the page cannot be read.
    pub async fn watched(&self) -> Result<Watched> {
        let value = self.run(WATCHED).await?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let list = |key: &str| value[key].as_array().cloned().unwrap_or_default();
        Ok(Watched {
            state: text(&value["state"]),
            findings: list("findings")
                .iter()
                .map(|found| Found {
                    token: text(&found["finding"]),
                    quiet: text(&found["quiet"]),
                    timer: found["timer"].as_str().and_then(|text| text.parse().ok()),
                    closer: text(&found["closer"]),
                    is_certain: found["certain"] == "true",
                    place: (text(&found["where"]), text(&found["whereProof"])),
                })
                .collect(),
            entries: list("entries")
                .iter()
                .map(|entry| text(&entry["entry"]))
                .collect(),
        })
    }

    /// Waits until the watch is as wanted.
    ///
    /// # Errors
    /// With what it said last and its report, if it is not by the deadline.
    pub async fn wait_watch(
        &self,
        what: &str,
        within: Duration,
        is_so: impl Fn(&Watched) -> bool,
    ) -> Result<Watched> {
        let deadline = Instant::now() + within;
        loop {
            let watched = self.watched().await?;
            if is_so(&watched) {
                return Ok(watched);
            }
            if Instant::now() > deadline {
                let said = self.watch_report().await.unwrap_or_default();
                bail!("waited {within:?} for {what}; last seen: {watched:#?}\n{said}");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// `#watch-text`, to the byte; empty where there is none.
    ///
    /// # Errors
    /// If the page cannot be read.
    pub async fn watch_report(&self) -> Result<String> {
        let value = self
            .run("return document.querySelector('#watch-text')?.textContent ?? ''")
            .await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Stops every page of this browser in its tracks, until what this gives is dropped. Nothing may be asked of the
    /// browser meanwhile.
    ///
    /// # Errors
    /// If no process of a page is found.
    pub fn freeze(&self) -> Result<Frozen> {
        let pages = processes(self.engine, Busy::Content)?;
        ensure!(!pages.is_empty(), "no process of a page");
        let frozen = Frozen(pages);
        for process in &frozen.0 {
            kill(*process, Signal::SIGSTOP).context("SIGSTOP")?;
        }
        Ok(frozen)
    }
}

/// Pages that stand still.
#[derive(Debug)]
pub struct Frozen(Vec<Pid>);

impl Drop for Frozen {
    fn drop(&mut self) {
        for process in &self.0 {
            let _ = kill(*process, Signal::SIGCONT);
        }
    }
}
