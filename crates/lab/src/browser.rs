//! Real browsers, driven by WebDriver, and the page in them as support tools see it: by its hooks.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use fantoccini::wd::WindowHandle;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::Value;

mod busy;
mod devtools;
mod settled;
mod visits;
mod watch;

pub use crate::engine::Engine;
use crate::namespaces::{ChildProcess, spawn};
use crate::proxy::Setting;
use crate::usage::Features;
use crate::world::Lab;
pub use busy::{PERIOD, STALL, Stalls, processes};
pub use devtools::Look;
pub use watch::{Found, Frozen, Watched, relay_socket};

/// A running browser with an empty profile that trusts the lab's authority.
pub struct Browser {
    /// Which one.
    pub engine: Engine,
    /// The proxy it is set to.
    pub setting: Setting,
    client: Client,
    _driver: ChildProcess,
}

/// What the hooks say at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hooks {
    /// `html[data-app]`.
    pub app: String,
    /// `main[data-run]`.
    pub run: String,
    /// `main[data-verdict]`, empty where absent.
    pub verdict: String,
    /// `main[data-late]`, empty where absent.
    pub late: String,
    /// `[data-region]` to `data-verdict`, empty where absent.
    pub regions: BTreeMap<String, String>,
    /// `[data-check]` to outcome and proof.
    pub checks: BTreeMap<String, (String, String)>,
    /// `[data-check]` to `data-where`, empty where nothing is known of it, and `data-where-proof`.
    pub places: BTreeMap<String, (String, String)>,
    /// `[data-finding]` with `data-scope`, in order.
    pub findings: Vec<(String, String)>,
}

impl Browser {
    /// Starts one.
    ///
    /// # Errors
    /// If browser or driver is missing or does not start; the driver's log says why.
    pub async fn start(engine: Engine, lab: &Lab, setting: Setting) -> Result<Self> {
        Self::start_with(engine, lab, setting, Features::default()).await
    }

