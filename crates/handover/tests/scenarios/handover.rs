//! The data block and the link: decoded exactly or refused, whatever became of them on the way.

use crate::scenario::Reports as _;
use reachcheck_handover::words;
use std::cell::RefCell;
use std::time::{Duration, Instant};

use reachcheck_diagnosis::diagnosis::{CheckName, Diagnosis, Verdict};
use reachcheck_diagnosis::findings::Code;
use reachcheck_handover::codec::{self, Refusal};
use reachcheck_handover::compare::{self, About};
use reachcheck_handover::firewall::FirewallRequest;
use reachcheck_handover::record::{LeftOut, Record};
use reachcheck_handover::send;
use reachcheck_handover::short_code::ShortCode;
use reachcheck_handover::snapshot::Snapshot;
use reachcheck_handover::watched::Watched;
use reachcheck_model::catalogue::Catalogue;
use reachcheck_model::lang::Lang;
use reachcheck_model::link::Link;
use reachcheck_model::observation::Outcome;
use reachcheck_model::probe::{Port, Probe};
use reachcheck_model::time::Moment;
use reachcheck_texts as text;

use crate::everything::{largest, snapshot};
use crate::mangling::{self, Random};

const SNAPSHOTS: usize = 120;

/// As it stands in a report: with words before and behind.
fn pasted(snapshot: &Snapshot) -> String {
    format!(
        "REACHCHECK 0.1.0 - connection report for UNIVERGE BLUE ENGAGE\n\n{}\n--- data for support ---\n{}\n--- end ---\n",
        "Port 5222 (presence)         ok - open, 330 ms - confirmed",
        codec::block(snapshot).join("\n")
    )
}

#[test]
fn everything_comes_back_from_block_and_link() {
    for seed in 0..SNAPSHOTS {
        let snapshot = snapshot(seed);
        assert_eq!(
            codec::decode(&codec::encode(&snapshot)),
            Ok(snapshot.clone()),
            "{seed}"
        );
        assert_eq!(
            codec::read(&pasted(&snapshot)),
            [Ok(snapshot.clone())],
            "{seed}"
        );
        let link = format!("https://check.example.com/#{}", codec::fragment(&snapshot));
        assert_eq!(codec::read(&link), [Ok(snapshot)], "{seed}");
    }
    assert_eq!(codec::read(&pasted(&largest())), [Ok(largest())]);
}

#[test]
fn the_link_with_every_finding_is_short_enough_to_be_pasted() {
    let link = format!(
        "https://check.example.com/reachcheck/#{}",
        codec::fragment(&largest())
    );
    // Of 41 findings, more than any run has; mail and chat programs take links of 2,000 characters.
    assert!(link.len() < 1950, "{} characters", link.len());
}

#[test]
fn lines_have_one_width_and_fit_everywhere() {
    for line in codec::block(&largest()) {
        assert_eq!(line.len(), codec::LINE);
        assert!(
            line.bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        );
    }
}

#[test]
fn each_mangling_alone_is_survived() {
    for (name, mangle) in mangling::ALL {
        for seed in 0..60 {
            let snapshot = snapshot(seed);
            let mut random = Random::new(seed);
            let text = mangle(&pasted(&snapshot), &mut random);
            assert_eq!(
                codec::read(&text),
                [Ok(snapshot)],
                "{name}, seed {seed}:\n{text}"
            );
        }
    }
}

