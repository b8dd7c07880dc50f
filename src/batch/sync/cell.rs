//! Cells of a row: the policy for empty cells, and the error of an invalid one.

use std::str::FromStr;

use crate::choice::parse_choice;
use crate::phone::PhoneError;

/// Why a cell is invalid, for the owner of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellError {
    /// `contact`, or the metadata key of the cell.
    pub field: String,
    /// The error category in a word or two, by which a report groups errors.
    pub reason: &'static str,
    /// What is wrong with the value, and how to fix it.
    pub message: String,
}

impl std::fmt::Display for CellError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.field, self.message)
    }
}

impl From<PhoneError> for CellError {
    fn from(error: PhoneError) -> Self {
        Self { field: "contact".to_owned(), reason: error.reason, message: error.message }
    }
}

/// What to do with an empty cell. A cell of white space is empty too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EmptyCellPolicy {
    /// Leave the key out: the contact keeps its value.
    #[default]
    Skip,
    /// Write the empty text.
    Clear,
    /// Reject the row.
    Fail,
}

impl FromStr for EmptyCellPolicy {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        parse_choice("empty", name, &[("skip", Self::Skip), ("clear", Self::Clear), ("fail", Self::Fail)])
    }
}
