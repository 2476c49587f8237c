//! Pictures for people to look at, side by side in one page: each state and each finding, in both themes, three widths and
//! every language, enlarged, as it prints, and with words that are long or run from right to left. Of each it is also
//! looked whether it fits (`layout.rs`).

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use reachcheck_diagnosis::diagnosis::diagnose;
use reachcheck_diagnosis::findings::Code;
use reachcheck_lab::browser::{Browser, Hooks, Look};
use reachcheck_lab::engine::Engine;
use reachcheck_lab::fault::Fault;
use reachcheck_lab::middlebox::{Ends, Middlebox};
use reachcheck_lab::world::{Lab, World};
use reachcheck_lab::{recordings, worlds};
use reachcheck_model::catalogue::Kind;
use reachcheck_model::lang::Lang;
use reachcheck_model::thresholds::Thresholds;
use reachcheck_model::trace;

use crate::access::choose_language;
use crate::handover::paste;
use crate::hosted::Nginx;
use crate::layout::{self, Pseudo, UNFOLD};
use crate::page::{SOON, wait_in};
use crate::{album, demo, pattern};

/// A phone, a tablet, a desk.
const WIDTHS: [u32; 3] = [360, 768, 1280];

const PLAIN: Look = Look {
    width: 1280,
    scale: 1,
    dark: false,
    print: false,
    forced: false,
};

/// A picture that has been taken.
pub struct Picture {
    /// What the page is in: a view, a verdict, a finding.
    pub state: String,
    /// Language, or words that stand for another, and look.
    pub column: String,
    /// Its name in the folder.
    pub file: String,
    /// What does not fit, a line each.
    pub faults: Vec<String>,
}

struct Gallery<'here> {
    browser: &'here Browser,
    folder: &'here Path,
    pictures: Vec<Picture>,
}

/// Makes them all, and a page that shows them; gives how many show something that does not fit.
pub async fn run(lab: &Lab, page: &Path, folder: &Path) -> Result<usize> {
    let start = || Browser::start(Engine::Chromium, lab, World::default().setting());
    let browser = start().await?;
    let mut gallery = Gallery {
        browser: &browser,
        folder,
        pictures: Vec::new(),
    };
    gallery.first_screen(lab, page).await?;
    gallery.check(lab).await?;
    let pictures = gallery.pictures;
    browser.close().await?;
    // Another: in one that has met silent endpoints, requests may meet silence there in the next world, too (docs/browsers.md 3).
    let browser = start().await?;
    let mut gallery = Gallery {
        browser: &browser,
        folder,
        pictures,
    };
    gallery.verdicts(lab).await?;
    gallery.other_views(lab).await?;
    gallery.watch(lab).await?;
    let unseen = gallery.findings(lab).await?;
    let pictures = gallery.pictures;
    browser.close().await?;

    std::fs::write(folder.join("index.html"), album::page(&pictures, &unseen))?;
    println!("{}", folder.join("index.html").display());
    if !unseen.is_empty() {
        println!("no recording leads with {}", unseen.join(", "));
    }
    let faulty = pictures.iter().filter(|picture| !picture.faults.is_empty());
    for picture in faulty.clone() {
        let some = picture.faults.iter().take(6).cloned().collect::<Vec<_>>();
        println!("{}:\n  {}", picture.file, some.join("\n  "));
    }
    Ok(faulty.count())
}

