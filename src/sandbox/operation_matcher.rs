//! Finds the operation that a body is meant for, where several share a method and a path, as all `send` operations do.

use std::cmp::Reverse;

use serde_json::Value;

use crate::api::{ConstraintKind, Operation, Parameter, ParameterLocation};

/// The index of the operation that matches the body best: its constant fields match, it knows the most fields of the
/// body, and the body lacks the fewest of its required fields.
///
/// Among equal matches the operation with the most required fields in the body wins: a text with `deliverAt` is a
/// scheduled message.
pub fn best_match(operations: impl ExactSizeIterator<Item = &'static Operation>, body: &[u8]) -> Option<usize> {
    if operations.len() <= 1 {
        return (operations.len() == 1).then_some(0);
    }
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let possible = operations.enumerate().filter(|(_, operation)| matches_constants(operation, &body));
    let best = possible.min_by_key(|(_, operation)| mismatch_score(operation, &body));
    Some(best.map_or(0, |(index, _)| index))
}

/// The value at a dotted path; null counts as missing.
fn value_at<'a>(body: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(body, |value, key| value.get(key)).filter(|value| !value.is_null())
}

/// The paths in a body that are no fields of the operation; null counts as missing.
pub fn unknown_fields(operation: &Operation, body: &Value) -> Vec<String> {
    let fields = body.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    let mut paths: Vec<String> = fields.flat_map(|(name, value)| paths(operation, name, value)).collect();
    paths.retain(|path| !wire_names(operation).any(|name| name == path));
    paths
}

