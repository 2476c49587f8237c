//! The tools, installed once per user and not per checkout.
//!
//! A tool that is there in the right version is used as it is. One that is missing goes where
//! `cargo install` puts it, so that plain `trunk build` finds it too; one that is there in another
//! version is left alone, and ours goes beside it, into the user's cache.

use std::fs;
use std::path::{Path, PathBuf};

use crate::places::{
    BINARYEN, CYCLONEDX, KUBERNETES_VALIDATE, TRUNK, binaryen_folder, cache, cargo_bin,
    cargo_folder, kubernetes_validate_folder, wasm_bindgen_version,
};
use crate::shell::{has, output, run};

/// Looks for barriers in the page; used by tests, never shipped.
const AXE: &str = "4.11.0";
/// The relay's peers in `cargo xtask bench relay`.
const WEBSOCKETS: &str = "websockets==17.4";
const WEBSOCKIFY: &str = "websockify==0.13.0";
const WS: &str = "ws@8.23.0";
/// The oldest wasm-opt that knows what current Rust emits.
const WASM_OPT_MIN: u32 = 116;

/// For cargo-cyclonedx, which runs for some seconds: to optimise it takes minutes, and it checks what it writes in such a build
/// alone.
const QUICK: [&str; 2] = ["--locked", "--debug"];

/// Tools that come from Debian, and the packages that hold them.
const DEBIAN: [(&str, &str); 18] = [
    ("chromium", "chromium"),
    ("chromedriver", "chromium-driver"),
    ("firefox-esr", "firefox-esr"),
    ("dnsmasq", "dnsmasq-base"),
    ("nscd", "nscd"),
    ("WebKitWebDriver", "webkit2gtk-driver"),
    ("Xvfb", "xvfb"),
    ("squid", "squid-openssl"),
    ("certutil", "libnss3-tools"),
    ("ip", "iproute2"),
    ("nft", "nftables"),
    ("unshare", "util-linux"),
    ("sysctl", "procps"),
    ("faketime", "faketime"),
    ("brotli", "brotli"),
    ("nginx", "nginx-light"),
    ("haproxy", "haproxy"),
    ("systemd-analyze", "systemd"),
];

/// What building the page needs.
pub fn for_page() -> Result<(), String> {
    wasm_target()?;
    let is_right = |version: &str| version.starts_with("0.21.");
    cargo_tool("trunk", "trunk", TRUNK, &["--locked"], is_right)?;
    let version = wasm_bindgen_version()?;
    // Not `--locked`: the lock file of 0.2.130 names a release that not every registry has (webpki-roots 1.0.11, which
    // its test runner's HTTP client needs), and nothing that it writes depends on it.
    let is_right = |found: &str| found == version;
    cargo_tool("wasm-bindgen", "wasm-bindgen-cli", &version, &[], is_right)?;
    wasm_opt()
}

/// What the tests need beyond that.
pub fn for_tests() -> Result<(), String> {
    debian()?;
    if !has("geckodriver") {
        run("cargo", &["install", "geckodriver", "--locked"])?;
    }
    // Its packages come from a registry of their own, which a machine may not reach: the test names it where it is missing.
    if let Err(why) = kubernetes_validate() {
        println!("kubernetes-validate {KUBERNETES_VALIDATE} could not be installed: {why}");
    }
    Ok(())
}

/// What writes down of what a program is made.
pub fn for_sbom() -> Result<(), String> {
    let is_right = |found: &str| found == CYCLONEDX;
    let krate = "cargo-cyclonedx";
    cargo_tool(krate, krate, CYCLONEDX, &QUICK, is_right)
}

/// What `cargo xtask mutants` needs.
pub fn for_mutants(version: &str) -> Result<(), String> {
    let is_right = |found: &str| found == version;
    cargo_tool(
        "cargo-mutants",
        "cargo-mutants",
        version,
        &["--locked"],
        is_right,
    )
}

/// Holds manifests against the schemas of Kubernetes, which come with it.
fn kubernetes_validate() -> Result<(), String> {
    let folder = kubernetes_validate_folder();
    let link = folder.join("bin/kubernetes-validate");
    if link.is_file() {
        return Ok(());
    }
    if output("python3", &["-c", "import ensurepip, venv"]).is_none() {
        apt(&["python3-venv"])?;
    }
    let environment = folder.join("python");
    run("python3", &["-m", "venv", &environment.to_string_lossy()])?;
    let python = environment.join("bin/python");
    let package = format!("kubernetes-validate=={KUBERNETES_VALIDATE}");
    let install = ["-m", "pip", "install", "-q", &package];
    run(&python.to_string_lossy(), &install)?;
    let named = |error: std::io::Error| format!("{}: {error}", link.display());
    fs::create_dir_all(folder.join("bin")).map_err(named)?;
    let _ = fs::remove_file(&link);
    #[cfg(unix)]
    std::os::unix::fs::symlink(environment.join("bin/kubernetes-validate"), &link)
        .map_err(named)?;
    Ok(())
}

/// The relay's peers.
pub struct Peers {
    /// A Python that has `websockets` and `websockify`.
    pub python: PathBuf,
    /// A folder whose `node_modules` has `ws`.
    pub node: PathBuf,
}

/// Installs the relay's peers, from their registries, into the user's cache.
pub fn peers() -> Result<Peers, String> {
    let folder = cache().join("peers");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let peers = Peers {
        python: folder.join("python/bin/python"),
        node: folder.join("node"),
    };
    let python = peers.python.to_string_lossy().into_owned();
    if !peers.python.with_file_name("websockify").is_file() {
        let environment = folder.join("python");
        run("python3", &["-m", "venv", &environment.to_string_lossy()])?;
        run(
            &python,
            &["-m", "pip", "install", "-q", WEBSOCKETS, WEBSOCKIFY],
        )?;
    }
    if !peers.node.join("node_modules/ws").is_dir() {
        let prefix = peers.node.to_string_lossy().into_owned();
        run(
            "npm",
            &[
                "install",
                "--ignore-scripts",
                "--no-fund",
                "--no-audit",
                "--loglevel=error",
                "--prefix",
                &prefix,
                WS,
            ],
        )?;
    }
    Ok(peers)
}

