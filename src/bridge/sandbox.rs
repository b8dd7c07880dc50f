//! The Python class of the sandbox. Results are converted by pythonize. Documents and faults arrive as JSON text, because
//! pythonize overflows the stack on an object that contains itself.

use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pythonize::pythonize;

use crate::sandbox::{ApiError, Options, Paging, Server};

/// A running sandbox server. Private: use `sparkbot.Sandbox`.
#[derive(Debug)]
#[pyclass(name = "SandboxServer", module = "sparkbot._sparkbot", frozen)]
pub struct SandboxServer {
    server: Server,
}

#[pymethods]
impl SandboxServer {
    #[new]
    #[pyo3(signature = (*, host, port, api_key, seed, allow_remote, unauthorized, deleted, page_cap, empty_beyond_last))]
    #[expect(clippy::too_many_arguments, reason = "keyword arguments of the Python class")]
    fn new(
        py: Python<'_>,
        host: String,
        port: u16,
        api_key: String,
        seed: u64,
        allow_remote: bool,
        unauthorized: u16,
        deleted: u16,
        page_cap: Option<usize>,
        empty_beyond_last: bool,
    ) -> PyResult<Self> {
        let paging = Paging { cap: page_cap, empty_beyond_last };
        let options = Options { host, port, api_key, seed, allow_remote, unauthorized, deleted, paging };
        let server = py.detach(|| Server::start(options));
        server.map(|server| Self { server }).map_err(|error| PyOSError::new_err(error.to_string()))
    }

    #[getter]
    fn url(&self) -> String {
        self.server.url()
    }

    /// Whether the server listens on a loopback address.
    #[getter]
    fn is_loopback(&self) -> bool {
        self.server.is_loopback()
    }

    /// The recorded requests, oldest first.
    fn requests<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &py.detach(|| self.server.app().requests()))?)
    }

    fn reset(&self, py: Python<'_>) {
        py.detach(|| self.server.app().reset());
    }

    /// Adds documents, passed as JSON text.
    fn seed(&self, py: Python<'_>, documents: &str) -> PyResult<()> {
        py.detach(|| self.server.app().seed(serde_json::from_str(documents).map_err(to_text)?).map_err(to_text))
            .map_err(PyValueError::new_err)
    }

    /// Delivers every message and waits until all webhook events were sent.
    fn settle(&self, py: Python<'_>, scheduled: bool) {
        py.detach(|| self.server.settle(scheduled));
    }

    /// Causes an incoming event, passed as JSON text, and returns the message or group that it is about.
    fn receive<'py>(&self, py: Python<'py>, event: &str) -> PyResult<Bound<'py, PyAny>> {
        let receive = || self.server.app().receive(&serde_json::from_str(event).map_err(to_text)?).map_err(to_message);
        let subject = py.detach(receive);
        Ok(pythonize(py, &subject.map_err(PyValueError::new_err)?)?)
    }

    /// Sets how webhook events are signed, passed as JSON text.
    fn set_webhook_signature(&self, py: Python<'_>, options: &str) -> PyResult<()> {
        let set =
            || self.server.app().set_webhook_signature(&serde_json::from_str(options).map_err(to_text)?).map_err(to_message);
        py.detach(set).map_err(PyValueError::new_err)
    }

    /// Sets how webhook events are sent, passed as JSON text.
    fn set_webhook_delivery(&self, py: Python<'_>, options: &str) -> PyResult<()> {
        let set = || self.server.app().set_webhook_delivery(&serde_json::from_str(options).map_err(to_text)?).map_err(to_message);
        py.detach(set).map_err(PyValueError::new_err)
    }

    /// Scans the QR code of a device.
    fn scan(&self, py: Python<'_>, device: &str, phone: Option<String>) -> PyResult<()> {
        py.detach(|| self.server.app().scan(device, phone)).map_err(|error| PyValueError::new_err(error.message))
    }

    /// Adds a fault, passed as JSON text, and returns its id.
    fn add_fault(&self, py: Python<'_>, fault: &str) -> PyResult<u64> {
        py.detach(|| self.server.app().add_fault(serde_json::from_str(fault).map_err(to_text)?).map_err(to_text))
            .map_err(PyValueError::new_err)
    }

    fn clear_faults(&self, py: Python<'_>) {
        py.detach(|| self.server.app().clear_faults());
    }

    /// The active faults.
    fn faults<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &py.detach(|| self.server.app().faults()))?)
    }

    /// The number of documents by collection.
    fn state<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &py.detach(|| self.server.app().counts()))?)
    }

    /// The documents of a collection, or `None` if the collection does not exist.
    fn documents<'py>(&self, py: Python<'py>, collection: &str) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &py.detach(|| self.server.app().documents(collection)))?)
    }

    fn stop(&self, py: Python<'_>) {
        py.detach(|| self.server.stop());
    }
}

fn to_message(error: ApiError) -> String {
    error.message
}

fn to_text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Adds the class to the extension module.
pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<SandboxServer>()
}
