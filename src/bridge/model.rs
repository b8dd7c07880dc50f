//! The table of operations for Python: what `sparkbot operations` prints.

use indexmap::IndexMap;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use serde::Serialize;

use crate::api::{self, Format, MetadataLimits, ModelError, ResponseSchema};

/// Every row of the table as a dict.
#[pyfunction]
pub fn operations(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let rows = api::operations().map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
    Ok(pythonize::pythonize(py, &rows)?)
}

/// What the rows refer to by name.
#[derive(Serialize)]
struct Vocabulary {
    formats: &'static IndexMap<String, Format>,
    schemas: &'static IndexMap<String, ResponseSchema>,
    metadata: &'static MetadataLimits,
    /// One line on each resource.
    resources: IndexMap<&'static str, &'static str>,
}

/// What the rows refer to by name: formats, shapes of answers, the limits of metadata, resources.
#[pyfunction]
pub fn vocabulary(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let found = read_vocabulary().map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
    Ok(pythonize::pythonize(py, &found)?)
}

fn read_vocabulary() -> Result<Vocabulary, ModelError> {
    let summary = |name| Ok((name, api::resource(name)?.summary.as_str()));
    Ok(Vocabulary {
        formats: api::formats()?,
        schemas: api::response_schemas()?,
        metadata: api::metadata_limits()?,
        resources: api::resource_names().map(summary).collect::<Result<_, ModelError>>()?,
    })
}

/// What a hook is told of an operation before it is sent: method, path, and where `device` stands among its arguments.
#[pyfunction]
pub fn route(operation: &str) -> PyResult<(&'static str, &'static str, Option<usize>)> {
    let operation = api::operation(operation).map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
    let device = operation.parameters.iter().position(|parameter| parameter.name == "device");
    Ok((operation.method.as_str(), &operation.path, device))
}

/// Of a paged operation: where `size` and `page` stand among its arguments, and how many items a page has by default.
#[pyfunction]
pub fn page_parameters(operation: &str) -> PyResult<(usize, usize, i64)> {
    let operation = api::operation(operation).map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
    let place = |name: &str| operation.parameters.iter().position(|parameter| parameter.name == name);
    let default = |at: usize| operation.parameters.get(at)?.default.as_ref()?.as_integer();
    let found = place("size").and_then(|size| Some((size, place("page")?, default(size)?)));
    found.ok_or_else(|| PyRuntimeError::new_err(format!("{} has no pages", operation.name)))
}

/// The metadata keys that are no legal keys: column, key, what is wrong, what to call it instead.
#[pyfunction]
pub fn check_keys(columns: Vec<(String, String)>) -> Vec<(String, String, String, String)> {
    let problems = crate::batch::check_keys(&columns).err().unwrap_or_default();
    problems.into_iter().map(|problem| (problem.column, problem.key, problem.message, problem.suggestion)).collect()
}
