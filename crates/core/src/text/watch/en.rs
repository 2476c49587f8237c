//! English.

use reachcheck_wire::{Ending, Quiet};

use super::{FindingText, WatchUi, duration};
use crate::watch::{Cause, Closer, Cut, Lane, What};

pub(super) const fn ui(key: WatchUi) -> &'static str {
    match key {
        WatchUi::Title => "Watch the connection",
        WatchUi::Lead => {
            "Calls stop coming in after a while? Leave this tab open while you work. It finds out whether something on the way cuts a quiet connection, and after how long. It sends almost nothing."
        }
        WatchUi::Start => "Start watching",
        WatchUi::Stop => "Stop watching",
        WatchUi::Running => "Watching for",
        WatchUi::NoRelay => "Watching needs a relay that answers. Run the check first.",
        WatchUi::NothingYet => "Nothing was cut so far.",
        WatchUi::LogTitle => "What happened",
        WatchUi::When => "When",
        WatchUi::Happened => "What",
        WatchUi::Patterns => "What silence passes",
        WatchUi::Pattern => "Silence",
        WatchUi::Longest => "Longest that passed",
        WatchUi::Shortest => "Shortest that was cut",
        WatchUi::None => "-",
        WatchUi::Copy => "Copy the watch's report",
        WatchUi::Copied => "Copied.",
        WatchUi::Csv => "Download as CSV",
        WatchUi::Forget => "Forget this log",
        WatchUi::ReportTitle => "WATCHED",
        WatchUi::Closer => "Closer",
        WatchUi::Farther => "Farther",
        WatchUi::Earlier => "Earlier",
        WatchUi::Later => "Later",
        WatchUi::Whole => "Everything",
        WatchUi::Offer => {
            "Calls stop coming in after a while? Watch the connection while you work."
        }
        WatchUi::Loopback => {
            "The relay runs on this very computer: what passes here says nothing about the network."
        }
        WatchUi::Away => {
            "No relay answers that has room for this page. It is tried again by itself."
        }
        WatchUi::Reconnected => "Connected again after a cut",
        WatchUi::NetworkRow => "Network",
        WatchUi::Kept => {
            "The log stays in this browser until you forget it. It is part of the next report that you copy."
        }
        WatchUi::NotKept => {
            "This browser keeps nothing for this page: the log is gone when the tab is closed."
        }
        WatchUi::InReport => "Text for support",
        WatchUi::KeptAlive => {
            "Chrome and Edge keep every connection alive by themselves, each 45 seconds. A firewall that forgets quiet connections later than that shows in Firefox only; the calling program may meet it all the same. Watch in Firefox as well before you call the network fine."
        }
        WatchUi::Timeline => "Timeline of the watch",
    }
}

pub(super) const fn quiet(quiet: Quiet) -> &'static str {
    match quiet {
        Quiet::Both => "Nobody says anything",
        Quiet::Page => "This computer says nothing",
        Quiet::Relay => "The server says nothing",
    }
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{count} times"),
    }
}

fn how(cut: Cut) -> String {
    match cut {
        Cut::Code(code) => format!("closed with code {code}"),
        Cut::Broken => "ended".to_owned(),
        Cut::Silent => "dead without a word".to_owned(),
    }
}

