//! The Rust part of `sparkbot`: the API model, the HTTP client, batch execution, the sandbox server and the Python bindings.

pub mod api;
pub mod batch;
mod choice;
pub mod client;
pub mod phone;
pub mod sandbox;

#[cfg(feature = "python")]
mod bridge;

/// 6 to 8 % fewer instructions per call than glibc's allocator: a call allocates many small objects on one thread and frees
/// some of them on another. See `docs/decisions/0035-mimalloc.md`.
#[cfg(feature = "python")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[cfg(feature = "python")]
/// Declares that it uses the GIL; see `docs/decisions/0038-gil-used.md`.
#[pyo3::pymodule(gil_used = true)]
fn _sparkbot(module: &pyo3::Bound<'_, pyo3::types::PyModule>) -> pyo3::PyResult<()> {
    bridge::register(module)
}