/// The path of a field or, if the operation has fields inside it, the paths of those in the body.
fn paths(operation: &Operation, name: &str, value: &Value) -> Vec<String> {
    let is_prefix = wire_names(operation).any(|wire_name| wire_name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')));
    match value.as_object().filter(|_| is_prefix) {
        Some(inner) => inner.iter().filter(|(_, value)| !value.is_null()).map(|(key, _)| format!("{name}.{key}")).collect(),
        None => vec![name.to_owned()],
    }
}

fn wire_names(operation: &Operation) -> impl Iterator<Item = &str> {
    let fields = body_fields(operation).flat_map(|parameter| [Some(&parameter.wire_name), parameter.other_wire_name.as_ref()]);
    fields.flatten().chain(operation.const_fields.keys()).map(String::as_str)
}

fn body_fields(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation.parameters.iter().filter(|parameter| parameter.location == ParameterLocation::Body)
}

fn matches_constants(operation: &Operation, body: &Value) -> bool {
    let expected = |value: &toml::Value| serde_json::to_value(value).ok();
    operation.const_fields.iter().all(|(path, value)| value_at(body, path) == expected(value).as_ref())
}

/// How badly an operation matches: lower is better.
fn mismatch_score(operation: &Operation, body: &Value) -> (usize, usize, Reverse<usize>, Reverse<usize>) {
    let is_present = |parameter: &&Parameter| {
        let names = [Some(&parameter.wire_name), parameter.other_wire_name.as_ref()];
        names.into_iter().flatten().any(|name| value_at(body, name).is_some())
    };
    let (present, missing): (Vec<_>, Vec<_>) =
        body_fields(operation).filter(|parameter| parameter.required).partition(is_present);
    let is_named = |name: &String| body_fields(operation).any(|parameter| parameter.name == *name && is_present(&parameter));
    let choices = [ConstraintKind::AtLeastOneOf, ConstraintKind::ExactlyOneOf].map(|kind| operation.constrained(kind));
    let (met, unmet): (Vec<_>, Vec<_>) = choices.into_iter().flatten().partition(|names| names.iter().any(is_named));
    let missing = missing.len() + unmet.len();
    let present = present.len() + met.len();
    (unknown_size(operation, body), missing, Reverse(operation.const_fields.len()), Reverse(present))
}

/// The number of unknown fields. An unknown object counts with its fields: one that the operation knows in part matches better.
fn unknown_size(operation: &Operation, body: &Value) -> usize {
    let size = |path: &String| 1 + value_at(body, path).and_then(Value::as_object).map_or(0, |inner| inner.len());
    unknown_fields(operation, body).iter().map(size).sum()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use serde_json::json;

    use super::*;
    use crate::api;

    fn matched(mut body: Value) -> &'static str {
        for (field, value) in [("device", DEVICE), ("phone", "+447362053576")] {
            body[field] = value.into();
        }
        let is_send = |operation: &&Operation| operation.method == http::Method::POST && operation.path == "/messages";
        let operations: Vec<_> = api::operations().unwrap().into_iter().filter(is_send).collect();
        assert_eq!(operations.len(), 13);
        &operations[best_match(operations.iter().copied(), body.to_string().as_bytes()).unwrap()].name
    }

    #[test]
    fn each_message_body_matches_its_operation() {
        let id = "3EB0A1B2C3D4E5F60718";
        for (body, name) in [
            (json!({"message": "Hello"}), "send.text"),
            (json!({"message": "Hello", "reference": "1", "actions": []}), "send.text"),
            (json!({"media": {"url": "https://example.com/a.pdf"}, "message": "Read"}), "send.media"),
            (json!({"media": {"file": DEVICE, "format": "ptt"}}), "send.media"),
            (json!({"message": "Hello", "deliverAt": "2030-01-01"}), "send.scheduled"),
            (json!({"media": {"file": DEVICE}, "deliverAt": "2030-01-01"}), "send.scheduled"),
            (json!({"poll": {"name": "Lunch?", "options": ["a", "b"]}, "deliverAt": "2030-01-01"}), "send.poll"),
            (json!({"vote": {"poll": id, "options": [{"id": 0}]}}), "send.vote"),
            (json!({"vote": {"poll": id, "options": []}}), "send.clear_vote"),
            (json!({"event": {"name": "Demo", "date": "2030-01-01"}}), "send.event"),
            (json!({"attend": {"event": id, "confirm": false}}), "send.event_response"),
            (json!({"confirm": {"event": id, "confirm": false}}), "send.event_response"),
            (json!({"message": "Hello", "poll": null, "media": null}), "send.text"),
            (json!({"location": {"coordinates": [51.5, -0.12]}}), "send.location"),
            (json!({"contacts": [{"phone": "+447362053577", "name": "Ada"}]}), "send.contacts"),
            (json!({"reaction": "-", "reactionMessage": id}), "send.reaction"),
            (json!({"product": "1234567890123456"}), "send.product"),
            (json!({"forward": {"message": id}}), "send.forward"),
        ] {
            assert_eq!(matched(body.clone()), name, "{body}");
        }
    }

    #[test]
    fn invalid_bodies_match_the_closest_operation() {
        for (body, name) in [
            (json!({}), "send.text"),
            (json!({"message": "Hello", "colour": "red"}), "send.text"),
            (json!({"poll": {"name": "Lunch?"}}), "send.poll"),
            (json!({"vote": {"poll": "3EB0A1B2C3D4E5F60718"}}), "send.vote"),
            (json!({"reaction": "-"}), "send.reaction"),
            (json!({"message": "Hello", "media": {"url": "https://example.com/a.pdf", "colour": 1}}), "send.media"),
            (json!({"location": {"latitude": 51.5, "longitude": -0.12}}), "send.location"),
        ] {
            assert_eq!(matched(body.clone()), name, "{body}");
        }
    }

    #[test]
    fn unknown_fields_are_reported_by_path() {
        let operation = api::operation("send.poll").unwrap();
        let body = json!({"poll": {"name": 1, "a": 2, "c": null}, "b": 3, "d": null});
        assert_eq!(unknown_fields(operation, &body), ["poll.a", "b"]);
    }

    const DEVICE: &str = "64f0c2a91b7e4d5f8a3b6c01";
}
