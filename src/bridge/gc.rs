//! Python's cyclic garbage collector, out of the way while a large answer is built.
//!
//! Plain dicts and lists refer to nothing that refers back, so there is nothing to find; but every few hundred new ones the
//! collector would go over all those that are there already.

use pyo3::{Python, ffi};

/// Smaller answers make too few objects to wake the collector more than once or twice.
const LARGE: usize = 64 * 1024;

/// What `build` makes of so many bytes, with the collector paused if they are many.
pub fn paused_for<T>(_: Python<'_>, bytes: usize, build: impl FnOnce() -> T) -> T {
    let _paused = (bytes >= LARGE).then(Paused::begin);
    build()
}

/// The collector is paused until this is dropped, and then as it was before.
struct Paused {
    was_on: bool,
}

impl Paused {
    fn begin() -> Self {
        // SAFETY: `paused_for` holds the GIL, by its token.
        Self { was_on: unsafe { ffi::PyGC_Disable() } == 1 }
    }
}

impl Drop for Paused {
    fn drop(&mut self) {
        if self.was_on {
            // SAFETY: as above; this does not outlive `paused_for`.
            unsafe { ffi::PyGC_Enable() };
        }
    }
}
