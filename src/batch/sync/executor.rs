//! Runs the rows of a sync: many contacts at once, the rows of one contact one after another, outcomes in file order.

mod dispatch;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::time::timeout;

use crate::batch::sync::bulk_writer::{BulkWriter, DequeueLimit, VerificationStats};
use crate::batch::sync::devices::{Device, OfflineDevice, Turn, pauses};
use crate::batch::sync::outcome::{Outcome, RowError};
use crate::batch::sync::planner::{RowPlan, RowPlanner};
use crate::batch::sync::queue::{ContactKey, PlanResult, RowQueue, WriteTask};
use crate::batch::sync::row_hash::RowHasher;
use crate::batch::sync::writer::{MetadataWriter, RowInstrumentation, UNCHANGED};
use crate::client::Value;
use crate::client::observe::latency::HistogramSnapshot;
use crate::client::rate_limit::limiter::{RateLimiter, ThrottleStats};

/// How long a stopped run waits for its cancelled writes to say so.
const LAST_MOMENT: Duration = Duration::from_millis(50);
/// How long outcomes wait for those right behind them.
const GATHERING: Duration = Duration::from_millis(1);

/// A row as it comes in.
#[derive(Debug)]
pub enum Row {
    /// The number of its device, the cell that names the contact, and the cells of the metadata columns.
    Cells { device: usize, id: Value, cells: Vec<Value> },
    /// What the reader could not read; the text says why.
    Unreadable(String),
}

/// How a run goes.
#[derive(Debug, Clone, Copy)]
pub struct RunConfig {
    pub concurrency: usize,
    pub calls_per_second: Option<f64>,
    /// How long the rows of an offline device wait for it.
    pub offline_patience: Duration,
}

/// One run of a sync.
#[derive(Debug)]
pub struct SyncExecutor {
    plan: RowPlanner,
    writer: MetadataWriter,
    /// Only where many rows go into a call.
    bulk: Option<BulkWriter>,
    pace: Arc<RateLimiter>,
    conduct: RunConfig,
    line: Mutex<RowQueue>,
    /// There is work for a worker.
    work: Notify,
    /// The outcome at the front is there.
    front: Notify,
    /// No write is under way any more.
    idle: Notify,
    closed: AtomicBool,
    /// True gives up the writes that are under way.
    cancelled: watch::Sender<bool>,
    calls: AtomicU64,
}

impl SyncExecutor {
    pub fn new(plan: RowPlanner, writer: MetadataWriter, bulk: Option<BulkWriter>, conduct: RunConfig) -> Self {
        Self {
            plan,
            writer,
            bulk,
            pace: Arc::new(RateLimiter::new(conduct.calls_per_second)),
            conduct: RunConfig { concurrency: conduct.concurrency.max(1), ..conduct },
            line: Mutex::default(),
            work: Notify::new(),
            front: Notify::new(),
            idle: Notify::new(),
            closed: AtomicBool::new(false),
            cancelled: watch::Sender::new(false),
            calls: AtomicU64::new(0),
        }
    }

    /// The metadata keys, in the order of a row's cells.
    pub fn keys(&self) -> &[String] {
        self.plan.keys()
    }

    /// The number by which rows name the device.
    pub fn device(&self, id: &str) -> usize {
        let mut line = self.line();
        let known = line.devices.iter().position(|device| *device.id == *id);
        known.unwrap_or_else(|| {
            line.devices.push(Device::new(id));
            line.devices.len() - 1
        })
    }

    /// Takes rows in and returns how many workers are to be started on `work` for them.
    pub fn submit(&self, rows: Vec<Row>) -> usize {
        let planned: Vec<_> = rows.into_iter().map(|row| self.plan_row(row)).collect();
        self.enqueue(planned.into_iter().map(|row| (row, None)))
    }

    /// Takes rows in that wait for `release`; tells whom each is written to and what, as two numbers. Of a row that is
    /// not written the second is 0, and of one that has no contact the first too.
    pub fn stage(&self, rows: Vec<Row>, fingerprints: &RowHasher) -> Vec<(i64, i64)> {
        let planned: Vec<_> = rows.into_iter().map(|row| self.plan_row(row)).collect();
        let mut line = self.line();
        let found = planned.iter().map(|row| self.fingerprint(row, fingerprints, &line)).collect();
        line.staged = planned;
        found
    }

