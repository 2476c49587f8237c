//! Which browser a request says it comes from, read narrowly: only a User-Agent in which every word is known
//! names a browser. Bots, apps with a browser inside, and browsers with a word of their own stay unknown, for
//! they may bring a TLS of their own.

/// Makers of TLS whose hellos we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsStack {
    /// Chrome, Edge, Opera, Chromium: BoringSSL as Chromium sets it up.
    Chromium,
    /// NSS as Firefox sets it up.
    Firefox,
}

/// A browser that a User-Agent names. Safari and every browser on iOS use Apple's TLS, of which we have no
/// measurement; they are not named here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Browser {
    /// Whose TLS.
    pub family: TlsStack,
    /// Major version of Chromium or Firefox.
    pub version: u32,
}

/// What Chromium's WebKit has been called since 2013. WebKit itself says 605 or more, on iOS under any name.
const BLINK: &str = "AppleWebKit/537.36";

impl Browser {
    /// Reads the value of a User-Agent header.
    pub fn named(user_agent: &str) -> Option<Self> {
        let words = words(user_agent)?;
        let (family, versioned, beside) = if words.contains(&BLINK) {
            (TlsStack::Chromium, &CHROMIUM[..], &BESIDE_CHROMIUM[..])
        } else {
            (TlsStack::Firefox, &FIREFOX[..], &BESIDE_FIREFOX[..])
        };
        let mut version = None;
        for word in words {
            let (name, number) = word.split_once('/').unwrap_or((word, ""));
            if versioned.contains(&name) {
                let major = number.split('.').next()?.parse().ok()?;
                // Twice a version is what no browser writes.
                if version.replace(major).is_some() {
                    return None;
                }
            } else if word != BLINK && !beside.contains(&name) {
                return None;
            }
        }
        let version = version?;
        Some(Self { family, version })
    }
}

/// Words that carry Chromium's version.
const CHROMIUM: [&str; 3] = ["Chrome", "HeadlessChrome", "Chromium"];
/// Words beside it that do not change the TLS: Edge and Opera on computers and Android.
const BESIDE_CHROMIUM: [&str; 6] = ["Mozilla", "Safari", "Mobile", "Edg", "EdgA", "OPR"];
/// The word that carries Firefox's version.
const FIREFOX: [&str; 1] = ["Firefox"];
/// Words beside it.
const BESIDE_FIREFOX: [&str; 2] = ["Mozilla", "Gecko"];
/// Words in the comments of programs that only say that they are like a browser.
const PRETENDERS: [&str; 4] = ["compatible", "bot", "crawl", "spider"];

/// The words outside the comments (RFC 9110 section 10.1.5); `None` if a comment does not end, or is a
/// pretender's.
fn words(user_agent: &str) -> Option<Vec<&str>> {
    let (mut words, mut rest) = (Vec::new(), user_agent);
    loop {
        let Some((before, after)) = rest.split_once('(') else {
            words.extend(rest.split_ascii_whitespace());
            return Some(words);
        };
        words.extend(before.split_ascii_whitespace());
        let (comment, after) = after.split_once(')')?;
        let comment = comment.to_ascii_lowercase();
        if PRETENDERS.iter().any(|word| comment.contains(word)) {
            return None;
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::{Browser, TlsStack};

    const WINDOWS: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
    const LIKE: &str = "AppleWebKit/537.36 (KHTML, like Gecko)";

    fn named(user_agent: &str) -> Option<(TlsStack, u32)> {
        Browser::named(user_agent).map(|browser| (browser.family, browser.version))
    }

    #[test]
    fn browsers_of_the_two_families() {
        for words in [
            "Chrome/156.0.0.0 Safari/537.36",
            "Chrome/156.0.0.0 Safari/537.36 Edg/156.0.3800.70",
            "Chrome/156.0.0.0 Mobile Safari/537.36",
            "Chrome/156.0.0.0 Mobile Safari/537.36 EdgA/156.0.0.0",
            "Chrome/156.0.0.0 Safari/537.36 OPR/140.0.0.0",
            "HeadlessChrome/156.0.0.0 Safari/537.36",
        ] {
            let user_agent = format!("{WINDOWS} {LIKE} {words}");
            assert_eq!(
                named(&user_agent),
                Some((TlsStack::Chromium, 156)),
                "{words}"
            );
        }
        for comment in [
            "Windows NT 10.0; Win64; x64; rv:153.0",
            "Android 16; Mobile; rv:153.0",
        ] {
            let user_agent = format!("Mozilla/5.0 ({comment}) Gecko/20100101 Firefox/153.0");
            assert_eq!(named(&user_agent), Some((TlsStack::Firefox, 153)));
        }
    }

    #[test]
    fn everything_else_is_unknown() {
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
        for user_agent in [
            String::new(),
            "curl/7.88.1".to_owned(),
            "Mozilla/5.0".to_owned(),
            // Apple's TLS, whatever the browser.
            format!("{iphone} Version/18.0 Mobile/15E148 Safari/604.1"),
            format!("{iphone} CriOS/156.0.0.0 Mobile/15E148 Safari/604.1"),
            format!("{iphone} FxiOS/153.0 Mobile/15E148 Safari/605.1.15"),
            format!("{iphone} EdgiOS/156.0.0.0 Version/18.0 Mobile/15E148 Safari/604.1"),
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/60.5 Safari/605.1.15".to_owned(),
            // Apps, and browsers with a word of their own.
            format!("Mozilla/5.0 (Linux; Android 16; wv) {LIKE} Version/4.0 Chrome/156.0.0.0 Mobile Safari/537.36"),
            format!("{WINDOWS} {LIKE} Chrome/140.0.0.0 Electron/38.0.0 Safari/537.36"),
            format!("{WINDOWS} {LIKE} Chrome/100.0.4896.58 UCBrowser/13.4 Safari/537.36"),
            "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0 SeaMonkey/2.53".to_owned(),
            // Internet Explorer, also as Edge's IE mode, and the first Edge.
            "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko".to_owned(),
            format!("{WINDOWS} {LIKE} Chrome/64.0.3282.140 Safari/537.36 Edge/18.17763"),
            // Pretenders.
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1) Chrome/156.0.0.0 Safari/537.36".to_owned(),
            // Torn or doubled.
            format!("{WINDOWS} AppleWebKit/537.36 (KHTML, like Gecko Chrome/156.0.0.0"),
            format!("{WINDOWS} {LIKE} Chrome/156.0.0.0 Chrome/20.0 Safari/537.36"),
            format!("{WINDOWS} {LIKE} Chrome/x Safari/537.36"),
            format!("{WINDOWS} {LIKE} Safari/537.36"),
        ] {
            assert_eq!(named(&user_agent), None, "{user_agent}");
        }
    }
}
