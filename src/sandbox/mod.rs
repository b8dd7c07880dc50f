//! The sandbox: a mock SparkBot service with state, faults and a request log. No Python here.
//!
//! It interprets the same API model as the client: an operation's method and path are its route, its parameters are
//! what is validated, and its `sandbox` key names the handler. `crud:<collection>.<verb>` works for every collection in
//! `state/schemas.rs`; `handler:<name>` is a function in `handlers/`.
//!
//! A request passes `connection` (HTTP, and the faults that break it), `app` (authorization, `router`, `validate`), and a
//! handler, which changes the `state`. Events that the handler records there are then applied by the app: `delivery`
//! simulates the delivery of messages, `webhooks` posts to subscribers.

mod admin;
mod app;
mod connection;
mod countries;
mod delivery;
mod faults;
mod handlers;
mod media;
mod operation_matcher;
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
mod ui;
mod validate;
mod webhooks;

pub use crate::sandbox::app::App;
pub use crate::sandbox::faults::FaultError;
pub use crate::sandbox::options::{Options, Paging, StartError};
pub use crate::sandbox::request_log::RecordedRequest;
pub use crate::sandbox::response::ApiError;
pub use crate::sandbox::server::Server;
pub use crate::sandbox::state::seed::SeedError;
