//! The pattern in words.

use super::apart::{Apart, How};
use super::groups::{GroupBy, Shared};
use super::statements::{Pattern, Statement, Trouble};
use super::stories::{Change, Story};
use super::traits::{Kind, minute};
use super::{Found, Matrix};
use reachcheck_diagnosis::diagnosis::Verdict;
use reachcheck_model::lang::Lang;
use reachcheck_texts::catalogue::{Arg, say, word};
use reachcheck_texts::desk_keys::{
    Apart as ApartKey, Matrix as MatrixKey, SharedTrait as TraitKey, Story as StoryKey,
    Trouble as TroubleKey,
};
use reachcheck_texts::{HelpdeskUi, code, helpdesk_ui, names, verdict};

/// So many are named one by one.
const NAMED_MAX: usize = 3;

/// What is said of one trouble, or of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// The first sentence: what it is about.
    pub title: String,
    /// The sentences that follow.
    pub more: Vec<String>,
}

/// What there is to say of a matrix: of each person with a before and after, then of each trouble.
#[must_use]
pub fn paragraphs(
    lang: Lang,
    matrix: &Matrix,
    pattern: &Pattern,
    offset_minutes: i32,
) -> Vec<Paragraph> {
    let stories = pattern.stories.iter();
    let mut all: Vec<Paragraph> = stories
        .flat_map(|it| story(lang, matrix, it, offset_minutes))
        .collect();
    let said = Said { lang, matrix };
    let statements = &pattern.statements;
    all.extend(statements.iter().enumerate().map(|(at, it)| {
        let is_same =
            |other: &&Statement| (&other.affected, &other.others) == (&it.affected, &it.others);
        // What sets the same people apart is said once.
        said.statement(it, statements[..at].iter().any(|other| is_same(&other)))
    }));
    let total = pattern.current.len();
    let is_trouble = |it: &Statement| matches!(it.trouble, Trouble::Verdict(..));
    if total > 1 && !pattern.statements.iter().any(is_trouble) {
        let title = match total {
            2 => say!(lang, TroubleKey::NoneBoth),
            _ => say!(lang, TroubleKey::NoneAll, total: Arg::Count(total)),
        };
        let more = Vec::new();
        all.insert(
            pattern.stories.len().min(all.len()),
            Paragraph { title, more },
        );
    } else if pattern.addresses_unknown > 0
        && total > 1
        && let Some(last) = all.last_mut()
    {
        let total = Arg::Count(total);
        last.more.push(match pattern.addresses_unknown {
            1 => say!(lang, ApartKey::AddressUnknownOne, total: total),
            count => {
                say!(lang, ApartKey::AddressesUnknown, count: Arg::Count(count), total: total)
            }
        });
    }
    all
}

/// A finding, with its region.
#[must_use]
pub fn finding(lang: Lang, matrix: &Matrix, (found, column): Found) -> String {
    let region = column.and_then(|column| matrix.columns.get(column));
    match region {
        Some(region) => format!("{} ({})", code(lang, found), region.name),
        None => code(lang, found),
    }
}

/// A verdict's letter.
#[must_use]
pub fn letter(lang: Lang, verdict: Verdict) -> &'static str {
    let key = match verdict {
        Verdict::Offline => MatrixKey::Offline,
        Verdict::Blocked => MatrixKey::Blocked,
        Verdict::Down => MatrixKey::Down,
        Verdict::Unknown => MatrixKey::Unknown,
        Verdict::Degraded => MatrixKey::Degraded,
        Verdict::Reachable => MatrixKey::Reachable,
    };
    word(lang, key)
}

