//! JSON responses as Python objects, for calls and for `RawResponse.json()`.

mod decoder;
mod string_cache;

use jiter::{JsonError, JsonErrorType, PythonParse, StringCacheMode};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::bridge::gc::with_gc_paused;
use crate::bridge::{errors, options};
use crate::client::config::InvalidUnicode;
use crate::client::response::decode::trim_json;
use crate::client::response::surrogates::replace_lone_surrogates;
use crate::client::{Error, ErrorKind};

/// Decodes a body to plain dicts and lists; an empty body is `{}`. The inner error is the reason why it cannot be decoded.
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
    if let Some(object) = with_gc_paused(py, json.len(), || decoder::decode(py, json)) {
        return Ok(Ok(object));
    }
    let error = match parse(py, json) {
        Ok(object) => return Ok(Ok(object)),
        Err(error) => error,
    };
    let Some(repaired) = replace_lone_surrogates(json) else {
        return Ok(Err(describe(&error, json)));
    };
    if on_bad_unicode == InvalidUnicode::Error {
        let message =
            "it has halves of surrogate pairs (cut emoji), and on_bad_unicode is \"error\"; \"replace\" reads them as U+FFFD";
        return Ok(Err(message.to_owned()));
    }
    let object = match parse(py, &repaired) {
        Ok(object) => object,
        Err(error) => return Ok(Err(describe(&error, &repaired))),
    };
    let warning = format!("{operation}: the response has halves of surrogate pairs (cut emoji); each became U+FFFD");
    errors::warn(py, &[warning])?;
    Ok(Ok(object))
}

fn parse<'py>(py: Python<'py>, json: &[u8]) -> Result<Bound<'py, PyAny>, JsonError> {
    let parser = PythonParse { cache_mode: StringCacheMode::None, ..PythonParse::default() };
    with_gc_paused(py, json.len(), || parser.python_parse(py, json))
}

fn describe(error: &JsonError, json: &[u8]) -> String {
    if error.error_type == JsonErrorType::RecursionLimitExceeded {
        return "it is nested more than 201 deep".to_owned();
    }
    if json.starts_with(b"\x1f\x8b") {
        return "it is compressed with gzip, but its Content-Encoding does not say so, or it is compressed twice".to_owned();
    }
    error.description(json)
}

/// Decodes the body of a raw response.
#[pyfunction]
#[pyo3(signature = (content, operation, status, on_bad_unicode, /))]
pub fn read_json<'py>(
    py: Python<'py>,
    content: &[u8],
    operation: &str,
    status: u16,
    on_bad_unicode: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let on_bad_unicode = options::parse_bad_unicode(on_bad_unicode).map_err(|error| errors::to_py_err(py, &error))?;
    read(py, content, operation, on_bad_unicode)?.map_err(|reason| {
        let message = format!("{operation}: the response ({status}) is not valid JSON: {reason}");
        let error = Error::new(ErrorKind::InvalidResponse, message).in_operation(operation).with(|details| {
            details.status = Some(status);
            details.body = Some(bytes::Bytes::copy_from_slice(content));
        });
        errors::to_py_err(py, &error)
    })
}
