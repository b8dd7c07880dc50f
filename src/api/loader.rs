//! From a file of rows to the table: what rows share is put into each of them.

use http::Method;
use indexmap::IndexMap;

use crate::api::constraint::Constraint;
use crate::api::format::predicate;
use crate::api::lint::{check_operation, check_parameter, ensure};
use crate::api::operation::{
    CommonDefinitions, Operation, Parameter, ParameterLocation, PathParameter, RawOperation, RawResource, Resource,
    ResponseSchema,
};

/// A mistake in the table, or a name that is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelError {
    place: String,
    problem: String,
}

impl ModelError {
    pub(crate) fn new(place: &str, problem: impl Into<String>) -> Self {
        Self { place: place.to_owned(), problem: problem.into() }
    }
}

impl std::fmt::Display for ModelError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

impl std::error::Error for ModelError {}

pub(super) fn parse_shared(text: &str) -> Result<CommonDefinitions, ModelError> {
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

pub(super) fn parse_resource(attribute: &str, text: &str, shared: &CommonDefinitions) -> Result<Resource, ModelError> {
    let file: RawResource = toml::from_str(text).map_err(|error| ModelError::new(attribute, error.to_string()))?;
    ensure(file.attribute == attribute, attribute, "attribute differs from the file's name")?;
    let mut operations = IndexMap::new();
    for row in file.operation {
        let operation = finish((attribute, &file.contract), row, &file.path, shared)?;
        let name = operation.name.clone();
        let earlier = operations.insert(name.clone(), operation);
        ensure(earlier.is_none(), &name, "two rows have this name")?;
    }
    Ok(Resource { attribute: file.attribute, contract: file.contract, summary: file.summary, operations })
}

type Paths = IndexMap<String, PathParameter>;

/// A row with the path's parameters in front, its groups' behind and every default filled in, held against the rules.
fn finish(
    (attribute, contract): (&str, &str),
    mut row: RawOperation,
    own: &Paths,
    shared: &CommonDefinitions,
) -> Result<Operation, ModelError> {
    let name = format!("{attribute}.{}", row.name);
    let mut parameters = path_parameters(&name, &row.path, own, shared)?;
    parameters.append(&mut row.parameter);
    for group in &row.groups {
        let members = shared.group.get(group).ok_or_else(|| ModelError::new(&name, format!("there is no group {group}")))?;
        parameters.extend(members.iter().cloned());
    }
    parameters.iter_mut().for_each(resolve_parameter);
    let constraints = Constraint::of_operation(&row, &parameters);
    let operation = Operation {
        method: method(&name, &row.method)?,
        name,
        title: row.title,
        path: row.path,
        summary: row.summary,
        description: row.description.trim().to_owned(),
        parameters,
        response: row.response,
        idempotent: row.idempotent,
        paginated: row.paginated,
        timeout_seconds: row.timeout_seconds,
        constraints,
        const_fields: row.const_fields,
        deny_unknown_fields: row.deny_unknown_fields,
        sandbox: row.sandbox,
        confidence: row.confidence,
        observed_count: row.observed_count,
        example: row.example,
    };
    check_operation(&operation, contract)?;
    operation.parameters.iter().try_for_each(|parameter| check_parameter(&operation, parameter, shared))?;
    Ok(operation)
}

/// Fills in what a parameter and its fields derive from other keys.
fn resolve_parameter(parameter: &mut Parameter) {
    if parameter.wire_name.is_empty() {
        parameter.wire_name = parameter.name.clone();
    }
    parameter.constraints = Constraint::of_object(parameter);
    parameter.fields.iter_mut().for_each(resolve_parameter);
}

fn method(name: &str, text: &str) -> Result<Method, ModelError> {
    match text {
        "GET" | "POST" | "PUT" | "PATCH" | "DELETE" => {
            Method::from_bytes(text.as_bytes()).map_err(|error| ModelError::new(name, error.to_string()))
        }
        _ => Err(ModelError::new(name, format!("method {text} is none of GET, POST, PUT, PATCH, DELETE"))),
    }
}

fn path_parameters(name: &str, path: &str, own: &Paths, shared: &CommonDefinitions) -> Result<Vec<Parameter>, ModelError> {
    ensure(path.starts_with('/') && !path.ends_with('/'), name, "a path begins with / and does not end with one")?;
    placeholders(path)
        .map(|placeholder| {
            let path_parameter = own.get(placeholder).or_else(|| shared.path.get(placeholder));
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

/// The names between braces, in order.
pub(super) fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|piece| piece.strip_prefix('{')?.strip_suffix('}'))
}