/// The letters of the verdicts in a matrix, with their words: `B = blocked`.
#[must_use]
pub fn legend(lang: Lang, matrix: &Matrix) -> Vec<(Verdict, String)> {
    let cases = matrix.cases.iter();
    let mut found: Vec<Verdict> = cases
        .flat_map(|case| case.verdicts.iter().flatten().copied())
        .collect();
    found.sort_unstable();
    found.dedup();
    let said = |it: Verdict| {
        let (letter, verdict) = (Arg::Text(letter(lang, it)), Arg::Text(verdict(lang, it)));
        say!(lang, MatrixKey::Legend, letter: letter, verdict: verdict)
    };
    found.into_iter().map(|it| (it, said(it))).collect()
}

/// What rows may be grouped by.
#[must_use]
pub fn group_by(lang: Lang, by: GroupBy) -> &'static str {
    let key = match by {
        GroupBy::Result => HelpdeskUi::GroupResult,
        GroupBy::Finding => HelpdeskUi::GroupFinding,
        GroupBy::Trait(Kind::Address) => HelpdeskUi::GroupAddress,
        GroupBy::Trait(Kind::Network) => HelpdeskUi::GroupNetwork,
        GroupBy::Trait(Kind::Browser) => HelpdeskUi::GroupBrowser,
        GroupBy::Trait(Kind::Program) => HelpdeskUi::GroupProgram,
        GroupBy::Trait(Kind::System) => HelpdeskUi::GroupSystem,
        GroupBy::Trait(Kind::Relay) => HelpdeskUi::GroupRelay,
        GroupBy::Trait(Kind::Hour) => HelpdeskUi::GroupHour,
    };
    helpdesk_ui(lang, key)
}

/// What the rows of a group share.
#[must_use]
pub fn shared(lang: Lang, matrix: &Matrix, shared: &Shared) -> String {
    match shared {
        Shared::Value(Some(value)) => value.clone(),
        Shared::Value(None) => helpdesk_ui(lang, HelpdeskUi::GroupNotKnown).to_owned(),
        Shared::Different => helpdesk_ui(lang, HelpdeskUi::GroupDifferent).to_owned(),
        Shared::Finding(Some(found)) => finding(lang, matrix, *found),
        Shared::Finding(None) => helpdesk_ui(lang, HelpdeskUi::NoFinding).to_owned(),
        Shared::Verdicts(verdicts) => {
            let mut worst: Vec<(Verdict, Vec<&str>)> = Vec::new();
            for (found, column) in verdicts.iter().zip(&matrix.columns) {
                match (found, worst.iter_mut().find(|(it, _)| Some(*it) == *found)) {
                    (Some(_), Some((_, names))) => names.push(&column.name),
                    (Some(found), None) => worst.push((*found, vec![&column.name])),
                    (None, _) => {}
                }
            }
            worst.sort_by_key(|(it, _)| *it);
            match &worst[..] {
                [] => helpdesk_ui(lang, HelpdeskUi::NotTested).to_owned(),
                [(only, _)] => verdict(lang, *only).to_owned(),
                several => {
                    let part = |(it, regions): &(Verdict, Vec<&str>)| match it {
                        Verdict::Reachable => None,
                        it => {
                            let regions = names(lang, regions);
                            let (it, regions) =
                                (Arg::Text(verdict(lang, *it)), Arg::Text(&regions));
                            Some(say!(lang, MatrixKey::Where, verdict: it, regions: regions))
                        }
                    };
                    let parts: Vec<String> = several.iter().filter_map(part).collect();
                    parts.join("; ")
                }
            }
        }
    }
}

/// How many of a group are in trouble.
#[must_use]
pub fn in_trouble(lang: Lang, matrix: &Matrix, cases: &[usize]) -> String {
    let is_in_trouble = |at: &&usize| {
        let worst = matrix.cases[**at].worst();
        worst.is_some_and(|worst| worst != Verdict::Reachable)
    };
    let total = Arg::Count(cases.len());
    match cases.iter().filter(is_in_trouble).count() {
        0 => say!(lang, MatrixKey::NoneInTrouble, total: total),
        count => say!(lang, MatrixKey::InTrouble, count: Arg::Count(count), total: total),
    }
}

