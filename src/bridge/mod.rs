//! The Python bindings: calls, conversions, errors and runtimes. No other folder imports PyO3.

mod call_trace;
mod client;
mod errors;
mod extract;
mod files;
mod gc;
mod json;
mod map;
mod model;
mod once;
mod options;
mod phones;
mod row_hasher;
mod runtime;
mod sandbox;
mod stats;
mod sync;

use pyo3::prelude::*;
use pyo3::types::PyDict;

/// Adds all classes and functions to the module `sparkbot._sparkbot`.
pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<client::ClientCore>()?;
    module.add_class::<client::NetworkEnvironment>()?;
    module.add_class::<client::TrustStore>()?;
    module.add_class::<call_trace::CallTrace>()?;
    module.add_function(wrap_pyfunction!(json::read_json, module)?)?;
    module.add_function(wrap_pyfunction!(files::file_to_replace, module)?)?;
    module.add_class::<sync::PySyncExecutor>()?;
    module.add_class::<map::PyMapExecutor>()?;
    module.add_class::<map::CallResult>()?;
    module.add_class::<model::KeyProblem>()?;
    module.add_class::<sync::RowResult>()?;
    module.add_class::<row_hasher::PyRowHasher>()?;
    module.add_class::<stats::LatencySnapshot>()?;
    module.add_class::<stats::OfflineDevice>()?;
    module.add_class::<stats::VerificationStats>()?;
    module.add_function(wrap_pyfunction!(sync::plan_rows, module)?)?;
    module.add_function(wrap_pyfunction!(phones::parse_contacts, module)?)?;
    module.add_function(wrap_pyfunction!(sync::cell_text, module)?)?;
    module.add_function(wrap_pyfunction!(sync::is_loopback, module)?)?;
    module.add_function(wrap_pyfunction!(model::operations, module)?)?;
    module.add_function(wrap_pyfunction!(model::model_definitions, module)?)?;
    module.add_function(wrap_pyfunction!(model::page_parameters, module)?)?;
    module.add_function(wrap_pyfunction!(model::operation_route, module)?)?;
    module.add_function(wrap_pyfunction!(model::check_keys, module)?)?;
    sandbox::register(module)?;
    runtime::create_types(module.py());
    extract::create_types(module.py());
    crate::client::thread_failure::silence_panics();
    module.add_function(wrap_pyfunction!(shut_down, module)?)?;
    // Runs before interpreter finalization: no result may arrive after that.
    let atexit = module.py().import("atexit")?;
    atexit.call_method1("register", (module.getattr("_shut_down")?,))?;
    register_fork_handlers(module)
}

fn register_fork_handlers(module: &Bound<'_, PyModule>) -> PyResult<()> {
    runtime::install_fork_handlers();
    let os = module.py().import("os")?;
    if let Some(register) = os.getattr_opt("register_at_fork")? {
        let handlers = PyDict::new(module.py());
        handlers.set_item("after_in_child", wrap_pyfunction!(fail_pending_after_fork, module)?)?;
        register.call((), Some(&handlers))?;
    }
    Ok(())
}

#[pyfunction]
#[pyo3(name = "_fail_pending_after_fork")]
fn fail_pending_after_fork(py: Python<'_>) -> PyResult<()> {
    runtime::fail_pending_after_fork(py)
}

#[pyfunction]
#[pyo3(name = "_shut_down")]
fn shut_down(py: Python<'_>) {
    runtime::shut_down(py);
}
