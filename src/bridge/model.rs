//! The API model for Python.

use indexmap::IndexMap;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use serde::Serialize;

use crate::api::{self, Format, MetadataLimits, ModelError, ResponseSchema};
use crate::batch::KeyError;

/// Every operation as a dict.
#[pyfunction]
pub fn operations(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let operations = api::operations().map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
    Ok(pythonize::pythonize(py, &operations)?)
}

/// The definitions that operations refer to by name.
#[derive(Serialize)]
struct ModelDefinitions {
    formats: &'static IndexMap<String, Format>,
    schemas: &'static IndexMap<String, ResponseSchema>,
    metadata: &'static MetadataLimits,
    /// One-line summaries by resource.
    resources: IndexMap<&'static str, &'static str>,
}

/// The definitions that operations refer to by name: formats, response schemas, metadata limits, resources.
#[pyfunction]
pub fn model_definitions(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let definitions = read_definitions().map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
    Ok(pythonize::pythonize(py, &definitions)?)
}

fn read_definitions() -> Result<ModelDefinitions, ModelError> {
    let summary = |name| Ok((name, api::resource(name)?.summary.as_str()));
    Ok(ModelDefinitions {
        formats: api::formats()?,
        schemas: api::response_schemas()?,
        metadata: api::metadata_limits()?,
        resources: api::resource_names().map(summary).collect::<Result<_, ModelError>>()?,
    })
}

/// Method and path of an operation, and the index of `device` among its arguments.
#[pyfunction]
pub fn operation_route(operation: &str) -> PyResult<(&'static str, &'static str, Option<usize>)> {
    let operation = api::operation(operation).map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
    let device = operation.parameters.iter().position(|parameter| parameter.name == "device");
    Ok((operation.method.as_str(), &operation.path, device))
}

/// The indexes of `size` and `page` among the arguments of a paginated operation, and the default page size.
#[pyfunction]
pub fn page_parameters(operation: &str) -> PyResult<(usize, usize, i64)> {
    let operation = api::operation(operation).map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
    let index_of = |name: &str| operation.parameters.iter().position(|parameter| parameter.name == name);
    let default = |index: usize| operation.parameters.get(index)?.default.as_ref()?.as_integer();
    let pages = index_of("size").and_then(|size| Some((size, index_of("page")?, default(size)?)));
    pages.ok_or_else(|| PyRuntimeError::new_err(format!("{} is not paginated", operation.name)))
}

/// Why the metadata key of a column is invalid, and a valid key for the column.
#[derive(Debug)]
#[pyclass(module = "sparkbot._sparkbot", frozen, get_all)]
pub struct KeyProblem {
    column: String,
    key: String,
    message: String,
    suggestion: String,
}

/// The columns whose metadata keys are invalid.
#[pyfunction]
pub fn check_keys(columns: Vec<(String, String)>) -> Vec<KeyProblem> {
    let errors = crate::batch::check_keys(&columns).err().unwrap_or_default();
    let problem = |KeyError { column, key, message, suggestion }| KeyProblem { column, key, message, suggestion };
    errors.into_iter().map(problem).collect()
}
