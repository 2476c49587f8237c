//! What a watch concludes, and above all what it does not.

use reachcheck_handover::watched::{self, report};
use reachcheck_model::environment::BrowserFamily;
use reachcheck_model::lang::Lang;
use reachcheck_texts::watch as words;
use reachcheck_watch::{
    self as watch, Closer, Cut, Entry, Lane, Log, Summary, WatchCause, What, judge, read, write,
};
use reachcheck_wire::{Ending, Quiet};

/// Noon of a working day, in milliseconds since 1970.
const NOON: f64 = 1_795_608_000_000.0;

/// A log in the making; time goes on with what happens.
struct Story {
    now: f64,
    log: Log,
}

impl Story {
    fn new() -> Self {
        let mut story = Self {
            now: 0.0,
            log: Log::default(),
        };
        story.says(What::Began);
        story
    }

    fn says(&mut self, what: What) -> &mut Self {
        self.log.push(Entry {
            unix_ms: NOON + self.now * 1000.0,
            what,
        });
        self
    }

    fn after(&mut self, seconds: f64) -> &mut Self {
        self.now += seconds;
        self
    }

    fn survives(&mut self, lane: Lane, seconds: f64) -> &mut Self {
        self.after(seconds).says(What::Survived {
            lane,
            quiet_ms: seconds * 1000.0,
        })
    }

    /// One side had been silent for so many seconds, both for so many milliseconds.
    fn cut_one_sided(&mut self, lane: Lane, seconds: f64, still_ms: f64) -> &mut Self {
        self.after(seconds).says(What::Cut {
            lane,
            quiet_ms: seconds * 1000.0,
            still_ms,
            how: Cut::Broken,
        })
    }

    fn cut(&mut self, lane: Lane, seconds: f64, how: Cut, relay_saw: Ending) -> &mut Self {
        self.after(seconds)
            .says(What::Cut {
                lane,
                quiet_ms: seconds * 1000.0,
                still_ms: seconds * 1000.0,
                how,
            })
            .says(What::Opened {
                lane,
                ms: 300.0,
                again: true,
            })
            .says(What::RelaySaw {
                lane,
                how: relay_saw,
            })
    }

    fn judged(&self) -> Summary {
        judge(&self.log, 1)
    }

    fn tokens(&self) -> Vec<&'static str> {
        let summary = self.judged();
        summary
            .findings
            .iter()
            .map(|finding| finding.cause.token())
            .collect()
    }
}

