//! The sandbox's Python class. Structs go out through pythonize; documents and faults come in as JSON text, so that
//! no self-referential object of a caller's can reach Rust.

use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pythonize::pythonize;

use crate::sandbox::{Options, Server};

/// A running sandbox server; `sparkbot.Sandbox` is what to use.
#[derive(Debug)]
#[pyclass(name = "SandboxServer", module = "sparkbot._sparkbot", frozen)]
pub struct SandboxServer {
    server: Server,
}

#[pymethods]
impl SandboxServer {
    #[new]
    #[pyo3(signature = (*, host, port, api_key, seed, allow_remote))]
    fn new(py: Python<'_>, host: String, port: u16, api_key: String, seed: u64, allow_remote: bool) -> PyResult<Self> {
        let options = Options { host, port, api_key, seed, allow_remote };
        let started = py.detach(|| Server::start(options));
        started.map(|server| Self { server }).map_err(|error| PyOSError::new_err(error.to_string()))
    }

    #[getter]
    fn url(&self) -> String {
        self.server.url()
    }

    /// Whether only this machine can connect.
    #[getter]
    fn is_loopback(&self) -> bool {
        self.server.is_loopback()
    }

    /// The last requests, oldest first.
    fn requests<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &py.detach(|| self.server.requests()))?)
    }

    fn reset(&self, py: Python<'_>) {
        py.detach(|| self.server.reset());
    }

    /// Adds documents, given as JSON text.
    fn seed(&self, py: Python<'_>, documents: &str) -> PyResult<()> {
        py.detach(|| self.server.seed(serde_json::from_str(documents).map_err(text)?).map_err(text))
            .map_err(PyValueError::new_err)
    }

    /// Moves every message as far as it can go, and waits until webhooks have been told.
    fn settle(&self, py: Python<'_>, scheduled: bool) {
        py.detach(|| self.server.settle(scheduled));
    }

    /// A message from somebody, given as JSON text; returns it as its chat shows it.
    fn receive<'py>(&self, py: Python<'py>, message: &str) -> PyResult<Bound<'py, PyAny>> {
        let received = py.detach(|| self.server.receive(&serde_json::from_str(message).map_err(text)?));
        Ok(pythonize(py, &received.map_err(PyValueError::new_err)?)?)
    }

    /// Sets how webhooks are delivered, given as JSON text.
    fn set_webhook_delivery(&self, py: Python<'_>, options: &str) -> PyResult<()> {
        py.detach(|| self.server.set_webhook_delivery(&serde_json::from_str(options).map_err(text)?))
            .map_err(PyValueError::new_err)
    }

    /// Scans the code of a device.
    fn scan(&self, py: Python<'_>, device: &str, phone: Option<String>) -> PyResult<()> {
        py.detach(|| self.server.scan(device, phone)).map_err(PyValueError::new_err)
    }

    /// Adds a fault, given as JSON text, and returns its id.
    fn add_fault(&self, py: Python<'_>, fault: &str) -> PyResult<u64> {
        py.detach(|| self.server.add_fault(serde_json::from_str(fault).map_err(text)?).map_err(text))
            .map_err(PyValueError::new_err)
    }

    fn clear_faults(&self, py: Python<'_>) {
        py.detach(|| self.server.clear_faults());
    }

    /// The faults that can still strike.
    fn faults<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &py.detach(|| self.server.faults()))?)
    }

    /// The size of each collection.
    fn state<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &py.detach(|| self.server.state()))?)
    }

    /// The stored documents of a collection; `None` where there is no such collection.
    fn documents<'py>(&self, py: Python<'py>, collection: &str) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize(py, &py.detach(|| self.server.documents(collection)))?)
    }

    fn stop(&self, py: Python<'_>) {
        py.detach(|| self.server.stop());
    }
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Adds the class to the extension module.
pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<SandboxServer>()
}