#[test]
fn ten_thousand_manglings_are_decoded_exactly_or_refused() {
    let snapshots: Vec<Snapshot> = (0..SNAPSHOTS).map(snapshot).collect();
    let (mut decoded, mut mended) = (0, 0);
    for seed in 0..10_000 {
        let mut random = Random::new(seed);
        let snapshot = &snapshots[random.below(SNAPSHOTS)];
        let mut text = pasted(snapshot);
        let mut names = Vec::new();
        for _ in 0..1 + random.below(4) {
            let (name, mangle) = mangling::ALL[random.below(mangling::ALL.len())];
            text = mangle(&text, &mut random);
            names.push(name);
        }
        let is_whole = random.below(3) > 0;
        if !is_whole {
            text = mangling::damage(&text, &mut random);
        }
        let results = codec::read(&text);
        for result in &results {
            assert!(
                result.as_ref().is_ok_and(|read| read == snapshot) || result.is_err(),
                "decoded wrongly, seed {seed}, {names:?}:\n{text}"
            );
        }
        if is_whole {
            mended += 1;
            decoded += usize::from(results == [Ok(snapshot.clone())]);
        }
    }
    assert!(
        decoded * 100 >= mended * 95,
        "{decoded} of {mended} were decoded"
    );
}

#[test]
fn what_is_cut_off_is_named() {
    let snapshot = snapshot(9);
    let lines = codec::block(&snapshot);
    let of = Some(lines.len());
    for have in 1..lines.len() {
        let text = lines[..have].join("\n");
        assert_eq!(codec::read(&text), [Err(Refusal::Truncated { have, of })]);
        // In the middle of a line, too.
        let text = format!("{text}\n{}", &lines[have][..40]);
        assert_eq!(codec::read(&text), [Err(Refusal::Truncated { have, of })]);
    }
    let text = lines[1..].join("\n");
    let have = lines.len() - 1;
    assert_eq!(
        codec::read(&text),
        [Err(Refusal::Truncated { have, of: None })]
    );
    let fragment = codec::fragment(&snapshot);
    let cut = format!("#{}", &fragment[..fragment.len() - 9]);
    assert_eq!(
        codec::read(&cut),
        [Err(Refusal::Truncated { have: 0, of: None })]
    );
}

#[test]
fn each_single_alteration_of_the_block_is_named_with_its_line() {
    let lines = codec::block(&snapshot(9));
    for altered in 0..lines.len() {
        for place in 0..codec::LINE {
            let mut lines = lines.clone();
            let old = lines[altered].as_bytes()[place];
            let new = if old == b'7' { "8" } else { "7" };
            lines[altered].replace_range(place..=place, new);
            let results = codec::read(&lines.join("\n"));
            let expected = Refusal::Altered {
                lines: vec![altered + 1],
            };
            // Without its first letter a line at the end is not seen at all.
            let unseen =
                |refusal: &Refusal| place == 0 && matches!(refusal, Refusal::Truncated { .. });
            assert!(
                matches!(&results[..], [Err(refusal)] if *refusal == expected || unseen(refusal)),
                "line {altered}, place {place}: {results:?}"
            );
        }
    }
}

#[test]
fn each_single_alteration_of_the_link_is_refused() {
    let snapshot = snapshot(9);
    let fragment = format!("#{}", codec::fragment(&snapshot));
    for place in 6..fragment.len() {
        let mut altered = fragment.clone();
        let new = if altered.as_bytes()[place] == b'7' {
            "8"
        } else {
            "7"
        };
        altered.replace_range(place..=place, new);
        // The last symbol is filled up with bits that carry nothing: as much as it was, it says.
        let is_last = place + 1 == fragment.len();
        for read in codec::read(&altered) {
            let is_same = is_last && read.as_ref() == Ok(&snapshot);
            assert!(read.is_err() || is_same, "{place}");
        }
    }
}

#[test]
fn several_reports_in_one_paste() {
    let (one, other) = (snapshot(3), snapshot(4));
    let text = format!(
        "{}\n> {}",
        pasted(&one),
        pasted(&other).replace('\n', "\n> ")
    );
    assert_eq!(codec::read(&text), [Ok(one.clone()), Ok(other.clone())]);
    // Their lines may even be mixed.
    let lines: Vec<String> = codec::block(&one)
        .into_iter()
        .zip(codec::block(&other))
        .flat_map(|(a, b)| [a, b])
        .collect();
    let mixed = codec::read(&lines.join(" "));
    assert!(mixed.iter().all(|result| result.is_err()
        || *result == Ok(one.clone())
        || *result == Ok(other.clone())));
}

