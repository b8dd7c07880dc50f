//! What a row becomes: a write, nothing, or a problem. Pure: no call is made here.

use crate::api;
use crate::batch::sync::metadata_keys::check_keys;
use crate::batch::sync::phone;
use crate::client::Value;

/// What a cell can't be, told to the person who has to mend the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellError {
    /// `contact`, or the metadata key of the cell.
    pub field: String,
    /// A word or two for the kind of problem, by which a report counts.
    pub reason: &'static str,
    /// What is wrong with the value, and how to mend it.
    pub message: String,
}

impl std::fmt::Display for CellError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.field, self.message)
    }
}

/// What an empty cell means: nothing, or text of white space only, counts as empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EmptyCellPolicy {
    /// The key is left out, and the contact keeps what it has.
    #[default]
    Skip,
    /// The empty text is written.
    Clear,
    /// The row is refused.
    Fail,
}

impl EmptyCellPolicy {
    /// The choice called `skip`, `clear` or `fail`.
    pub fn named(name: &str) -> Result<Self, String> {
        match name {
            "skip" => Ok(Self::Skip),
            "clear" => Ok(Self::Clear),
            "fail" => Ok(Self::Fail),
            _ => Err(format!("empty={name:?} is none of skip, clear, fail")),
        }
    }

    /// What an empty cell is written as; `None` when its key is left out.
    fn value(self) -> Result<Option<String>, String> {
        match self {
            Self::Skip => Ok(None),
            Self::Clear => Ok(Some(String::new())),
            Self::Fail => Err("the cell is empty: fill it, or choose to skip or clear empty cells".to_owned()),
        }
    }
}

/// How the rows of one run are read.
#[derive(Debug, Clone)]
pub struct RowPlanner {
    country_code: Option<String>,
    keys: Vec<String>,
    /// What an empty cell means, by key.
    empty: Vec<EmptyCellPolicy>,
    value_max: usize,
}

/// What becomes of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowPlan {
    /// Metadata to write: index of the key, and value.
    Write { contact: String, pairs: Vec<(usize, String)> },
    /// Nothing to write.
    Skip { contact: String, reason: &'static str },
    /// A cell that the file's owner has to mend.
    Refuse { problem: CellError },
}

impl RowPlanner {
    /// A plan for rows with one cell for each of `keys`; the error says what the caller gave wrongly.
    pub fn new(keys: Vec<String>, country_code: Option<&str>, empty: EmptyCellPolicy) -> Result<Self, String> {
        let columns: Vec<_> = keys.iter().map(|key| (key.clone(), key.clone())).collect();
        check_keys(&columns).map_err(|problems| {
            let all: Vec<_> = problems.iter().map(|problem| format!("{:?}: {}", problem.key, problem.message)).collect();
            all.join("; ")
        })?;
        let value_max = api::metadata_limits().map_err(|error| error.to_string())?.value_max;
        let country_code = country_code.map(phone::country_code).transpose()?;
        let empty = vec![empty; keys.len()];
        Ok(Self { country_code, keys, empty, value_max })
    }

    /// The plan with a choice for the empty cells of each key.
    pub fn with_empty(self, empty: Vec<EmptyCellPolicy>) -> Result<Self, String> {
        if empty.len() != self.keys.len() {
            return Err(format!("{} choices for the empty cells of {} keys", empty.len(), self.keys.len()));
        }
        Ok(Self { empty, ..self })
    }

    /// The metadata keys, in the order of the cells.
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// What becomes of the row whose contact is in `id` and whose values are in `cells`.
    pub fn plan(&self, id: &Value, cells: &[Value]) -> RowPlan {
        self.try_plan(id, cells).unwrap_or_else(|problem| RowPlan::Refuse { problem })
    }

    fn try_plan(&self, id: &Value, cells: &[Value]) -> Result<RowPlan, CellError> {
        let contact = phone::contact_wid(id, self.country_code.as_deref())?;
        if cells.len() != self.keys.len() {
            let message = format!("the row has {} values for {} columns", cells.len(), self.keys.len());
            return Err(CellError { field: "row".to_owned(), reason: "number of cells", message });
        }
        let mut pairs = Vec::with_capacity(cells.len());
        for (index, ((key, empty), cell)) in self.keys.iter().zip(&self.empty).zip(cells).enumerate() {
            pairs.extend(self.value(key, *empty, cell)?.map(|value| (index, value)));
        }
        if pairs.is_empty() {
            return Ok(RowPlan::Skip { contact, reason: "no values" });
        }
        Ok(RowPlan::Write { contact, pairs })
    }

    /// The text to write for a cell, exactly as it is in the file; `None` when its key is left out.
    fn value(&self, key: &str, empty: EmptyCellPolicy, cell: &Value) -> Result<Option<String>, CellError> {
        let problem = |reason, message| CellError { field: key.to_owned(), reason, message };
        let text = match cell {
            Value::Null => String::new(),
            _ => cell.as_text().ok_or_else(|| problem("not text", no_text(cell)))?.into_owned(),
        };
        if text.trim().is_empty() {
            return empty.value().map_err(|message| problem("empty", message));
        }
        if text.contains('\0') {
            let message = "the value holds a NUL character: the export is damaged, export it again as UTF-8";
            return Err(problem("NUL", message.to_owned()));
        }
        let length = text.chars().count();
        if length > self.value_max {
            let most = self.value_max;
            let message = format!(
                "the value has {length} characters, and metadata holds at most {most}: shorten it, or leave the column out"
            );
            return Err(problem("too long", message));
        }
        Ok(Some(text))
    }
}

