//! QR code of a text, as SVG.

use qrcodegen::{QrCode, QrCodeEcc};
use yew::prelude::{Html, html};

/// Modules of white around it (ISO/IEC 18004 asks for four).
const QUIET: i32 = 4;

/// The code with its words for those who do not see it; nothing where the text is too long for one.
pub fn qr(text: &str, label: &'static str) -> Html {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else {
        return Html::default();
    };
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        for x in (0..size).filter(|x| code.get_module(*x, y)) {
            path.push_str(&format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET));
        }
    }
    let side = size + 2 * QUIET;
    html! {
        <svg
            id="build-qr"
            class="builder__qr"
            viewBox={format!("0 0 {side} {side}")}
            role="img"
            aria-label={label}
            shape-rendering="crispEdges"
        >
            <rect width="100%" height="100%" fill="#fff" />
            <path d={path} fill="#000" />
        </svg>
    }
}