#[test]
fn what_is_no_report_is_refused_and_told_apart() {
    assert_eq!(codec::read(""), [Err(Refusal::NoData)]);
    assert_eq!(
        codec::read("Hello, it does not work."),
        [Err(Refusal::NoData)]
    );
    let report = pasted(&snapshot(1));
    let text = &report[..report.find("---").expect("a block")];
    assert_eq!(codec::read(text), [Err(Refusal::NoBlock)]);
}

#[test]
fn a_newer_version_is_named() {
    let sealed = codec::encode(&snapshot(1));
    // Two bytes of length before, four of checksum behind.
    let mut content = sealed[2..sealed.len() - 4].to_vec();
    assert_eq!(codec::sealed(&content), sealed);
    content[0] = 9;
    assert_eq!(codec::decode(&codec::sealed(&content)), Err(Refusal::Newer));
}

#[test]
fn forged_content_is_refused_or_written_alike() {
    let sealed = codec::encode(&largest());
    let content = &sealed[2..sealed.len() - 4];
    for place in 0..content.len() {
        for value in [0, 1, 5, 0x7f, 0x80, 0xff, content[place] ^ 1] {
            let mut forged = content.to_vec();
            forged[place] = value;
            let forged = codec::sealed(&forged);
            if let Ok(snapshot) = codec::decode(&forged) {
                assert_eq!(codec::encode(&snapshot), forged);
            }
        }
    }
}

/// Holds that reading takes time in proportion to a text's length: a megabyte at most four times what 16 texts of a
/// sixteenth of it take. What grows with the length takes as long, what grows with its square 16 times as long.
///
/// How long that is, a tenth of a second in the page, is held by its end-to-end test: not optimised, and beside other
/// tests, everything takes longer, but all of it alike.
fn assert_time_grows_with_length(text: impl Fn(usize) -> String, of: &str) {
    const PARTS: usize = 16;
    const LENGTH: usize = 1024 * 1024;
    let reading = |text: &str, times: usize| {
        let started = Instant::now();
        for _ in 0..times {
            assert!(codec::read(text).iter().all(Result::is_err), "{of}");
        }
        started.elapsed()
    };
    let (part, whole) = (text(LENGTH / PARTS), text(LENGTH));
    let (mut parts_took, mut whole_took) = (Duration::MAX, Duration::MAX);
    // The machine may be busy: the fastest of some tries, as few as do.
    for _ in 0..8 {
        parts_took = reading(&part, PARTS).min(parts_took);
        whole_took = reading(&whole, 1).min(whole_took);
        if whole_took <= parts_took * 4 + Duration::from_millis(20) {
            return;
        }
    }
    panic!("{whole_took:?}, where its parts take {parts_took:?}: {of}");
}

#[test]
fn a_megabyte_of_noise_is_refused_at_once() {
    let random = RefCell::new(Random::new(1));
    let printable: Vec<char> = (' '..='~').collect();
    for letters in [
        &printable[..],
        &['U'],
        &['U', '0'],
        &['<', '&', 'U', '0'],
        &['#', 'r', 'e', 'a', 'd', '='],
        &['0', 'A', 'Z'],
        &['%', '-', '=', '*', '2', '3', '5', 'D', '\n'],
    ] {
        let noise = |length: usize| {
            let mut random = random.borrow_mut();
            (0..length)
                .map(|_| letters[random.below(letters.len())])
                .collect()
        };
        assert_time_grows_with_length(noise, &format!("{letters:?}"));
    }
    // Nor does noise that goes on where a link begins hold anybody up.
    for begin in ["#read=", "=23read=", "%=\n", "=25"] {
        let links = |length: usize| begin.repeat(length / begin.len());
        assert_time_grows_with_length(links, begin);
    }
}

