//! Rules for the API model. Tests check every operation, so that a call never fails because of the model.

use crate::api::constraint::{Constraint, ConstraintKind};
use crate::api::error::{ModelError, require};
use crate::api::operation::{CommonDefinitions, Operation, Parameter, ParameterLocation, ParameterType};

pub(super) fn check_operation(operation: &Operation, contract: &str) -> Result<(), ModelError> {
    let name = operation.name.as_str();
    require(operation.title.starts_with(&format!("{contract}:")), name, "the title must start with the resource")?;
    require(operation.summary.ends_with('.') && !operation.summary.contains('\n'), name, "the summary must be one sentence")?;
    require(
        operation.sandbox.starts_with("crud:") || operation.sandbox.starts_with("handler:"),
        name,
        "sandbox must be crud:… or handler:…",
    )?;
    require(operation.example.contains(&format!("client.{name}")), name, "the example must call the operation")?;
    require(all_unique(operation.parameters.iter().map(|parameter| &parameter.name)), name, "two parameters have the same name")?;
    check_pages(operation)?;
    check_update(operation)?;
    check_constraints(operation)?;
    check_body(operation)
}

fn check_pages(operation: &Operation) -> Result<(), ModelError> {
    let name = operation.name.as_str();
    let has = |wanted: &str| operation.parameters.iter().any(|parameter| parameter.name == wanted);
    require(
        !operation.paginated || (has("page") && has("size")),
        name,
        "a paginated operation needs the parameters page and size",
    )?;
    let sized = operation.parameters.iter().any(|parameter| parameter.name == "size" && parameter.default.is_some());
    require(!operation.paginated || sized, name, "the size of a paginated operation needs a default")
}

/// Checks that an update without a change is refused, by `needs_change` or by a required field.
fn check_update(operation: &Operation) -> Result<(), ModelError> {
    let in_path = operation.parameters.iter().filter(|parameter| parameter.location == ParameterLocation::Path);
    let has_subject = in_path.map(|parameter| parameter.name.as_str()).any(|name| name != "device");
    // Without a subject in the path, a positional field of the body identifies what is updated.
    let is_change =
        |parameter: &&Parameter| parameter.location == ParameterLocation::Body && (has_subject || !parameter.positional);
    let mut fields = operation.parameters.iter().filter(is_change);
    let is_refused = operation.constrained(ConstraintKind::NeedsChange).next().is_some() || fields.any(|field| field.required);
    let is_update = operation.method == http::Method::PATCH && operation.name.ends_with(".update");
    require(!is_update || is_refused, &operation.name, "an update of optional fields has needs_change")
}

fn check_constraints(operation: &Operation) -> Result<(), ModelError> {
    check_names(&operation.name, &operation.constraints, &operation.parameters)
}

/// Checks that constraints name existing parameters or fields, and as many as their kind takes.
fn check_names(location: &str, constraints: &[Constraint], parameters: &[Parameter]) -> Result<(), ModelError> {
    for constraint in constraints {
        let kind = constraint.kind.name();
        let find = |name: &String| parameters.iter().find(|parameter| parameter.name == *name);
        require(
            constraint.names.iter().all(|name| find(name).is_some()),
            location,
            &format!("{kind} names an unknown parameter"),
        )?;
        require(constraint.has_valid_count(), location, &format!("{kind} has the wrong number of parameters"))?;
        let values = constraint.names.get(1).and_then(find).map(|parameter| parameter.enum_values.as_slice()).unwrap_or_default();
        let known = constraint.value.as_ref().is_none_or(|value| values.contains(value));
        require(known, location, &format!("{kind} names a value that is not allowed"))?;
    }
    Ok(())
}

/// Checks that the body is either one payload or an object with unique names.
fn check_body(operation: &Operation) -> Result<(), ModelError> {
    let name = operation.name.as_str();
    let at = |location: ParameterLocation| operation.parameters.iter().filter(move |parameter| parameter.location == location);
    let fields = at(ParameterLocation::Body).map(|parameter| parameter.wire_name.as_str());
    let wire_names: Vec<&str> = fields.chain(operation.const_fields.keys().map(String::as_str)).collect();
    let payloads = at(ParameterLocation::Payload).count();
    require(payloads == 0 || (payloads == 1 && wire_names.is_empty()), name, "a payload excludes body fields")?;
    require(all_unique(wire_names.iter()), name, "two body fields have the same wire name")?;
    require(
        all_unique(at(ParameterLocation::Query).map(|parameter| &parameter.wire_name)),
        name,
        "two query parameters have the same wire name",
    )?;
    let inside = |wire: &&str| wire_names.iter().any(|other| other.strip_prefix(wire).is_some_and(|rest| rest.starts_with('.')));
    require(!wire_names.iter().any(inside), name, "a body field is also an object with fields")?;
    let files = operation.parameters.iter().filter(|parameter| parameter.ty == ParameterType::File).count();
    require(files <= 1, name, "an operation can upload one file only")
}

