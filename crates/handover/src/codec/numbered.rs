//! Enums as numbers. **A number is for ever**: one that a release has written keeps its meaning, and what no
//! longer exists keeps its number. New variants take new numbers; one without a number does not compile.

/// Writes `put` and `take` for an enum, in a module of its own: each variant by its number, then its fields,
/// each by the `put` and `take` of the module that is named for it.
macro_rules! numbered {
    ($(#[$doc:meta])* $module:ident: $type:ident {
        $($number:literal => $variant:ident
            $({ $($field:ident: $by:ident),* })?
            $(( $inner:ident: $inner_by:ident ))?,)*
    }) => {
        $(#[$doc])*
        pub mod $module {
            use super::*;

            pub fn put(writer: &mut ByteWriter, value: &$type) {
                match value {
                    $($type::$variant $({ $($field),* })? $(($inner))? => {
                        writer.byte($number);
                        $($($by::put(writer, $field);)*)?
                        $($inner_by::put(writer, $inner);)?
                    })*
                }
            }

            pub fn take(reader: &mut ByteReader<'_>) -> Option<$type> {
                Some(match reader.byte()? {
                    $($number => $type::$variant
                        $({ $($field: $by::take(reader)?),* })?
                        $(($inner_by::take(reader)?))?,)*
                    _ => {
                        reader.is_newer = true;
                        return None;
                    }
                })
            }
        }
    };
}

/// Writes `put` and `take` for an optional value.
macro_rules! optional {
    ($module:ident: $by:ident, $type:ty) => {
        pub mod $module {
            use super::*;

            pub fn put(writer: &mut ByteWriter, value: &Option<$type>) {
                writer.byte(value.is_some().into());
                if let Some(value) = value {
                    $by::put(writer, value);
                }
            }

            pub fn take(reader: &mut ByteReader<'_>) -> Option<Option<$type>> {
                match reader.byte()? {
                    0 => Some(None),
                    1 => Some(Some($by::take(reader)?)),
                    _ => None,
                }
            }
        }
    };
}

/// Writes `put` and `take` for a whole number. What is read is small enough to be added up.
macro_rules! whole {
    ($module:ident: $type:ty) => {
        pub mod $module {
            use super::*;

            pub fn put(writer: &mut ByteWriter, value: &$type) {
                writer.number(*value as u64);
            }

            pub fn take(reader: &mut ByteReader<'_>) -> Option<$type> {
                reader.at_most(1 << 20)?.try_into().ok()
            }
        }
    };
}

pub(super) use {numbered, optional, whole};
