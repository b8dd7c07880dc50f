//! The status of an outcome, shared by `client.map` and the metadata sync.

use crate::client::{Error, ErrorKind};

/// How a call or a row ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Ok,
    Skipped,
    Failed,
    /// A write that may have been executed.
    Unknown,
}

impl Status {
    /// The status of a failed call: `Unknown` if the call may have been executed.
    pub fn from_error(error: &Error) -> Self {
        let unknown = error.kind() == ErrorKind::OutcomeUnknown || error.context().possibly_executed;
        if unknown { Self::Unknown } else { Self::Failed }
    }

    /// The name that Python uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }
}
