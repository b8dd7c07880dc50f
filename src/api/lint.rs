//! What a valid row is. A row that breaks a rule fails the tests, never a user's call.

use crate::api::constraint::Constraint;
use crate::api::loader::ModelError;
use crate::api::operation::{CommonDefinitions, Operation, Parameter, ParameterLocation, ParameterType};

pub(super) fn ensure(holds: bool, place: &str, problem: &str) -> Result<(), ModelError> {
    if holds { Ok(()) } else { Err(ModelError::new(place, problem)) }
}

pub(super) fn check_operation(operation: &Operation, contract: &str) -> Result<(), ModelError> {
    let name = operation.name.as_str();
    ensure(operation.title.starts_with(&format!("{contract}:")), name, "the title is not of this resource")?;
    ensure(operation.summary.ends_with('.') && !operation.summary.contains('\n'), name, "the summary is one sentence")?;
    ensure(
        operation.sandbox.starts_with("crud:") || operation.sandbox.starts_with("handler:"),
        name,
        "sandbox is crud:… or handler:…",
    )?;
    ensure(operation.example.contains(&format!("client.{name}")), name, "the example calls the operation")?;
    ensure(distinct(operation.parameters.iter().map(|one| &one.name)), name, "two parameters have the same name")?;
    check_pages(operation)?;
    check_constraints(operation)?;
    check_body(operation)
}

fn check_pages(operation: &Operation) -> Result<(), ModelError> {
    let name = operation.name.as_str();
    let has = |wanted: &str| operation.parameters.iter().any(|parameter| parameter.name == wanted);
    ensure(!operation.paginated || (has("page") && has("size")), name, "a paginated operation has the parameters page and size")?;
    let sized = operation.parameters.iter().any(|parameter| parameter.name == "size" && parameter.default.is_some());
    ensure(!operation.paginated || sized, name, "the size of a paginated operation has a default")
}

fn check_constraints(operation: &Operation) -> Result<(), ModelError> {
    check_names(&operation.name, &operation.constraints, &operation.parameters)
}

/// Constraints name parameters that exist, or fields that exist, and as many as their kind takes.
fn check_names(place: &str, constraints: &[Constraint], parameters: &[Parameter]) -> Result<(), ModelError> {
    for constraint in constraints {
        let kind = constraint.kind.name();
        let find = |name: &String| parameters.iter().find(|parameter| parameter.name == *name);
        ensure(constraint.names.iter().all(|name| find(name).is_some()), place, &format!("{kind} names an unknown parameter"))?;
        ensure(constraint.has_valid_count(), place, &format!("{kind} has the wrong number of parameters"))?;
        let values = constraint.names.get(1).and_then(find).map(|parameter| parameter.enum_values.as_slice()).unwrap_or_default();
        let known = constraint.value.as_ref().is_none_or(|value| values.contains(value));
        ensure(known, place, &format!("{kind} names a value that is not allowed"))?;
    }
    Ok(())
}

/// A body is either one bare value or an object, and no name in it means two things.
fn check_body(operation: &Operation) -> Result<(), ModelError> {
    let name = operation.name.as_str();
    let at = |place: ParameterLocation| operation.parameters.iter().filter(move |parameter| parameter.location == place);
    let fields = at(ParameterLocation::Body).map(|parameter| parameter.wire_name.as_str());
    let wires: Vec<&str> = fields.chain(operation.const_fields.keys().map(String::as_str)).collect();
    let roots = at(ParameterLocation::Payload).count();
    ensure(roots == 0 || (roots == 1 && wires.is_empty()), name, "a root body excludes body fields")?;
    ensure(distinct(wires.iter()), name, "two body fields have the same name on the wire")?;
    ensure(distinct(at(ParameterLocation::Query).map(|parameter| &parameter.wire_name)), name, "two query names are the same")?;
    let inside = |wire: &&str| wires.iter().any(|other| other.strip_prefix(wire).is_some_and(|rest| rest.starts_with('.')));
    ensure(!wires.iter().any(inside), name, "a body field is also an object with fields")?;
    let files = operation.parameters.iter().filter(|parameter| parameter.ty == ParameterType::File).count();
    ensure(files <= 1, name, "only one file is uploaded")
}

fn distinct<T: Eq + std::hash::Hash>(mut items: impl Iterator<Item = T>) -> bool {
    let mut seen = std::collections::HashSet::new();
    items.all(|item| seen.insert(item))
}

pub(super) fn check_parameter(
    operation: &Operation,
    parameter: &Parameter,
    shared: &CommonDefinitions,
) -> Result<(), ModelError> {
    let place = format!("{}({})", operation.name, parameter.name);
    ensure(
        parameter.location != ParameterLocation::Query || in_query(parameter.ty),
        &place,
        "a query holds single values and lists of text",
    )?;
    let dotted = parameter.location == ParameterLocation::Body || !parameter.wire_name.contains('.');
    ensure(dotted, &place, "only a body has names with dots")?;
    let uploaded = parameter.ty != ParameterType::File || parameter.location == ParameterLocation::Body;
    ensure(uploaded, &place, "a file is a part of the body")?;
    check_value(&place, parameter, shared)
}

fn in_query(kind: ParameterType) -> bool {
    use ParameterType::{Boolean, Datetime, Integer, Number, String, StringList};
    matches!(kind, String | Integer | Number | Boolean | Datetime | StringList)
}

/// What holds for a parameter and for the fields in it alike.
fn check_value(place: &str, parameter: &Parameter, shared: &CommonDefinitions) -> Result<(), ModelError> {
    let texts = matches!(parameter.ty, ParameterType::String | ParameterType::StringList);
    let known = parameter.format.as_ref().is_none_or(|format| shared.format.contains_key(format));
    ensure(known, place, "its format is not in common.toml")?;
    ensure(!parameter.positional || parameter.required, place, "a positional parameter is required")?;
    ensure(parameter.summary.ends_with('.'), place, "the summary is a sentence")?;
    ensure(parameter.enum_values.is_empty() || texts, place, "only strings have allowed values")?;
    ensure(!parameter.skip_if_false || parameter.ty == ParameterType::Boolean, place, "only a flag is sent only when true")?;
    let named = parameter.type_name.is_none() || !parameter.enum_values.is_empty() || !parameter.fields.is_empty();
    ensure(named, place, "type_name names no allowed values and no fields")?;
    check_fields(place, parameter, shared)
}

fn check_fields(place: &str, parameter: &Parameter, shared: &CommonDefinitions) -> Result<(), ModelError> {
    let object = matches!(parameter.ty, ParameterType::Object | ParameterType::ObjectList);
    ensure(parameter.fields.is_empty() || object, place, "only objects have fields")?;
    ensure(parameter.fields.is_empty() || parameter.type_name.is_some(), place, "an object with fields has a type_name")?;
    ensure(distinct(parameter.fields.iter().map(|field| &field.name)), place, "two fields have the same name")?;
    check_names(place, &parameter.constraints, &parameter.fields)?;
    let alone = parameter.fields.iter().any(|field| field.exclusive);
    ensure(!alone || parameter.ty == ParameterType::ObjectList, place, "only an object of a list is the only one of it")?;
    for field in &parameter.fields {
        let place = format!("{place}[{}]", field.name);
        ensure(field.location == ParameterLocation::Body && !field.positional, &place, "a field travels in its object")?;
        ensure(!field.wire_name.contains('.') && field.ty != ParameterType::File, &place, "a field is one plain value")?;
        ensure(field.depends_on.is_none() && !field.skip_if_false, &place, "depends_on and skip_if_false are for parameters")?;
        check_value(&place, field, shared)?;
    }
    Ok(())
}
