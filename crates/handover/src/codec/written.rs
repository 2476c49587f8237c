//! The order in which a report is written. Whatever is read is held against the same rules as settings and
//! links are: a pasted report comes from strangers.

use super::bytes::{ByteReader, ByteWriter};
use super::evidence::{
    cause, check_name, computer_if_known, detail, layer, ms, outcome, outside, proof, verdict,
};
use crate::snapshot::{Browser, Snapshot};
use reachcheck_diagnosis::analysis::{Conclusion, Place, RelayState};
use reachcheck_diagnosis::diagnosis::{Check, Diagnosis, RegionDiagnosis};
use reachcheck_diagnosis::finding::{Finding, Scope};
use reachcheck_model::address::{HttpsUrl, parse_host};
use reachcheck_model::catalogue::{EndpointRef, Kind, Region, TcpEndpoint};
use reachcheck_model::config::{REGIONS_MAX, is_id, is_words};
use reachcheck_model::link::is_ticket;
use reachcheck_model::plan::Plan;
use reachcheck_model::time::Moment;

/// Checks of the network that are read at most.
const NETWORK_MAX: u64 = 32;
/// Findings that are read at most: each code in each of the most regions.
const FINDINGS_MAX: u64 = 1024;
/// Endpoints of one finding that are read at most.
const ENDPOINTS_MAX: u64 = 2 * REGIONS_MAX as u64;

const CANCELLED: u8 = 1;
const SETTLED: u8 = 2;
const TICKET: u8 = 4;
const ADDRESS: u8 = 8;
const BROWSER: u8 = 16;
const RELAY: u8 = 32;

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Without the places of conclusions and findings: 0.1.0's.
    WithoutPlaces,
    /// With them, and without what is known of the computer.
    WithPlaces,
    /// With both, and without the relay's name.
    WithComputer,
    /// With all of it.
    WithRelay,
}

pub fn put(writer: &mut ByteWriter, snapshot: &Snapshot, format: Format) {
    let relay = snapshot.relay.as_ref();
    let relay = relay.filter(|_| format == Format::WithRelay);
    let flag = |is_set: bool, flag: u8| if is_set { flag } else { 0 };
    writer.byte(
        flag(snapshot.is_cancelled, CANCELLED)
            | flag(snapshot.is_settled, SETTLED)
            | flag(snapshot.ticket.is_some(), TICKET)
            | flag(snapshot.address.is_some(), ADDRESS)
            | flag(snapshot.browser.is_some(), BROWSER)
            | flag(relay.is_some(), RELAY),
    );
    writer.text(&snapshot.version);
    // Seconds and tenths of them are what is shown; `as` saturates.
    writer.signed((snapshot.started.unix_ms / 1000.0).floor() as i64);
    writer.signed(snapshot.started.offset_minutes.into());
    writer.number((snapshot.took_ms / 100.0).round_ties_even() as u64);
    for text in [&snapshot.ticket, &snapshot.address].into_iter().flatten() {
        writer.text(text);
    }
    if let Some(browser) = &snapshot.browser {
        writer.text(&browser.name);
        writer.text(&browser.language);
        if matches!(format, Format::WithComputer | Format::WithRelay) {
            computer_if_known::put(writer, &browser.computer);
        }
    }
    if let Some(relay) = relay {
        writer.text(relay);
    }
    put_plan(writer, &snapshot.plan);
    put_diagnosis(writer, &snapshot.diagnosis, format);
}

pub fn take(reader: &mut ByteReader<'_>, format: Format) -> Option<Snapshot> {
    let flags = reader.byte()?;
    let is_set = |flag: u8| flags & flag != 0;
    let version = reader.text()?;
    let started = Moment {
        unix_ms: reader.signed()?.checked_mul(1000)? as f64,
        // No place is further from UTC than 14 hours; a browser may claim a day.
        offset_minutes: i32::try_from(reader.signed()?)
            .ok()
            .filter(|minutes| minutes.abs() <= 1440)?,
    };
    let took_ms = reader.at_most(1 << 30)? as f64 * 100.0;
    let mut text_if = |flag| match is_set(flag) {
        true => reader.text().map(Some),
        false => Some(None),
    };
    let (ticket, address) = (text_if(TICKET)?, text_if(ADDRESS)?);
    if ticket.as_deref().is_some_and(|ticket| !is_ticket(ticket)) {
        return None;
    }
    let browser = match is_set(BROWSER) {
        true => Some(Browser {
            name: reader.text()?,
            language: reader.text()?,
            computer: match format {
                Format::WithComputer | Format::WithRelay => computer_if_known::take(reader)?,
                Format::WithoutPlaces | Format::WithPlaces => None,
            },
        }),
        false => None,
    };
    let relay = match is_set(RELAY) && format == Format::WithRelay {
        true => Some(reader.text().filter(|relay| is_relay(relay))?),
        false => None,
    };
    let plan = take_plan(reader)?;
    let diagnosis = take_diagnosis(reader, plan.regions.len(), format)?;
    Some(Snapshot {
        version,
        is_cancelled: is_set(CANCELLED),
        is_settled: is_set(SETTLED),
        started,
        took_ms,
        ticket,
        address,
        browser,
        relay,
        plan,
        diagnosis,
        holds_places: format != Format::WithoutPlaces,
        watched: None,
    })
}

