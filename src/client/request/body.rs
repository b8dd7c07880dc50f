//! The JSON body of a request, from the arguments of a call.

use std::borrow::Cow;

use crate::api::{Operation, Parameter, ParameterLocation, ParameterType};
use crate::client::request::value::{Value, separated, write_json_text};

/// A body being put together: names with dots become objects in objects.
#[derive(Debug)]
enum Node<'a> {
    Argument(&'a Parameter, &'a Value),
    Constant(&'a toml::Value),
    Object(Vec<(&'a str, Node<'a>)>),
}

/// The body that these arguments make, or none where nothing goes into it.
pub fn body<'a>(operation: &'a Operation, given: impl Iterator<Item = (&'a Parameter, &'a Value)>) -> Option<String> {
    let mut fields = Vec::new();
    for (parameter, value) in given {
        match parameter.location {
            ParameterLocation::Payload => return Some(json(&Node::Argument(parameter, value))),
            ParameterLocation::Body => place(&mut fields, &parameter.wire_name, Node::Argument(parameter, value)),
            ParameterLocation::Path | ParameterLocation::Query => {}
        }
    }
    for (wire, value) in &operation.const_fields {
        place(&mut fields, wire, Node::Constant(value));
    }
    (!fields.is_empty()).then(|| json(&Node::Object(fields)))
}

fn place<'a>(fields: &mut Vec<(&'a str, Node<'a>)>, wire: &'a str, node: Node<'a>) {
    let Some((object, rest)) = wire.split_once('.') else {
        fields.push((wire, node));
        return;
    };
    let inner = fields.iter_mut().find_map(|(name, found)| match found {
        Node::Object(inner) if *name == object => Some(inner),
        _ => None,
    });
    match inner {
        Some(inner) => place(inner, rest, node),
        None => {
            let mut inner = Vec::new();
            place(&mut inner, rest, node);
            fields.push((object, Node::Object(inner)));
        }
    }
}

fn json(node: &Node<'_>) -> String {
    let mut out = String::with_capacity(128);
    write_node(node, &mut out);
    out
}

fn write_node(node: &Node<'_>, out: &mut String) {
    match node {
        Node::Argument(parameter, value) => write_argument(parameter, value, out),
        Node::Constant(value) => out.push_str(&serde_json::json!(value).to_string()),
        Node::Object(fields) => write_object(fields, out, |node, out| write_node(node, out)),
    }
}

fn write_argument(parameter: &Parameter, value: &Value, out: &mut String) {
    match (parameter.ty, value) {
        (ParameterType::Metadata, Value::Map(pairs)) => {
            metadata_json(pairs.iter().map(|(key, value)| (key.as_str(), value.as_text().unwrap_or_default())), out)
        }
        (ParameterType::Object, Value::Map(pairs)) => write_fields(parameter, pairs, out),
        (ParameterType::ObjectList, Value::List(items)) => {
            out.push('[');
            separated(items, out, |item, out| match item {
                Value::Map(pairs) => write_fields(parameter, pairs, out),
                other => other.write_json(out),
            });
            out.push(']');
        }
        (_, value) => value.write_json(out),
    }
}

/// An object with its fields as the wire names them. What is not given is left out; a name that the row does not have
/// goes as it is, for a caller who has turned the checks off.
fn write_fields(parameter: &Parameter, pairs: &[(String, Value)], out: &mut String) {
    let given: Vec<_> = pairs.iter().filter(|(_, value)| parameter.fields.is_empty() || *value != Value::Null).collect();
    let named = given.iter().map(|(name, value)| match parameter.fields.iter().find(|field| field.name == *name) {
        Some(field) => (field.wire_name.as_str(), (Some(field), value)),
        None => (name.as_str(), (None, value)),
    });
    write_object(&named.collect::<Vec<_>>(), out, |(field, value), out| match field {
        Some(field) => write_argument(field, value, out),
        None => value.write_json(out),
    });
}

fn write_object<T>(pairs: &[(&str, T)], out: &mut String, mut write: impl FnMut(&T, &mut String)) {
    out.push('{');
    separated(pairs, out, |(name, value), out| {
        write_json_text(name, out);
        out.push(':');
        write(value, out);
    });
    out.push('}');
}

/// Metadata as the service takes it: `[{"key":…,"value":…}]`.
fn metadata_json<'a>(pairs: impl Iterator<Item = (&'a str, Cow<'a, str>)>, out: &mut String) {
    let mut before = '[';
    for (key, value) in pairs {
        out.push(before);
        out.push_str("{\"key\":");
        write_json_text(key, out);
        out.push_str(",\"value\":");
        write_json_text(&value, out);
        out.push('}');
        before = ',';
    }
    if before == '[' {
        out.push('[');
    }
    out.push(']');
}
