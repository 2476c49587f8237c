//! Random numbers and names: such as nobody can have guessed or cached.

/// From 0 to 1.
pub fn share() -> f64 {
    js_sys::Math::random()
}

/// 20 random letters and digits, from the browser's cryptographic generator where it is there.
pub fn token() -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut bytes = [0_u8; 20];
    let filled = super::window()
        .crypto()
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes))
        .is_ok();
    if !filled {
        for byte in &mut bytes {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and 256"
            )]
            let random = (js_sys::Math::random() * 256.0) as u8;
            *byte = random;
        }
    }
    bytes
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
        .collect()
}
