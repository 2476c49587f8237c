//! Characters that nobody sees: what strangers write is shown only without them.

/// Whether a text can be shown in a line: nothing in it is a control character, invisible, or turns the
/// reading direction.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() || is_invisible(c))
}

/// Characters without a width, and those that turn the reading direction: programs put them in, and nobody
/// sees them.
#[must_use]
pub const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}
