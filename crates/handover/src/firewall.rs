//! The firewall request: what the agent's IT department is asked to allow. Outbound, by name, never inbound
//! and never by address; exempt from inspection where the evidence says so.

mod confirm;
mod lines;

use crate::layout::{TextLayout, table};
use reachcheck_diagnosis::analysis::{CheckOutcome, Expectation, OutsideView};
use reachcheck_diagnosis::diagnosis::{Diagnosis, Verdict};
use reachcheck_diagnosis::finding::Finding;
use reachcheck_diagnosis::findings::Cause;
use reachcheck_model::catalogue::{Catalogue, EndpointRef, HostPort, Kind};
use reachcheck_model::figures::capitals;
use reachcheck_model::lang::Lang;
use reachcheck_model::plan::Plan;
use reachcheck_model::probe::Port;
use reachcheck_model::time::Moment;
use reachcheck_texts::{self as text, Ui};

/// What an endpoint or port is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Sign-on and status.
    Https,
    /// Call events.
    Tcp,
    /// User events by plain HTTP.
    Port80,
    /// Presence.
    Port5222,
}

/// One line of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow {
    /// Host name.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// What for.
    pub purpose: Purpose,
    /// Encrypted connections must not be opened on the way.
    pub is_exempt: bool,
    /// What is said there need not be TLS.
    pub any_protocol: bool,
    /// A proxy must let it pass without a login.
    pub no_login: bool,
    /// Whether it speaks TLS, where somebody outside found out.
    pub speaks_tls: Option<bool>,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirewallRequest {
    /// Whose service.
    pub provider: String,
    /// Hosts and ports, in the plan's order.
    pub allow: Vec<Allow>,
    /// Hosts that a report names and the catalogue of the page that reads it does not, with their ports: named, and not
    /// asked for.
    pub unlisted: Vec<String>,
    /// Quiet connections must not be cut.
    pub keep_idle: bool,
    /// WebSocket must pass.
    pub web_socket: bool,
}

impl FirewallRequest {
    /// What follows from a diagnosis; nothing where nothing beyond the agent's computer answered.
    #[must_use]
    pub fn of(plan: &Plan, diagnosis: &Diagnosis) -> Self {
        let mut request = Self {
            provider: plan.provider.clone(),
            allow: Vec::new(),
            unlisted: Vec::new(),
            keep_idle: false,
            web_socket: false,
        };
        if diagnosis.headline == Verdict::Offline {
            return request;
        }
        let all =
            |kind: Kind| (0..plan.regions.len()).map(move |region| EndpointRef { region, kind });
        for endpoint in plan
            .endpoints()
            .filter(|endpoint| fails_here_only(diagnosis, *endpoint))
        {
            request.line(plan, diagnosis, endpoint);
        }
        for Finding {
            cause, endpoints, ..
        } in &diagnosis.findings
        {
            match cause {
                Cause::AnswerNotFromService(_)
                | Cause::TlsRejected(_)
                | Cause::CutInHandshake(_)
                | Cause::ClosedAfterTls(_) => {
                    for endpoint in endpoints {
                        request.line(plan, diagnosis, *endpoint).is_exempt = true;
                    }
                }
                Cause::Inspected(_) => {
                    for endpoint in plan.endpoints() {
                        request.line(plan, diagnosis, endpoint).is_exempt = true;
                    }
                }
                Cause::ProxyLogin(_) => {
                    for endpoint in endpoints {
                        request.line(plan, diagnosis, *endpoint).no_login = true;
                    }
                }
                Cause::Plain443Blocked(_) => {
                    let about: Vec<EndpointRef> = match endpoints.is_empty() {
                        true => all(Kind::Tcp).collect(),
                        false => endpoints.clone(),
                    };
                    for endpoint in about {
                        request.line(plan, diagnosis, endpoint).any_protocol = true;
                    }
                }
                Cause::HoldCut(_) | Cause::SocketBlocked(_) => {
                    request.keep_idle |= matches!(cause, Cause::HoldCut(_));
                    request.web_socket |= matches!(cause, Cause::SocketBlocked(_));
                    for endpoint in all(Kind::Tcp) {
                        request.line(plan, diagnosis, endpoint);
                    }
                }
                Cause::Port80Closed(_) => request.port(plan, Port::Http, Purpose::Port80),
                Cause::Port5222Closed(_) => request.port(plan, Port::Xmpp, Purpose::Port5222),
                _ => {}
            }
        }
        request
    }

    /// The request of a report that anybody may have written, in the name of the page that reads it: asks only for what
    /// its catalogue lists.
    #[must_use]
    pub fn of_report(plan: &Plan, diagnosis: &Diagnosis, catalogue: &Catalogue) -> Self {
        let mut request = Self::of(plan, diagnosis);
        request.provider.clone_from(&catalogue.provider);
        let all = std::mem::take(&mut request.allow);
        for line in all {
            if line.is_listed(catalogue) {
                request.allow.push(line);
            } else {
                request.unlisted.push(line.target().to_string());
            }
        }
        request
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.allow.is_empty() && self.unlisted.is_empty()
    }

    /// The line of an endpoint, made if it is not there.
    fn line(&mut self, plan: &Plan, diagnosis: &Diagnosis, endpoint: EndpointRef) -> &mut Allow {
        let target = plan.region(endpoint).host_port(endpoint.kind);
        let known = self
            .allow
            .iter()
            .position(|line| line.host == target.host && line.port == target.port);
        let index = known.unwrap_or_else(|| {
            self.allow.push(Allow {
                host: target.host.to_owned(),
                port: target.port,
                purpose: match endpoint.kind {
                    Kind::Https => Purpose::Https,
                    Kind::Tcp => Purpose::Tcp,
                },
                is_exempt: false,
                any_protocol: false,
                no_login: false,
                speaks_tls: speaks_tls(diagnosis, endpoint),
            });
            self.allow.len() - 1
        });
        &mut self.allow[index]
    }

