//! A request held against its row: what the service would refuse, the sandbox refuses, naming the field.

mod cross_field;
mod value;

use serde_json::Value;

use crate::api::{Operation, Parameter, ParameterLocation, ParameterType};
use crate::sandbox::media::multipart::Part;
use crate::sandbox::query::Query;
use crate::sandbox::response::ApiError;
use crate::sandbox::router::operation_matcher;
use crate::sandbox::state::store::{Document, set_at};
use crate::sandbox::validate::cross_field::check_together;
use crate::sandbox::validate::value::{Location, check_count, check_field, check_number, check_text, fits};

/// A request that fits its row.
#[derive(Debug)]
pub struct Call {
    pub operation: &'static Operation,
    /// Values of the path's placeholders, in their order.
    path: Vec<String>,
    pub query: Query,
    body: Value,
    /// The file of a form.
    pub file: Option<Part>,
}

impl Call {
    /// The device in the path; the account's own resources have none.
    pub fn device(&self) -> &str {
        let named = self.operation.parameters.iter().zip(&self.path).find(|(parameter, _)| parameter.wire_name == "device");
        named.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// The last value in the path: the document that the call is about.
    pub fn id(&self) -> &str {
        self.path.last().map(String::as_str).unwrap_or_default()
    }

    /// The id of the document that the call is about: in the path or, where that ends with the device, in the body.
    pub fn subject(&self) -> &str {
        match self.subject_in_body() {
            Some(parameter) => self.text(&parameter.wire_name).unwrap_or_default(),
            None => self.id(),
        }
    }

    fn subject_in_body(&self) -> Option<&'static Parameter> {
        let mut parameters = self.operation.parameters.iter();
        let in_path = parameters.clone().any(|one| one.location == ParameterLocation::Path && one.wire_name != "device");
        parameters.find(|one| !in_path && one.location == ParameterLocation::Body && one.positional && one.required)
    }

    /// What the body gives of the row's fields, by their path on the wire, but for the one that names the document.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        let subject = self.subject_in_body().map(|parameter| parameter.wire_name.as_str());
        self.body_fields().filter(move |(wire, _)| Some(*wire) != subject)
    }

    fn body_fields(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        let fields = self.operation.parameters.iter().filter(|parameter| parameter.location == ParameterLocation::Body);
        fields.filter_map(|parameter| Some((parameter.wire_name.as_str(), self.field(&parameter.wire_name)?)))
    }

    /// A document of the row's fields: what the body gives, else what the row says is meant.
    pub fn fields_with_defaults(&self) -> Document {
        let mut document = Document::new();
        for parameter in self.operation.parameters.iter().filter(|parameter| parameter.location == ParameterLocation::Body) {
            let meant = || serde_json::to_value(parameter.default.as_ref()?).ok();
            if let Some(value) = self.field(&parameter.wire_name).cloned().or_else(meant) {
                set_at(&mut document, &parameter.wire_name, value);
            }
        }
        document
    }

    /// The one value of a query parameter, or the row's default.
    pub fn query_value(&self, wire: &str) -> Option<String> {
        let given = self.query.get(wire).and_then(|values| values.first().cloned());
        given.or_else(|| {
            let parameter = self.operation.parameters.iter().find(|parameter| parameter.wire_name == wire)?;
            parameter.default.as_ref().and_then(default_text)
        })
    }

    /// A text field of the body.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.field(field)?.as_str()
    }

    /// Whether a field of the body is true.
    pub fn flag(&self, field: &str) -> bool {
        self.field(field).and_then(Value::as_bool).unwrap_or_default()
    }

    /// A field of the body, by its path on the wire; one that is null is not given.
    pub fn field(&self, field: &str) -> Option<&Value> {
        field.split('.').try_fold(&self.body, |value, key| value.get(key)).filter(|value| !value.is_null())
    }

    /// The whole body.
    pub fn body(&self) -> &Value {
        &self.body
    }

    /// The body where it is a list.
    pub fn items(&self) -> &[Value] {
        self.body.as_array().map(Vec::as_slice).unwrap_or_default()
    }
}

