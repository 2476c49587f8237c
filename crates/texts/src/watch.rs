//! The words of the watch.

use reachcheck_wire::{Ending, Quiet};

use super::Lang;
use super::catalogue::{Arg, Given, assert_placeholders_match, filled, given, say, word};
use super::check;
use super::desk::{self, Entry, WatchFinding as Key};
use super::finding::FindingText;
use reachcheck_watch::{
    Closer, Cut, Lane, Spot, Summary, Tolerance, WatchCause, WatchFinding, WatchPlace, WatchProof,
    What,
};

pub use super::desk::WatchUi;

/// A word in a language.
#[must_use]
pub fn ui(lang: Lang, key: WatchUi) -> &'static str {
    word(lang, key)
}

/// Who says nothing.
#[must_use]
pub fn quiet(lang: Lang, quiet: Quiet) -> &'static str {
    let key = match quiet {
        Quiet::Both => desk::Quiet::Both,
        Quiet::Page => desk::Quiet::Page,
        Quiet::Relay => desk::Quiet::Relay,
    };
    word(lang, key)
}

/// What is tried on a lane.
#[must_use]
pub fn lane(lang: Lang, lane: Lane) -> &'static str {
    let key = match lane {
        Lane::Growing => desk::Lane::Growing,
        Lane::Narrowing => desk::Lane::Narrowing,
        Lane::Events => desk::Lane::Events,
        Lane::Words => desk::Lane::Words,
    };
    word(lang, key)
}

/// The four sentences of a finding. That all they name is given is checked while this is compiled.
macro_rules! sentences {
    ($lang:expr, $title:path, $what:path, $means:path, $action:path $(, $place:ident: $value:expr)* $(,)?) => {{
        const _: () = assert_placeholders_match(
            $title,
            &[$title as usize, $what as usize, $means as usize, $action as usize],
            &[$(stringify!($place)),*],
            &[],
        );
        four($lang, [$title, $what, $means, $action], given!($title $(, $place: $value)*))
    }};
}

/// Title, what, means and what to do, each filled in from the same.
fn four(lang: Lang, keys: [Key; 4], given: &[Given<'_>]) -> FindingText {
    let [title, what, means, action] = keys.map(|key| filled(lang, key, given));
    FindingText {
        title,
        what,
        means,
        action,
    }
}

/// A finding; `region` gives the name of a region's id.
#[must_use]
pub fn finding(lang: Lang, finding: &WatchFinding, region: &dyn Fn(&str) -> String) -> FindingText {
    match &finding.cause {
        WatchCause::QuietCut {
            quiet,
            known,
            closer,
            timer_s,
        } => quiet_cut(lang, *quiet, known, *closer, *timer_s, finding.place()),
        WatchCause::AllAtOnce {
            times: count,
            restarts,
        } if restarts == count => sentences!(
            lang, Key::AllAtOnceTitle, Key::Happened, Key::AllAtOnceRestartedMeans, Key::Nothing,
            times: Arg::Text(&times(lang, *count)),
        ),
        WatchCause::AllAtOnce { times: count, .. } => sentences!(
            lang, Key::AllAtOnceTitle, Key::Happened, Key::AllAtOnceMeans, Key::AllAtOnceDo,
            times: Arg::Text(&times(lang, *count)),
        ),
        WatchCause::Events {
            lost,
            late: 0,
            twice,
            ..
        } => sentences!(
            lang, Key::EventsTitle, Key::EventsWhat, Key::EventsMeans, Key::EventsDo,
            lost: Arg::Whole((*lost).into()), late: Arg::Count(0), twice: Arg::Whole((*twice).into()),
        ),
        WatchCause::Events {
            lost,
            late,
            latest_ms,
            twice,
        } => sentences!(
            lang, Key::EventsTitle, Key::EventsLateWhat, Key::EventsMeans, Key::EventsDo,
            lost: Arg::Whole((*lost).into()), late: Arg::Count(*late), twice: Arg::Whole((*twice).into()),
            latest: Arg::Text(&duration(*latest_ms)),
        ),
        WatchCause::Unreachable {
            times: count,
            longest_ms,
        } => sentences!(
            lang, Key::UnreachableTitle, Key::UnreachableWhat, Key::UnreachableMeans, Key::UnreachableDo,
            times: Arg::Text(&times(lang, *count)), time: Arg::Text(&duration(*longest_ms)),
        ),
        WatchCause::RegionOut {
            region: id,
            times: count,
            longest_ms,
        } => sentences!(
            lang, Key::RegionOutTitle, Key::RegionOutWhat, Key::RegionOutMeans, Key::RegionOutDo,
            region: Arg::Text(&region(id)), times: Arg::Text(&times(lang, *count)),
            time: Arg::Text(&duration(*longest_ms)),
        ),
        WatchCause::Busy { times: count } => sentences!(
            lang, Key::BusyTitle, Key::BusyWhat, Key::BusyMeans, Key::BusyDo,
            times: Arg::Text(&times(lang, *count)),
        ),
        WatchCause::NetworkChanged { times: count } => sentences!(
            lang, Key::NetworkChangedTitle, Key::NetworkChangedWhat, Key::NetworkChangedMeans, Key::NetworkChangedDo,
            times: Arg::Text(&times(lang, *count)),
        ),
        WatchCause::Slept {
            times: count,
            longest_ms,
        } => sentences!(
            lang, Key::SleptTitle, Key::SleptWhat, Key::SleptMeans, Key::SleptDo,
            times: Arg::Text(&times(lang, *count)), time: Arg::Text(&duration(*longest_ms)),
        ),
        WatchCause::Throttled { times: count } => sentences!(
            lang, Key::ThrottledTitle, Key::Happened, Key::ThrottledMeans, Key::ThrottledDo,
            times: Arg::Text(&times(lang, *count)),
        ),
    }
}

/// How sure a finding is, and how sure where it lies, as one phrase.
#[must_use]
pub fn proofs(lang: Lang, finding: &WatchFinding) -> String {
    let that = proof(lang, finding.proof());
    let Some(WatchPlace { spot, proof: sure }) = finding.place() else {
        return that.to_owned();
    };
    let spot = match spot {
        Spot::ThisComputer => desk::Spot::ThisComputer,
        Spot::Between => desk::Spot::Between,
        Spot::Relay => desk::Spot::Relay,
    };
    let (that, sure) = (Arg::Text(that), Arg::Text(proof(lang, sure)));
    say!(lang, desk::WatchProofs::At, proof: that, place: Arg::Text(word(lang, spot)), where: sure)
}

fn proof(lang: Lang, proof: WatchProof) -> &'static str {
    word(
        lang,
        match proof {
            WatchProof::Confirmed => check::Proof::Confirmed,
            WatchProof::Inferred => check::Proof::Inferred,
        },
    )
}

