//! The script that wasm-bindgen writes beside a program, made small together with it: what the program no longer
//! imports goes, and what is left is called by short names on both sides. wasm-bindgen's hold a hash each, which no
//! compression makes smaller.

use std::collections::HashMap;

use anyhow::{Context as _, Result, ensure};

use crate::wasm::{
    EXPORTS, HEADER_LENGTH, IMPORTS, Reader, push_name, push_number, push_section, sections,
};

/// The name of the module that everything is imported from.
const MODULE: &str = "w";

/// Gives script and Wasm with short names.
pub fn shorten(script: &str, wasm: &[u8]) -> Result<(String, Vec<u8>)> {
    let mut names = Names::default();
    let mut out = wasm.get(..HEADER_LENGTH).context("no Wasm")?.to_vec();
    for (id, content) in sections(wasm)? {
        match id {
            IMPORTS => push_section(&mut out, id, &imports(content, &mut names)?),
            EXPORTS => push_section(&mut out, id, &exports(content, &mut names)?),
            _ => push_section(&mut out, id, content),
        }
    }
    Ok((renamed(script, &names)?, out))
}

/// What each name has become.
#[derive(Default)]
struct Names {
    module: String,
    imports: HashMap<String, String>,
    exports: HashMap<String, String>,
}

/// `a` … `z`, `a0` … `z0`, `a1` …
fn short(index: usize) -> String {
    let letter = char::from(b'a' + u8::try_from(index % 26).unwrap_or_default());
    match index / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{}", round - 1),
    }
}

fn imports(content: &[u8], names: &mut Names) -> Result<Vec<u8>> {
    let mut reader = Reader::new(content);
    let count = reader.number()?;
    let mut out = Vec::new();
    push_number(&mut out, count);
    for index in 0..count {
        let module = reader.name()?;
        ensure!(
            names.module.is_empty() || names.module == module,
            "imports from {module}, too"
        );
        module.clone_into(&mut names.module);
        let name = reader.name()?.to_owned();
        let begin = reader.at();
        reader.import_kind()?;
        push_name(&mut out, MODULE);
        push_name(&mut out, &short(index));
        out.extend_from_slice(&content[begin..reader.at()]);
        names.imports.insert(name, short(index));
    }
    Ok(out)
}

fn exports(content: &[u8], names: &mut Names) -> Result<Vec<u8>> {
    let mut reader = Reader::new(content);
    let count = reader.number()?;
    let mut out = Vec::new();
    push_number(&mut out, count);
    for index in 0..count {
        let name = reader.name()?.to_owned();
        let begin = reader.at();
        reader.byte()?;
        reader.number()?;
        push_name(&mut out, &short(index));
        out.extend_from_slice(&content[begin..reader.at()]);
        names.exports.insert(name, short(index));
    }
    Ok(out)
}

/// wasm-bindgen writes one import after the other, each from a line of its own on; that is what is relied on here, and
/// every import that is not found is an error.
fn renamed(script: &str, names: &Names) -> Result<String> {
    ensure!(
        script
            .lines()
            .all(|line| line.matches('`').count() % 2 == 0),
        "the script has a text over several lines: its indentation cannot be taken away"
    );
    let mut out = String::with_capacity(script.len());
    let (mut found, mut is_left_out) = (0, false);
    for line in script.lines() {
        let mut line = line.to_owned();
        if let Some((name, rest)) = import_of(&line) {
            let short = names.imports.get(name);
            is_left_out = short.is_none();
            found += usize::from(short.is_some());
            line = format!("{}:{rest}", short.map_or("", String::as_str));
        } else if line.starts_with("    };") {
            is_left_out = false;
        }
        let line = line.trim();
        if is_left_out || line.is_empty() || line.starts_with("//") {
            continue;
        }
        out.push_str(&with_exports(line, &names.exports));
        out.push('\n');
    }
    ensure!(
        found == names.imports.len(),
        "{found} of {} imports are in the script: wasm-bindgen writes it in another way now, see crates/pack/src/glue.rs",
        names.imports.len()
    );
    let module = format!("\"{}\"", names.module);
    ensure!(out.contains(&module), "the script does not name {module}");
    let out = out.replace(&module, &format!("\"{MODULE}\""));
    Ok(with_short_functions(&with_loader(&out)?))
}

/// What the script does with all that a program may be loaded from, where the first screen always has a compiled module.
const LOADER: &str = "\
export default async function ({ module_or_path: module }) {
return __wbg_finalize_init(await WebAssembly.instantiate(module, __wbg_get_imports()), module);
}
";