/// Whether this is a host, and its port where it is not 443.
fn is_relay(relay: &str) -> bool {
    HttpsUrl::parse(&format!("https://{relay}/")).is_ok_and(|url| url.authority() == relay)
}

/// Every region after the one before it, with which it has much in common.
fn put_plan(writer: &mut ByteWriter, plan: &Plan) {
    writer.text(&plan.provider);
    writer.number(plan.regions.len() as u64);
    let mut before = ["", "", "", "", "", ""];
    for region in &plan.regions {
        let texts = [
            &region.id,
            &region.country,
            &region.name,
            &region.https.host,
            &region.https.path,
            &region.tcp.host,
        ]
        .map(String::as_str);
        for (text, before) in texts.iter().zip(before) {
            writer.text_like(text, before);
        }
        writer.number(region.https.port.into());
        writer.number(region.tcp.port.into());
        before = texts;
    }
}

fn take_plan(reader: &mut ByteReader<'_>) -> Option<Plan> {
    let provider = reader.text()?;
    let count = reader.at_most(REGIONS_MAX as u64)?;
    let mut regions: Vec<Region> = Vec::with_capacity(count);
    let mut before = [const { String::new() }; 6];
    for _ in 0..count {
        for text in &mut before {
            *text = reader.text_like(text)?;
        }
        let [id, country, name, https_host, path, tcp_host] = before.clone();
        let mut port = || {
            u16::try_from(reader.at_most(65_535)?)
                .ok()
                .filter(|port| *port > 0)
        };
        let (https_port, tcp_port) = (port()?, port()?);
        let https = HttpsUrl {
            host: https_host,
            port: https_port,
            path,
        };
        let is_good = is_id(&id)
            && is_words(&country)
            && is_words(&name)
            && regions.iter().all(|other| other.id != id)
            && parse_host(&tcp_host).as_ref() == Ok(&tcp_host)
            && HttpsUrl::parse(&https.to_string()).as_ref() == Ok(&https);
        if !is_good {
            return None;
        }
        regions.push(Region {
            id,
            country,
            name,
            https,
            image: None,
            tcp: TcpEndpoint {
                host: tcp_host,
                port: tcp_port,
            },
        });
    }
    is_words(&provider).then(|| Plan::of_report(provider, regions))
}

/// The number of a variant, to be put beside others into one byte.
fn number(put: impl FnOnce(&mut ByteWriter)) -> u8 {
    let mut writer = ByteWriter::default();
    put(&mut writer);
    writer.0[0]
}

