//! The two parts of `docs/accuracy.md`: what worlds alone gave, which recordings give again, and what cells gave.

/// Where the second part begins.
pub const HEADING: &str = "\n## Under other conditions\n";

/// The part of the worlds, and that of the cells with its heading, empty where there is none.
#[must_use]
pub fn parts(text: &str) -> (&str, &str) {
    text.split_at(text.find(HEADING).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::{HEADING, parts};

    #[test]
    fn the_parts_are_the_whole() {
        let text = format!("# Worlds\n{HEADING}\nCells\n");
        let (worlds, cells) = parts(&text);
        assert_eq!(worlds, "# Worlds\n");
        assert!(cells.starts_with(HEADING) && cells.ends_with("Cells\n"));
        assert_eq!(parts("# Worlds\n"), ("# Worlds\n", ""));
    }
}
