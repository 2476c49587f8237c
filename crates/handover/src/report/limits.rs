//! The report's limits of the test: what no browser sees, and what this one did not see here.

use crate::layout::TextLayout;
use crate::record::Record;
use reachcheck_diagnosis::analysis::{CheckOutcome, RelayState};
use reachcheck_diagnosis::diagnosis::CheckName;
use reachcheck_model::environment::BrowserFamily;
use reachcheck_texts::{self as text, Limit, Ui};

impl Record<'_> {
    /// The limits, each only where it can matter.
    pub(super) fn limits(&self, page: &mut TextLayout) {
        page.blank();
        page.line(self.ui(Ui::ReportLimits));
        let mut limits = self.of_this_browser();
        limits.extend([
            Limit::TcpFromBrowser,
            Limit::SocketIsNotTcp,
            Limit::OtherPorts,
        ]);
        if self.any_https_is_ok() {
            limits.push(Limit::HttpStatus);
        }
        limits.push(Limit::Ping);
        let observations = &self.session.observations;
        if observations.all_local().iter().any(|(_, local)| local.kept) {
            limits.push(Limit::SocketsKept);
        }
        if !self.session.is_settled() {
            limits.push(Limit::StillOut);
        }
        for limit in limits {
            page.paragraph("  ", &format!("- {}", text::limit(self.lang(), limit)));
        }
    }

    /// What the client may do otherwise than the browser.
    fn of_this_browser(&self) -> Vec<Limit<'_>> {
        let mut limits = Vec::new();
        if self.left_out.browser {
            limits.push(Limit::SomeBrowser);
        } else {
            limits.push(Limit::Browser(&self.environment.browser));
            if self.environment.family == BrowserFamily::Firefox {
                limits.push(Limit::FirefoxProxy);
            }
        }
        limits.extend([Limit::OwnNames, Limit::EnginePlace]);
        if self.environment.in_frame {
            limits.push(Limit::InFrame);
        }
        if self.is_seen_by_ipv6() && !self.left_out.address {
            limits.push(Limit::Ipv6);
        }
        limits
    }

    /// Whether an endpoint's HTTPS check is ok: the answer had a status that the page did not see.
    fn any_https_is_ok(&self) -> bool {
        let mut checks = self.diagnosis.regions.iter().flat_map(|it| &it.checks);
        checks.any(|check| {
            check.name == CheckName::Https && check.conclusion.outcome == CheckOutcome::Ok
        })
    }

    fn is_seen_by_ipv6(&self) -> bool {
        matches!(&self.diagnosis.relay, RelayState::Usable { address, .. } if address.contains(':'))
    }
}
