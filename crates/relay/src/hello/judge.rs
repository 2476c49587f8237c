//! A hello beside the browser that its request names.
//!
//! It is judged by features, never by a fingerprint: a fingerprint nobody has seen is most often next month's
//! browser. *Inconsistent* needs one feature that no version of that family since 2021 can show, with no
//! setting an administrator has; *consistent* needs that everything in the hello is known of the family; all
//! between is *unknown*.
//!
//! Deliberately not judged: the post-quantum key share (Chromium's and Firefox's policies switch it off, and
//! OpenSSL has it since 3.5), the count of extensions (resumption, padding and Encrypted Client Hello change
//! it), and the order of anything (Chromium shuffles its extensions).

use reachcheck_wire::Consistency;

use super::browser::{Browser, TlsStack};
use super::known;
use super::parse::{ClientHello, has_grease, without_grease};

/// What of a hello the judgement needs: a few bits, so that a connection need not keep the hello.
#[derive(Clone, Copy, Debug)]
pub struct Marks {
    foreign: bool,
    grease: bool,
    grease_as_chromium: bool,
    tls13: bool,
    record_size_limit: bool,
    alps_as_chromium: bool,
    known_of_chromium: bool,
    known_of_firefox: bool,
}

impl Marks {
    /// Reads them.
    pub fn of(hello: &ClientHello) -> Self {
        let suites = without_grease(&hello.suites);
        let extensions = without_grease(&hello.extensions);
        // Chromium puts GREASE in all five (RFC 8701 section 3.1); since 156 in `signatures`, too.
        let places = [
            &hello.suites,
            &hello.extensions,
            &hello.versions,
            &hello.groups,
            &hello.key_shares,
        ];
        let mut greased = places.into_iter().map(|values| has_grease(values));
        let known = |all_suites: &[u16], all_extensions: &[u16]| {
            within(&suites, all_suites) && within(&extensions, all_extensions)
        };
        let has_alps = known::ALPS.iter().any(|alps| extensions.contains(alps));
        Self {
            foreign: shares(&suites, &known::FOREIGN_SUITES)
                || shares(&extensions, &known::FOREIGN_EXTENSIONS)
                || shares(&hello.groups, &known::FOREIGN_GROUPS)
                || shares(&hello.signatures, &known::FOREIGN_SIGNATURES),
            grease: greased.clone().any(|has| has) || has_grease(&hello.signatures),
            grease_as_chromium: greased.all(|has| has),
            tls13: hello.versions.contains(&0x0304),
            record_size_limit: extensions.contains(&known::RECORD_SIZE_LIMIT),
            alps_as_chromium: hello.offers(b"http/1.1") && (has_alps || !hello.offers(b"h2")),
            known_of_chromium: known(&known::CHROMIUM_SUITES, &known::CHROMIUM_EXTENSIONS),
            known_of_firefox: known(&known::FIREFOX_SUITES, &known::FIREFOX_EXTENSIONS),
        }
    }

    /// The judgement; without a known browser there is none.
    pub fn beside(&self, browser: Option<Browser>) -> Consistency {
        let Some(Browser { family, version }) = browser else {
            return Consistency::Unknown;
        };
        let (contradicts, agrees, since) = match family {
            TlsStack::Chromium => (
                self.contradicts_chromium(),
                self.agrees_with_chromium(),
                known::CHROMIUM_SINCE,
            ),
            TlsStack::Firefox => (
                self.contradicts_firefox(version),
                self.agrees_with_firefox(),
                known::FIREFOX_SINCE,
            ),
        };
        match (version >= since, contradicts, agrees) {
            (true, true, _) => Consistency::Inconsistent,
            (true, false, true) => Consistency::Consistent,
            _ => Consistency::Unknown,
        }
    }

    const fn contradicts_chromium(&self) -> bool {
        // Neither library can send it: what OpenSSL, GnuTLS and Schannel have more than BoringSSL and NSS.
        self.foreign
            // GREASE is on since Chrome 55 (chromestatus 6475903378915328), and no policy switches it off.
            || !self.grease
            // TLS 1.3 is on since Chrome 70; the policy that could switch it off, SSLVersionMax, ended with 74.
            || !self.tls13
    }

    const fn agrees_with_chromium(&self) -> bool {
        self.known_of_chromium && self.grease_as_chromium && self.tls13 && self.alps_as_chromium
    }

    const fn contradicts_firefox(&self, version: u32) -> bool {
        // A Firefox without TLS 1.3 is possible, by its policy SSLVersionMax.
        self.foreign
            || version <= known::FIREFOX_UNTIL
                // NSS can do GREASE, but Firefox leaves it off over TCP (measured in 153; its preference
                // `security.tls.grease_http3_enable` is of HTTP/3 alone).
                && (self.grease
                    // See the constant. Go, rustls, BoringSSL and Schannel do not send it.
                    || !self.record_size_limit)
    }

    const fn agrees_with_firefox(&self) -> bool {
        self.known_of_firefox && !self.grease && self.tls13 && self.record_size_limit
    }
}

fn shares(values: &[u16], table: &[u16]) -> bool {
    values.iter().any(|value| table.contains(value))
}

fn within(values: &[u16], table: &[u16]) -> bool {
    values.iter().all(|value| table.contains(value))
}
