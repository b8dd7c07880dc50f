//! The only folder that knows Python: calls, conversions, errors and runtimes.

mod call_trace;
mod client;
mod errors;
mod extract;
mod files;
mod gc;
mod json;
mod map;
mod model;
mod options;
mod runtime;
mod sandbox;
mod stats;
mod sync;

use pyo3::prelude::*;
use pyo3::types::PyDict;

/// Fills the module `sparkbot._sparkbot`.
pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<client::ClientCore>()?;
    module.add_class::<call_trace::CallTrace>()?;
    module.add_function(wrap_pyfunction!(json::read_json, module)?)?;
    module.add_class::<sync::PySyncExecutor>()?;
    module.add_class::<map::PyMapExecutor>()?;
    module.add_function(wrap_pyfunction!(sync::plan_rows, module)?)?;
    module.add_function(wrap_pyfunction!(sync::cell_text, module)?)?;
    module.add_function(wrap_pyfunction!(sync::is_loopback, module)?)?;
    module.add_function(wrap_pyfunction!(model::operations, module)?)?;
    module.add_function(wrap_pyfunction!(model::vocabulary, module)?)?;
    module.add_function(wrap_pyfunction!(model::page_parameters, module)?)?;
    module.add_function(wrap_pyfunction!(model::route, module)?)?;
    module.add_function(wrap_pyfunction!(model::check_keys, module)?)?;
    sandbox::register(module)?;
    module.add_function(wrap_pyfunction!(shut_down, module)?)?;
    // Before the interpreter takes itself apart: results must not arrive in what is left of it.
    let atexit = module.py().import("atexit")?;
    atexit.call_method1("register", (module.getattr("_shut_down")?,))?;
    register_with_forks(module)
}

/// The process may fork from now on, and its child is told.
fn register_with_forks(module: &Bound<'_, PyModule>) -> PyResult<()> {
    runtime::watch_forks();
    let os = module.py().import("os")?;
    if let Some(register) = os.getattr_opt("register_at_fork")? {
        let in_child = PyDict::new(module.py());
        in_child.set_item("after_in_child", wrap_pyfunction!(disown_pending, module)?)?;
        register.call((), Some(&in_child))?;
    }
    Ok(())
}

/// In a forked child: ends the wait for answers that go to the parent.
#[pyfunction]
#[pyo3(name = "_disown_pending")]
fn disown_pending(py: Python<'_>) -> PyResult<()> {
    runtime::disown_pending(py)
}

/// Ends the runtime with threads.
#[pyfunction]
#[pyo3(name = "_shut_down")]
fn shut_down(py: Python<'_>) {
    runtime::shut_down(py);
}
