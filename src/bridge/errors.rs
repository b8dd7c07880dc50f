//! Failures as the exceptions of `sparkbot.errors`, which is plain Python so that they pickle.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict};

use crate::client::config::InvalidUnicode;
use crate::client::{Error, Response};

/// The exception for a failure.
pub fn raise(py: Python<'_>, failure: &Error) -> PyErr {
    match exception(py, failure) {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}

/// The exception object, for outcomes that keep it instead of raising it.
pub fn exception<'py>(py: Python<'py>, failure: &Error) -> PyResult<Bound<'py, PyAny>> {
    static BUILD: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let details = failure.context();
    let fields = PyDict::new(py);
    fields.set_item("operation", &details.operation)?;
    fields.set_item("field", &details.field)?;
    fields.set_item("status_code", details.status)?;
    fields.set_item("code", &details.code)?;
    fields.set_item("message", &details.server_message)?;
    fields.set_item("body", details.body.as_ref().map(|body| PyBytes::new(py, body)))?;
    fields.set_item("request_id", &details.request_id)?;
    fields.set_item("retry_after", details.retry_after)?;
    fields.set_item("attempts", details.attempts)?;
    BUILD.import(py, "sparkbot.errors", "from_core")?.call1((details.kind.name(), &details.message, fields))
}

/// Says what a call that went well should still be heard to say.
pub fn warn(py: Python<'_>, warnings: &[String]) -> PyResult<()> {
    static CATEGORY: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    for text in warnings {
        let text = std::ffi::CString::new(text.replace('\0', " "))?;
        PyErr::warn(py, CATEGORY.import(py, "sparkbot.errors", "SparkBotWarning")?, &text, 2)?;
    }
    Ok(())
}

/// The raw answer, for `client.raw`.
pub fn raw_response<'py>(
    py: Python<'py>,
    reply: &Response,
    operation: &str,
    on_bad_unicode: InvalidUnicode,
) -> PyResult<Bound<'py, PyAny>> {
    static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let headers: Vec<_> = reply
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    let body = PyBytes::new(py, &reply.body);
    let seconds = reply.elapsed.as_secs_f64();
    CLASS.import(py, "sparkbot.response", "RawResponse")?.call1((
        operation,
        reply.status.as_u16(),
        headers,
        body,
        reply.attempts,
        seconds,
        on_bad_unicode.name(),
    ))
}
