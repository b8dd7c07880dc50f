//! The outcome of a row.

use std::time::Duration;

use crate::batch::status::Status;
use crate::batch::sync::cell::CellError;
use crate::batch::sync::writer::{UNVERIFIED, WriteResult};
use crate::client::{Error, ErrorKind};

/// Why a row failed.
#[derive(Debug)]
pub enum RowError {
    /// The reader could not parse the row.
    InvalidRow(String),
    InvalidCell(CellError),
    CallFailed(Error),
    /// The service accepted the row in bulk, but the read-back does not confirm it.
    VerificationFailed(String),
}

/// The outcome of a row.
#[derive(Debug)]
pub struct Outcome {
    /// Index of the row, counted from 0.
    pub index: usize,
    pub status: Status,
    pub contact: Option<String>,
    /// The wid that the service reported for the contact's number, if it was written instead.
    pub resolved: Option<String>,
    /// Why a row was skipped, or why the success of a row is not certain.
    pub reason: Option<&'static str>,
    pub error: Option<RowError>,
    pub attempts: u32,
    pub elapsed: Duration,
}

impl Outcome {
    fn new(index: usize, status: Status, contact: Option<String>, attempts: u32) -> Self {
        Self { index, status, contact, resolved: None, reason: None, error: None, attempts, elapsed: Duration::ZERO }
    }

    /// The outcome of a write.
    pub fn from_write(index: usize, contact: String, result: WriteResult, attempts: u32) -> Self {
        let ok = |contact| Self::new(index, Status::Ok, Some(contact), attempts);
        match result {
            WriteResult::Written => ok(contact),
            WriteResult::Unverified => Self { reason: Some(UNVERIFIED), ..ok(contact) },
            WriteResult::Skipped(reason) => Self { attempts, ..Self::skipped(index, contact, reason) },
            WriteResult::Failed(error) => Self::failed(index, contact, error, attempts),
            WriteResult::VerificationFailed(status, message) => {
                Self { status, error: Some(RowError::VerificationFailed(message)), ..ok(contact) }
            }
        }
    }

    /// An invalid row: nothing was sent.
    pub fn invalid(index: usize, error: RowError) -> Self {
        Self { error: Some(error), ..Self::new(index, Status::Failed, None, 0) }
    }

    /// A row without a write: nothing was sent.
    pub fn skipped(index: usize, contact: String, reason: &'static str) -> Self {
        Self { reason: Some(reason), ..Self::new(index, Status::Skipped, Some(contact), 0) }
    }

    /// A failed call.
    pub fn failed(index: usize, contact: String, error: Error, attempts: u32) -> Self {
        let status = Status::from_error(&error);
        Self { error: Some(RowError::CallFailed(error)), ..Self::new(index, status, Some(contact), attempts) }
    }

    /// A write that was cancelled while it was in flight.
    pub fn interrupted(index: usize, contact: String, operation: &str) -> Self {
        let message = format!("the run was stopped while {contact} was being written: the write may have been executed");
        Self::failed(index, contact, Error::new(ErrorKind::OutcomeUnknown, message).in_operation(operation), 1)
    }

    /// The error of a row whose device is offline.
    pub fn device_offline_error(&self) -> Option<&Error> {
        match &self.error {
            Some(RowError::CallFailed(error)) if error.is_device_offline() => Some(error),
            _ => None,
        }
    }
}
