//! Which row a body is meant for, where several rows share a method and a path, as all that send do.

use std::cmp::Reverse;

use serde_json::Value;

use crate::api::{ConstraintKind, Operation, Parameter, ParameterLocation};
use crate::sandbox::router::Route;

/// The row that fits the body best: its constants are there, it knows most of what is given and misses least.
///
/// Of rows that fit equally, the one that insists on more of it is meant: a text with a moment to deliver it at is a
/// scheduled message.
pub fn route<'a>(routes: &'a [Route], body: &[u8]) -> Option<&'a Route> {
    let (first, others) = routes.split_first()?;
    if others.is_empty() {
        return Some(first);
    }
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let possible = routes.iter().filter(|route| constants_are_in(route.operation, &body));
    possible.min_by_key(|route| misfit(route.operation, &body)).or(Some(first))
}

/// The value at a path of names, such as `poll.name`; one that is null is not given.
pub fn at<'a>(body: &'a Value, wire: &str) -> Option<&'a Value> {
    wire.split('.').try_fold(body, |value, key| value.get(key)).filter(|value| !value.is_null())
}

/// The paths in a body that the row does not know.
pub fn unknown(operation: &Operation, body: &Value) -> Vec<String> {
    let mut paths =
        body.as_object().into_iter().flatten().flat_map(|(name, value)| paths(operation, name, value)).collect::<Vec<_>>();
    paths.retain(|path| !wires(operation).any(|wire| wire == path));
    paths
}

/// A field's own path or, where the row knows the fields in it, theirs.
fn paths(operation: &Operation, name: &str, value: &Value) -> Vec<String> {
    let leads_on = wires(operation).any(|wire| wire.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')));
    match value.as_object().filter(|_| leads_on) {
        Some(inner) => inner.keys().map(|key| format!("{name}.{key}")).collect(),
        None => vec![name.to_owned()],
    }
}

fn wires(operation: &Operation) -> impl Iterator<Item = &str> {
    fields(operation).map(|parameter| parameter.wire_name.as_str()).chain(operation.const_fields.keys().map(String::as_str))
}

fn fields(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation.parameters.iter().filter(|parameter| parameter.location == ParameterLocation::Body)
}

fn constants_are_in(operation: &Operation, body: &Value) -> bool {
    let wanted = |value: &toml::Value| serde_json::to_value(value).ok();
    operation.const_fields.iter().all(|(wire, value)| at(body, wire) == wanted(value).as_ref())
}

/// What speaks against a row: the smaller the better.
fn misfit(operation: &Operation, body: &Value) -> (usize, usize, Reverse<usize>, Reverse<usize>) {
    let is_given = |parameter: &&Parameter| at(body, &parameter.wire_name).is_some();
    let (given, missing): (Vec<_>, Vec<_>) = fields(operation).filter(|parameter| parameter.required).partition(is_given);
    let has = |name: &String| fields(operation).any(|parameter| parameter.name == *name && is_given(&parameter));
    let choices = [ConstraintKind::AtLeastOneOf, ConstraintKind::ExactlyOneOf].map(|kind| operation.constrained(kind));
    let (chosen, open): (Vec<_>, Vec<_>) = choices.into_iter().flatten().partition(|names| names.iter().any(has));
    let lacks = missing.len() + open.len();
    let insists = given.len() + chosen.len();
    (unknown(operation, body).len(), lacks, Reverse(operation.const_fields.len()), Reverse(insists))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use serde_json::json;

    use super::*;
    use crate::sandbox::router::{RouteLookup, Router};

    fn meant(mut body: Value) -> String {
        for (field, value) in [("device", "64f0c2a91b7e4d5f8a3b6c01"), ("phone", "+447362053576")] {
            body[field] = value.into();
        }
        let router = Router::of_the_table().unwrap();
        let RouteLookup::Routes(routes, _) = router.find(&http::Method::POST, "/messages") else { return String::new() };
        assert_eq!(routes.len(), 13);
        route(routes, body.to_string().as_bytes()).unwrap().operation.name.clone()
    }

    #[test]
    fn every_kind_of_message_is_told_from_the_others() {
        let id = "3EB0A1B2C3D4E5F60718";
        for (body, row) in [
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
            (json!({"location": {"coordinates": [51.5, -0.12]}}), "send.location"),
            (json!({"contacts": [{"phone": "+447362053577", "name": "Ada"}]}), "send.contacts"),
            (json!({"reaction": "-", "reactionMessage": id}), "send.reaction"),
            (json!({"product": "1234567890123456"}), "send.product"),
            (json!({"forward": {"message": id}}), "send.forward"),
        ] {
            assert_eq!(meant(body.clone()), row, "{body}");
        }
    }

    #[test]
    fn a_mistake_is_told_by_the_row_that_was_meant() {
        for (body, row) in [
            (json!({}), "send.text"),
            (json!({"message": "Hello", "colour": "red"}), "send.text"),
            (json!({"poll": {"name": "Lunch?"}}), "send.poll"),
            (json!({"vote": {"poll": "3EB0A1B2C3D4E5F60718"}}), "send.vote"),
            (json!({"reaction": "-"}), "send.reaction"),
        ] {
            assert_eq!(meant(body.clone()), row, "{body}");
        }
        assert_eq!(
            unknown(crate::api::operation("send.poll").unwrap(), &json!({"poll": {"name": 1, "a": 2}, "b": 3})),
            ["poll.a", "b"]
        );
    }

    const DEVICE: &str = "64f0c2a91b7e4d5f8a3b6c01";
}
