//! Values of arguments and cells, independent of Python.

use std::borrow::Cow;

use bytes::Bytes;
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::client::error::{Error, ErrorKind};
use crate::client::request::multipart::Upload;

/// A value that a caller passes.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Not given: `None`; in a row also NaN, NaT and the empty string.
    Null,
    Bool(bool),
    Integer(i64),
    /// Decimal digits of a number that neither `i64` nor `f64` can represent: a large integer or a `Decimal`.
    Decimal(String),
    Float(f64),
    /// A string, and everything that is written as one: datetimes, UUIDs, members of string enums.
    String(String),
    /// The text of a date. It names no point in time, because it has no time zone.
    Date(String),
    /// A file to upload.
    File(Upload),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Value {
    /// Whether the value is JSON's null.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The name of the type in error messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "None",
            Self::Bool(_) => "a bool",
            Self::Integer(_) | Self::Decimal(_) => "a number",
            Self::Float(_) => "a float",
            Self::String(_) => "text",
            Self::Date(_) => "a date",
            Self::File(_) => "a file",
            Self::List(_) => "a list",
            Self::Object(_) => "a mapping",
        }
    }

    /// The entries of a mapping.
    pub fn pairs(&self) -> Option<&[(String, Self)]> {
        match self {
            Self::Object(pairs) => Some(pairs),
            _ => None,
        }
    }

    /// The text of a scalar in metadata, paths and queries; `None` for other values.
    ///
    /// Strings are unchanged, bools are `true` and `false`, numbers are plain decimal digits. An integral float below 2^53 has
    /// no fraction, because data frames convert whole columns of integers to floats.
    pub fn to_scalar_string(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::String(text) | Self::Date(text) => Some(Cow::Borrowed(text)),
            Self::Bool(value) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
            Self::Integer(value) => Some(Cow::Owned(value.to_string())),
            Self::Decimal(digits) => Some(Cow::Borrowed(digits)),
            Self::Float(value) => format_float(*value).map(Cow::Owned),
            Self::Null | Self::File(_) | Self::List(_) | Self::Object(_) => None,
        }
    }
}

/// NaN and infinities have no JSON; validation rejects them before.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            // A file is part of a form, never of JSON.
            Self::Null | Self::File(_) => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => serializer.serialize_i64(*value),
            // Written digit by digit: an `f64` would round it.
            Self::Decimal(digits) => RawValue::from_string(digits.clone()).map_err(S::Error::custom)?.serialize(serializer),
            Self::Float(value) => serializer.serialize_f64(*value),
            Self::String(text) | Self::Date(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(pairs) => serializer.collect_map(pairs.iter().map(|(key, value)| (key, value))),
        }
    }
}

/// Writes a request body as JSON.
pub fn to_json(body: &impl Serialize) -> Result<Bytes, Error> {
    let json = serde_json::to_vec(body).map_err(|error| Error::new(ErrorKind::Internal, error.to_string()))?;
    Ok(json.into())
}

/// Calls `write` for each item and writes commas between them.
pub fn write_separated<T>(items: &[T], text: &mut String, mut write: impl FnMut(&T, &mut String)) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        write(item, text);
    }
}

fn format_float(value: f64) -> Option<String> {
    /// Above 2^53, not every integer is a float.
    const MAX_EXACT: f64 = 9_007_199_254_740_992.0;
    if !value.is_finite() {
        return None;
    }
    // `Display` of f64 uses no exponent and round-trips.
    Some(if value == 0.0 {
        "0".to_owned()
    } else if value.fract() == 0.0 && value.abs() >= MAX_EXACT {
        format!("{value:e}")
    } else {
        value.to_string()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_numbers_as_plain_digits() {
        for (value, expected) in [(3.0, "3"), (-0.0, "0"), (0.1, "0.1"), (1e-7, "0.0000001"), (1.5e300, "1.5e300")] {
            assert_eq!(Value::Float(value).to_scalar_string().as_deref(), Some(expected));
        }
        assert_eq!(Value::Float(f64::NAN).to_scalar_string(), None);
        assert_eq!(Value::Bool(true).to_scalar_string().as_deref(), Some("true"));
        assert_eq!(Value::Decimal("18446744073709551616".into()).to_scalar_string().as_deref(), Some("18446744073709551616"));
    }
}
