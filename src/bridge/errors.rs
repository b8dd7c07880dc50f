//! Client errors as the exceptions of `sparkbot.errors`, which are plain Python classes so that they pickle.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use crate::bridge::files;
use crate::bridge::once::Once;
use crate::client::config::InvalidUnicode;
use crate::client::{Error, Response};

/// The exception of an error, ready to be raised.
pub fn to_py_err(py: Python<'_>, error: &Error) -> PyErr {
    match to_exception(py, error) {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}

/// The exception object, for outcomes that store it instead of raising it.
pub fn to_exception<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    static FROM_CORE: Once<PyAny> = Once::new();
    let context = error.context();
    let fields = PyDict::new(py);
    fields.set_item("operation", &context.operation)?;
    fields.set_item("field", &context.field)?;
    fields.set_item("status_code", context.status)?;
    fields.set_item("code", &context.code)?;
    fields.set_item("message", &context.server_message)?;
    fields.set_item("body", context.body.as_ref().map(|body| PyBytes::new(py, body)))?;
    fields.set_item("request_id", &context.request_id)?;
    fields.set_item("retry_after", context.retry_after)?;
    fields.set_item("attempts", context.attempts)?;
    let exception =
        FROM_CORE.import(py, "sparkbot.errors", "from_core")?.call1((context.kind.name(), &context.message, fields))?;
    if let Some(cause) = &context.cause {
        exception.setattr("__cause__", files::read_exception(py, cause))?;
    }
    Ok(exception)
}

/// Issues the warnings of a call, as `SparkBotWarning`.
pub fn warn(py: Python<'_>, warnings: &[String]) -> PyResult<()> {
    static CATEGORY: Once<PyAny> = Once::new();
    for warning in warnings {
        let message = std::ffi::CString::new(warning.replace('\0', " "))?;
        PyErr::warn(py, CATEGORY.import(py, "sparkbot.errors", "SparkBotWarning")?, &message, 2)?;
    }
    Ok(())
}

/// The `RawResponse` of a call of `client.raw`.
pub fn raw_response<'py>(
    py: Python<'py>,
    response: &Response,
    operation: &str,
    on_bad_unicode: InvalidUnicode,
) -> PyResult<Bound<'py, PyAny>> {
    static CLASS: Once<PyAny> = Once::new();
    let headers: Vec<_> = response
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    let body = PyBytes::new(py, &response.body);
    let seconds = response.elapsed.as_secs_f64();
    CLASS.import(py, "sparkbot.response", "RawResponse")?.call1((
        operation,
        response.status.as_u16(),
        headers,
        body,
        response.attempts,
        seconds,
        on_bad_unicode.name(),
    ))
}
