//! What a run shares with its calls: the rate limiter, and the counts of its statistics.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::client::Request;
use crate::client::observe::latency::{HistogramSnapshot, LatencyHistogram};
use crate::client::rate_limit::limiter::{RateLimiter, ThrottleStats};

/// The rate limiter and the statistics of one run.
#[derive(Debug)]
pub struct RunStats {
    workers: usize,
    rate_limiter: Arc<RateLimiter>,
    latencies: Arc<LatencyHistogram>,
    requests_sent: AtomicU64,
}

impl RunStats {
    /// The statistics of a run that has sent nothing; `calls_per_second` of `None` sets no fixed rate.
    pub(super) fn new(workers: usize, calls_per_second: Option<f64>) -> Self {
        let rate_limiter = Arc::new(RateLimiter::new(calls_per_second));
        Self { workers, rate_limiter, latencies: Arc::default(), requests_sent: AtomicU64::new(0) }
    }

    /// Makes a request wait for the run's rate, and records its latency.
    pub(super) fn attach(&self, request: &mut Request) {
        request.sinks.limiter = Some(Arc::clone(&self.rate_limiter));
        request.sinks.latency = Some(Arc::clone(&self.latencies));
    }

    /// Counts the requests of a call that has ended.
    pub(super) fn add_requests(&self, count: u32) {
        self.requests_sent.fetch_add(u64::from(count), Ordering::Relaxed);
    }

    /// Number of requests sent so far, retries included.
    pub fn requests_sent(&self) -> u64 {
        self.requests_sent.load(Ordering::Relaxed)
    }

    /// Throttling statistics; waiting times are the average per worker.
    pub fn throttle_stats(&self) -> ThrottleStats {
        self.rate_limiter.throttle_stats().per_worker(self.workers)
    }

    /// Latencies of the responses.
    pub fn latencies(&self) -> HistogramSnapshot {
        self.latencies.snapshot()
    }
}