/// A block that a release has written, and what is in it. New formats get new files; these never change.
#[test]
fn golden_blocks_stay_readable() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/blocks");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the folder of golden blocks") {
        let path = entry.expect("an entry").path();
        if path
            .extension()
            .is_none_or(|extension| extension != "block")
        {
            continue;
        }
        count += 1;
        let text = std::fs::read_to_string(&path).expect("a block");
        let results = codec::read(&text);
        let [Ok(snapshot)] = &results[..] else {
            panic!("{}: {results:?}", path.display());
        };
        let expected = std::fs::read_to_string(path.with_extension("txt")).unwrap_or_default();
        let found = describe(snapshot);
        assert!(found == expected, "{}:\n{found}", path.display());
    }
    assert!(count >= 4, "{count} golden blocks");
}

/// What is read of a golden block of the present format is written as that very block: a format that has changed
/// needs a new number. Files that are missing are written with `WRITE_BLOCKS=1`; those that are there are not touched,
/// so what is new in a report gets a file of its own.
#[test]
fn the_present_format_is_that_of_its_golden_blocks() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/blocks");
    for (name, snapshot) in [
        ("format-7-some", snapshot(3)),
        ("format-7-left-out", snapshot(53)),
        ("format-7-cancelled", snapshot(10)),
        ("format-8-everything", largest()),
    ] {
        let path = format!("{folder}/{name}");
        let is_new = !std::path::Path::new(&format!("{path}.block")).exists();
        if is_new && std::env::var_os("WRITE_BLOCKS").is_some() {
            let block = codec::block(&snapshot).join("\n") + "\n";
            std::fs::write(format!("{path}.block"), block).expect("written");
            std::fs::write(format!("{path}.txt"), describe(&snapshot)).expect("written");
        }
        let golden = std::fs::read_to_string(format!("{path}.block")).unwrap_or_default();
        let results = codec::read(&golden);
        let [Ok(read)] = &results[..] else {
            panic!("{name}: {results:?}");
        };
        let written = codec::block(read).join("\n") + "\n";
        assert!(
            written == golden,
            "the format has changed: it needs a new number, and {name} stays"
        );
    }
}

fn describe(snapshot: &Snapshot) -> String {
    use std::fmt::Write as _;

    let mut text = String::new();
    let mut line = |words: String| writeln!(text, "{words}").expect("a string takes all");
    line(format!(
        "version {} cancelled {} settled {} started {} {} took {}",
        snapshot.version,
        snapshot.is_cancelled,
        snapshot.is_settled,
        snapshot.started.unix_ms,
        snapshot.started.offset_minutes,
        snapshot.took_ms
    ));
    line(format!(
        "ticket {:?} address {:?}",
        snapshot.ticket, snapshot.address
    ));
    // Older reports do not hold the computer.
    let browser = snapshot.browser.as_ref();
    let named = browser.map(|it| {
        format!(
            "Browser {{ name: {:?}, language: {:?} }}",
            it.name, it.language
        )
    });
    line(named.map_or("browser None".to_owned(), |it| {
        format!("browser Some({it})")
    }));
    if let Some(computer) = browser.and_then(|it| it.computer) {
        line(format!("{computer:?}"));
    }
    if let Some(relay) = &snapshot.relay {
        line(format!("relay {relay}"));
    }
    line(format!(
        "{}: {}",
        snapshot.plan.provider,
        snapshot.diagnosis.headline.token()
    ));
    for (region, diagnosis) in snapshot
        .plan
        .regions
        .iter()
        .zip(&snapshot.diagnosis.regions)
    {
        line(format!(
            "{} | {} | {} | {} | {}:{}: {}",
            region.id,
            region.country,
            region.name,
            region.https,
            region.tcp.host,
            region.tcp.port,
            diagnosis.verdict.token()
        ));
        for check in &diagnosis.checks {
            line(format!(
                "  {}: {:?} outside {:?}",
                check.name.token(),
                check.conclusion,
                check.outside
            ));
        }
    }
    for check in &snapshot.diagnosis.network {
        line(format!("{}: {:?}", check.name.token(), check.conclusion));
    }
    for finding in &snapshot.diagnosis.findings {
        line(format!("{} {finding:?}", finding.cause.code().token()));
    }
    // The first formats know no places, and were described without.
    text.replace(", place: None", "")
        .replace("place: None, ", "")
}

