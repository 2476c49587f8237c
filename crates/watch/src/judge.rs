//! From the log to what it means. A cut that something else explains (sleep, another network, a relay that restarted)
//! is never blamed on a firewall.

use reachcheck_wire::{Ending, Quiet};

use super::log::{Cut, Entry, Lane, Log, What};

/// What silences a pattern survives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tolerance {
    /// The longest silence that was survived, in milliseconds.
    pub survived_ms: Option<f64>,
    /// The shortest that was not.
    pub killed_ms: Option<f64>,
    /// How often it was cut about there.
    pub times: usize,
    /// How the last cut looked from here …
    pub how: Option<Cut>,
    /// … and from the relay.
    pub relay_saw: Option<Ending>,
}

impl Tolerance {
    /// A silence was survived. One that is longer than what was cut before shows that it was no timer that cut.
    pub fn survived(&mut self, ms: f64) {
        self.survived_ms = Some(self.survived_ms.map_or(ms, |longest| longest.max(ms)));
        if self.killed_ms.is_some_and(|killed| killed <= ms * SAME) {
            (self.killed_ms, self.times, self.how, self.relay_saw) = (None, 0, None, None);
        }
    }

    /// A silence was cut.
    pub fn killed(&mut self, ms: f64) {
        if self
            .survived_ms
            .is_some_and(|survived| survived * SAME >= ms)
        {
            return;
        }
        self.times = match self.killed_ms {
            Some(before) if (before - ms).abs() <= before.max(ms) * AGREE => self.times + 1,
            Some(before) if before < ms => return,
            _ => 1,
        };
        self.killed_ms = Some(self.killed_ms.map_or(ms, |shortest| shortest.min(ms)));
    }
}

/// A silence of the timer's own length passes now and is cut then: only one that is longer by more than this contradicts.
const SAME: f64 = 0.96;
/// Cuts of one timer lie this close together: a browser is told of an end within some hundred milliseconds, of a silence
/// when the next word is due.
const AGREE: f64 = 0.08;
/// A browser is told of an end so much later than a box's timer: its own share of drift, and boxes that look every so
/// often.
const TOLD_SHARE: f64 = 0.01;
const TOLD_S: f64 = 1.0;
/// A box that looks for idle connections does so this often, in milliseconds, as Squid does;
/// a busy computer notices an end that much later. Neither knows of the lab's faster time.
const LOOKS_EVERY_MS: f64 = 1_000.0;
/// What happens within this many milliseconds happens at once.
const AT_ONCE_MS: f64 = 5_000.0;
/// Something that explains a cut may be noticed this much later, in milliseconds: timers look every so often.
const NOTICED_MS: f64 = 20_000.0;
/// An event later than this (ms) is a call that is picked up late.
pub const LATE_MS: f64 = 2_000.0;

/// Who ended a connection, as far as both records tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Closer {
    /// Something on the way: ended here, and open or torn at the relay, or silent at both.
    Between,
    /// The two records do not tell.
    Unknown,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub enum WatchCause {
    /// A quiet connection is cut.
    QuietCut {
        /// Who said nothing.
        quiet: Quiet,
        /// What it survives and what it does not.
        known: Tolerance,
        /// Who cut it.
        closer: Closer,
        /// The round number of seconds that a timer is set to, if it is one.
        timer_s: Option<u32>,
    },
    /// All sockets ended at once: the relay, or the connection as a whole.
    AllAtOnce {
        /// How often.
        times: usize,
        /// How many of these were restarts of the relay, by its own word.
        restarts: usize,
    },
    /// Events of the server that did not come as they should.
    Events {
        /// Sent, and not received.
        lost: u32,
        /// Received late.
        late: usize,
        /// How late the latest was, in milliseconds.
        latest_ms: f64,
        /// Received twice.
        twice: u32,
    },
    /// The relay could not be reached for a while.
    Unreachable {
        /// How often.
        times: usize,
        /// The longest time without, in milliseconds, of those that are over.
        longest_ms: f64,
    },
    /// A region's HTTPS endpoint did not answer for a while.
    RegionOut {
        /// Its id.
        region: String,
        /// How often.
        times: usize,
        /// The longest outage that has ended, in milliseconds.
        longest_ms: f64,
    },
    /// The relay had no room.
    Busy {
        /// How often it said so.
        times: usize,
    },
    /// The network changed: another address, or none for a while.
    NetworkChanged {
        /// How often.
        times: usize,
    },
    /// The computer slept, or the tab was frozen.
    Slept {
        /// How often.
        times: usize,
        /// The longest, in milliseconds.
        longest_ms: f64,
    },
    /// The browser held the tab's timers back.
    Throttled {
        /// How often.
        times: usize,
    },
}

