//! Arguments held against their row, before anything is sent.

use crate::api::{self, Format, Operation, Parameter, ParameterLocation, ParameterType};
use crate::client::config::Validate;
use crate::client::error::Error;
use crate::client::request::cross_field;
use crate::client::request::value::Value;

/// Checks the arguments of a call, which stand in the order of the row's parameters.
pub fn arguments(operation: &Operation, values: &[Value], validate: Validate) -> Result<Vec<String>, Error> {
    let mut checker = Checker { operation, validate, warnings: Vec::new() };
    for (parameter, value) in operation.parameters.iter().zip(values) {
        checker.value(parameter, &parameter.name, value)?;
    }
    if let Some((fields, problem)) = cross_field::problem(operation, values) {
        checker.breach(&fields, &problem)?;
    }
    Ok(checker.warnings)
}

struct Checker<'a> {
    operation: &'a Operation,
    validate: Validate,
    warnings: Vec<String>,
}

impl Checker<'_> {
    fn fail(&self, field: &str, problem: &str) -> Error {
        Error::argument(&self.operation.name, field, problem)
    }

    /// A fact of the table is not met: an error, a warning or nothing, as the caller wishes.
    fn breach(&mut self, field: &str, problem: &str) -> Result<(), Error> {
        let failure = self.fail(field, problem);
        match self.validate {
            Validate::Error => return Err(failure),
            Validate::Warn => self.warnings.push(failure.to_string()),
            Validate::Off => {}
        }
        Ok(())
    }

    /// The value as a message shows it. An error goes to the caller alone; a warning goes wherever the program's warnings go, as
    /// log lines do, and so names neither a phone nor a text.
    fn shown(&self, text: &str) -> String {
        match self.validate {
            Validate::Warn => format!("({} characters, not shown)", text.chars().count()),
            _ => quoted(text),
        }
    }

    /// A whole argument, or a field of an object; `field` is where it stands, for messages.
    fn value(&mut self, parameter: &Parameter, field: &str, value: &Value) -> Result<(), Error> {
        match (parameter.ty, value) {
            (_, Value::Null) if parameter.required => Err(self.fail(field, "is None; it is required")),
            (_, Value::Null) => Ok(()),
            (ParameterType::File, Value::File(_)) => Ok(()),
            (ParameterType::String | ParameterType::Datetime, Value::Text(text)) => self.text(parameter, field, text),
            (ParameterType::Boolean, Value::Bool(_)) => Ok(()),
            (ParameterType::Integer, Value::Integer(number)) => self.range(parameter, field, *number as f64, value),
            (ParameterType::Number, Value::Integer(_) | Value::Float(_) | Value::Digits(_)) => {
                self.range(parameter, field, as_number(value), value)
            }
            (ParameterType::StringList, Value::List(items)) => self.strings(parameter, field, items),
            (ParameterType::NumberList, Value::List(items)) => self.numbers(parameter, field, items),
            (ParameterType::Metadata, Value::Map(pairs)) => self.metadata(parameter, field, pairs),
            (ParameterType::Object, Value::Map(pairs)) => self.object(parameter, field, pairs),
            (ParameterType::ObjectList, Value::List(items)) => self.objects(parameter, field, items),
            (kind, value) => Err(self.fail(field, &wrong_type(kind, value))),
        }
    }

    /// The fields of an object, which may be named as in Python only: a name as on the wire is pointed to the other.
    fn object(&mut self, parameter: &Parameter, field: &str, pairs: &[(String, Value)]) -> Result<(), Error> {
        if parameter.fields.is_empty() {
            return Ok(());
        }
        let named = |name: &str| parameter.fields.iter().find(|one| one.name == name);
        for (key, _) in pairs.iter().filter(|(key, _)| named(key).is_none()) {
            self.breach(field, &unknown_field(parameter, key, &self.shown(key)))?;
        }
        for one in &parameter.fields {
            let given = pairs.iter().find(|(key, _)| *key == one.name).map_or(&Value::Null, |(_, value)| value);
            self.value(one, &format!("{field}[{}]", quoted(&one.name)), given)?;
        }
        self.company(parameter, field, pairs)?;
        let given = |name: &&String| pairs.iter().any(|(key, value)| key == *name && *value != Value::Null);
        match parameter.exactly_one_of.iter().filter(given).count() {
            0 if !parameter.exactly_one_of.is_empty() => {
                self.breach(field, &format!("needs one of {}", parameter.exactly_one_of.join(", ")))
            }
            0 | 1 => Ok(()),
            _ => self.breach(field, &format!("has several of {}; give one of them", parameter.exactly_one_of.join(", "))),
        }
    }

    /// A value that says nothing without another field.
    fn company(&mut self, parameter: &Parameter, field: &str, pairs: &[(String, Value)]) -> Result<(), Error> {
        let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map_or(&Value::Null, |(_, value)| value);
        for one in &parameter.fields {
            let Value::Text(said) = value(&one.name) else { continue };
            if let Some(needed) = one.required_when.get(said).filter(|needed| *value(needed) == Value::Null) {
                let problem = format!("has {} {} and no {needed}, which that needs", one.name, quoted(said));
                self.breach(field, &problem)?;
            }
        }
        Ok(())
    }

    fn objects(&mut self, parameter: &Parameter, field: &str, items: &[Value]) -> Result<(), Error> {
        self.count(parameter, field, items.len())?;
        let alone =
            parameter.fields.iter().find(|one| one.exclusive && items.len() > 1 && items.iter().any(|item| has(item, &one.name)));
        if let Some(alone) = alone {
            self.breach(field, &format!("has {} beside other entries; it stands alone", alone.name))?;
        }
        for (at, item) in items.iter().enumerate() {
            let field = format!("{field}[{at}]");
            let Value::Map(pairs) = item else {
                return Err(self.fail(&field, &wrong_type(ParameterType::Object, item)));
            };
            self.object(parameter, &field, pairs)?;
        }
        Ok(())
    }

    fn numbers(&mut self, parameter: &Parameter, field: &str, items: &[Value]) -> Result<(), Error> {
        self.count(parameter, field, items.len())?;
        for (at, item) in items.iter().enumerate() {
            let field = format!("{field}[{at}]");
            if !matches!(item, Value::Integer(_) | Value::Float(_) | Value::Digits(_)) {
                return Err(self.fail(&field, &wrong_type(ParameterType::Number, item)));
            }
            self.range(parameter, &field, as_number(item), item)?;
        }
        Ok(())
    }

    fn text(&mut self, parameter: &Parameter, field: &str, text: &str) -> Result<(), Error> {
        if parameter.location == ParameterLocation::Path {
            path_safe(text).map_err(|problem| self.fail(field, &problem))?;
        }
        if self.validate == Validate::Off {
            return Ok(());
        }
        if parameter.ty == ParameterType::Datetime {
            return if is_moment(text) { Ok(()) } else { self.breach(field, &not_a_moment(&self.shown(text))) };
        }
        if !parameter.enum_values.is_empty() && !parameter.enum_values.iter().any(|value| value == text) {
            let fix = nearest(text, &parameter.enum_values).map(|near| format!("; did you mean \"{near}\"?")).unwrap_or_default();
            return self
                .breach(field, &format!("is {}, which is none of {}{fix}", self.shown(text), parameter.enum_values.join(", ")));
        }
        if let Some(format) = &parameter.format {
            let format = api::format(format).map_err(table)?;
            if !format.pattern.is_match(text) {
                return self.breach(field, &not_in_format(&self.shown(text), format));
            }
        }
        self.length(parameter, field, text)
    }

    fn length(&mut self, parameter: &Parameter, field: &str, text: &str) -> Result<(), Error> {
        let (shortest, longest) = (parameter.min_length.unwrap_or(0), parameter.max_length.unwrap_or(usize::MAX));
        // Bytes are counted first: no text has more characters than bytes.
        if text.len() <= longest && shortest == 0 {
            return Ok(());
        }
        match text.chars().count() {
            length if length > longest => {
                self.breach(field, &format!("has {length} characters; the service takes at most {longest}: shorten it"))
            }
            length if length < shortest => {
                self.breach(field, &format!("has {length} characters; the service takes at least {shortest}"))
            }
            _ => Ok(()),
        }
    }

    fn range(&mut self, parameter: &Parameter, field: &str, number: f64, value: &Value) -> Result<(), Error> {
        let said = || match self.validate {
            Validate::Warn => "(not shown)".into(),
            _ => value.as_text().unwrap_or_default(),
        };
        match (parameter.min, parameter.max) {
            (Some(least), _) if number < least as f64 => self.breach(field, &format!("is {}; the least is {least}", said())),
            (_, Some(most)) if number > most as f64 => self.breach(field, &format!("is {}; the most is {most}", said())),
            _ => Ok(()),
        }
    }

    fn strings(&mut self, parameter: &Parameter, field: &str, items: &[Value]) -> Result<(), Error> {
        self.count(parameter, field, items.len())?;
        for (at, item) in items.iter().enumerate() {
            let field = format!("{field}[{at}]");
            let Value::Text(text) = item else {
                return Err(self.fail(&field, &format!("is {}; every item is text", item.kind())));
            };
            if parameter.location == ParameterLocation::Query && text.contains(',') {
                return Err(self.fail(&field, "has a comma, which a list in a query cannot carry"));
            }
            self.text(parameter, &field, text)?;
        }
        Ok(())
    }

    fn metadata(&mut self, parameter: &Parameter, field: &str, pairs: &[(String, Value)]) -> Result<(), Error> {
        self.count(parameter, field, pairs.len())?;
        let limits = api::metadata_limits().map_err(table)?;
        let checked = self.validate != Validate::Off;
        for (key, value) in pairs {
            if let Some(problem) = checked.then(|| limits.key_problem(key, || self.shown(key))).flatten() {
                self.breach(field, &problem)?;
            }
            // A field's name is made only for a message: this runs for every pair of every call.
            let named = |shown: &str| format!("{field}[{shown}]");
            let Some(text) = value.as_text() else {
                let problem = format!("is {}; leave the key out, or give text, a number or a bool", unwritable(value));
                return Err(self.fail(&named(&quoted(key)), &problem));
            };
            if let Some(problem) = limits.value_problem(&text) {
                self.breach(&named(&self.shown(key)), &problem)?;
            }
        }
        Ok(())
    }

    fn count(&mut self, parameter: &Parameter, field: &str, count: usize) -> Result<(), Error> {
        let (least, most) = (parameter.min_items.unwrap_or(0), parameter.max_items.unwrap_or(usize::MAX));
        if count < least {
            return self.breach(field, &format!("has {count} items; at least {least} is needed"));
        }
        if count > most {
            return self.breach(field, &format!("has {count} items; the service takes at most {most}: split it"));
        }
        Ok(())
    }
}

