//! Several reports at once: the pattern in words, the matrix of people and regions, differences of two, and each folded.

use std::collections::HashMap;
use std::rc::Rc;

use reachcheck_handover::caution::cautions;
use reachcheck_handover::pattern::groups::{Group, GroupBy, groups};
use reachcheck_handover::pattern::sentences::{Paragraph, paragraphs};
use reachcheck_handover::pattern::statements::Pattern;
use reachcheck_handover::pattern::traits::minute;
use reachcheck_handover::pattern::{Matrix, export};
use reachcheck_handover::reading::{Reading, Readings};
use reachcheck_model::lang::Lang;
use reachcheck_texts::{self as text, HelpdeskUi};
use yew::prelude::{
    Html, Properties, Reducible, component, html, use_callback, use_effect_with, use_memo,
    use_reducer, use_state,
};

use super::comparison::Compare;
use super::export::ExportView;
use super::matrix::MatrixView;
use super::single::{Folded, fold_id, summary_id};
use crate::browser::{clock, document};
use crate::setup::Setup;

/// So many reports to be doubted are unfolded by themselves; where there are more, the matrix marks them.
const UNFOLDED_MAX: usize = 12;

/// So many reports are listed below the matrix; of more, those that were asked for there by their number.
const LISTED_MAX: usize = 50;

/// What it is given.
#[derive(PartialEq, Properties)]
pub struct OverviewProps {
    /// The reader's language.
    pub lang: Lang,
    /// Settings: the catalogue that reports are held against.
    pub setup: Rc<Setup>,
    /// Two or more.
    pub readings: Rc<Readings>,
}

/// All that is said of the reports together.
#[derive(PartialEq)]
pub struct Together {
    /// People by regions.
    pub matrix: Matrix,
    /// What is said of them.
    pub pattern: Pattern,
    /// The same in words.
    pub paragraphs: Vec<Paragraph>,
    /// Which of them are to be doubted.
    pub doubtful: Vec<bool>,
    /// Whether all were made on one day of the reader's.
    pub is_one_day: bool,
    /// The reader's clock: local time minus UTC, in minutes.
    pub offset_minutes: i32,
}

/// What tells a report from others: names stay with it when more are read.
type Key = (u64, usize);

/// Reports that were asked for by their number.
#[derive(Clone, Default, PartialEq)]
struct Asked {
    all: Vec<Key>,
    /// The last of them.
    last: usize,
    /// How often anything was asked for: who asks for the same once more is taken there again.
    times: usize,
}

impl Reducible for Asked {
    /// Which of all it is, and its key.
    type Action = (usize, Key);

    fn reduce(self: Rc<Self>, (at, key): Self::Action) -> Rc<Self> {
        let mut all = self.all.clone();
        if !all.contains(&key) {
            all.push(key);
        }
        Rc::new(Self {
            all,
            last: at,
            times: self.times + 1,
        })
    }
}

