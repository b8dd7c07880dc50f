//! Many calls: what each row becomes, in what order they run, what came of each. No Python here.

pub mod map;
pub mod sync;

pub use crate::batch::map::{MapExecutor, MapResult};
pub use crate::batch::sync::bulk_writer::{BulkConfig, BulkWriter, VerificationStats};
pub use crate::batch::sync::executor::{Row, RunConfig, SyncExecutor};
pub use crate::batch::sync::metadata_keys::{KeyError, check_keys};
pub use crate::batch::sync::outcome::{Outcome, RowError, Status};
pub use crate::batch::sync::phone::contact_wid;
pub use crate::batch::sync::planner::{CellError, EmptyCellPolicy, RowPlan, RowPlanner};
pub use crate::batch::sync::row_hash::RowHasher;
pub use crate::batch::sync::writer::{MetadataWriter, OnMissing, RowInstrumentation};
