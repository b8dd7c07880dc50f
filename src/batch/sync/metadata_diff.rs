//! Compares the metadata of a contact with the pairs of a row.

use std::collections::HashMap;

use serde::Deserialize;

use crate::client::Value;

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

/// The pairs that the contact does not have with the same value; all pairs if the contact can't be parsed.
pub(super) fn changed_pairs(pairs: Vec<(String, Value)>, contact: &[u8]) -> Vec<(String, Value)> {
    let Ok(contact) = serde_json::from_slice::<Contact>(contact) else { return pairs };
    // The last pair of a key counts, as in the dict that `get_metadata` returns.
    let existing: HashMap<_, _> =
        contact.metadata.into_iter().flatten().filter_map(|pair| Some((pair.key?, pair.value.as_str()?.to_owned()))).collect();
    let is_unchanged = |key: &String, value: &Value| matches!(value, Value::String(text) if existing.get(key) == Some(text));
    pairs.into_iter().filter(|(key, value)| !is_unchanged(key, value)).collect()
}

/// The metadata keys of the contact; `None` if it can't be parsed.
pub(super) fn metadata_keys(contact: &[u8]) -> Option<Vec<String>> {
    let contact = serde_json::from_slice::<Contact>(contact).ok()?;
    Some(contact.metadata.into_iter().flatten().filter_map(|pair| pair.key).collect())
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
        assert_eq!(changed_keys(r#"{"metadata": [{"key": "tier", "value": "gold"}]}"#), ["city"]);
        assert!(changed_keys(r#"{"metadata": [{"key": "city", "value": ""}, {"key": "tier", "value": "gold"}]}"#).is_empty());
        assert_eq!(changed_keys(r#"{"metadata": [{"key": "tier", "value": "Gold"}, {"key": "city"}]}"#), ["tier", "city"]);
        assert_eq!(changed_keys(r#"{"metadata": [{"key": "tier", "value": "gold"}, {"key": "tier", "value": 1}]}"#), ["city"]);
    }

    #[test]
    fn keeps_all_pairs_of_an_unparsable_contact() {
        for contact in ["", "[]", "{}", r#"{"metadata": null}"#, r#"{"metadata": "x"}"#] {
            assert_eq!(changed_keys(contact), ["tier", "city"], "{contact}");
        }
    }
}
