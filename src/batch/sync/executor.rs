//! Runs a sync: many contacts at once, the rows of one contact one after another, outcomes in row order.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::batch::run_stats::RunStats;
use crate::batch::sync::bulk_writer::BulkWriter;
use crate::batch::sync::devices::{Admission, Device, OfflineDevice, probe_backoff};
use crate::batch::sync::dispatch::Dispatcher;
use crate::batch::sync::outcome::Outcome;
use crate::batch::sync::planner::{Row, RowPlanner};
use crate::batch::sync::queue::{ContactKey, PlanResult, WriteTask};
use crate::batch::sync::row_hash::RowHasher;
use crate::batch::sync::scheduler::Scheduler;
use crate::batch::sync::verification::VerificationStats;
use crate::batch::sync::writer::{MetadataWriter, RowInstrumentation, UNCHANGED};

/// How long a stopped run waits at most for its cancelled writes to report their outcome, which a busy machine may delay.
const CANCEL_GRACE: Duration = Duration::from_secs(5);

/// Settings of a run.
#[derive(Debug, Clone, Copy)]
pub struct RunConfig {
    pub concurrency: usize,
    pub calls_per_second: Option<f64>,
    /// How long the rows of an offline device wait for it.
    pub offline_timeout: Duration,
}

/// The hashes of a staged row, for a journal that records what is written.
#[derive(Debug)]
pub struct StagedRow {
    /// As `SyncExecutor::stage` returns them.
    pub contact: i64,
    pub content: i64,
    /// The hash of the contact that the row names, also if the row is not a write; 0 if it names none.
    pub source: i64,
    /// The index of each key that is written, with the hash of its value; 0 if the key is cleared.
    pub pairs: Vec<(usize, i64)>,
}

/// One run of a sync.
#[derive(Debug)]
pub struct SyncExecutor {
    planner: RowPlanner,
    dispatcher: Dispatcher,
    scheduler: Scheduler,
    config: RunConfig,
    /// Contacts with a second valid reading, of the rows submitted and of the staged rows.
    second_readings: AtomicU64,
    staged_second_readings: AtomicU64,
}

impl SyncExecutor {
    /// Creates an executor without rows; a concurrency of 0 is raised to 1.
    pub fn new(planner: RowPlanner, writer: MetadataWriter, bulk: Option<BulkWriter>, config: RunConfig) -> Self {
        let config = RunConfig { concurrency: config.concurrency.max(1), ..config };
        let stats = RunStats::new(config.concurrency, config.calls_per_second);
        Self {
            dispatcher: Dispatcher::new(planner.keys().to_vec(), writer, bulk, stats),
            scheduler: Scheduler::new(config.concurrency),
            planner,
            config,
            second_readings: AtomicU64::new(0),
            staged_second_readings: AtomicU64::new(0),
        }
    }

    /// The metadata keys, in the order of a row's cells.
    pub fn keys(&self) -> &[String] {
        self.planner.keys()
    }

    /// The index by which rows refer to a device.
    pub fn register_device(&self, id: &str) -> usize {
        self.scheduler.update(|queue| queue.register_device(id))
    }

    /// Submits rows. Returns the number of workers to start with `work`.
    pub fn submit(&self, rows: Vec<Row>) -> usize {
        // Planned before the lock is taken.
        let rows: Vec<_> = rows.into_iter().map(|row| self.planner.plan_row(row)).collect();
        self.second_readings.fetch_add(self.planner.take_second_readings(), Ordering::Relaxed);
        self.scheduler.submit(rows.into_iter().map(|row| (row, None)))
    }

    /// Plans rows for `submit_staged`. Returns the hashes of each row's contact and values. The hash of the values is 0 if
    /// nothing is to be written, and that of the contact is 0 too if the row is not a write.
    pub fn stage(&self, rows: Vec<Row>, hasher: &RowHasher) -> Vec<(i64, i64)> {
        let rows: Vec<_> = rows.into_iter().map(|row| self.planner.plan_row(row)).collect();
        self.staged_second_readings.store(self.planner.take_second_readings(), Ordering::Relaxed);
        self.scheduler.update(|queue| {
            let hash =
                |row: &PlanResult| row.as_ref().map_or((0, 0), |row| self.hash_row(row, hasher, &queue.device_id(row.0.device)));
            let hashes = rows.iter().map(hash).collect();
            queue.staged = rows;
            hashes
        })
    }

