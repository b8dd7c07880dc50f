//! The attempts of one call: plain data, which Python reads after the call.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// One attempt and its result.
#[derive(Debug, Clone)]
pub struct AttemptRecord {
    /// The operation of the request: a row of a sync may take several.
    pub operation: &'static str,
    /// Status of the response, if there was one.
    pub status: Option<u16>,
    pub request_id: Option<String>,
    /// Kind and message of the error, if there was no response.
    pub error: Option<(&'static str, String)>,
    pub elapsed: Duration,
    /// How long the request waited for limits before it was sent.
    pub queued: Duration,
    /// When the request was sent. Hooks of a run are called in the order of its items, which may be later.
    pub sent_at: SystemTime,
    /// Delay before the next attempt.
    pub retry_delay: Option<Duration>,
}

/// Which attempts of a call are recorded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Recording {
    #[default]
    Every,
    /// Those from the first failure on: none of a call that succeeds at once, as most do.
    Failed,
}

/// The attempts of one call. The call writes it and its caller reads it, also after a cancellation.
#[derive(Debug, Default)]
pub struct AttemptLog {
    recording: Recording,
    records: Mutex<Vec<AttemptRecord>>,
}

impl AttemptLog {
    /// An empty log.
    pub fn new(recording: Recording) -> Self {
        Self { recording, records: Mutex::default() }
    }

    /// Whether an attempt is recorded.
    pub(crate) fn records_attempt(&self, has_failed: bool) -> bool {
        self.recording == Recording::Every || has_failed || self.count() > 0
    }

    /// Whether there is something to log: every attempt, or those of a call that was retried.
    pub fn is_reportable(&self) -> bool {
        self.count() > usize::from(self.recording == Recording::Failed)
    }

    pub(crate) fn push(&self, record: AttemptRecord) {
        self.with_records(|records| records.push(record));
    }

    /// Adds the retry delay to the last attempt.
    pub(crate) fn record_retry_delay(&self, delay: Duration) {
        self.with_records(|records| {
            if let Some(last) = records.last_mut() {
                last.retry_delay = Some(delay);
            }
        });
    }

    /// A copy of the attempts so far, oldest first.
    pub fn records(&self) -> Vec<AttemptRecord> {
        self.with_records(|records| records.clone())
    }

    /// Number of attempts.
    pub fn count(&self) -> usize {
        self.with_records(|records| records.len())
    }

    /// The records stay readable after a panic.
    fn with_records<T>(&self, act: impl FnOnce(&mut Vec<AttemptRecord>) -> T) -> T {
        act(&mut self.records.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
