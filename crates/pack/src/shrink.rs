//! The Wasm, made small: what writes the message of a panic is taken out, then wasm-opt has its way.
//!
//! A panic ends the page's Wasm either way (`panic = "abort"`). Without its message what is left is a trap and the
//! browser's own trace, and an eighth of the file is gone, since nothing needs the places and words of a thousand
//! checks any more. A debug build and every native test still have the messages.

use std::collections::HashMap;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};

use crate::wasm::{
    CODE, CUSTOM, DATA, HEADER_LENGTH, IMPORTS, Reader, push_number, push_section, sections,
};

/// What only runs once something has panicked, by the beginning of its name (crate hashes left out).
const PANICKING: [&str; 18] = [
    "core::panicking::",
    "core::option::expect_failed",
    "core::option::unwrap_failed",
    "core::result::unwrap_failed",
    "core::str::slice_error_fail",
    "core::slice::index::slice_",
    "core::cell::panic_already",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "std::panicking::",
    "alloc::raw_vec::handle_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::alloc::handle_alloc_error",
    "alloc::vec::Vec<T,A>::remove::assert_failed",
    "alloc::vec::Vec<T,A>::swap_remove::assert_failed",
    "alloc::vec::Vec<T,A>::insert::assert_failed",
    "console_error_panic_hook::",
    "wasm_bindgen::expect_failed",
    "__rustc::rust_begin_unwind",
];

/// Features that current Rust emits and every browser since 2022 has.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// What is called once stays a function: inlined it is smaller as it is, and larger once compressed (by 1.3 %).
const INLINING: [&str; 3] = [
    "--one-caller-inline-max-function-size=0",
    "--flexible-inline-max-function-size=0",
    "--inline-max-combined-binary-size=1",
];

