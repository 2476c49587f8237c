//! How an operator makes the page theirs: name, logo, colours, words before and after.

use crate::lang::Lang;

/// What an operator may set. Every part may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Branding {
    /// Shown on top in place of the page's own title.
    pub name: Option<String>,
    /// Address of a picture: relative to the page, or `https://`.
    pub logo: Option<String>,
    /// The colour of links and of the main button on light ground.
    pub accent: Option<Colour>,
    /// The same on dark ground.
    pub accent_dark: Option<Colour>,
    /// A paragraph before everything.
    pub before: LocalizedText,
    /// A paragraph after everything.
    pub after: LocalizedText,
}

/// Words of an operator, by language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocalizedText(pub(crate) Vec<(Lang, String)>);

impl LocalizedText {
    /// In that language; if the operator gave none, in the first that they gave.
    #[must_use]
    pub fn get(&self, lang: Lang) -> Option<(Lang, &str)> {
        let own = self.0.iter().find(|(other, _)| *other == lang);
        let (lang, words) = own.or_else(|| self.0.first())?;
        Some((*lang, words))
    }
}

/// A colour of the sRGB space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// What the page's text of these colours stands on (style/tokens.css: `--ground` and `--panel`), the one of each
/// pair that gives less contrast.
pub const LIGHT_GROUND: Colour = Colour([0xf4, 0xf6, 0xf8]);
/// The same in the dark.
pub const DARK_GROUND: Colour = Colour([0x19, 0x22, 0x2b]);
/// WCAG 2.2, success criterion 1.4.3.
pub const CONTRAST_MIN: f64 = 4.5;

impl Colour {
    /// Reads `#rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        digits
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit())
            .then_some(Self([red, green, blue]))
    }

    /// The contrast with another, 1 to 21 (WCAG 2.2, "contrast ratio").
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// WCAG 2.2, "relative luminance".
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                power_2_4((part + 0.055) / 1.055)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [red, green, blue] = self.0;
        write!(formatter, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// `x` to the 2.4, for 0 < x <= 1: x squared times the fifth root of x squared, by Newton. `powf` would bring its
/// tables into the page.
fn power_2_4(x: f64) -> f64 {
    let square = x * x;
    let mut root = 1.0_f64;
    for _ in 0..40 {
        root -= (root.powi(5) - square) / (5.0 * root.powi(4));
    }
    square * root
}

#[cfg(test)]
mod tests {
    use super::{Colour, power_2_4};

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect(text)
    }

    #[test]
    fn colours_are_read_and_written_alike() {
        assert_eq!(colour("#0b5cad").to_string(), "#0b5cad");
        for bad in ["0b5cad", "#0b5ca", "#0b5cadff", "#0b5caz", "#+b5cad", "red"] {
            assert_eq!(Colour::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let ratio = |a, b| colour(a).contrast(colour(b));
        assert!((ratio("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        // The grey that just passes on white, and its neighbour that does not.
        assert!(ratio("#767676", "#ffffff") >= 4.5);
        assert!(ratio("#777777", "#ffffff") < 4.5);
        for step in 1..=100 {
            let x = f64::from(step) / 100.0;
            assert!((power_2_4(x) - x.powf(2.4)).abs() < 1e-9, "{x}");
        }
    }
}