#[test]
fn the_report_is_read_back_as_it_was_shown() {
    let scenario = crate::healthy()
        .silent("seattle/tcp")
        .fails_after("toronto/https", 1.0);
    let text = scenario.report(|_, link| link.ticket = Some("48213".to_owned()));
    let results = codec::read(&text);
    let [Ok(snapshot)] = &results[..] else {
        panic!("{results:?}");
    };
    assert_eq!(snapshot.ticket.as_deref(), Some("48213"));
    let shown = scenario.diagnose();
    assert_eq!(snapshot.diagnosis.headline, shown.headline);
    // In the reader's language, word for word.
    for lang in Lang::ALL {
        for (read, shown) in snapshot.diagnosis.findings.iter().zip(&shown.findings) {
            assert_eq!(
                text::run_finding(lang, &snapshot.plan, &snapshot.diagnosis, read),
                text::run_finding(lang, &scenario.plan(), &scenario.diagnose(), shown)
            );
        }
        let cells = |diagnosis: &Diagnosis| -> Vec<String> {
            let regions = diagnosis.regions.iter().flat_map(|region| &region.checks);
            regions
                .chain(&diagnosis.network)
                .map(|check| text::detail(lang, &check.conclusion.detail))
                .collect()
        };
        assert_eq!(cells(&snapshot.diagnosis), cells(&shown));
    }
}

#[test]
fn what_is_left_out_is_nowhere() {
    let personal = ["198.51.100.7", "Edge 142", "Windows", "fr-CA"];
    let scenario = crate::healthy().silent("seattle/tcp");
    for (left_out, gone) in [
        (
            LeftOut {
                address: true,
                ..LeftOut::default()
            },
            &personal[..1],
        ),
        (
            LeftOut {
                browser: true,
                ..LeftOut::default()
            },
            &personal[1..],
        ),
        (
            LeftOut {
                address: true,
                browser: true,
                ..LeftOut::default()
            },
            &personal[..],
        ),
    ] {
        scenario.with_report(left_out, |report| {
            let snapshot = Snapshot::of(report);
            let bytes = String::from_utf8_lossy(&codec::encode(&snapshot)).into_owned();
            for everything in [report.text(), bytes, format!("{snapshot:?}")] {
                for word in personal {
                    assert_eq!(
                        everything.contains(word),
                        !gone.contains(&word),
                        "{word}: {everything}"
                    );
                }
            }
        });
    }
}

#[test]
fn a_watch_is_taken_up_with_its_time_unless_it_is_left_out() {
    let watched = Watched {
        until_unix_ms: 1_795_600_000_000.0,
        text: "WATCHED - 3 h\n".to_owned(),
        packed: vec![7, 7, 7],
    };
    let scenario = crate::healthy().silent("seattle/tcp");
    for watch in [false, true] {
        let left_out = LeftOut {
            watch,
            ..LeftOut::default()
        };
        scenario.with_report(left_out, |report| {
            let report = Record {
                watched: Some(&watched),
                ..*report
            };
            let text = report.text();
            let until = "What the watch of this connection found until 2026-11-25T";
            assert_eq!(text.contains(until), !watch, "{text}");
            assert_eq!(text.contains("WATCHED - 3 h"), !watch, "{text}");
            let kept = Snapshot::of(&report).watched;
            assert_eq!(kept, (!watch).then(|| watched.packed.clone()));
        });
    }
}

