//! Batches of calls: `client.map` and the metadata sync. Imports nothing of Python.

pub mod map;
mod reorder_buffer;
mod run_stats;
mod status;
pub mod sync;

pub use crate::batch::map::executor::MapExecutor;
pub use crate::batch::map::queue::MapResult;
pub use crate::batch::run_stats::RunStats;
pub use crate::batch::status::Status;
pub use crate::batch::sync::bulk_writer::{BulkConfig, BulkWriter};
pub use crate::batch::sync::cell::{CellError, EmptyCellPolicy};
pub use crate::batch::sync::devices::OfflineDevice;
pub use crate::batch::sync::executor::{RunConfig, StagedRow, SyncExecutor};
pub use crate::batch::sync::metadata_keys::{KeyError, check_keys};
pub use crate::batch::sync::outcome::{Outcome, RowError};
pub use crate::batch::sync::planner::{Row, RowPlanner};
pub use crate::batch::sync::row_hash::RowHasher;
pub use crate::batch::sync::verification::VerificationStats;
pub use crate::batch::sync::writer::{MetadataWriter, OnMissing, RowInstrumentation};
