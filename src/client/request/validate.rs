//! Validation of a call's arguments before the request is built. The rules are those of `api::validate`; this module checks
//! what only a client needs (safe paths and queries) and writes the messages.

use crate::api::validate::{self, Input, MetadataEntry, MetadataRule, Path, Rule, View, Violation};
use crate::api::{Constraint, ConstraintKind, Operation, Parameter, ParameterLocation, ParameterType};
use crate::client::config::Validate;
use crate::client::error::Error;
use crate::client::request::value::Value;

/// Checks the arguments of a call, in the order of the operation's parameters, and returns the warnings.
pub fn arguments(operation: &Operation, values: &[Value], mode: Validate) -> Result<Vec<String>, Error> {
    check_transport(operation, values)?;
    let mut warnings = Vec::new();
    let mut report = |violation: &Violation<'_, Value>| {
        let (field, problem) = Message { mode }.of(violation);
        let error = Error::argument(&operation.name, &field, &problem);
        match mode {
            _ if is_fatal(violation) => return Err(error),
            Validate::Error => return Err(error),
            Validate::Warn => warnings.push(error.to_string()),
            Validate::Off => {}
        }
        Ok(())
    };
    validate::validate::<Value, _, _>(operation, values, &mut report)?;
    Ok(warnings)
}

/// A request cannot be built from a value of the wrong type, whatever the caller thinks of the API model.
fn is_fatal(violation: &Violation<'_, Value>) -> bool {
    let Violation::Value { rule, .. } = violation else { return false };
    matches!(rule, Rule::Required | Rule::Type(_) | Rule::Metadata { rule: MetadataRule::ValueType(_), .. })
}

impl Input for Value {
    fn view(&self) -> View<'_, Self> {
        match self {
            Self::Null => View::Null,
            Self::Bool(value) => View::Bool(*value),
            Self::Integer(value) => View::Integer(*value),
            Self::Float(value) => View::Number(*value),
            // Digits that no float holds are compared as infinite.
            Self::Decimal(digits) => View::Number(digits.parse().unwrap_or(f64::INFINITY)),
            Self::String(text) | Self::Date(text) => View::Text(text),
            Self::List(items) => View::List(items),
            Self::Object(_) => View::Object,
            Self::File(_) => View::Other,
        }
    }

    fn field(&self, field: &Parameter) -> Option<&Self> {
        self.pairs()?.iter().find(|(key, _)| *key == field.name).map(|(_, value)| value)
    }

    fn unknown_key(&self, fields: &[Parameter]) -> Option<&str> {
        let mut keys = self.pairs()?.iter().map(|(key, _)| key.as_str());
        keys.find(|key| !fields.iter().any(|field| field.name == *key))
    }

    fn metadata(&self) -> Option<impl ExactSizeIterator<Item = MetadataEntry<'_, Self>>> {
        let pairs = self.pairs()?.iter();
        Some(pairs.map(|(key, value)| MetadataEntry { key: Some(key), value: Some(value), text: value.to_scalar_string() }))
    }

    fn is_file(&self) -> bool {
        matches!(self, Self::File(_))
    }

    fn is_datetime(&self, text: &str) -> bool {
        !matches!(self, Self::Date(_)) && validate::is_datetime(text)
    }
}

