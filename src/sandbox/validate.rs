//! Validation of a request against its operation, by the rules of `api::validate`: what the service would reject, the sandbox
//! rejects with a 400 that names the field.

mod violation;

use std::borrow::Cow;

use serde_json::Value;

use crate::api::{self, Operation, Parameter, ParameterLocation, ParameterType};
use crate::sandbox::media::multipart::Part;
use crate::sandbox::operation_matcher;
use crate::sandbox::options::Paging;
use crate::sandbox::query::Query;
use crate::sandbox::response::ApiError;
use crate::sandbox::state::document::{Document, set_at};

/// A valid request.
#[derive(Debug)]
pub struct Call {
    pub operation: &'static Operation,
    /// The path parameters, in the order of the path.
    path: Vec<String>,
    pub query: Query,
    body: Value,
    /// The uploaded file of a form.
    pub file: Option<Part>,
    /// How lists are divided into pages.
    paging: Paging,
}

impl Call {
    /// The call, whose lists are divided into pages in this way.
    #[must_use]
    pub fn with_paging(self, paging: Paging) -> Self {
        Self { paging, ..self }
    }

    /// The device in the path; empty for resources of the account.
    pub fn device(&self) -> &str {
        let named = self.operation.parameters.iter().zip(&self.path).find(|(parameter, _)| parameter.wire_name == "device");
        named.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// The path parameters, in the order of the path.
    pub fn path(&self) -> &[String] {
        &self.path
    }

    /// The last path parameter: the id of the document.
    pub fn id(&self) -> &str {
        self.path.last().map(String::as_str).unwrap_or_default()
    }

    /// The id of the document: in the path or, if the path has only the device, in the body.
    pub fn subject(&self) -> &str {
        match self.subject_in_body() {
            Some(parameter) => self.text(&parameter.wire_name).unwrap_or_default(),
            None => self.id(),
        }
    }

    fn subject_in_body(&self) -> Option<&'static Parameter> {
        let mut parameters = self.operation.parameters.iter();
        let in_path =
            parameters.clone().any(|parameter| parameter.location == ParameterLocation::Path && parameter.wire_name != "device");
        parameters.find(|parameter| {
            !in_path && parameter.location == ParameterLocation::Body && parameter.positional && parameter.required
        })
    }

