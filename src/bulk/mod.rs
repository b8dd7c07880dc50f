//! Many calls: what each row becomes, in what order they run, what came of each. No Python here.

pub mod batch;
pub mod calls;
pub mod compare;
pub mod devices;
pub mod engine;
#[cfg(test)]
mod engine_tests;
pub mod fingerprint;
pub mod keys;
mod line;
pub mod outcome;
pub mod phone;
pub mod plan;
pub mod write;

pub use batch::{Batching, Bulk, Sample};
pub use calls::{CallRun, Finished};
pub use engine::{Conduct, Row, SyncRun};
pub use fingerprint::Fingerprints;
pub use keys::{KeyProblem, check_keys};
pub use outcome::{Outcome, Problem, Status};
pub use phone::contact_wid;
pub use plan::{CellProblem, Empty, Planned, SyncPlan};
pub use write::{OnMissing, Watched, Writer};