impl Gallery<'_> {
    /// What a page says whose Wasm does not come.
    async fn first_screen(&mut self, lab: &Lab, page: &Path) -> Result<()> {
        let own = lab.folder().join("gallery");
        std::fs::create_dir_all(own.join("nginx"))?;
        let no_wasm = "location ~ \\.wasm$ { return 403; }";
        let _nginx = Nginx::start(&own, page, no_wasm)?;
        self.browser.open(&Nginx::url("")).await?;
        self.is_there("document.documentElement.dataset.app === 'failed'")
            .await?;
        for look in looks() {
            self.shoot("first-screen", "all", look).await?;
        }
        self.leave().await
    }

    /// The check before, while it runs, as it ends, and without a network.
    async fn check(&mut self, lab: &Lab) -> Result<()> {
        let world = World::with(Fault::DropsEndpoint("seattle", Kind::Tcp))
            .and(Fault::DropsEndpoint("toronto", Kind::Https));
        let standing = lab.stand(&world)?;
        let url = standing.url.clone();
        self.idle(&format!("{url}?autostart=0")).await?;
        self.take("idle").await?;
        self.browser.click("#start").await?;
        self.browser.wait_running().await?;
        // A run is over before all of them are taken: a few, from each a new one.
        self.shoot("running", "en", PLAIN).await?;
        for (lang, look) in [
            ("en", narrow(PLAIN)),
            ("fr", narrow(PLAIN)),
            ("pt-BR", dark(narrow(PLAIN))),
            ("es", dark(PLAIN)),
        ] {
            self.leave().await?;
            self.browser.open(&format!("{url}?lang={lang}")).await?;
            self.browser.wait_running().await?;
            self.is_there("document.querySelector('[data-check][data-outcome=ok]')")
                .await?;
            self.shoot("running", lang, look).await?;
        }
        self.browser.click("#cancel").await?;
        let cancelled = |hooks: &Hooks| hooks.run == "cancelled";
        self.browser.wait_for("the end", SOON, cancelled).await?;
        self.take("cancelled").await?;
        self.leave().await?;

        self.browser
            .open(&format!("{url}?ticket=INC-48213"))
            .await?;
        self.browser.wait_finished().await?;
        self.take("blocked").await?;
        self.browser.run(UNFOLD).await?;
        self.take("blocked-unfolded").await?;
        self.pseudo("blocked-unfolded").await?;
        self.leave().await?;

        drop(standing);
        let standing = lab.stand(&World::default())?;
        self.idle(&format!("{}?autostart=0", standing.url)).await?;
        // Words that have been shown are there without a network.
        for lang in Lang::ALL {
            choose_language(self.browser, lang).await?;
        }
        Fault::Unplugged.set()?;
        self.browser.run_again().await?;
        self.take("offline").await?;
        self.leave().await
    }

    /// A world of each other verdict.
    async fn verdicts(&mut self, lab: &Lab) -> Result<()> {
        for (state, name) in [
            ("reachable", "all-well"),
            ("degraded", "port-5222-dropped"),
            ("down", "servers-off-for-everybody"),
            ("unknown", "relay-turned-away-and-tcp-dropped"),
        ] {
            let case = worlds::all().into_iter().find(|case| case.name == name);
            let standing = lab.stand(&case.context(name)?.build())?;
            self.browser
                .open(&format!("{}?ticket=INC-48213", standing.url))
                .await?;
            let hooks = self.browser.wait_finished().await?;
            ensure!(hooks.verdict == state, "{name}: {hooks:#?}");
            self.take(state).await?;
            self.leave().await?;
        }
        Ok(())
    }

    /// The support link, and Read a report with none, one, two and twelve.
    async fn other_views(&mut self, lab: &Lab) -> Result<()> {
        let world = World::with(Fault::DropsEndpoint("seattle", Kind::Tcp));
        let standing = lab.stand(&world)?;
        let url = &standing.url;
        self.browser.open(&format!("{url}#link")).await?;
        self.is_there("document.querySelector('#build-ticket')")
            .await?;
        self.take("link").await?;
        self.leave().await?;
        self.browser.open(url).await?;
        self.browser.wait_finished().await?;
        let report = self.browser.report().await?;
        self.leave().await?;
        let people = pattern::team(&report, 12)?;
        for count in [0, 1, 2, 12] {
            self.browser.open(&format!("{url}#read")).await?;
            self.is_there("document.querySelector('#read-input')")
                .await?;
            let state = format!("read-{count}");
            if count > 0 {
                paste(self.browser, &people[..count].join("\n\n")).await?;
                let there = match count {
                    1 => "document.querySelector('[data-report]')",
                    _ => "document.querySelector('#matrix tr[data-case]')",
                };
                self.is_there(there).await?;
            }
            self.take(&state).await?;
            if count > 0 {
                self.pseudo(&state).await?;
            }
            self.leave().await?;
        }
        Ok(())
    }

    /// A watch before it is begun, while it runs, and with something found.
    async fn watch(&mut self, lab: &Lab) -> Result<()> {
        let world = World {
            pace: Some(60),
            middlebox: Some(Middlebox::EndsIdle(1_000, Ends::Resets)),
            ..World::default()
        };
        let standing = lab.stand(&world)?;
        self.browser
            .open(&format!("{}#watch", standing.url))
            .await?;
        self.is_there("document.querySelector('#watch-start')")
            .await?;
        self.take("watch-before").await?;
        self.leave().await?;
        self.browser.start_watch(&standing.url).await?;
        self.shoot("watch-running", "en", PLAIN).await?;
        self.shoot("watch-running", "en", narrow(PLAIN)).await?;
        let cut = |watched: &reachcheck_lab::browser::Watched| watched.found("quiet-cut").is_some();
        self.browser.wait_watch("a cut", SOON, cut).await?;
        self.browser.run(UNFOLD).await?;
        self.take("watch-found").await?;
        self.leave().await
    }

    /// Each finding as support reads it, from the recording of a world that it leads in; gives those that lead in none.
    async fn findings(&mut self, lab: &Lab) -> Result<Vec<&'static str>> {
        let standing = lab.stand(&World::default())?;
        let mut unseen: BTreeSet<Code> = Code::ALL.iter().copied().collect();
        for engine in Engine::ALL {
            let mut files = recordings::files(engine, false);
            files.sort();
            for file in files {
                let text = std::fs::read_to_string(&file)?;
                let Ok((session, environment)) = trace::read(&text) else {
                    continue;
                };
                let diagnosis = diagnose(&session, &environment, Thresholds::default());
                let leads = diagnosis
                    .findings
                    .first()
                    .map(|finding| finding.cause.code());
                let Some(code) = leads.filter(|code| unseen.remove(code)) else {
                    continue;
                };
                let world = file.file_stem().unwrap_or_default().to_string_lossy();
                let link = demo::read_link(engine, &world, &standing.url)?;
                self.browser.open(&link).await?;
                self.is_there("document.querySelector('[data-report]')")
                    .await?;
                let state = format!("finding-{}", code.token());
                for lang in Lang::ALL {
                    choose_language(self.browser, lang).await?;
                    self.shoot(&state, lang.tag(), narrow(PLAIN)).await?;
                }
                choose_language(self.browser, Lang::En).await?;
                self.shoot(&state, "en", dark(PLAIN)).await?;
                self.leave().await?;
            }
        }
        Ok(unseen.into_iter().map(Code::token).collect())
    }

    async fn idle(&self, url: &str) -> Result<()> {
        self.browser.open(url).await?;
        let idle = |hooks: &Hooks| !hooks.regions.is_empty();
        self.browser.wait_for("the page", SOON, idle).await?;
        Ok(())
    }

    /// Lets go of a page, so that the next one is new.
    async fn leave(&self) -> Result<()> {
        self.browser.open("about:blank").await
    }

    async fn is_there(&self, condition: &str) -> Result<()> {
        wait_in(self.browser, condition, SOON).await
    }

    /// In English all looks; in the others a phone, and dark, a desk, and paper.
    async fn take(&mut self, state: &str) -> Result<()> {
        for lang in Lang::ALL.into_iter().filter(|lang| *lang != Lang::En) {
            choose_language(self.browser, lang).await?;
            for look in [narrow(PLAIN), dark(PLAIN), paper()] {
                self.shoot(state, lang.tag(), look).await?;
            }
        }
        choose_language(self.browser, Lang::En).await?;
        for look in looks() {
            self.shoot(state, "en", look).await?;
        }
        Ok(())
    }

    /// With words as others might have them; the page is of no use afterwards.
    async fn pseudo(&mut self, state: &str) -> Result<()> {
        for pseudo in Pseudo::ALL.into_iter().rev() {
            pseudo.put(self.browser).await?;
            for look in [narrow(PLAIN), PLAIN, paper()] {
                self.shoot(state, pseudo.name(), look).await?;
            }
        }
        Ok(())
    }

    async fn shoot(&mut self, state: &str, words: &str, look: Look) -> Result<()> {
        let theme = match (look.print, look.forced, look.dark) {
            (true, ..) => "print",
            (_, false, false) => "light",
            (_, false, true) => "dark",
            (_, true, false) => "forced-light",
            (_, true, true) => "forced-dark",
        };
        let zoom = if look.scale == 1 { "" } else { " at 200 %" };
        let column = format!("{words} {theme} {}{zoom}", look.width);
        let file = format!("{state}-{}.png", column.replace(" %", "").replace(' ', "-"));
        self.browser.look(look).await?;
        let faults = layout::faults(self.browser, look.print).await?;
        self.browser.picture(&self.folder.join(&file)).await?;
        self.browser.look_as_usual().await?;
        self.pictures.push(Picture {
            state: state.to_owned(),
            column,
            file,
            faults,
        });
        Ok(())
    }
}

const fn narrow(look: Look) -> Look {
    Look { width: 360, ..look }
}

const fn dark(look: Look) -> Look {
    Look { dark: true, ..look }
}

/// A4 between margins of 12 mm, at 96 pixels an inch.
const fn paper() -> Look {
    Look {
        width: 703,
        print: true,
        ..PLAIN
    }
}

/// Both themes at every width, one of them with colours that the system forces and one enlarged; and as it prints.
fn looks() -> Vec<Look> {
    let mut looks = Vec::new();
    for theme in [PLAIN, dark(PLAIN)] {
        looks.extend(WIDTHS.map(|width| Look { width, ..theme }));
        looks.push(Look {
            forced: true,
            ..theme
        });
    }
    looks.push(Look {
        width: 640,
        scale: 2,
        ..PLAIN
    });
    looks.push(paper());
    looks
}
