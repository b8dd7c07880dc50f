//! Pauses Python's cyclic garbage collector while a large response is decoded.
//!
//! Decoded dicts and lists contain no cycles, but every few hundred new ones would start a collection of all existing objects.

use std::sync::OnceLock;

use pyo3::types::PyAnyMethods;
use pyo3::{PyResult, Python, ffi};

/// Smaller responses create too few objects to start the collector more than once or twice.
const MIN_BYTES: usize = 64 * 1024;

/// Runs `build` for `bytes` bytes of input, with the collector paused if they are many.
pub fn with_gc_paused<T>(py: Python<'_>, bytes: usize, build: impl FnOnce() -> T) -> T {
    let _pause = (bytes >= MIN_BYTES && has_gil(py)).then(GcPause::new);
    build()
}

/// Without a GIL there is no pause: the end of it would undo a `gc.disable()` of another thread. A GIL that is enabled later is not
/// noticed, which costs speed only.
fn has_gil(py: Python<'_>) -> bool {
    // Asked outside `get_or_init`: see `bridge::once`.
    static HAS_GIL: OnceLock<bool> = OnceLock::new();
    if let Some(has_gil) = HAS_GIL.get() {
        return *has_gil;
    }
    let ask = || -> PyResult<bool> { py.import("sys")?.call_method0("_is_gil_enabled")?.extract() };
    // Before Python 3.13 there is no such function.
    let has_gil = ask().unwrap_or(true);
    *HAS_GIL.get_or_init(|| has_gil)
}

/// Restores the collector's state when dropped.
struct GcPause {
    was_enabled: bool,
}

impl GcPause {
    fn new() -> Self {
        // SAFETY: `with_gc_paused` holds the GIL, as its token shows.
        Self { was_enabled: unsafe { ffi::PyGC_Disable() } == 1 }
    }
}

impl Drop for GcPause {
    fn drop(&mut self) {
        if self.was_enabled {
            // SAFETY: as above; a pause does not outlive `with_gc_paused`.
            unsafe { ffi::PyGC_Enable() };
        }
    }
}
