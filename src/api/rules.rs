//! What a valid row is. A row that breaks a rule fails the tests, never a user's call.

use http::Method;
use indexmap::IndexMap;

use super::row::{Operation, OperationRow, Parameter, ParameterType, Place, Resource, ResourceFile, Shared};

/// A mistake in the table, or a name that is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableError {
    place: String,
    problem: String,
}

impl TableError {
    pub(crate) fn new(place: &str, problem: impl Into<String>) -> Self {
        Self { place: place.to_owned(), problem: problem.into() }
    }
}

impl std::fmt::Display for TableError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

impl std::error::Error for TableError {}

pub(super) fn parse_shared(text: &str) -> Result<Shared, TableError> {
    toml::from_str(text).map_err(|error| TableError::new("shared.toml", error.to_string()))
}

pub(super) fn parse_resource(attribute: &str, text: &str, shared: &Shared) -> Result<Resource, TableError> {
    let file: ResourceFile = toml::from_str(text).map_err(|error| TableError::new(attribute, error.to_string()))?;
    ensure(file.attribute == attribute, attribute, "attribute differs from the file's name")?;
    let mut operations = IndexMap::new();
    for row in file.operation {
        let operation = finish(attribute, &file.contract, row, shared)?;
        let name = operation.name.clone();
        let earlier = operations.insert(name.clone(), operation);
        ensure(earlier.is_none(), &name, "two rows have this name")?;
    }
    Ok(Resource { attribute: file.attribute, contract: file.contract, summary: file.summary, operations })
}

/// A row with the path's parameters in front and every default filled in, held against the rules.
fn finish(attribute: &str, contract: &str, row: OperationRow, shared: &Shared) -> Result<Operation, TableError> {
    let name = format!("{attribute}.{}", row.name);
    let mut parameters = path_parameters(&name, &row.path, shared)?;
    parameters.extend(row.parameter);
    for parameter in &mut parameters {
        if parameter.wire.is_empty() {
            parameter.wire = parameter.name.clone();
        }
    }
    let operation = Operation {
        method: method(&name, &row.method)?,
        name,
        title: row.title,
        path: row.path,
        summary: row.summary,
        description: row.description.trim().to_owned(),
        parameters,
        answer: row.answer,
        repeat: row.repeat,
        pages: row.pages,
        timeout_seconds: row.timeout_seconds,
        any_of: row.any_of,
        differ: row.differ,
        strict_body: row.strict_body,
        sandbox: row.sandbox,
        known: row.known,
        sightings: row.sightings,
        example: row.example,
    };
    check_operation(&operation, contract)?;
    operation.parameters.iter().try_for_each(|parameter| check_parameter(&operation, parameter, shared))?;
    Ok(operation)
}

fn method(name: &str, text: &str) -> Result<Method, TableError> {
    match text {
        "GET" | "POST" | "PUT" | "PATCH" | "DELETE" => {
            Method::from_bytes(text.as_bytes()).map_err(|error| TableError::new(name, error.to_string()))
        }
        _ => Err(TableError::new(name, format!("method {text} is none of GET, POST, PUT, PATCH, DELETE"))),
    }
}

fn path_parameters(name: &str, path: &str, shared: &Shared) -> Result<Vec<Parameter>, TableError> {
    ensure(path.starts_with('/') && !path.ends_with('/'), name, "a path begins with / and does not end with one")?;
    placeholders(path)
        .map(|placeholder| {
            let known = shared.path.get(placeholder);
            let found = known.ok_or_else(|| TableError::new(name, format!("{{{placeholder}}} is not in shared.toml")))?;
            Ok(Parameter {
                name: found.name.clone(),
                wire: placeholder.to_owned(),
                place: Place::Path,
                kind: ParameterType::String,
                required: true,
                positional: true,
                values: Vec::new(),
                type_name: None,
                format: Some(found.format.clone()),
                min: None,
                max: None,
                min_length: None,
                max_length: None,
                min_items: None,
                max_items: None,
                default: None,
                known: None,
                summary: found.summary.clone(),
            })
        })
        .collect()
}

/// The names between braces, in order.
pub(super) fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|piece| piece.strip_prefix('{')?.strip_suffix('}'))
}

fn check_operation(operation: &Operation, contract: &str) -> Result<(), TableError> {
    let name = operation.name.as_str();
    let has = |wanted: &str| operation.parameters.iter().any(|parameter| parameter.name == wanted);
    ensure(operation.title.starts_with(&format!("{contract}:")), name, "the title is not of this resource")?;
    ensure(operation.summary.ends_with('.') && !operation.summary.contains('\n'), name, "the summary is one sentence")?;
    ensure(!operation.pages || (has("page") && has("size")), name, "a paged row has the parameters page and size")?;
    let sized = operation.parameters.iter().any(|parameter| parameter.name == "size" && parameter.default.is_some());
    ensure(!operation.pages || sized, name, "the size of a paged row has a default")?;
    ensure(operation.any_of.iter().all(|wanted| has(wanted)), name, "any_of names an unknown parameter")?;
    ensure(operation.differ.iter().all(|wanted| has(wanted)), name, "differ names an unknown parameter")?;
    ensure(matches!(operation.differ.len(), 0 | 2), name, "differ names two parameters")?;
    ensure(
        operation.sandbox.starts_with("crud:") || operation.sandbox.starts_with("behaviour:"),
        name,
        "sandbox is crud:… or behaviour:…",
    )?;
    ensure(operation.example.contains(&format!("client.{name}")), name, "the example calls the operation")?;
    let roots = operation.parameters.iter().filter(|parameter| parameter.place == Place::Root).count();
    let fields = operation.parameters.iter().filter(|parameter| parameter.place == Place::Body).count();
    ensure(roots == 0 || (roots == 1 && fields == 0), name, "a root body excludes body fields")?;
    let names: std::collections::HashSet<_> = operation.parameters.iter().map(|parameter| &parameter.name).collect();
    ensure(names.len() == operation.parameters.len(), name, "two parameters have the same name")
}

fn check_parameter(operation: &Operation, parameter: &Parameter, shared: &Shared) -> Result<(), TableError> {
    let place = format!("{}({})", operation.name, parameter.name);
    let known = parameter.format.as_ref().is_none_or(|format| shared.format.contains_key(format));
    ensure(known, &place, "its format is not in shared.toml")?;
    ensure(!parameter.positional || parameter.required, &place, "a positional parameter is required")?;
    ensure(parameter.summary.ends_with('.'), &place, "the summary is a sentence")?;
    let listed = parameter.values.is_empty() || matches!(parameter.kind, ParameterType::String | ParameterType::Strings);
    ensure(listed, &place, "only strings have allowed values")?;
    ensure(parameter.type_name.is_none() || !parameter.values.is_empty(), &place, "type_name names no allowed values")?;
    let query_kind = parameter.place != Place::Query || parameter.kind != ParameterType::Metadata;
    ensure(query_kind, &place, "a query cannot hold metadata")
}

fn ensure(holds: bool, place: &str, problem: &str) -> Result<(), TableError> {
    if holds { Ok(()) } else { Err(TableError::new(place, problem)) }
}
