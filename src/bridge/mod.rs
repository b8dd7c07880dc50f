//! The only folder that knows Python: calls, conversions, errors and runtimes.

mod bulk;
mod convert;
mod core;
mod files;
mod options;
mod raise;
mod runtime;
mod sandbox;
mod table;

use pyo3::prelude::*;

/// Fills the module `sparkbot._sparkbot`.
pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<core::Core>()?;
    module.add_class::<bulk::PySyncRun>()?;
    module.add_function(wrap_pyfunction!(bulk::plan_rows, module)?)?;
    module.add_function(wrap_pyfunction!(bulk::is_loopback, module)?)?;
    module.add_function(wrap_pyfunction!(table::operations, module)?)?;
    module.add_function(wrap_pyfunction!(table::vocabulary, module)?)?;
    module.add_function(wrap_pyfunction!(table::page_parameters, module)?)?;
    module.add_function(wrap_pyfunction!(table::check_keys, module)?)?;
    sandbox::register(module)?;
    module.add_function(wrap_pyfunction!(shut_down, module)?)?;
    // Before the interpreter takes itself apart: results must not arrive in what is left of it.
    let atexit = module.py().import("atexit")?;
    atexit.call_method1("register", (module.getattr("_shut_down")?,))?;
    Ok(())
}

/// Ends the runtime with threads.
#[pyfunction]
#[pyo3(name = "_shut_down")]
fn shut_down(py: Python<'_>) {
    runtime::shut_down(py);
}
