//! What a call's attempts came to, noted down for whoever asked: plain data, told in Python after the call.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use crate::client::api_key::ApiKey;
use crate::client::execute::attempt_error::AttemptError;
use crate::client::response::Response;

/// One request and what came of it.
#[derive(Debug, Clone)]
pub struct AttemptRecord {
    /// The answer's status, where one came.
    pub status: Option<u16>,
    pub request_id: Option<String>,
    /// Why no answer came: its kind, and the sentence.
    pub problem: Option<(&'static str, String)>,
    pub elapsed: Duration,
    /// When it was sent: an item of a run is told of when its turn in the order comes, which may be later.
    pub sent_at: SystemTime,
    /// The pause after which it was sent again.
    pub pause: Option<Duration>,
}

/// The attempts of one call. Filled by the call and read by its caller, also of a call that was cancelled.
#[derive(Debug, Default)]
pub struct AttemptLog(Mutex<Vec<AttemptRecord>>);

impl AttemptLog {
    pub(crate) fn add(&self, outcome: &Result<Response, AttemptError>, elapsed: Duration, key: &ApiKey) {
        let (status, request_id, problem) = match outcome {
            Ok(reply) => (Some(reply.status.as_u16()), reply.request_id().map(|id| key.scrub(id)), None),
            Err(lost) => (None, None, Some((lost.kind.name(), key.scrub(&lost.problem)))),
        };
        let sent_at = SystemTime::now().checked_sub(elapsed).unwrap_or(SystemTime::UNIX_EPOCH);
        self.locked(|attempts| attempts.push(AttemptRecord { status, request_id, problem, elapsed, sent_at, pause: None }));
    }

    /// The last attempt is followed by another after this pause.
    pub(crate) fn again_after(&self, pause: Duration) {
        self.locked(|attempts| {
            if let Some(last) = attempts.last_mut() {
                last.pause = Some(pause);
            }
        });
    }

    pub fn attempts(&self) -> Vec<AttemptRecord> {
        self.locked(|attempts| attempts.clone())
    }

    pub fn count(&self) -> usize {
        self.locked(|attempts| attempts.len())
    }

    /// Held for one step only; a call that panicked leaves what was noted so far.
    fn locked<T>(&self, act: impl FnOnce(&mut Vec<AttemptRecord>) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
