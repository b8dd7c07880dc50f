//! reqwest behind pyo3-async-runtimes: one awaitable request, for the comparison with the package's own asyncio bridge.

use std::collections::HashMap;

use mimalloc::MiMalloc;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3_async_runtimes::tokio::future_into_py;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn to_python(error: impl std::fmt::Display) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}

#[pyclass(frozen)]
struct Client(reqwest::Client);

#[pymethods]
impl Client {
    /// A client that sends `headers` with each request.
    #[new]
    fn new(headers: HashMap<String, String>) -> PyResult<Self> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let headers = (&headers).try_into().map_err(to_python)?;
        reqwest::Client::builder().no_proxy().http1_only().default_headers(headers).build().map(Self).map_err(to_python)
    }

    /// An awaitable of the status and the body.
    fn request<'py>(&self, py: Python<'py>, method: &str, url: &str, body: Option<Vec<u8>>) -> PyResult<Bound<'py, PyAny>> {
        let method = method.parse().map_err(to_python)?;
        let request = self.0.request(method, url).body(body.unwrap_or_default());
        future_into_py(py, async move {
            let response = request.send().await.map_err(to_python)?;
            let status = response.status().as_u16();
            let body = response.bytes().await.map_err(to_python)?;
            Ok((status, body.to_vec()))
        })
    }
}

#[pymodule]
fn bench_stock_bridge(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Client>()
}
