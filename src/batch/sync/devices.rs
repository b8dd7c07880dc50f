//! The devices of a run: an offline one keeps its own rows waiting, and nobody else's.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::client::Error;

/// The longest pause between two looks at an offline device, and the first one.
const LONGEST: Duration = Duration::from_secs(30);
const FIRST: Duration = Duration::from_secs(1);

/// A device, and what waits for it.
#[derive(Debug)]
pub struct Device<WriteTask> {
    pub id: Arc<str>,
    state: State<WriteTask>,
    /// How long it was offline, the present time not included.
    offline: Duration,
}

#[derive(Debug)]
enum State<WriteTask> {
    Online,
    Offline {
        since: Instant,
        waiting: VecDeque<WriteTask>,
    },
    /// It did not come back in time: its rows fail with this.
    Gone(Error),
}

/// What to do with a row of a device.
#[derive(Debug)]
pub enum Turn<WriteTask> {
    Go(WriteTask),
    /// It waits with the device.
    Waits,
    Fail(WriteTask, Error),
}

/// How a device that was offline stands, for reports.
#[derive(Debug, Clone, PartialEq)]
pub struct OfflineDevice {
    pub id: Arc<str>,
    /// Whether the run waits for it now.
    pub is_awaited: bool,
    pub rows_waiting: usize,
    pub seconds: f64,
}

impl<WriteTask> Device<WriteTask> {
    pub fn new(id: &str) -> Self {
        Self { id: id.into(), state: State::Online, offline: Duration::ZERO }
    }

    /// Whether a row may go.
    pub fn admit(&mut self, job: WriteTask) -> Turn<WriteTask> {
        match &mut self.state {
            State::Online => Turn::Go(job),
            State::Offline { waiting, .. } => {
                waiting.push_back(job);
                Turn::Waits
            }
            State::Gone(failure) => Turn::Fail(job, failure.clone()),
        }
    }

    /// The service says that it is offline. The first row that hears so is given back: it finds out when that is over.
    pub fn goes_offline(&mut self, job: WriteTask) -> Turn<WriteTask> {
        if matches!(self.state, State::Online) {
            self.state = State::Offline { since: Instant::now(), waiting: VecDeque::new() };
            return Turn::Go(job);
        }
        self.admit(job)
    }

    /// It answers again, or (with a failure) never did; the rows that waited for it.
    pub fn settles(&mut self, gone: Option<Error>) -> VecDeque<WriteTask> {
        match std::mem::replace(&mut self.state, gone.map_or(State::Online, State::Gone)) {
            State::Offline { since, waiting } => {
                self.offline += since.elapsed();
                waiting
            }
            _ => VecDeque::new(),
        }
    }

    /// None for a device that was never offline.
    pub fn offline(&self) -> Option<OfflineDevice> {
        let (now, rows_waiting) = match &self.state {
            // The row that looks whether it is back waits too.
            State::Offline { since, waiting } => (Some(since.elapsed()), waiting.len() + 1),
            _ => (None, 0),
        };
        let seconds = (self.offline + now.unwrap_or_default()).as_secs_f64();
        let id = Arc::clone(&self.id);
        (seconds > 0.0).then_some(OfflineDevice { id, is_awaited: now.is_some(), rows_waiting, seconds })
    }
}

/// The pauses before each look at an offline device: they double, and come to `patience` together.
pub fn pauses(patience: Duration) -> impl Iterator<Item = Duration> {
    let mut left = patience;
    let mut next = FIRST.min(patience / 8);
    std::iter::from_fn(move || {
        let pause = next.min(left);
        left -= pause;
        next = next.saturating_mul(2).min(LONGEST);
        (!pause.is_zero()).then_some(pause)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_come_to_the_patience() {
        let found: Vec<_> = pauses(Duration::from_secs(100)).map(|pause| pause.as_secs()).collect();
        assert_eq!(found, [1, 2, 4, 8, 16, 30, 30, 9]);
        assert_eq!(pauses(Duration::ZERO).count(), 0);
        assert_eq!(pauses(Duration::from_millis(80)).sum::<Duration>(), Duration::from_millis(80));
    }
}