    /// As `stage`, with the hashes of single values.
    pub fn stage_pairs(&self, rows: Vec<Row>, hasher: &RowHasher) -> Vec<StagedRow> {
        let devices: Vec<_> = rows.iter().map(Row::device).collect();
        let hashes = self.stage(rows, hasher);
        self.scheduler.update(|queue| {
            let source = |row: &PlanResult, device: Option<usize>| {
                let contact = row.as_ref().map_or_else(|outcome| outcome.contact.as_deref(), |row| Some(&row.0.contact));
                let (device, contact) = (device?, contact?);
                Some(hasher.contact(&queue.device_id(device), contact))
            };
            let rows = queue.staged.iter().zip(devices).zip(hashes);
            let stage = |((row, device), (contact, content)): ((&PlanResult, Option<usize>), (i64, i64))| StagedRow {
                contact,
                content,
                source: source(row, device).unwrap_or(0),
                pairs: row.as_ref().map_or_else(|_| Vec::new(), |row| self.hash_pairs(&row.1, contact, hasher)),
            };
            rows.map(stage).collect()
        })
    }

    fn hash_pairs(&self, pairs: &[(usize, String)], contact: i64, hasher: &RowHasher) -> Vec<(usize, i64)> {
        let hash = |key: &str, value: &str| if value.is_empty() { 0 } else { hasher.pair(contact, key, value) };
        pairs.iter().filter_map(|(index, value)| Some((*index, hash(self.keys().get(*index)?, value)))).collect()
    }

    /// Stores the wids of staged contacts that an earlier run looked up, masked with `hasher`.
    pub fn remember_wids(&self, masked: &[Option<i64>], hasher: &RowHasher) {
        let contacts = self.scheduler.update(|queue| {
            let contact = |row: &PlanResult| row.as_ref().ok().map(|row| row.0.contact.clone());
            queue.staged.iter().map(contact).collect::<Vec<_>>()
        });
        for (contact, masked) in contacts.iter().zip(masked).filter_map(|(contact, masked)| contact.as_ref().zip(*masked)) {
            self.dispatcher.remember_wid(contact, format!("{}@c.us", hasher.mask(contact, masked)));
        }
    }

    /// Submits the staged rows that are `selected`, and skips the others as unchanged; see `submit`. With hooks,
    /// `instrumentation` has an entry per row.
    pub fn submit_staged(&self, selected: &[bool], instrumentation: Vec<Option<Box<RowInstrumentation>>>) -> usize {
        self.second_readings.fetch_add(self.staged_second_readings.swap(0, Ordering::Relaxed), Ordering::Relaxed);
        let staged = self.scheduler.update(|queue| std::mem::take(&mut queue.staged));
        let instrumentation = instrumentation.into_iter().chain(std::iter::repeat_with(|| None));
        let rows = staged.into_iter().zip(selected).zip(instrumentation).map(|((row, selected), instrumentation)| match row {
            Ok((key, _)) if !selected => (Err(Box::new(Outcome::skipped(0, key.contact, UNCHANGED))), None),
            row => (row, instrumentation),
        });
        self.scheduler.submit(rows)
    }

    fn hash_row(&self, (key, pairs): &(ContactKey, Vec<(usize, String)>), hasher: &RowHasher, device: &str) -> (i64, i64) {
        let pairs = pairs.iter().filter_map(|(key, value)| Some((self.keys().get(*key)?.as_str(), value.as_str())));
        (hasher.contact(device, &key.contact), hasher.values(pairs))
    }

    /// Runs one worker until the run is closed.
    pub async fn work(self: Arc<Self>) {
        while let Some(tasks) = self.scheduler.next_batch(|| self.dispatcher.dequeue_limit()).await {
            let outcomes = self.dispatch(&tasks).await.unwrap_or_default();
            for (task, outcome) in tasks.into_iter().zip(outcomes) {
                self.on_task_done(task, outcome);
            }
            self.release_worker();
        }
    }

    async fn dispatch(&self, tasks: &[WriteTask]) -> Option<Vec<Outcome>> {
        let device = tasks.first().map_or(0, |task| task.key.device);
        let device = self.scheduler.update(|queue| queue.device_id(device));
        self.dispatcher.dispatch(&device, tasks).await
    }

