//! What came of a row, and the line in which outcomes wait until those before them are there.

use std::collections::VecDeque;
use std::time::Duration;

use crate::client::{Failure, failure::Kind};

use super::plan::CellProblem;

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
pub enum Problem {
    /// The reader could not make a row of it.
    Row(String),
    /// A cell has to be mended.
    Cell(CellProblem),
    /// The call failed.
    Call(Failure),
}

/// The one outcome of a row.
#[derive(Debug)]
pub struct Outcome {
    /// Number of the row, counted from 0.
    pub index: usize,
    pub status: Status,
    pub contact: Option<String>,
    /// Why a row was skipped.
    pub reason: Option<&'static str>,
    pub problem: Option<Problem>,
    pub attempts: u32,
    pub elapsed: Duration,
}

impl Outcome {
    pub fn refused(index: usize, problem: Problem) -> Self {
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
    pub fn interrupted(index: usize, contact: String) -> Self {
        let message = "the run was stopped while this row was being written: it may have been executed";
        Self::lost(index, contact, Failure::new(Kind::OutcomeUnknown, message), 1)
    }

    /// Whether the row's device is offline.
    pub fn offline(&self) -> Option<&Failure> {
        match &self.problem {
            Some(Problem::Call(failure)) if failure.is_device_offline() => Some(failure),
            _ => None,
        }
    }

    /// A failed call; a write that may have been executed is unknown, not failed.
    pub fn lost(index: usize, contact: String, failure: Failure, attempts: u32) -> Self {
        let unknown = failure.kind() == Kind::OutcomeUnknown || failure.details().maybe_executed;
        let status = if unknown { Status::Unknown } else { Status::Failed };
        let problem = Some(Problem::Call(failure));
        Self { index, status, contact: Some(contact), reason: None, problem, attempts, elapsed: Duration::ZERO }
    }
}

/// Outcomes in the order of their rows: each waits for those before it.
#[derive(Debug, Default)]
pub struct InOrder {
    /// Number of the row at the front.
    first: usize,
    waiting: VecDeque<Option<Outcome>>,
}

impl InOrder {
    /// Puts an outcome in its place; tells whether it is at the front.
    pub fn put(&mut self, outcome: Outcome) -> bool {
        let Some(place) = outcome.index.checked_sub(self.first) else { return false };
        if self.waiting.len() <= place {
            self.waiting.resize_with(place + 1, || None);
        }
        if let Some(slot) = self.waiting.get_mut(place) {
            *slot = Some(outcome);
        }
        place == 0
    }

    /// The finished outcomes at the front, at most so many.
    pub fn take(&mut self, at_most: usize) -> Vec<Outcome> {
        let ready = self.waiting.iter().take(at_most).take_while(|slot| slot.is_some()).count();
        self.first += ready;
        self.waiting.drain(..ready).flatten().collect()
    }

    /// Everything that is finished, gaps left out: the end of a run that was stopped.
    pub fn drain(&mut self) -> Vec<Outcome> {
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
            let mut line = InOrder::default();
            let mut left = Vec::new();
            for index in &arrival {
                line.put(Outcome::refused(*index, Problem::Row(String::new())));
                left.extend(line.take(step).iter().map(|outcome| outcome.index));
            }
            while left.len() < arrival.len() {
                left.extend(line.take(step).iter().map(|outcome| outcome.index));
            }
            prop_assert_eq!(left, (0..arrival.len()).collect::<Vec<_>>());
        }

        #[test]
        fn what_is_finished_when_a_run_is_stopped_leaves_once_and_in_order(
            arrival in Just((0..100_usize).collect::<Vec<_>>()).prop_shuffle(), finished in 0..100_usize, taken in 0..50_usize,
        ) {
            let mut line = InOrder::default();
            let arrived = arrival.get(..finished).unwrap_or_default();
            for index in arrived {
                line.put(Outcome::refused(*index, Problem::Row(String::new())));
            }
            let mut left: Vec<_> = line.take(taken).iter().map(|outcome| outcome.index).collect();
            left.extend(line.drain().iter().map(|outcome| outcome.index));
            // A straggler finds its place gone.
            for index in arrived {
                line.put(Outcome::refused(*index, Problem::Row(String::new())));
            }
            prop_assert!(line.drain().is_empty());
            let mut wanted = arrived.to_vec();
            wanted.sort_unstable();
            prop_assert_eq!(left, wanted);
        }
    }
}