/// Checks what would make an unsafe or ambiguous request. `validate` does not turn these checks off.
fn check_transport(operation: &Operation, values: &[Value]) -> Result<(), Error> {
    for (parameter, value) in operation.parameters.iter().zip(values) {
        let error = |field: &str, problem: String| Error::argument(&operation.name, field, &problem);
        match (parameter.location, value) {
            (ParameterLocation::Path, Value::String(text)) => {
                check_path_segment(text).map_err(|problem| error(&parameter.name, problem))?;
            }
            (ParameterLocation::Query, Value::List(items)) => {
                let has_comma = |item: &Value| matches!(item, Value::String(text) if text.contains(','));
                if let Some(index) = items.iter().position(has_comma) {
                    let problem = "contains a comma, which separates the items of a list in a query".to_owned();
                    return Err(error(&format!("{}[{index}]", parameter.name), problem));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Rejects text that would change the path of the request.
fn check_path_segment(text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Err("is empty".to_owned());
    }
    if matches!(text, "." | "..") {
        return Err(format!("is {}, which would lead to another address", quoted(text)));
    }
    match text.chars().find(|letter| letter.is_control() || matches!(letter, '/' | '\\' | '?' | '#' | '%')) {
        Some(letter) => Err(format!("contains {letter:?}, which would lead to another address; pass the bare id")),
        None => Ok(()),
    }
}

/// Writes a violation as the argument and the problem with it: what is wrong and how to fix it.
struct Message {
    mode: Validate,
}

impl Message {
    fn of(&self, violation: &Violation<'_, Value>) -> (String, String) {
        match violation {
            Violation::Value { path, value, rule: rule @ Rule::Metadata { rule: part, .. }, .. } => {
                self.metadata(field(path), value, part, &rule.expected())
            }
            Violation::Value { path, parameter, value, rule } => (field(path), self.value(parameter, value, rule)),
            Violation::Constraint { path: Some(path), constraint, .. } => {
                (field(path), format!("is inconsistent. {}", constraint.text))
            }
            Violation::Constraint { path: None, constraint, given } => {
                let (field, problem) = conflict(constraint, given);
                (field, format!("{problem}. {}", constraint.text))
            }
        }
    }

    /// A text as the message shows it. A warning may end up in a log, so it shows neither phone numbers nor texts.
    fn shown(&self, text: &str) -> String {
        match self.mode {
            Validate::Warn => format!("({} characters, not shown)", text.chars().count()),
            _ => quoted(text),
        }
    }

    fn shown_value(&self, value: &Value) -> String {
        match (self.mode, value) {
            (_, Value::String(text)) => self.shown(text),
            (Validate::Warn, _) => "(not shown)".to_owned(),
            (_, value) => value.to_scalar_string().unwrap_or_default().into_owned(),
        }
    }

    fn value(&self, parameter: &Parameter, value: &Value, rule: &Rule<'_>) -> String {
        match *rule {
            Rule::Required => "is None; it is required".to_owned(),
            Rule::Type(ty) => wrong_type(ty, value),
            Rule::UnknownField(key) => unknown_field(parameter, key, &self.shown(key)),
            Rule::Enum => {
                let hint = nearest(value, &parameter.enum_values).map(|near| format!("; did you mean \"{near}\"?"));
                let (shown, allowed) = (self.shown_value(value), parameter.enum_values.join(", "));
                format!("is {shown}, which is none of {allowed}{}", hint.unwrap_or_default())
            }
            Rule::Format(format) => format!("is {}, expected {}; {}", self.shown_value(value), format.description, format.hint),
            Rule::MinLength { length, .. } | Rule::MaxLength { length, .. } => {
                format!("has {length} characters, expected {}", rule.expected())
            }
            Rule::MinItems { count, .. } | Rule::MaxItems { count, .. } => {
                format!("has {count} items, expected {}", rule.expected())
            }
            Rule::Datetime if matches!(value, Value::Date(_)) => {
                "is a date, which is no point in time without a time zone; pass a datetime with tzinfo".to_owned()
            }
            Rule::Datetime => {
                format!("is {}, expected {}; pass a datetime with tzinfo", self.shown_value(value), rule.expected())
            }
            _ => format!("is {}, expected {}", self.shown_value(value), rule.expected()),
        }
    }

    /// The problem with an entry of the metadata argument called `name`.
    fn metadata(&self, name: String, value: &Value, rule: &MetadataRule<'_>, expected: &str) -> (String, String) {
        match *rule {
            MetadataRule::KeyType => (name, "has a key that is not text".to_owned()),
            MetadataRule::Key(key) => {
                let (shown, length) = (self.shown(key), key.chars().count());
                (name, format!("has the key {shown}, of {length} characters; expected {expected}"))
            }
            MetadataRule::ValueType(key) => {
                let kind = if matches!(value, Value::Float(_)) { "NaN or infinite" } else { value.kind() };
                let problem = format!("is {kind}; leave the key out, or give text, a number or a bool");
                (format!("{name}[{}]", quoted(key)), problem)
            }
            MetadataRule::ValueLength { key, length } => {
                (format!("{name}[{}]", self.shown(key)), format!("has {length} characters, expected {expected}"))
            }
        }
    }
}

/// The arguments that break a constraint, and what they have done.
fn conflict(constraint: &Constraint, given: &[&str]) -> (String, String) {
    let [first, second] = [0, 1].map(|index| constraint.names.get(index).cloned().unwrap_or_default());
    match constraint.kind {
        ConstraintKind::NeedsChange => ("the update".to_owned(), "has nothing to change".to_owned()),
        ConstraintKind::AtLeastOneOf => (constraint.names.join(", "), "are all missing".to_owned()),
        ConstraintKind::ExactlyOneOf if given.is_empty() => (constraint.names.join(", "), "are all missing".to_owned()),
        ConstraintKind::ExactlyOneOf | ConstraintKind::MutuallyExclusive => (given.join(", "), "are given together".to_owned()),
        ConstraintKind::Exclusive => (first, format!("is given together with {}", given.join(", "))),
        ConstraintKind::MustDiffer => (second, format!("is the same as {first}")),
        ConstraintKind::DependsOn => (first, format!("is given without {second}")),
        ConstraintKind::RequiredWhen => (first, "is missing".to_owned()),
    }
}

/// The location of a value as Python code: `actions[0]["params"]`.
fn field(path: &Path<'_>) -> String {
    path.write(&|parameter, is_field| match is_field {
        true => format!("[{}]", quoted(&parameter.name)),
        false => parameter.name.clone(),
    })
}

fn wrong_type(ty: ParameterType, value: &Value) -> String {
    let (expected, fix) = match (ty, value) {
        (ParameterType::StringList, Value::String(text)) => ("a list of texts", format!("; write [{}]", quoted(text))),
        (ParameterType::StringList, _) => ("a list of texts", String::new()),
        (ParameterType::NumberList, _) => ("a list of numbers", String::new()),
        (ParameterType::Object, _) => ("a dict", String::new()),
        (ParameterType::ObjectList, Value::Object(_)) => ("a list of dicts", "; put it into [ ]".to_owned()),
        (ParameterType::ObjectList, _) => ("a list of dicts", String::new()),
        (ParameterType::File, _) => ("a path, bytes or an open file", String::new()),
        (ParameterType::Metadata, _) => ("a mapping of keys to values", "; write {\"tier\": \"gold\"}".to_owned()),
        (ParameterType::Integer, _) => ("an int", String::new()),
        (ParameterType::Number, _) => ("a number", String::new()),
        (ParameterType::Boolean, _) => ("True or False", String::new()),
        (ParameterType::Datetime, _) => ("a datetime or ISO-8601 text", String::new()),
        (ParameterType::String, _) => ("text", String::new()),
    };
    format!("is {}, not {expected}{fix}", value.kind())
}

fn unknown_field(parameter: &Parameter, key: &str, shown: &str) -> String {
    let field = parameter.fields.iter().find(|field| field.wire_name == key);
    let hint = field.map(|field| format!("; did you mean \"{}\"?", field.name)).unwrap_or_default();
    let names: Vec<&str> = parameter.fields.iter().map(|field| field.name.as_str()).collect();
    format!("has the key {shown}, which is none of {}{hint}", names.join(", "))
}

/// The allowed value that the caller probably meant: it differs in case only, or begins in the same way.
fn nearest<'a>(value: &Value, allowed: &'a [String]) -> Option<&'a String> {
    let Value::String(text) = value else { return None };
    let lower = text.trim().to_lowercase();
    let same = allowed.iter().find(|value| value.to_lowercase() == lower);
    same.or_else(|| {
        allowed.iter().find(|value| lower.len() >= 3 && (value.starts_with(&lower) || lower.starts_with(value.as_str())))
    })
}

/// A text for a message: escaped, and truncated where it is long.
pub fn quoted(text: &str) -> String {
    const MAX: usize = 60;
    match text.char_indices().nth(MAX) {
        Some((end, _)) => format!("{:?}…", text.get(..end).unwrap_or_default()),
        None => format!("{text:?}"),
    }
}
