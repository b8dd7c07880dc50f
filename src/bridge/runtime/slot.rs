//! A process-wide value behind an atomic pointer.

use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, Ordering};

use pyo3::PyResult;

/// A value that is built on first use and never freed.
///
/// Atomic, not locked: in a forked child, a lock that another thread of the parent held stays locked for ever.
pub(super) struct Slot<T: 'static>(AtomicPtr<T>);

impl<T: 'static> Slot<T> {
    /// A slot without a value.
    pub const fn empty() -> Self {
        Self(AtomicPtr::new(null_mut()))
    }

    /// The value of this process; `None` before `get_or_publish`.
    pub fn get(&self) -> Option<&'static T> {
        let pointer = self.0.load(Ordering::Acquire);
        // SAFETY: null, or published by `get_or_publish` and never freed.
        unsafe { pointer.as_ref() }
    }

    /// The value, built if necessary. When two threads build it at once, both get the first; `discard` takes the other.
    pub fn get_or_publish(&self, build: impl FnOnce() -> PyResult<T>, discard: impl FnOnce(T)) -> PyResult<&'static T> {
        if let Some(value) = self.get() {
            return Ok(value);
        }
        let built = Box::into_raw(Box::new(build()?));
        match self.0.compare_exchange(null_mut(), built, Ordering::AcqRel, Ordering::Acquire) {
            // SAFETY: just built; never freed from now on.
            Ok(_) => Ok(unsafe { &*built }),
            Err(published) => {
                // SAFETY: no other thread has seen `built`.
                discard(*unsafe { Box::from_raw(built) });
                // SAFETY: published by another thread, and never freed.
                Ok(unsafe { &*published })
            }
        }
    }

    /// Empties the slot and leaks the value. Only touches an atomic, so a fork handler may call it.
    pub fn forget(&self) {
        self.0.store(null_mut(), Ordering::Release);
    }
}
