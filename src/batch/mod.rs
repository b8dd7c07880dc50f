//! Many calls: what each row becomes, in what order they run, what came of each. No Python here.

pub mod map;
pub mod sync;

pub use crate::batch::map::{CallRun, Finished};
pub use crate::batch::sync::bulk_writer::{Batching, Bulk, Sample};
pub use crate::batch::sync::executor::{Conduct, Row, SyncRun};
pub use crate::batch::sync::metadata_keys::{KeyProblem, check_keys};
pub use crate::batch::sync::outcome::{Outcome, Problem, Status};
pub use crate::batch::sync::phone::contact_wid;
pub use crate::batch::sync::planner::{CellProblem, Empty, Planned, SyncPlan};
pub use crate::batch::sync::row_hash::Fingerprints;
pub use crate::batch::sync::writer::{OnMissing, Watched, Writer};
