//! What a run of many calls has measured, as Python gets it.

use std::collections::HashMap;

use crate::client::observe::latency::Measured;
use crate::client::rate_limit::limiter::HeldBack;

/// All times added up, the longest, and a histogram of (from, to, number).
pub(super) type Latencies = (f64, f64, Vec<(f64, f64, u64)>);

pub(super) fn latencies(measured: Measured) -> Latencies {
    (measured.total, measured.longest, measured.buckets)
}

pub(super) fn held_back(held: HeldBack) -> HashMap<&'static str, f64> {
    HashMap::from([("seconds_waited", held.waited), ("seconds_paused", held.paused), ("rate_limited", held.refusals as f64)])
}