fn quiet_cut(
    lang: Lang,
    quiet: Quiet,
    known: &Tolerance,
    closer: Closer,
    timer_s: Option<u32>,
    place: Option<WatchPlace>,
) -> FindingText {
    let killed = duration(known.killed_ms.unwrap_or_default());
    let at = match timer_s {
        Some(seconds) => duration(f64::from(seconds) * 1000.0),
        None => killed.clone(),
    };
    let how = match known.how {
        Some(cut) => how(lang, cut),
        None => say!(lang, desk::Cut::Somehow),
    };
    let times = times(lang, known.times);
    let (killed, how, times) = (Arg::Text(&killed), Arg::Text(&how), Arg::Text(&times));
    let mut what = match quiet {
        Quiet::Both => say!(lang, Key::QuietCutBoth, killed: killed, how: how, times: times),
        Quiet::Page => say!(lang, Key::QuietCutPage, killed: killed, how: how, times: times),
        Quiet::Relay => say!(lang, Key::QuietCutRelay, killed: killed, how: how, times: times),
    };
    if let Some(ms) = known.survived_ms {
        what.push(' ');
        what += &say!(lang, Key::QuietCutPassed, time: Arg::Text(&duration(ms)));
    }
    let is_sure = place.is_some_and(|place| place.proof == WatchProof::Confirmed);
    let cutter = match closer {
        Closer::Between if is_sure => Key::QuietCutBetween,
        Closer::Between => Key::QuietCutBetweenInferred,
        Closer::Unknown => Key::QuietCutUnknown,
    };
    let mut means = vec![word(lang, cutter)];
    if timer_s.is_some() {
        means.push(word(lang, Key::QuietCutRound));
    }
    means.push(word(lang, Key::QuietCutMeans));
    FindingText {
        title: say!(lang, Key::QuietCutTitle, at: Arg::Text(&at)),
        what,
        means: means.join(" "),
        action: say!(lang, Key::QuietCutDo),
    }
}

fn times(lang: Lang, count: usize) -> String {
    say!(lang, Key::Times, count: Arg::Count(count))
}

fn how(lang: Lang, cut: Cut) -> String {
    match cut {
        Cut::Code(code) => say!(lang, desk::Cut::Code, code: Arg::Whole(code.into())),
        Cut::Broken => say!(lang, desk::Cut::Broken),
        Cut::Silent => say!(lang, desk::Cut::Silent),
    }
}

