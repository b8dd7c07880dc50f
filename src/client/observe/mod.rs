//! Records what happened during a call: attempts and latencies.

pub mod attempt_log;
pub mod latency;
