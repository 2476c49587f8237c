//! Taking a type out of a value.

use super::Node;

/// What can be read from JSON.
pub trait FromJson {
    /// Takes it out of a value. What is wrong is noted there, and anything stands in.
    fn from_json(node: &Node<'_>) -> Self;
}

impl FromJson for String {
    fn from_json(node: &Node<'_>) -> Self {
        node.text().to_owned()
    }
}

impl FromJson for bool {
    fn from_json(node: &Node<'_>) -> Self {
        node.flag()
    }
}

impl FromJson for f64 {
    fn from_json(node: &Node<'_>) -> Self {
        node.number()
    }
}

impl FromJson for i64 {
    fn from_json(node: &Node<'_>) -> Self {
        node.whole()
    }
}

macro_rules! natural_numbers {
    ($($number:ident)*) => {
        $(impl FromJson for $number {
            fn from_json(node: &Node<'_>) -> Self {
                let number = node.natural(Self::MAX.into(), stringify!($number));
                Self::try_from(number).unwrap_or_default()
            }
        })*
    };
}

natural_numbers!(u16 u32 u64);

/// Nothing where there is nothing.
impl<T: FromJson> FromJson for Option<T> {
    fn from_json(node: &Node<'_>) -> Self {
        node.given().map(T::from_json)
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn from_json(node: &Node<'_>) -> Self {
        Self::new(T::from_json(node))
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(node: &Node<'_>) -> Self {
        let items = 0..node.count();
        items.map(|index| T::from_json(&node.item(index))).collect()
    }
}

/// A pair is a list of two.
impl FromJson for (String, String) {
    fn from_json(node: &Node<'_>) -> Self {
        if node.count() != 2 {
            node.note_at_end("expected two items".to_owned());
        }
        let item = |index| String::from_json(&node.item(index));
        (item(0), item(1))
    }
}

/// How a struct is read, and written: every field, by its own name. `strict` refuses other keys; they are passed over otherwise, since
/// a newer relay may say more.
#[macro_export]
macro_rules! fields {
    (strict $type:ident { $($field:ident),* $(,)? }) => {
        impl $crate::json::FromJson for $type {
            fn from_json(node: &$crate::json::Node<'_>) -> Self {
                node.refuse_others(&[$(stringify!($field)),*]);
                Self { $($field: $crate::json::FromJson::from_json(&node.field(stringify!($field)))),* }
            }
        }
    };
    ($type:ident { $($field:ident),* $(,)? }) => {
        $crate::writes!(struct $type { $($field),* });
        impl $crate::json::FromJson for $type {
            fn from_json(node: &$crate::json::Node<'_>) -> Self {
                Self { $($field: $crate::json::FromJson::from_json(&node.field(stringify!($field)))),* }
            }
        }
    };
}

/// The words of an enum without content, as serde writes them; [`words!`](crate::words) gives each variant its own.
pub trait Words: Sized {
    /// The variant's word.
    fn word(&self) -> &'static str;

    /// The variant of a word.
    fn from_word(word: &str) -> Option<Self>;
}

/// How an enum without content is read, and written: each variant's word, as serde writes it.
#[macro_export]
macro_rules! words {
    ($type:ident { $($word:literal => $variant:ident),* $(,)? }) => {
        impl $crate::json::Words for $type {
            fn word(&self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
        impl $crate::json::FromJson for $type {
            fn from_json(node: &$crate::json::Node<'_>) -> Self {
                [$(Self::$variant),*][node.word(&[$($word),*])]
            }
        }
        impl $crate::json::ToJson for $type {
            fn to_json(&self, out: &mut String) {
                $crate::json::ToJson::to_json($crate::json::Words::word(self), out);
            }
        }
    };
}

/// How an enum with content is read, and written: by the word under its tag, then the fields of that variant.
#[macro_export]
macro_rules! tagged {
    ($tag:literal of $type:ident {
        $first_word:literal => $first:ident { $($first_field:ident),* },
        $($word:literal => $variant:ident { $($field:ident),* }),* $(,)?
    }) => {
        impl $crate::json::FromJson for $type {
            fn from_json(node: &$crate::json::Node<'_>) -> Self {
                match node.tag($tag, &[$first_word, $($word),*]) {
                    $($word => Self::$variant {
                        $($field: $crate::json::FromJson::from_json(&node.field(stringify!($field)))),*
                    },)*
                    // Or none of these, which has been noted.
                    _ => Self::$first {
                        $($first_field: $crate::json::FromJson::from_json(&node.field(stringify!($first_field)))),*
                    },
                }
            }
        }
        impl $crate::json::ToJson for $type {
            fn to_json(&self, out: &mut String) {
                match self {
                    Self::$first { $($first_field),* } => $crate::object!(out {
                        $tag => &$first_word, $(stringify!($first_field) => $first_field),*
                    }),
                    $(Self::$variant { $($field),* } => $crate::object!(out {
                        $tag => &$word, $(stringify!($field) => $field),*
                    }),)*
                }
            }
        }
    };
}
