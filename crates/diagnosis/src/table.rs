//! The table of findings: what `findings!` makes of it.

/// Makes of each line `module: Name` a variant of [`Code`](crate::findings::Code) and of
/// [`Cause`](crate::findings::Cause), in the order of the lines: the order of importance. Whatever goes through all
/// findings is written here, once.
macro_rules! findings {
    ($($module:ident: $name:ident,)*) => {
        $(pub use $module::$name;)*

        /// What a finding is called: in page, report and docs by its token.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = concat!("See [`", stringify!($name), "`].")] $name,)*
        }

        impl Code {
            /// Every code, in order of importance.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// What its file says of it.
            #[must_use]
            pub const fn meta(self) -> &'static Meta {
                const METAS: &[&Meta] = &[$(&$module::META,)*];
                METAS[self as usize]
            }

            /// Its evidence in the forms that the helpdesk's guide shows.
            #[must_use]
            pub fn examples(self) -> Vec<Cause> {
                match self {
                    $(Self::$name => $name::examples().into_iter().map(Cause::$name).collect(),)*
                }
            }

            /// Its evidence in all other forms that are said in words of their own.
            #[must_use]
            pub fn further_examples(self) -> Vec<Cause> {
                match self {
                    $(Self::$name => {
                        $name::further_examples().into_iter().map(Cause::$name).collect()
                    })*
                }
            }
        }

        /// What a rule found, with its evidence.
        #[derive(Clone, PartialEq)]
        pub enum Cause {
            $(#[doc = concat!("See [`", stringify!($name), "`].")] $name($name),)*
        }

        impl Cause {
            /// The code of the finding.
            #[must_use]
            pub const fn code(&self) -> Code {
                match self {
                    $(Self::$name(_) => Code::$name,)*
                }
            }

            /// Which form of each sentence fits, and the values that the sentences name.
            #[must_use]
            pub fn phrasing(&self, about: Circumstances) -> Phrasing<'_> {
                match self {
                    $(Self::$name(evidence) => evidence.phrasing(about),)*
                }
            }
        }

        impl fmt::Debug for Cause {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$name(evidence) => evidence.fmt(formatter),)*
                }
            }
        }

        /// The rules, in the order of the codes.
        pub(crate) const RULES: &[fn(&Facts<'_>) -> Vec<$crate::finding::Finding>] = &[$($module::find,)*];
    };
}

pub(crate) use findings;
