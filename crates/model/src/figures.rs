//! Times and capitals as text, where a few lines do what core does with tables: its own way to write a float is exact
//! to the last of a thousand digits, its capitals know every script, and both together weigh 30 KB in the page.

use std::borrow::Borrow;
use std::fmt;

/// Rounded as `{:.0}` rounds.
#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds since 1970 have 13 digits, an `i64` has 18"
)]
#[must_use]
pub fn whole(value: impl Borrow<f64>) -> i64 {
    value.borrow().round_ties_even() as i64
}

/// With one decimal, as `{:.1}` writes it, but for what is within an error of rounding of the middle.
#[derive(Clone, Copy, Debug)]
pub struct Tenths(i64);

/// With one decimal.
#[must_use]
pub fn tenths(value: impl Borrow<f64>) -> Tenths {
    Tenths(whole(value.borrow() * 10.0))
}

impl fmt::Display for Tenths {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let tenths = self.0.unsigned_abs();
        write!(formatter, "{sign}{}.{}", tenths / 10, tenths % 10)
    }
}

/// In capitals, for the letters of the languages that the page has.
#[must_use]
pub fn capitals(text: &str) -> String {
    let capital = |c: char| match c {
        // ISO 8859-1 has its capitals 32 places before its small letters.
        'a'..='z' | 'à'..='ö' | 'ø'..='þ' => char::from_u32(u32::from(c) - 32).unwrap_or(c),
        'œ' => 'Œ',
        other => other,
    };
    text.chars().map(capital).collect()
}

/// Ascending.
pub fn ascending(values: impl Iterator<Item = f64>) -> Vec<f64> {
    // A handful each time; core's sort is written for millions.
    let mut sorted: Vec<f64> = Vec::new();
    for value in values {
        let at = sorted.partition_point(|other| other.total_cmp(&value).is_le());
        sorted.insert(at, value);
    }
    sorted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert_eq, proptest};

    use super::{ascending, capitals, tenths, whole};

    proptest! {
        #[test]
        fn figures_are_as_core_writes_them(thousandths in -10_000_000_i32..2_000_000_000) {
            let value = f64::from(thousandths) / 1000.0;
            prop_assert_eq!(whole(value).to_string(), format!("{value:.0}").replace("-0", "0"));
        }
    }

    #[test]
    fn tenths_are_as_core_writes_them() {
        for value in [0.0, 0.04, 0.25, 1.0, 9.97, 12.34, 30.06, -1.5, 1234.56] {
            assert_eq!(tenths(value).to_string(), format!("{value:.1}"));
        }
    }

    #[test]
    fn capitals_are_as_core_writes_them() {
        let words = "dégradé, hors d’œuvre, señal, à l’extérieur – 7 ×÷";
        assert_eq!(capitals(words), words.to_uppercase());
    }

    #[test]
    fn sorted() {
        assert_eq!(
            ascending([3.0, 1.0, 2.0, 1.0].into_iter()),
            [1.0, 1.0, 2.0, 3.0]
        );
    }
}
