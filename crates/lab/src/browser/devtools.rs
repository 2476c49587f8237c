//! Chromium's own protocol, for what WebDriver has no word for: colours, widths, the whole page as a picture.

use std::path::Path;

use anyhow::{Context as _, Result};
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

use super::Browser;

/// How the page is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Width in CSS pixels.
    pub width: u32,
    /// How many pixels of the picture a CSS pixel has on each side: 2 is a zoom of 200 %.
    pub scale: u32,
    /// Whether the person prefers dark colours.
    pub dark: bool,
    /// Whether it is shown as it prints.
    pub print: bool,
    /// Whether the system forces its own few colours on every page (high contrast).
    pub forced: bool,
}

#[derive(Debug)]
struct Devtools {
    command: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for Devtools {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        let session = session.unwrap_or_default();
        base.join(&format!("session/{session}/goog/cdp/execute"))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let body = json!({"cmd": self.command, "params": self.parameters});
        (http::Method::POST, Some(body.to_string()))
    }
}

impl Browser {
    /// One command of Chromium's DevTools protocol.
    ///
    /// # Errors
    /// In any other browser, and what Chromium says.
    pub async fn devtools(&self, command: &'static str, parameters: Value) -> Result<Value> {
        let order = Devtools {
            command,
            parameters,
        };
        let said = self.client.issue_cmd(order).await;
        said.with_context(|| command.to_owned())
    }

    /// Has every new document run a script before any of its own, for as long as something goes on.
    ///
    /// # Errors
    /// Outside Chromium, and those of what goes on.
    pub async fn with_script<T>(
        &self,
        source: &str,
        goes_on: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        let script = self
            .devtools(
                "Page.addScriptToEvaluateOnNewDocument",
                json!({ "source": source }),
            )
            .await?;
        let end = goes_on.await;
        self.devtools("Page.removeScriptToEvaluateOnNewDocument", script)
            .await?;
        end
    }

    /// Has the page look a certain way, until [`Browser::look_as_usual`].
    ///
    /// # Errors
    /// Outside Chromium.
    pub async fn look(&self, look: Look) -> Result<()> {
        let metrics = json!({
            "width": look.width, "height": 900, "deviceScaleFactor": look.scale, "mobile": false,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics)
            .await?;
        let scheme = if look.dark { "dark" } else { "light" };
        let media = json!({
            "media": if look.print { "print" } else { "" },
            "features": [
                {"name": "prefers-color-scheme", "value": scheme},
                // Nothing is caught half way from one colour to the other.
                {"name": "prefers-reduced-motion", "value": "reduce"},
                {"name": "forced-colors", "value": if look.forced { "active" } else { "none" }},
            ],
        });
        self.devtools("Emulation.setEmulatedMedia", media).await?;
        Ok(())
    }

    /// Ends [`Browser::look`].
    ///
    /// # Errors
    /// Outside Chromium.
    pub async fn look_as_usual(&self) -> Result<()> {
        let plain = json!({"media": "", "features": []});
        self.devtools("Emulation.setEmulatedMedia", plain).await?;
        self.devtools("Emulation.clearDeviceMetricsOverride", json!({}))
            .await?;
        Ok(())
    }

    /// A picture of the whole page.
    ///
    /// # Errors
    /// Outside Chromium, or if the file cannot be written.
    pub async fn picture(&self, to: &Path) -> Result<()> {
        use base64::Engine as _;

        let whole = json!({"captureBeyondViewport": true, "format": "png"});
        let shot = self.devtools("Page.captureScreenshot", whole).await?;
        let data = shot["data"].as_str().context("a picture")?;
        let bytes = base64::engine::general_purpose::STANDARD.decode(data)?;
        std::fs::write(to, bytes).with_context(|| to.display().to_string())
    }
}