    /// Stores the outcome of a row; a row whose device is offline waits for the device instead.
    fn on_task_done(self: &Arc<Self>, task: WriteTask, outcome: Outcome) {
        if outcome.device_offline_error().is_none() {
            return self.finish(&task.key, outcome);
        }
        match self.scheduler.update(|queue| queue.mark_offline(task)) {
            Admission::Waiting => {}
            Admission::Admitted(task) => drop(tokio::spawn(Arc::clone(self).probe_until_online(task, outcome))),
            Admission::Rejected(task, _) => self.finish(&task.key, outcome),
        }
    }

    /// Retries the row that detected the offline device, with growing delays, until the device is online or the timeout ends.
    async fn probe_until_online(self: Arc<Self>, task: WriteTask, first: Outcome) {
        let (mut last, mut earlier_attempts) = (first, 0);
        for delay in probe_backoff(self.config.offline_timeout) {
            if self.dispatcher.is_cancelled_within(delay).await {
                return;
            }
            self.scheduler.update(|queue| queue.in_flight += 1);
            let outcomes = self.dispatch(std::slice::from_ref(&task)).await;
            earlier_attempts += last.attempts;
            let Some(outcome) = outcomes.and_then(|mut outcomes| outcomes.pop()) else { return self.release_worker() };
            last = outcome;
            if last.device_offline_error().is_none() {
                break;
            }
            self.release_worker();
        }
        self.resolve_device(&task.key, Outcome { attempts: last.attempts + earlier_attempts, ..last });
    }

    /// Ends the offline period of a device with the outcome of the row that probed it.
    fn resolve_device(&self, key: &ContactKey, outcome: Outcome) {
        let error = outcome.device_offline_error().cloned();
        let is_online = error.is_none();
        self.scheduler.update(|queue| queue.resolve_device(key.device, error));
        self.finish(key, outcome);
        self.scheduler.wake_workers(self.config.concurrency);
        if is_online {
            self.release_worker();
        }
    }

    fn finish(&self, key: &ContactKey, outcome: Outcome) {
        if self.scheduler.update(|queue| queue.finish(key, outcome)) {
            self.scheduler.wake_workers(1);
        }
    }

    fn release_worker(&self) {
        self.scheduler.release_worker();
        if self.dispatcher.is_bulk() {
            // Less than a full batch may be sent now, and more than one batch at a time.
            self.scheduler.wake_all_workers();
        }
    }

    /// Takes the next outcomes in row order. Waits for at least one, but not longer than `max_wait`, unless none is pending.
    pub async fn take(&self, max: usize, max_wait: Duration) -> Arc<Vec<Outcome>> {
        self.scheduler.take(max, max_wait).await
    }

    /// Stops the run. Writes in flight have `grace` to complete, then they are cancelled. Returns the last outcomes taken once
    /// more, because the caller may have been interrupted before it received them, and those not yet taken. Rows that were not
    /// started have no outcome.
    pub async fn drain(&self, grace: Duration) -> [Arc<Vec<Outcome>>; 2] {
        self.close();
        self.scheduler.wait_until_drained(grace).await;
        self.dispatcher.cancel();
        self.scheduler.wait_until_drained(CANCEL_GRACE).await;
        self.scheduler.update(|queue| queue.drain())
    }

    /// Number of rows submitted and not yet taken.
    pub fn pending(&self) -> usize {
        self.scheduler.update(|queue| queue.pending())
    }

    /// The rate limiter's and the responses' statistics.
    pub fn stats(&self) -> &RunStats {
        &self.dispatcher.stats
    }

    /// Number of submitted rows whose contact has a second valid reading.
    pub fn second_readings(&self) -> u64 {
        self.second_readings.load(Ordering::Relaxed)
    }

    /// The devices that are or were offline.
    pub fn offline_devices(&self) -> Vec<OfflineDevice> {
        self.scheduler.update(|queue| queue.devices().iter().filter_map(Device::offline_stats).collect())
    }

    /// Read-back statistics of rows written in bulk; `None` if each row has its own call.
    pub fn verification(&self) -> Option<VerificationStats> {
        self.dispatcher.verification()
    }

    /// Starts no further write; writes in flight continue.
    pub fn close(&self) {
        self.scheduler.close();
    }
}
