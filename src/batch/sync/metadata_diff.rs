//! What of a row the service has already.

use std::collections::HashMap;

use serde::Deserialize;

use crate::client::Value;

/// The part of a contact that a comparison needs.
#[derive(Debug, Deserialize)]
struct Confidence {
    #[serde(default)]
    metadata: Option<Vec<Pair>>,
}

#[derive(Debug, Deserialize)]
struct Pair {
    key: Option<String>,
    #[serde(default)]
    value: serde_json::Value,
}

/// The pairs that the contact in `body` does not have like this; all of them where it can't be read.
pub fn differing(pairs: Vec<(String, Value)>, body: &[u8]) -> Vec<(String, Value)> {
    let Ok(known) = serde_json::from_slice::<Confidence>(body) else { return pairs };
    // The last pair of a key counts, as it does where a contact's metadata is read as a dict.
    let has: HashMap<_, _> =
        known.metadata.into_iter().flatten().filter_map(|pair| Some((pair.key?, pair.value.as_str()?.to_owned()))).collect();
    pairs.into_iter().filter(|(key, value)| !matches!(value, Value::Text(text) if has.get(key) == Some(text))).collect()
}

/// The keys of the contact in `body`; None where it can't be read.
pub fn keys_of(body: &[u8]) -> Option<Vec<String>> {
    let known = serde_json::from_slice::<Confidence>(body).ok()?;
    Some(known.metadata.into_iter().flatten().filter_map(|pair| pair.key).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(body: &str) -> Vec<String> {
        let pairs = [("tier", "gold"), ("city", "")].map(|(key, value)| (key.to_owned(), Value::Text(value.to_owned())));
        differing(pairs.into(), body.as_bytes()).into_iter().map(|(key, _)| key).collect()
    }

    #[test]
    fn only_what_the_contact_has_exactly_so_is_left_out() {
        assert_eq!(left(r#"{"metadata": [{"key": "tier", "value": "gold"}]}"#), ["city"]);
        assert!(left(r#"{"metadata": [{"key": "city", "value": ""}, {"key": "tier", "value": "gold"}]}"#).is_empty());
        assert_eq!(left(r#"{"metadata": [{"key": "tier", "value": "Gold"}, {"key": "city"}]}"#), ["tier", "city"]);
        assert_eq!(left(r#"{"metadata": [{"key": "tier", "value": "gold"}, {"key": "tier", "value": 1}]}"#), ["city"]);
    }

    #[test]
    fn a_contact_that_can_not_be_read_gets_everything() {
        for body in ["", "[]", "{}", r#"{"metadata": null}"#, r#"{"metadata": "x"}"#] {
            assert_eq!(left(body), ["tier", "city"], "{body}");
        }
    }
}
