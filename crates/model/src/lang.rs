//! The languages that page and report have.

/// A language of page or report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lang {
    /// English.
    En,
    /// French (Canada).
    Fr,
    /// Spanish.
    Es,
}

impl Lang {
    /// Every language, in the order of the picker.
    pub const ALL: [Self; 3] = [Self::En, Self::Fr, Self::Es];

    /// The keys of all of them, in that order.
    pub const KEYS: [&'static str; Self::ALL.len()] = {
        let mut keys = [""; Self::ALL.len()];
        let mut at = 0;
        while at < keys.len() {
            keys[at] = Self::ALL[at].key();
            at += 1;
        }
        keys
    };

    /// The key in settings and in the names of the files of texts: the BCP 47 tag's first part.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Es => "es",
        }
    }

    /// The BCP 47 tag, for `html[lang]`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr-CA",
            Self::Es => "es",
        }
    }

    /// The direction in which it is read, for `html[dir]`.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        match self {
            Self::En | Self::Fr | Self::Es => "ltr",
        }
    }

    /// The language's own name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
            Self::Es => "Español",
        }
    }

    /// The language of a BCP 47 tag such as `fr`, `fr-CA` or `es-MX`, if we have it.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?.to_ascii_lowercase();
        Self::ALL.into_iter().find(|lang| lang.key() == primary)
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn a_language_is_found_by_its_key_and_by_its_tag_and_is_at_its_number() {
        for (number, lang) in Lang::ALL.into_iter().enumerate() {
            assert_eq!(lang as usize, number);
            assert_eq!(lang.tag().split('-').next(), Some(lang.key()));
            for tag in [
                lang.key().to_owned(),
                lang.tag().replace('-', "_"),
                lang.tag().to_uppercase(),
            ] {
                assert_eq!(Lang::from_tag(&tag), Some(lang), "{tag}");
            }
        }
        assert_eq!(Lang::from_tag("x"), None);
    }
}
