//! The Rust half of `sparkbot`: the table of operations, its interpreters, and the bridge to Python.

pub mod api;
pub mod batch;
pub mod client;
pub mod sandbox;

#[cfg(feature = "python")]
mod bridge;

/// A call makes many small things on one thread and drops some of them on another.
#[cfg(feature = "python")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[cfg(feature = "python")]
#[pyo3::pymodule(gil_used = true)]
fn _sparkbot(module: &pyo3::Bound<'_, pyo3::types::PyModule>) -> pyo3::PyResult<()> {
    bridge::register(module)
}
