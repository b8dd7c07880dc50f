//! Limits how fast and how many calls are sent.

pub(crate) mod adaptive;
pub(crate) mod admission;
pub mod limiter;
