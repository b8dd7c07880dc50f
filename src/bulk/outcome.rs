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

    /// A write that was cut off before its answer came.
    pub fn cut_off(index: usize, contact: String) -> Self {
        let problem = format!("the run was stopped while {contact} was being written: it may have been written or not");
        Self::lost(index, contact, Failure::new(Kind::OutcomeUnknown, problem).in_operation("contacts.upsert_metadata"), 1)
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

    /// Gives back what `take` returned last.
    pub fn put_back(&mut self, outcomes: Vec<Outcome>) {
        self.first -= outcomes.len();
        for outcome in outcomes.into_iter().rev() {
            self.waiting.push_front(Some(outcome));
        }
    }

    /// Every finished outcome, in order, whether those before it are there or not. Nothing is taken afterwards.
    pub fn take_all(&mut self) -> Vec<Outcome> {
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
    }
}