    /// A port beside 443, at every host for sign-on: the provider names no other host for it.
    fn port(&mut self, plan: &Plan, port: Port, purpose: Purpose) {
        self.allow.extend(plan.regions.iter().map(|region| Allow {
            host: region.https.host.clone(),
            port: port.number(),
            purpose,
            is_exempt: false,
            any_protocol: false,
            no_login: false,
            speaks_tls: Some(false),
        }));
    }

    /// The request as a text of its own, with ready lines for common tools.
    #[must_use]
    pub fn text(&self, lang: Lang, ticket: Option<&str>, started: Moment) -> String {
        let ui = |key| text::ui(lang, key);
        let mut page = TextLayout::default();
        page.paragraph("", &format!("{} - {}", ui(Ui::RequestTitle), self.provider));
        let ticket = ticket.map(|ticket| format!("{} {ticket} - ", ui(Ui::Ticket)));
        page.paragraph(
            "",
            &format!(
                "{}{} - Reachcheck {}",
                ticket.unwrap_or_default(),
                reachcheck_model::time::utc(started),
                env!("CARGO_PKG_VERSION")
            ),
        );
        if !self.unlisted.is_empty() {
            page.blank();
            page.paragraph("", ui(Ui::RequestUnlisted));
            for target in &self.unlisted {
                page.line(&format!("   {target}"));
            }
        }
        if !self.allow.is_empty() {
            page.blank();
            self.body(lang, &mut page);
            lines::write(self, lang, &mut page);
        }
        page.finish()
    }

    /// What is asked for, and how to confirm that it was done.
    pub(crate) fn body(&self, lang: Lang, page: &mut TextLayout) {
        let ui = |key| text::ui(lang, key);
        page.paragraph("", ui(Ui::ReportOutboundOnly));
        page.blank();
        let headings = [
            Ui::RequestDirection,
            Ui::RequestPort,
            Ui::RequestHost,
            Ui::RequestPurpose,
        ];
        let mut rows = vec![headings.map(|key| capitals(ui(key))).to_vec()];
        rows.extend(self.allow.iter().map(|line| {
            vec![
                ui(Ui::RequestOutbound).to_owned(),
                format!("TCP {}", line.port),
                line.host.clone(),
                ui(line.purpose.words()).to_owned(),
            ]
        }));
        for line in table(&rows) {
            page.line(&line);
        }
        for (words, applies) in [
            (
                Ui::RequestExempt,
                (|line| line.is_exempt) as fn(&Allow) -> bool,
            ),
            (Ui::RequestAnyProtocol, |line| line.any_protocol),
            (Ui::RequestNoLogin, |line| line.no_login),
        ] {
            let lines: Vec<&Allow> = self.allow.iter().filter(|line| applies(line)).collect();
            if lines.is_empty() {
                continue;
            }
            page.blank();
            page.paragraph("", ui(words));
            for line in lines {
                page.line(&format!("   {}:{}", line.host, line.port));
            }
        }
        let has_presence = self
            .allow
            .iter()
            .any(|line| line.purpose == Purpose::Port5222);
        for (words, applies) in [
            (Ui::RequestIdle, self.keep_idle),
            (Ui::RequestWebSocket, self.web_socket),
            (Ui::RequestPresence, has_presence),
        ] {
            if applies {
                page.blank();
                page.paragraph("", ui(words));
            }
        }
        confirm::write(self, lang, page);
    }
}

impl Allow {
    fn target(&self) -> HostPort<'_> {
        HostPort {
            host: &self.host,
            port: self.port,
        }
    }

    /// Whether a run over that catalogue could ask for it.
    fn is_listed(&self, catalogue: &Catalogue) -> bool {
        match self.purpose {
            Purpose::Https | Purpose::Tcp => catalogue.lists(self.target()),
            Purpose::Port80 | Purpose::Port5222 => {
                let mut regions = catalogue.regions.iter();
                regions.any(|region| region.https.host == self.host)
            }
        }
    }
}

impl Purpose {
    const fn words(self) -> Ui {
        match self {
            Self::Https => Ui::ReportPurposeHttps,
            Self::Tcp => Ui::ReportPurposeTcp,
            Self::Port80 => Ui::RequestPurpose80,
            Self::Port5222 => Ui::RequestPurpose5222,
        }
    }
}

/// Whether an endpoint fails here and is not known to fail from outside.
fn fails_here_only(diagnosis: &Diagnosis, endpoint: EndpointRef) -> bool {
    let position = usize::from(endpoint.kind == Kind::Tcp);
    let check = &diagnosis.regions[endpoint.region].checks[position];
    check.conclusion.outcome == CheckOutcome::Failed
        && !matches!(check.outside, Some(OutsideView::Failed(_)))
}

fn speaks_tls(diagnosis: &Diagnosis, endpoint: EndpointRef) -> Option<bool> {
    if endpoint.kind == Kind::Https {
        return Some(true);
    }
    let check = &diagnosis.regions[endpoint.region].checks[1];
    match check.outside? {
        OutsideView::Reached { expect, .. } => match expect {
            Expectation::Http(_)
            | Expectation::NotHttp
            | Expectation::ClosedAfterTls
            | Expectation::SilentAfterTls
            | Expectation::CertificateRefused => Some(true),
            Expectation::NoTls(_) | Expectation::Greets => Some(false),
            Expectation::SilentInTls => None,
        },
        OutsideView::Pending | OutsideView::NotRun | OutsideView::Failed(_) => None,
    }
}