    /// Sends the staged rows that are `wanted`, and skips the others as unchanged; see `submit`. Where hooks are told of the rows,
    /// `watched` has an entry for each.
    pub fn release(&self, wanted: &[bool], watched: Vec<Option<Box<RowInstrumentation>>>) -> usize {
        let staged = std::mem::take(&mut self.line().staged);
        let watched = watched.into_iter().chain(std::iter::repeat_with(|| None));
        let chosen = staged.into_iter().zip(wanted).zip(watched).map(|((row, wanted), watched)| match row {
            Ok(((_, contact), _)) if !wanted => (Err(Box::new(Outcome::skipped(0, contact, UNCHANGED, 0))), None),
            row => (row, watched),
        });
        self.enqueue(chosen)
    }

    fn enqueue(&self, planned: impl Iterator<Item = (PlanResult, Option<Box<RowInstrumentation>>)>) -> usize {
        let mut line = self.line();
        for (result, watched) in planned {
            let index = line.submitted;
            line.submitted += 1;
            match result {
                Ok((target, pairs)) => line.enqueue(WriteTask { index, target, pairs, watched }),
                Err(outcome) => line.settle(Outcome { index, ..*outcome }, &self.front),
            }
        }
        let waiting = line.ready.len();
        let more = self.conduct.concurrency.min(waiting).saturating_sub(line.workers);
        line.workers += more;
        drop(line);
        for _ in 0..waiting.min(self.conduct.concurrency) {
            self.work.notify_one();
        }
        more
    }

    fn plan_row(&self, row: Row) -> PlanResult {
        let (device, id, cells) = match row {
            Row::Cells { device, id, cells } => (device, id, cells),
            Row::Unreadable(problem) => return Err(Box::new(Outcome::refused(0, RowError::Row(problem)))),
        };
        match self.plan.plan(&id, &cells) {
            RowPlan::Write { contact, pairs } => Ok(((device, contact), pairs)),
            RowPlan::Skip { contact, reason } => Err(Box::new(Outcome::skipped(0, contact, reason, 0))),
            RowPlan::Refuse { problem } => Err(Box::new(Outcome::refused(0, RowError::Cell(problem)))),
        }
    }

    fn fingerprint(&self, row: &PlanResult, fingerprints: &RowHasher, line: &RowQueue) -> (i64, i64) {
        let Ok(((device, contact), pairs)) = row else { return (0, 0) };
        let device = line.devices.get(*device).map_or("", |device| &device.id);
        let named = pairs.iter().filter_map(|(key, value)| Some((self.plan.keys().get(*key)?.as_str(), value.as_str())));
        (fingerprints.contact(device, contact), fingerprints.values(named))
    }

    /// One worker: writes rows until the run is closed.
    pub async fn work(self: Arc<Self>) {
        while let Some(jobs) = self.next_jobs().await {
            let outcomes = self.run(&jobs).await.unwrap_or_default();
            for (job, outcome) in jobs.into_iter().zip(outcomes) {
                self.conclude(job, outcome);
            }
            self.rest();
        }
    }

    async fn next_jobs(&self) -> Option<Vec<WriteTask>> {
        loop {
            let woken = self.work.notified();
            if self.is_closed() {
                return None;
            }
            let intake = self.bulk.as_ref().map_or(DequeueLimit::SINGLE, BulkWriter::intake);
            if let Some(jobs) = self.line().next(intake, &self.front) {
                return Some(jobs);
            }
            woken.await;
        }
    }

    /// A row has its outcome, unless it is that its device is offline: then it waits with the device.
    fn conclude(self: &Arc<Self>, job: WriteTask, outcome: Outcome) {
        if outcome.offline().is_none() {
            return self.finish(&job.target, outcome);
        }
        let turn = self.line().goes_offline(job);
        match turn {
            Turn::Waits => {}
            Turn::Go(job) => drop(tokio::spawn(Arc::clone(self).await_device(job, outcome))),
            Turn::Fail(job, _) => self.finish(&job.target, outcome),
        }
    }

