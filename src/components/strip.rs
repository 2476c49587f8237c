//! Server events as a strip: a box for each that was sent, filled for each that came.

use super::element::{Element, el};

/// The count stands in words beside it.
pub fn strip(expected: u32, arrived: u32) -> Element {
    let boxes = (0..expected).map(|index| {
        if index < arrived {
            el("span.strip__box")
        } else {
            el("span.strip__box.strip__box--lost")
        }
    });
    el("span.strip[aria-hidden=true]").each(boxes)
}
