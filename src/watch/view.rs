//! Watch view: start, progress and what was found.

use std::rc::Rc;

use reachcheck_handover::watched;
use reachcheck_model::lang::Lang;
use reachcheck_model::plan::Plan;
use reachcheck_texts::watch::{self as words, WatchUi};
use reachcheck_texts::{self as text, HelpdeskUi, Ui};
use reachcheck_watch::{self as watch, Closer, Log, Summary, WatchCause, WatchFinding};
use reachcheck_wire::Quiet;
use yew::prelude::{AttrValue, Callback, Html, MouseEvent, Properties, component, html, use_memo};

use super::hook::{Handle, use_watch};
use super::runner::Relay;
use super::timeline::Timeline;
use crate::browser::{clock, download};
use crate::components::act_button::{Act, ActButtonProps, act_button};
use crate::components::words::{said, token};
use crate::setup::Setup;

/// Rows of the table; the export has them all.
const ROWS: usize = 200;

/// The name of a region's id.
pub fn region_name<'plan>(plan: &'plan Plan) -> impl Fn(&str) -> String + 'plan {
    |id| {
        let region = plan.regions.iter().find(|region| region.id == id);
        region.map_or(id, |region| &region.name).to_owned()
    }
}

/// What it is given.
#[derive(PartialEq, Properties)]
pub struct WatchProps {
    /// The page's language.
    pub lang: Lang,
    /// Settings.
    pub setup: Rc<Setup>,
}

/// The whole view.
#[component(WatchView)]
pub fn watch_view(WatchProps { lang, setup }: &WatchProps) -> Html {
    let lang = *lang;
    let ui = |key| words::ui(lang, key);
    let plan = use_memo((), |()| setup.plan());
    let Handle {
        watch,
        start,
        stop,
        forget,
    } = use_watch(setup, &plan);
    let book = watch.book();
    let log = Rc::new(book.log().clone());
    let is_running = watch.is_running();
    let summary = use_memo(log.clone(), |log| {
        watch::judge(log, setup.config.watch_pace)
    });
    let regions = use_memo((), |()| {
        let names = plan.regions.iter();
        names
            .map(|region| (region.id.clone(), region.name.clone()))
            .collect::<Vec<_>>()
    });
    let state = match (is_running, log.entries().is_empty()) {
        (true, _) => "running",
        (false, false) => "stopped",
        (false, true) => "idle",
    };
    let on = |call: &Callback<()>| call.reform(|_: MouseEvent| ());
    html! {
        <>
        <main class="page watch" data-view="watch" data-watch={state}>
            <section class="panel watch__panel">
                <h1 ~textContent={ui(WatchUi::Title)} />
                <p ~textContent={ui(WatchUi::Lead)} />
                { notices(lang, &plan, watch.relay(), is_running, book.is_kept()) }
                if watched::keeps_alive(setup.environment.family) {
                    <p class="watch__limit" ~textContent={ui(WatchUi::KeptAlive)} />
                }
                <div class="report__buttons">
                    if is_running {
                        <button id="watch-stop" class="button" type="button" onclick={on(&stop)} ~textContent={ui(WatchUi::Stop)} />
                    } else {
                        <button
                            id="watch-start"
                            class="button button--primary"
                            type="button"
                            disabled={plan.relays.is_empty()}
                            onclick={on(&start)}
                         ~textContent={ui(WatchUi::Start)} />
                    }
                </div>
                if is_running {
                    <p>
                        { said(format!("{} ", ui(WatchUi::Running))) }
                        <strong ~textContent={words::duration(since_began(&log))} />
                    </p>
                }
            </section>
            if !log.entries().is_empty() {
                { findings(lang, &summary, &plan) }
                { patterns(lang, &summary) }
                <section class="panel watch__log" aria-label={ui(WatchUi::LogTitle)}>
                    <h2 ~textContent={ui(WatchUi::LogTitle)} />
                    <Timeline {lang} log={log.clone()} {regions} />
                    { table(lang, &log, &plan) }
                </section>
                <Handover {lang} setup={setup.clone()} {plan} {log} {summary} {forget} />
            }
        </main>
        <footer class="footer">
            <p><a id="watch-back" href="#" ~textContent={text::helpdesk_ui(lang, HelpdeskUi::BackToCheck)} /></p>
        </footer>
        </>
    }
}

