//! The Rust half of `sparkbot`: the table of operations and its interpreters.

pub mod api;
#[cfg(feature = "python")]
pub mod bridge;
pub mod bulk;
pub mod client;
pub mod sandbox;

#[cfg(feature = "python")]
#[pyo3::pymodule]
fn _sparkbot(module: &pyo3::Bound<'_, pyo3::types::PyModule>) -> pyo3::PyResult<()> {
    bridge::sandbox::register(module)
}
