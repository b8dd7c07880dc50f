//! Violations as the service reports them: a 400 that names the field.

use std::borrow::Cow;

use serde_json::Value;

use crate::api::validate::{Input, MetadataEntry, MetadataRule, Path, Rule, View, Violation};
use crate::api::{Parameter, ParameterLocation, ParameterType};
use crate::sandbox::response::ApiError;
use crate::sandbox::timestamp;

impl Input for Value {
    fn view(&self) -> View<'_, Self> {
        match self {
            Self::Null => View::Null,
            Self::Bool(value) => View::Bool(*value),
            Self::Number(number) => match number.as_i64() {
                Some(integer) => View::Integer(integer),
                None => View::Number(number.as_f64().unwrap_or_default()),
            },
            Self::String(text) => View::Text(text),
            Self::Array(items) => View::List(items),
            Self::Object(_) => View::Object,
        }
    }

    fn field(&self, field: &Parameter) -> Option<&Self> {
        self.get(&field.wire_name)
    }

    /// The service ignores unknown fields of nested objects.
    fn unknown_key(&self, _fields: &[Parameter]) -> Option<&str> {
        None
    }

    fn metadata(&self) -> Option<impl ExactSizeIterator<Item = MetadataEntry<'_, Self>>> {
        Some(self.as_array()?.iter().map(|pair| MetadataEntry {
            key: pair.get("key").and_then(Self::as_str),
            value: pair.get("value"),
            text: pair.get("value").and_then(Self::as_str).map(Cow::Borrowed),
        }))
    }

    /// A form is read as JSON with a placeholder for its file.
    fn is_file(&self) -> bool {
        true
    }

    fn is_datetime(&self, text: &str) -> bool {
        timestamp::parse(text).is_some()
    }
}

/// Rejects the request with the service's error.
pub(super) fn reject(violation: &Violation<'_, Value>) -> Result<(), ApiError> {
    match violation {
        Violation::Value { path, parameter, value, rule } => match location(path) {
            ParameterLocation::Path => reject_path(parameter, value),
            _ => Err(value_error(path, parameter, value, rule)),
        },
        Violation::Constraint { path: Some(path), constraint, .. } => {
            Err(error(path, "", &format!("is inconsistent. {}", constraint.text)))
        }
        Violation::Constraint { path: None, constraint, .. } => {
            Err(ApiError::invalid("body", constraint.text.as_str(), &constraint.text))
        }
    }
}

/// The service validates ids of resources only; any other value in a path is looked up and not found.
fn reject_path(parameter: &Parameter, value: &Value) -> Result<(), ApiError> {
    if parameter.format.as_deref() != Some("resource_id") {
        return Ok(());
    }
    let name = &parameter.wire_name;
    Err(ApiError::invalid(&format!("path.{name}"), format!("Invalid {name}"), &format!("{value} is not 24 hex digits")))
}

fn value_error(path: &Path<'_>, parameter: &Parameter, value: &Value, rule: &Rule<'_>) -> ApiError {
    // A query writes a list as one value with commas, so its items have no index.
    let path = if location(path) == ParameterLocation::Query { path.without_index() } else { *path };
    let expected = rule.expected();
    match *rule {
        Rule::Enum => enum_error(&path, parameter, value),
        Rule::Required => error(&path, "", "is required"),
        Rule::Type(ty) => error(&path, "", &format!("must be {}", json_type(ty))),
        Rule::UnknownField(key) => error(&path, "", &format!("has the unknown field {key}")),
        Rule::MinItems { .. } | Rule::MaxItems { .. } => error(&path, "", &format!("must have {expected}")),
        Rule::Metadata { rule, index, .. } => {
            let is_key = matches!(rule, MetadataRule::KeyType | MetadataRule::Key(_));
            let entry = format!("[{index}].{}", if is_key { "key" } else { "value" });
            error(&path, &entry, &format!("must be {expected}"))
        }
        Rule::Format(_) if parameter.format.as_deref() == Some("phone") => {
            error(&path, "", &format!("must be {expected}")).with_code("phone:invalid")
        }
        _ => error(&path, "", &format!("must be {expected}")),
    }
}

fn enum_error(path: &Path<'_>, parameter: &Parameter, value: &Value) -> ApiError {
    let name = wire_path(&path.without_index());
    let problem = format!("{value} is none of {}", parameter.enum_values.join(", "));
    ApiError::invalid(&format!("{}.{name}", area(path)), format!("Invalid {name} value"), &problem)
}

/// `entry` follows the path, for what is inside the value.
fn error(path: &Path<'_>, entry: &str, problem: &str) -> ApiError {
    let name = wire_path(path) + entry;
    ApiError::invalid(&format!("{}.{name}", area(path)), format!("{name} {problem}"), problem)
}

fn location(path: &Path<'_>) -> ParameterLocation {
    path.parameter().map(|parameter| parameter.location).unwrap_or_default()
}

/// The part of the request that the error names.
fn area(path: &Path<'_>) -> &'static str {
    if location(path) == ParameterLocation::Query { "query" } else { "body" }
}

fn wire_path(path: &Path<'_>) -> String {
    path.write(&|parameter, is_field| match is_field {
        true => format!(".{}", parameter.wire_name),
        false => parameter.wire_name.clone(),
    })
}

fn json_type(ty: ParameterType) -> &'static str {
    match ty {
        ParameterType::String | ParameterType::Datetime => "text",
        ParameterType::Integer => "a whole number",
        ParameterType::Number => "a number",
        ParameterType::Boolean => "true or false",
        ParameterType::StringList => "a list of text",
        ParameterType::NumberList => "a list of numbers",
        ParameterType::Object => "an object",
        ParameterType::ObjectList => "a list of objects",
        ParameterType::File => "a file",
        ParameterType::Metadata => "a list of {key, value}",
    }
}
