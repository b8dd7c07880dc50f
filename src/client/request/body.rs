//! The JSON body of a request.

use std::borrow::Cow;

use bytes::Bytes;
use serde::ser::{Serialize, Serializer};

use crate::api::{Operation, Parameter, ParameterLocation, ParameterType};
use crate::client::error::Error;
use crate::client::request::value::{Value, to_json};

/// A part of the body. Wire names with dots become nested objects.
#[derive(Debug)]
enum BodyNode<'a> {
    Argument(&'a Parameter, &'a Value),
    /// The fields of an object argument, which are sent under their wire names.
    Fields(&'a Parameter, &'a [(String, Value)]),
    Value(&'a Value),
    Const(&'a toml::Value),
    Object(Vec<(&'a str, BodyNode<'a>)>),
}

/// One entry of a metadata argument.
#[derive(serde::Serialize)]
struct MetadataEntry<'a> {
    key: &'a str,
    value: Cow<'a, str>,
}

/// Builds the body of the arguments; `None` if the operation sends no body.
pub fn build_json_body<'a>(
    operation: &'a Operation,
    arguments: impl Iterator<Item = (&'a Parameter, &'a Value)>,
) -> Result<Option<Bytes>, Error> {
    let mut fields = Vec::new();
    for (parameter, value) in arguments {
        match parameter.location {
            ParameterLocation::Payload => return to_json(&BodyNode::Argument(parameter, value)).map(Some),
            ParameterLocation::Body => insert_path(&mut fields, &parameter.wire_name, BodyNode::Argument(parameter, value)),
            ParameterLocation::Path | ParameterLocation::Query => {}
        }
    }
    for (wire_name, value) in &operation.const_fields {
        insert_path(&mut fields, wire_name, BodyNode::Const(value));
    }
    if fields.is_empty() { Ok(None) } else { to_json(&BodyNode::Object(fields)).map(Some) }
}

fn insert_path<'a>(fields: &mut Vec<(&'a str, BodyNode<'a>)>, path: &'a str, node: BodyNode<'a>) {
    let Some((name, rest)) = path.split_once('.') else {
        fields.push((path, node));
        return;
    };
    let existing = fields.iter_mut().find_map(|(field, node)| match node {
        BodyNode::Object(children) if *field == name => Some(children),
        _ => None,
    });
    match existing {
        Some(children) => insert_path(children, rest, node),
        None => {
            let mut children = Vec::new();
            insert_path(&mut children, rest, node);
            fields.push((name, BodyNode::Object(children)));
        }
    }
}

impl Serialize for BodyNode<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Argument(parameter, value) => serialize_argument(parameter, value, serializer),
            Self::Fields(parameter, pairs) => serializer.collect_map(object_fields(parameter, pairs)),
            Self::Value(value) => value.serialize(serializer),
            Self::Const(value) => value.serialize(serializer),
            Self::Object(fields) => serializer.collect_map(fields.iter().map(|(name, node)| (name, node))),
        }
    }
}

fn serialize_argument<S: Serializer>(parameter: &Parameter, value: &Value, serializer: S) -> Result<S::Ok, S::Error> {
    match (parameter.ty, value) {
        (ParameterType::Metadata, Value::Object(pairs)) => serializer.collect_seq(
            pairs.iter().map(|(key, value)| MetadataEntry { key, value: value.to_scalar_string().unwrap_or_default() }),
        ),
        (ParameterType::Object, Value::Object(pairs)) => BodyNode::Fields(parameter, pairs).serialize(serializer),
        (ParameterType::ObjectList, Value::List(items)) => serializer.collect_seq(items.iter().map(|item| match item {
            Value::Object(pairs) => BodyNode::Fields(parameter, pairs),
            other => BodyNode::Value(other),
        })),
        (_, value) => value.serialize(serializer),
    }
}

/// The fields of an object argument by wire name. `None` is left out. An unknown name is sent unchanged, for a caller who
/// has switched validation off.
fn object_fields<'a>(parameter: &'a Parameter, pairs: &'a [(String, Value)]) -> impl Iterator<Item = (&'a str, BodyNode<'a>)> {
    let sent = pairs.iter().filter(|(_, value)| parameter.fields.is_empty() || *value != Value::Null);
    sent.map(|(name, value)| match parameter.fields.iter().find(|field| field.name == *name) {
        Some(field) => (field.wire_name.as_str(), BodyNode::Argument(field, value)),
        None => (name.as_str(), BodyNode::Value(value)),
    })
}
