//! The stand-in SparkBot service: an HTTP server with state, faults and a journal. No Python here.
//!
//! It interprets the same table as the client: a row's method and path are the route, its parameters are what is
//! checked, and its `sandbox` says what answers. Most operations need nothing else here: `crud:<collection>.<verb>`
//! works for every collection of `collections.rs`. What does more is a `behaviour:<name>`, a function in `behaviour/`.

mod behaviour;
mod cascade;
mod check;
mod choose;
mod clock;
mod collections;
mod connection;
mod contents;
mod control;
mod countries;
mod crud;
mod deliveries;
mod faults;
mod filters;
mod generate;
mod hooks;
mod journal;
mod media;
mod options;
mod outbox;
mod pairing;
mod plan;
mod query;
mod reply;
mod router;
mod server;
mod service;
mod store;
#[cfg(test)]
mod tests;
mod view;
mod world;

pub use collections::SeedError;
pub use faults::FaultError;
pub use journal::RecordedRequest;
pub use options::{Options, StartError};
pub use server::Server;

/// Where the API begins.
const BASE_PATH: &str = "/v1";