fn quiet_cut(summary: &Summary) -> (f64, Option<u32>, Closer, bool) {
    match &summary.findings[0] {
        watch::WatchFinding {
            cause:
                WatchCause::QuietCut {
                    known,
                    closer,
                    timer_s,
                    ..
                },
            is_certain,
        } => (
            known.killed_ms.expect("a cut") / 1000.0,
            *timer_s,
            *closer,
            *is_certain,
        ),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_gateway_that_forgets_after_a_minute_is_named_with_its_timer() {
    let mut story = Story::new();
    story.survives(Lane::Growing, 30.0);
    for _ in 0..2 {
        story.cut(Lane::Growing, 60.2, Cut::Broken, Ending::Open);
    }
    assert_eq!(story.tokens(), ["quiet-cut"]);
    let (killed, timer, closer, is_certain) = quiet_cut(&story.judged());
    assert!((killed - 60.2).abs() < 0.01);
    assert_eq!(
        (timer, closer, is_certain),
        (Some(60), Closer::Between, true)
    );
}

#[test]
fn a_silent_death_is_known_between_two_silences() {
    let mut story = Story::new();
    story.survives(Lane::Growing, 60.0);
    story.cut(Lane::Growing, 100.0, Cut::Silent, Ending::Open);
    let (_, timer, closer, _) = quiet_cut(&story.judged());
    assert_eq!(closer, Closer::Between);
    assert_eq!(timer, None, "75, 90 and 100 would all fit");
    story.survives(Lane::Narrowing, 92.0);
    let (_, timer, ..) = quiet_cut(&story.judged());
    assert_eq!(timer, Some(100));
}

#[test]
fn one_cut_whose_end_the_relay_does_not_know_is_no_certainty() {
    let mut story = Story::new();
    story
        .survives(Lane::Growing, 30.0)
        .cut(Lane::Growing, 47.0, Cut::Broken, Ending::NotKnown);
    let (_, timer, closer, is_certain) = quiet_cut(&story.judged());
    assert_eq!((timer, closer, is_certain), (None, Closer::Unknown, false));
}

#[test]
fn a_longer_silence_that_passes_shows_that_it_was_no_timer() {
    let mut story = Story::new();
    story.cut(Lane::Growing, 40.0, Cut::Broken, Ending::Reset);
    assert_eq!(story.tokens(), ["quiet-cut"]);
    story.survives(Lane::Narrowing, 240.0);
    assert_eq!(story.tokens(), [""; 0]);
}

#[test]
fn what_sleep_another_network_or_the_relay_ended_is_not_blamed_on_a_firewall() {
    let disturbances: [(What, &str); 4] = [
        (What::Slept { ms: 600_000.0 }, "slept"),
        (What::Offline, "network-changed"),
        (
            What::Address {
                address: "203.0.113.9".to_owned(),
            },
            "network-changed",
        ),
        (What::Online, ""),
    ];
    for (what, token) in disturbances {
        let mut story = Story::new();
        story
            .survives(Lane::Growing, 30.0)
            .after(10.0)
            .says(what.clone());
        story.cut(Lane::Growing, 50.0, Cut::Broken, Ending::Reset);
        let expected: Vec<&str> = [token]
            .into_iter()
            .filter(|token| !token.is_empty())
            .collect();
        assert_eq!(story.tokens(), expected, "before: {what:?}");
        let mut story = Story::new();
        story.survives(Lane::Growing, 30.0);
        story
            .cut(Lane::Growing, 50.0, Cut::Broken, Ending::Reset)
            .after(10.0)
            .says(what.clone());
        assert_eq!(story.tokens(), expected, "noticed after: {what:?}");
        // Long before the silence began it explains nothing.
        let mut story = Story::new();
        story.says(what.clone()).survives(Lane::Growing, 120.0);
        story.cut(Lane::Growing, 150.0, Cut::Broken, Ending::Reset);
        assert_eq!(story.tokens()[0], "quiet-cut", "long before: {what:?}");
    }
    for (how, relay_saw) in [
        (Cut::Code(1012), Ending::NotKnown),
        (Cut::Broken, Ending::ByRelay),
    ] {
        let mut story = Story::new();
        story
            .survives(Lane::Growing, 30.0)
            .cut(Lane::Growing, 50.0, how, relay_saw);
        assert!(!story.tokens().contains(&"quiet-cut"), "{how:?}");
    }
}

#[test]
fn sockets_that_end_together_were_not_ended_by_a_timer() {
    let mut story = Story::new();
    story
        .survives(Lane::Growing, 30.0)
        .survives(Lane::Events, 40.0);
    for lane in Lane::ALL {
        story
            .says(What::Cut {
                lane,
                quiet_ms: 20_000.0,
                still_ms: 20_000.0,
                how: Cut::Broken,
            })
            .after(0.4);
    }
    assert_eq!(story.tokens(), ["all-at-once"]);
    // Two that were begun together and are cut by the same timer are no such thing.
    let mut story = Story::new();
    for lane in [Lane::Growing, Lane::Narrowing] {
        story
            .says(What::Cut {
                lane,
                quiet_ms: 60_000.0,
                still_ms: 60_000.0,
                how: Cut::Broken,
            })
            .after(0.4);
    }
    assert_eq!(story.tokens(), ["quiet-cut"]);
}

#[test]
fn lanes_that_began_together_are_cut_together_by_one_timer() {
    // Nobody spoke on any of them: a timer of half a minute meets all four at once, again and again.
    let mut story = Story::new();
    for _ in 0..3 {
        story.after(30.0);
        for lane in Lane::ALL {
            story
                .says(What::Cut {
                    lane,
                    quiet_ms: 30_200.0,
                    still_ms: 30_200.0,
                    how: Cut::Broken,
                })
                .says(What::RelaySaw {
                    lane,
                    how: Ending::Finished,
                });
        }
    }
    assert_eq!(story.tokens(), ["quiet-cut"]);
    let (_, timer, closer, _) = quiet_cut(&story.judged());
    assert_eq!((timer, closer), (Some(30), Closer::Between));
    // The way itself was gone: they had been quiet for as long as each happened to be.
    let mut story = Story::new();
    for (lane, still_ms) in Lane::ALL
        .into_iter()
        .zip([3_000.0, 21_000.0, 9_000.0, 14_000.0])
    {
        story.says(What::Cut {
            lane,
            quiet_ms: 21_000.0,
            still_ms,
            how: Cut::Broken,
        });
    }
    assert_eq!(story.tokens(), ["all-at-once"]);
}

#[test]
fn a_box_that_looks_once_a_second_is_not_blamed_on_one_side() {
    let story = |still_ms| {
        let mut story = Story::new();
        story
            .cut(Lane::Growing, 13.2, Cut::Broken, Ending::Open)
            .cut(Lane::Growing, 13.1, Cut::Broken, Ending::Open);
        story.cut_one_sided(Lane::Words, 28.0, still_ms).tokens()
    };
    assert_eq!(story(11_900.0), ["quiet-cut"]);
    assert_eq!(story(10_900.0), ["quiet-cut", "quiet-cut"]);
    // It was late once, so that a silence passed which was cut the next time.
    let survived_once = |still_ms| {
        let mut story = Story::new();
        story
            .survives(Lane::Growing, 13.0)
            .cut(Lane::Growing, 13.8, Cut::Broken, Ending::Open);
        story.cut_one_sided(Lane::Events, 18.0, still_ms).tokens()
    };
    assert_eq!(survived_once(12_100.0), ["quiet-cut"]);
    assert_eq!(survived_once(11_400.0), ["quiet-cut", "quiet-cut"]);
}

#[test]
fn a_timer_that_minds_both_sides_is_not_blamed_on_one() {
    // Events come at random gaps, and one gap was longer than the timer lets both be silent.
    let mut story = Story::new();
    for _ in 0..2 {
        story.cut(Lane::Growing, 60.2, Cut::Broken, Ending::Open);
        for lane in [Lane::Events, Lane::Words] {
            story.after(140.0).says(What::Cut {
                lane,
                quiet_ms: 140_000.0,
                still_ms: 60_200.0,
                how: Cut::Broken,
            });
        }
    }
    assert_eq!(story.tokens(), ["quiet-cut"]);
    // A timer that minds the page alone cuts although events come.
    story.after(60.0).says(What::Cut {
        lane: Lane::Events,
        quiet_ms: 60_300.0,
        still_ms: 20_000.0,
        how: Cut::Broken,
    });
    assert_eq!(story.tokens(), ["quiet-cut", "quiet-cut"]);
}

/// A NAT that forgets in silence after 120 s: what both sides survive is known, and when it was noticed; a lane on which one
/// side pauses for longer than the first dies of the same timer, told by a reset at its next word.
#[test]
fn a_pause_longer_than_what_both_sides_survive_is_not_blamed_on_one() {
    let told = |still_ms| {
        let mut story = Story::new();
        story.survives(Lane::Growing, 100.0);
        for _ in 0..2 {
            story.cut(Lane::Narrowing, 240.0, Cut::Silent, Ending::Open);
        }
        story.cut_one_sided(Lane::Words, 900.0, still_ms);
        story.says(What::Opened {
            lane: Lane::Words,
            ms: 300.0,
            again: true,
        });
        story.tokens()
    };
    assert_eq!(told(130_000.0), ["quiet-cut"]);
    // One that it survives elsewhere is not what ended it.
    assert_eq!(told(60_000.0), ["quiet-cut", "quiet-cut"]);
}

#[test]
fn a_silence_of_the_timers_own_length_may_pass() {
    let mut story = Story::new();
    story
        .survives(Lane::Growing, 60.0)
        .cut(Lane::Narrowing, 60.8, Cut::Silent, Ending::Open)
        .survives(Lane::Growing, 60.2)
        .cut(Lane::Narrowing, 60.4, Cut::Silent, Ending::Open);
    let (_, timer, _, is_certain) = quiet_cut(&story.judged());
    assert_eq!((timer, is_certain), (Some(60), true));
    // Boxes that look once a second are early at times.
    let mut story = Story::new();
    story
        .cut(Lane::Growing, 59.3, Cut::Broken, Ending::Finished)
        .survives(Lane::Narrowing, 59.9)
        .cut(Lane::Growing, 59.4, Cut::Broken, Ending::Finished);
    let (_, timer, ..) = quiet_cut(&story.judged());
    assert_eq!(timer, Some(60));
}

#[test]
fn a_restart_of_the_relay_is_told_as_one() {
    let mut story = Story::new();
    for lane in Lane::ALL {
        story.says(What::Cut {
            lane,
            quiet_ms: 20_000.0,
            still_ms: 20_000.0,
            how: Cut::Code(1012),
        });
    }
    assert!(matches!(
        story.judged().findings[..],
        [watch::WatchFinding {
            cause: WatchCause::AllAtOnce {
                times: 1,
                restarts: 1
            },
            is_certain: true
        }]
    ));
}

#[test]
fn outages_of_a_region_lost_events_and_a_full_relay_have_their_own_names() {
    let mut story = Story::new();
    story
        .says(What::RegionOut {
            region: "seattle".to_owned(),
        })
        .after(90.0)
        .says(What::RegionBack {
            region: "seattle".to_owned(),
            ms: 90_000.0,
        })
        .says(What::Lost { count: 2 })
        .says(What::Late { ms: 3_000.0 })
        .says(What::Busy { lane: Lane::Words })
        .says(What::Throttled { ms: 40_000.0 });
    assert_eq!(
        story.tokens(),
        ["region-out", "watch-events", "relay-busy", "throttled"]
    );
}

#[test]
fn one_sided_silence_is_judged_by_itself() {
    let mut story = Story::new();
    story.survives(Lane::Growing, 1_800.0);
    for _ in 0..2 {
        story.cut(Lane::Events, 300.4, Cut::Broken, Ending::Open);
    }
    let summary = story.judged();
    assert_eq!(story.tokens(), ["quiet-cut"]);
    assert!(matches!(
        summary.findings[0].cause,
        WatchCause::QuietCut {
            quiet: Quiet::Page,
            timer_s: Some(300),
            ..
        }
    ));
    assert_eq!(summary.of(Quiet::Both).survived_ms, Some(1_800_000.0));
}

fn everything() -> Log {
    let mut story = Story::new();
    for lane in Lane::ALL {
        story
            .says(What::Opened {
                lane,
                ms: 210.0,
                again: false,
            })
            .survives(lane, 30.0);
        for how in [Cut::Broken, Cut::Silent, Cut::Code(1012)] {
            story.cut(lane, 61.0, how, Ending::Finished);
        }
        story
            .says(What::NotOpened { lane })
            .says(What::Busy { lane });
    }
    story
        .says(What::Late { ms: 2_500.0 })
        .says(What::Lost { count: 1 })
        .says(What::Twice { count: 1 })
        .says(What::Slept { ms: 3_600_000.0 })
        .says(What::Throttled { ms: 50_000.0 })
        .says(What::Offline)
        .says(What::Online)
        .says(What::Address {
            address: "2001:db8::7".to_owned(),
        })
        .says(What::RegionOut {
            region: "toronto".to_owned(),
        })
        .says(What::RegionBack {
            region: "toronto".to_owned(),
            ms: 61_000.0,
        })
        .says(What::Stopped);
    story.log
}

#[test]
fn a_cut_that_nobody_could_mend_at_once_was_no_timer() {
    let mut story = Story::new();
    story.survives(Lane::Growing, 30.0).after(60.0);
    story.says(What::Cut {
        lane: Lane::Growing,
        quiet_ms: 60_000.0,
        still_ms: 60_000.0,
        how: Cut::Broken,
    });
    for _ in 0..2 {
        story.after(10.0).says(What::NotOpened {
            lane: Lane::Growing,
        });
    }
    story.after(10.0).says(What::Opened {
        lane: Lane::Growing,
        ms: 200.0,
        again: true,
    });
    assert_eq!(story.tokens(), ["relay-away"]);
    assert!(matches!(
        story.judged().findings[0].cause,
        WatchCause::Unreachable { times: 1, longest_ms } if (longest_ms - 20_000.0).abs() < 1.0
    ));
    // A lane that was tried once more while another was cut is no such thing.
    let mut story = Story::new();
    story.survives(Lane::Growing, 30.0);
    story.says(What::NotOpened { lane: Lane::Words });
    story.cut(Lane::Growing, 60.0, Cut::Broken, Ending::Open);
    assert_eq!(story.tokens(), ["quiet-cut"]);
}

#[test]
fn a_lane_that_was_silent_through_an_outage_was_cut_by_no_timer() {
    let told = |with_outage: bool| {
        let mut story = Story::new();
        story.survives(Lane::Growing, 30.0);
        for lane in [Lane::Growing, Lane::Words] {
            if with_outage {
                story.after(10.0).says(What::NotOpened { lane });
            }
        }
        story.after(180.0).says(What::Opened {
            lane: Lane::Growing,
            ms: 200.0,
            again: true,
        });
        // Its next event was due after the way had come back: it connects at once.
        story.after(90.0).says(What::Cut {
            lane: Lane::Events,
            quiet_ms: 900_000.0,
            still_ms: 240_000.0,
            how: Cut::Silent,
        });
        story.says(What::Opened {
            lane: Lane::Events,
            ms: 300.0,
            again: true,
        });
        story.tokens()
    };
    assert_eq!(told(true), ["relay-away"]);
    assert_eq!(told(false), ["quiet-cut"]);
}

#[test]
fn the_address_is_known_when_there_is_a_connection_again() {
    let mut story = Story::new();
    story.survives(Lane::Growing, 30.0).after(60.0);
    story
        .says(What::Cut {
            lane: Lane::Growing,
            quiet_ms: 60_000.0,
            still_ms: 60_000.0,
            how: Cut::Broken,
        })
        .after(40.0)
        .says(What::Opened {
            lane: Lane::Growing,
            ms: 40_000.0,
            again: true,
        })
        .says(What::Address {
            address: "203.0.113.9".to_owned(),
        });
    assert_eq!(story.tokens(), ["network-changed"]);
}

#[test]
fn what_everything_suffered_is_no_outage_of_a_region() {
    let out = |story: &mut Story| {
        story
            .after(30.0)
            .says(What::RegionOut {
                region: "seattle".to_owned(),
            })
            .after(90.0)
            .says(What::RegionBack {
                region: "seattle".to_owned(),
                ms: 120_000.0,
            });
    };
    for what in [
        What::Offline,
        What::Slept { ms: 60_000.0 },
        What::NotOpened { lane: Lane::Words },
    ] {
        let mut story = Story::new();
        story.says(what.clone());
        out(&mut story);
        assert!(!story.tokens().contains(&"region-out"), "{what:?}");
        // One of its own, later, is.
        story.after(600.0);
        out(&mut story);
        assert!(story.tokens().contains(&"region-out"), "{what:?}");
    }
}

#[test]
fn who_sleeps_gets_everything_late() {
    let mut story = Story::new();
    story
        .says(What::Slept { ms: 60_000.0 })
        .says(What::Late { ms: 58_000.0 });
    assert_eq!(story.tokens(), ["slept"]);
    story.after(60.0).says(What::Late { ms: 4_000.0 });
    assert_eq!(story.tokens(), ["watch-events", "slept"]);
}

#[test]
fn what_was_concluded_goes_into_few_bytes_and_comes_back() {
    for log in [everything(), Log::default()] {
        let summary = judge(&log, 1);
        let packed = watched::pack(&summary);
        assert!(packed.len() < 200, "{}", packed.len());
        let unpacked = watched::unpack(&packed).expect("ours");
        assert_eq!(unpacked.findings.len(), summary.findings.len());
        let proofs = |summary: &Summary| {
            let findings = summary.findings.iter();
            findings
                .map(|finding| (finding.proof(), finding.place()))
                .collect::<Vec<_>>()
        };
        assert_eq!(proofs(&unpacked), proofs(&summary));
        assert_eq!(watched::pack(&unpacked), packed);
        for cut in 0..packed.len() {
            assert_eq!(watched::unpack(&packed[..cut]), None);
        }
    }
    assert_eq!(watched::unpack(&[0; 40]), None);
}

#[test]
fn the_next_check_finds_a_watch_of_the_same_day_and_no_other() {
    let watched = watched::Watched {
        until_unix_ms: NOON,
        text: "WATCHED - 3 h\n\nline\n".to_owned(),
        packed: watched::pack(&judge(&everything(), 1)),
    };
    let kept = watched.kept();
    assert_eq!(watched::Watched::read(&kept, NOON + 3.6e6), Some(watched));
    assert_eq!(watched::Watched::read(&kept, NOON + 90_000_000.0), None);
    assert_eq!(watched::Watched::read(&kept, NOON - 90_000_000.0), None);
    for bad in [
        "",
        "x",
        "1795608000000\nzz\n",
        "1795608000000\né\n",
        "NaN\n\n",
    ] {
        assert_eq!(watched::Watched::read(bad, NOON), None, "{bad:?}");
    }
}

#[test]
fn a_whole_shift_is_judged_in_no_time() {
    let mut story = Story::new();
    for number in 0..watch::ENTRIES_MAX / 3 - 1 {
        let lane = Lane::ALL[number % 4];
        story.cut(lane, 11.0, Cut::Broken, Ending::Open);
    }
    let began = std::time::Instant::now();
    let summary = story.judged();
    assert!(!summary.findings.is_empty());
    // Some milliseconds; a bound for a slow machine that is far below what looking at all pairs would take.
    assert!(began.elapsed().as_secs() < 2, "{:?}", began.elapsed());
}

#[test]
fn a_log_survives_a_reload_and_a_spreadsheet() {
    let log = everything();
    assert_eq!(read(&write(&log)), log);
    assert!(write(&log).starts_with(
        "unix_ms,utc,what,lane,ms,detail,still_ms\r\n1795608000000,2026-11-25T12:00:00Z,began,,,,\r\n"
    ));
}

#[test]
fn what_is_no_log_is_read_as_far_as_it_is_one() {
    for text in [
        "",
        "\n",
        "x",
        "unix_ms\n1,2,3",
        "h\nNaN,,began,,,\ninf,,cut,growing,1,broken,1\n1,,cut,up,1,broken,1",
    ] {
        assert_eq!(read(text).entries(), [], "{text:?}");
    }
    let formula = "h\n1,,address,,,=cmd|1,\n";
    assert!(!write(&read(formula)).contains('='));
}

#[test]
fn the_report_is_narrow_whole_and_without_the_address_where_it_is_not_wanted() {
    let log = everything();
    let summary = judge(&log, 1);
    let region = |id: &str| id.to_owned();
    for lang in Lang::ALL {
        let text = report(lang, &log, &summary, &region, true, BrowserFamily::Chromium);
        assert!(
            text.lines().all(|line| line.chars().count() <= 80),
            "{text}"
        );
        for finding in &summary.findings {
            let said = words::finding(lang, finding, &region);
            assert!(text.contains(finding.cause.token()) && !said.means.is_empty());
            let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(one_line.contains(&format!(
                "{} - {}",
                said.title,
                words::proofs(lang, finding)
            )));
        }
        assert!(text.contains("2001:db8::7"));
        // What this browser cannot see is said, and only of this one.
        assert!(text.contains("Firefox"), "{text}");
        let elsewhere = report(lang, &log, &summary, &region, true, BrowserFamily::Firefox);
        assert!(!elsewhere.contains("Firefox"));
        assert!(
            !report(
                lang,
                &log,
                &summary,
                &region,
                false,
                BrowserFamily::Chromium
            )
            .contains("2001:db8::7")
        );
        assert_eq!(
            text,
            report(lang, &log, &summary, &region, true, BrowserFamily::Chromium)
        );
    }
    let french = report(
        Lang::Fr,
        &log,
        &summary,
        &region,
        true,
        BrowserFamily::Chromium,
    );
    for english in ["cut", "silence of", "Calls", "watch"] {
        let body = french.replace("quiet-cut", "").replace("watch-events", "");
        assert!(!body.contains(english), "{english}: {french}");
    }
}

#[test]
fn a_log_never_grows_beyond_its_bound() {
    let mut story = Story::new();
    for _ in 0..20_000 {
        story.survives(Lane::Growing, 30.0);
    }
    assert!(story.log.entries().len() <= watch::ENTRIES_MAX);
    assert!(story.log.dropped > 10_000);
}
