//! Verifies bulk writes: compares contacts that were read back with what was written, and keeps the statistics.

use crate::batch::status::Status;
use crate::batch::sync::metadata_diff::{changed_pairs, metadata_keys};
use crate::batch::sync::writer::WriteResult;
use crate::client::{Error, Response, Value};

/// Statistics of the rows that were read back.
#[derive(Debug, Clone, Default)]
pub struct VerificationStats {
    /// Rows that were read back.
    pub checked: usize,
    /// Rows whose contact has the written values.
    pub confirmed: usize,
    /// Why nothing more may be written in bulk.
    pub failure: Option<String>,
}

/// What the read-back of a row shows.
#[derive(Debug)]
pub(crate) enum Verification {
    Confirmed,
    /// The contact could not be read.
    Unavailable,
    Mismatch(String),
    /// The contact has lost keys that the row does not write.
    DataLoss(String),
}

impl Verification {
    /// Why the row is not confirmed, if its contact could be read.
    fn mismatch(&self) -> Option<&str> {
        match self {
            Self::Mismatch(message) | Self::DataLoss(message) => Some(message),
            Self::Confirmed | Self::Unavailable => None,
        }
    }

    /// Whether the row needs no second attempt: it is confirmed, or its contact could not be read.
    pub fn is_final(&self) -> bool {
        self.mismatch().is_none()
    }
}

/// The result of the call that a row was part of, with the number of requests that it took.
pub(crate) type SendResult = (Result<(), Error>, u32);

impl VerificationStats {
    /// Adds the rows of a batch. `rejection` is the error of a batch whose rows were all rejected.
    pub(crate) fn record(&mut self, verifications: &[(usize, Verification)], rejection: Option<String>) {
        let is_first = self.confirmed == 0;
        let count =
            |matches: fn(&Verification) -> bool| verifications.iter().filter(|(_, verification)| matches(verification)).count();
        self.checked += count(|verification| !matches!(verification, Verification::Unavailable));
        self.confirmed += count(|verification| matches!(verification, Verification::Confirmed));
        let mut data_loss = verifications.iter().filter(|(_, verification)| matches!(verification, Verification::DataLoss(_)));
        let message = |(_, verification): &(usize, Verification)| verification.mismatch().map(str::to_owned);
        self.failure = self.failure.take().or_else(|| match data_loss.next() {
            Some(row) => message(row),
            None if is_first && self.confirmed == 0 => verifications.iter().find_map(message).or(rejection),
            None => None,
        });
    }
}

/// Compares a contact with the pairs that were written to it. `keys_before` are its keys before the write, if it could be read.
pub(crate) fn verify(
    pairs: &[(String, Value)],
    keys_before: Option<&[String]>,
    contact: Result<Response, Error>,
) -> Verification {
    match contact {
        Ok(response) => compare(pairs, keys_before, &response.body),
        Err(error) if error.context().status == Some(404) => Verification::Mismatch("the contact does not exist".to_owned()),
        Err(_) => Verification::Unavailable,
    }
}

fn compare(pairs: &[(String, Value)], keys_before: Option<&[String]>, contact: &[u8]) -> Verification {
    let Some(keys) = metadata_keys(contact) else { return Verification::Unavailable };
    let removed: Vec<_> = keys_before.unwrap_or_default().iter().filter(|key| !keys.contains(*key)).map(String::as_str).collect();
    if !removed.is_empty() {
        return Verification::DataLoss(format!("the contact has lost {}, which the row does not write", removed.join(", ")));
    }
    let differing = changed_pairs(pairs.to_vec(), contact);
    if differing.is_empty() {
        return Verification::Confirmed;
    }
    let keys: Vec<_> = differing.iter().map(|(key, _)| key.as_str()).collect();
    Verification::Mismatch(format!("the contact does not have what was written to {}", keys.join(", ")))
}

/// The results of a batch. After a mismatch, rows that were not read back are unknown.
pub(crate) fn resolve_results(sent: Vec<SendResult>, verifications: &[(usize, Verification)]) -> Vec<(WriteResult, u32)> {
    let mismatch = verifications.iter().find_map(|(_, verification)| verification.mismatch());
    let accepted = |index: usize| {
        let verification = verifications.iter().find(|(row, _)| *row == index).map(|(_, verification)| verification);
        match (verification, verification.and_then(Verification::mismatch), mismatch) {
            (Some(Verification::Confirmed), ..) => WriteResult::Written,
            (_, Some(message), _) => {
                let message = format!("accepted in bulk, but {message} when it was read back");
                WriteResult::VerificationFailed(Status::Failed, message)
            }
            (.., Some(message)) => {
                let message = format!("accepted in bulk with a row whose read-back failed: {message}");
                WriteResult::VerificationFailed(Status::Unknown, message)
            }
            _ => WriteResult::Unverified,
        }
    };
    let resolve = |(index, (result, attempts)): (usize, SendResult)| match result {
        Ok(()) => (accepted(index), attempts),
        Err(error) => (WriteResult::Failed(error), attempts),
    };
    sent.into_iter().enumerate().map(resolve).collect()
}
