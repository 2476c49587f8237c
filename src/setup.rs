//! Start-up of the page: settings, support link, environment and texts, read before the first run.

use reachcheck_model::config::{self, Config, ConfigSource, ConfigTrouble, StandIn};
use reachcheck_model::environment::Environment;
use reachcheck_model::lang::Lang;
use reachcheck_model::link::{Link, LinkProblem};
use reachcheck_model::plan::{Plan, RelayTarget};

use crate::browser::environment;
use crate::browser::settings_file;
use crate::frame::chosen_before;
use crate::translations::Translations;

/// Settings, support link and environment, as read at start-up.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The settings in force.
    pub config: Config,
    /// Where they come from.
    pub config_source: ConfigSource,
    /// The support link.
    pub link: Link,
    /// Where the page runs.
    pub environment: Environment,
    /// What the program says, in the languages that are loaded.
    pub words: Translations,
    /// The language of the page, to begin with.
    pub lang: Lang,
    /// A language that the page or its report should be in, and whose words did not come.
    pub missing: Option<Lang>,
}

/// Singleton: compared by identity.
impl PartialEq for Setup {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Setup {
    /// Reads the settings and the page's address, and takes in the words that they ask for.
    pub async fn read(words: Translations) -> Self {
        let (config, source) = settings().await;
        Self::of(config, source, words).await
    }

    /// Waits for settings that did not come in time, or asks for them again. `None` where they are no better than those
    /// in force.
    pub async fn read_later(words: Translations) -> Option<Self> {
        let text = settings_file::later().await.ok()?;
        let config = config::parse(&text.text).ok()?;
        settings_file::keep(&text.text);
        Some(Self::of(config, ConfigSource::File, words).await)
    }

    async fn of(mut config: Config, config_source: ConfigSource, words: Translations) -> Self {
        let link = Link::parse(&environment::search(), &config.catalogue);
        let environment = environment::read();
        // Whatever was chosen in the other program holds here, though its words may still be on their way there.
        let mut lang = chosen_before()
            .or(link.lang)
            .or_else(|| Lang::from_tag(&environment.language))
            .unwrap_or(Lang::En);
        let mut missing = None;
        for wanted in [&mut config.report_language, &mut lang] {
            if !words.load(*wanted).await {
                missing = Some(*wanted);
                *wanted = Lang::En;
            }
        }
        Self {
            config,
            config_source,
            link,
            environment,
            words,
            lang,
            missing,
        }
    }

    /// Whether a check begins by itself. It does not where the link names regions of settings that are not in force.
    pub fn starts_by_itself(&self) -> bool {
        let names_others = || {
            let of_region = |problem: &LinkProblem| matches!(problem, LinkProblem::Region(_));
            self.link.problems.iter().any(of_region)
        };
        self.link.autostart && !(self.config_source.is_embedded() && names_others())
    }

    /// The plan of a run.
    pub fn plan(&self) -> Plan {
        let relays = self
            .config
            .relays
            .iter()
            .filter_map(|relay| environment::resolve(relay))
            .map(|(base, is_loopback)| RelayTarget { base, is_loopback })
            .collect();
        Plan::new(&self.config, relays, &self.link.regions)
    }
}

/// How long the service worker waits for the network before it answers with what is kept (`style/sw.js`), in whole
/// seconds.
const WORKER_PATIENCE_S: u32 = 2;

/// The settings in force: the file beside the page; else what this browser keeps of it, else those that the page was
/// built with, else the program's own.
async fn settings() -> (Config, ConfigSource) {
    let mut kept = None;
    let trouble = match settings_file::now().await {
        Err(trouble) => trouble,
        Ok(file) if file.kept.is_some() => {
            kept = Some(file);
            ConfigTrouble::Late {
                seconds: WORKER_PATIENCE_S,
            }
        }
        Ok(file) => match config::parse(&file.text) {
            Ok(config) => {
                settings_file::keep(&file.text);
                return (config, ConfigSource::File);
            }
            Err(error) => ConfigTrouble::Broken(error),
        },
    };
    if kept.is_none() {
        kept = settings_file::kept().await;
    }
    let kept =
        kept.and_then(|file| Some((config::parse(&file.text).ok()?, StandIn::Kept(file.kept?))));
    let built = || {
        Some((
            config::parse(&settings_file::built()?).ok()?,
            StandIn::Build,
        ))
    };
    let (config, stand_in) = kept
        .or_else(built)
        .unwrap_or_else(|| (Config::default(), StandIn::Embedded));
    (config, ConfigSource::InPlace(stand_in, trouble))
}
