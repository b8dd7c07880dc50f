//! Executes one call: its attempts, their classification, and the retries.

mod attempt;
pub(crate) mod attempt_error;
mod call;
mod classify;
mod http2_error;
mod route;

pub(super) use call::CallContext;
