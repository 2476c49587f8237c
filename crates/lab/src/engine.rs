//! Browser engines, and how each is started with an empty profile that trusts the lab's authority.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::proxy::Setting;
use crate::usage::Features;
use crate::world::Lab;

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Engine {
    /// Debian's chromium with chromium-driver.
    Chromium,
    /// Debian's firefox-esr with geckodriver.
    Firefox,
    /// Debian's `WebKitGTK`, in its test browser, with webkit2gtk-driver.
    WebKit,
}

impl Engine {
    /// Every engine.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// Those that agents work in: what is always tested.
    pub const CORE: [Self; 2] = [Self::Chromium, Self::Firefox];

    /// For test names.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    pub(crate) const fn port(self) -> u16 {
        match self {
            Self::Chromium => 9515,
            Self::Firefox => 4444,
            Self::WebKit => 9516,
        }
    }

    /// The driver, and the capabilities to ask it for.
    pub(crate) fn prepare(
        self,
        lab: &Lab,
        home: &Path,
        setting: &Setting,
        features: Features,
    ) -> Result<(Command, Value)> {
        let (driver, mut capabilities) = match self {
            Self::Chromium => chromium(lab, home, features)?,
            Self::Firefox => firefox(lab, home, features)?,
            Self::WebKit => return webkit(lab, home, setting),
        };
        if self == Self::Firefox {
            let preferences = &mut capabilities["moz:firefoxOptions"]["prefs"];
            lab.computer().system.set_firefox(preferences)?;
        }
        if let Some(proxy) = setting.capability() {
            capabilities["proxy"] = proxy;
        }
        Ok((driver, capabilities))
    }

    /// Whether this engine can be told of a proxy in this way.
    #[must_use]
    pub const fn takes(self, setting: &Setting) -> bool {
        match setting {
            Setting::Direct | Setting::Manual(_) => true,
            // GLib hands PAC files to a service of the desktop that is not there.
            Setting::Pac(_) => !matches!(self, Self::WebKit),
        }
    }
}

impl Engine {
    /// Whether a tab can be put behind another here: WebDriver has no word for it, and `WebKitGTK`'s browser for tests
    /// opens windows that all count as shown.
    #[must_use]
    pub const fn hides_tabs(self) -> bool {
        !matches!(self, Self::WebKit)
    }
}

fn chromium(lab: &Lab, home: &Path, features: Features) -> Result<(Command, Value)> {
    lab.authority.trust_in(&home.join(".pki/nssdb"))?;
    let mut driver = Command::new("chromedriver");
    driver
        .arg(format!("--port={}", Engine::Chromium.port()))
        .env("HOME", home);
    let profile = home.join("profile");
    // Of this flag, the last one counts.
    let mut enabled =
        "--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/15".to_owned();
    if features.happy_eyeballs_3 {
        enabled.push_str(",HappyEyeballsV3");
    }
    let quic = if features.quic {
        "--enable-quic"
    } else {
        "--disable-quic"
    };
    let capabilities = json!({
        "goog:chromeOptions": {
            // Hidden tabs are to be as hidden as with people.
            "excludeSwitches": ["disable-background-timer-throttling", "disable-backgrounding-occluded-windows"],
            "args": [
                "--headless=new",
                // We are root in a namespace of our own.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                quic,
                "--no-first-run",
                // No word to anybody beyond the lab.
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--lang=en-US",
                // Drawing without a graphics card keeps a core busy, and several browsers run side by side.
                "--force-prefers-reduced-motion",
                // A hidden tab's timers pass once a minute after a quarter of one; otherwise after five.
                enabled,
                format!("--user-data-dir={}", profile.display()),
            ],
        },
    });
    Ok((driver, capabilities))
}