impl WatchCause {
    /// A stable token, for hooks and exports.
    #[must_use]
    pub const fn token(&self) -> &'static str {
        match self {
            Self::QuietCut { .. } => "quiet-cut",
            Self::AllAtOnce { .. } => "all-at-once",
            Self::Events { .. } => "watch-events",
            Self::Unreachable { .. } => "relay-away",
            Self::RegionOut { .. } => "region-out",
            Self::Busy { .. } => "relay-busy",
            Self::NetworkChanged { .. } => "network-changed",
            Self::Slept { .. } => "slept",
            Self::Throttled { .. } => "throttled",
        }
    }
}

/// A cause, and whether it is more than a guess. Where it lies is [`WatchFinding::place`].
#[derive(Clone, Debug, PartialEq)]
pub struct WatchFinding {
    /// What was found.
    pub cause: WatchCause,
    /// Whether it was seen more than once, or by both sides.
    pub is_certain: bool,
}

/// Everything that a log says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// What each pattern survives, as far as it was tried.
    pub known: Vec<(Quiet, Tolerance)>,
    /// What was found, the most important first.
    pub findings: Vec<WatchFinding>,
    /// How often a socket was opened again after a cut.
    pub reconnects: usize,
    /// How long that took at most, in milliseconds.
    pub reconnect_ms: f64,
    /// How long it was watched, in milliseconds.
    pub length_ms: f64,
}

impl Summary {
    /// What a pattern survives.
    #[must_use]
    pub fn of(&self, quiet: Quiet) -> Tolerance {
        let known = self.known.iter().find(|(of, _)| *of == quiet);
        known.map(|(_, known)| known.clone()).unwrap_or_default()
    }
}

/// Judges a log; `pace` is by how much the lab lets time run faster, 1 elsewhere.
#[must_use]
pub fn judge(log: &Log, pace: u32) -> Summary {
    let pace = f64::from(pace.max(1));
    let entries = log.entries();
    let outages = outages(entries);
    let of = |quiet, both| tolerance(entries, &outages, quiet, both, pace);
    let both = of(Quiet::Both, None);
    let one_sided = [Quiet::Page, Quiet::Relay].map(|quiet| (quiet, of(quiet, Some(&both))));
    let known: Vec<(Quiet, Tolerance)> = std::iter::once((Quiet::Both, both))
        .chain(one_sided)
        .collect();
    let mut findings: Vec<WatchFinding> = known
        .iter()
        .filter_map(|(quiet, known)| quiet_cut(*quiet, known, pace))
        .collect();
    findings.extend(at_once(entries, pace));
    findings.extend(regions_out(entries, pace));
    findings.extend(events(entries, pace));
    findings.extend(unreachable(&outages));
    findings.extend(rest(entries));
    let again = entries.iter().filter_map(|entry| match entry.what {
        What::Opened {
            ms, again: true, ..
        } => Some(ms),
        _ => None,
    });
    Summary {
        known,
        findings,
        reconnects: again.clone().count(),
        reconnect_ms: again.fold(0.0, f64::max),
        length_ms: log.length_ms(),
    }
}

/// A silence shorter than this, in milliseconds, nobody sets a timer to: whatever ended it, it was not the silence.
const NO_TIMER_MS: f64 = 3_000.0;

/// For one-sided silence, `both` is what silence of both sides survives.
fn tolerance(
    entries: &[Entry],
    outages: &[Outage],
    quiet: Quiet,
    both: Option<&Tolerance>,
    pace: f64,
) -> Tolerance {
    let mut known = Tolerance::default();
    for (index, entry) in entries.iter().enumerate() {
        match entry.what {
            What::Cut { quiet_ms, .. } if quiet_ms < NO_TIMER_MS / pace => {}
            What::Survived { lane, quiet_ms } if lane.quiet() == quiet => known.survived(quiet_ms),
            What::Cut {
                lane,
                quiet_ms,
                still_ms,
                how,
            } if lane.quiet() == quiet => {
                let is_of_both =
                    both.is_some_and(|both| is_silence_of_both(quiet_ms, still_ms, both));
                if is_of_both || is_explained(entries, outages, index, pace) {
                    continue;
                }
                let before = known.times;
                known.killed(quiet_ms);
                if known.times != before {
                    known.how = Some(how);
                    known.relay_saw = relay_saw(&entries[index..], lane);
                }
            }
            _ => {}
        }
    }
    known
}