/// How long the watch under way has been, in milliseconds; without what was watched before.
fn since_began(log: &Log) -> f64 {
    let began = log.entries().iter().rev();
    let began = began
        .filter(|entry| matches!(entry.what, watch::What::Began))
        .map(|entry| entry.unix_ms)
        .next();
    began.map_or(0.0, |began| (clock::moment().unix_ms - began).max(0.0))
}

fn notices(lang: Lang, plan: &Plan, relay: Relay, is_running: bool, is_kept: bool) -> Html {
    let is_loopback = match relay {
        Relay::Found(index) => plan.relays[index].is_loopback,
        _ => plan.relays.iter().all(|relay| relay.is_loopback) && !plan.relays.is_empty(),
    };
    let said = [
        (plan.relays.is_empty(), WatchUi::NoRelay),
        (is_loopback, WatchUi::Loopback),
        (is_running && matches!(relay, Relay::None(_)), WatchUi::Away),
        (is_running && !is_kept, WatchUi::NotKept),
    ];
    let said: Vec<WatchUi> = said
        .into_iter()
        .filter_map(|(is_so, key)| is_so.then_some(key))
        .collect();
    if said.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="notices" role="status">
            { for said.into_iter().map(|key| html! { <li ~textContent={words::ui(lang, key)} /> }) }
        </ul>
    }
}

/// What was found.
pub fn findings(lang: Lang, summary: &Summary, plan: &Plan) -> Html {
    let region = region_name(plan);
    let label = text::ui(lang, Ui::FindingsTitle);
    html! {
        <section class="panel findings" aria-label={label}>
            <h2 ~textContent={label} />
            if summary.findings.is_empty() {
                <p ~textContent={words::ui(lang, WatchUi::NothingYet)} />
            }
            { for summary.findings.iter().map(|found| finding(lang, found, &region)) }
        </section>
    }
}

/// As a word of the wire has it.
const fn quiet_token(quiet: Quiet) -> &'static str {
    match quiet {
        Quiet::Both => "both",
        Quiet::Page => "page",
        Quiet::Relay => "relay",
    }
}

fn finding(lang: Lang, found: &WatchFinding, region: &dyn Fn(&str) -> String) -> Html {
    let words = words::finding(lang, found, region);
    let (quiet, timer, closer) = match &found.cause {
        WatchCause::QuietCut {
            quiet,
            timer_s,
            closer,
            ..
        } => (
            Some(quiet_token(*quiet)),
            timer_s.map(|seconds| seconds.to_string()),
            Some(match closer {
                Closer::Between => "between",
                Closer::Unknown => "unknown",
            }),
        ),
        _ => (None, None, None),
    };
    let code = found.cause.token();
    let place = found.place();
    html! {
        <article
            class="finding"
            data-finding={code}
            data-scope="network"
            data-quiet={quiet}
            data-timer={timer}
            data-closer={closer}
            data-certain={found.is_certain.to_string()}
            data-proof={found.proof().token()}
            data-where={place.map_or("", |place| place.spot.token())}
            data-where-proof={place.map_or("none", |place| place.proof.token())}
        >
            <h3 ~textContent={words.title} />
            <dl>
                <dt ~textContent={text::ui(lang, Ui::WhatHappened)} />
                <dd ~textContent={words.what} />
                <dt ~textContent={text::ui(lang, Ui::WhatItMeans)} />
                <dd ~textContent={words.means} />
                <dt ~textContent={text::ui(lang, Ui::WhatToDo)} />
                <dd class="finding__do" ~textContent={words.action} />
            </dl>
            <p class="finding__code">{ token(code) }{ said(format!(" {}", words::proofs(lang, found))) }</p>
        </article>
    }
}