fn firefox(lab: &Lab, home: &Path, features: Features) -> Result<(Command, Value)> {
    let profile = home.join("profile");
    lab.authority.trust_in(&profile)?;
    let mut driver = Command::new(geckodriver());
    driver
        .args(["--port", &Engine::Firefox.port().to_string()])
        .env("HOME", home);
    let mut capabilities = json!({
        // A proxy's login dialog would end the next command: it is cancelled, as a person may do.
        "unhandledPromptBehavior": "dismiss",
        "moz:firefoxOptions": {
            "args": ["-headless", "-profile", profile],
            "prefs": {
                "intl.accept_languages": "en-US",
                "ui.prefersReducedMotion": 1,
                "network.trr.mode": 5,
                "network.captive-portal-service.enabled": false,
                "network.connectivity-service.enabled": false,
                "app.normandy.enabled": false,
                "browser.safebrowsing.downloads.remote.enabled": false,
                "datareporting.policy.dataSubmissionEnabled": false,
                "extensions.getAddons.cache.enabled": false,
                "services.settings.server": "",
            },
        },
    });
    if features.quic {
        // By default an authority that was added is a reason to do without.
        let preferences = &mut capabilities["moz:firefoxOptions"]["prefs"];
        preferences["network.http.http3.disable_when_third_party_roots_found"] = false.into();
    }
    if features.happy_eyeballs_3 {
        let preferences = &mut capabilities["moz:firefoxOptions"]["prefs"];
        preferences["network.http.happy_eyeballs_enabled"] = true.into();
    }
    Ok((driver, capabilities))
}

/// `cargo install` puts it where PATH may not look.
fn geckodriver() -> PathBuf {
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo"));
    cargo_home
        .or(home)
        .map(|folder| folder.join("bin/geckodriver"))
        .filter(|file| file.is_file())
        .unwrap_or_else(|| PathBuf::from("geckodriver"))
}

/// A display of its own, and the lab's authority among the system's: `WebKitGTK` knows no other place for it.
/// Both in a mount namespace, so that nobody else sees them.
const WEBKIT: &str = r#"
    mount --bind "$1" /etc/ssl/certs/ca-certificates.crt || exit 1
    mkdir -p /tmp/.X11-unix && mount -t tmpfs tmpfs /tmp/.X11-unix || exit 1
    Xvfb :9 -nolock -nolisten tcp -screen 0 1400x1700x24 &
    until [ -S /tmp/.X11-unix/X9 ]; do kill -0 $! || exit 1; sleep 0.05; done
    exec WebKitWebDriver --host=127.0.0.1 --port="$2""#;

fn webkit(lab: &Lab, home: &Path, setting: &Setting) -> Result<(Command, Value)> {
    ensure!(
        Engine::WebKit.takes(setting),
        "WebKitGTK reads no PAC file here"
    );
    let bundle = home.join("authorities.pem");
    fs::copy(&lab.authority.ca, &bundle)?;
    let mut driver = Command::new("unshare");
    driver
        .args(["--mount", "sh", "-c", WEBKIT, "sh"])
        .arg(&bundle)
        .arg(Engine::WebKit.port().to_string())
        .env("HOME", home)
        .env("DISPLAY", ":9")
        .env("GDK_BACKEND", "x11")
        .env("LANG", "en_US.UTF-8")
        // Settings and accessibility would look for a session bus.
        .env("GSETTINGS_BACKEND", "memory")
        .env("NO_AT_BRIDGE", "1")
        // We are root in a namespace of our own.
        .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
    for variable in [
        "XDG_RUNTIME_DIR",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "XDG_DATA_HOME",
        "WAYLAND_DISPLAY",
        "DBUS_SESSION_BUS_ADDRESS",
        "http_proxy",
        "https_proxy",
        "no_proxy",
        "all_proxy",
    ] {
        driver.env_remove(variable);
    }
    // WebKitWebDriver takes the W3C capability for a proxy that is spoken to in TLS; GLib's own way is plain.
    if let Setting::Manual(proxy) = setting {
        for variable in ["http_proxy", "https_proxy"] {
            driver.env(variable, format!("http://{proxy}"));
        }
        driver.env("no_proxy", "127.0.0.1,localhost");
    }
    let capabilities = json!({
        "webkitgtk:browserOptions": {"binary": mini_browser()?, "args": ["--automation"]},
    });
    Ok((driver, capabilities))
}

/// It comes with the library, below a folder that names the architecture and the library's version.
fn mini_browser() -> Result<PathBuf> {
    let folders = |path: &Path| -> Result<Vec<PathBuf>> {
        Ok(fs::read_dir(path)?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect())
    };
    let mut found: Vec<PathBuf> = folders(Path::new("/usr/lib"))?
        .iter()
        .filter(|path| path.to_string_lossy().ends_with("-linux-gnu"))
        .filter_map(|path| folders(path).ok())
        .flatten()
        .filter(|path| path.to_string_lossy().contains("/webkit"))
        .map(|path| path.join("MiniBrowser"))
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    found
        .pop()
        .context("MiniBrowser (Debian package webkit2gtk-driver)")
}