/// Whether one side's silence was cut where the other was silent, too, for as long as a timer that minds both lets it
/// be: so it says nothing about a timer that minds one side. Nor does a silence in which no word had come yet.
fn is_silence_of_both(quiet_ms: f64, still_ms: f64, both: &Tolerance) -> bool {
    let survived_ms = both.survived_ms.unwrap_or(0.0);
    // A silence is noticed when its word is due: the timer lies anywhere between what was survived and that.
    let timer_ms = match both.how {
        Some(Cut::Silent) => survived_ms,
        _ => both.killed_ms.unwrap_or(f64::INFINITY),
    };
    let still_ms = still_ms + LOOKS_EVERY_MS;
    survived_ms * SAME <= still_ms && still_ms >= quiet_ms.min(timer_ms) * (1.0 - AGREE)
}

/// What the relay said of the socket whose cut is the first of these entries.
fn relay_saw(entries: &[Entry], lane: Lane) -> Option<Ending> {
    let later = entries.iter().skip(1);
    let until_next = later
        .take_while(|entry| !matches!(entry.what, What::Cut { lane: other, .. } if other == lane));
    until_next
        .filter_map(|entry| match entry.what {
            What::RelaySaw { lane: of, how } if of == lane => Some(how),
            _ => None,
        })
        .next()
}

/// The entries between two moments. A log is in order.
fn between(entries: &[Entry], from: f64, to: f64) -> &[Entry] {
    let begin = entries.partition_point(|entry| entry.unix_ms < from);
    let end = entries.partition_point(|entry| entry.unix_ms <= to);
    entries.get(begin..end).unwrap_or_default()
}

/// Whether the computer, the tab or the network was gone or became another one.
fn disturbs(what: &What) -> bool {
    matches!(
        what,
        What::Slept { .. } | What::Offline | What::Online | What::Address { .. } | What::Stopped
    )
}

/// Whether something else than a box that forgets explains a cut.
fn is_explained(entries: &[Entry], outages: &[Outage], index: usize, pace: f64) -> bool {
    let What::Cut {
        lane,
        quiet_ms,
        still_ms,
        how,
    } = entries[index].what
    else {
        return false;
    };
    // The relay says itself that it goes, or is full.
    if matches!(how, Cut::Code(_)) {
        return true;
    }
    if relay_saw(&entries[index..], lane) == Some(Ending::ByRelay) {
        return true;
    }
    let at = entries[index].unix_ms;
    let later = entries[index + 1..].iter();
    let own = later.filter_map(|entry| match entry.what {
        What::Opened { lane: of, .. } if of == lane => Some((true, entry.unix_ms)),
        What::NotOpened { lane: of } if of == lane => Some((false, entry.unix_ms)),
        _ => None,
    });
    let noticed_ms = NOTICED_MS / pace;
    let reopened = match own.take(1).next() {
        // A timer for quiet connections lets a new one through at once: the way itself was gone.
        Some((false, _)) => return true,
        // Where we come from is known once there is a connection again.
        Some((true, at)) => at,
        None => at,
    };
    // The way was gone while nothing was heard on this lane, as another lane noticed.
    let was_gone = |outage: &Outage| {
        outage.since <= reopened && outage.until.is_none_or(|until| until >= at - still_ms)
    };
    if outages.iter().any(was_gone) {
        return true;
    }
    let during = between(entries, at - quiet_ms - noticed_ms, reopened + noticed_ms);
    during.iter().any(|entry| disturbs(&entry.what)) || are_cut_at_once(entries, at, pace)
}

/// Whether most lanes ended at once, about then. Those that had been quiet for equally long, and no longer than anything
/// survived, were ended by one timer: they had begun together.
fn are_cut_at_once(entries: &[Entry], at: f64, pace: f64) -> bool {
    let near = AT_ONCE_MS / pace;
    // What died unseen is noticed when its next word is due, whenever that is.
    let cuts = between(entries, at - near, at + near)
        .iter()
        .filter_map(|entry| match entry.what {
            What::Cut {
                lane,
                still_ms,
                how: Cut::Broken | Cut::Code(_),
                ..
            } => Some((lane, still_ms)),
            _ => None,
        });
    let mut lanes: Vec<Lane> = cuts.clone().map(|(lane, _)| lane).collect();
    lanes.sort_unstable();
    lanes.dedup();
    if lanes.len() <= 2 {
        return false;
    }
    let stills = || cuts.clone().map(|(_, still_ms)| still_ms);
    let (least, most) = (
        stills().fold(f64::MAX, f64::min),
        stills().fold(0.0, f64::max),
    );
    let is_one_timer = most - least <= most * AGREE + TOLD_S * 1000.0 / pace;
    let survives_longer = entries.iter().any(|entry| {
        matches!(entry.what, What::Survived { lane, quiet_ms }
            if lane.quiet() == Quiet::Both && quiet_ms * SAME > most)
    });
    !is_one_timer || survives_longer
}

