//! What the fuzz targets have found worth keeping is read again by every parser of foreign bytes, in every run
//! of the tests.

use std::path::Path;

use reachcheck_relay::foreign::TARGETS;

/// No file of the corpus is larger: it is kept in the repository.
const LARGEST: usize = 8 * 1024;

#[test]
fn every_parser_holds_on_its_corpus() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let folders = std::fs::read_dir(&root).expect("the corpus").count();
    assert_eq!(folders, TARGETS.len(), "a folder for each target");
    for (name, target) in TARGETS {
        let mut count = 0;
        for entry in std::fs::read_dir(root.join(name)).expect(name) {
            let path = entry.expect("an entry").path();
            let bytes = std::fs::read(&path).expect("a file");
            assert!(bytes.len() <= LARGEST, "{}", path.display());
            println!("{}", path.display());
            target(&bytes);
            count += 1;
        }
        assert!(count > 0, "{name} has no corpus");
    }
}

#[test]
fn every_parser_has_a_fuzz_target() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
    let readme = std::fs::read_to_string(folder.join("README.md")).expect("a readme");
    let targets = std::fs::read_dir(folder.join("fuzz_targets"))
        .expect("targets")
        .count();
    assert_eq!(targets, TARGETS.len());
    assert_eq!(manifest.matches("[[bin]]").count(), targets);
    assert!(
        readme.contains("\nNine, ") && targets == 9,
        "its count is the targets'"
    );
    for (name, _) in TARGETS {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
        assert!(readme.contains(&format!("`{name}`")), "{name}");
        let target = folder.join(format!("fuzz_targets/{name}.rs"));
        let text = std::fs::read_to_string(target).expect(name);
        assert!(text.contains(&format!("foreign::{name}(")), "{name}");
    }
}

/// Every message of this version, each with all that it may say (`crates/wire/tests/samples/next`): what a fuzzer begins
/// with, so that it need not guess a new field's name. `REACHCHECK_WRITE_CORPUS=1` writes them.
#[test]
fn the_corpus_has_every_message_with_every_field() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let samples = root.join("../wire/tests/samples/next");
    let mut lines = 0;
    for (folder, target) in [
        ("page-to-relay", "client_message"),
        ("relay-to-page", "server_message"),
        ("https", "server_message"),
    ] {
        for entry in std::fs::read_dir(samples.join(folder)).expect(folder) {
            let path = entry.expect("an entry").path();
            let name = path.file_stem().expect("a name").to_string_lossy();
            let text = std::fs::read_to_string(&path).expect("samples");
            for (number, line) in text.lines().enumerate() {
                let seed = format!("fuzz/corpus/{target}/sample-{folder}-{name}-{number}");
                let seed = root.join(seed);
                if std::env::var_os("REACHCHECK_WRITE_CORPUS").is_some() {
                    std::fs::write(&seed, line).expect("written");
                }
                let kept = std::fs::read_to_string(&seed).unwrap_or_default();
                assert_eq!(kept, line, "write it with REACHCHECK_WRITE_CORPUS=1");
                lines += 1;
            }
        }
    }
    assert!(lines > 20, "{lines} messages");
}