/// Whether a dict says something under this name.
fn has(item: &Value, name: &str) -> bool {
    let Value::Map(pairs) = item else { return false };
    pairs.iter().any(|(key, value)| key == name && !matches!(value, Value::Null | Value::Bool(false)))
}

impl api::MetadataLimits {
    /// What is wrong with a key, and how to mend it; `shown` is how a message shows it.
    pub fn key_problem(&self, key: &str, shown: impl FnOnce() -> String) -> Option<String> {
        let length = key.chars().count();
        if length < self.key_min || length > self.key_max {
            return Some(format!(
                "has the key {}, of {length} characters; keys have {} to {}",
                shown(),
                self.key_min,
                self.key_max
            ));
        }
        (!self.key_pattern.is_match(key)).then(|| format!("has the key {}; keys are letters A-Z a-z, digits and _", shown()))
    }

    /// What is wrong with a value's text, and how to mend it.
    pub fn value_problem(&self, text: &str) -> Option<String> {
        if text.len() <= self.value_max {
            return None;
        }
        let length = text.chars().count();
        (length > self.value_max)
            .then(|| format!("has {length} characters; the service takes at most {}: shorten it", self.value_max))
    }
}

/// Why `text` cannot be a piece of a path; checked whatever `validate` says.
fn path_safe(text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Err("is empty".to_owned());
    }
    if matches!(text, "." | "..") {
        return Err(format!("is {}, which would lead to another address", quoted(text)));
    }
    match text.chars().find(|letter| letter.is_control() || matches!(letter, '/' | '\\' | '?' | '#' | '%')) {
        Some(letter) => Err(format!("has the character {letter:?}, which would lead to another address; pass the bare id")),
        None => Ok(()),
    }
}

