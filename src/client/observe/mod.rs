//! Records of calls: attempts and response times.

pub mod attempt_log;
pub mod latency;