fn quiet_cut(quiet: Quiet, known: &Tolerance, pace: f64) -> Option<WatchFinding> {
    let killed_ms = known.killed_ms?;
    let closer = match (known.how?, known.relay_saw) {
        // Ended here, and the relay still waits or was torn off too: neither of the two did it.
        (Cut::Broken, Some(Ending::Open | Ending::Reset | Ending::Finished | Ending::TimedOut))
        | (Cut::Silent, Some(Ending::Open | Ending::TimedOut | Ending::Reset)) => Closer::Between,
        _ => Closer::Unknown,
    };
    // One silence that the relay did not notice is known by a deadline of the page alone.
    let is_one_silence = known.how == Some(Cut::Silent) && known.relay_saw == Some(Ending::Open);
    Some(WatchFinding {
        is_certain: known.times > 1 || (closer == Closer::Between && !is_one_silence),
        cause: WatchCause::QuietCut {
            quiet,
            timer_s: round_s(known, killed_ms, pace),
            known: known.clone(),
            closer,
        },
    })
}

/// The shortest timer, in seconds, of which one is told by then.
fn told_later(seconds: f64) -> f64 {
    seconds * (1.0 - TOLD_SHARE) - TOLD_S
}

/// The number that the timer is set to: of those that people choose, the one that fits.
fn round_s(known: &Tolerance, killed_ms: f64, pace: f64) -> Option<u32> {
    const CHOSEN_S: [u32; 20] = [
        5, 10, 15, 20, 30, 45, 60, 75, 90, 100, 120, 180, 240, 300, 350, 600, 900, 1200, 1500, 1800,
    ];
    let killed_s = killed_ms * pace / 1000.0;
    let survived_s = known.survived_ms.unwrap_or(0.0) * pace / 1000.0;
    // An end is told soon after the timer; a silence is noticed when the word is due, so the timer lies before.
    let least = if known.how == Some(Cut::Silent) {
        0.0
    } else {
        told_later(killed_s)
    };
    // A box counts from the last packet it saw, which is later than our word; and some look once a second.
    let least = least.max(told_later(survived_s));
    let mut fits = CHOSEN_S
        .into_iter()
        .filter(|seconds| (least..=killed_s + TOLD_S).contains(&f64::from(*seconds)));
    let first = fits.next()?;
    fits.next().is_none().then_some(first)
}

fn at_once(entries: &[Entry], pace: f64) -> Option<WatchFinding> {
    let (mut times, mut restarts, mut until) = (0, 0, f64::MIN);
    for entry in entries {
        let What::Cut { how, .. } = entry.what else {
            continue;
        };
        let is_restart = how == Cut::Code(1012) || how == Cut::Code(1001);
        if entry.unix_ms <= until || !(is_restart || are_cut_at_once(entries, entry.unix_ms, pace))
        {
            continue;
        }
        until = entry.unix_ms + 2.0 * AT_ONCE_MS / pace;
        times += 1;
        restarts += usize::from(is_restart);
    }
    (times > 0).then_some(WatchFinding {
        cause: WatchCause::AllAtOnce { times, restarts },
        is_certain: restarts == times,
    })
}

/// An outage of the way to the relay, or of the relay: when the first of several tries failed, and when one got through.
struct Outage {
    since: f64,
    until: Option<f64>,
}

/// The outages of a log, in order. One try that fails while others pass is none.
fn outages(entries: &[Entry]) -> Vec<Outage> {
    let mut outages: Vec<Outage> = Vec::new();
    let (mut since, mut tries) = (None, 0);
    for entry in entries {
        match entry.what {
            What::NotOpened { .. } => {
                let since = *since.get_or_insert(entry.unix_ms);
                tries += 1;
                if tries == 2 {
                    outages.push(Outage { since, until: None });
                }
            }
            // A reload, a sleep or a stop begins anew.
            What::Opened { .. } | What::Began => {
                if let Some(outage) = outages.last_mut().filter(|_| tries > 1) {
                    outage.until = Some(entry.unix_ms);
                }
                (since, tries) = (None, 0);
            }
            _ => {}
        }
    }
    outages
}

