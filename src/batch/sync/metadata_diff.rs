//! Compares the metadata of a contact with the pairs of a row.

use std::collections::HashMap;

use serde::Deserialize;

use crate::client::Value;
use crate::client::response::decode::trim_json;

#[derive(Debug, Deserialize)]
struct Contact {
    #[serde(default)]
    metadata: Option<Vec<Pair>>,
}

#[derive(Debug, Deserialize)]
struct Pair {
    key: Option<String>,
    #[serde(default)]
    value: serde_json::Value,
}

/// The pairs that change the contact; all pairs if the contact can't be parsed. The last value of a key counts, as in the dict
/// that `get_metadata` returns.
pub(super) fn changed_pairs(pairs: Vec<(String, Value)>, contact: &[u8]) -> Vec<(String, Value)> {
    let Some(metadata) = read_metadata(contact) else { return pairs };
    let existing: HashMap<_, _> = metadata.iter().filter_map(|pair| Some((pair.key.as_ref()?, pair.value.as_str()?))).collect();
    let is_unchanged = |key: &String, value: &Value| matches!(value, Value::String(text) if existing.get(key) == Some(&&**text));
    let mut pairs = without_absent_clears(pairs, contact);
    pairs.retain(|(key, value)| !is_unchanged(key, value));
    pairs
}

/// The pairs without those that clear a key which the contact lacks; all pairs if the contact can't be parsed.
pub(super) fn without_absent_clears(mut pairs: Vec<(String, Value)>, contact: &[u8]) -> Vec<(String, Value)> {
    if let Some(keys) = metadata_keys(contact) {
        pairs.retain(|pair| !clears(pair) || keys.contains(&pair.0));
    }
    pairs
}

/// Whether a pair clears its key.
pub(super) fn clears((_, value): &(String, Value)) -> bool {
    matches!(value, Value::String(text) if text.is_empty())
}

/// The metadata keys of the contact; `None` if it can't be parsed.
pub(super) fn metadata_keys(contact: &[u8]) -> Option<Vec<String>> {
    Some(read_metadata(contact)?.into_iter().filter_map(|pair| pair.key).collect())
}

fn read_metadata(contact: &[u8]) -> Option<Vec<Pair>> {
    // serde also reads a list as a struct.
    let is_object = trim_json(contact).starts_with(b"{");
    let contact = serde_json::from_slice::<Contact>(contact).ok().filter(|_| is_object)?;
    Some(contact.metadata.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed_keys(contact: &str) -> Vec<String> {
        let pairs = [("tier", "gold"), ("city", "")].map(|(key, value)| (key.to_owned(), Value::String(value.to_owned())));
        changed_pairs(pairs.into(), contact.as_bytes()).into_iter().map(|(key, _)| key).collect()
    }

    #[test]
    fn drops_pairs_with_an_equal_key_and_value() {
        assert!(changed_keys(r#"{"metadata": [{"key": "tier", "value": "gold"}]}"#).is_empty(), "a missing key is not cleared");
        assert!(changed_keys(r#"{"metadata": [{"key": "city", "value": ""}, {"key": "tier", "value": "gold"}]}"#).is_empty());
        assert_eq!(changed_keys(r#"{"metadata": [{"key": "tier", "value": "Gold"}, {"key": "city"}]}"#), ["tier", "city"]);
        assert_eq!(changed_keys(r#"{"metadata": [{"key": "tier", "value": "gold"}, {"key": "tier", "value": 1}]}"#), [""; 0]);
    }

    #[test]
    fn keeps_all_pairs_of_an_unparsable_contact() {
        for contact in ["", "[]", r#"{"metadata": "x"}"#] {
            assert_eq!(changed_keys(contact), ["tier", "city"], "{contact}");
        }
        for contact in ["{}", r#"{"metadata": null}"#] {
            assert_eq!(changed_keys(contact), ["tier"], "{contact}");
        }
    }
}
