//! `client.map`: many independent calls, a limited number of them at a time.

pub mod executor;
pub mod queue;
