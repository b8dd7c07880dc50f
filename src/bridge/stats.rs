//! Statistics of a run, as Python objects. See docs/decisions/0024 and 0025.

use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::batch;
use crate::client::observe::latency::HistogramSnapshot;
use crate::client::rate_limit::limiter;

/// Response times of a run, in seconds.
#[derive(Debug)]
#[pyclass(module = "sparkbot._sparkbot", frozen, get_all)]
pub struct LatencySnapshot {
    total: f64,
    max: f64,
    /// Start, end (exclusive) and count of each non-empty bucket.
    buckets: Vec<(f64, f64, u64)>,
}

impl From<HistogramSnapshot> for LatencySnapshot {
    fn from(snapshot: HistogramSnapshot) -> Self {
        Self { total: snapshot.total, max: snapshot.max, buckets: snapshot.buckets }
    }
}

/// What limited the speed of a run; a dict in Python.
#[derive(Debug, IntoPyObject)]
pub struct ThrottleStats {
    seconds_waited: f64,
    seconds_paused: f64,
    rate_limited: u64,
}

impl From<limiter::ThrottleStats> for ThrottleStats {
    fn from(stats: limiter::ThrottleStats) -> Self {
        Self { seconds_waited: stats.rate_wait, seconds_paused: stats.cooldown_wait, rate_limited: stats.throttled_responses }
    }
}

/// A device that is or was offline.
#[derive(Debug)]
#[pyclass(module = "sparkbot._sparkbot", frozen, get_all)]
pub struct OfflineDevice {
    id: String,
    is_offline: bool,
    rows_waiting: usize,
    seconds: f64,
}

impl From<batch::OfflineDevice> for OfflineDevice {
    fn from(device: batch::OfflineDevice) -> Self {
        let batch::OfflineDevice { id, is_offline, rows_waiting, seconds } = device;
        Self { id: id.to_string(), is_offline, rows_waiting, seconds }
    }
}

/// Read-back statistics of rows written in bulk.
#[derive(Debug)]
#[pyclass(module = "sparkbot._sparkbot", frozen, get_all)]
pub struct VerificationStats {
    checked: usize,
    confirmed: usize,
    failure: Option<String>,
}

impl From<batch::VerificationStats> for VerificationStats {
    fn from(stats: batch::VerificationStats) -> Self {
        Self { checked: stats.checked, confirmed: stats.confirmed, failure: stats.failure }
    }
}

/// The name of a status, as a string object that all results share.
pub(super) fn status(py: Python<'_>, status: batch::Status) -> Py<PyString> {
    PyString::intern(py, status.as_str()).unbind()
}