    /// The row that found its device offline tries again after pauses that grow; when it gets through, the others follow.
    async fn await_device(self: Arc<Self>, job: WriteTask, first: Outcome) {
        let (mut last, mut attempts) = (first, 0);
        for pause in pauses(self.conduct.offline_patience) {
            let mut cancelled = self.cancelled.subscribe();
            if timeout(pause, cancelled.wait_for(|cancelled| *cancelled)).await.is_ok() {
                return;
            }
            self.line().under_way += 1;
            let outcome = self.run(std::slice::from_ref(&job)).await.and_then(|mut outcomes| outcomes.pop());
            attempts += last.attempts;
            let Some(outcome) = outcome else { return self.rest() };
            let is_back = outcome.offline().is_none();
            last = outcome;
            if is_back {
                break;
            }
            self.rest();
        }
        let gone = last.offline().cloned();
        let is_back = gone.is_none();
        self.line().device_settles(job.target.0, gone, &self.front);
        self.finish(&job.target, Outcome { attempts: last.attempts + attempts, ..last });
        for _ in 0..self.conduct.concurrency {
            self.work.notify_one();
        }
        if is_back {
            self.rest();
        }
    }

    fn finish(&self, target: &ContactKey, outcome: Outcome) {
        let mut line = self.line();
        line.settle(outcome, &self.front);
        if line.follow(target) {
            self.work.notify_one();
        }
    }

    /// A write has ended.
    fn rest(&self) {
        let mut line = self.line();
        line.under_way -= 1;
        if line.under_way == 0 {
            self.idle.notify_one();
        }
        if self.bulk.is_some() {
            // Rows that were too few for a batch may go now, or other batches beside the first one.
            self.work.notify_waiters();
        }
    }

    /// The next outcomes in the order of the rows; waits for at least one, for at most `patience`, unless every submitted
    /// row has been taken.
    pub async fn take(&self, at_most: usize, patience: Duration) -> Arc<Vec<Outcome>> {
        let _ = timeout(patience, self.outcomes_to_take()).await;
        let mut line = self.line();
        let taken = line.outcomes.take(at_most);
        if taken.is_empty() {
            return Arc::default();
        }
        line.handed_out = Arc::new(taken);
        Arc::clone(&line.handed_out)
    }

    /// The next outcome, or that there is none, and a moment more for those right behind it: to wake the caller costs more than
    /// a row does.
    async fn outcomes_to_take(&self) {
        loop {
            let arrived = self.front.notified();
            {
                let line = self.line();
                if line.outcomes.taken() == line.submitted || self.is_closed() {
                    return;
                }
                if line.outcomes.ready() > 0 {
                    break;
                }
            }
            arrived.await;
        }
        if self.line().under_way > 0 {
            tokio::time::sleep(GATHERING).await;
        }
    }

    /// Ends the run: writes that are under way have `patience` to end, then they are given up. The outcomes that have not
    /// been taken, after those that were taken last: whoever asked for these may have been interrupted before they arrived.
    /// Rows that were not begun have none.
    pub async fn drain(&self, patience: Duration) -> [Arc<Vec<Outcome>>; 2] {
        self.close();
        let _ = timeout(patience, self.no_write_under_way()).await;
        self.cancelled.send_replace(true);
        let _ = timeout(LAST_MOMENT, self.no_write_under_way()).await;
        let mut line = self.line();
        [std::mem::take(&mut line.handed_out), Arc::new(line.outcomes.drain())]
    }

    async fn no_write_under_way(&self) {
        loop {
            let idle = self.idle.notified();
            if self.line().under_way == 0 {
                return;
            }
            idle.await;
        }
    }

    /// Rows that were submitted and not yet taken.
    pub fn pending(&self) -> usize {
        let line = self.line();
        line.submitted - line.outcomes.taken()
    }

    /// Writes that are under way.
    #[cfg(test)]
    pub fn under_way(&self) -> usize {
        self.line().under_way
    }

    /// Requests sent so far, repeated ones included.
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    /// The devices that are or were offline.
    pub fn offline(&self) -> Vec<OfflineDevice> {
        self.line().devices.iter().filter_map(Device::offline).collect()
    }

    /// What has held the run back; the seconds are those of one worker, on average.
    pub fn held_back(&self) -> ThrottleStats {
        self.pace.held_back().of_one(self.conduct.concurrency)
    }

    /// What was read back of rows that were written in bulk; None where each has a call of its own.
    pub fn sample(&self) -> Option<VerificationStats> {
        self.bulk.as_ref().map(BulkWriter::sample)
    }

    /// How long the answers took.
    pub fn measured(&self) -> HistogramSnapshot {
        self.writer.measured()
    }

    /// Sends nothing new; writes that are under way end by themselves.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Release);
        self.work.notify_waiters();
        self.front.notify_waiters();
    }

    fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    fn line(&self) -> MutexGuard<'_, RowQueue> {
        // A worker that panicked leaves the line as it was between two steps: still usable.
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
