//! Column headers as metadata keys.

use std::collections::HashSet;

use crate::api::{self, MetadataLimits, ModelError};

/// A column whose key can't be used, and one that can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyError {
    pub column: String,
    pub key: String,
    pub message: String,
    /// A legal key that no other column has.
    pub suggestion: String,
}

impl From<ModelError> for KeyError {
    fn from(error: ModelError) -> Self {
        Self { column: String::new(), key: String::new(), message: error.to_string(), suggestion: String::new() }
    }
}

/// Holds the metadata keys of all columns against the table's limits; every problem at once, in the order of the columns.
pub fn check_keys(columns: &[(String, String)]) -> Result<(), Vec<KeyError>> {
    let limits = api::metadata_limits().map_err(|error| vec![KeyError::from(error)])?;
    let mut used: HashSet<String> = HashSet::new();
    let faulty: Vec<_> =
        columns.iter().filter_map(|(column, key)| fault(key, limits, &mut used).map(|says| (column, key, says))).collect();
    let problems: Vec<_> = faulty
        .into_iter()
        .map(|(column, key, message)| {
            let suggestion = suggestion(column, limits, &mut used);
            KeyError { column: column.clone(), key: key.clone(), message, suggestion }
        })
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// What is wrong with a key; a good one is noted as used.
fn fault(key: &str, limits: &MetadataLimits, used: &mut HashSet<String>) -> Option<String> {
    let length = key.chars().count();
    if length < limits.key_min {
        return Some("the key is empty".to_owned());
    }
    if let Some(letter) = key.chars().find(|letter| !is_key_letter(*letter)) {
        return Some(format!("{letter:?} is not allowed in a metadata key: letters A-Z a-z, digits and _ are"));
    }
    if length > limits.key_max {
        return Some(format!("the key has {length} characters, and a metadata key has at most {}", limits.key_max));
    }
    if !used.insert(key.to_owned()) {
        return Some(format!("another column has the key {key:?} already"));
    }
    None
}

fn is_key_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// A free legal key close to the column's name.
fn suggestion(column: &str, limits: &MetadataLimits, used: &mut HashSet<String>) -> String {
    let spelled = spelled(column);
    let stem = if spelled.is_empty() { "column" } else { spelled.as_str() };
    let numbered = std::iter::successors(Some(2_u32), |number| number.checked_add(1)).map(|number| format!("_{number}"));
    let mut candidates = std::iter::once(String::new()).chain(numbered).map(|ending| {
        let room = limits.key_max.saturating_sub(ending.len());
        let cut: String = stem.chars().take(room).collect();
        format!("{}{ending}", cut.trim_end_matches('_'))
    });
    let free = candidates.find(|candidate| !used.contains(candidate)).unwrap_or_default();
    used.insert(free.clone());
    free
}

/// The name in lower case with every run of other characters as one `_`.
fn spelled(column: &str) -> String {
    let mut key = String::new();
    for letter in column.to_lowercase().chars() {
        match plain_letters(letter) {
            "" if letter.is_ascii_alphanumeric() => key.push(letter),
            "" if key.is_empty() || key.ends_with('_') => {}
            "" => key.push('_'),
            plain => key.push_str(plain),
        }
    }
    key.trim_end_matches('_').to_owned()
}

/// ASCII for the accented letters of European headers; nothing for other characters.
fn plain_letters(letter: char) -> &'static str {
    match letter {
        'à'..='ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ę' | 'ě' | 'ė' => "e",
        'ğ' => "g",
        'ì'..='ï' | 'ī' | 'ı' | 'į' => "i",
        'ł' | 'ľ' | 'ĺ' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò'..='õ' | 'ø' | 'ő' | 'ō' => "o",
        'ö' | 'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' | 'þ' => "t",
        'ù'..='û' | 'ū' | 'ů' | 'ű' => "u",
        'ü' => "ue",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn columns(names: &[&str]) -> Vec<(String, String)> {
        names.iter().map(|name| (String::from(*name), String::from(*name))).collect()
    }

    fn suggestions(names: &[&str]) -> Vec<String> {
        check_keys(&columns(names)).unwrap_err().into_iter().map(|problem| problem.suggestion).collect()
    }

    #[test]
    fn legal_keys_pass() {
        assert_eq!(check_keys(&columns(&["tier", "Plan_2", &"k".repeat(30)])), Ok(()));
    }

    #[test]
    fn every_illegal_header_gets_a_legal_key_of_its_own() {
        assert_eq!(suggestions(&["First Name", "first_name", "First-Name"]), ["first_name_2", "first_name_3"]);
        assert_eq!(
            suggestions(&["Größe (cm)", "Prénom", "Телефон", "", "№"]),
            ["groesse_cm", "prenom", "column", "column_2", "column_3"]
        );
        assert_eq!(suggestions(&[&"long ".repeat(9)]), ["long_long_long_long_long_long"]);
        assert_eq!(suggestions(&["tier", "tier"]), ["tier_2"]);
    }

    #[test]
    fn problems_say_what_is_wrong() {
        let problems = check_keys(&columns(&["a b", "", &"k".repeat(31), "tier", "tier"])).unwrap_err();
        let says: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
        for (message, part) in says.iter().zip(["' ' is not allowed", "empty", "has 31 characters", "another column"]) {
            assert!(message.contains(part), "{message}");
        }
    }

    proptest! {
        #[test]
        fn suggestions_mend_every_set_of_headers(names in prop::collection::vec("\\PC{0,40}|[a-c ]{0,3}", 1..12)) {
            let mut mended: Vec<(String, String)> = names.iter().map(|name| (name.clone(), name.clone())).collect();
            // Two columns never have one name; their keys may still collide.
            let mut seen = HashSet::new();
            mended.retain(|(column, _)| seen.insert(column.clone()));
            if let Err(problems) = check_keys(&mended) {
                for (column, key) in &mut mended {
                    if let Some(problem) = problems.iter().find(|problem| &problem.column == column) {
                        key.clone_from(&problem.suggestion);
                    }
                }
            }
            prop_assert_eq!(check_keys(&mended), Ok(()));
        }
    }
}
