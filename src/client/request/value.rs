//! What a caller hands over, free of Python: the arguments of a call, the cells of a row.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::client::request::multipart::Upload;

/// A value on its way to the service.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Not given: `None`, and in a row also NaN, NaT and the empty text.
    Null,
    Bool(bool),
    Integer(i64),
    /// Decimal digits of a number that `i64` or `f64` would change: a big integer or a `Decimal`.
    Digits(String),
    Float(f64),
    /// Text, and what is written as text: dates, UUIDs, members of string enums.
    Text(String),
    /// A file to upload.
    File(Upload),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

impl Value {
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The entries of a mapping.
    pub fn pairs(&self) -> Option<&[(String, Self)]> {
        match self {
            Self::Map(pairs) => Some(pairs),
            _ => None,
        }
    }

    /// What the value is called in an error message.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "None",
            Self::Bool(_) => "a bool",
            Self::Integer(_) | Self::Digits(_) => "a number",
            Self::Float(_) => "a float",
            Self::Text(_) => "text",
            Self::File(_) => "a file",
            Self::List(_) => "a list",
            Self::Map(_) => "a mapping",
        }
    }

    /// The value as text, by the one rule that metadata and paths follow; `None` for what has no text.
    ///
    /// Text stays as it is, `true` and `false` are written as words, numbers in plain decimal digits, and an integral
    /// float below 2^53 without a fraction, because data frames turn whole columns of integers into floats.
    pub fn as_text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Bool(value) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
            Self::Integer(value) => Some(Cow::Owned(value.to_string())),
            Self::Digits(digits) => Some(Cow::Borrowed(digits)),
            Self::Float(value) => float_as_text(*value).map(Cow::Owned),
            Self::Null | Self::File(_) | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// Appends the value as JSON. NaN and infinities have no JSON: they are refused before this is called.
    pub fn write_json(&self, out: &mut String) {
        match self {
            // A file is never part of JSON: a form carries it.
            Self::Null | Self::File(_) => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Integer(value) => {
                let _ = write!(out, "{value}");
            }
            Self::Digits(digits) => out.push_str(digits),
            Self::Float(value) => out.push_str(&serde_json::Value::from(*value).to_string()),
            Self::Text(text) => write_json_text(text, out),
            Self::List(items) => {
                out.push('[');
                separated(items, out, |item, out| item.write_json(out));
                out.push(']');
            }
            Self::Map(pairs) => {
                out.push('{');
                separated(pairs, out, |(key, value), out| {
                    write_json_text(key, out);
                    out.push(':');
                    value.write_json(out);
                });
                out.push('}');
            }
        }
    }
}

/// Appends `text` as a JSON string.
pub fn write_json_text(text: &str, out: &mut String) {
    out.push('"');
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(text.get(plain..at).unwrap_or_default());
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            _ => {
                let _ = write!(out, "\\u{byte:04x}");
            }
        }
        plain = at + 1;
    }
    out.push_str(text.get(plain..).unwrap_or_default());
    out.push('"');
}

/// Calls `write` for each item, with commas between.
pub fn separated<T>(items: &[T], out: &mut String, mut write: impl FnMut(&T, &mut String)) {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(item, out);
    }
}

fn float_as_text(value: f64) -> Option<String> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if !value.is_finite() {
        return None;
    }
    // Display of f64 never uses an exponent and reads back as the same number.
    Some(if value == 0.0 {
        "0".to_owned()
    } else if value.fract() == 0.0 && value.abs() >= EXACT {
        format!("{value:e}")
    } else {
        value.to_string()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn json(value: &Value) -> String {
        let mut out = String::new();
        value.write_json(&mut out);
        out
    }

    #[test]
    fn numbers_are_written_plainly() {
        for (value, text) in [(3.0, "3"), (-0.0, "0"), (0.1, "0.1"), (1e-7, "0.0000001"), (1.5e300, "1.5e300")] {
            assert_eq!(Value::Float(value).as_text().as_deref(), Some(text));
        }
        assert_eq!(Value::Float(f64::NAN).as_text(), None);
        assert_eq!(Value::Bool(true).as_text().as_deref(), Some("true"));
        assert_eq!(Value::Digits("18446744073709551616".into()).as_text().as_deref(), Some("18446744073709551616"));
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let scalar = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<i64>().prop_map(Value::Integer),
            any::<u64>().prop_map(|digits| Value::Digits(digits.to_string())),
            (proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL | proptest::num::f64::ZERO).prop_map(Value::Float),
            any::<String>().prop_map(Value::Text),
        ];
        scalar.prop_recursive(6, 64, 5, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::List),
                // Names come once: what a reader makes of a repeated one is its own affair.
                proptest::collection::btree_map(any::<String>(), inner, 0..5)
                    .prop_map(|pairs| Value::Map(pairs.into_iter().collect())),
            ]
        })
    }

    fn expected(value: &Value) -> serde_json::Value {
        match value {
            Value::Null | Value::File(_) => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Integer(value) => (*value).into(),
            Value::Digits(digits) => digits.parse::<u64>().unwrap_or_default().into(),
            Value::Float(value) => (*value).into(),
            Value::Text(text) => text.as_str().into(),
            Value::List(items) => items.iter().map(expected).collect(),
            Value::Map(pairs) => pairs.iter().map(|(name, value)| (name.clone(), expected(value))).collect(),
        }
    }

    proptest::proptest! {
        #[test]
        fn text_reads_back_as_written(text in ".*") {
            let read: String = serde_json::from_str(&json(&Value::Text(text.clone()))).unwrap_or_default();
            proptest::prop_assert_eq!(read, text);
        }

        #[test]
        fn whole_structures_read_back_as_written(value in any_value()) {
            let read: serde_json::Value = serde_json::from_str(&json(&value)).unwrap_or_default();
            proptest::prop_assert_eq!(read, expected(&value));
        }

        #[test]
        fn floats_read_back_exactly(value in proptest::num::f64::NORMAL | proptest::num::f64::ZERO) {
            let read: f64 = serde_json::from_str(&json(&Value::Float(value))).unwrap_or(f64::NAN);
            proptest::prop_assert_eq!(read, value);
            let text = Value::Float(value).as_text().and_then(|text| text.parse::<f64>().ok());
            proptest::prop_assert_eq!(text, Some(value));
        }
    }
}
