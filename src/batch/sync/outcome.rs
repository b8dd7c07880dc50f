//! What came of a row, and the line in which outcomes wait until those before them are there.

use std::collections::VecDeque;
use std::time::Duration;

use crate::client::Error;
use crate::client::error::ErrorKind;

use crate::batch::sync::planner::CellError;
use crate::batch::sync::writer::{NOT_READ_BACK, WriteResult};

/// What came of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Ok,
    Skipped,
    Failed,
    /// A write that may have been executed.
    Unknown,
}

impl Status {
    /// That of a call that failed: a write that may have been executed is unknown, not failed.
    pub fn of(failure: &Error) -> Self {
        let unknown = failure.kind() == ErrorKind::OutcomeUnknown || failure.details().maybe_executed;
        if unknown { Self::Unknown } else { Self::Failed }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }
}

/// Why a row failed.
#[derive(Debug)]
pub enum RowError {
    /// The reader could not make a row of it.
    Row(String),
    /// A cell has to be mended.
    Cell(CellError),
    /// The call failed.
    Call(Error),
    /// It was accepted in bulk, and what was read back says otherwise.
    NotHeld(String),
}

/// The one outcome of a row.
#[derive(Debug)]
pub struct Outcome {
    /// Number of the row, counted from 0.
    pub index: usize,
    pub status: Status,
    pub contact: Option<String>,
    /// Why a row was skipped; of one that is ok, why that is not certain.
    pub reason: Option<&'static str>,
    pub problem: Option<RowError>,
    pub attempts: u32,
    pub elapsed: Duration,
}

impl Outcome {
    /// That of a write.
    pub fn of(index: usize, contact: String, wrote: WriteResult, attempts: u32) -> Self {
        match wrote {
            WriteResult::Done => Self::ok(index, contact, attempts),
            WriteResult::Accepted => Self { reason: Some(NOT_READ_BACK), ..Self::ok(index, contact, attempts) },
            WriteResult::Skipped(reason) => Self::skipped(index, contact, reason, attempts),
            WriteResult::Lost(failure) => Self::lost(index, contact, failure, attempts),
            WriteResult::NotHeld(status, said) => {
                Self { status, problem: Some(RowError::NotHeld(said)), ..Self::ok(index, contact, attempts) }
            }
        }
    }

    pub fn refused(index: usize, problem: RowError) -> Self {
        Self {
            index,
            status: Status::Failed,
            contact: None,
            reason: None,
            problem: Some(problem),
            attempts: 0,
            elapsed: Duration::ZERO,
        }
    }

    pub fn ok(index: usize, contact: String, attempts: u32) -> Self {
        let contact = Some(contact);
        Self { index, status: Status::Ok, contact, reason: None, problem: None, attempts, elapsed: Duration::ZERO }
    }

    pub fn skipped(index: usize, contact: String, reason: &'static str, attempts: u32) -> Self {
        let contact = Some(contact);
        Self { index, status: Status::Skipped, contact, reason: Some(reason), problem: None, attempts, elapsed: Duration::ZERO }
    }

    /// A write that was given up while it was under way.
    pub fn interrupted(index: usize, contact: String, operation: &str) -> Self {
        let problem = format!("the run was stopped while {contact} was being written: it may have been executed");
        Self::lost(index, contact, Error::new(ErrorKind::OutcomeUnknown, problem).in_operation(operation), 1)
    }

    /// Whether the row's device is offline.
    pub fn offline(&self) -> Option<&Error> {
        match &self.problem {
            Some(RowError::Call(failure)) if failure.is_device_offline() => Some(failure),
            _ => None,
        }
    }

    /// A failed call.
    pub fn lost(index: usize, contact: String, failure: Error, attempts: u32) -> Self {
        let status = Status::of(&failure);
        let problem = Some(RowError::Call(failure));
        Self { index, status, contact: Some(contact), reason: None, problem, attempts, elapsed: Duration::ZERO }
    }
}

/// Things in the order of their places: each waits for those before it.
#[derive(Debug)]
pub struct ReorderBuffer<T> {
    /// The place at the front.
    first: usize,
    /// How many are there from the front on, without a gap.
    ready: usize,
    waiting: VecDeque<Option<T>>,
}

impl<T> Default for ReorderBuffer<T> {
    fn default() -> Self {
        Self { first: 0, ready: 0, waiting: VecDeque::new() }
    }
}

impl<T> ReorderBuffer<T> {
    /// Puts a thing in its place; tells whether it is at the front.
    pub fn put(&mut self, place: usize, thing: T) -> bool {
        let Some(place) = place.checked_sub(self.first) else { return false };
        if self.waiting.len() <= place {
            self.waiting.resize_with(place + 1, || None);
        }
        if let Some(slot) = self.waiting.get_mut(place) {
            *slot = Some(thing);
        }
        while self.waiting.get(self.ready).is_some_and(Option::is_some) {
            self.ready += 1;
        }
        place == 0
    }

    /// How many can be taken.
    pub fn ready(&self) -> usize {
        self.ready
    }

    /// The thing at the front, if it is there.
    pub fn take_one(&mut self) -> Option<T> {
        self.ready = self.ready.checked_sub(1)?;
        self.first += 1;
        self.waiting.pop_front().flatten()
    }

    /// The things at the front, at most so many.
    pub fn take(&mut self, at_most: usize) -> Vec<T> {
        let ready = self.ready.min(at_most);
        (self.ready, self.first) = (self.ready - ready, self.first + ready);
        self.waiting.drain(..ready).flatten().collect()
    }

    /// Everything that is there, in order, gaps left out: the end of a run that was stopped.
    pub fn drain(&mut self) -> Vec<T> {
        self.ready = 0;
        self.first += self.waiting.len();
        self.waiting.drain(..).flatten().collect()
    }

    pub fn taken(&self) -> usize {
        self.first
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whatever_the_order_of_arrival_they_leave_in_order(
            arrival in (0..200_usize).prop_flat_map(|count| Just((0..count).collect::<Vec<_>>()).prop_shuffle()), step in 1..50_usize,
        ) {
            let mut line = ReorderBuffer::default();
            let mut left = Vec::new();
            for place in &arrival {
                line.put(*place, *place);
                left.extend(line.take(step));
            }
            while left.len() < arrival.len() {
                prop_assert_eq!(line.ready(), arrival.len() - left.len());
                left.extend(line.take_one());
            }
            prop_assert_eq!(left, (0..arrival.len()).collect::<Vec<_>>());
        }

        #[test]
        fn what_is_finished_when_a_run_is_stopped_leaves_once_and_in_order(
            arrival in Just((0..100_usize).collect::<Vec<_>>()).prop_shuffle(), finished in 0..100_usize, taken in 0..50_usize,
        ) {
            let mut line = ReorderBuffer::default();
            let arrived = arrival.get(..finished).unwrap_or_default();
            for index in arrived {
                line.put(*index, Outcome::refused(*index, RowError::Row(String::new())));
            }
            let mut left: Vec<_> = line.take(taken).iter().map(|outcome| outcome.index).collect();
            left.extend(line.drain().iter().map(|outcome| outcome.index));
            // A straggler finds its place gone.
            for index in arrived {
                line.put(*index, Outcome::refused(*index, RowError::Row(String::new())));
            }
            prop_assert!(line.drain().is_empty());
            let mut wanted = arrived.to_vec();
            wanted.sort_unstable();
            prop_assert_eq!(left, wanted);
        }
    }
}
