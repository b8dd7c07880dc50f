//! The cell of a contact: text, or a number that a data frame made of it.

use std::borrow::Cow;

use crate::batch::sync::cell::CellError;
use crate::client::Value;
use crate::phone::{self, ContactId, PhoneSettings};

/// The contact in `cell`. A float must be integral and below 2^53: others have lost digits.
pub fn contact_id(cell: &Value, settings: &PhoneSettings) -> Result<ContactId, CellError> {
    Ok(phone::contact_id(&cell_text(cell)?, settings)?)
}

fn invalid(reason: &'static str, message: String) -> CellError {
    CellError { field: "contact".to_owned(), reason, message }
}

fn cell_text(cell: &Value) -> Result<Cow<'_, str>, CellError> {
    const MAX_EXACT: f64 = 9_007_199_254_740_992.0;
    match cell {
        Value::Null => Ok(Cow::Borrowed("")),
        Value::String(text) | Value::Date(text) => Ok(Cow::Borrowed(text)),
        Value::Decimal(digits) => Ok(Cow::Borrowed(strip_zero_fraction(digits))),
        Value::Integer(number) if *number >= 0 => Ok(Cow::Owned(number.to_string())),
        Value::Integer(number) => Err(invalid("not a number", format!("{number} is negative, and a phone number is not"))),
        Value::Float(number) if number.fract() == 0.0 && (0.0..MAX_EXACT).contains(number) => {
            Ok(Cow::Owned(format!("{number:.0}")))
        }
        Value::Float(number) => Err(invalid(
            "lost digits",
            format!(
                "{number} is a float that can't hold a phone number: read the column as text (in pandas dtype={{'phone': str}})"
            ),
        )),
        Value::Bool(_) | Value::File(_) | Value::List(_) | Value::Object(_) => {
            Err(invalid("not a number", format!("{} is not a phone number: give text such as +447362053576", cell.kind())))
        }
    }
}

/// A decimal without a fraction of zeros, which columns of a fixed scale have.
fn strip_zero_fraction(digits: &str) -> &str {
    match digits.split_once('.') {
        Some((integer, fraction)) if fraction.bytes().all(|byte| byte == b'0') => integer,
        _ => digits,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn numeric_cells_are_valid_only_if_exact() {
        let read = |cell| contact_id(&cell, &PhoneSettings::default());
        for cell in [Value::Integer(447_362_053_576), Value::Float(447_362_053_576.0), Value::Decimal("447362053576.00".into())] {
            assert_eq!(read(cell).unwrap().wid, "447362053576@c.us");
        }
        for float in [447_362_053_576.5, 9_007_199_254_740_992.0, 4.5e300, f64::INFINITY, f64::NAN] {
            assert!(read(Value::Float(float)).unwrap_err().message.contains("as text"), "{float}");
        }
        assert!(read(Value::Bool(true)).unwrap_err().message.contains("a bool"));
        assert!(read(Value::Null).unwrap_err().message.contains("empty"));
        assert!(read(Value::Integer(-447_362_053_576)).unwrap_err().message.contains("negative"));
    }
}
