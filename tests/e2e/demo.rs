//! A world's report to look at in any browser: the link that an agent there would send, from the world's recording.

use std::fs;

use anyhow::{Context as _, Result, anyhow};
use reachcheck_diagnosis::diagnosis::diagnose;
use reachcheck_handover::codec;
use reachcheck_handover::record::{LeftOut, Record};
use reachcheck_handover::snapshot::Snapshot;
use reachcheck_lab::engine::Engine;
use reachcheck_lab::recordings;
use reachcheck_model::config::{Config, ConfigSource};
use reachcheck_model::link::Link;
use reachcheck_model::thresholds::Thresholds;
use reachcheck_model::trace;

/// The `#read=` link of a world as an engine met it, to a page at this address.
///
/// # Errors
/// Where there is no such recording.
pub fn read_link(engine: Engine, world: &str, page: &str) -> Result<String> {
    let file = recordings::file(engine, world);
    let text = fs::read_to_string(&file).with_context(|| {
        format!(
            "{}: no recording of {world} in {}; `cargo xtask lab` names the worlds",
            file.display(),
            engine.name()
        )
    })?;
    let (session, environment) =
        trace::read(&text).map_err(|why| anyhow!("{}: {why:?}", file.display()))?;
    let diagnosis = diagnose(&session, &environment, Thresholds::default());
    let record = Record {
        session: &session,
        diagnosis: &diagnosis,
        config: &Config::default(),
        config_source: &ConfigSource::File,
        forbidden: &[],
        link: &Link::default(),
        environment: &environment,
        left_out: LeftOut::default(),
        watched: None,
    };
    Ok(format!(
        "{page}#{}",
        codec::fragment(&Snapshot::of(&record))
    ))
}

#[cfg(test)]
mod tests {
    use super::read_link;
    use reachcheck_handover::reading::{Reading, read};
    use reachcheck_lab::engine::Engine;
    use reachcheck_model::catalogue::Catalogue;

    #[test]
    fn a_worlds_link_is_read_as_its_report() {
        let link = read_link(Engine::Firefox, "tcp-refused-far", "https://check.example/");
        let read = read(&link.expect("a link"), &Catalogue::embedded());
        let [Ok(Reading::Report(report))] = &read[..] else {
            panic!("{read:?}");
        };
        assert_eq!(report.diagnosis.headline.token(), "blocked");
        assert!(read_link(Engine::Firefox, "no-such-world", "").is_err());
    }
}
