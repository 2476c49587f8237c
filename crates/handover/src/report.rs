//! The report: what support receives, as plain text. Deterministic: the same run gives the same bytes.

mod limits;
mod measurements;

use crate::codec;
use crate::firewall::FirewallRequest;
use crate::layout::{TextLayout, table};
use crate::record::Record;
use crate::snapshot::Snapshot;
use reachcheck_diagnosis::analysis::{CheckOutcome, Proof, RelayState};
use reachcheck_diagnosis::diagnosis::{Check, Verdict};
use reachcheck_model::catalogue::{EndpointRef, Kind};
use reachcheck_model::figures::{capitals, tenths};
use reachcheck_model::lang::Lang;
use reachcheck_model::machine::next_relay;
use reachcheck_model::probe::Probe;
use reachcheck_model::session::Phase;
use reachcheck_model::time::{self, Moment, iso_utc};
use reachcheck_texts::{self as text, Ui};

impl Record<'_> {
    /// The report in support's language. Lines end in LF; none is longer than 80 columns unless a single
    /// word is.
    #[must_use]
    pub fn text(&self) -> String {
        let mut page = TextLayout::default();
        self.heading(&mut page);
        if self.session.phase == Phase::Cancelled {
            page.blank();
            page.line(self.ui(Ui::ReportCancelled));
        } else {
            self.result(&mut page);
            self.regions(&mut page);
            self.network(&mut page);
            self.findings(&mut page);
            self.request(&mut page);
        }
        self.watched(&mut page);
        self.notices(&mut page);
        self.limits(&mut page);
        self.measurements(&mut page);
        self.personal(&mut page);
        self.data(&mut page);
        page.finish()
    }

    const fn lang(&self) -> Lang {
        self.config.report_language
    }

    fn ui(&self, key: Ui) -> &'static str {
        text::ui(self.lang(), key)
    }

    fn heading(&self, page: &mut TextLayout) {
        page.paragraph(
            "",
            &format!(
                "REACHCHECK {} - {} {}",
                env!("CARGO_PKG_VERSION"),
                self.ui(Ui::ReportHeading),
                self.session.plan.provider
            ),
        );
        let ticket = match &self.link.ticket {
            Some(ticket) => format!("{} {ticket} - ", self.ui(Ui::Ticket)),
            None => String::new(),
        };
        page.paragraph(
            "",
            &format!(
                "{ticket}{} - {} s",
                time::utc_and_local(self.session.started),
                tenths(self.session.took_ms / 1000.0)
            ),
        );
        if let Some(code) = self.code() {
            let (begin, end) = code.split_at(code.len() / 2);
            page.line(&format!("{} {begin}-{end}", self.ui(Ui::ReportCode)));
        }
    }

    fn result(&self, page: &mut TextLayout) {
        let words = text::run_headline(self.lang(), &self.session.plan, self.diagnosis);
        page.blank();
        page.paragraph(
            "  ",
            &format!(
                "{}: {}. {}.",
                self.ui(Ui::ReportResult),
                capitals(text::verdict(self.lang(), self.diagnosis.headline)),
                words.title
            ),
        );
        page.indented("  ", &words.means);
    }

    fn regions(&self, page: &mut TextLayout) {
        let mut rows = vec![
            [Ui::Region, Ui::SignOnHttps, Ui::CallEventsTcp, Ui::Result]
                .map(|key| capitals(self.ui(key)))
                .to_vec(),
        ];
        for (region, diagnosis) in self
            .session
            .plan
            .regions
            .iter()
            .zip(&self.diagnosis.regions)
        {
            let mut row = vec![region.name.clone()];
            row.extend(diagnosis.checks.iter().map(|check| self.cell(check)));
            let verdict = text::verdict(self.lang(), diagnosis.verdict);
            row.push(match diagnosis.verdict {
                Verdict::Reachable => verdict.to_owned(),
                _ => capitals(verdict),
            });
            rows.push(row);
        }
        page.blank();
        for line in table(&rows) {
            page.line(&line);
        }
        // What a table has no room for: what each result that is not plainly ok rests on.
        for (region, diagnosis) in self
            .session
            .plan
            .regions
            .iter()
            .zip(&self.diagnosis.regions)
        {
            for (check, kind) in diagnosis.checks.iter().zip(Kind::ALL) {
                if check.conclusion.proof == Proof::Confirmed
                    && check.conclusion.outcome == CheckOutcome::Ok
                {
                    continue;
                }
                page.paragraph(
                    "    ",
                    &format!("  {}: {}", region.host_port(kind), self.words_of(check)),
                );
            }
        }
    }

    /// Outcome and time, short enough for a column.
    fn cell(&self, check: &Check) -> String {
        let outcome = text::outcome(self.lang(), check.conclusion.outcome);
        match check.conclusion.outcome {
            CheckOutcome::Ok => match &check.conclusion.detail {
                reachcheck_diagnosis::analysis::Detail::Answered { .. } => {
                    format!(
                        "{outcome}  {}",
                        text::detail(self.lang(), &check.conclusion.detail)
                    )
                }
                _ => outcome.to_owned(),
            },
            CheckOutcome::Failed => capitals(outcome),
            CheckOutcome::Unknown | CheckOutcome::NotRun => outcome.to_owned(),
        }
    }

    /// Outcome, what it rests on, and how sure that is, as one line.
    fn words_of(&self, check: &Check) -> String {
        if check.conclusion.is_pending() {
            return text::detail(self.lang(), &check.conclusion.detail);
        }
        let mut words = format!(
            "{} - {}",
            text::outcome(self.lang(), check.conclusion.outcome),
            text::detail(self.lang(), &check.conclusion.detail)
        );
        if check.conclusion.proof != Proof::None {
            words.push_str(" - ");
            // Of what works, who answered is more than an agent or a firewall needs.
            let place = check.conclusion.place;
            let place = place.filter(|_| check.conclusion.outcome == CheckOutcome::Failed);
            words.push_str(&text::proofs(self.lang(), check.conclusion.proof, place));
        }
        words
    }

    fn network(&self, page: &mut TextLayout) {
        page.blank();
        page.line(self.ui(Ui::ReportNetwork));
        let rows: Vec<Vec<String>> = self
            .diagnosis
            .network
            .iter()
            .map(|check| {
                vec![
                    text::check(self.lang(), check.name).to_owned(),
                    self.words_of(check),
                ]
            })
            .collect();
        let names = rows.iter().map(|row| row[0].chars().count()).max();
        let margin = " ".repeat(names.unwrap_or(0) + 2);
        for row in rows {
            let gap = margin.chars().count() - row[0].chars().count();
            page.paragraph(&margin, &format!("{}{}{}", row[0], " ".repeat(gap), row[1]));
        }
    }

    fn findings(&self, page: &mut TextLayout) {
        page.blank();
        page.line(self.ui(Ui::ReportFindings));
        if self.diagnosis.findings.is_empty() {
            page.line(self.ui(Ui::ReportNoFindings));
        }
        for (number, found) in (1..).zip(&self.diagnosis.findings) {
            let words = text::run_finding(self.lang(), &self.session.plan, self.diagnosis, found);
            let proof = text::proofs(self.lang(), found.proof, self.diagnosis.place_of(found));
            page.line(&format!(
                "{number}. {} / {} - {proof}",
                found.cause.code().token(),
                text::scope_id(&self.session.plan, found.scope),
            ));
            for (label, sentence) in [
                (Ui::What, words.what),
                (Ui::Means, words.means),
                (Ui::Do, words.action),
            ] {
                page.indented("   ", &format!("{}: {sentence}", self.ui(label)));
            }
        }
    }

    fn request(&self, page: &mut TextLayout) {
        let request = FirewallRequest::of(&self.session.plan, self.diagnosis);
        if request.is_empty() {
            return;
        }
        page.blank();
        page.line(self.ui(Ui::ReportForIt));
        request.body(self.lang(), page);
    }

    /// As the watch wrote it, and when.
    fn watched(&self, page: &mut TextLayout) {
        let Some(watched) = self.taken_up() else {
            return;
        };
        page.blank();
        let until = iso_utc(Moment {
            unix_ms: watched.until_unix_ms,
            ..Moment::default()
        });
        page.line(&format!("{} {until}", self.ui(Ui::IncludeWatch)));
        for line in watched.text.lines() {
            page.line(line);
        }
    }

    fn notices(&self, page: &mut TextLayout) {
        let mut notices: Vec<String> =
            text::config_notice(self.lang(), self.config_source, self.config)
                .map(|notice| notice.whole())
                .into_iter()
                .collect();
        notices.extend(text::forbidden_by_page(self.lang(), self.forbidden));
        notices.extend(
            self.link
                .problems
                .iter()
                .map(|problem| text::link_problem(self.lang(), problem)),
        );
        if notices.is_empty() {
            return;
        }
        page.blank();
        page.line(self.ui(Ui::ReportNotices));
        for notice in notices {
            page.paragraph("  ", &format!("- {notice}"));
        }
    }

    fn measurements(&self, page: &mut TextLayout) {
        page.blank();
        page.line(self.ui(Ui::ReportMeasurements));
        page.indented("  ", self.ui(Ui::ReportMeasurementsKey));
        for line in measurements::lines(&self.session.plan, &self.session.observations) {
            page.paragraph("    ", &line);
        }
    }

    fn personal(&self, page: &mut TextLayout) {
        page.blank();
        page.line(self.ui(Ui::ReportPersonal));
        let mut line = |name: Ui, words: &str| {
            page.paragraph("  ", &format!("{}: {words}", self.ui(name)));
        };
        let left_out = self.ui(Ui::ReportLeftOut);
        if let RelayState::Usable {
            index,
            version,
            address,
            ..
        } = &self.diagnosis.relay
        {
            let address = if self.left_out.address {
                left_out
            } else {
                address
            };
            line(Ui::ReportAddress, address);
            let relay = &self.session.plan.relays[*index].base;
            line(Ui::ReportRelay, &format!("{relay} ({version})"));
        }
        if let Some((relay, endpoints)) = self.asked_next() {
            line(Ui::ReportNextRelay, &format!("{endpoints}: {relay}"));
        }
        if self.left_out.browser {
            line(Ui::ReportBrowser, left_out);
        } else {
            let browser = &self.environment.browser;
            let language = &self.environment.language;
            line(Ui::ReportBrowser, &format!("{browser} - {language}"));
            let computer = text::computer(self.lang(), &self.computer());
            line(Ui::ReportComputer, &computer);
        }
        line(Ui::ReportPage, &self.environment.origin);
    }

    /// The next relay's address, and the endpoints that it was asked about.
    fn asked_next(&self) -> Option<(&str, String)> {
        let (plan, observations) = (&self.session.plan, &self.session.observations);
        let index = next_relay(plan, observations)?;
        let was_asked = |endpoint: &EndpointRef| {
            let dial = observations.get(Probe::NextDial(*endpoint));
            dial.is_some_and(|dial| dial.is_failure() || dial.answered_ms().is_some())
        };
        let ids = plan.endpoints().filter(was_asked);
        let ids: Vec<String> = ids.map(|it| plan.region(it).endpoint_id(it.kind)).collect();
        (!ids.is_empty()).then(|| (plan.relays[index].base.as_str(), ids.join(", ")))
    }

    /// What Read a report reads.
    fn data(&self, page: &mut TextLayout) {
        page.blank();
        page.line(self.ui(Ui::ReportData));
        for line in codec::block(&Snapshot::of(self)) {
            page.line(&line);
        }
        page.line(self.ui(Ui::ReportDataEnd));
    }
}
