//! Thirty-two symbols that survive what mail, chat and people do to text.
//!
//! The alphabet is Douglas Crockford's Base32: letters may change their case, `O` is read as `0`, `I` and
//! `L` as `1`. There is no punctuation in it that a program could make typographic, take for markup or leave
//! out of a link. `U` is not a symbol, and begins a line of the data block.

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The character of a symbol.
pub fn letter(symbol: u8) -> char {
    char::from(ALPHABET[usize::from(symbol & 31)])
}

/// For each ASCII character its symbol; 255 for none.
const SYMBOLS: [u8; 128] = {
    let mut table = [255; 128];
    let mut symbol = 0;
    while symbol < 32 {
        let letter = ALPHABET[symbol];
        table[letter as usize] = symbol as u8;
        table[letter.to_ascii_lowercase() as usize] = symbol as u8;
        symbol += 1;
    }
    table[b'O' as usize] = 0;
    table[b'o' as usize] = 0;
    table[b'I' as usize] = 1;
    table[b'i' as usize] = 1;
    table[b'L' as usize] = 1;
    table[b'l' as usize] = 1;
    table
};

/// The symbol of a character.
pub fn symbol(c: char) -> Option<u8> {
    let symbol = SYMBOLS.get(c as usize)?;
    (*symbol < 32).then_some(*symbol)
}

/// Bytes as symbols, five bits each; the last one is filled up with zeros.
pub fn from_bytes(bytes: &[u8]) -> Vec<u8> {
    let mut symbols = Vec::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut bits, mut held) = (0_u32, 0);
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            symbols.push((bits >> held & 31) as u8);
        }
    }
    if held > 0 {
        symbols.push((bits << (5 - held) & 31) as u8);
    }
    symbols
}

/// Symbols as bytes; bits that make no whole byte are left out.
pub fn to_bytes(symbols: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(symbols.len() * 5 / 8);
    let (mut bits, mut held) = (0_u32, 0);
    for symbol in symbols {
        bits = bits << 5 | u32::from(*symbol);
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 255) as u8);
        }
    }
    bytes
}

/// A check of fifteen bits over symbols (the CRC-15 of CAN, ISO 11898-1): it misses no change of up to three
/// neighbouring symbols, so no single one and no swap of two.
pub fn check(symbols: &[u8]) -> [u8; 3] {
    let mut crc = 0x2a5b_u16;
    for symbol in symbols {
        for bit in (0..5).rev() {
            let top = crc >> 14 ^ u16::from(symbol >> bit & 1);
            crc = crc << 1 & 0x7fff;
            if top & 1 == 1 {
                crc ^= 0x4599;
            }
        }
    }
    [crc >> 10, crc >> 5, crc].map(|part| (part & 31) as u8)
}

/// CRC-32 (ISO 3309, as in Ethernet and PNG).
pub fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = crc >> 1 ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::{check, crc32, from_bytes, letter, symbol, to_bytes};

    #[test]
    fn symbols_come_back_in_either_case() {
        for value in 0..32 {
            assert_eq!(symbol(letter(value)), Some(value));
            assert_eq!(symbol(letter(value).to_ascii_lowercase()), Some(value));
        }
        assert_eq!(['O', 'l', 'I'].map(symbol), [Some(0), Some(1), Some(1)]);
        assert_eq!(['U', 'u', 'é', '-', ' '].map(symbol), [None; 5]);
    }

    #[test]
    fn bytes_come_back() {
        for length in 0..20_u8 {
            let bytes: Vec<u8> = (0..length).map(|byte| byte.wrapping_mul(37)).collect();
            assert_eq!(to_bytes(&from_bytes(&bytes)), bytes);
        }
    }

    #[test]
    fn known_checksum() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn the_check_misses_no_single_change_and_no_swap() {
        let symbols: Vec<u8> = (0..68_u8).map(|index| index % 32 * 7 % 32).collect();
        let right = check(&symbols);
        for place in 0..symbols.len() {
            for change in 1..32 {
                let mut wrong = symbols.clone();
                wrong[place] ^= change;
                assert_ne!(check(&wrong), right);
            }
            let mut swapped = symbols.clone();
            swapped.swap(place, (place + 1) % symbols.len());
            if swapped != symbols {
                assert_ne!(check(&swapped), right);
            }
        }
    }
}
