//! Many calls: what each row becomes, in what order they run, what came of each. No Python here.

pub mod keys;
pub mod phone;
pub mod plan;

pub use keys::{KeyProblem, check_keys};
pub use phone::contact_wid;
pub use plan::{CellProblem, Empty, Planned, SyncPlan};
