//! A filter: a test on documents, and the values that the query gives it.

use serde_json::Value;

use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::{Document, str_at, value_at};
use crate::sandbox::timestamp;

/// How a filter looks at a document.
pub enum Test {
    /// One of the values is at this path.
    Is(&'static str),
    /// Every word is in one of these fields.
    Words(&'static [&'static str]),
    /// Whether this holds is what was asked for.
    Holds(fn(&AccountState, &Document) -> bool),
    /// One of the values is among these; `*` is any.
    Among(fn(&AccountState, &Document) -> Vec<String>),
    /// Every value is among these.
    AllAmong(fn(&AccountState, &Document) -> Vec<String>),
    /// None of the values is among these; `*` is any.
    NotAmong(fn(&AccountState, &Document) -> Vec<String>),
    /// This holds with one of the values.
    Fits(fn(&AccountState, &Document, &str) -> bool),
    /// This holds with the values.
    Together(fn(&AccountState, &Document, &[String]) -> bool),
    /// The moment found is later.
    After(fn(&AccountState, &Document) -> Option<String>),
    /// The moment found is earlier.
    Before(fn(&AccountState, &Document) -> Option<String>),
}

/// A filter with the values that the query gives it.
pub struct Filter<'a> {
    pub test: Test,
    pub values: &'a [String],
}

impl Filter<'_> {
    pub fn passes(&self, state: &AccountState, document: &Document) -> bool {
        match self.test {
            Test::Is(path) => value_at(document, path).is_some_and(|value| self.values.iter().any(|wanted| same(value, wanted))),
            Test::Words(fields) => self.values.iter().all(|words| has_words(document, fields, words)),
            Test::Holds(holds) => self.values.iter().all(|wanted| holds(state, document) == (wanted == "true")),
            Test::Among(found) => self.meets(&found(state, document)),
            Test::AllAmong(found) => {
                let found = found(state, document);
                self.values.iter().all(|wanted| found.contains(wanted))
            }
            Test::Fits(fits) => self.values.iter().any(|wanted| fits(state, document, wanted)),
            Test::Together(fits) => fits(state, document, self.values),
            Test::NotAmong(found) => !self.meets(&found(state, document)),
            Test::After(found) => self.compare(found(state, document), |moment, limit| moment > limit),
            Test::Before(found) => self.compare(found(state, document), |moment, limit| moment < limit),
        }
    }

    fn meets(&self, found: &[String]) -> bool {
        self.values.iter().any(|wanted| if wanted == "*" { !found.is_empty() } else { found.contains(wanted) })
    }

    fn compare(&self, found: Option<String>, holds: fn(i64, i64) -> bool) -> bool {
        let limits = self.values.iter().filter_map(|value| timestamp::read(value));
        found.and_then(|text| timestamp::read(&text)).is_some_and(|moment| limits.into_iter().all(|limit| holds(moment, limit)))
    }
}

fn same(value: &Value, wanted: &str) -> bool {
    match value {
        Value::String(text) => text == wanted,
        Value::Bool(flag) => flag.to_string() == wanted,
        Value::Number(number) => number.to_string() == wanted,
        _ => false,
    }
}

/// Whether each word is in one of the fields, in any case.
fn has_words(document: &Document, fields: &[&str], words: &str) -> bool {
    let texts: Vec<String> = fields.iter().filter_map(|field| str_at(document, field)).map(str::to_lowercase).collect();
    words.to_lowercase().split_whitespace().all(|word| texts.iter().any(|text| text.contains(word)))
}

pub fn moment(document: &Document, path: &str) -> Option<String> {
    str_at(document, path).map(str::to_owned)
}
