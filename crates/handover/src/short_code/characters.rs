//! The characters of a short code, and the one among them that checks the others.
//!
//! They are the digits and those letters that look like none of the others: no `O` (`0`), `I` and `L` (`1`), `Z` (`2`),
//! `S` (`5`), `B` (`8`), `V` (`U`); who writes one of these down means the other. There are 29, a prime, so the weighted
//! sum that the check character brings to zero changes with every single character and with every swap of two, as
//! long as no two weights are the same, in codes of up to 28 characters.

/// The characters, each at the place of its value.
pub(super) const ALPHABET: &[u8; BASE as usize] = b"0123456789ACDEFGHJKMNPQRTUWXY";
/// How many characters there are to choose from.
pub(super) const BASE: u64 = 29;

/// The code of these digits, its check character behind them.
pub(super) fn checked(mut digits: Vec<u64>) -> String {
    digits.push((BASE - sum(&digits, 2) % BASE) % BASE);
    digits
        .into_iter()
        .map(|digit| char::from(ALPHABET[digit as usize]))
        .collect()
}

/// The digits before the check character; `None` where it does not fit them.
pub(super) fn unchecked(mut digits: Vec<u64>) -> Option<Vec<u64>> {
    // The check character stands last; its weight is the first.
    let check = digits.pop()?;
    (check + sum(&digits, 2))
        .is_multiple_of(BASE)
        .then_some(digits)
}

/// The digits, each times its place, of which the first is `weight`.
fn sum(digits: &[u64], weight: u64) -> u64 {
    (weight..)
        .zip(digits)
        .map(|(weight, digit)| weight * digit)
        .sum()
}

/// The digit that somebody meant who wrote this down; `None` for what is in no code.
pub(super) fn digit(c: char) -> Option<u64> {
    let meant = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        'Z' => '2',
        'S' => '5',
        'B' => '8',
        'V' => 'U',
        other => other,
    };
    (0..)
        .zip(ALPHABET)
        .find_map(|(digit, letter)| (char::from(*letter) == meant).then_some(digit))
}

/// Whether it stands between the characters of a code without being one.
pub(super) fn is_between(c: char) -> bool {
    c.is_whitespace() || reachcheck_model::plain::is_invisible(c) || "-‐‑–—.".contains(c)
}

#[cfg(test)]
mod tests {
    use super::{ALPHABET, BASE, checked, digit, unchecked};

    fn digits(code: &str) -> Vec<u64> {
        code.chars().filter_map(digit).collect()
    }

    #[test]
    fn no_two_characters_look_alike_and_what_looks_alike_is_understood() {
        for [shown, written] in [*b"0O", *b"1I", *b"1l", *b"2Z", *b"5s", *b"8b", *b"Uv"] {
            assert!(!ALPHABET.contains(&written.to_ascii_uppercase()));
            assert_eq!(digit(shown.into()), digit(written.into()));
            assert!(digit(shown.into()).is_some());
        }
    }

    #[test]
    fn every_single_error_and_every_swap_is_caught_at_any_length() {
        for length in 1..28_u64 {
            let plain: Vec<u64> = (0..length)
                .map(|place| (place * place * 5 + 3) % BASE)
                .collect();
            let code = digits(&checked(plain.clone()));
            assert_eq!(unchecked(code.clone()), Some(plain));
            for place in 0..code.len() {
                for other in 0..BASE {
                    let mut wrong = code.clone();
                    wrong[place] = other;
                    assert_eq!(unchecked(wrong.clone()).is_none(), wrong != code);
                }
                for other in 0..place {
                    let mut wrong = code.clone();
                    wrong.swap(place, other);
                    assert_eq!(unchecked(wrong.clone()).is_none(), wrong != code);
                }
            }
        }
        assert_eq!(unchecked(Vec::new()), None);
    }
}
