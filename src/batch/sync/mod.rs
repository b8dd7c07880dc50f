//! The metadata sync: plans, queues and writes rows, and reports one outcome per row.

pub mod bulk_writer;
pub mod devices;
pub mod executor;
#[cfg(test)]
mod executor_tests;
pub mod metadata_diff;
pub mod metadata_keys;
pub mod outcome;
pub mod phone;
pub mod planner;
pub(crate) mod queue;
pub mod row_hash;
pub mod writer;