/// Whether what runs tests in Wasm is here; nothing is installed in the middle of a test.
pub fn has_wasm_runner() -> Result<(), String> {
    let version = wasm_bindgen_version()?;
    let found = output("wasm-bindgen-test-runner", &["--version"]).unwrap_or_default();
    if found.split_whitespace().nth(1) != Some(version.as_str()) {
        return Err(format!(
            "wasm-bindgen-test-runner {version} is missing; type: cargo install wasm-bindgen-cli --version {version}"
        ));
    }
    if !has("chromedriver") {
        return Err(
            "chromedriver is missing; on Debian type: sudo apt-get install chromium chromium-driver"
                .to_owned(),
        );
    }
    Ok(())
}

fn wasm_target() -> Result<(), String> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let installed = output("rustup", &["target", "list", "--installed"]);
    match installed {
        Some(list) if list.lines().any(|line| line == TARGET) => Ok(()),
        Some(_) => run("rustup", &["target", "add", TARGET]),
        // Without rustup, the distribution's compiler may have the target.
        None => {
            let sysroot = output("rustc", &["--print", "sysroot"]).unwrap_or_default();
            let library = PathBuf::from(sysroot.trim())
                .join("lib/rustlib")
                .join(TARGET);
            if library.is_dir() {
                Ok(())
            } else {
                Err(format!(
                    "the Rust target {TARGET} is missing; with rustup: rustup target add {TARGET}"
                ))
            }
        }
    }
}

fn cargo_tool(
    program: &str,
    krate: &str,
    version: &str,
    flags: &[&str],
    is_right: impl Fn(&str) -> bool,
) -> Result<(), String> {
    // Some know their version only as cargo calls them.
    let as_called = [program.trim_start_matches("cargo-"), "--version"];
    let found = output(program, &["--version"]).or_else(|| output(program, &as_called));
    let found = found
        .as_deref()
        .and_then(|text| text.split_whitespace().nth(1));
    let own = cargo_folder(krate, version);
    let own = own.to_string_lossy();
    let place: &[&str] = match found {
        Some(found) if is_right(found) => return Ok(()),
        Some(found) => {
            println!("{program} {found} is here, {version} is needed: installing it beside");
            &["--root", &own]
        }
        None => &[],
    };
    let install = ["install", krate, "--version", version];
    run("cargo", &[&install[..], place, flags].concat())
}

fn wasm_opt() -> Result<(), String> {
    let version = || {
        let text = output("wasm-opt", &["--version"])?;
        text.split_whitespace()
            .find_map(|word| word.parse::<u32>().ok())
    };
    if version().is_some_and(|version| version >= WASM_OPT_MIN) {
        return Ok(());
    }
    let folder = binaryen_folder();
    npm_install(&folder, &format!("binaryen@{BINARYEN}"))?;
    // Where plain `trunk build` looks, unless something of that name is there.
    #[cfg(unix)]
    {
        let link = cargo_bin().join("wasm-opt");
        if !link.exists() {
            let _ = fs::remove_file(&link);
            let _ = std::os::unix::fs::symlink(folder.join("node_modules/.bin/wasm-opt"), link);
        }
    }
    match version() {
        Some(_) => Ok(()),
        None => {
            Err("wasm-opt was installed and does not run; it needs Node.js 18 or newer".to_owned())
        }
    }
}

/// The file of axe-core, fetched once.
pub fn axe() -> Result<PathBuf, String> {
    let folder = cache().join(format!("axe-core-{AXE}"));
    let file = folder.join("node_modules/axe-core/axe.min.js");
    if !file.is_file() {
        npm_install(&folder, &format!("axe-core@{AXE}"))?;
    }
    Ok(file)
}

fn npm_install(folder: &Path, package: &str) -> Result<(), String> {
    if !has("npm") {
        apt(&["npm"])?;
    }
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    run(
        "npm",
        &[
            "install",
            "--ignore-scripts",
            "--no-fund",
            "--no-audit",
            "--loglevel=error",
            "--prefix",
            &folder.to_string_lossy(),
            package,
        ],
    )
}

fn debian() -> Result<(), String> {
    let packages: Vec<&str> = DEBIAN
        .iter()
        .filter(|(program, _)| !has(program) && !has_in_sbin(program))
        .map(|(_, package)| *package)
        .collect();
    if packages.is_empty() {
        return Ok(());
    }
    apt(&packages)
}

fn has_in_sbin(program: &str) -> bool {
    ["/usr/sbin", "/sbin"]
        .iter()
        .any(|folder| PathBuf::from(folder).join(program).is_file())
}

/// Installs Debian packages, where we may; otherwise says what to type.
fn apt(packages: &[&str]) -> Result<(), String> {
    let list = packages.join(" ");
    let is_root = output("id", &["-u"]).is_some_and(|id| id.trim() == "0");
    if !has("apt-get") {
        return Err(format!(
            "missing: {list} (as Debian calls them); install them with this system's package manager"
        ));
    }
    if !is_root {
        return Err(format!(
            "missing: {list}; type: sudo apt-get install {list}"
        ));
    }
    run("apt-get", &["update", "-qq"])?;
    let mut install = crate::shell::command("apt-get", &["install", "-y", "-qq"]);
    install
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive");
    crate::shell::execute(install)
}
