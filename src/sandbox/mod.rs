//! The stand-in SparkBot service: an HTTP server with state, faults and a journal. No Python here.
//!
//! It interprets the same table as the client: a row's method and path are the route, its parameters are what is
//! checked, and its `sandbox` says what answers. Most operations need nothing else here: `crud:<collection>.<verb>`
//! works for every collection of `collections.rs`. What does more is a `behaviour:<name>`, a function in `behaviour/`.

mod admin;
mod app;
mod connection;
mod countries;
mod faults;
mod handlers;
mod media;
mod options;
mod query;
mod request_log;
mod response;
mod router;
mod server;
mod state;
#[cfg(test)]
mod tests;
mod timestamp;
mod validate;
pub mod webhooks;

pub use crate::sandbox::request_log::RecordedRequest;
pub use crate::sandbox::state::schemas::SeedError;
pub use faults::FaultError;
pub use options::{Options, StartError};
pub use server::Server;

/// Where the API begins.
const BASE_PATH: &str = "/v1";
