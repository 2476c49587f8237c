//! The Wasm, made small: what writes the message of a panic is taken out, then wasm-opt has its way.
//!
//! A panic ends the page's Wasm either way (`panic = "abort"`). Without its message what is left is a trap and the
//! browser's own trace, and an eighth of the file is gone, since nothing needs the places and words of a thousand
//! checks any more. A debug build and every native test still have the messages.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};

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
    let (wasm, count) = without_panics(wasm)?;
    ensure!(
        count >= 10,
        "only {count} functions that panic were found: their names have changed, see crates/pack/src/shrink.rs"
    );
    let (from, to) = (folder.join("before.wasm"), folder.join("after.wasm"));
    fs::write(&from, &wasm)?;
    let status = Command::new("wasm-opt")
        .args(FEATURES)
        .args(["-Oz", "--strip-debug", "--strip-producers"])
        .args(INLINING)
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

/// A module in which every function that panics is a bare trap, and how many those are.
fn without_panics(wasm: &[u8]) -> Result<(Vec<u8>, usize)> {
    let mut reader = Reader { bytes: wasm, at: 8 };
    let (mut imports, mut names) = (0, HashMap::new());
    let mut sections = Vec::new();
    while reader.at < wasm.len() {
        let id = reader.byte()?;
        let length = reader.number()?;
        let body = reader.take(length)?;
        match id {
            0 => {
                let mut inside = Reader { bytes: body, at: 0 };
                if inside.name()? == "name" {
                    names = function_names(inside)?;
                }
            }
            2 => imports = imported_functions(body)?,
            _ => {}
        }
        sections.push((id, body));
    }
    let mut out = wasm.get(..8).context("no Wasm")?.to_vec();
    let mut count = 0;
    for (id, body) in sections {
        let new;
        let body = if id == 10 {
            (new, count) = stubbed(body, imports, &names)?;
            &new
        } else {
            body
        };
        out.push(id);
        push_number(&mut out, body.len());
        out.extend_from_slice(body);
    }
    Ok((out, count))
}

/// The code section with stubs.
fn stubbed(
    code: &[u8],
    imports: usize,
    names: &HashMap<usize, String>,
) -> Result<(Vec<u8>, usize)> {
    /// No locals; `unreachable`; `end`.
    const TRAP: [u8; 3] = [0x00, 0x00, 0x0b];
    let mut reader = Reader { bytes: code, at: 0 };
    let functions = reader.number()?;
    let (mut out, mut count) = (Vec::with_capacity(code.len()), 0);
    push_number(&mut out, functions);
    for index in 0..functions {
        let length = reader.number()?;
        let body = reader.take(length)?;
        let panics = names
            .get(&(imports + index))
            .is_some_and(|name| is_panicking(name));
        let body = if panics { &TRAP } else { body };
        count += usize::from(panics);
        push_number(&mut out, body.len());
        out.extend_from_slice(body);
    }
    Ok((out, count))
}

fn is_panicking(name: &str) -> bool {
    // Names hold a crate's hash in brackets, `core[59807616e1fa2540]::panicking`, where the compiler knows it.
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
    let plain = plain.trim_start_matches('<');
    PANICKING
        .iter()
        .any(|beginning| plain.starts_with(beginning))
}

fn imported_functions(section: &[u8]) -> Result<usize> {
    let mut reader = Reader {
        bytes: section,
        at: 0,
    };
    let mut functions = 0;
    for _ in 0..reader.number()? {
        reader.name()?;
        reader.name()?;
        match reader.byte()? {
            0 => {
                reader.number()?;
                functions += 1;
            }
            kind @ (1 | 2) => {
                if kind == 1 {
                    reader.byte()?;
                }
                let has_maximum = reader.byte()? & 1 == 1;
                reader.number()?;
                if has_maximum {
                    reader.number()?;
                }
            }
            3 => {
                reader.take(2)?;
            }
            kind => bail!("an import of unknown kind {kind}"),
        }
    }
    Ok(functions)
}

fn function_names(mut section: Reader<'_>) -> Result<HashMap<usize, String>> {
    let mut names = HashMap::new();
    while section.at < section.bytes.len() {
        let id = section.byte()?;
        let length = section.number()?;
        let mut inside = Reader {
            bytes: section.take(length)?,
            at: 0,
        };
        if id == 1 {
            for _ in 0..inside.number()? {
                let index = inside.number()?;
                names.insert(index, inside.name()?.to_owned());
            }
        }
    }
    Ok(names)
}

/// The bytes of a module, in the words of the WebAssembly specification, chapter 5.
struct Reader<'wasm> {
    bytes: &'wasm [u8],
    at: usize,
}

impl<'wasm> Reader<'wasm> {
    fn byte(&mut self) -> Result<u8> {
        Ok(self.take(1)?[0])
    }

    fn take(&mut self, length: usize) -> Result<&'wasm [u8]> {
        let end = self
            .at
            .checked_add(length)
            .context("a length that is none")?;
        let bytes = self
            .bytes
            .get(self.at..end)
            .context("the module ends early")?;
        self.at = end;
        Ok(bytes)
    }

    /// An unsigned LEB128.
    fn number(&mut self) -> Result<usize> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            ensure!(shift < 35, "a number that is none");
            number |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return Ok(number);
            }
        }
    }

    fn name(&mut self) -> Result<&'wasm str> {
        let length = self.number()?;
        Ok(std::str::from_utf8(self.take(length)?)?)
    }
}

fn push_number(out: &mut Vec<u8>, mut number: usize) {
    loop {
        let byte = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            out.push(byte);
            return;
        }
        out.push(byte | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::{is_panicking, without_panics};

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
            assert!(is_panicking(panics), "{panics}");
        }
        for other in [
            "reachcheck::panicking",
            "core::fmt::write",
            "std::panic::Location::line",
        ] {
            assert!(!is_panicking(other), "{other}");
        }
    }
}
