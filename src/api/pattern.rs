//! The patterns of ids, keys and moments: a small part of regular expressions, matched in one pass.
//!
//! Every call matches a few of them, and a general engine spent a quarter of a call's instructions on that. What the table
//! needs is little: letters, sets such as `[0-9A-Fa-f]`, `{m,n}`, `+`, `?`, and choices in brackets. A pattern becomes a
//! list of plain sequences, one for each choice; in each, how far a repetition reaches is decided without ever going back.

mod parse;

use std::str::Chars;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A pattern that a whole text fits or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    text: String,
    choices: Vec<Vec<Run>>,
}

/// A character of a set, so many times.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Run {
    set: Set,
    least: u32,
    most: u32,
}

/// A set of characters: a bit for each of ASCII, and one for all others together.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Set {
    ascii: u128,
    others: bool,
}

impl Pattern {
    /// Compiles what is between `^` and `$`; an error names what is not understood.
    pub fn new(text: &str) -> Result<Self, String> {
        let choices = parse::choices(text).map_err(|problem| format!("the pattern {text} {problem}"))?;
        match choices.iter().find_map(|runs| undecided(runs)) {
            Some(problem) => Err(format!("the pattern {text} {problem}")),
            None => Ok(Self { text: text.to_owned(), choices }),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether all of `text` fits.
    pub fn is_match(&self, text: &str) -> bool {
        self.choices.iter().any(|runs| fits(runs, text.chars()))
    }
}

fn fits(runs: &[Run], mut rest: Chars<'_>) -> bool {
    runs.iter().all(|run| run.take(&mut rest)) && rest.next().is_none()
}

impl Run {
    /// Takes as many characters as it can, and tells whether they are enough.
    fn take(&self, rest: &mut Chars<'_>) -> bool {
        let mut taken = 0;
        while taken < self.most {
            let before = rest.clone();
            match rest.next() {
                Some(letter) if self.set.has(letter) => taken += 1,
                _ => {
                    *rest = before;
                    break;
                }
            }
        }
        taken >= self.least
    }
}

impl Set {
    fn has(&self, letter: char) -> bool {
        if letter.is_ascii() { self.ascii >> (letter as u32) & 1 == 1 } else { self.others }
    }

    fn meets(&self, other: &Self) -> bool {
        self.ascii & other.ascii != 0 || self.others && other.others
    }
}

/// A repetition that takes all it can must leave nothing out that what follows needs.
fn undecided(runs: &[Run]) -> Option<&'static str> {
    let open = runs.iter().enumerate().filter(|(_, run)| run.least != run.most);
    for (at, run) in open {
        for next in runs.iter().skip(at + 1) {
            if run.set.meets(&next.set) {
                return Some("repeats characters that what follows begins with");
            }
            if next.least > 0 {
                break;
            }
        }
    }
    None
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(&text).map_err(serde::de::Error::custom)
    }
}

impl Serialize for Pattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use proptest::prelude::*;

    use super::*;

    /// Patterns of every kind that the table has.
    const PATTERNS: &[&str] = &[
        "^[0-9A-Fa-f]{24}$",
        "^([0-9]{6,15}@c\\.us|[0-9]+(-[0-9]+)?@g\\.us|[0-9]+@newsletter|[0-9]+@lid)$",
        "^\\+[1-9][0-9]{5,14}$",
        "^[^@\\s]+@[^@\\s]+$",
        "^[0-9]+(@newsletter)?$",
        "^[0-9A-Fa-f]{20,22}$|^[0-9A-Fa-f]{24}$",
        "^[0-9]{4}-[0-9]{2}([T ][0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:?[0-9]{2}))?$",
        "^[A-Za-z0-9_]+$",
        "^a?b*$",
    ];

    proptest! {
        #[test]
        fn agrees_with_a_general_engine(at in 0..PATTERNS.len(), text in "[0-9a-fA-F@.usTZ:+ _-]{0,12}(@c\\.us|@g\\.us|@newsletter|@lid|é|\n)?") {
            let pattern = PATTERNS[at];
            let general = regex_lite::Regex::new(pattern).unwrap();
            prop_assert_eq!(Pattern::new(pattern).unwrap().is_match(&text), general.is_match(&text));
        }

        #[test]
        fn fits_what_a_general_engine_makes_of_it((at, text) in (0..PATTERNS.len()).prop_flat_map(|at| {
            (Just(at), proptest::string::string_regex(PATTERNS[at].trim_matches(['^', '$']).replace("$|^", "|").as_str()).unwrap())
        })) {
            let general = regex_lite::Regex::new(PATTERNS[at]).unwrap();
            prop_assert_eq!(Pattern::new(PATTERNS[at]).unwrap().is_match(&text), general.is_match(&text));
        }
    }

    #[test]
    fn what_it_does_not_know_is_an_error() {
        for (text, problem) in [
            ("abc", "^ and $"),
            ("^a", "^ and $"),
            ("^(ab)+$", "repeats a group"),
            ("^[0-9]+[0-9]$", "repeats characters"),
            ("^.$", "\".\""),
            ("^[a$", "never closed"),
            ("^(a$", "never closed"),
            ("^a{2,1}$", "{2,1}"),
        ] {
            let message = Pattern::new(text).unwrap_err();
            assert!(message.contains(problem), "{text}: {message}");
        }
    }
}
