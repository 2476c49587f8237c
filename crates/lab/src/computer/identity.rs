//! What browsers say of the system that they run on, where the agent's computer is another one than it is: user agent,
//! platform, and client hints. `WebKitGTK` is left as it is.

use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use super::System;
use crate::browser::Browser;
use crate::engine::Engine;

/// What a system is called in each place.
struct Words {
    /// In Chromium's user agent, between the first parentheses.
    chromium: &'static str,
    /// The same in Firefox's, where its version follows.
    firefox: &'static str,
    /// `navigator.platform`.
    platform: &'static str,
    /// `navigator.userAgentData.platform`.
    hint: &'static str,
    /// Its version in the hint of high entropy: Windows 11 says 13 and more.
    version: &'static str,
    /// `architecture` there.
    architecture: &'static str,
}

impl System {
    const fn words(self) -> Option<Words> {
        match self {
            Self::Linux => None,
            Self::Windows => Some(Words {
                chromium: "Windows NT 10.0; Win64; x64",
                firefox: "Windows NT 10.0; Win64; x64",
                platform: "Win32",
                hint: "Windows",
                version: "15.0.0",
                architecture: "x86",
            }),
            Self::MacOs => Some(Words {
                chromium: "Macintosh; Intel Mac OS X 10_15_7",
                firefox: "Macintosh; Intel Mac OS X 10.15",
                platform: "MacIntel",
                hint: "macOS",
                version: "15.5.0",
                architecture: "arm",
            }),
        }
    }

    /// Firefox's settings that make it say so, beside those in `preferences`.
    ///
    /// # Errors
    /// If Firefox does not tell its version.
    pub(crate) fn set_firefox(self, preferences: &mut Value) -> Result<()> {
        let Some(words) = self.words() else {
            return Ok(());
        };
        let output = Command::new("firefox-esr").arg("--version").output()?;
        let said = String::from_utf8_lossy(&output.stdout);
        // "Mozilla Firefox 153.7.0esr"; user agents have the first number, and 0 for all others.
        let version = said.split_whitespace().last().unwrap_or_default();
        let version: u32 = version.split('.').next().unwrap_or_default().parse()?;
        let system = words.firefox;
        preferences["general.useragent.override"] = json!(format!(
            "Mozilla/5.0 ({system}; rv:{version}.0) Gecko/20100101 Firefox/{version}.0"
        ));
        preferences["general.platform.override"] = json!(words.platform);
        preferences["general.oscpu.override"] = json!(words.firefox);
        Ok(())
    }
}

impl Browser {
    /// Lets it say in every page of its tab that it runs on this system, and makes sure that it does.
    ///
    /// # Errors
    /// If it does not.
    pub(crate) async fn pass_for(&self, system: System) -> Result<()> {
        let Some(words) = system.words().filter(|_| self.engine != Engine::WebKit) else {
            return Ok(());
        };
        if self.engine == Engine::Chromium {
            let own = self.run("return navigator.userAgent").await?;
            let own = own.as_str().unwrap_or_default();
            let (before, rest) = own.split_once('(').context("a user agent of Chromium's")?;
            let (_, after) = rest.split_once(')').context("a user agent of Chromium's")?;
            let metadata = json!({
                // Brands and their versions stay the browser's own where none are given.
                "platform": words.hint,
                "platformVersion": words.version,
                "architecture": words.architecture,
                "bitness": "64",
                "model": "",
                "mobile": false,
            });
            let parameters = json!({
                "userAgent": format!("{before}({}){after}", words.chromium),
                "platform": words.platform,
                "userAgentMetadata": metadata,
            });
            self.devtools("Emulation.setUserAgentOverride", parameters)
                .await?;
        }
        let said = self
            .run("return navigator.userAgent + ' | ' + navigator.platform")
            .await?;
        let said = said.as_str().unwrap_or_default();
        let named = match self.engine {
            Engine::Chromium => words.chromium,
            Engine::Firefox | Engine::WebKit => words.firefox,
        };
        ensure!(
            said.contains(named) && said.ends_with(words.platform),
            "the browser passes for {said}"
        );
        Ok(())
    }
}
