//! A world to look at by hand.

use std::process::Command;

use anyhow::{Context as _, Result};
use reachcheck_lab::cover::cells;
use reachcheck_lab::namespaces;
use reachcheck_lab::under::{self, Condition};
use reachcheck_lab::world::Lab;
use reachcheck_lab::worlds;

/// Names every world; a star marks the core.
pub fn list() {
    for case in worlds::all() {
        let mark = if case.core { '*' } else { ' ' };
        println!("{mark} {:<44} {}", case.name, case.about);
    }
    println!("\n* in every test run; the others in `cargo xtask lab --all`");
    println!("cargo xtask lab NAME builds one and keeps it\n");
    for condition in under::all() {
        println!("  {:<44} {}", condition.name, condition.about);
    }
    println!("\nany world can be put under them: cargo xtask lab NAME --under NAME,NAME\n");
    for cell in cells::all() {
        let mark = if cell.always { '*' } else { ' ' };
        println!("{mark} {}", cell.name());
    }
    println!("\ncells of the cover: cargo xtask lab --dimensions [--cells NAME,NAME]");
}

/// Builds a world under these conditions and keeps it until Ctrl+C.
pub async fn stand(lab: &Lab, name: &str, conditions: &[Condition]) -> Result<()> {
    let case = worlds::all().into_iter().find(|case| case.name == name);
    let case = case.with_context(|| format!("no world {name}; --list names them"))?;
    let world = case.clone().under(conditions).build();
    let standing = lab.stand(&world)?;
    let home = lab.folder().join("by-hand");
    lab.authority.trust_in(&home.join(".pki/nssdb"))?;
    let mut words = vec![
        "chromium".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-quic".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        format!("--user-data-dir={}", home.join("profile").display()),
    ];
    words.extend(standing.setting.chromium_flag());
    words.push(standing.url.clone());

    println!("{}: {}", case.name, case.about);
    for condition in conditions {
        println!("{}: {}", condition.name, condition.about);
    }
    println!("Page:    {}", standing.url);
    if let Some(process) = namespaces::process_seen_from_outside() {
        let inside = namespaces::enter_command(process);
        println!("Inside:  {inside} bash");
        println!(
            "Browser: {inside} env HOME={} {}",
            home.display(),
            words.join(" ")
        );
    }
    let has_display = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some());
    let browser = has_display.then(|| {
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).env("HOME", &home);
        namespaces::spawn(command, &lab.folder().join("by-hand.log"))
    });
    let _browser = browser.transpose()?;
    println!("Ctrl+C ends it.");
    tokio::signal::ctrl_c().await?;
    Ok(())
}
