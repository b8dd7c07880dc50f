//! The lock around the row queue, and the wake-ups of workers and consumer.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::timeout;

use crate::batch::sync::outcome::Outcome;
use crate::batch::sync::queue::{DequeueLimit, PlanResult, RowQueue, WriteTask};
use crate::batch::sync::writer::RowInstrumentation;

/// How long the consumer waits for more outcomes after the first one: a wake-up costs more than a row (docs/decisions/0022).
const COALESCE_DELAY: Duration = Duration::from_millis(1);

#[derive(Debug)]
pub(crate) struct Scheduler {
    concurrency: usize,
    /// Locked for a few steps at a time, never across an await.
    queue: Mutex<RowQueue>,
    work_available: Notify,
    /// Notified when the next outcome in row order is available.
    outcome_ready: Notify,
    /// Notified when no write is in flight.
    drained: Notify,
    is_closed: AtomicBool,
}

impl Scheduler {
    /// Creates a scheduler with an empty queue; the first rows start up to `concurrency` workers.
    pub fn new(concurrency: usize) -> Self {
        Self {
            concurrency,
            queue: Mutex::default(),
            work_available: Notify::new(),
            outcome_ready: Notify::new(),
            drained: Notify::new(),
            is_closed: AtomicBool::new(false),
        }
    }

    /// Reads or changes the queue under the lock, then wakes the consumer if the next outcome has become available.
    pub fn update<T>(&self, change: impl FnOnce(&mut RowQueue) -> T) -> T {
        // A panicking worker leaves the queue consistent.
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let was_ready = queue.outcomes_ready() > 0;
        let result = change(&mut queue);
        if !was_ready && queue.outcomes_ready() > 0 {
            self.outcome_ready.notify_one();
        }
        result
    }

    /// Submits planned rows. Returns the number of workers to start for them.
    pub fn submit(&self, rows: impl Iterator<Item = (PlanResult, Option<Box<RowInstrumentation>>)>) -> usize {
        let (ready, new_workers) = self.update(|queue| {
            rows.for_each(|(row, instrumentation)| queue.submit(row, instrumentation));
            (queue.ready_up_to(self.concurrency), queue.add_workers(self.concurrency))
        });
        self.wake_workers(ready);
        new_workers
    }

    /// Wakes up to `count` idle workers.
    pub fn wake_workers(&self, count: usize) {
        for _ in 0..count {
            self.work_available.notify_one();
        }
    }

    /// Wakes every idle worker, to make it stop or look at its device again.
    pub fn wake_all_workers(&self) {
        self.work_available.notify_waiters();
    }

    /// Waits for the rows of the next call; `None` when the run is closed.
    pub async fn next_batch(&self, limit: impl Fn() -> DequeueLimit) -> Option<Vec<WriteTask>> {
        loop {
            let notified = self.work_available.notified();
            if self.is_closed() {
                return None;
            }
            let limit = limit();
            if let Some(batch) = self.update(|queue| queue.next_batch(limit)) {
                return Some(batch);
            }
            notified.await;
        }
    }

    /// Ends a write that was in flight.
    pub fn release_worker(&self) {
        let in_flight = self.update(|queue| {
            queue.in_flight -= 1;
            queue.in_flight
        });
        if in_flight == 0 {
            self.drained.notify_one();
        }
    }

    /// Takes the next outcomes in row order. Waits for at least one, but not longer than `max_wait`, unless none is pending.
    pub async fn take(&self, max: usize, max_wait: Duration) -> Arc<Vec<Outcome>> {
        let _ = timeout(max_wait, self.wait_for_outcomes()).await;
        self.update(|queue| queue.take(max))
    }

    async fn wait_for_outcomes(&self) {
        loop {
            let notified = self.outcome_ready.notified();
            let (ready, pending) = self.update(|queue| (queue.outcomes_ready(), queue.pending()));
            if pending == 0 || self.is_closed() {
                return;
            }
            if ready > 0 {
                break;
            }
            notified.await;
        }
        if self.update(|queue| queue.in_flight) > 0 {
            tokio::time::sleep(COALESCE_DELAY).await;
        }
    }

    /// Waits until no write is in flight, but not longer than `max_wait`.
    pub async fn wait_until_drained(&self, max_wait: Duration) {
        let drained = async {
            loop {
                let notified = self.drained.notified();
                if self.update(|queue| queue.in_flight) == 0 {
                    return;
                }
                notified.await;
            }
        };
        let _ = timeout(max_wait, drained).await;
    }

    /// Starts no further write; writes in flight continue.
    pub fn close(&self) {
        self.is_closed.store(true, Ordering::Release);
        self.work_available.notify_waiters();
        self.outcome_ready.notify_waiters();
    }

    fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::Acquire)
    }
}
