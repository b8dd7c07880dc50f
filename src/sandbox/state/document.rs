//! JSON documents: reading and writing values at dotted paths.

use indexmap::IndexMap;
use serde_json::{Map, Value};

/// A JSON object that keeps the order of its keys.
pub type Document = Map<String, Value>;

/// Documents by id, in insertion order.
pub type Documents = IndexMap<String, Document>;

/// The value at a dotted path such as `session.status`.
pub fn value_at<'a>(document: &'a Document, path: &str) -> Option<&'a Value> {
    let mut keys = path.split('.');
    let first = document.get(keys.next()?)?;
    keys.try_fold(first, |value, key| value.get(key))
}

/// The string at a dotted path.
pub fn str_at<'a>(document: &'a Document, path: &str) -> Option<&'a str> {
    value_at(document, path)?.as_str()
}

/// The strings at several keys, empty where there is none.
pub fn strings_at<const N: usize>(document: &Document, keys: [&str; N]) -> [String; N] {
    keys.map(|key| str_at(document, key).unwrap_or_default().to_owned())
}

/// The fields of an object that are not null.
pub fn without_nulls(object: Value) -> Document {
    let Value::Object(mut fields) = object else { return Document::new() };
    fields.retain(|_, value| !value.is_null());
    fields
}

/// The object under a key; created if it is missing, replaced if it is not an object.
pub fn entry_object<'a>(document: &'a mut Document, key: &str) -> Option<&'a mut Document> {
    let slot = document.entry(key).or_insert(Value::Null);
    if !slot.is_object() {
        *slot = Value::Object(Document::new());
    }
    slot.as_object_mut()
}

/// Sets the fields that a document lacks, also those of the objects in it. A default that is null is no default.
pub fn fill(document: &mut Document, defaults: Value) {
    let Value::Object(defaults) = defaults else { return };
    for (key, value) in defaults.into_iter().filter(|(_, value)| !value.is_null()) {
        match document.get_mut(&key) {
            Some(Value::Object(own)) => fill(own, value),
            Some(_) => {}
            None => drop(document.insert(key, nested_without_nulls(value))),
        }
    }
}

/// The same value without fields that are null, at any depth.
fn nested_without_nulls(mut value: Value) -> Value {
    remove_nulls(&mut value);
    value
}

fn remove_nulls(value: &mut Value) {
    if let Value::Object(fields) = value {
        fields.retain(|_, value| !value.is_null());
        fields.values_mut().for_each(remove_nulls);
    }
}

/// Sets the value at a dotted path; missing objects are created.
pub fn set_at(document: &mut Document, path: &str, value: Value) {
    match path.split_once('.') {
        Some((first, rest)) => {
            if let Some(inner) = entry_object(document, first) {
                set_at(inner, rest, value);
            }
        }
        None => {
            document.insert(path.to_owned(), value);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::json;

    use super::*;

    #[test]
    fn fill_keeps_what_a_document_has() {
        let Value::Object(mut document) = json!({"meta": {"isSpam": true}, "name": null}) else { return };
        fill(&mut document, json!({"meta": {"isSpam": false, "isPinned": false}, "name": "Ada", "lid": null, "a": {"b": null}}));
        assert_eq!(Value::from(document), json!({"meta": {"isSpam": true, "isPinned": false}, "name": null, "a": {}}));
    }

    #[test]
    fn paths_reach_into_nested_objects() {
        let mut document = Document::from_iter([("id".to_owned(), Value::from(1))]);
        entry_object(&mut document, "session").unwrap().insert("status".to_owned(), "online".into());
        assert_eq!(str_at(&document, "session.status"), Some("online"));
        assert_eq!(value_at(&document, "session.status.deeper"), None);
        assert_eq!(entry_object(&mut document, "id").unwrap().len(), 0);
        set_at(&mut document, "poll.name", "Lunch?".into());
        set_at(&mut document, "poll.options", 2.into());
        assert_eq!((str_at(&document, "poll.name"), value_at(&document, "poll.options")), (Some("Lunch?"), Some(&2.into())));
    }
}
