//! What the helpdesk reads: why a report was refused or is to be doubted, and what several have in common.

use crate::caution::{Caution, is_place};
use crate::codec::Refusal;
use crate::compare::{About, Certainty, Remark};
use crate::short_code::CodeRefusal;
use reachcheck_diagnosis::findings::Code;
use reachcheck_model::catalogue::Catalogue;
use reachcheck_model::lang::Lang;
use reachcheck_model::plan::Plan;
use reachcheck_texts::catalogue::{Arg, say, word};
use reachcheck_texts::desk_keys::{
    Caution as CautionKey, CodeRefusal as CodeKey, Matrix as MatrixKey, Refusal as RefusalKey,
    Remark as RemarkKey,
};
use reachcheck_texts::{Ui, check, code, names, numbers, proofs, ui, verdict};

/// Why a pasted report was refused.
#[must_use]
pub fn refusal(lang: Lang, refusal: &Refusal) -> String {
    let key = match refusal {
        Refusal::Truncated { have, of: Some(of) } => {
            let (have, of) = (Arg::Count(*have), Arg::Count(*of));
            return say!(lang, RefusalKey::Truncated, have: have, of: of);
        }
        Refusal::Altered { lines } => {
            return match &lines[..] {
                [line] => say!(lang, RefusalKey::AlteredLine, line: Arg::Count(*line)),
                lines => {
                    let lines = numbers(lang, lines);
                    say!(lang, RefusalKey::AlteredLines, lines: Arg::Text(&lines))
                }
            };
        }
        Refusal::NoData => RefusalKey::NoData,
        Refusal::NoBlock => RefusalKey::NoBlock,
        Refusal::Truncated { have: 0, of: None } => RefusalKey::LinkTruncated,
        Refusal::Truncated { of: None, .. } => RefusalKey::BeginningMissing,
        Refusal::Damaged => RefusalKey::Damaged,
        Refusal::Newer => RefusalKey::Newer,
        Refusal::CharactersReplaced => RefusalKey::CharactersReplaced,
    };
    word(lang, key).to_owned()
}

/// Why a report may not be what it seems, as a sentence.
#[must_use]
pub fn caution(lang: Lang, caution: &Caution) -> String {
    match caution {
        Caution::Provider(name) => {
            say!(lang, CautionKey::Provider, name: Arg::Text(&reported(lang, name)))
        }
        Caution::Names(all) => {
            let all: Vec<String> = all.iter().map(|name| reported(lang, name)).collect();
            say!(lang, CautionKey::Names, names: Arg::Text(&all.join(", ")))
        }
        Caution::Hosts(hosts) => {
            say!(lang, CautionKey::Hosts, hosts: Arg::Text(&hosts.join(", ")))
        }
        Caution::Headline { says, follows } => {
            let (says, follows) = (verdict(lang, *says), verdict(lang, *follows));
            let (says, follows) = (Arg::Text(says), Arg::Text(follows));
            say!(lang, CautionKey::Headline, says: says, follows: follows)
        }
        Caution::Region {
            name,
            says,
            follows,
        } => {
            let (says, follows) = (verdict(lang, *says), verdict(lang, *follows));
            let (says, follows) = (Arg::Text(says), Arg::Text(follows));
            let name = reported(lang, name);
            say!(lang, CautionKey::Region, region: Arg::Text(&name), says: says, follows: follows)
        }
    }
}

/// A name that a report has and this page does not.
pub(crate) fn reported(lang: Lang, name: &str) -> String {
    say!(lang, CautionKey::Name, name: Arg::Text(name))
}

/// A report's plan, with quotation marks around each name that is not the catalogue's: such a name is the report's own
/// words.
#[must_use]
pub fn plan_as_reported(lang: Lang, plan: &Plan, catalogue: &Catalogue) -> Plan {
    let mut plan = plan.clone();
    let quote = |name: &mut String, is_known: bool| {
        if !is_known {
            *name = reported(lang, name);
        }
    };
    let is_known = plan.provider == catalogue.provider;
    quote(&mut plan.provider, is_known);
    for region in &mut plan.regions {
        for name in [&mut region.name, &mut region.country] {
            let is_known = is_place(catalogue, name);
            quote(name, is_known);
        }
    }
    plan
}

/// Why a short code was refused.
#[must_use]
pub fn code_refusal(lang: Lang, refusal: CodeRefusal) -> String {
    match refusal {
        CodeRefusal::Length { first, second } => {
            say!(lang, CodeKey::Length, first: Arg::Count(first), second: Arg::Count(second))
        }
        CodeRefusal::Character { place } => {
            say!(lang, CodeKey::Character, place: Arg::Count(place))
        }
        CodeRefusal::Check => say!(lang, CodeKey::Check),
        CodeRefusal::OtherCatalogue => say!(lang, CodeKey::OtherCatalogue),
        CodeRefusal::NewerFinding => say!(lang, CodeKey::NewerFinding),
    }
}