fn no_text(cell: &Value) -> String {
    match cell {
        Value::Float(number) => format!("{number} can't be written as metadata: give a finite number or text"),
        Value::List(_) | Value::Map(_) => format!(
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

    const CONTACT: &str = "447362053576@c.us";

    fn plan(empty: EmptyCellPolicy) -> RowPlanner {
        RowPlanner::new(vec!["tier".into(), "notes".into()], None, empty).unwrap()
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn planned(empty: EmptyCellPolicy, cells: &[Value]) -> RowPlan {
        plan(empty).plan(&text("+44 7362 053576"), cells)
    }

    fn problem(empty: EmptyCellPolicy, cells: &[Value]) -> String {
        match planned(empty, cells) {
            RowPlan::Refuse { problem } => problem.to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn values_are_written_as_they_are() {
        let row = planned(EmptyCellPolicy::Skip, &[text(" gold "), Value::Float(3.0)]);
        assert_eq!(row, RowPlan::Write { contact: CONTACT.into(), pairs: vec![(0, " gold ".into()), (1, "3".into())] });
    }

    #[test]
    fn empty_cells_follow_the_choice() {
        let cells = [text(" \u{a0}\n"), text("x")];
        assert_eq!(
            planned(EmptyCellPolicy::Skip, &cells),
            RowPlan::Write { contact: CONTACT.into(), pairs: vec![(1, "x".into())] }
        );
        let cleared = vec![(0, String::new()), (1, "x".into())];
        assert_eq!(planned(EmptyCellPolicy::Clear, &cells), RowPlan::Write { contact: CONTACT.into(), pairs: cleared });
        assert!(problem(EmptyCellPolicy::Fail, &cells).starts_with("tier: the cell is empty"));
        assert_eq!(
            planned(EmptyCellPolicy::Skip, &[Value::Null, text("")]),
            RowPlan::Skip { contact: CONTACT.into(), reason: "no values" }
        );
    }

    #[test]
    fn each_key_may_have_its_own_choice() {
        let mixed = plan(EmptyCellPolicy::Fail).with_empty(vec![EmptyCellPolicy::Clear, EmptyCellPolicy::Skip]).unwrap();
        let row = mixed.plan(&text("+44 7362 053576"), &[Value::Null, Value::Null]);
        assert_eq!(row, RowPlan::Write { contact: CONTACT.into(), pairs: vec![(0, String::new())] });
        assert!(plan(EmptyCellPolicy::Skip).with_empty(vec![EmptyCellPolicy::Fail]).unwrap_err().contains("1 choices"));
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert!(matches!(planned(EmptyCellPolicy::Skip, &[text(&"é".repeat(300)), Value::Null]), RowPlan::Write { .. }));
        assert!(
            problem(EmptyCellPolicy::Skip, &[text(&"🙂".repeat(301)), Value::Null])
                .contains("tier: the value has 301 characters")
        );
    }

    #[test]
    fn what_has_no_text_is_refused_by_name() {
        let list = problem(EmptyCellPolicy::Skip, &[Value::Null, Value::List(vec![])]);
        assert!(list.starts_with("notes: a list can't be written"), "{list}");
        assert!(problem(EmptyCellPolicy::Skip, &[Value::Float(f64::INFINITY), Value::Null]).contains("inf can't"));
        assert!(problem(EmptyCellPolicy::Skip, &[text("a\0b"), Value::Null]).contains("NUL"));
        assert!(problem(EmptyCellPolicy::Skip, &[Value::Null]).contains("1 values for 2 columns"));
    }

    #[test]
    fn a_wrong_choice_is_refused_before_any_row() {
        let refused = |keys: &[&str], code| {
            RowPlanner::new(keys.iter().map(|key| String::from(*key)).collect(), code, EmptyCellPolicy::Skip).unwrap_err()
        };
        assert!(refused(&["a b"], None).contains("\"a b\""));
        assert!(refused(&["a"], Some("GB")).contains("such as 44"));
        assert!(EmptyCellPolicy::named("keep").unwrap_err().contains("skip, clear, fail"));
    }

    fn any_value() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<i64>().prop_map(Value::Integer),
            any::<f64>().prop_map(Value::Float),
            "[+]?[0-9]{6,16}".prop_map(Value::Text),
            ".*".prop_map(Value::Text),
            Just(Value::List(vec![Value::Null])),
        ]
    }

    proptest! {
        #[test]
        fn a_write_is_always_one_that_the_service_takes(id in any_value(), cells in prop::collection::vec(any_value(), 0..4)) {
            if let RowPlan::Write { contact, pairs } = plan(EmptyCellPolicy::Skip).plan(&id, &cells) {
                prop_assert!(api::format("contact_wid").unwrap().is_match(&contact));
                prop_assert!(!pairs.is_empty() && pairs.iter().all(|(_, value)| value.chars().count() <= 300));
            }
        }
    }
}
