//! Which page is asking. An origin is not a password, a script can say any; it keeps other sites' pages
//! from using our relay through their visitors' browsers. The limits hold against the rest.

use hyper::HeaderMap;
use hyper::header::{HOST, HeaderName, ORIGIN};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The one value of a header; `None` if it is absent, repeated or not text.
pub fn single<'headers>(headers: &'headers HeaderMap, name: &HeaderName) -> Option<&'headers str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

/// The origin that asks: the header, or, for a same-origin GET, which browsers send without one, the
/// host's own.
pub fn asking(headers: &HeaderMap, is_tls: bool) -> Option<String> {
    if headers.contains_key(ORIGIN) {
        return single(headers, &ORIGIN).map(str::to_owned);
    }
    if single(headers, &SEC_FETCH_SITE) != Some("same-origin") {
        return None;
    }
    let scheme = if is_tls { "https" } else { "http" };
    Some(format!("{scheme}://{}", single(headers, &HOST)?))
}

/// Whether that origin is on the list, exactly as it stands there. `null` never is.
pub fn is_allowed(origin: Option<&str>, origins: &[String]) -> bool {
    origin.is_some_and(|origin| origins.iter().any(|allowed| allowed == origin))
}

#[cfg(test)]
mod tests {
    use hyper::HeaderMap;
    use hyper::header::{HeaderName, HeaderValue};

    use super::{asking, is_allowed};

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.append(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            );
        }
        map
    }

    #[test]
    fn only_the_listed_origin_itself_is_allowed() {
        let origins = ["https://check.example.com".to_owned()];
        for (pairs, allowed) in [
            (vec![("origin", "https://check.example.com")], true),
            (vec![("origin", "https://check.example.com:443")], false),
            (
                vec![("origin", "https://check.example.com.evil.example")],
                false,
            ),
            (vec![("origin", "http://check.example.com")], false),
            (vec![("origin", "null")], false),
            (vec![], false),
            (
                vec![
                    ("origin", "https://check.example.com"),
                    ("origin", "https://evil.example"),
                ],
                false,
            ),
            (vec![("host", "check.example.com")], false),
            (
                vec![
                    ("host", "check.example.com"),
                    ("sec-fetch-site", "cross-site"),
                ],
                false,
            ),
            (
                vec![
                    ("host", "check.example.com"),
                    ("sec-fetch-site", "same-origin"),
                ],
                true,
            ),
            (
                vec![("host", "evil.example"), ("sec-fetch-site", "same-origin")],
                false,
            ),
            (
                vec![
                    ("host", "check.example.com"),
                    ("sec-fetch-site", "same-origin"),
                    ("origin", "https://evil.example"),
                ],
                false,
            ),
        ] {
            let origin = asking(&headers(&pairs), true);
            assert_eq!(
                is_allowed(origin.as_deref(), &origins),
                allowed,
                "{pairs:?}"
            );
        }
    }
}