/// Makes it small. `folder` is where intermediate files may lie for a moment.
pub fn shrink(wasm: &[u8], folder: &Path) -> Result<Vec<u8>> {
    // A standard library that was built to abort at once has no such words to begin with.
    let says_why = contains(wasm, b"called `Option::unwrap()` on a `None` value");
    let (wasm, count) = without_panics(wasm)?;
    ensure!(
        count >= 10 || !says_why,
        "only {count} functions that panic were found: their names have changed, see crates/pack/src/shrink.rs"
    );
    let (from, to) = (folder.join("before.wasm"), folder.join("after.wasm"));
    fs::write(&from, &wasm)?;
    let status = Command::new("wasm-opt")
        .args(FEATURES)
        // The lowest kilobyte is the far end of the stack, whose end is the program's: so an offset may be folded into
        // an address (0.5 % of the file).
        .args(["--low-memory-unused", "-Oz"])
        .args(INLINING)
        // What has like names does like things, and compresses better side by side (by 0.4 %).
        .args([
            "--reorder-functions-by-name",
            "--strip-debug",
            "--strip-producers",
        ])
        .arg(&from)
        .arg("-o")
        .arg(&to)
        .status();
    let small = match status {
        Ok(status) if status.success() => fs::read(&to)?,
        Ok(status) => bail!("wasm-opt failed: {status}"),
        Err(error) => {
            bail!("wasm-opt: {error}; `cargo xtask build` installs it, or: npm install -g binaryen")
        }
    };
    fs::remove_file(&from)?;
    fs::remove_file(&to)?;
    Ok(small)
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// A module in which every function that panics is a bare trap, none says what a value looks like, and no place in the
/// source is named; and how many functions that are.
fn without_panics(wasm: &[u8]) -> Result<(Vec<u8>, usize)> {
    let (mut imports, mut names) = (0, HashMap::new());
    let sections = sections(wasm)?;
    for (id, content) in &sections {
        match *id {
            CUSTOM => {
                let mut inside = Reader::new(content);
                if inside.name()? == "name" {
                    names = function_names(inside)?;
                }
            }
            IMPORTS => imports = imported_functions(content)?,
            _ => {}
        }
    }
    let mut out = wasm.get(..HEADER_LENGTH).context("no Wasm")?.to_vec();
    let mut count = 0;
    for (id, content) in sections {
        match id {
            CODE => {
                let code;
                (code, count) = stubbed(content, imports, &names)?;
                push_section(&mut out, id, &code);
            }
            DATA => push_section(&mut out, id, &without_places(content)?),
            _ => push_section(&mut out, id, content),
        }
    }
    Ok((out, count))
}

/// Where a segment of data lies in memory, and where in its section.
struct Segment {
    address: usize,
    begin: usize,
    end: usize,
}

/// The data section without the places in the source that a panic would name (`core::panic::Location`: the file's name
/// by address and length, line, column), and without those names. Nothing reads them any more, so zeros stand for them.
fn without_places(content: &[u8]) -> Result<Vec<u8>> {
    let mut data = content.to_vec();
    let segments = segments(content)?;
    let word = |at: usize| {
        let bytes = content.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    };
    for segment in &segments {
        // Aligned in memory, which the section's own bytes need not be.
        let first = segment.begin + segment.address.next_multiple_of(4) - segment.address;
        for at in (first..segment.end.saturating_sub(15)).step_by(4) {
            let (Some(name), Some(length), Some(line), Some(column)) =
                (word(at), word(at + 4), word(at + 8), word(at + 12))
            else {
                continue;
            };
            let Some(name) = file_name(content, &segments, name, length) else {
                continue;
            };
            if (1..100_000).contains(&line) && (1..1000).contains(&column) {
                data[at..at + 16].fill(0);
                data[name].fill(0);
            }
        }
    }
    Ok(data)
}

/// Where in the section the name of a source file lies, if one is at that address.
fn file_name(
    content: &[u8],
    segments: &[Segment],
    address: usize,
    length: usize,
) -> Option<Range<usize>> {
    let segment = segments.iter().find(|segment| {
        let size = segment.end - segment.begin;
        (segment.address..segment.address + size).contains(&address)
    })?;
    let begin = segment.begin + address - segment.address;
    let range = begin..begin.checked_add(length)?;
    let name = content.get(range.clone())?;
    let is_path = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-".contains(byte);
    (name.ends_with(b".rs") && name.contains(&b'/') && name.iter().all(is_path)).then_some(range)
}

fn segments(content: &[u8]) -> Result<Vec<Segment>> {
    let mut reader = Reader::new(content);
    let mut segments = Vec::new();
    for _ in 0..reader.number()? {
        let kind = reader.byte()?;
        // `i32.const` ADDRESS `end`: what linkers write.
        ensure!(
            kind == 0 && reader.byte()? == 0x41,
            "a segment of data without an address"
        );
        let address = reader.number()?;
        ensure!(reader.byte()? == 0x0b, "an address that is computed");
        let length = reader.number()?;
        let begin = reader.at();
        reader.take(length)?;
        segments.push(Segment {
            address,
            begin,
            end: begin + length,
        });
    }
    Ok(segments)
}

/// The code section with stubs.
fn stubbed(
    code: &[u8],
    imports: usize,
    names: &HashMap<usize, String>,
) -> Result<(Vec<u8>, usize)> {
    /// No locals; `unreachable`; `end`.
    const TRAP: [u8; 3] = [0x00, 0x00, 0x0b];
    /// No locals; `i32.const 0`, which is `Ok`; `end`.
    const NOTHING: [u8; 4] = [0x00, 0x41, 0x00, 0x0b];
    let mut reader = Reader::new(code);
    let functions = reader.number()?;
    let (mut out, mut count) = (Vec::with_capacity(code.len()), 0);
    push_number(&mut out, functions);
    for index in 0..functions {
        let length = reader.number()?;
        let body = reader.take(length)?;
        let name = names.get(&(imports + index)).map(|name| plain(name));
        let panics = name.as_deref().is_some_and(is_panicking);
        let debugs = name.as_deref().is_some_and(is_debug);
        let body = match (panics, debugs) {
            (true, _) => &TRAP[..],
            (false, true) => &NOTHING,
            (false, false) => body,
        };
        count += usize::from(panics);
        push_number(&mut out, body.len());
        out.extend_from_slice(body);
    }
    Ok((out, count))
}

/// Without the hashes of crates: names hold them in brackets, `core[59807616e1fa2540]::panicking`, where the compiler
/// knows them.
fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        match after.split_once(']') {
            Some((hash, after)) if hash.len() == 16 => rest = after,
            _ => {
                plain.push('[');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn is_panicking(name: &str) -> bool {
    let name = name.trim_start_matches('<');
    PANICKING
        .iter()
        .any(|beginning| name.starts_with(beginning))
}

/// What `{:?}` writes goes into the messages of panics, and nowhere else here; tables of Unicode with it. Of these two it
/// is what `{}` writes, and a compiler may make one function of both.
fn is_debug(name: &str) -> bool {
    name.contains(" as core::fmt::Debug>::fmt")
        && !name.starts_with("<bool ")
        && !name.starts_with("<core::fmt::Arguments ")
}

fn imported_functions(section: &[u8]) -> Result<usize> {
    let mut reader = Reader::new(section);
    let mut functions = 0;
    for _ in 0..reader.number()? {
        reader.name()?;
        reader.name()?;
        functions += usize::from(reader.import_kind()?);
    }
    Ok(functions)
}

fn function_names(mut section: Reader<'_>) -> Result<HashMap<usize, String>> {
    let mut names = HashMap::new();
    while !section.is_at_end() {
        let id = section.byte()?;
        let length = section.number()?;
        let mut inside = Reader::new(section.take(length)?);
        if id == 1 {
            for _ in 0..inside.number()? {
                let index = inside.number()?;
                names.insert(index, inside.name()?.to_owned());
            }
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::{is_debug, is_panicking, plain, without_panics, without_places};

    /// Two functions, `a` and `core::panicking::panic`, each returning 7.
    fn module() -> Vec<u8> {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.extend([1, 5, 1, 0x60, 0, 1, 0x7f]);
        wasm.extend([3, 3, 2, 0, 0]);
        wasm.extend([10, 11, 2, 4, 0, 0x41, 7, 0x0b, 4, 0, 0x41, 7, 0x0b]);
        let mut names = vec![4];
        names.extend(b"name");
        let panic = b"core::panicking::panic";
        names.extend([1, 6 + 22, 2, 0, 1, b'a', 1, 22]);
        names.extend(panic);
        wasm.extend([0, u8::try_from(names.len()).expect("short")]);
        wasm.extend(names);
        wasm
    }

    #[test]
    fn only_what_panics_becomes_a_trap() {
        let (small, count) = without_panics(&module()).expect("a module");
        assert_eq!(count, 1);
        let code = [10, 10, 2, 4, 0, 0x41, 7, 0x0b, 3, 0, 0, 0x0b];
        assert!(small.windows(code.len()).any(|window| window == code));
        assert!(without_panics(&module()[..22]).is_err());
    }

    #[test]
    fn names_are_told_apart() {
        for panics in [
            "core[59807616e1fa2540]::panicking::panic_fmt",
            "<alloc::vec::Vec<T,A>::remove::assert_failed",
            "core::result::unwrap_failed",
        ] {
            assert!(is_panicking(&plain(panics)), "{panics}");
        }
        for other in [
            "reachcheck::panicking",
            "core::fmt::write",
            "std::panic::Location::line",
        ] {
            assert!(!is_panicking(other), "{other}");
        }
        assert!(is_debug(&plain(
            "<str as core[59807616e1fa2540]::fmt::Debug>::fmt"
        )));
        assert!(!is_debug("<str as core::fmt::Display>::fmt"));
        assert!(!is_debug("<bool as core::fmt::Debug>::fmt"));
    }

    #[test]
    fn places_go_and_nothing_else() {
        let text = b"src/a.rs and src/a.rs";
        let place =
            |line: u8| [[16, 0, 0, 0], [8, 0, 0, 0], [line, 0, 0, 0], [5, 0, 0, 0]].concat();
        // A place; one without a line is none.
        let content = |first: &[u8], name: &[u8]| {
            [
                &[1, 0, 0x41, 16, 0x0b, 56][..],
                name,
                &text[8..],
                &[0; 3],
                first,
                &place(0),
            ]
            .concat()
        };
        let before = content(&place(7), &text[..8]);
        let after = content(&[0; 16], &[0; 8]);
        assert_eq!(without_places(&before).expect("data"), after);
    }
}
