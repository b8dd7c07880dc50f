//! The Rust half of `sparkbot`: the table of operations and its interpreters.

pub mod api;
pub mod bulk;
pub mod client;
pub mod sandbox;