/// The script with a loader that only does what is asked of it.
fn with_loader(script: &str) -> Result<String> {
    let (before, after) = script
        .split_once("async function __wbg_load(")
        .context("the script has no __wbg_load, see crates/pack/src/glue.rs")?;
    ensure!(
        before.contains("function __wbg_get_imports()")
            && before.contains("function __wbg_finalize_init(instance, module)")
            && after.trim_end().ends_with("__wbg_init as default };"),
        "the script loads in another way now, see crates/pack/src/glue.rs"
    );
    Ok([before, LOADER].concat())
}

/// The script with short names for its functions, which say their types or are called in many places.
fn with_short_functions(script: &str) -> String {
    let mut short_names = HashMap::new();
    for line in script.lines() {
        let name = line.strip_prefix("function ").and_then(|line| {
            let (name, _) = line.split_once('(')?;
            (name.len() > 5).then_some(name)
        });
        if let Some(name) = name {
            // No name that wasm-bindgen gives begins so.
            let next = format!("$f{}", short_names.len());
            short_names.entry(name).or_insert(next);
        }
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut out = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(begin) = rest.find(is_name) {
        let (between, after) = rest.split_at(begin);
        let end = after.find(|c| !is_name(c)).unwrap_or(after.len());
        let (name, after) = after.split_at(end);
        out.push_str(between);
        // What belongs to an object is another thing of that name.
        let is_field = between.ends_with('.') && !between.ends_with("...");
        match short_names.get(name) {
            Some(short) if !is_field => out.push_str(short),
            _ => out.push_str(name),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A line that begins an import: its name, and what follows the colon.
fn import_of(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.strip_prefix("        ")?.split_once(':')?;
    let is_name = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$');
    (is_name && rest.starts_with(" function(")).then_some((name, rest))
}

/// Every `wasm.NAME`.
fn with_exports(line: &str, exports: &HashMap<String, String>) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("wasm.") {
        out.push_str(before);
        out.push_str("wasm.");
        let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '$');
        let (name, after) = after.split_at(end.unwrap_or(after.len()));
        out.push_str(exports.get(name).map_or(name, String::as_str));
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{short, shorten};

    /// Imports `./m_bg.js` `__wbg_now_0123`, exports its function 0 as `__start`.
    fn module() -> Vec<u8> {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        let mut imports = vec![1, 9];
        imports.extend(b"./m_bg.js");
        imports.push(14);
        imports.extend(b"__wbg_now_0123");
        imports.extend([0, 0]);
        wasm.extend([2, u8::try_from(imports.len()).expect("short")]);
        wasm.extend(imports);
        wasm.extend([7, 11, 1, 7]);
        wasm.extend(b"__start");
        wasm.extend([0, 0]);
        wasm
    }

    const SCRIPT: &str = "function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_gone_4567: function(arg0) {
            return arg0.gone;
        },
        __wbg_now_0123: function() {
            // What time is it?
            return Date.now();
        },
    };
    return { __proto__: null, \"./m_bg.js\": import0 };
}
function long_name_of(x) {
    return x.long_name_of + wasm.__start(`a`);
}
function __wbg_finalize_init(instance, module) {
    return long_name_of(...long_name_of(wasm));
}
async function __wbg_load(module, imports) {
}
export { initSync, __wbg_init as default };
";

    #[test]
    fn both_sides_are_renamed_and_what_is_not_imported_goes() {
        let (script, wasm) = shorten(SCRIPT, &module()).expect("a program");
        assert_eq!(
            script,
            "function $f0() {\nconst import0 = {\n__proto__: null,\na: function() {\nreturn Date.now();\n},\n};\n\
             return { __proto__: null, \"w\": import0 };\n}\n\
             function $f1(x) {\nreturn x.long_name_of + wasm.a(`a`);\n}\n\
             function $f2(instance, module) {\nreturn $f1(...$f1(wasm));\n}\n\
             export default async function ({ module_or_path: module }) {\n\
             return $f2(await WebAssembly.instantiate(module, $f0()), module);\n}\n"
        );
        let mut expected = b"\0asm\x01\0\0\0".to_vec();
        expected.extend([2, 7, 1, 1, b'w', 1, b'a', 0, 0, 7, 5, 1, 1, b'a', 0, 0]);
        assert_eq!(wasm, expected);
    }

    #[test]
    fn a_script_of_another_kind_is_refused() {
        assert!(shorten("wasm.__start();", &module()).is_err());
        assert!(shorten(&format!("{SCRIPT}`\n`"), &module()).is_err());
        let other = SCRIPT.replace("__wbg_load", "__wbg_other");
        assert!(shorten(&other, &module()).is_err());
    }

    #[test]
    fn short_names_differ() {
        let names: std::collections::HashSet<String> = (0..1000).map(short).collect();
        assert_eq!(names.len(), 1000);
    }
}
