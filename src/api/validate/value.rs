//! Rules about one value.

use super::constraints::{Scope, is_set};
use super::{Input, MetadataEntry, MetadataRule, Path, Rule, Validator, View, Violation};
use crate::api;
use crate::api::constraint::ConstraintKind;
use crate::api::format::is_metadata_key;
use crate::api::operation::{MetadataLimits, Parameter, ParameterLocation, ParameterType};

impl<V: Input, E> Validator<'_, '_, V, E> {
    fn fail(&mut self, path: &Path<'_>, parameter: &Parameter, value: &V, rule: Rule<'_>) -> Result<(), E> {
        (self.report)(&Violation::Value { path: *path, parameter, value, rule })
    }

    /// An argument, or a field of an object.
    pub(super) fn value(&mut self, path: &Path<'_>, parameter: &Parameter, value: &V) -> Result<(), E> {
        match value.view() {
            View::Null if parameter.required => self.fail(path, parameter, value, Rule::Required),
            View::Null => Ok(()),
            View::List(items) if item_type(parameter.ty).is_some() => self.list(path, parameter, value, items),
            _ if parameter.ty == ParameterType::Metadata => self.metadata(path, parameter, value),
            _ => self.single(path, parameter, parameter.ty, value),
        }
    }

    /// A value that is no list: an argument, a field or an item of a list.
    fn single(&mut self, path: &Path<'_>, parameter: &Parameter, ty: ParameterType, value: &V) -> Result<(), E> {
        match (ty, value.view()) {
            (ParameterType::String | ParameterType::Datetime, View::Text(text)) => self.text(path, parameter, value, text),
            (ParameterType::Integer | ParameterType::Number, View::Integer(number)) => {
                self.range(path, parameter, value, number as f64)
            }
            (ParameterType::Number, View::Number(number)) => self.range(path, parameter, value, number),
            (ParameterType::Object, View::Object) => self.object(path, parameter, value),
            (ParameterType::Boolean, View::Bool(_)) => Ok(()),
            (ParameterType::File, _) if value.is_file() => Ok(()),
            _ => self.fail(path, parameter, value, Rule::Type(ty)),
        }
    }

    fn list(&mut self, path: &Path<'_>, parameter: &Parameter, value: &V, items: &[V]) -> Result<(), E> {
        // An empty filter would select everything.
        if items.is_empty() && parameter.location == ParameterLocation::Query {
            return self.fail(path, parameter, value, Rule::MinItems { min: 1, count: 0 });
        }
        self.count(path, parameter, value, items.len())?;
        for constraint in parameter.constraints.iter().filter(|constraint| constraint.kind == ConstraintKind::Exclusive) {
            let field = parameter.fields.iter().find(|field| constraint.names.contains(&field.name));
            let is_exclusive = |item: &V| field.and_then(|field| item.field(field)).is_some_and(|value| is_set(&value.view()));
            if items.len() > 1 && items.iter().any(is_exclusive) {
                (self.report)(&Violation::Constraint { path: Some(*path), constraint, given: Vec::new() })?;
            }
        }
        let ty = item_type(parameter.ty).unwrap_or(parameter.ty);
        items.iter().enumerate().try_for_each(|(index, item)| self.single(&path.index(index), parameter, ty, item))
    }

    fn object(&mut self, path: &Path<'_>, parameter: &Parameter, value: &V) -> Result<(), E> {
        if parameter.fields.is_empty() {
            return Ok(());
        }
        if let Some(key) = value.unknown_key(&parameter.fields) {
            self.fail(path, parameter, value, Rule::UnknownField(key))?;
        }
        for field in &parameter.fields {
            match value.field(field) {
                Some(inner) => self.value(&path.field(field), field, inner)?,
                None if field.required => self.fail(&path.field(field), field, value, Rule::Required)?,
                None => {}
            }
        }
        let scope = Scope::new(&parameter.fields, |index| value.field(parameter.fields.get(index)?));
        let mut constraints = parameter.constraints.iter().filter(|constraint| constraint.kind != ConstraintKind::Exclusive);
        constraints.try_for_each(|constraint| self.constraint(Some(*path), constraint, &scope))
    }

