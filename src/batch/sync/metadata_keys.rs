//! Validates column headers as metadata keys, and suggests keys for invalid ones.

use std::collections::HashSet;

use crate::api::{self, MetadataLimits, ModelError};

/// Why the metadata key of a column is invalid, and a valid key for the column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyError {
    pub column: String,
    pub key: String,
    pub message: String,
    /// A valid key that no other column has.
    pub suggestion: String,
}

impl From<ModelError> for KeyError {
    fn from(error: ModelError) -> Self {
        Self { column: String::new(), key: String::new(), message: error.to_string(), suggestion: String::new() }
    }
}

/// Validates the metadata keys of all columns, given as pairs of column and key. Returns all errors, in column order.
pub fn check_keys(columns: &[(String, String)]) -> Result<(), Vec<KeyError>> {
    let limits = api::metadata_limits().map_err(|error| vec![KeyError::from(error)])?;
    let mut used: HashSet<String> = HashSet::new();
    let invalid: Vec<_> = columns
        .iter()
        .filter_map(|(column, key)| validate_key(key, limits, &mut used).err().map(|message| (column, key, message)))
        .collect();
    let errors: Vec<_> = invalid
        .into_iter()
        .map(|(column, key, message)| {
            let suggestion = suggest_key(column, limits, &mut used);
            KeyError { column: column.clone(), key: key.clone(), message, suggestion }
        })
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// Validates a key. A valid key is added to `used`.
fn validate_key(key: &str, limits: &MetadataLimits, used: &mut HashSet<String>) -> Result<(), String> {
    let length = key.chars().count();
    if length < limits.key_min {
        return Err("the key is empty".to_owned());
    }
    if let Some(character) = key.chars().find(|character| !is_key_character(*character)) {
        return Err(format!("{character:?} is not allowed in a metadata key: use letters A-Z a-z, digits and _"));
    }
    if length > limits.key_max {
        return Err(format!("the key has {length} characters, more than the limit of {}", limits.key_max));
    }
    if !used.insert(key.to_owned()) {
        return Err(format!("another column has the key {key:?}"));
    }
    Ok(())
}

fn is_key_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

/// A valid unused key similar to the name of the column.
fn suggest_key(column: &str, limits: &MetadataLimits, used: &mut HashSet<String>) -> String {
    let slug = slugify(column);
    let stem = if slug.is_empty() { "column" } else { slug.as_str() };
    let numbers = std::iter::successors(Some(2_u32), |number| number.checked_add(1)).map(|number| format!("_{number}"));
    let mut candidates = std::iter::once(String::new()).chain(numbers).map(|suffix| {
        let max = limits.key_max.saturating_sub(suffix.len());
        let stem: String = stem.chars().take(max).collect();
        format!("{}{suffix}", stem.trim_end_matches('_'))
    });
    let key = candidates.find(|candidate| !used.contains(candidate)).unwrap_or_default();
    used.insert(key.clone());
    key
}

/// The name in lower case ASCII, with `_` for each run of other characters.
fn slugify(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.to_lowercase().chars() {
        match transliterate(letter) {
            "" if letter.is_ascii_alphanumeric() => slug.push(letter),
            "" if slug.is_empty() || slug.ends_with('_') => {}
            "" => slug.push('_'),
            ascii => slug.push_str(ascii),
        }
    }
    slug.trim_end_matches('_').to_owned()
}

/// ASCII for an accented letter of a European language; empty for other characters.
fn transliterate(letter: char) -> &'static str {
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
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn suggestions_fix_any_headers(names in prop::collection::vec("\\PC{0,40}|[a-c ]{0,3}", 1..12)) {
            let mut columns: Vec<(String, String)> = names.iter().map(|name| (name.clone(), name.clone())).collect();
            // Column names are unique; their keys may still collide.
            let mut seen = HashSet::new();
            columns.retain(|(column, _)| seen.insert(column.clone()));
            if let Err(errors) = check_keys(&columns) {
                for (column, key) in &mut columns {
                    if let Some(error) = errors.iter().find(|error| &error.column == column) {
                        key.clone_from(&error.suggestion);
                    }
                }
            }
            prop_assert_eq!(check_keys(&columns), Ok(()));
        }
    }
}