    /// The fields of the body, by wire name, without the one that identifies the document.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        let subject = self.subject_in_body().map(|parameter| parameter.wire_name.as_str());
        let fields = self.operation.parameters.iter().filter(|parameter| parameter.location == ParameterLocation::Body);
        let values = fields.filter_map(|parameter| Some((parameter.wire_name.as_str(), self.field(&parameter.wire_name)?)));
        values.filter(move |(wire, _)| Some(*wire) != subject)
    }

    /// A document of the fields of the body, with the defaults of the operation.
    pub fn fields_with_defaults(&self) -> Document {
        let mut document = Document::new();
        for parameter in self.operation.parameters.iter().filter(|parameter| parameter.location == ParameterLocation::Body) {
            let default = || serde_json::to_value(parameter.default.as_ref()?).ok();
            if let Some(value) = self.field(&parameter.wire_name).cloned().or_else(default) {
                set_at(&mut document, &parameter.wire_name, value);
            }
        }
        document
    }

    /// The value of a query parameter, or its default.
    pub fn query_value(&self, wire: &str) -> Option<String> {
        let value = self.query.get(wire).and_then(|values| values.first().cloned());
        value.or_else(|| {
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

    /// The items of a list in the body.
    pub fn list(&self, field: &str) -> &[Value] {
        self.field(field).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    /// The strings of a list in the body.
    pub fn strings<'a>(&'a self, field: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.list(field).iter().filter_map(Value::as_str)
    }

    /// Whether a query parameter is true.
    pub fn query_flag(&self, wire: &str) -> bool {
        self.query_value(wire).as_deref() == Some("true")
    }

    /// A query parameter that is not negative.
    pub fn query_number(&self, wire: &str) -> Option<usize> {
        self.query_value(wire)?.parse().ok()
    }

    /// The code of an invitation, given as `code` or as the last segment of `url`.
    pub fn invite_code(&self) -> &str {
        let link = self.text("code").or_else(|| self.text("url")).unwrap_or_default();
        link.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
    }

    /// A field of the body, by wire name; `null` counts as missing.
    pub fn field(&self, field: &str) -> Option<&Value> {
        field.split('.').try_fold(&self.body, |value, key| value.get(key)).filter(|value| !value.is_null())
    }

    /// How lists are divided into pages.
    pub fn paging(&self) -> Paging {
        self.paging
    }

    /// The whole body.
    pub fn body(&self) -> &Value {
        &self.body
    }

    /// The body as a list; empty for other bodies.
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

/// Validates a request against its operation and stops at the first violation.
pub fn call(operation: &'static Operation, path: Vec<String>, query: Query, body: &[u8]) -> Result<Call, ApiError> {
    let path = with_domains(operation, path);
    let mut call = Call { operation, path, query, body: read_body(operation, body)?, file: None, paging: Paging::default() };
    call.take_fields_of_query();
    call.take_fields_of_other_names();
    check_body_type(&call)?;
    check_field_names(&call)?;
    let arguments: Vec<_> =
        operation.parameters.iter().enumerate().map(|(index, parameter)| call.argument(index, parameter)).collect();
    api::validate::validate::<Value, _, _>(operation, &arguments, &mut violation::reject)?;
    Ok(call)
}

/// Completes the ids of groups and channels, which the service accepts without a domain.
fn with_domains(operation: &Operation, path: Vec<String>) -> Vec<String> {
    let whole = |(value, parameter): (String, &Parameter)| match parameter.format.as_deref() {
        Some("group_id") if !value.contains('@') => value + "@g.us",
        Some("channel_id") if !value.contains('@') => value + "@newsletter",
        _ => value,
    };
    path.into_iter().zip(&operation.parameters).map(whole).collect()
}

fn read_body(operation: &Operation, body: &[u8]) -> Result<Value, ApiError> {
    let in_body = |parameter: &Parameter| matches!(parameter.location, ParameterLocation::Body | ParameterLocation::Payload);
    if body.is_empty() || !operation.parameters.iter().any(in_body) {
        return Ok(Value::Null);
    }
    serde_json::from_slice(body).map_err(|error| ApiError::invalid("body", "Invalid JSON body", &error.to_string()))
}

fn check_body_type(call: &Call) -> Result<(), ApiError> {
    let has_fields = call.operation.parameters.iter().any(|parameter| parameter.location == ParameterLocation::Body);
    if !has_fields || matches!(call.body, Value::Object(_) | Value::Null) {
        return Ok(());
    }
    Err(ApiError::invalid("body", "The body must be a JSON object", "it is JSON of another type"))
}

/// Rejects unknown fields of the operations that deny them.
fn check_field_names(call: &Call) -> Result<(), ApiError> {
    if !call.operation.deny_unknown_fields {
        return Ok(());
    }
    match operation_matcher::unknown_fields(call.operation, &call.body).first() {
        Some(name) => Err(ApiError::invalid(&format!("body.{name}"), format!("Unknown field {name}"), "the field is not known")),
        None => Ok(()),
    }
}

impl Call {
    /// Moves the fields that the service also reads from the query into the body, unless the body has them.
    fn take_fields_of_query(&mut self) {
        let fields = self.operation.parameters.iter().filter(|parameter| parameter.also_in_query);
        for wire in fields.map(|parameter| parameter.wire_name.as_str()) {
            let value = self.query.get(wire).and_then(<[String]>::first).filter(|_| self.field(wire).is_none());
            if let (Some(value), Some(body)) = (value.cloned(), self.body.as_object_mut()) {
                set_at(body, wire, value.into());
            }
        }
    }

    /// Moves the fields that some clients call by another name to the documented one, unless the body has it.
    fn take_fields_of_other_names(&mut self) {
        for parameter in &self.operation.parameters {
            let value = parameter.other_wire_name.as_ref().and_then(|other| self.field(other)).cloned();
            let value = value.filter(|_| self.field(&parameter.wire_name).is_none());
            if let (Some(value), Some(body)) = (value, self.body.as_object_mut()) {
                set_at(body, &parameter.wire_name, value);
            }
        }
    }

    /// The argument of a parameter as JSON; `null` where it is not given.
    fn argument(&self, index: usize, parameter: &Parameter) -> Cow<'_, Value> {
        let value = match parameter.location {
            ParameterLocation::Path => self.path.get(index).map(|text| Cow::Owned(Value::from(text.as_str()))),
            ParameterLocation::Query => {
                self.query.get(&parameter.wire_name).map(|values| Cow::Owned(query_json(parameter, values)))
            }
            ParameterLocation::Body => self.field(&parameter.wire_name).map(Cow::Borrowed),
            ParameterLocation::Payload => Some(Cow::Borrowed(&self.body)),
        };
        value.unwrap_or(Cow::Owned(Value::Null))
    }
}

/// The JSON of a query parameter. Text that is not of the parameter's type stays a string, which the validation rejects.
fn query_json(parameter: &Parameter, values: &[String]) -> Value {
    match (parameter.ty, values) {
        // The service ignores a filter without a value.
        (_, []) => Value::Null,
        (ParameterType::StringList, _) => values.into(),
        (ParameterType::Integer | ParameterType::Number | ParameterType::Boolean, [text, ..]) => {
            let parsed = serde_json::from_str(text).ok().filter(|value: &Value| value.is_number() || value.is_boolean());
            parsed.unwrap_or_else(|| text.as_str().into())
        }
        (_, [text, ..]) => text.as_str().into(),
    }
}

#[cfg(test)]
mod tests;