    fn text(&mut self, path: &Path<'_>, parameter: &Parameter, value: &V, text: &str) -> Result<(), E> {
        match broken_text_rule(parameter, value, text) {
            Some(rule) => self.fail(path, parameter, value, rule),
            None => Ok(()),
        }
    }

    fn range(&mut self, path: &Path<'_>, parameter: &Parameter, value: &V, number: f64) -> Result<(), E> {
        // Limits are small whole numbers, which a float holds exactly.
        match (parameter.min, parameter.max) {
            (Some(min), _) if number < min as f64 => self.fail(path, parameter, value, Rule::Min(min)),
            (_, Some(max)) if number > max as f64 => self.fail(path, parameter, value, Rule::Max(max)),
            _ => Ok(()),
        }
    }

    fn count(&mut self, path: &Path<'_>, parameter: &Parameter, value: &V, count: usize) -> Result<(), E> {
        match (parameter.min_items, parameter.max_items) {
            (Some(min), _) if count < min => self.fail(path, parameter, value, Rule::MinItems { min, count }),
            (_, Some(max)) if count > max => self.fail(path, parameter, value, Rule::MaxItems { max, count }),
            _ => Ok(()),
        }
    }

    fn metadata(&mut self, path: &Path<'_>, parameter: &Parameter, value: &V) -> Result<(), E> {
        let (Some(entries), Ok(limits)) = (value.metadata(), api::metadata_limits()) else {
            return self.fail(path, parameter, value, Rule::Type(ParameterType::Metadata));
        };
        self.count(path, parameter, value, entries.len())?;
        for (index, entry) in entries.enumerate() {
            for rule in broken_metadata_rules(&entry, limits).into_iter().flatten() {
                self.fail(path, parameter, entry.value.unwrap_or(value), Rule::Metadata { rule, index, limits })?;
            }
        }
        Ok(())
    }
}

/// The type of the items of a list.
fn item_type(ty: ParameterType) -> Option<ParameterType> {
    match ty {
        ParameterType::StringList => Some(ParameterType::String),
        ParameterType::NumberList => Some(ParameterType::Number),
        ParameterType::ObjectList => Some(ParameterType::Object),
        _ => None,
    }
}

/// The first rule about a text that it breaks.
fn broken_text_rule<V: Input>(parameter: &Parameter, value: &V, text: &str) -> Option<Rule<'static>> {
    if parameter.ty == ParameterType::Datetime {
        return (!value.is_datetime(text)).then_some(Rule::Datetime);
    }
    if !parameter.enum_values.is_empty() {
        return (!parameter.enum_values.iter().any(|allowed| allowed == text)).then_some(Rule::Enum);
    }
    // That every format exists is checked when the operation is loaded.
    let format = parameter.format.as_ref().and_then(|name| api::format(name).ok());
    let mismatch = format.filter(|format| !format.is_match(text)).map(Rule::Format);
    mismatch.or_else(|| broken_length_rule(parameter, text))
}

fn broken_length_rule(parameter: &Parameter, text: &str) -> Option<Rule<'static>> {
    let (min, max) = (parameter.min_length.unwrap_or(0), parameter.max_length.unwrap_or(usize::MAX));
    // No text has more characters than bytes: most texts need no count.
    if text.len() <= max && min == 0 {
        return None;
    }
    match text.chars().count() {
        length if length > max => Some(Rule::MaxLength { max, length }),
        length if length < min => Some(Rule::MinLength { min, length }),
        _ => None,
    }
}

fn broken_metadata_rules<'a, V>(entry: &'a MetadataEntry<'_, V>, limits: &MetadataLimits) -> [Option<MetadataRule<'a>>; 2] {
    let Some(key) = entry.key else { return [Some(MetadataRule::KeyType), None] };
    let length = key.chars().count();
    let valid = (limits.key_min..=limits.key_max).contains(&length) && is_metadata_key(key);
    let of_value = match entry.text.as_deref() {
        None => Some(MetadataRule::ValueType(key)),
        Some(text) if text.len() <= limits.value_max => None,
        Some(text) => {
            let length = text.chars().count();
            (length > limits.value_max).then_some(MetadataRule::ValueLength { key, length })
        }
    };
    [(!valid).then_some(MetadataRule::Key(key)), of_value]
}
