//! Writing JSON, as serde_json writes it, but for the digits of a float: three decimals are a microsecond.

/// What can be written as JSON.
pub trait ToJson {
    /// Puts it at the end of `out`.
    fn to_json(&self, out: &mut String);
}

/// A value as JSON.
#[must_use]
pub fn write(value: &dyn ToJson) -> String {
    let mut out = String::new();
    value.to_json(&mut out);
    out
}

impl ToJson for str {
    fn to_json(&self, out: &mut String) {
        out.push('"');
        for c in self.chars() {
            match c {
                '"' | '\\' => out.extend(['\\', c]),
                '\0'..' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
                c => out.push(c),
            }
        }
        out.push('"');
    }
}

impl ToJson for String {
    fn to_json(&self, out: &mut String) {
        self.as_str().to_json(out);
    }
}

impl ToJson for f64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds since 1970 have 13 digits, and three more here: an `i64` has 18"
    )]
    fn to_json(&self, out: &mut String) {
        let thousandths = (*self * 1000.0).round() as i64;
        let sign = if thousandths < 0 { "-" } else { "" };
        let thousandths = thousandths.unsigned_abs();
        let shown = format!("{sign}{}.{:03}", thousandths / 1000, thousandths % 1000);
        let shown = shown.trim_end_matches('0');
        out.push_str(shown);
        if shown.ends_with('.') {
            out.push('0');
        }
    }
}

impl ToJson for u64 {
    fn to_json(&self, out: &mut String) {
        out.push_str(&self.to_string());
    }
}

impl ToJson for i64 {
    fn to_json(&self, out: &mut String) {
        if *self < 0 {
            out.push('-');
        }
        self.unsigned_abs().to_json(out);
    }
}

impl ToJson for usize {
    fn to_json(&self, out: &mut String) {
        (*self as u64).to_json(out);
    }
}

/// By way of the widest, so that there is one that writes digits.
macro_rules! small_numbers {
    ($($type:ty)*) => {
        $(impl ToJson for $type {
            fn to_json(&self, out: &mut String) {
                u64::from(*self).to_json(out);
            }
        })*
    };
}

small_numbers!(u8 u16 u32);

impl ToJson for bool {
    fn to_json(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

impl<T: ToJson + ?Sized> ToJson for &T {
    fn to_json(&self, out: &mut String) {
        (**self).to_json(out);
    }
}

impl<T: ToJson + ?Sized> ToJson for Box<T> {
    fn to_json(&self, out: &mut String) {
        (**self).to_json(out);
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn to_json(&self, out: &mut String) {
        match self {
            Some(value) => value.to_json(out),
            None => out.push_str("null"),
        }
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn to_json(&self, out: &mut String) {
        list(self.iter().map(|item| item as &dyn ToJson), out);
    }
}

impl<A: ToJson, B: ToJson> ToJson for (A, B) {
    fn to_json(&self, out: &mut String) {
        write_list(&[&self.0, &self.1], out);
    }
}

/// A list of these.
pub fn write_list(items: &[&dyn ToJson], out: &mut String) {
    list(items.iter().copied(), out);
}

fn list<'item>(items: impl Iterator<Item = &'item dyn ToJson>, out: &mut String) {
    out.push('[');
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push(',');
        }
        item.to_json(out);
    }
    out.push(']');
}

/// Puts an entry into the object that `out` ends with, which is open still.
pub fn write_entry(out: &mut String, key: &str, value: &dyn ToJson) {
    if !out.ends_with('{') {
        out.push(',');
    }
    key.to_json(out);
    out.push(':');
    value.to_json(out);
}

/// Writes an object, entry by entry: that weighs less than a list of them.
#[macro_export]
macro_rules! object {
    ($out:ident { $($key:expr => $value:expr),* $(,)? }) => {{
        $out.push('{');
        $($crate::json::write_entry($out, $key, $value);)*
        $out.push('}');
    }};
}

/// How a struct or an enum is written: as serde writes it, an enum by the names of its variants.
#[macro_export]
macro_rules! writes {
    (struct $type:ident { $($field:ident),* $(,)? }) => {
        impl $crate::json::ToJson for $type {
            fn to_json(&self, out: &mut String) {
                let Self { $($field),* } = self;
                $crate::object!(out { $(stringify!($field) => $field),* });
            }
        }
    };
    (enum $type:ident { $($variant:ident $( { $($field:ident),* } )? $( ( $($item:ident),* ) )?),* $(,)? }) => {
        impl $crate::json::ToJson for $type {
            fn to_json(&self, out: &mut String) {
                match self {
                    $(Self::$variant $( { $($field),* } )? $( ( $($item),* ) )? => {
                        $crate::writes!(variant out $variant $( { $($field),* } )? $( ( $($item),* ) )?);
                    })*
                }
            }
        }
    };
    (variant $out:ident $variant:ident) => { $crate::json::ToJson::to_json(stringify!($variant), $out) };
    (variant $out:ident $variant:ident { $($field:ident),* }) => {
        $out.push_str(concat!("{\"", stringify!($variant), "\":"));
        $crate::object!($out { $(stringify!($field) => $field),* });
        $out.push('}');
    };
    (variant $out:ident $variant:ident ( $item:ident )) => {
        $crate::object!($out { stringify!($variant) => $item })
    };
    (variant $out:ident $variant:ident ( $($item:ident),* )) => {
        $out.push_str(concat!("{\"", stringify!($variant), "\":"));
        $crate::json::write_list(&[$($item),*], $out);
        $out.push('}');
    };
}