/// The words, the matrix, and what is folded.
#[component(Overview)]
pub fn overview(
    OverviewProps {
        lang,
        setup,
        readings,
    }: &OverviewProps,
) -> Html {
    let lang = *lang;
    let own = |key| text::helpdesk_ui(lang, key);
    let names = use_state(HashMap::<Key, String>::new);
    let keys = use_memo(readings.clone(), |readings| keys(&readings.read));
    // Each by itself: who is redrawn compares what it is given.
    let each = use_memo(readings.clone(), |readings| {
        let read = readings.read.iter().cloned();
        read.map(Rc::new).collect::<Vec<_>>()
    });
    let together = {
        let catalogue = &setup.config.catalogue;
        let named: Vec<Option<String>> = keys.iter().map(|key| names.get(key).cloned()).collect();
        use_memo(
            (lang, readings.clone(), named),
            |(lang, readings, named)| {
                let offset_minutes = clock::moment().offset_minutes;
                let read = &readings.read;
                let matrix = Matrix::of(*lang, read, named, catalogue, offset_minutes);
                let pattern = Pattern::of(&matrix);
                let is_doubtful = |reading: &Reading| match reading {
                    Reading::Report(report) => !cautions(report, catalogue).is_empty(),
                    Reading::Code(_) => false,
                };
                let mut days: Vec<String> = matrix
                    .cases
                    .iter()
                    .filter_map(|case| case.unix_ms)
                    .map(|unix_ms| day(unix_ms, offset_minutes))
                    .collect();
                days.dedup();
                Together {
                    is_one_day: days.len() < 2,
                    paragraphs: paragraphs(*lang, &matrix, &pattern, offset_minutes),
                    doubtful: read.iter().map(is_doubtful).collect(),
                    matrix,
                    pattern,
                    offset_minutes,
                }
            },
        )
    };
    let chosen = use_state(|| None::<GroupBy>);
    let best = GroupBy::best(&together.pattern);
    let by = chosen.unwrap_or(best);
    let grouped = use_memo((together.clone(), by), |(together, by)| {
        groups(&together.matrix, &together.pattern, *by)
    });
    let rename = use_callback(
        (names, keys.clone()),
        |(at, name): (usize, String), (names, keys)| {
            let mut all = (**names).clone();
            let name = name.trim().to_owned();
            match name.is_empty() {
                true => all.remove(&keys[at]),
                false => all.insert(keys[at], name),
            };
            names.set(all);
        },
    );
    let choose = use_callback(chosen.setter(), |by, chosen| chosen.set(Some(by)));
    let asked = use_reducer(Asked::default);
    let show = use_callback(
        (asked.dispatcher(), keys.clone()),
        |at: usize, (asked, keys)| asked.dispatch((at, keys[at])),
    );
    use_effect_with((*asked).clone(), |asked| {
        if asked.times > 0 {
            document::open_details(&fold_id(asked.last));
            document::focus(&summary_id(asked.last));
        }
    });
    let doubtful = together.doubtful.iter().filter(|it| **it).count();
    let made = |at: usize| {
        let unix_ms = together.matrix.cases[at].unix_ms?;
        Some(minute(unix_ms, together.offset_minutes))
    };
    let listed: Vec<usize> = (0..each.len())
        .filter(|at| each.len() <= LISTED_MAX || asked.all.contains(&keys[*at]))
        .collect();
    html! {
        <>
            <div class="overview" id="overview">
                <section class="panel overview__words" aria-label={own(HelpdeskUi::PatternTitle)}>
                    <h2 ~textContent={own(HelpdeskUi::PatternTitle)} />
                    <ul id="pattern">
                        { for together.paragraphs.iter().map(paragraph) }
                    </ul>
                    <ExportView {lang} together={together.clone()} groups={grouped.clone()} />
                </section>
                <MatrixView {lang} together={together.clone()} groups={grouped} {by} {choose} {rename} {show} />
            </div>
            <Compare {lang} setup={setup.clone()} readings={readings.clone()} together={together.clone()} />
            if !listed.is_empty() {
                <section class="reader__each" aria-label={own(HelpdeskUi::EachReport)}>
                    <h2 ~textContent={own(HelpdeskUi::EachReport)} />
                    { for listed.into_iter().map(|at| {
                        let (digest, same) = keys[at];
                        html! {
                            <Folded
                                key={format!("{digest:x}-{same}")}
                                {lang}
                                setup={setup.clone()}
                                reading={each[at].clone()}
                                {at}
                                label={together.matrix.label(at)}
                                made={made(at)}
                                is_open={together.doubtful[at] && doubtful <= UNFOLDED_MAX}
                            />
                        }
                    }) }
                </section>
            }
        </>
    }
}

fn paragraph(Paragraph { title, more }: &Paragraph) -> Html {
    html! {
        <li>
            <strong ~textContent={title.clone()} />
            <span ~textContent={format!(" {}", more.join(" "))} />
        </li>
    }
}

/// The day of a moment.
fn day(unix_ms: f64, offset_minutes: i32) -> String {
    let mut words = minute(unix_ms, offset_minutes);
    words.truncate("2026-11-28".len());
    words
}

/// By what a report says of its run; short codes that say the same are told apart by their order.
fn keys(read: &[Reading]) -> Vec<Key> {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut seen: HashMap<u64, usize> = HashMap::new();
    let digest = |reading: &Reading| {
        let mut hasher = DefaultHasher::new();
        match reading {
            Reading::Report(report) => {
                let times = [report.started.unix_ms, report.took_ms];
                times.map(f64::to_bits).hash(&mut hasher);
                (&report.ticket, &report.address, report.is_settled).hash(&mut hasher);
            }
            Reading::Code(short) => {
                let verdicts = short.verdicts.iter();
                let tokens = verdicts.map(|verdict| verdict.map(|verdict| verdict.token()));
                tokens.collect::<Vec<_>>().hash(&mut hasher);
                short.leading.map(|code| code.token()).hash(&mut hasher);
            }
        }
        hasher.finish()
    };
    read.iter()
        .map(|reading| {
            let digest = digest(reading);
            let same = seen.entry(digest).or_default();
            *same += 1;
            (digest, *same)
        })
        .collect()
}

/// The matrix and its words as a text for a ticket.
pub fn as_text(lang: Lang, together: &Together, groups: &[Group]) -> String {
    export::text(
        lang,
        &together.matrix,
        &together.paragraphs,
        groups,
        together.offset_minutes,
    )
}
