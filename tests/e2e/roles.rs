//! The page as a person finds their way in it, and as a screen reader does: by role and name.

use anyhow::{Result, ensure};

use crate::scene::Scene;

/// What a person may look for.
#[derive(Clone, Copy, Debug)]
pub enum Role {
    Button,
    Heading,
    Combobox,
    Region,
    Status,
}

impl Role {
    const fn selector(self) -> &'static str {
        match self {
            Self::Button => "button",
            Self::Heading => "h1, h2, h3",
            Self::Combobox => "select",
            // A section is a region for as long as it has a name.
            Self::Region => "section[aria-labelledby], section[aria-label]",
            Self::Status => "[role=status]",
        }
    }
}

/// Finds what has a role and a name, in what is there for everybody: neither hidden nor kept from assistive
/// technology. `window.byRole(selector, name)` gives the element.
const FINDER: &str = "
    window.accessibleName = (e) => {
        const labelled = e.getAttribute('aria-labelledby');
        const own = labelled ? document.getElementById(labelled) : e.labels?.[0] ?? e;
        const copy = own.cloneNode(true);
        copy.querySelectorAll('[aria-hidden=true], option').forEach((part) => part.remove());
        return (e.getAttribute('aria-label') ?? copy.textContent).replace(/\\s+/g, ' ').trim();
    };
    window.byRole = (selector, name) => [...document.querySelectorAll(selector)].find((e) =>
        e.checkVisibility() && !e.closest('[aria-hidden=true]') && window.accessibleName(e).includes(name));";

/// Whether it is there.
pub async fn has(scene: &Scene<'_>, role: Role, name: &str) -> Result<bool> {
    let selector = role.selector();
    let script = format!("{FINDER} return Boolean(window.byRole({selector:?}, {name:?}));");
    Ok(scene.browser.run(&script).await? == true)
}

/// Presses a button by its name.
pub async fn press(scene: &Scene<'_>, name: &str) -> Result<()> {
    let selector = Role::Button.selector();
    let script = format!(
        "{FINDER} document.querySelectorAll('[data-e2e]').forEach((e) => e.removeAttribute('data-e2e'));
         window.byRole({selector:?}, {name:?})?.setAttribute('data-e2e', ''); return true;"
    );
    scene.browser.run(&script).await?;
    scene.browser.click("[data-e2e]").await
}

/// Unfolds what is behind a summary of that name.
pub async fn unfold(scene: &Scene<'_>, name: &str) -> Result<()> {
    let script = format!(
        "{FINDER} const summary = window.byRole('summary', {name:?}); if (!summary) return false;
         if (!summary.parentElement.open) summary.click(); return summary.parentElement.open;"
    );
    ensure!(
        scene.browser.run(&script).await? == true,
        "nothing folded behind {name}"
    );
    Ok(())
}

/// Chooses in a list by its name.
pub async fn choose(scene: &Scene<'_>, name: &str, value: &str) -> Result<()> {
    let selector = Role::Combobox.selector();
    let script = format!(
        "{FINDER} const list = window.byRole({selector:?}, {name:?}); if (!list) return false;
         list.value = {value:?}; list.dispatchEvent(new Event('change', {{bubbles: true}})); return true;"
    );
    let chosen = scene.browser.run(&script).await?;
    ensure!(chosen == true, "no list called {name}");
    Ok(())
}
