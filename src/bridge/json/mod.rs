//! Answers as Python objects: by one rule, whether a call gives them or a raw answer's `json()`.

mod decoder;
mod string_cache;

use jiter::{JsonError, JsonErrorType, PythonParse, StringCacheMode};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::bridge::gc::paused_for;
use crate::bridge::{errors, options};
use crate::client::config::InvalidUnicode;
use crate::client::response::decode::trim_json;
use crate::client::response::surrogates::replace_lone_surrogates;
use crate::client::{Error, ErrorKind};

/// What the bytes are as plain dicts and lists; empty ones are `{}`. The inner error says why they cannot be read.
pub fn read<'py>(
    py: Python<'py>,
    bytes: &[u8],
    operation: &str,
    on_bad_unicode: InvalidUnicode,
) -> PyResult<Result<Bound<'py, PyAny>, String>> {
    let json = trim_json(bytes);
    if json.is_empty() {
        return Ok(Ok(PyDict::new(py).into_any()));
    }
    if let Some(object) = paused_for(py, json.len(), || decoder::build(py, json)) {
        return Ok(Ok(object));
    }
    let parse = PythonParse { cache_mode: StringCacheMode::None, ..PythonParse::default() };
    let error = match paused_for(py, json.len(), || parse.python_parse(py, json)) {
        Ok(object) => return Ok(Ok(object)),
        Err(error) => error,
    };
    let Some(mended) = replace_lone_surrogates(json) else {
        return Ok(Err(problem(&error, json)));
    };
    if on_bad_unicode == InvalidUnicode::Error {
        let problem =
            "it has halves of surrogate pairs (cut emoji), and on_bad_unicode is \"error\"; \"replace\" reads them as U+FFFD";
        return Ok(Err(problem.to_owned()));
    }
    let object = match paused_for(py, mended.len(), || parse.python_parse(py, &mended)) {
        Ok(object) => object,
        Err(error) => return Ok(Err(problem(&error, &mended))),
    };
    let text = format!("{operation}: the answer has halves of surrogate pairs (cut emoji); each became U+FFFD");
    errors::warn(py, &[text])?;
    Ok(Ok(object))
}

fn problem(error: &JsonError, json: &[u8]) -> String {
    if error.error_type == JsonErrorType::RecursionLimitExceeded {
        return "it is nested more than 201 deep".to_owned();
    }
    if json.starts_with(b"\x1f\x8b") {
        return "it is compressed with gzip without saying so, or twice".to_owned();
    }
    error.description(json)
}

/// The JSON of a raw answer.
#[pyfunction]
#[pyo3(signature = (content, operation, status, on_bad_unicode, /))]
pub fn read_json<'py>(
    py: Python<'py>,
    content: &[u8],
    operation: &str,
    status: u16,
    on_bad_unicode: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let rule = options::bad_unicode(on_bad_unicode).map_err(|failure| errors::raise(py, &failure))?;
    read(py, content, operation, rule)?.map_err(|problem| {
        let message = format!("{operation}: the response ({status}) is not valid JSON: {problem}");
        let failure = Error::new(ErrorKind::InvalidResponse, message).in_operation(operation).with(|details| {
            details.status = Some(status);
            details.body = Some(bytes::Bytes::copy_from_slice(content));
        });
        errors::raise(py, &failure)
    })
}