fn all_unique<T: Eq + std::hash::Hash>(mut items: impl Iterator<Item = T>) -> bool {
    let mut seen = std::collections::HashSet::new();
    items.all(|item| seen.insert(item))
}

pub(super) fn check_parameter(
    operation: &Operation,
    parameter: &Parameter,
    common: &CommonDefinitions,
) -> Result<(), ModelError> {
    let location = format!("{}({})", operation.name, parameter.name);
    require(
        parameter.location != ParameterLocation::Query || in_query(parameter.ty),
        &location,
        "a query can hold scalars and lists of text only",
    )?;
    let dotted = parameter.location == ParameterLocation::Body || !parameter.wire_name.contains('.');
    require(dotted, &location, "only body fields can have dots in their names")?;
    let uploaded = parameter.ty != ParameterType::File || parameter.location == ParameterLocation::Body;
    require(uploaded, &location, "a file must be in the body")?;
    let in_body = parameter.location == ParameterLocation::Body;
    require(!parameter.also_in_query || in_body, &location, "only a body field can also be in the query")?;
    let renamed = parameter.other_wire_name.is_some();
    require(!renamed || in_body, &location, "only a body field can have another name")?;
    check_value(&location, parameter, common)
}

fn in_query(ty: ParameterType) -> bool {
    use ParameterType::{Boolean, Datetime, Integer, Number, String, StringList};
    matches!(ty, String | Integer | Number | Boolean | Datetime | StringList)
}

/// Rules for parameters and for fields.
fn check_value(location: &str, parameter: &Parameter, common: &CommonDefinitions) -> Result<(), ModelError> {
    let texts = matches!(parameter.ty, ParameterType::String | ParameterType::StringList);
    let known = parameter.format.as_ref().is_none_or(|format| common.format.contains_key(format));
    require(known, location, "the format is not in common.toml")?;
    require(!parameter.positional || parameter.required, location, "a positional parameter must be required")?;
    require(parameter.summary.ends_with('.'), location, "the summary must be a sentence")?;
    require(parameter.enum_values.is_empty() || texts, location, "only strings can have an enum")?;
    require(
        !parameter.skip_if_false || parameter.ty == ParameterType::Boolean,
        location,
        "only a boolean can have skip_if_false",
    )?;
    let named = parameter.type_name.is_none() || !parameter.enum_values.is_empty() || !parameter.fields.is_empty();
    require(named, location, "type_name needs an enum or fields")?;
    check_fields(location, parameter, common)
}

fn check_fields(location: &str, parameter: &Parameter, common: &CommonDefinitions) -> Result<(), ModelError> {
    let object = matches!(parameter.ty, ParameterType::Object | ParameterType::ObjectList);
    require(parameter.fields.is_empty() || object, location, "only objects can have fields")?;
    require(parameter.fields.is_empty() || parameter.type_name.is_some(), location, "an object with fields needs a type_name")?;
    require(all_unique(parameter.fields.iter().map(|field| &field.name)), location, "two fields have the same name")?;
    check_names(location, &parameter.constraints, &parameter.fields)?;
    let exclusive = parameter.fields.iter().any(|field| field.exclusive);
    require(
        !exclusive || parameter.ty == ParameterType::ObjectList,
        location,
        "only a field of an object_list can be exclusive",
    )?;
    for field in &parameter.fields {
        let location = format!("{location}[{}]", field.name);
        require(
            field.location == ParameterLocation::Body && !field.positional,
            &location,
            "a field can be neither positional nor outside the body",
        )?;
        require(
            !field.wire_name.contains('.') && field.ty != ParameterType::File,
            &location,
            "a field can be neither a file nor have dots in its name",
        )?;
        require(
            field.depends_on.is_none() && !field.skip_if_false,
            &location,
            "a field cannot have depends_on or skip_if_false",
        )?;
        check_value(&location, field, common)?;
    }
    Ok(())
}
