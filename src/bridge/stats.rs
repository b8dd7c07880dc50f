//! What a run of many calls has measured, as Python gets it.

use std::collections::HashMap;

use crate::client::observe::latency::HistogramSnapshot;
use crate::client::rate_limit::limiter::ThrottleStats;

/// All times added up, the longest, and a histogram of (from, to, number).
pub(super) type LatencyHistogram = (f64, f64, Vec<(f64, f64, u64)>);

pub(super) fn latencies(measured: HistogramSnapshot) -> LatencyHistogram {
    (measured.total, measured.max, measured.buckets)
}

pub(super) fn held_back(held: ThrottleStats) -> HashMap<&'static str, f64> {
    HashMap::from([
        ("seconds_waited", held.rate_wait),
        ("seconds_paused", held.cooldown_wait),
        ("rate_limited", held.throttled_responses as f64),
    ])
}