/// What silence passes.
pub fn patterns(lang: Lang, summary: &Summary) -> Html {
    let ui = |key| words::ui(lang, key);
    html! {
        <section class="panel" aria-label={ui(WatchUi::Patterns)}>
            <h2 ~textContent={ui(WatchUi::Patterns)} />
            <table>
                <thead>
                    <tr>
                        { for [WatchUi::Pattern, WatchUi::Longest, WatchUi::Shortest].map(|key| html! {
                            <th scope="col" ~textContent={ui(key)} />
                        }) }
                    </tr>
                </thead>
                <tbody>
                    { for [Quiet::Both, Quiet::Page, Quiet::Relay].map(|quiet| {
                        let [longest, shortest] = words::bounds(lang, &summary.of(quiet));
                        html! {
                            <tr data-quiet={quiet_token(quiet)}>
                                <th scope="row" ~textContent={words::quiet(lang, quiet)} />
                                <td ~textContent={longest} />
                                <td ~textContent={shortest} />
                            </tr>
                        }
                    }) }
                </tbody>
            </table>
            if summary.reconnects > 0 {
                <p ~textContent={words::reconnects(lang, summary)} />
            }
        </section>
    }
}

/// The latest first.
fn table(lang: Lang, log: &Log, plan: &Plan) -> Html {
    let ui = |key| words::ui(lang, key);
    let region = region_name(plan);
    html! {
        <div class="watch__scroll" tabindex="0" role="group" aria-label={ui(WatchUi::LogTitle)}>
            <table>
                <thead>
                    <tr>
                        <th scope="col" ~textContent={ui(WatchUi::When)} />
                        <th scope="col" ~textContent={ui(WatchUi::Happened)} />
                    </tr>
                </thead>
                <tbody>
                    { for log.entries().iter().rev().take(ROWS).map(|entry| html! {
                        <tr data-entry={watch::word(&entry.what)}>
                            <td ~textContent={clock::time_in_words(entry.unix_ms, lang.tag())} />
                            <td ~textContent={words::entry(lang, &entry.what, &region)} />
                        </tr>
                    }) }
                </tbody>
            </table>
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct HandoverProps {
    lang: Lang,
    setup: Rc<Setup>,
    plan: Rc<Plan>,
    log: Rc<Log>,
    summary: Rc<Summary>,
    forget: Callback<()>,
}

/// Copying, saving, forgetting.
#[component(Handover)]
fn handover(props: &HandoverProps) -> Html {
    let lang = props.lang;
    let ui = |key| words::ui(lang, key);
    let text = watched::report(
        props.setup.config.report_language,
        &props.log,
        &props.summary,
        &region_name(&props.plan),
        true,
        props.setup.environment.family,
    );
    let text: AttrValue = text.into();
    let copy = act_button(ActButtonProps {
        id: "watch-copy".into(),
        lang,
        is_primary: true,
        label: ui(WatchUi::Copy),
        act: Rc::new(Act::Copy {
            text: text.clone(),
            shown_in: "watch-text".into(),
            folded_in: Some("watch-words".into()),
        }),
        done: ui(WatchUi::Copied),
        refused: text::ui(lang, Ui::TextCopyFailed),
    });
    let csv = {
        let log = props.log.clone();
        Callback::from(move |_: MouseEvent| {
            download::save("reachcheck-watch.csv", &watch::write(&log));
        })
    };
    html! {
        <section class="panel report" aria-label={ui(WatchUi::InReport)}>
            <h2 ~textContent={ui(WatchUi::InReport)} />
            <p ~textContent={ui(WatchUi::Kept)} />
            <div class="report__buttons">
                { copy }
                <button id="watch-csv" class="button" type="button" onclick={csv} ~textContent={ui(WatchUi::Csv)} />
                <button
                    id="watch-forget"
                    class="button"
                    type="button"
                    onclick={props.forget.reform(|_: MouseEvent| ())}
                 ~textContent={ui(WatchUi::Forget)} />
            </div>
            <details id="watch-words">
                <summary ~textContent={text::ui(lang, Ui::ShowReport)} />
                <pre id="watch-text" translate="no" tabindex="0" lang={props.setup.config.report_language.tag()} ~textContent={text.as_str()} />
            </details>
        </section>
    }
}
