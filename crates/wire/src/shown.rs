//! Strings of a relay that are shown or handed on. A box that ends TLS writes what it likes in a relay's place: what is not
//! printable would break the lines of a report and of its data, and nothing of ours is.

use std::net::IpAddr;

use serde::{Deserialize, Deserializer};

use crate::FORWARDED_MAX;

/// Printable ASCII, and not much of it, as the relay writes all of its own.
fn printable(text: &str) -> String {
    let is_printable = |c: char| c.is_ascii_graphic() || c == ' ';
    let shown = text.chars().take(FORWARDED_MAX.1);
    shown
        .map(|c| if is_printable(c) { c } else { '?' })
        .collect()
}

/// A string that may be shown.
pub fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    String::deserialize(from).map(|text| printable(&text))
}

/// Names and values that may be shown.
pub fn pairs<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<(String, String)>, D::Error> {
    let pairs = Vec::<(String, String)>::deserialize(from)?;
    Ok(pairs
        .iter()
        .take(FORWARDED_MAX.0)
        .map(|(name, value)| (printable(name), printable(value)))
        .collect())
}

/// An IP address, or nothing.
pub fn address<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    let is_address = text.parse::<IpAddr>().is_ok();
    Ok(if is_address { text } else { String::new() })
}

#[cfg(test)]
mod tests {
    use crate::{Certificate, Challenge, decode};

    #[test]
    fn what_a_relay_says_stays_in_its_line() {
        let challenge = r#"{"nonce": "abcdefgh", "version": "0.1\nAddress 192.0.2.1\u202e", "origin_allowed": true,
            "busy": false, "outside": true, "ports": [], "plain": false, "saw": {"address": "192.0.2.1\n U0000",
            "forwarded": [["via\r", "1.1 prüfung\u0000"]], "tls": null, "unix_ms": 1}}"#;
        let challenge: Challenge = decode(challenge).expect("a challenge");
        assert_eq!(challenge.version, "0.1?Address 192.0.2.1?");
        assert_eq!(challenge.saw.address, "");
        let forwarded = [("via?".to_owned(), "1.1 pr?fung?".to_owned())];
        assert_eq!(challenge.saw.forwarded, forwarded);
        let long = "x".repeat(1_000);
        let certificate = format!(
            r#"{{"subject": "{long}", "issuer": "a\tb", "begins_unix": 1, "expires_unix": 2, "fault": null}}"#
        );
        let certificate: Certificate = decode(&certificate).expect("a certificate");
        assert_eq!(certificate.subject.len(), 120);
        assert_eq!(certificate.issuer, "a?b");
    }

    #[test]
    fn an_address_is_one_of_either_family() {
        for address in ["192.0.2.1", "2001:db8::7"] {
            let saw = format!(
                r#"{{"address": "{address}", "forwarded": [], "tls": null, "unix_ms": 1}}"#
            );
            let saw: crate::Saw = decode(&saw).expect("what it saw");
            assert_eq!(saw.address, address);
        }
    }
}
