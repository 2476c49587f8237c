//! Start-up of the page: settings, support link, environment and texts, read before the first run.

use reachcheck_model::config::{self, Config, ConfigError};
use reachcheck_model::environment::Environment;
use reachcheck_model::lang::Lang;
use reachcheck_model::link::Link;
use reachcheck_model::plan::{Plan, RelayTarget};

use crate::browser::{clock, document, early, environment};
use crate::translations::Translations;

/// Settings that take longer than this are not waited for: a broken network must not keep the page from
/// starting.
const CONFIG_DEADLINE_MS: f64 = 3_000.0;

/// Settings, support link and environment, as read at start-up.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The settings in force.
    pub config: Config,
    /// Why `config.json` was not taken, if so.
    pub config_error: Option<ConfigError>,
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
        let (mut config, config_error) = match read_config().await {
            None => (Config::default(), None),
            Some(Ok(config)) => (config, None),
            Some(Err(error)) => (Config::default(), Some(error)),
        };
        let link = Link::parse(&environment::search(), &config.catalogue);
        let environment = environment::read();
        let mut lang = document::language()
            .and_then(|tag| Lang::from_tag(&tag))
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
            config_error,
            link,
            environment,
            words,
            lang,
            missing,
        }
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

/// `config.json` beside the page; `None` if there is none.
async fn read_config() -> Option<Result<Config, ConfigError>> {
    let text = clock::timeout(early::config(), CONFIG_DEADLINE_MS).await;
    text.flatten().map(|text| config::parse(&text))
}
