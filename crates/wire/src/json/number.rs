//! JSON numbers. `str::parse` would do, with tables of ten incompressible kilobytes.

/// A number, as serde_json tells them apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    /// Whole, and not negative.
    Natural(u64),
    /// Whole and negative.
    Negative(i64),
    /// Anything else.
    Float(f64),
}

/// Powers of ten that a double holds to the digit.
const EXACT_POWERS_MAX: i32 = 22;

/// Reads a number from the beginning of a text; gives its length, too.
///
/// Exact where the digits fit 53 bits and the power of ten is at most 10^22 (Clinger 1990): every time in
/// milliseconds is. Beyond that the last bits may be off.
pub(super) fn read(text: &[u8]) -> Result<(Number, usize), (&'static str, usize)> {
    let byte = |at: usize| text.get(at).copied().unwrap_or_default();
    let is_negative = byte(0) == b'-';
    let start = usize::from(is_negative);
    let (mut at, mut mantissa, mut exponent) = (start, 0_u64, 0_i32);
    // Digits that a `u64` cannot hold count by their place alone.
    let mut is_cut = false;
    let mut point = None;
    loop {
        match byte(at) {
            digit @ b'0'..=b'9' => {
                let more = mantissa.checked_mul(10);
                let more = more.and_then(|more| more.checked_add(u64::from(digit - b'0')));
                match more.filter(|_| !is_cut) {
                    Some(more) => {
                        mantissa = more;
                        exponent -= i32::from(point.is_some());
                    }
                    None => {
                        is_cut = true;
                        exponent = exponent.saturating_add(i32::from(point.is_none()));
                    }
                }
            }
            b'.' if point.is_none() && at > start => point = Some(at),
            _ => break,
        }
        at += 1;
    }
    let has_whole = point.unwrap_or(at) > start;
    let has_fraction = point.is_none_or(|point| at > point + 1);
    // One leading zero is a number, two are not (RFC 8259 section 6).
    let is_padded = byte(start) == b'0' && byte(start + 1).is_ascii_digit();
    if !has_whole || !has_fraction || is_padded {
        return Err(("invalid number", at + 1));
    }
    let mut is_whole = point.is_none() && !is_cut;
    if matches!(byte(at), b'e' | b'E') {
        is_whole = false;
        at += 1;
        let is_small = byte(at) == b'-';
        at += usize::from(matches!(byte(at), b'-' | b'+'));
        let first = at;
        let mut shown = 0_i32;
        while byte(at).is_ascii_digit() {
            shown = shown
                .saturating_mul(10)
                .saturating_add(i32::from(byte(at) - b'0'));
            at += 1;
        }
        if at == first {
            return Err(("invalid number", at + 1));
        }
        exponent = exponent.saturating_add(if is_small { -shown } else { shown });
    }
    let number = match i64::try_from(mantissa) {
        _ if !is_whole => None,
        // "-0" is a float: there is no negative zero among the whole numbers.
        Ok(0) if is_negative => None,
        Ok(whole) if is_negative => Some(Number::Negative(-whole)),
        _ if is_negative => None,
        _ => Some(Number::Natural(mantissa)),
    };
    if let Some(number) = number {
        return Ok((number, at));
    }
    let value = scaled(mantissa, exponent);
    if value.is_infinite() {
        return Err(("number out of range", at));
    }
    Ok((Number::Float(if is_negative { -value } else { value }), at))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "beyond 53 bits a double has no more to give"
)]
fn scaled(mantissa: u64, exponent: i32) -> f64 {
    let mut value = mantissa as f64;
    let mut left = exponent.unsigned_abs();
    // In steps: 10^-320 alone would be no normal number, times a mantissa it may be.
    while left > 0 && value != 0.0 && value.is_finite() {
        let step = left.min(EXACT_POWERS_MAX.unsigned_abs());
        let power = (0..step).fold(1.0, |power, _| power * 10.0);
        value = if exponent < 0 {
            value / power
        } else {
            value * power
        };
        left -= step;
    }
    value
}
