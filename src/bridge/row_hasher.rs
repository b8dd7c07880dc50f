//! The hashes of a journal, for contacts that Python reads.

use pyo3::prelude::*;

use crate::batch::RowHasher;

/// Hashes contacts and values with the secret of a journal.
#[derive(Debug)]
#[pyclass(name = "RowHasher", module = "sparkbot._sparkbot", frozen)]
pub struct PyRowHasher(RowHasher);

#[pymethods]
impl PyRowHasher {
    #[new]
    fn new(secret: &[u8]) -> Self {
        Self(RowHasher::new(secret))
    }

    /// The hash of a contact of a device.
    fn contact(&self, device: &str, contact: &str) -> i64 {
        self.0.contact(device, contact)
    }

    /// The hash of one value of a contact, which is given by its hash.
    fn pair(&self, contact: i64, key: &str, value: &str) -> i64 {
        self.0.pair(contact, key, value)
    }
}
