//! Rate limiting: a fixed rate, the cooldown after a 429, an adaptive rate, and the admission of calls.

pub(crate) mod adaptive;
pub(crate) mod admission;
pub mod limiter;
