//! Plans rows: a write, a skip, or an error. Sends nothing.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::api;
use crate::batch::sync::cell::{CellError, EmptyCellPolicy};
use crate::batch::sync::contact_cell;
use crate::batch::sync::metadata_keys::check_keys;
use crate::batch::sync::outcome::{Outcome, RowError};
use crate::batch::sync::queue::{ContactKey, PlanResult};
use crate::client::Value;
use crate::phone::{Country, PhoneSettings};

/// An input row.
#[derive(Debug)]
pub enum Row {
    /// The index of the device, the cell of the contact, the country of its number, and the cells of the metadata columns.
    Cells { device: usize, id: Value, country: Option<Country>, cells: Vec<Value> },
    /// A row that the reader could not parse, and why.
    Invalid(String),
}

impl Row {
    /// The index of the row's device.
    pub(crate) fn device(&self) -> Option<usize> {
        match self {
            Self::Cells { device, .. } => Some(*device),
            Self::Invalid(_) => None,
        }
    }
}

/// Plans the rows of a run.
#[derive(Debug)]
pub struct RowPlanner {
    phones: PhoneSettings,
    keys: Vec<String>,
    /// The policy of each key.
    empty_cells: Vec<EmptyCellPolicy>,
    value_max: usize,
    second_readings: AtomicU64,
}

/// The plan of a valid row.
#[derive(Debug, Clone, PartialEq, Eq)]
enum RowPlan {
    /// Metadata to write: values with the index of their key.
    Write { contact: String, pairs: Vec<(usize, String)> },
    /// Nothing to write.
    Skip { contact: String, reason: &'static str },
}

impl RowPlanner {
    /// A planner for rows with one cell per key, and a policy for the empty cells of each key. The error names the invalid
    /// option.
    pub fn new(keys: Vec<String>, phones: PhoneSettings, empty_cells: Vec<EmptyCellPolicy>) -> Result<Self, String> {
        let columns: Vec<_> = keys.iter().map(|key| (key.clone(), key.clone())).collect();
        check_keys(&columns).map_err(|errors| {
            let errors: Vec<_> = errors.iter().map(|error| format!("{:?}: {}", error.key, error.message)).collect();
            errors.join("; ")
        })?;
        if empty_cells.len() != keys.len() {
            return Err(format!("{} policies for the empty cells of {} keys", empty_cells.len(), keys.len()));
        }
        let value_max = api::metadata_limits().map_err(|error| error.to_string())?.value_max;
        Ok(Self { phones, keys, empty_cells, value_max, second_readings: AtomicU64::new(0) })
    }

    /// The metadata keys, in the order of the cells.
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// The number of contacts with a second valid reading since the last call.
    pub fn take_second_readings(&self) -> u64 {
        self.second_readings.swap(0, Ordering::Relaxed)
    }

    /// Plans a row. The index of its outcome is assigned when it is submitted.
    pub(crate) fn plan_row(&self, row: Row) -> PlanResult {
        let (device, id, country, cells) = match row {
            Row::Cells { device, id, country, cells } => (device, id, country, cells),
            Row::Invalid(message) => return Err(Box::new(Outcome::invalid(0, RowError::InvalidRow(message)))),
        };
        match self.plan(&id, country, &cells) {
            Ok(RowPlan::Write { contact, pairs }) => Ok((ContactKey { device, contact }, pairs)),
            Ok(RowPlan::Skip { contact, reason }) => Err(Box::new(Outcome::skipped(0, contact, reason))),
            Err(error) => Err(Box::new(Outcome::invalid(0, RowError::InvalidCell(error)))),
        }
    }

    /// Plans the row whose contact is in `id` and whose values are in `cells`.
    fn plan(&self, id: &Value, country: Option<Country>, cells: &[Value]) -> Result<RowPlan, CellError> {
        let phones = PhoneSettings { country: country.or(self.phones.country), ..self.phones };
        let contact = contact_cell::contact_id(id, &phones)?;
        if contact.second.is_some() {
            self.second_readings.fetch_add(1, Ordering::Relaxed);
        }
        let contact = contact.wid;
        if cells.len() != self.keys.len() {
            let message = format!("the row has {} values for {} columns", cells.len(), self.keys.len());
            return Err(CellError { field: "row".to_owned(), reason: "number of cells", message });
        }
        let mut pairs = Vec::with_capacity(cells.len());
        for (index, ((key, policy), cell)) in self.keys.iter().zip(&self.empty_cells).zip(cells).enumerate() {
            let value =
                self.value(cell, *policy).map_err(|(reason, message)| CellError { field: key.clone(), reason, message })?;
            pairs.extend(value.map(|value| (index, value)));
        }
        if pairs.is_empty() {
            return Ok(RowPlan::Skip { contact, reason: "no values" });
        }
        Ok(RowPlan::Write { contact, pairs })
    }

    /// The value to write, exactly as in the file; `None` if its key is left out. An error is a reason and a message.
    fn value(&self, cell: &Value, policy: EmptyCellPolicy) -> Result<Option<String>, (&'static str, String)> {
        let text = match cell {
            Value::Null => String::new(),
            _ => cell.to_scalar_string().ok_or_else(|| ("not text", not_text_message(cell)))?.into_owned(),
        };
        if text.trim().is_empty() {
            return match policy {
                EmptyCellPolicy::Skip => Ok(None),
                EmptyCellPolicy::Clear => Ok(Some(String::new())),
                EmptyCellPolicy::Fail => {
                    Err(("empty", "the cell is empty: fill it, or choose to skip or clear empty cells".to_owned()))
                }
            };
        }
        if text.contains('\0') {
            let message = "the value contains a NUL character: the file is damaged, export it again as UTF-8";
            return Err(("NUL", message.to_owned()));
        }
        let (length, max) = (text.chars().count(), self.value_max);
        if length > max {
            let message =
                format!("the value has {length} characters, more than the limit of {max}: shorten it, or leave the column out");
            return Err(("too long", message));
        }
        Ok(Some(text))
    }
}

fn not_text_message(cell: &Value) -> String {
    match cell {
        Value::Float(number) => format!("{number} can't be written as metadata: give a finite number or text"),
        Value::List(_) | Value::Object(_) => format!(
            "{} can't be written as metadata: give text, a number, a bool or a date, or choose the type json in a mapping",
            cell.kind()
        ),
        _ => format!("{} can't be written as metadata: give text, a number, a bool or a date", cell.kind()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn any_value() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<i64>().prop_map(Value::Integer),
            any::<f64>().prop_map(Value::Float),
            "[+]?[0-9]{6,16}".prop_map(Value::String),
            ".*".prop_map(Value::String),
            Just(Value::List(vec![Value::Null])),
        ]
    }

    proptest! {
        #[test]
        fn planned_writes_are_valid_for_the_service(id in any_value(), cells in prop::collection::vec(any_value(), 0..4)) {
            let (keys, empty) = (vec!["tier".into(), "notes".into()], vec![EmptyCellPolicy::Skip; 2]);
            let planner = RowPlanner::new(keys, PhoneSettings::default(), empty).unwrap();
            if let Ok(RowPlan::Write { contact, pairs }) = planner.plan(&id, None, &cells) {
                prop_assert!(api::format("contact_wid").unwrap().is_match(&contact));
                prop_assert!(!pairs.is_empty() && pairs.iter().all(|(_, value)| value.chars().count() <= 300));
            }
        }
    }
}