pub(super) fn finding(cause: &Cause, region: &dyn Fn(&str) -> String) -> FindingText {
    match cause {
        Cause::QuietCut {
            quiet,
            known,
            closer,
            timer_s,
        } => {
            let killed = duration(known.killed_ms.unwrap_or_default());
            let at = timer_s.map_or_else(
                || killed.clone(),
                |seconds| duration(f64::from(seconds) * 1000.0),
            );
            let survived = known.survived_ms.map_or_else(String::new, |ms| {
                format!(" A silence of {} passed.", duration(ms))
            });
            let who = match quiet {
                Quiet::Both => "on which nobody said anything",
                Quiet::Page => "on which this computer said nothing",
                Quiet::Relay => "on which the server said nothing",
            };
            FindingText {
                title: format!("A quiet connection is cut after about {at}"),
                what: format!(
                    "A connection {who} for {killed} was {}, {}.{survived}",
                    known.how.map_or_else(|| "cut".to_owned(), how),
                    times(known.times)
                ),
                means: format!(
                    "{}{} Calls are announced on such a connection, and stop coming.",
                    match closer {
                        Closer::Between => "Neither end did it: a firewall, proxy or load balancer on the way forgets quiet connections.",
                        Closer::Unknown => "A firewall, proxy or load balancer on the way probably forgets quiet connections.",
                    },
                    timer_s.map_or("", |_| " That is a round number: a timer is set to it."),
                ),
                action: "Your IT department raises the idle timeout for these connections (outbound TCP 443 to the service), or exempts them.".to_owned(),
            }
        }
        Cause::AllAtOnce { times: count, restarts } => FindingText {
            title: "All connections ended at the same moment".to_owned(),
            what: format!("That happened {}.", times(*count)),
            means: if restarts == count {
                "The relay was restarted; that says nothing about this network.".to_owned()
            } else {
                "The connection as a whole was gone for a moment, or the relay was. It is no timer for quiet connections.".to_owned()
            },
            action: if restarts == count {
                "Nothing.".to_owned()
            } else {
                "If it comes again: note the times below and give them to your IT department.".to_owned()
            },
        },
        Cause::Events { lost, late, latest_ms, twice } => FindingText {
            title: "Events of the server were lost or late".to_owned(),
            what: format!("Lost: {lost}. Late: {late}{}. Twice: {twice}.", if *late > 0 { format!(" (at most {})", duration(*latest_ms)) } else { String::new() }),
            means: "Calls are announced like these events.".to_owned(),
            action: "Your IT department looks at the way to the internet at these times: Wi-Fi, a busy line, an inspecting proxy.".to_owned(),
        },
        Cause::Unreachable { times: count, longest_ms } => FindingText {
            title: "The relay could not be reached for a while".to_owned(),
            what: format!("That happened {}, for {} at most.", times(*count), duration(*longest_ms)),
            means: "This network, the way to the relay or the relay itself was gone. It is no timer for quiet connections.".to_owned(),
            action: "Compare with the regions at the same times; if they were gone as well, it is the connection to the internet.".to_owned(),
        },
        Cause::RegionOut { region: id, times: count, longest_ms } => FindingText {
            title: format!("{} did not answer for a while", region(id)),
            what: format!("That happened {}, for {} at most.", times(*count), duration(*longest_ms)),
            means: "The region or the way to it had an outage. The other connections went on.".to_owned(),
            action: "Give the times below to support.".to_owned(),
        },
        Cause::Busy { times: count } => FindingText {
            title: "The relay had no room".to_owned(),
            what: format!("It said so {}.", times(*count)),
            means: "Too many watch at once; that says nothing about this network.".to_owned(),
            action: "Whoever runs the relay raises its limits.".to_owned(),
        },
        Cause::NetworkChanged { times: count } => FindingText {
            title: "The network changed".to_owned(),
            what: format!("Another address, or none for a while: {}.", times(*count)),
            means: "Another Wi-Fi, a VPN, or a line that was renewed. Connections that ended then count for nothing else.".to_owned(),
            action: "If it was not you: tell your IT department.".to_owned(),
        },
        Cause::Slept { times: count, longest_ms } => FindingText {
            title: "This computer slept".to_owned(),
            what: format!("It slept, or the browser froze this tab, {}, for {} at most.", times(*count), duration(*longest_ms)),
            means: "Connections end in sleep. Those that did count for nothing else.".to_owned(),
            action: "Keep the computer awake and this tab open while watching.".to_owned(),
        },
        Cause::Throttled { times: count } => FindingText {
            title: "The browser slowed this tab down".to_owned(),
            what: format!("That happened {}.", times(*count)),
            means: "A tab in the background may work only now and then. What came late meanwhile says nothing about the network.".to_owned(),
            action: "Nothing; a window of its own is watched better.".to_owned(),
        },
    }
}

pub(super) const fn lane(lane: Lane) -> &'static str {
    match lane {
        Lane::Growing => "silence, growing",
        Lane::Narrowing => "silence, narrowing",
        Lane::Events => "events",
        Lane::Words => "words",
    }
}

const fn ending(how: Ending) -> &'static str {
    match how {
        Ending::Open => "still open",
        Ending::Closed => "closed in order",
        Ending::Finished => "ended",
        Ending::Reset => "reset",
        Ending::TimedOut => "timed out",
        Ending::ByRelay => "ended by itself",
        Ending::NotKnown => "nothing",
    }
}

pub(super) fn entry(what: &What, region: &dyn Fn(&str) -> String) -> String {
    match what {
        What::Began => "Watching began.".to_owned(),
        What::Stopped => "Watching was stopped.".to_owned(),
        What::Opened {
            lane: of,
            ms,
            again,
        } => format!(
            "{}: connected{} in {}.",
            lane(*of),
            if *again { " again" } else { "" },
            duration(*ms)
        ),
        What::NotOpened { lane: of } => format!("{}: could not connect.", lane(*of)),
        What::Busy { lane: of } => format!("{}: the relay had no room.", lane(*of)),
        What::Survived { lane: of, quiet_ms } => {
            format!("{}: {} of silence passed.", lane(*of), duration(*quiet_ms))
        }
        What::Cut {
            lane: of,
            quiet_ms,
            how: cut,
            ..
        } => format!(
            "{}: {} after {} of silence.",
            lane(*of),
            how(*cut),
            duration(*quiet_ms)
        ),
        What::RelaySaw { lane: of, how } => {
            format!("{}: the relay saw it {}.", lane(*of), ending(*how))
        }
        What::Late { ms } => format!("An event came {} late.", duration(*ms)),
        What::Lost { count } => format!("Events lost: {count}."),
        What::Twice { count } => format!("Events that came twice: {count}."),
        What::Slept { ms } => format!(
            "The computer slept, or the tab was frozen, for {}.",
            duration(*ms)
        ),
        What::Throttled { ms } => format!("The browser held this tab back for {}.", duration(*ms)),
        What::Offline => "The network is gone.".to_owned(),
        What::Online => "The network is back.".to_owned(),
        What::Address { address } => format!("Another public address: {address}."),
        What::RegionOut { region: id } => format!("{} does not answer.", region(id)),
        What::RegionBack { region: id, ms } => {
            format!("{} answers again, after {}.", region(id), duration(*ms))
        }
    }
}
