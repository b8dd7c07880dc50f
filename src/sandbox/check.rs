//! A request held against its row: what the service would refuse, the sandbox refuses, naming the field.

use serde_json::Value;

use super::clock;
use super::media::form::Part;
use super::query::Query;
use super::reply::Refusal;
use super::store::{Document, set_at};
use crate::api::{self, Operation, Parameter, ParameterType, Place};

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
        let named = self.operation.parameters.iter().zip(&self.path).find(|(parameter, _)| parameter.wire == "device");
        named.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// The last value in the path: the document that the call is about.
    pub fn id(&self) -> &str {
        self.path.last().map(String::as_str).unwrap_or_default()
    }

    /// The id of the document that the call is about: in the path or, where that ends with the device, in the body.
    pub fn subject(&self) -> &str {
        match self.subject_in_body() {
            Some(parameter) => self.text(&parameter.wire).unwrap_or_default(),
            None => self.id(),
        }
    }

    fn subject_in_body(&self) -> Option<&'static Parameter> {
        let mut parameters = self.operation.parameters.iter();
        let in_path = parameters.clone().any(|one| one.place == Place::Path && one.wire != "device");
        parameters.find(|one| !in_path && one.place == Place::Body && one.positional && one.required)
    }

    /// What the body gives of the row's fields, by their path on the wire, but for the one that names the document.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        let subject = self.subject_in_body().map(|parameter| parameter.wire.as_str());
        self.body_fields().filter(move |(wire, _)| Some(*wire) != subject)
    }

    fn body_fields(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        let fields = self.operation.parameters.iter().filter(|parameter| parameter.place == Place::Body);
        fields.filter_map(|parameter| Some((parameter.wire.as_str(), self.field(&parameter.wire)?)))
    }

    /// A document of the row's fields: what the body gives, else what the row says is meant.
    pub fn fields_with_defaults(&self) -> Document {
        let mut document = Document::new();
        for parameter in self.operation.parameters.iter().filter(|parameter| parameter.place == Place::Body) {
            let meant = || serde_json::to_value(parameter.default.as_ref()?).ok();
            if let Some(value) = self.field(&parameter.wire).cloned().or_else(meant) {
                set_at(&mut document, &parameter.wire, value);
            }
        }
        document
    }

    /// The one value of a query parameter, or the row's default.
    pub fn query_value(&self, wire: &str) -> Option<String> {
        let given = self.query.get(wire).and_then(|values| values.first().cloned());
        given.or_else(|| {
            let parameter = self.operation.parameters.iter().find(|parameter| parameter.wire == wire)?;
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
pub fn call(operation: &'static Operation, path: Vec<String>, query: Query, body: &[u8]) -> Result<Call, Refusal> {
    let path = with_domains(operation, path);
    for (parameter, value) in operation.parameters.iter().zip(&path) {
        check_path(parameter, value)?;
    }
    for parameter in operation.parameters.iter().filter(|parameter| parameter.place == Place::Query) {
        check_query(parameter, query.get(&parameter.wire))?;
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
fn check_path(parameter: &Parameter, value: &str) -> Result<(), Refusal> {
    if parameter.format.as_deref() != Some("resource_id") || fits(value, "resource_id") {
        return Ok(());
    }
    let problem = format!("{value:?} is not 24 hex digits");
    Err(Refusal::invalid(&format!("path.{}", parameter.wire), format!("Invalid {}", parameter.wire), &problem))
}

fn check_query(parameter: &Parameter, values: Option<&[String]>) -> Result<(), Refusal> {
    let place = Location { area: "query", parameter };
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
fn check_word(place: &Location<'_>, text: &str) -> Result<(), Refusal> {
    match place.parameter.kind {
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

fn read_body(operation: &Operation, body: &[u8]) -> Result<Value, Refusal> {
    let wanted = operation.parameters.iter().any(|parameter| matches!(parameter.place, Place::Body | Place::Root));
    if !wanted || body.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(body).map_err(|error| Refusal::invalid("body", "Invalid JSON body", &error.to_string()))
}

fn check_body(call: &Call) -> Result<(), Refusal> {
    let mut fields = call.operation.parameters.iter().filter(|parameter| parameter.place == Place::Body).peekable();
    if let Some(root) = call.operation.parameters.iter().find(|parameter| parameter.place == Place::Root) {
        return check_field(&Location { area: "body", parameter: root }, Some(&call.body));
    }
    if fields.peek().is_none() {
        return Ok(());
    }
    if !matches!(call.body, Value::Object(_) | Value::Null) {
        return Err(Refusal::invalid("body", "The body must be a JSON object", "it is JSON of another kind"));
    }
    check_names(call)?;
    fields.try_for_each(|parameter| check_field(&Location { area: "body", parameter }, call.field(&parameter.wire)))
}

/// Only where the service refuses fields that it does not know.
fn check_names(call: &Call) -> Result<(), Refusal> {
    let first = |parameter: &'static Parameter| parameter.wire.split('.').next();
    let known = |name: &str| call.operation.parameters.iter().any(|one| one.place == Place::Body && first(one) == Some(name));
    let names = call.body.as_object().filter(|_| call.operation.strict_body).into_iter().flat_map(Document::keys);
    match names.into_iter().find(|name| !known(name)) {
        Some(name) => Err(Refusal::invalid(&format!("body.{name}"), format!("Unknown field {name}"), "the field is not known")),
        None => Ok(()),
    }
}

fn check_field(place: &Location<'_>, value: Option<&Value>) -> Result<(), Refusal> {
    match value.filter(|value| !value.is_null()) {
        None if place.parameter.required => Err(place.missing()),
        None => Ok(()),
        Some(value) => check_value(place, value),
    }
}

fn check_value(place: &Location<'_>, value: &Value) -> Result<(), Refusal> {
    match (place.parameter.kind, value) {
        (ParameterType::Boolean, Value::Bool(_)) => Ok(()),
        (ParameterType::Boolean, _) => Err(place.wrong("must be true or false")),
        (ParameterType::Integer, value) => {
            check_number(place, value.as_i64().ok_or_else(|| place.wrong("must be a whole number"))?)
        }
        (ParameterType::Number, Value::Number(_)) => Ok(()),
        (ParameterType::Number, _) => Err(place.wrong("must be a number")),
        (ParameterType::Strings, Value::Array(items)) => {
            check_count(place, items.len())?;
            let text = |item: &Value| {
                item.as_str().map_or_else(|| Err(place.wrong("must hold text only")), |text| check_text(place, text))
            };
            items.iter().try_for_each(text)
        }
        (ParameterType::Metadata, Value::Array(pairs)) => {
            check_count(place, pairs.len())?;
            pairs.iter().enumerate().try_for_each(|(index, pair)| check_pair(place, index, pair))
        }
        (ParameterType::Numbers, Value::Array(items)) if items.iter().all(Value::is_number) => check_count(place, items.len()),
        (ParameterType::Object, Value::Object(_)) => Ok(()),
        (ParameterType::Objects, Value::Array(items)) => check_count(place, items.len()),
        (ParameterType::Numbers, _) => Err(place.wrong("must be a list of numbers")),
        (ParameterType::Object, _) => Err(place.wrong("must be an object")),
        (ParameterType::Objects, _) => Err(place.wrong("must be a list of objects")),
        (ParameterType::File, _) => Ok(()),
        (ParameterType::Strings, _) => Err(place.wrong("must be a list of text")),
        (ParameterType::Metadata, _) => Err(place.wrong("must be a list of {key, value}")),
        (ParameterType::String | ParameterType::Datetime, Value::String(text)) => check_text(place, text),
        (ParameterType::String | ParameterType::Datetime, _) => Err(place.wrong("must be text")),
    }
}

fn check_number(place: &Location<'_>, number: i64) -> Result<(), Refusal> {
    let Parameter { min, max, .. } = place.parameter;
    match (min, max) {
        (Some(min), _) if number < *min => Err(place.wrong(&format!("must be at least {min}"))),
        (_, Some(max)) if number > *max => Err(place.wrong(&format!("must be at most {max}"))),
        _ => Ok(()),
    }
}

fn check_count(place: &Location<'_>, count: usize) -> Result<(), Refusal> {
    let Parameter { min_items, max_items, .. } = place.parameter;
    match (min_items, max_items) {
        (Some(min), _) if count < *min => Err(place.wrong(&format!("must have at least {min} item{}", plural(*min)))),
        (_, Some(max)) if count > *max => Err(place.wrong(&format!("must have at most {max} item{}", plural(*max)))),
        _ => Ok(()),
    }
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn check_text(place: &Location<'_>, text: &str) -> Result<(), Refusal> {
    let parameter = place.parameter;
    if !parameter.values.is_empty() && !parameter.values.iter().any(|value| value == text) {
        return Err(place.not_allowed(text));
    }
    if parameter.kind == ParameterType::Datetime && clock::read(text).is_none() {
        return Err(place.wrong("must be a date in ISO-8601, such as 2026-01-31T08:00:00.000Z"));
    }
    let length = text.chars().count();
    if parameter.max_length.is_some_and(|max| length > max) || parameter.min_length.is_some_and(|min| length < min) {
        return Err(place.wrong(&place.lengths(length)));
    }
    match &parameter.format {
        Some(format) if !fits(text, format) => Err(place.wrong_form(format)),
        _ => Ok(()),
    }
}

fn check_pair(place: &Location<'_>, index: usize, pair: &Value) -> Result<(), Refusal> {
    let limits = api::metadata_limits().map_err(|error| Refusal::new(500, error.to_string()))?;
    let wrong = |part: &str, problem: &str| {
        let location = format!("{}[{index}].{part}", place.parameter.wire);
        Refusal::invalid(&format!("body.{location}"), format!("{location} {problem}"), problem)
    };
    let key = pair.get("key").and_then(Value::as_str).ok_or_else(|| wrong("key", "must be text"))?;
    let value = pair.get("value").and_then(Value::as_str).ok_or_else(|| wrong("value", "must be text"))?;
    let length = key.chars().count();
    if !(limits.key_min..=limits.key_max).contains(&length) || !limits.key_pattern.is_match(key) {
        let problem = format!("must be {} to {} letters, digits or _", limits.key_min, limits.key_max);
        return Err(wrong("key", &problem));
    }
    if value.chars().count() > limits.value_max {
        return Err(wrong("value", &format!("must be at most {} characters", limits.value_max)));
    }
    Ok(())
}

/// Rules about several parameters at once.
fn check_together(call: &Call) -> Result<(), Refusal> {
    let operation = call.operation;
    let given = |name: &String| argument(call, name).is_some();
    if !operation.any_of.is_empty() && !operation.any_of.iter().any(given) {
        let problem = format!("one of {} is required", operation.any_of.join(", "));
        return Err(Refusal::invalid("body", problem.clone(), &problem));
    }
    if let [one, other] = operation.differ.as_slice()
        && argument(call, one).is_some_and(|value| argument(call, other) == Some(value))
    {
        let problem = format!("{one} and {other} must not be the same");
        return Err(Refusal::invalid("body", problem.clone(), &problem));
    }
    Ok(())
}

/// The text given for the parameter called `name`, wherever it travels.
fn argument<'a>(call: &'a Call, name: &str) -> Option<&'a str> {
    let at = call.operation.parameters.iter().position(|parameter| parameter.name == name)?;
    let parameter = call.operation.parameters.get(at)?;
    match parameter.place {
        Place::Path => call.path.get(at).map(String::as_str),
        Place::Query => call.query.get(&parameter.wire)?.first().map(String::as_str),
        Place::Body | Place::Root => call.text(&parameter.wire),
    }
}

fn fits(text: &str, format: &str) -> bool {
    api::format(format).is_ok_and(|format| format.pattern.is_match(text))
}

/// A parameter with the part of the request that it is in, for messages.
struct Location<'a> {
    area: &'static str,
    parameter: &'a Parameter,
}

impl Location<'_> {
    fn refusal(&self, message: String, problem: &str) -> Refusal {
        Refusal::invalid(&format!("{}.{}", self.area, self.parameter.wire), message, problem)
    }

    fn wrong(&self, problem: &str) -> Refusal {
        self.refusal(format!("{} {problem}", self.parameter.wire), problem)
    }

    fn missing(&self) -> Refusal {
        self.wrong("is required")
    }

    fn not_allowed(&self, text: &str) -> Refusal {
        let problem = format!("{text:?} is none of {}", self.parameter.values.join(", "));
        self.refusal(format!("Invalid {} value", self.parameter.wire), &problem)
    }

    fn wrong_form(&self, format: &str) -> Refusal {
        let says = api::format(format).map(|format| format.says.as_str()).unwrap_or_default();
        let refusal = self.wrong(&format!("must be {says}"));
        if format == "phone" { refusal.with_code("phone:invalid") } else { refusal }
    }

    fn lengths(&self, length: usize) -> String {
        let Parameter { min_length, max_length, .. } = self.parameter;
        let (least, most) = (min_length.unwrap_or_default(), max_length.unwrap_or(usize::MAX));
        if length > most { format!("must be at most {most} characters") } else { format!("must be at least {least} characters") }
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