#[test]
fn the_short_code_says_what_the_report_says() {
    let scenario = crate::healthy().silent("seattle/tcp");
    let catalogue = Catalogue::embedded();
    scenario.with_report(LeftOut::default(), |report| {
        let code = report.code().expect("it has finished");
        let short = ShortCode::read(&code, &catalogue).expect("our own code");
        assert_eq!(short.headline(), Verdict::Blocked);
        assert_eq!(short.leading, Some(Code::Dropped));
        let verdicts: Vec<_> = report
            .diagnosis
            .regions
            .iter()
            .map(|region| Some(region.verdict))
            .collect();
        assert_eq!(short.verdicts, verdicts);
        assert!(
            report
                .text()
                .contains(&format!("{}-{}", &code[..5], &code[5..]))
        );
    });
}

#[test]
fn the_request_names_what_fails_and_never_an_address() {
    let scenario = crate::healthy()
        .silent("seattle/tcp")
        .set(Probe::Port(Port::Xmpp), Outcome::TimedOut { ms: 4000.0 });
    let plan = scenario.plan();
    let request = FirewallRequest::of(&plan, &scenario.diagnose());
    for lang in Lang::ALL {
        let text = request.text(lang, Some("48213"), Moment::default());
        assert!(text.contains("pop6-ccans.mycontactcenter.net"));
        assert!(text.contains("TCP 5222"));
        assert!(!text.contains("pop0-ccans"), "{text}");
        assert!(
            text.lines().all(|line| line.chars().count() <= 80),
            "{text}"
        );
        // Nothing that looks like an IPv4 address.
        let is_address = |word: &str| word.parse::<std::net::IpAddr>().is_ok();
        assert!(
            !text
                .split(|c: char| !c.is_ascii_alphanumeric() && !".:".contains(c))
                .any(is_address),
            "{text}"
        );
    }
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/request.txt");
    let text = request.text(Lang::En, Some("48213"), Moment::default());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(file, &text).expect("the golden request can be written");
    }
    let golden = std::fs::read_to_string(file).unwrap_or_default();
    assert!(
        text == golden,
        "if this is meant, run again with UPDATE_GOLDEN=1 and read the diff:\n{text}"
    );
}

#[test]
fn nothing_is_asked_for_where_nothing_fails_here() {
    let down = crate::healthy().silent("seattle/tcp").outside(
        "seattle/tcp",
        crate::scenario::unreached("seattle/tcp", crate::Connect::Refused { ms: 1.0 }),
    );
    for scenario in [crate::healthy(), down] {
        let request = FirewallRequest::of(&scenario.plan(), &scenario.diagnose());
        assert!(request.is_empty(), "{request:?}");
    }
}

#[test]
fn inspection_asks_for_exemption() {
    let inspected =
        crate::healthy().set(Probe::Canary, crate::answered(12.0, crate::Answer::Opaque));
    let request = FirewallRequest::of(&inspected.plan(), &inspected.diagnose());
    assert_eq!(request.allow.len(), 8);
    assert!(request.allow.iter().all(|line| line.is_exempt));
    let text = request.text(Lang::En, None, Moment::default());
    assert!(text.contains("ssl_bump splice"));
}