fn default_text(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// Checks path, query and body, in this order, and stops at the first mistake.
pub fn call(operation: &'static Operation, path: Vec<String>, query: Query, body: &[u8]) -> Result<Call, ApiError> {
    let path = with_domains(operation, path);
    for (parameter, value) in operation.parameters.iter().zip(&path) {
        check_path(parameter, value)?;
    }
    for parameter in operation.parameters.iter().filter(|parameter| parameter.location == ParameterLocation::Query) {
        check_query(parameter, query.get(&parameter.wire_name))?;
    }
    let call = Call { operation, path, query, body: read_body(operation, body)?, file: None };
    check_body(&call)?;
    check_together(&call)?;
    Ok(call)
}

/// Groups and channels may be named without the second half of their wid.
fn with_domains(operation: &Operation, path: Vec<String>) -> Vec<String> {
    let whole = |(value, parameter): (String, &Parameter)| match parameter.format.as_deref() {
        Some("group_id") if !value.contains('@') => value + "@g.us",
        Some("channel_id") if !value.contains('@') => value + "@newsletter",
        _ => value,
    };
    path.into_iter().zip(&operation.parameters).map(whole).collect()
}

/// Only resource ids have a form that the service is known to insist on; anything else is looked up and not found.
fn check_path(parameter: &Parameter, value: &str) -> Result<(), ApiError> {
    if parameter.format.as_deref() != Some("resource_id") || fits(value, "resource_id") {
        return Ok(());
    }
    let problem = format!("{value:?} is not 24 hex digits");
    Err(ApiError::invalid(&format!("path.{}", parameter.wire_name), format!("Invalid {}", parameter.wire_name), &problem))
}

fn check_query(parameter: &Parameter, values: Option<&[String]>) -> Result<(), ApiError> {
    let place = Location { area: "query", inside: None, parameter };
    match values {
        None if parameter.required => Err(place.missing()),
        None => Ok(()),
        Some(values) => {
            check_count(&place, values.len())?;
            values.iter().try_for_each(|value| check_word(&place, value))
        }
    }
}

/// A value in a query, where everything is text.
fn check_word(place: &Location<'_>, text: &str) -> Result<(), ApiError> {
    match place.parameter.ty {
        ParameterType::Integer => match text.parse() {
            Ok(number) => check_number(place, number),
            Err(_) => Err(place.wrong("must be a whole number")),
        },
        ParameterType::Number if text.parse::<f64>().is_err() => Err(place.wrong("must be a number")),
        ParameterType::Boolean if !matches!(text, "true" | "false") => Err(place.wrong("must be true or false")),
        ParameterType::Number | ParameterType::Boolean => Ok(()),
        _ => check_text(place, text),
    }
}

fn read_body(operation: &Operation, body: &[u8]) -> Result<Value, ApiError> {
    let wanted = operation
        .parameters
        .iter()
        .any(|parameter| matches!(parameter.location, ParameterLocation::Body | ParameterLocation::Payload));
    if !wanted || body.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(body).map_err(|error| ApiError::invalid("body", "Invalid JSON body", &error.to_string()))
}

fn check_body(call: &Call) -> Result<(), ApiError> {
    let mut fields =
        call.operation.parameters.iter().filter(|parameter| parameter.location == ParameterLocation::Body).peekable();
    if let Some(root) = call.operation.parameters.iter().find(|parameter| parameter.location == ParameterLocation::Payload) {
        return check_field(&Location { area: "body", inside: None, parameter: root }, Some(&call.body));
    }
    if fields.peek().is_none() {
        return Ok(());
    }
    if !matches!(call.body, Value::Object(_) | Value::Null) {
        return Err(ApiError::invalid("body", "The body must be a JSON object", "it is JSON of another kind"));
    }
    check_names(call)?;
    fields.try_for_each(|parameter| {
        check_field(&Location { area: "body", inside: None, parameter }, call.field(&parameter.wire_name))
    })
}

/// Only where the service refuses fields that it does not know.
fn check_names(call: &Call) -> Result<(), ApiError> {
    let unknown =
        if call.operation.deny_unknown_fields { operation_matcher::unknown(call.operation, &call.body) } else { Vec::new() };
    match unknown.first() {
        Some(name) => Err(ApiError::invalid(&format!("body.{name}"), format!("Unknown field {name}"), "the field is not known")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
