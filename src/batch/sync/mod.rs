//! The metadata sync: plans, queues and writes rows, and reports one outcome per row.
//!
//! `planner` turns a row into a write; `queue` and `devices` are the state machine of the rows; `scheduler` puts a lock and
//! wake-ups around it; `dispatch` sends the rows of one worker with `writer` or `bulk_writer`; `executor` composes them.

pub mod bulk_writer;
pub mod cell;
mod contact_cell;
pub mod devices;
mod dispatch;
pub mod executor;
mod metadata_diff;
pub mod metadata_keys;
pub mod outcome;
pub mod planner;
mod queue;
pub mod resolver;
pub mod row_hash;
mod scheduler;
pub mod verification;
pub mod writer;
