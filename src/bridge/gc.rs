//! Pauses Python's cyclic garbage collector while a large response is decoded.
//!
//! Decoded dicts and lists contain no cycles, but every few hundred new ones would start a collection of all existing objects.

use pyo3::{Python, ffi};

/// Smaller responses create too few objects to start the collector more than once or twice.
const MIN_BYTES: usize = 64 * 1024;

/// Runs `build` for `bytes` bytes of input, with the collector paused if they are many.
pub fn with_gc_paused<T>(_: Python<'_>, bytes: usize, build: impl FnOnce() -> T) -> T {
    let _pause = (bytes >= MIN_BYTES).then(GcPause::new);
    build()
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
