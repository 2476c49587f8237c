//! What is done with strangers' reports holds on everything that is kept of them, and on what is next to it.

use std::path::{Path, PathBuf};

use reachcheck_handover::codec;
use reachcheck_handover::foreign::{TARGETS, show_a_report};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn files(folder: &Path) -> Vec<Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort_unstable();
    let read = |path: PathBuf| std::fs::read(path).expect("a file");
    paths.into_iter().map(read).collect()
}

/// The content of every report that is kept in a format of its time, without its seal.
fn contents() -> Vec<Vec<u8>> {
    let mut contents = Vec::new();
    for text in files(&folder("tests/blocks")) {
        for snapshot in codec::read(&String::from_utf8_lossy(&text))
            .into_iter()
            .flatten()
        {
            let sealed = codec::encode(&snapshot);
            // Its length before, of one to three bytes; its checksum behind, of four.
            let is_content = |before: &usize| {
                let content = &sealed[*before..sealed.len() - 4];
                codec::sealed(content) == sealed
            };
            let before = (1..=3).find(is_content).expect("a seal");
            contents.push(sealed[before..sealed.len() - 4].to_vec());
        }
    }
    assert!(contents.len() > 5, "{} reports", contents.len());
    contents
}

#[test]
fn every_target_holds_on_its_corpus() {
    for (name, target) in TARGETS {
        let corpus = files(&folder("fuzz/corpus").join(name));
        assert!(!corpus.is_empty(), "{name} has no corpus");
        for bytes in corpus {
            target(&bytes);
        }
    }
}

/// Most of these are refused; what is read although a byte of it is another must be shown.
#[test]
fn a_report_with_any_byte_changed_is_refused_or_shown() {
    let mut shown = 0;
    for content in contents() {
        show_a_report(&content);
        // So many of a long one that all of them together take seconds.
        let step = content.len().div_ceil(40);
        for place in (0..content.len()).step_by(step) {
            for change in [1, 0xff] {
                let mut other = content.clone();
                other[place] ^= change;
                shown += usize::from(codec::decode(&codec::sealed(&other)).is_ok());
                show_a_report(&other);
            }
        }
    }
    assert!(shown > 20, "{shown} were read: this shows nothing");
}

#[test]
fn every_target_is_in_the_manifest_and_the_readme() {
    let fuzz = folder("fuzz");
    let read = |name: &str| std::fs::read_to_string(fuzz.join(name)).expect("a file");
    let targets = std::fs::read_dir(fuzz.join("fuzz_targets")).expect("targets");
    assert_eq!(targets.count(), TARGETS.len());
    for (name, _) in TARGETS {
        assert!(read("Cargo.toml").contains(&format!("name = \"{name}\"")));
        assert!(read("README.md").contains(&format!("`{name}`")));
        let target = read(&format!("fuzz_targets/{name}.rs"));
        assert!(target.contains(&format!("foreign::{name}(")), "{name}");
    }
}

/// Writes what the fuzzer begins with: `REACHCHECK_WRITE_CORPUS=1`.
#[test]
fn the_corpus_holds_every_kept_report() {
    let (texts, shown) = (
        folder("fuzz/corpus/read_a_report"),
        folder("fuzz/corpus/show_a_report"),
    );
    if std::env::var_os("REACHCHECK_WRITE_CORPUS").is_some() {
        for place in [&texts, &shown] {
            std::fs::create_dir_all(place).expect("made");
        }
        for (number, content) in contents().iter().enumerate() {
            std::fs::write(shown.join(format!("report-{number}")), content).expect("written");
        }
        for entry in std::fs::read_dir(folder("tests/blocks")).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name");
            std::fs::copy(&path, texts.join(name)).expect("copied");
        }
    }
    let kept = files(&shown);
    for content in contents() {
        assert!(
            kept.contains(&content),
            "write it with REACHCHECK_WRITE_CORPUS=1"
        );
    }
}