fn ending(lang: Lang, how: Ending) -> &'static str {
    let key = match how {
        Ending::Open => desk::Ending::Open,
        Ending::Closed => desk::Ending::Closed,
        Ending::Finished => desk::Ending::Finished,
        Ending::Reset => desk::Ending::Reset,
        Ending::TimedOut => desk::Ending::TimedOut,
        Ending::ByRelay => desk::Ending::ByRelay,
        Ending::NotKnown => desk::Ending::NotKnown,
    };
    word(lang, key)
}

/// One line of the log.
#[must_use]
pub fn entry(lang: Lang, what: &What, region: &dyn Fn(&str) -> String) -> String {
    let on = |of: Lane| Arg::Text(lane(lang, of));
    match what {
        What::Began => say!(lang, Entry::Began),
        What::Stopped => say!(lang, Entry::Stopped),
        What::Opened {
            lane,
            ms,
            again: false,
        } => {
            say!(lang, Entry::Opened, lane: on(*lane), time: Arg::Text(&duration(*ms)))
        }
        What::Opened {
            lane,
            ms,
            again: true,
        } => {
            say!(lang, Entry::OpenedAgain, lane: on(*lane), time: Arg::Text(&duration(*ms)))
        }
        What::NotOpened { lane } => say!(lang, Entry::NotOpened, lane: on(*lane)),
        What::Busy { lane } => say!(lang, Entry::Busy, lane: on(*lane)),
        What::Survived { lane, quiet_ms } => {
            say!(lang, Entry::Survived, lane: on(*lane), time: Arg::Text(&duration(*quiet_ms)))
        }
        What::Cut {
            lane,
            quiet_ms,
            how: cut,
            ..
        } => say!(
            lang,
            Entry::Cut,
            lane: on(*lane),
            how: Arg::Text(&how(lang, *cut)),
            time: Arg::Text(&duration(*quiet_ms)),
        ),
        What::RelaySaw { lane, how } => {
            say!(lang, Entry::RelaySaw, lane: on(*lane), how: Arg::Text(ending(lang, *how)))
        }
        What::Late { ms } => say!(lang, Entry::Late, time: Arg::Text(&duration(*ms))),
        What::Lost { count } => say!(lang, Entry::Lost, count: Arg::Whole((*count).into())),
        What::Twice { count } => say!(lang, Entry::Twice, count: Arg::Whole((*count).into())),
        What::Slept { ms } => say!(lang, Entry::Slept, time: Arg::Text(&duration(*ms))),
        What::Throttled { ms } => say!(lang, Entry::Throttled, time: Arg::Text(&duration(*ms))),
        What::Offline => say!(lang, Entry::Offline),
        What::Online => say!(lang, Entry::Online),
        What::Address { address } => say!(lang, Entry::Address, address: Arg::Text(address)),
        What::RegionOut { region: id } => {
            say!(lang, Entry::RegionOut, region: Arg::Text(&region(id)))
        }
        What::RegionBack { region: id, ms } => say!(
            lang,
            Entry::RegionBack,
            region: Arg::Text(&region(id)),
            time: Arg::Text(&duration(*ms)),
        ),
    }
}

/// `45 s`, `5 min`, `1 h 20 min`: the same in every language.
#[must_use]
pub fn duration(ms: f64) -> String {
    let seconds = (ms / 1000.0).round();
    if seconds < 1.0 {
        return format!("{ms:.0} ms");
    }
    if seconds < 120.0 || (seconds < 600.0 && seconds % 60.0 != 0.0) {
        return format!("{seconds:.0} s");
    }
    let minutes = (seconds / 60.0).round();
    if minutes < 120.0 {
        return format!("{minutes:.0} min");
    }
    let (hours, minutes) = ((minutes / 60.0).floor(), minutes % 60.0);
    format!("{hours:.0} h {minutes:.0} min")
}

/// The longest silence that was survived and the shortest that was not, or a dash.
#[must_use]
pub fn bounds(lang: Lang, known: &Tolerance) -> [String; 2] {
    let word = |ms: Option<f64>| ms.map_or_else(|| ui(lang, WatchUi::None).to_owned(), duration);
    [word(known.survived_ms), word(known.killed_ms)]
}

/// How often a socket was made again, and how long that took.
#[must_use]
pub fn reconnects(lang: Lang, summary: &Summary) -> String {
    format!(
        "{}: {} (≤ {})",
        ui(lang, WatchUi::Reconnected),
        summary.reconnects,
        duration(summary.reconnect_ms)
    )
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn durations_are_said_as_people_say_them() {
        for (ms, said) in [
            (400.0, "400 ms"),
            (30_000.0, "30 s"),
            (100_400.0, "100 s"),
            (300_000.0, "5 min"),
            (350_000.0, "350 s"),
            (1_800_000.0, "30 min"),
            (7_320_000.0, "2 h 2 min"),
        ] {
            assert_eq!(duration(ms), said);
        }
    }
}
