//! Written forms of a run's report: text, message, JSON, link and code.

use reachcheck_diagnosis::diagnosis::Diagnosis;
use reachcheck_handover::record::{LeftOut, Record};
use reachcheck_handover::snapshot::Snapshot;
use reachcheck_handover::watched::Watched;
use reachcheck_handover::{codec, send};
use reachcheck_model::session::Session;
use reachcheck_model::time::{self, Moment};

use crate::browser::{clock, environment, page_policy, storage};
use crate::components::report_panel::ReportText;
use crate::setup::Setup;

/// Writes it, without what the agent leaves out.
pub fn write(
    setup: &Setup,
    session: &Session,
    diagnosis: &Diagnosis,
    left_out: LeftOut,
) -> ReportText {
    let now = clock::moment();
    storage::take_over(storage::WATCHED);
    let kept = storage::read(storage::WATCHED);
    let watched = kept.and_then(|kept| Watched::read(&kept, now.unix_ms));
    let watched_until = watched.as_ref().map(|watched| {
        let until = Moment {
            unix_ms: watched.until_unix_ms,
            ..now
        };
        time::local_hour(until).into()
    });
    let report = Record {
        session,
        diagnosis,
        config: &setup.config,
        config_source: &setup.config_source,
        forbidden: &page_policy::forbidden(),
        link: &setup.link,
        environment: &setup.environment,
        left_out,
        watched: watched.as_ref(),
    };
    let mut file_name = "reachcheck-".to_owned();
    if let Some(ticket) = &setup.link.ticket {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        file_name.extend(ticket.chars().map(plain));
        file_name.push('-');
    }
    file_name.push_str(&time::file_stamp(session.started));
    file_name.push_str(".txt");
    let page = environment::page_url();
    let support = &setup.config.support;
    ReportText {
        text: report.text().into(),
        lang: setup.config.report_language,
        file_name: file_name.into(),
        watched_until,
        code: report.code().map(Into::into),
        link: [&page, "#", &codec::fragment(&Snapshot::of(&report))]
            .concat()
            .into(),
        mailto: support
            .email
            .as_ref()
            .map(|email| send::mailto(&report, email, &page).into()),
        post: support
            .report_url
            .as_ref()
            .map(|url| (url.to_string().into(), send::json(&report).into())),
    }
}
