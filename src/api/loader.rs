//! Parses the TOML files into operations and inserts the common definitions.

use http::Method;
use indexmap::IndexMap;

use crate::api::error::{ModelError, require};
use crate::api::format::predicate;
use crate::api::lint::{check_operation, check_parameter};
use crate::api::operation::{
    CommonDefinitions, Operation, Parameter, ParameterLocation, PathParameter, RawOperation, RawResource, Resource,
    ResponseSchema,
};
use crate::api::resolve_constraints::{object_constraints, operation_constraints};

pub(super) fn parse_common(text: &str) -> Result<CommonDefinitions, ModelError> {
    let mut common: CommonDefinitions =
        toml::from_str(text).map_err(|error| ModelError::new("common.toml", error.to_string()))?;
    for (name, format) in &mut common.format {
        format.predicate = predicate(name).ok_or_else(|| ModelError::new(name, "the format has no predicate in format.rs"))?;
    }
    Ok(common)
}

pub(super) fn parse_response_schemas(text: &str) -> Result<IndexMap<String, ResponseSchema>, ModelError> {
    toml::from_str(text).map_err(|error| ModelError::new("responses.toml", error.to_string()))
}

pub(super) fn parse_resource(attribute: &str, text: &str, common: &CommonDefinitions) -> Result<Resource, ModelError> {
    let file: RawResource = toml::from_str(text).map_err(|error| ModelError::new(attribute, error.to_string()))?;
    require(file.attribute == attribute, attribute, "the attribute differs from the file name")?;
    let mut operations = IndexMap::new();
    for raw in file.operation {
        let operation = resolve_operation((attribute, &file.contract), raw, &file.path, common)?;
        let name = operation.name.clone();
        let previous = operations.insert(name.clone(), operation);
        require(previous.is_none(), &name, "two operations have this name")?;
    }
    Ok(Resource { attribute: file.attribute, contract: file.contract, summary: file.summary, operations })
}

type Paths = IndexMap<String, PathParameter>;

/// Resolves an operation: path parameters first, then its own, then those of its groups, with all defaults set.
fn resolve_operation(
    (attribute, contract): (&str, &str),
    mut raw: RawOperation,
    own: &Paths,
    common: &CommonDefinitions,
) -> Result<Operation, ModelError> {
    let name = format!("{attribute}.{}", raw.name);
    let mut parameters = path_parameters(&name, &raw.path, own, common)?;
    parameters.append(&mut raw.parameter);
    for group in &raw.groups {
        let members = common.group.get(group).ok_or_else(|| ModelError::new(&name, format!("unknown group {group}")))?;
        parameters.extend(members.iter().cloned());
    }
    parameters.iter_mut().for_each(resolve_parameter);
    let constraints = operation_constraints(&raw, &parameters);
    let operation = Operation {
        method: parse_method(&name, &raw.method)?,
        name,
        title: raw.title,
        path: raw.path,
        summary: raw.summary,
        description: raw.description.trim().to_owned(),
        parameters,
        response: raw.response,
        idempotent: raw.idempotent,
        paginated: raw.paginated,
        timeout_seconds: raw.timeout_seconds,
        constraints,
        const_fields: raw.const_fields,
        deny_unknown_fields: raw.deny_unknown_fields,
        sandbox: raw.sandbox,
        confidence: raw.confidence,
        observed_count: raw.observed_count,
        example: raw.example,
    };
    check_operation(&operation, contract)?;
    operation.parameters.iter().try_for_each(|parameter| check_parameter(&operation, parameter, common))?;
    Ok(operation)
}

/// Sets the wire name and the constraints of a parameter and of its fields.
fn resolve_parameter(parameter: &mut Parameter) {
    if parameter.wire_name.is_empty() {
        parameter.wire_name = parameter.name.clone();
    }
    parameter.constraints = object_constraints(parameter);
    parameter.fields.iter_mut().for_each(resolve_parameter);
}

fn parse_method(name: &str, text: &str) -> Result<Method, ModelError> {
    match text {
        "GET" | "POST" | "PUT" | "PATCH" | "DELETE" => {
            Method::from_bytes(text.as_bytes()).map_err(|error| ModelError::new(name, error.to_string()))
        }
        _ => Err(ModelError::new(name, format!("method {text} is not one of GET, POST, PUT, PATCH, DELETE"))),
    }
}

fn path_parameters(name: &str, path: &str, own: &Paths, common: &CommonDefinitions) -> Result<Vec<Parameter>, ModelError> {
    require(path.starts_with('/') && !path.ends_with('/'), name, "the path must start with / and not end with /")?;
    placeholders(path)
        .map(|placeholder| {
            let path_parameter = own.get(placeholder).or_else(|| common.path.get(placeholder));
            let path_parameter =
                path_parameter.ok_or_else(|| ModelError::new(name, format!("{{{placeholder}}} is not in common.toml")))?;
            Ok(Parameter {
                name: path_parameter.name.clone(),
                wire_name: placeholder.to_owned(),
                location: ParameterLocation::Path,
                required: true,
                positional: true,
                format: Some(path_parameter.format.clone()),
                summary: path_parameter.summary.clone(),
                ..Parameter::default()
            })
        })
        .collect()
}

/// The names in braces, in order.
pub(super) fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
}
