//! The Rust half of `sparkbot`: the table of operations, its interpreters, and the bridge to Python.

pub mod api;
pub mod bulk;
pub mod client;
pub mod sandbox;

#[cfg(feature = "python")]
mod bridge;

#[cfg(feature = "python")]
#[pyo3::pymodule]
fn _sparkbot(module: &pyo3::Bound<'_, pyo3::types::PyModule>) -> pyo3::PyResult<()> {
    bridge::register(module)
}
