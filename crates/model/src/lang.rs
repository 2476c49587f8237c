//! The languages that page and report have.

/// Writes the enum of the languages and what is known of each: in settings and the names of the files of texts it is its
/// key, in documents its tag (BCP 47), of which the key is the first part, and to people its own name; then its direction,
/// and the whole numbers that it says in the singular.
macro_rules! languages {
    ($($(#[$doc:meta])* $lang:ident = $key:literal, $tag:literal, $name:literal, $direction:literal, [$($singular:literal),+];)+) => {
        /// A language of page or report.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Lang {
            $($(#[$doc])* $lang,)+
        }

        impl Lang {
            /// The keys of all languages, in the order of [`Lang::ALL`].
            pub const KEYS: [&'static str; [$($key),+].len()] = [$($key),+];

            /// Every language, in the order of the picker.
            pub const ALL: [Self; Self::KEYS.len()] = [$(Self::$lang),+];

            /// The key in settings, and in the names of the files of texts.
            #[must_use]
            pub const fn key(self) -> &'static str {
                Self::KEYS[self as usize]
            }

            /// The BCP 47 tag, for `html[lang]`.
            #[must_use]
            pub const fn tag(self) -> &'static str {
                match self {
                    $(Self::$lang => $tag,)+
                }
            }

            /// The language's own name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$lang => $name,)+
                }
            }

            /// The direction in which it is read, for `html[dir]`.
            #[must_use]
            pub const fn direction(self) -> &'static str {
                match self {
                    $(Self::$lang => $direction,)+
                }
            }

            /// Whether a number of things is said in the singular: the CLDR's plural category `one`.
            #[must_use]
            pub const fn is_singular(self, number: i64) -> bool {
                match self {
                    $(Self::$lang => matches!(number, $($singular)|+),)+
                }
            }
        }
    };
}

languages! {
    /// English.
    En = "en", "en", "English", "ltr", [1];
    /// French (Canada).
    Fr = "fr", "fr-CA", "Français", "ltr", [0, 1];
    /// Spanish.
    Es = "es", "es", "Español", "ltr", [1];
    /// Portuguese (Brazil).
    Pt = "pt", "pt-BR", "Português (Brasil)", "ltr", [0, 1];
}

impl Lang {
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

    #[test]
    fn nothing_is_singular_in_some_languages() {
        let singular = |lang: Lang| [0, 1, 2].map(|number| lang.is_singular(number));
        assert_eq!(singular(Lang::En), [false, true, false]);
        assert_eq!(singular(Lang::Fr), [true, true, false]);
    }
}