fn story(lang: Lang, matrix: &Matrix, story: &Story, offset_minutes: i32) -> Vec<Paragraph> {
    let said = Said { lang, matrix };
    let steps = story.steps();
    steps
        .map(|(before, after)| said.step(before, after, offset_minutes))
        .collect()
}

#[derive(Clone, Copy)]
struct Said<'matrix> {
    lang: Lang,
    matrix: &'matrix Matrix,
}

impl Said<'_> {
    fn regions(self, columns: &[usize]) -> String {
        let columns = columns.iter().map(|column| &self.matrix.columns[*column]);
        let all: Vec<&str> = columns.map(|column| column.name.as_str()).collect();
        names(self.lang, &all)
    }

    fn findings(self, found: &[Found]) -> String {
        let all = found.iter();
        let all: Vec<String> = all
            .map(|found| finding(self.lang, self.matrix, *found))
            .collect();
        all.join("; ")
    }

    fn labels(self, cases: &[usize]) -> String {
        let all: Vec<String> = cases.iter().map(|at| self.matrix.label(*at)).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        names(self.lang, &all)
    }

    fn statement(self, it: &Statement, is_known: bool) -> Paragraph {
        let title = self.title(it);
        let mut more = Vec::new();
        // Of the only one who tested it there is nobody to set apart, or to be like.
        let is_alone = it.affected.len() == 1 && it.others.is_empty();
        if !is_known && !is_alone {
            self.people(it, &mut more);
        }
        let Self { lang, .. } = self;
        if !it.findings.is_empty() && !is_alone {
            let findings = self.findings(&it.findings);
            let findings = Arg::Text(&findings);
            more.push(match it.others.is_empty() {
                true => say!(lang, ApartKey::FoundEverywhere, findings: findings),
                false => say!(lang, ApartKey::Found, findings: findings),
            });
        }
        if it.untested > 0 {
            more.push(say!(lang, ApartKey::Untested, count: Arg::Count(it.untested)));
        }
        Paragraph { title, more }
    }

    /// Who is affected, and what sets them apart.
    fn people(self, it: &Statement, more: &mut Vec<String>) {
        let Self { lang, .. } = self;
        let is_few = (2..=NAMED_MAX).contains(&it.affected.len());
        if is_few && it.others.len() > it.affected.len() {
            let who = self.labels(&it.affected);
            more.push(say!(lang, ApartKey::Namely, who: Arg::Text(&who)));
        }
        if it.others.is_empty() {
            for (kind, value) in &it.shared {
                more.push(self.all_are(it.affected.len(), *kind, value));
            }
            if it.shared.is_empty() {
                more.push(say!(lang, ApartKey::NothingShared));
            }
        }
        for apart in &it.apart {
            self.apart(it, apart, more);
        }
        if !it.others.is_empty() && it.apart.is_empty() {
            more.push(say!(lang, ApartKey::Nothing));
        }
    }

    fn title(self, it: &Statement) -> String {
        /// Picks the form by number, and fills it in: all four forms name the same things but for who it is.
        macro_rules! counted {
            ($it:ident, $lang:ident, $who:ident, [$one:ident, $some:ident, $both:ident, $all:ident]
             $(, $name:ident: $value:expr)?) => {{
                let (count, others) = ($it.affected.len(), $it.others.len());
                let total = Arg::Count(count + others);
                match (count, others) {
                    (1, _) => say!($lang, TroubleKey::$one, total: total $(, $name: $value)?, who: Arg::Text(&$who)),
                    (2, 0) => say!($lang, TroubleKey::$both $(, $name: $value)?),
                    (_, 0) => say!($lang, TroubleKey::$all, total: total $(, $name: $value)?),
                    _ => say!($lang, TroubleKey::$some, count: Arg::Count(count), total: total $(, $name: $value)?),
                }
            }};
        }
        let Self { lang, .. } = self;
        let who = self.labels(&it.affected[..1]);
        match &it.trouble {
            Trouble::Verdict(verdict, columns) => {
                let regions = self.regions(columns);
                let regions = Arg::Text(&regions);
                match verdict {
                    Verdict::Offline => {
                        counted!(
                            it,
                            lang,
                            who,
                            [OfflineOne, OfflineSome, OfflineBoth, OfflineAll]
                        )
                    }
                    Verdict::Blocked => {
                        counted!(it, lang, who, [BlockedOne, BlockedSome, BlockedBoth, BlockedAll], regions: regions)
                    }
                    Verdict::Down => {
                        counted!(it, lang, who, [DownOne, DownSome, DownBoth, DownAll], regions: regions)
                    }
                    Verdict::Degraded => {
                        counted!(it, lang, who, [DegradedOne, DegradedSome, DegradedBoth, DegradedAll], regions: regions)
                    }
                    // Nothing is said of what is well.
                    Verdict::Unknown | Verdict::Reachable => {
                        counted!(it, lang, who, [UnknownOne, UnknownSome, UnknownBoth, UnknownAll], regions: regions)
                    }
                }
            }
            Trouble::Findings(found) => {
                let findings = self.findings(found);
                counted!(it, lang, who, [FindingOne, FindingSome, FindingBoth, FindingAll], findings: Arg::Text(&findings))
            }
        }
    }

    /// A trait, as it stands behind "are".
    fn what(self, kind: Kind, value: &str) -> String {
        let Self { lang, .. } = self;
        let value = Arg::Text(value);
        match kind {
            Kind::Address => say!(lang, TraitKey::Address, value: value),
            Kind::Network => say!(lang, TraitKey::Network, value: value),
            Kind::Browser | Kind::Program => say!(lang, TraitKey::Browser, value: value),
            Kind::System => say!(lang, TraitKey::System, value: value),
            Kind::Relay => say!(lang, TraitKey::Relay, value: value),
            Kind::Hour => say!(lang, TraitKey::Hour, value: value),
        }
    }

    fn all_are(self, count: usize, kind: Kind, value: &str) -> String {
        let Self { lang, .. } = self;
        let what = self.what(kind, value);
        let what = Arg::Text(&what);
        match count {
            2 => say!(lang, ApartKey::Both, what: what),
            count => say!(lang, ApartKey::All, count: Arg::Count(count), what: what),
        }
    }

    fn apart(self, it: &Statement, apart: &Apart, more: &mut Vec<String>) {
        let Self { lang, .. } = self;
        let (count, others) = (it.affected.len(), it.others.len());
        match &apart.how {
            How::Lack { value, instead } => {
                let what = self.what(apart.kind, value);
                let (others, what) = (Arg::Count(others), Arg::Text(&what));
                more.push(say!(lang, ApartKey::OthersHave, others: others, what: what));
                more.push(match instead {
                    Some(instead) => {
                        let what = self.what(apart.kind, instead);
                        say!(lang, ApartKey::ThisNot, what: Arg::Text(&what))
                    }
                    None => say!(lang, ApartKey::TheseNot, count: Arg::Count(count)),
                });
            }
            How::Have { values, .. } if count == 1 && others == 1 => {
                let other = &self.matrix.cases[it.others[0]].traits;
                let that = other.get(apart.kind).unwrap_or_default();
                let [what, that] = [&values[0].0, that].map(|value| self.what(apart.kind, value));
                let [who, other] = [it.affected[0], it.others[0]].map(|at| self.matrix.label(at));
                let (who, other) = (Arg::Text(&who), Arg::Text(&other));
                let (what, that) = (Arg::Text(&what), Arg::Text(&that));
                more.push(
                    say!(lang, ApartKey::Pair, who: who, what: what, other: other, that: that),
                );
            }
            How::Have { values, .. } if count == 1 => {
                let what = self.what(apart.kind, &values[0].0);
                more.push(say!(lang, ApartKey::OnlyOne, what: Arg::Text(&what)));
            }
            How::Have {
                values,
                others_with,
                others_unknown,
            } => {
                for (value, with) in values {
                    more.push(if *with == count {
                        self.all_are(count, apart.kind, value)
                    } else {
                        let what = self.what(apart.kind, value);
                        let (with, count) = (Arg::Count(*with), Arg::Count(count));
                        say!(lang, ApartKey::Part, with: with, count: count, what: Arg::Text(&what))
                    });
                }
                let all = Arg::Count(others);
                // Where of all others it is not known, that alone is said.
                if others > *others_unknown {
                    more.push(match (*others_with, others) {
                        (0, 1) => say!(lang, ApartKey::OtherNot),
                        (0, _) if *others_unknown > 0 => {
                            say!(lang, ApartKey::OthersKnownNot, count: Arg::Count(others - others_unknown))
                        }
                        (0, _) => say!(lang, ApartKey::OthersNot, others: all),
                        (1, _) => say!(lang, ApartKey::OneOtherToo, others: all),
                        (with, _) => {
                            say!(lang, ApartKey::OthersToo, with: Arg::Count(with), others: all)
                        }
                    });
                }
                if *others_unknown > 0 {
                    let count = Arg::Count(*others_unknown);
                    more.push(say!(lang, ApartKey::OthersUnknown, count: count));
                }
            }
        }
    }

    fn step(self, before: usize, after: usize, offset_minutes: i32) -> Paragraph {
        let Self { lang, matrix } = self;
        let at = |case: usize| {
            let unix_ms = matrix.cases[case].unix_ms.unwrap_or_default();
            minute(unix_ms, offset_minutes)
        };
        let (was, is) = (at(before), at(after));
        // The day is said once.
        let is = match (was.split_once(' '), is.split_once(' ')) {
            (Some((day, _)), Some((other, minute))) if day == other => minute.to_owned(),
            _ => is,
        };
        let case = &matrix.cases[after];
        let who = case.name.as_ref().or(case.ticket.as_ref());
        let who = who
            .cloned()
            .or_else(|| case.traits.get(Kind::Address).map(str::to_owned));
        let who = who.unwrap_or_else(|| matrix.label(after));
        let (who, was, is) = (Arg::Text(&who), Arg::Text(&was), Arg::Text(&is));
        let title = say!(lang, StoryKey::Title, who: who, before: was, after: is);
        let change = Change::between(&matrix.cases[before], &matrix.cases[after]);
        Paragraph {
            title,
            more: self.change(&change),
        }
    }

    fn change(self, change: &Change) -> Vec<String> {
        let Self { lang, .. } = self;
        let (mended, broken) = (self.regions(&change.mended), self.regions(&change.broken));
        let mut more = vec![
            match change.mended.is_empty() {
                true => say!(lang, StoryKey::MendedNothing),
                false => say!(lang, StoryKey::Mended, regions: Arg::Text(&mended)),
            },
            match change.broken.is_empty() {
                true => say!(lang, StoryKey::NewNothing),
                false => say!(lang, StoryKey::New, regions: Arg::Text(&broken)),
            },
        ];
        for (column, was, is) in &change.otherwise {
            let region = Arg::Text(&self.matrix.columns[*column].name);
            let was = Arg::Text(verdict(lang, *was));
            let is = Arg::Text(verdict(lang, *is));
            more.push(say!(lang, StoryKey::Otherwise, region: region, before: was, after: is));
        }
        for (found, columns) in &change.still {
            let regions = self.regions(columns);
            let (found, regions) = (Arg::Text(verdict(lang, *found)), Arg::Text(&regions));
            more.push(say!(lang, StoryKey::Still, verdict: found, regions: regions));
        }
        if !change.gone.is_empty() {
            let findings = self.findings(&change.gone);
            more.push(say!(lang, StoryKey::Gone, findings: Arg::Text(&findings)));
        }
        if !change.came.is_empty() {
            let findings = self.findings(&change.came);
            more.push(say!(lang, StoryKey::Came, findings: Arg::Text(&findings)));
        }
        more
    }
}
