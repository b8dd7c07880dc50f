//! One value held against its parameter.

use std::borrow::Cow;

use serde_json::Value;

use crate::api::{self, Parameter, ParameterType};
use crate::sandbox::response::ApiError;
use crate::sandbox::timestamp;

pub fn check_field(place: &Location<'_>, value: Option<&Value>) -> Result<(), ApiError> {
    match value.filter(|value| !value.is_null()) {
        None if place.parameter.required => Err(place.missing()),
        None => Ok(()),
        Some(value) => check_value(place, value),
    }
}

fn check_value(place: &Location<'_>, value: &Value) -> Result<(), ApiError> {
    match (place.parameter.ty, value) {
        (ParameterType::Boolean, Value::Bool(_)) => Ok(()),
        (ParameterType::Boolean, _) => Err(place.wrong("must be true or false")),
        (ParameterType::Integer, value) => {
            check_number(place, value.as_i64().ok_or_else(|| place.wrong("must be a whole number"))?)
        }
        (ParameterType::Number, Value::Number(number)) => check_decimal(place, number.as_f64().unwrap_or_default()),
        (ParameterType::Number, _) => Err(place.wrong("must be a number")),
        (ParameterType::StringList, Value::Array(items)) => {
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
        (ParameterType::NumberList, Value::Array(items)) if items.iter().all(Value::is_number) => check_count(place, items.len()),
        (ParameterType::Object, Value::Object(_)) => check_object(place, &place.wire(), value),
        (ParameterType::ObjectList, Value::Array(items)) => {
            check_count(place, items.len())?;
            check_alone(place, items)?;
            let named = |index: usize| format!("{}[{index}]", place.wire());
            items.iter().enumerate().try_for_each(|(index, item)| check_object(place, &named(index), item))
        }
        (ParameterType::NumberList, _) => Err(place.wrong("must be a list of numbers")),
        (ParameterType::Object, _) => Err(place.wrong("must be an object")),
        (ParameterType::ObjectList, _) => Err(place.wrong("must be a list of objects")),
        (ParameterType::File, _) => Ok(()),
        (ParameterType::StringList, _) => Err(place.wrong("must be a list of text")),
        (ParameterType::Metadata, _) => Err(place.wrong("must be a list of {key, value}")),
        (ParameterType::String | ParameterType::Datetime, Value::String(text)) => check_text(place, text),
        (ParameterType::String | ParameterType::Datetime, _) => Err(place.wrong("must be text")),
    }
}

pub fn check_number(place: &Location<'_>, number: i64) -> Result<(), ApiError> {
    let Parameter { min, max, .. } = place.parameter;
    match (min, max) {
        (Some(min), _) if number < *min => Err(place.wrong(&format!("must be at least {min}"))),
        (_, Some(max)) if number > *max => Err(place.wrong(&format!("must be at most {max}"))),
        _ => Ok(()),
    }
}

fn check_decimal(place: &Location<'_>, number: f64) -> Result<(), ApiError> {
    let Parameter { min, max, .. } = place.parameter;
    // Limits are small whole numbers: none loses anything as a float.
    match (min.map(|min| min as f64), max.map(|max| max as f64)) {
        (Some(min), _) if number < min => Err(place.wrong(&format!("must be at least {min}"))),
        (_, Some(max)) if number > max => Err(place.wrong(&format!("must be at most {max}"))),
        _ => Ok(()),
    }
}

pub fn check_count(place: &Location<'_>, count: usize) -> Result<(), ApiError> {
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

pub fn check_text(place: &Location<'_>, text: &str) -> Result<(), ApiError> {
    let parameter = place.parameter;
    if !parameter.enum_values.is_empty() && !parameter.enum_values.iter().any(|value| value == text) {
        return Err(place.not_allowed(text));
    }
    if parameter.ty == ParameterType::Datetime && timestamp::read(text).is_none() {
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

/// An object in the place called `name`: its fields, and which of them go together.
fn check_object(place: &Location<'_>, name: &str, value: &Value) -> Result<(), ApiError> {
    let refused = |problem: &str| ApiError::invalid(&format!("body.{name}"), format!("{name} {problem}"), problem);
    if !value.is_object() {
        return Err(refused("must be an object"));
    }
    let field = |field: &str| value.get(field).filter(|value| !value.is_null());
    let given = place.parameter.exactly_one_of.iter().filter(|one| field(one).is_some()).count();
    if !place.parameter.exactly_one_of.is_empty() && given != 1 {
        return Err(refused(&format!("must have exactly one of {}", place.parameter.exactly_one_of.join(", "))));
    }
    let lacking = place.parameter.fields.iter().find_map(|parameter| {
        let needed = parameter.required_when.get(field(&parameter.wire_name)?.as_str()?)?;
        field(needed).is_none().then_some(needed)
    });
    if let Some(needed) = lacking {
        return Err(refused(&format!("must have {needed}")));
    }
    let inner = |parameter| Location { area: "body", inside: Some(name), parameter };
    place.parameter.fields.iter().try_for_each(|parameter| check_field(&inner(parameter), field(&parameter.wire_name)))
}

/// What stands for all is the only entry.
fn check_alone(place: &Location<'_>, items: &[Value]) -> Result<(), ApiError> {
    let is_there = |parameter: &&Parameter| items.iter().any(|item| item.get(&parameter.wire_name) == Some(&Value::Bool(true)));
    match place.parameter.fields.iter().filter(|parameter| parameter.exclusive).find(is_there) {
        Some(alone) if items.len() > 1 => Err(place.wrong(&format!("must have {} as the only entry", alone.wire_name))),
        _ => Ok(()),
    }
}

fn check_pair(place: &Location<'_>, index: usize, pair: &Value) -> Result<(), ApiError> {
    let limits = api::metadata_limits().map_err(|error| ApiError::new(500, error.to_string()))?;
    let wrong = |part: &str, problem: &str| {
        let location = format!("{}[{index}].{part}", place.wire());
        ApiError::invalid(&format!("body.{location}"), format!("{location} {problem}"), problem)
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

pub fn fits(text: &str, format: &str) -> bool {
    api::format(format).is_ok_and(|format| format.pattern.is_match(text))
}

/// A parameter with the part of the request that it is in, for messages.
pub struct Location<'a> {
    pub area: &'static str,
    /// The object that it is a field of.
    pub inside: Option<&'a str>,
    pub parameter: &'a Parameter,
}

impl Location<'_> {
    fn wire(&self) -> Cow<'_, str> {
        match self.inside {
            Some(object) => format!("{object}.{}", self.parameter.wire_name).into(),
            None => self.parameter.wire_name.as_str().into(),
        }
    }

    fn refusal(&self, message: String, problem: &str) -> ApiError {
        ApiError::invalid(&format!("{}.{}", self.area, self.wire()), message, problem)
    }

    pub fn wrong(&self, problem: &str) -> ApiError {
        self.refusal(format!("{} {problem}", self.wire()), problem)
    }

    pub fn missing(&self) -> ApiError {
        self.wrong("is required")
    }

    fn not_allowed(&self, text: &str) -> ApiError {
        let problem = format!("{text:?} is none of {}", self.parameter.enum_values.join(", "));
        self.refusal(format!("Invalid {} value", self.wire()), &problem)
    }

    fn wrong_form(&self, format: &str) -> ApiError {
        let says = api::format(format).map(|format| format.description.as_str()).unwrap_or_default();
        let refusal = self.wrong(&format!("must be {says}"));
        if format == "phone" { refusal.with_code("phone:invalid") } else { refusal }
    }

    fn lengths(&self, length: usize) -> String {
        let Parameter { min_length, max_length, .. } = self.parameter;
        let (least, most) = (min_length.unwrap_or_default(), max_length.unwrap_or(usize::MAX));
        if length > most { format!("must be at most {most} characters") } else { format!("must be at least {least} characters") }
    }
}