/// The variant of a number out of such a byte.
fn variant<T>(
    reader: &mut ByteReader<'_>,
    number: u8,
    take: impl FnOnce(&mut ByteReader<'_>) -> Option<T>,
) -> Option<T> {
    let number = [number];
    let mut inner = ByteReader::new(&number);
    let variant = take(&mut inner);
    reader.is_newer |= inner.is_newer;
    variant
}

/// Outcome, proof and place in a byte, then the detail. Without places, outcome and proof have four bits each; with
/// them, two each, and the place the upper four.
fn put_conclusion(writer: &mut ByteWriter, conclusion: &Conclusion, format: Format) {
    let outcome = number(|writer| outcome::put(writer, &conclusion.outcome));
    let proof = number(|writer| proof::put(writer, &conclusion.proof));
    writer.byte(match format {
        Format::WithoutPlaces => outcome << 4 | proof,
        Format::WithPlaces | Format::WithComputer | Format::WithRelay => {
            place_number(conclusion.place) << 4 | outcome << 2 | proof
        }
    });
    detail::put(writer, &conclusion.detail);
}

fn take_conclusion(reader: &mut ByteReader<'_>, format: Format) -> Option<Conclusion> {
    let byte = reader.byte()?;
    let (outcome, proof, place) = match format {
        Format::WithoutPlaces => (byte >> 4, byte & 15, 0),
        Format::WithPlaces | Format::WithComputer | Format::WithRelay => {
            (byte >> 2 & 3, byte & 3, byte >> 4)
        }
    };
    Some(Conclusion {
        outcome: variant(reader, outcome, outcome::take)?,
        proof: variant(reader, proof, proof::take)?,
        place: take_place(reader, place)?,
        detail: detail::take(reader)?,
    })
}

/// Four bits: 0 for no place, else one more than twice the layer's number and the proof's.
fn place_number(place: Option<Place>) -> u8 {
    place.map_or(0, |place| {
        let layer = number(|writer| layer::put(writer, &place.layer));
        let proof = number(|writer| proof::put(writer, &place.proof));
        1 + 2 * layer + proof
    })
}

fn take_place(reader: &mut ByteReader<'_>, bits: u8) -> Option<Option<Place>> {
    let Some(both) = bits.checked_sub(1) else {
        return Some(None);
    };
    Some(Some(Place {
        layer: variant(reader, both / 2, layer::take)?,
        proof: variant(reader, both % 2, proof::take)?,
    }))
}

fn put_diagnosis(writer: &mut ByteWriter, diagnosis: &Diagnosis, format: Format) {
    verdict::put(writer, &diagnosis.headline);
    for region in &diagnosis.regions {
        verdict::put(writer, &region.verdict);
        for check in &region.checks {
            put_conclusion(writer, &check.conclusion, format);
            if let Some(view) = &check.outside {
                outside::put(writer, view);
            }
        }
    }
    writer.number(diagnosis.network.len() as u64);
    for check in &diagnosis.network {
        check_name::put(writer, &check.name);
        put_conclusion(writer, &check.conclusion, format);
    }
    writer.number(diagnosis.findings.len() as u64);
    for finding in &diagnosis.findings {
        put_finding(writer, finding);
    }
}

/// In a finding's byte: its proof (two bits), whether the relay's time follows, and which of its own region's
/// endpoints it is about; others follow in a list.
const OUTSIDE: u8 = 4;
const HTTPS: u8 = 8;
const TCP: u8 = 16;
const LIST: u8 = 32;

const fn own_endpoint(kind: Kind) -> u8 {
    match kind {
        Kind::Https => HTTPS,
        Kind::Tcp => TCP,
    }
}

/// The endpoints that a finding's byte stands for.
fn own_endpoints(scope: Scope, bits: u8) -> Vec<EndpointRef> {
    let Scope::Region(region) = scope else {
        return Vec::new();
    };
    Kind::ALL
        .into_iter()
        .filter(|kind| bits & own_endpoint(*kind) != 0)
        .map(|kind| EndpointRef { region, kind })
        .collect()
}

fn put_finding(writer: &mut ByteWriter, finding: &Finding) {
    writer.number(match finding.scope {
        Scope::Network => 0,
        Scope::Region(region) => region as u64 + 1,
    });
    cause::put(writer, &finding.cause);
    let own = finding
        .endpoints
        .iter()
        .fold(0, |bits, endpoint| bits | own_endpoint(endpoint.kind));
    let is_own = own_endpoints(finding.scope, own) == finding.endpoints;
    writer.byte(
        number(|writer| proof::put(writer, &finding.proof))
            | if finding.outside_ms.is_some() {
                OUTSIDE
            } else {
                0
            }
            | if is_own { own } else { LIST },
    );
    if !is_own {
        writer.number(finding.endpoints.len() as u64);
        for endpoint in &finding.endpoints {
            writer.number(endpoint.region as u64 * 2 + u64::from(endpoint.kind == Kind::Tcp));
        }
    }
    if let Some(outside_ms) = &finding.outside_ms {
        ms::put(writer, outside_ms);
    }
}

fn take_diagnosis(
    reader: &mut ByteReader<'_>,
    regions: usize,
    format: Format,
) -> Option<Diagnosis> {
    let headline = verdict::take(reader)?;
    let regions = (0..regions)
        .map(|region| {
            Some(RegionDiagnosis {
                verdict: verdict::take(reader)?,
                checks: Kind::ALL
                    .into_iter()
                    .map(|kind| {
                        Some(Check {
                            name: kind.into(),
                            scope: Scope::Region(region),
                            conclusion: take_conclusion(reader, format)?,
                            outside: Some(outside::take(reader)?),
                        })
                    })
                    .collect::<Option<Vec<Check>>>()?,
            })
        })
        .collect::<Option<Vec<RegionDiagnosis>>>()?;
    let network = (0..reader.at_most(NETWORK_MAX)?)
        .map(|_| {
            Some(Check {
                name: check_name::take(reader)?,
                scope: Scope::Network,
                conclusion: take_conclusion(reader, format)?,
                outside: None,
            })
        })
        .collect::<Option<Vec<Check>>>()?;
    let findings = (0..reader.at_most(FINDINGS_MAX)?)
        .map(|_| take_finding(reader, regions.len()))
        .collect::<Option<Vec<Finding>>>()?;
    Some(Diagnosis {
        headline,
        regions,
        network,
        findings,
        relay: RelayState::Unknown,
        relay_ms: None,
    })
}

fn take_finding(reader: &mut ByteReader<'_>, regions: usize) -> Option<Finding> {
    let scope = match reader.at_most(regions as u64)? {
        0 => Scope::Network,
        number => Scope::Region(number - 1),
    };
    let cause = cause::take(reader)?;
    let bits = reader.byte()?;
    let endpoints = if bits & LIST == 0 {
        own_endpoints(scope, bits)
    } else {
        (0..reader.at_most(ENDPOINTS_MAX)?)
            .map(|_| {
                // Of no region there is no endpoint.
                let number = reader.at_most((regions as u64 * 2).checked_sub(1)?)?;
                Some(EndpointRef {
                    region: number / 2,
                    kind: Kind::ALL[number % 2],
                })
            })
            .collect::<Option<Vec<EndpointRef>>>()?
    };
    Some(Finding {
        scope,
        cause,
        proof: variant(reader, bits & 3, proof::take)?,
        endpoints,
        outside_ms: match bits & OUTSIDE {
            0 => None,
            _ => Some(ms::take(reader)?),
        },
    })
}
