//! Objects that are created once and kept for the life of the process.
//!
//! PyO3's `PyOnceLock` and `intern!` let other threads run while they hold their lock. A process that forks at that moment leaves the
//! lock held in the child, where the next call waits forever. A `Once` is not locked while Python code can run.

use std::sync::OnceLock;

use pyo3::prelude::*;
use pyo3::types::PyString;

pub struct Once<T>(OnceLock<Py<T>>);

impl<T> Once<T> {
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// Threads that come first together each create the object; all get the same one.
    pub fn get_or_try_init<'py>(
        &self,
        py: Python<'py>,
        create: impl FnOnce() -> PyResult<Bound<'py, T>>,
    ) -> PyResult<&Bound<'py, T>> {
        if let Some(object) = self.0.get() {
            return Ok(object.bind(py));
        }
        let created = create()?.unbind();
        Ok(self.0.get_or_init(|| created).bind(py))
    }
}

impl Once<PyAny> {
    /// An attribute of a module, which is imported while no thread forks.
    pub fn import<'py>(&self, py: Python<'py>, module: &str, name: &str) -> PyResult<&Bound<'py, PyAny>> {
        self.get_or_try_init(py, || lazy_import(py, module)?.getattr(name))
    }
}

impl Once<PyString> {
    pub fn name<'py>(&self, py: Python<'py>, name: &str) -> &Bound<'py, PyString> {
        self.0.get_or_init(|| PyString::intern(py, name).unbind()).bind(py)
    }
}

/// A module, imported while no thread forks.
pub fn lazy_import<'py>(py: Python<'py>, module: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("sparkbot._fork_lock")?.call_method1("lazy_import", (module,))
}

/// A name as a Python string that is created once: `name!(py, "create_future")`.
macro_rules! name {
    ($py:expr, $name:literal) => {{
        static NAME: $crate::bridge::once::Once<pyo3::types::PyString> = $crate::bridge::once::Once::new();
        NAME.name($py, $name)
    }};
}
pub(in crate::bridge) use name;
