//! Retries: delays, the retry budget, and `Retry-After`.

pub(crate) mod backoff;
pub(crate) mod budget;
pub(crate) mod retry_after;