fn not_in_format(shown: &str, format: &Format) -> String {
    format!("is {shown}, which is not {}; {}", format.description, format.hint)
}

fn wrong_type(kind: ParameterType, value: &Value) -> String {
    let (wanted, fix) = match (kind, value) {
        (ParameterType::StringList, Value::Text(text)) => ("a list of texts", format!("; write [{}]", quoted(text))),
        (ParameterType::StringList, _) => ("a list of texts", String::new()),
        (ParameterType::NumberList, _) => ("a list of numbers", String::new()),
        (ParameterType::Object, _) => ("a dict", String::new()),
        (ParameterType::ObjectList, Value::Map(_)) => ("a list of dicts", "; put it into [ ]".to_owned()),
        (ParameterType::ObjectList, _) => ("a list of dicts", String::new()),
        (ParameterType::File, _) => ("a path, bytes or an open file", String::new()),
        (ParameterType::Metadata, _) => ("a mapping of keys to values", "; write {\"tier\": \"gold\"}".to_owned()),
        (ParameterType::Integer, _) => ("an int", String::new()),
        (ParameterType::Number, _) => ("a number", String::new()),
        (ParameterType::Boolean, _) => ("True or False", String::new()),
        (ParameterType::Datetime, _) => ("a datetime or ISO-8601 text", String::new()),
        (ParameterType::String, _) => ("text", String::new()),
    };
    format!("is {}, not {wanted}{fix}", value.kind())
}