/// How sure a report is of something, and of where, as one phrase.
#[must_use]
pub fn certainty(lang: Lang, certainty: &Certainty) -> String {
    proofs(lang, certainty.that, certainty.place.flatten())
}

/// What a row of a comparison is about.
#[must_use]
pub fn about(lang: Lang, about: &About) -> String {
    let placed = |words: String, place: &Option<String>| match place {
        Some(place) => format!("{place} · {words}"),
        None => words,
    };
    match about {
        About::Headline => ui(lang, Ui::Result).to_owned(),
        About::Region(name) => name.clone(),
        About::Check(place, name) => placed(check(lang, *name).to_owned(), place),
        About::Finding(found, place) => placed(code(lang, *found), place),
    }
}

/// What several reports have in common, or not, as a sentence.
#[must_use]
pub fn remark_sentence(lang: Lang, remark: &Remark) -> String {
    let title = |(found, place): (&Code, &Option<String>)| match place {
        Some(place) => format!("{} ({place})", code(lang, *found)),
        None => code(lang, *found),
    };
    match remark {
        Remark::Alike => say!(lang, RemarkKey::Alike),
        Remark::SameVerdict(same) => {
            say!(lang, RemarkKey::SameVerdict, verdict: Arg::Text(verdict(lang, *same)))
        }
        Remark::RegionsAlike(same, regions) => {
            let regions: Vec<&str> = regions.iter().map(String::as_str).collect();
            let regions = names(lang, &regions);
            let (verdict, regions) = (Arg::Text(verdict(lang, *same)), Arg::Text(&regions));
            say!(lang, RemarkKey::RegionsAlike, verdict: verdict, regions: regions)
        }
        Remark::RegionDiffers(region, groups) => {
            let group = |(found, reports): &(_, Vec<usize>)| {
                let reports = numbers(lang, reports);
                let (verdict, reports) = (Arg::Text(verdict(lang, *found)), Arg::Text(&reports));
                say!(lang, RemarkKey::VerdictIn, verdict: verdict, reports: reports)
            };
            let groups = groups.iter().map(group).collect::<Vec<_>>().join("; ");
            let (region, groups) = (Arg::Text(region), Arg::Text(&groups));
            say!(lang, RemarkKey::RegionDiffers, region: region, groups: groups)
        }
        Remark::FindingsShared(all) => {
            let titles: Vec<String> = all
                .iter()
                .map(|(code, place)| title((code, place)))
                .collect();
            say!(lang, RemarkKey::FindingsShared, findings: Arg::Text(&titles.join("; ")))
        }
        Remark::NoFindingShared => say!(lang, RemarkKey::NoFindingShared),
        Remark::FindingOnlyIn(found, place, reports) => {
            let (title, reports) = (title((found, place)), numbers(lang, reports));
            let (finding, reports) = (Arg::Text(&title), Arg::Text(&reports));
            say!(lang, RemarkKey::FindingOnlyIn, reports: reports, findings: finding)
        }
        Remark::OnlyCertainty(what, groups) => {
            let group = |(sure, reports): &(_, Vec<usize>)| {
                let (sure, reports) = (certainty(lang, sure), numbers(lang, reports));
                let (sure, reports) = (Arg::Text(&sure), Arg::Text(&reports));
                say!(lang, RemarkKey::CertaintyIn, certainty: sure, reports: reports)
            };
            // A certainty has a semicolon of its own.
            let groups = groups.iter().map(group).collect::<Vec<_>>().join(", ");
            let what = about(lang, what);
            let (what, groups) = (Arg::Text(&what), Arg::Text(&groups));
            say!(lang, RemarkKey::OnlyCertainty, what: what, groups: groups)
        }
        Remark::SameAddress(true) => say!(lang, RemarkKey::SameAddress),
        Remark::SameAddress(false) => say!(lang, RemarkKey::OtherAddresses),
        Remark::SameBrowser(browser) => {
            say!(lang, RemarkKey::SameBrowser, browser: Arg::Text(browser))
        }
        Remark::OtherBrowsers => say!(lang, RemarkKey::OtherBrowsers),
    }
}

/// How many reports were read.
#[must_use]
pub fn reports_read(lang: Lang, count: usize) -> String {
    say!(lang, RemarkKey::ReportsRead, count: Arg::Count(count))
}

/// How many reports were there more than once.
#[must_use]
pub fn copies(lang: Lang, count: usize) -> String {
    match count {
        1 => say!(lang, MatrixKey::Duplicate),
        count => say!(lang, MatrixKey::Duplicates, count: Arg::Count(count)),
    }
}

/// What the field for somebody's name is called to those who do not see it.
#[must_use]
pub fn name_of(lang: Lang, number: usize) -> String {
    say!(lang, MatrixKey::NameOf, number: Arg::Count(number))
}