#[test]
fn a_message_fits_into_a_mail_program() {
    for scenario in [
        crate::healthy(),
        crate::healthy().silent("seattle/tcp"),
        crate::nothing_answers(),
    ] {
        for lang in Lang::ALL {
            let mut scenario = scenario.clone();
            scenario.config.report_language = lang;
            scenario.with_report(LeftOut::default(), |report| {
                let link = Link {
                    ticket: Some("INC 48213/2".to_owned()),
                    ..Link::default()
                };
                let report = Record {
                    link: &link,
                    ..*report
                };
                let mail = send::mailto(&report, "help@example.com", "https://check.example/");
                assert!(mail.len() <= 2000, "{}", mail.len());
                assert!(
                    mail.starts_with("mailto:help@example.com?subject=%5BINC%2048213%2F2%5D%20"),
                    "{mail}"
                );
                assert!(
                    mail.bytes()
                        .all(|byte| byte.is_ascii_graphic() && !b"\"<>".contains(&byte))
                );
                // The whole report is in it, where it was short enough.
                let body = mail.replace("%23", "#").replace("%3D", "=");
                assert_eq!(
                    codec::read(&body),
                    [Ok(
                        codec::decode(&codec::encode(&Snapshot::of(&report))).expect("ours")
                    )]
                );
            });
        }
    }
    let mut everything = crate::healthy();
    everything.config.catalogue.regions[0].id = "x".repeat(40);
    everything.with_report(LeftOut::default(), |report| {
        let link = format!("https://check.example/{}", "long/".repeat(200));
        let mail = send::mailto(report, "help@example.com", &link);
        assert!(mail.len() <= 2000);
        assert!(codec::read(&mail).iter().all(Result::is_err));
    });
}

#[test]
fn the_json_is_json_and_holds_no_more_than_the_text() {
    let scenario = crate::healthy().silent("seattle/tcp");
    scenario.with_report(
        LeftOut {
            address: true,
            browser: true,
            ..LeftOut::default()
        },
        |report| {
            let json = send::json(report);
            let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
            assert_eq!(value["format"], "reachcheck-report/1");
            assert_eq!(value["started"], "2026-11-22T22:10:05Z");
            assert_eq!(value["verdict"], "blocked");
            assert_eq!(value["regions"][2]["checks"][1]["outcome"], "failed");
            assert_eq!(value["findings"][0]["code"], "dropped");
            assert_eq!(value["text"], report.text());
            assert_eq!(value["browser"], serde_json::Value::Null);
            let data = format!("#{}", value["data"].as_str().unwrap_or_default());
            assert!(codec::read(&data).iter().all(Result::is_ok));
            for word in ["198.51.100.7", "Edge 142"] {
                assert!(!json.contains(word), "{json}");
            }
        },
    );
}

#[test]
fn what_reports_have_in_common_is_said() {
    let read = |scenario: &crate::scenario::Scenario| {
        let mut snapshot = None;
        scenario.with_report(LeftOut::default(), |report| {
            snapshot = Some(Snapshot::of(report))
        });
        snapshot.expect("a report")
    };
    let (before, after) = (
        read(&crate::healthy().silent("seattle/tcp")),
        read(&crate::healthy()),
    );
    let reports = [&before, &after];
    let rows = compare::rows(&reports);
    let differing: Vec<&About> = rows
        .iter()
        .filter(|row| row.differs())
        .map(|row| &row.about)
        .collect();
    let seattle = || "Seattle".to_owned();
    assert_eq!(
        differing,
        [
            &About::Headline,
            &About::Region(seattle()),
            &About::Check(Some(seattle()), CheckName::Tcp),
            &About::Finding(Code::Dropped, Some(seattle())),
        ]
    );
    let remarks = compare::remarks(&reports, &rows);
    let words: Vec<String> = remarks
        .iter()
        .map(|remark| words::remark_sentence(Lang::En, remark))
        .collect();
    assert_eq!(
        words,
        [
            "In all of them reachable: Toronto; Virginia; Virginia, Seattle.",
            "Seattle differs: blocked in 1; reachable in 2.",
            "They have no finding in common.",
            "Only in 1: No answer (Seattle).",
            "All come from the same public address, so most likely from the same network.",
            "All were made in Edge 142 (Windows).",
        ]
    );
    let alike = [&before, &before];
    let remarks = compare::remarks(&alike, &compare::rows(&alike));
    assert_eq!(remarks[0], compare::Remark::Alike);
    assert!(remarks.contains(&compare::Remark::FindingsShared(vec![(
        Code::Dropped,
        Some(seattle())
    )])));
}