fn unknown_field(parameter: &Parameter, key: &str, shown: &str) -> String {
    let meant =
        parameter.fields.iter().find(|field| field.wire_name == key).map(|field| format!("; did you mean \"{}\"?", field.name));
    let names: Vec<&str> = parameter.fields.iter().map(|field| field.name.as_str()).collect();
    format!("has the key {shown}, which is none of {}{}", names.join(", "), meant.unwrap_or_default())
}

/// A number for comparing with limits; what no float holds is compared as infinite.
fn as_number(value: &Value) -> f64 {
    value.as_text().and_then(|text| text.parse().ok()).unwrap_or(f64::INFINITY)
}

fn unwritable(value: &Value) -> &'static str {
    match value {
        Value::Float(_) => "NaN or infinite",
        other => other.kind(),
    }
}

fn not_a_moment(shown: &str) -> String {
    format!(
        "is {shown}, which is no ISO-8601 moment with a time zone; pass a datetime with tzinfo, or text such as \
         2026-01-31T12:00:00Z"
    )
}

/// A date, or a date and time with its zone.
fn is_moment(text: &str) -> bool {
    static MOMENT: std::sync::LazyLock<Option<api::Pattern>> = std::sync::LazyLock::new(|| {
        api::Pattern::new(r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2}))?$").ok()
    });
    MOMENT.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// The allowed value that was probably meant: the same but for case, or with the same beginning.
fn nearest<'a>(text: &str, values: &'a [String]) -> Option<&'a String> {
    let lower = text.trim().to_lowercase();
    let same = values.iter().find(|value| value.to_lowercase() == lower);
    same.or_else(|| {
        values.iter().find(|value| lower.len() >= 3 && (value.starts_with(&lower) || lower.starts_with(value.as_str())))
    })
}

/// The value as an error shows it: escaped, and cut where it is long.
pub fn quoted(text: &str) -> String {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{:?}…", text.get(..at).unwrap_or_default()),
        None => format!("{text:?}"),
    }
}

pub(crate) fn table(error: api::ModelError) -> Error {
    Error::config(error.to_string())
}
