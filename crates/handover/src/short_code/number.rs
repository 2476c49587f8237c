//! A whole number of any size, into which others are put and from which they are taken.

use super::characters::BASE;

/// A whole number of any size as digits in base 29, the highest first.
pub(super) struct Number(pub(super) Vec<u64>);

impl Number {
    /// One that a machine word holds.
    pub(super) fn of(value: u64) -> Self {
        let mut number = Self(Vec::new());
        number.push(1, value);
        number
    }

    /// One, and so many zeros.
    pub(super) fn power(zeros: usize) -> Self {
        let mut digits = vec![0; zeros];
        digits.insert(0, 1);
        Self(digits)
    }

    /// Times `radix`, plus `value`.
    pub(super) fn push(&mut self, radix: u64, value: u64) {
        let mut carry = value;
        for digit in self.0.iter_mut().rev() {
            carry += *digit * radix;
            *digit = carry % BASE;
            carry /= BASE;
        }
        while carry > 0 {
            self.0.insert(0, carry % BASE);
            carry /= BASE;
        }
    }

    /// Divided by `radix`; gives the remainder.
    pub(super) fn pop(&mut self, radix: u64) -> u64 {
        let mut rest = 0;
        for digit in &mut self.0 {
            rest = rest * BASE + *digit;
            *digit = rest / radix;
            rest %= radix;
        }
        rest
    }

    /// `None` where it is larger than any fingerprint.
    pub(super) fn value(&self) -> Option<u64> {
        self.0.iter().try_fold(0_u64, |value, digit| {
            value.checked_mul(BASE)?.checked_add(*digit)
        })
    }

    /// At least so many digits, zeros before the first.
    pub(super) fn digits(mut self, length: usize) -> Vec<u64> {
        while self.0.len() < length {
            self.0.insert(0, 0);
        }
        self.0
    }
}