    /// Starts one that is switched to something.
    ///
    /// # Errors
    /// As [`Browser::start`].
    pub async fn start_with(
        engine: Engine,
        lab: &Lab,
        setting: Setting,
        features: Features,
    ) -> Result<Self> {
        let home = lab.folder().join(engine.name());
        // An empty profile, whoever was here before.
        if home.exists() {
            std::fs::remove_dir_all(&home)?;
        }
        std::fs::create_dir_all(&home)?;
        let log = lab.folder().join(format!("{}.log", engine.name()));
        let (driver, capabilities) = engine.prepare(lab, &home, &setting, features)?;
        let driver = spawn(driver, &log)?;
        let url = format!("http://127.0.0.1:{}", engine.port());
        let Value::Object(capabilities) = capabilities else {
            bail!("capabilities are an object");
        };
        let connector = hyper_util::client::legacy::connect::HttpConnector::new();
        let mut builder = ClientBuilder::new(connector);
        builder.capabilities(capabilities);
        let deadline = Instant::now() + Duration::from_secs(60);
        let client = loop {
            match builder.connect(&url).await {
                Ok(client) => break client,
                Err(error) if Instant::now() > deadline => {
                    let said = std::fs::read_to_string(&log).unwrap_or_default();
                    bail!("{}: {error}\n{said}", engine.name());
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
            }
        };
        let browser = Self {
            engine,
            setting,
            client,
            _driver: driver,
        };
        browser.pass_for(lab.computer().system).await?;
        settled::settled().await?;
        Ok(browser)
    }

    /// Opens an address.
    ///
    /// # Errors
    /// If the browser shows an error page instead.
    pub async fn open(&self, url: &str) -> Result<()> {
        self.client.goto(url).await.with_context(|| url.to_owned())
    }

    /// Opens an address in a tab that is not the one in front; what is in front is empty.
    ///
    /// # Errors
    /// If the browser does not hide it.
    pub async fn open_in_background(&self, url: &str) -> Result<()> {
        self.open("about:blank").await?;
        // The page itself opens what is put in front: the browser shows the tab that WebDriver turns to.
        self.run("window.open('about:blank')").await?;
        let deadline = Instant::now() + Duration::from_secs(10);
        while self.run("return document.hidden").await? != true {
            ensure!(Instant::now() < deadline, "the tab is not hidden");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.open(url).await
    }

    /// The tab that is looked at.
    ///
    /// # Errors
    /// If the browser does not say.
    pub async fn tab(&self) -> Result<WindowHandle> {
        Ok(self.client.window().await?)
    }

    /// Looks at a tab that is not this one.
    ///
    /// # Errors
    /// If there is none.
    pub async fn other_tab(&self, tab: &WindowHandle) -> Result<()> {
        let all = self.client.windows().await?;
        let other = all.into_iter().find(|other| other != tab);
        let other = other.context("there is one tab")?;
        Ok(self.client.switch_to_window(other).await?)
    }

    /// Runs a script in the page and gives what it returns.
    ///
    /// # Errors
    /// If it throws.
    pub async fn run(&self, script: &str) -> Result<Value> {
        let value = self.client.execute(script, Vec::new()).await;
        value.with_context(|| script.to_owned())
    }

    /// Clicks what a selector finds, as a person would: it must be there and visible.
    ///
    /// # Errors
    /// If it is not.
    pub async fn click(&self, selector: &str) -> Result<()> {
        let element = self.client.find(Locator::Css(selector)).await;
        let element = element.with_context(|| selector.to_owned())?;
        element.click().await.with_context(|| selector.to_owned())
    }

    /// Types into what has the focus.
    ///
    /// # Errors
    /// If nothing has.
    pub async fn type_keys(&self, keys: &str) -> Result<()> {
        let element = self.client.active_element().await?;
        element.send_keys(keys).await?;
        Ok(())
    }

    /// Reads every hook of the page.
    ///
    /// # Errors
    /// If the page cannot be read.
    pub async fn hooks(&self) -> Result<Hooks> {
        let value = self
            .run(
                "const main = document.querySelector('main');
                 const all = (selector) => [...document.querySelectorAll(selector)].map((e) => ({...e.dataset}));
                 return {app: document.documentElement.dataset.app, main: main ? {...main.dataset} : {},
                         regions: all('[data-region]'), checks: all('[data-check]'), findings: all('[data-finding]')};",
            )
            .await?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let list = |key: &str| value[key].as_array().cloned().unwrap_or_default();
        Ok(Hooks {
            app: text(&value["app"]),
            run: text(&value["main"]["run"]),
            verdict: text(&value["main"]["verdict"]),
            late: text(&value["main"]["late"]),
            regions: list("regions")
                .iter()
                .map(|region| (text(&region["region"]), text(&region["verdict"])))
                .collect(),
            checks: list("checks")
                .iter()
                .map(|check| {
                    let result = (text(&check["outcome"]), text(&check["proof"]));
                    (text(&check["check"]), result)
                })
                .collect(),
            places: list("checks")
                .iter()
                .map(|check| {
                    let place = (text(&check["where"]), text(&check["whereProof"]));
                    (text(&check["check"]), place)
                })
                .collect(),
            findings: list("findings")
                .iter()
                .map(|finding| (text(&finding["finding"]), text(&finding["scope"])))
                .collect(),
        })
    }

    /// Waits until the hooks are as wanted.
    ///
    /// # Errors
    /// With the last hooks seen, if they are not by the deadline.
    pub async fn wait_for(
        &self,
        what: &str,
        within: Duration,
        is_so: impl Fn(&Hooks) -> bool,
    ) -> Result<Hooks> {
        let deadline = Instant::now() + within;
        loop {
            let hooks = self.hooks().await?;
            if is_so(&hooks) {
                return Ok(hooks);
            }
            if Instant::now() > deadline {
                let loaded = self.run(WHAT_WAS_LOADED).await?;
                bail!("waited {within:?} for {what}; last seen: {hooks:#?}\nloaded: {loaded:#}");
            }
            self.wait_for_change().await?;
        }
    }

    /// Waits until a hook changes, and a moment longer for what changes with it; half a second at most. Each look costs
    /// the page some of the time that it measures, so nobody looks while nothing is new.
    async fn wait_for_change(&self) -> Result<()> {
        self.run(NEXT_CHANGE).await?;
        Ok(())
    }

    /// Presses Start, and waits for the end of the run that begins with it, however short it is.
    ///
    /// # Errors
    /// If none begins, or it does not end.
    pub async fn run_again(&self) -> Result<Hooks> {
        self.run(NOTE_RUNNING).await?;
        let begun = Instant::now();
        let mut pressed_at = None;
        while self.run("return Boolean(window.hasRun)").await? != true {
            let now = Instant::now();
            ensure!(now < begun + Duration::from_secs(20), "no run begins");
            // What comes late may move the button away from under a press.
            if pressed_at.is_none_or(|at| now > at + Duration::from_secs(5)) {
                self.click("#start").await?;
                pressed_at = Some(now);
            }
            self.wait_for_change().await?;
        }
        self.wait_finished().await
    }

    /// Waits until a run is under way.
    ///
    /// # Errors
    /// If none begins.
    pub async fn wait_running(&self) -> Result<Hooks> {
        self.wait_for("a run", Duration::from_secs(20), |hooks| {
            hooks.run == "running"
        })
        .await
    }

    /// Waits until the run has finished.
    ///
    /// # Errors
    /// If it does not.
    pub async fn wait_finished(&self) -> Result<Hooks> {
        self.wait_for("the end of the run", Duration::from_secs(40), |hooks| {
            hooks.run == "finished"
        })
        .await
    }

    /// `#report-text`, to the byte.
    ///
    /// # Errors
    /// If there is none.
    pub async fn report(&self) -> Result<String> {
        let value = self
            .run("return document.querySelector('#report-text').textContent")
            .await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// A picture of the window.
    ///
    /// # Errors
    /// If the browser gives none, or the file cannot be written.
    pub async fn screenshot(&self, to: &Path) -> Result<()> {
        std::fs::write(to, self.client.screenshot().await?)?;
        Ok(())
    }

    /// Sets the window's size in CSS pixels.
    ///
    /// # Errors
    /// If the browser refuses.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        self.client.set_window_size(width, height).await?;
        Ok(())
    }

    /// Ends the browser.
    ///
    /// # Errors
    /// If it does not answer any more.
    pub async fn close(self) -> Result<()> {
        self.client.close().await?;
        Ok(())
    }
}

/// Resolves when a hook of the page changes, 100 ms later.
const NEXT_CHANGE: &str = "
    return new Promise((tell) => {
        const change = new MutationObserver(() => { change.disconnect(); setTimeout(tell, 100); });
        const hooks = ['data-app', 'data-run', 'data-verdict', 'data-late', 'data-outcome', 'data-finding'];
        change.observe(document, {subtree: true, attributeFilter: hooks});
        setTimeout(() => { change.disconnect(); tell(); }, 500);
    });";

/// Sets `window.hasRun` when the next run begins.
const NOTE_RUNNING: &str = "
    window.hasRun = false;
    const main = document.querySelector('main');
    new MutationObserver((_, begun) => {
        if (main.dataset.run === 'running') { window.hasRun = true; begun.disconnect(); }
    }).observe(main, {attributeFilter: ['data-run']});";

/// For a page that does not come up: where it is, what it shows, what it has fetched.
const WHAT_WAS_LOADED: &str = "
    return {
        url: location.href, state: document.readyState, text: document.body?.innerText.slice(0, 300),
        files: performance.getEntriesByType('resource').slice(0, 40)
            .map((e) => `${e.name} ${e.responseStatus} ${Math.round(e.startTime)}+${Math.round(e.duration)} ms`),
    };";
