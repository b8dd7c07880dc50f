//! A filter: a predicate on documents, and its values from the query.

use serde_json::Value;

use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::{Document, str_at, value_at};
use crate::sandbox::timestamp;

/// The test that a filter applies to a document.
pub enum Predicate {
    /// The value at this path is one of the filter's values.
    Equals(&'static str),
    /// Every word of the filter occurs in one of these fields.
    ContainsWords(&'static [&'static str]),
    /// The result equals the filter's boolean value.
    Flag(fn(&AccountState, &Document) -> bool),
    /// One of the filter's values is among the results; `*` matches any.
    AnyOf(fn(&AccountState, &Document) -> Vec<String>),
    /// All of the filter's values are among the results.
    AllOf(fn(&AccountState, &Document) -> Vec<String>),
    /// None of the filter's values is among the results; `*` matches any.
    NoneOf(fn(&AccountState, &Document) -> Vec<String>),
    /// The function accepts one of the filter's values.
    MatchesOne(fn(&AccountState, &Document, &str) -> bool),
    /// The function accepts the filter's values as a whole.
    MatchesAll(fn(&AccountState, &Document, &[String]) -> bool),
    /// The date is later than the filter's value.
    After(fn(&AccountState, &Document) -> Option<String>),
    /// The date is earlier than the filter's value.
    Before(fn(&AccountState, &Document) -> Option<String>),
}

/// A filter and its values.
pub struct Filter<'a> {
    pub predicate: Predicate,
    pub values: &'a [String],
}

impl Filter<'_> {
    /// Whether a document passes the filter.
    pub fn matches(&self, state: &AccountState, document: &Document) -> bool {
        match self.predicate {
            Predicate::Equals(path) => {
                value_at(document, path).is_some_and(|value| self.values.iter().any(|expected| equals(value, expected)))
            }
            Predicate::ContainsWords(fields) => self.values.iter().all(|words| contains_all_words(document, fields, words)),
            Predicate::Flag(holds) => self.values.iter().all(|expected| holds(state, document) == (expected == "true")),
            Predicate::AnyOf(values) => self.matches_any(&values(state, document)),
            Predicate::AllOf(values) => {
                let values = values(state, document);
                self.values.iter().all(|expected| values.contains(expected))
            }
            Predicate::MatchesOne(fits) => self.values.iter().any(|expected| fits(state, document, expected)),
            Predicate::MatchesAll(fits) => fits(state, document, self.values),
            Predicate::NoneOf(values) => !self.matches_any(&values(state, document)),
            Predicate::After(date) => self.compare(date(state, document), |date, limit| date > limit),
            Predicate::Before(date) => self.compare(date(state, document), |date, limit| date < limit),
        }
    }

    fn matches_any(&self, values: &[String]) -> bool {
        self.values.iter().any(|expected| if expected == "*" { !values.is_empty() } else { values.contains(expected) })
    }

    fn compare(&self, date: Option<String>, holds: fn(i64, i64) -> bool) -> bool {
        let limits = self.values.iter().filter_map(|value| timestamp::parse(value));
        date.and_then(|text| timestamp::parse(&text)).is_some_and(|date| limits.into_iter().all(|limit| holds(date, limit)))
    }
}

fn equals(value: &Value, expected: &str) -> bool {
    match value {
        Value::String(text) => text == expected,
        Value::Bool(flag) => flag.to_string() == expected,
        Value::Number(number) => number.to_string() == expected,
        _ => false,
    }
}

/// Whether each word occurs in one of the fields, case-insensitively.
fn contains_all_words(document: &Document, fields: &[&str], words: &str) -> bool {
    let texts: Vec<String> = fields.iter().filter_map(|field| str_at(document, field)).map(str::to_lowercase).collect();
    words.to_lowercase().split_whitespace().all(|word| texts.iter().any(|text| text.contains(word)))
}

/// The text at a path that has a date; `None` if the path has no text.
pub fn date_at(document: &Document, path: &str) -> Option<String> {
    str_at(document, path).map(str::to_owned)
}