fn unreachable(outages: &[Outage]) -> Option<WatchFinding> {
    let lengths = outages.iter().filter_map(|it| Some(it.until? - it.since));
    (!outages.is_empty()).then_some(WatchFinding {
        cause: WatchCause::Unreachable {
            times: outages.len(),
            longest_ms: lengths.fold(0.0, f64::max),
        },
        is_certain: true,
    })
}

/// How long before an outage is told it may have begun, in milliseconds: two requests, a minute and a half apart at most.
const OUTAGE_MS: f64 = 200_000.0;

/// Outages of single regions: what everything else suffered too is none of theirs.
fn regions_out(entries: &[Entry], pace: f64) -> Vec<WatchFinding> {
    let mut regions: Vec<(String, usize, f64)> = Vec::new();
    let mut shared: Vec<String> = Vec::new();
    for entry in entries {
        let around = between(
            entries,
            entry.unix_ms - OUTAGE_MS / pace,
            entry.unix_ms + NOTICED_MS / pace,
        );
        let is_shared = |what: &What| disturbs(what) || matches!(what, What::NotOpened { .. });
        if let What::RegionOut { region } = &entry.what {
            shared.retain(|id| id != region);
            if around.iter().any(|entry| is_shared(&entry.what)) {
                shared.push(region.clone());
                continue;
            }
        }
        if matches!(&entry.what, What::RegionBack { region, .. } if shared.contains(region)) {
            continue;
        }
        let (region, out, ms) = match &entry.what {
            What::RegionOut { region } => (region, 1, 0.0),
            What::RegionBack { region, ms } => (region, 0, *ms),
            _ => continue,
        };
        match regions.iter_mut().find(|(id, ..)| id == region) {
            Some((_, times, longest)) => {
                *times += out;
                *longest = longest.max(ms);
            }
            None => regions.push((region.clone(), out, ms)),
        }
    }
    let finding = |(region, times, longest_ms)| WatchFinding {
        cause: WatchCause::RegionOut {
            region,
            times,
            longest_ms,
        },
        is_certain: times > 1,
    };
    regions.into_iter().map(finding).collect()
}

fn events(entries: &[Entry], pace: f64) -> Option<WatchFinding> {
    let (mut lost, mut twice, mut late, mut latest_ms) = (0, 0, 0, 0.0_f64);
    let near = NOTICED_MS / pace;
    for entry in entries {
        let around = between(entries, entry.unix_ms - near, entry.unix_ms + near);
        let is_held_back = |what: &What| disturbs(what) || matches!(what, What::Throttled { .. });
        match entry.what {
            // Whoever sleeps gets everything late.
            What::Late { .. } if around.iter().any(|entry| is_held_back(&entry.what)) => {}
            What::Lost { count } => lost += count,
            What::Twice { count } => twice += count,
            What::Late { ms } if ms >= LATE_MS => {
                late += 1;
                latest_ms = latest_ms.max(ms);
            }
            _ => {}
        }
    }
    (lost + twice > 0 || late > 0).then_some(WatchFinding {
        cause: WatchCause::Events {
            lost,
            late,
            latest_ms,
            twice,
        },
        is_certain: true,
    })
}

fn rest(entries: &[Entry]) -> Vec<WatchFinding> {
    let count =
        |wanted: fn(&What) -> bool| entries.iter().filter(|entry| wanted(&entry.what)).count();
    let busy = count(|what| matches!(what, What::Busy { .. }));
    let changed = count(|what| matches!(what, What::Offline | What::Address { .. }));
    let throttled = count(|what| matches!(what, What::Throttled { .. }));
    let slept: Vec<f64> = entries
        .iter()
        .filter_map(|entry| match entry.what {
            What::Slept { ms } => Some(ms),
            _ => None,
        })
        .collect();
    let longest_ms = slept.iter().copied().fold(0.0, f64::max);
    let slept = slept.len();
    [
        (busy, WatchCause::Busy { times: busy }),
        (changed, WatchCause::NetworkChanged { times: changed }),
        (
            slept,
            WatchCause::Slept {
                times: slept,
                longest_ms,
            },
        ),
        (throttled, WatchCause::Throttled { times: throttled }),
    ]
    .into_iter()
    .filter(|(times, _)| *times > 0)
    .map(|(_, cause)| WatchFinding {
        cause,
        is_certain: true,
    })
    .collect()
}
