//! The devices of a sync. Rows of an offline device wait for it; rows of other devices are written meanwhile.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::client::Error;

const FIRST_DELAY: Duration = Duration::from_secs(1);
const MAX_DELAY: Duration = Duration::from_secs(30);

/// A device and the tasks that wait for it.
#[derive(Debug)]
pub struct Device<Task> {
    pub id: Arc<str>,
    state: State<Task>,
    /// Total time offline before the current period.
    offline: Duration,
}

#[derive(Debug)]
enum State<Task> {
    Online,
    Offline {
        since: Instant,
        waiting: VecDeque<Task>,
    },
    /// The device stayed offline until the timeout: its tasks fail with this error.
    TimedOut(Error),
}

/// Whether a task may be sent to its device.
#[derive(Debug)]
pub enum Admission<Task> {
    Admitted(Task),
    /// The device keeps the task until it is online.
    Waiting,
    Rejected(Task, Error),
}

/// Statistics of a device that is or was offline.
#[derive(Debug, Clone, PartialEq)]
pub struct OfflineDevice {
    pub id: Arc<str>,
    /// Whether the run is waiting for the device now.
    pub is_offline: bool,
    pub rows_waiting: usize,
    pub seconds: f64,
}

impl<Task> Device<Task> {
    /// Creates a device that is online.
    pub fn new(id: &str) -> Self {
        Self { id: id.into(), state: State::Online, offline: Duration::ZERO }
    }

    /// Returns the task if the device is online, keeps it while the device is offline, and rejects it after the timeout.
    pub fn try_admit(&mut self, task: Task) -> Admission<Task> {
        match &mut self.state {
            State::Online => Admission::Admitted(task),
            State::Offline { waiting, .. } => {
                waiting.push_back(task);
                Admission::Waiting
            }
            State::TimedOut(error) => Admission::Rejected(task, error.clone()),
        }
    }

    /// Marks the device as offline. The task that detected it is admitted: it probes the device.
    pub fn mark_offline(&mut self, task: Task) -> Admission<Task> {
        if matches!(self.state, State::Online) {
            self.state = State::Offline { since: Instant::now(), waiting: VecDeque::new() };
            return Admission::Admitted(task);
        }
        self.try_admit(task)
    }

    /// Ends the offline period: the device is online, or has timed out with `error`. Returns the tasks that waited.
    pub fn resolve(&mut self, error: Option<Error>) -> VecDeque<Task> {
        match std::mem::replace(&mut self.state, error.map_or(State::Online, State::TimedOut)) {
            State::Offline { since, waiting } => {
                self.offline += since.elapsed();
                waiting
            }
            _ => VecDeque::new(),
        }
    }

    /// Statistics of the device; `None` if it was never offline.
    pub fn offline_stats(&self) -> Option<OfflineDevice> {
        let (current, rows_waiting) = match &self.state {
            // The task that probes the device waits too.
            State::Offline { since, waiting } => (Some(since.elapsed()), waiting.len() + 1),
            _ => (None, 0),
        };
        let seconds = (self.offline + current.unwrap_or_default()).as_secs_f64();
        let id = Arc::clone(&self.id);
        (seconds > 0.0).then_some(OfflineDevice { id, is_offline: current.is_some(), rows_waiting, seconds })
    }
}

/// Delays between probes: they double up to `MAX_DELAY`, and their sum is `timeout`.
pub fn probe_backoff(timeout: Duration) -> impl Iterator<Item = Duration> {
    let mut remaining = timeout;
    let mut next = FIRST_DELAY.min(timeout / 8);
    std::iter::from_fn(move || {
        let delay = next.min(remaining);
        remaining -= delay;
        next = next.saturating_mul(2).min(MAX_DELAY);
        (!delay.is_zero()).then_some(delay)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probe_delays_double_and_add_up_to_the_timeout() {
        let delays: Vec<_> = probe_backoff(Duration::from_secs(100)).map(|delay| delay.as_secs()).collect();
        assert_eq!(delays, [1, 2, 4, 8, 16, 30, 30, 9]);
        assert_eq!(probe_backoff(Duration::ZERO).count(), 0);
        assert_eq!(probe_backoff(Duration::from_millis(80)).sum::<Duration>(), Duration::from_millis(80));
    }
}
