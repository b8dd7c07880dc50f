//! Writes the rows of a worker: one row per call, or many in bulk.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::batch::run_stats::RunStats;
use crate::batch::sync::bulk_writer::{BulkWriter, Entry};
use crate::batch::sync::outcome::Outcome;
use crate::batch::sync::queue::{DequeueLimit, WriteTask};
use crate::batch::sync::verification::VerificationStats;
use crate::batch::sync::writer::{MetadataWriter, WriteContext, WriteResult};
use crate::client::Value;

#[derive(Debug)]
pub(crate) struct Dispatcher {
    /// Metadata keys, in the order of the cells.
    keys: Vec<String>,
    writer: MetadataWriter,
    /// Set if rows are written in bulk.
    bulk: Option<BulkWriter>,
    pub stats: RunStats,
    /// True cancels the writes in flight.
    cancelled: watch::Sender<bool>,
}

impl Dispatcher {
    /// Creates a dispatcher; without a bulk writer each row is one call. Pairs refer to `keys` by index.
    pub fn new(keys: Vec<String>, writer: MetadataWriter, bulk: Option<BulkWriter>, stats: RunStats) -> Self {
        Self { keys, writer, bulk, stats, cancelled: watch::Sender::new(false) }
    }

    /// Stores the wid of a contact that an earlier run looked up.
    pub fn remember_wid(&self, contact: &str, wid: String) {
        self.writer.remember_wid(contact, wid);
    }

    /// Whether rows are written by bulk calls.
    pub fn is_bulk(&self) -> bool {
        self.bulk.is_some()
    }

    /// How many rows the next call may take.
    pub fn dequeue_limit(&self) -> DequeueLimit {
        self.bulk.as_ref().map_or(DequeueLimit::SINGLE, BulkWriter::dequeue_limit)
    }

    /// Cancels the calls in flight; a row whose request was sent is reported as interrupted.
    pub fn cancel(&self) {
        self.cancelled.send_replace(true);
    }

    /// Waits for `delay`; returns early with true if the run is cancelled.
    pub async fn is_cancelled_within(&self, delay: Duration) -> bool {
        let mut cancelled = self.cancelled.subscribe();
        timeout(delay, cancelled.wait_for(|cancelled| *cancelled)).await.is_ok()
    }

    /// Writes rows of one device. Returns `None` if the run is cancelled before anything was sent.
    pub async fn dispatch(&self, device: &str, tasks: &[WriteTask]) -> Option<Vec<Outcome>> {
        let dispatched = Arc::new(AtomicBool::new(false));
        let mut cancelled = self.cancelled.subscribe();
        let operation = if self.is_bulk() { "contacts.bulk_create" } else { "contacts.upsert_metadata" };
        let interrupted = || {
            let outcome = |task: &WriteTask| Outcome::interrupted(task.index, task.key.contact.clone(), operation);
            tasks.iter().map(outcome).collect()
        };
        // A panic must not end the worker: the other rows need it.
        let write = AssertUnwindSafe(self.write(device, tasks, &dispatched)).catch_unwind();
        tokio::select! {
            outcomes = write => Some(outcomes.unwrap_or_else(|_| interrupted())),
            _ = cancelled.wait_for(|cancelled| *cancelled) => dispatched.load(Ordering::Acquire).then(|| {
                self.stats.add_requests(1);
                interrupted()
            }),
        }
    }

    async fn write(&self, device: &str, tasks: &[WriteTask], dispatched: &Arc<AtomicBool>) -> Vec<Outcome> {
        let started_at = Instant::now();
        let Some(first) = tasks.first() else { return Vec::new() };
        let (requests_sent, resolved) = (AtomicU32::new(0), OnceLock::new());
        let context = WriteContext {
            device,
            contact: &first.key.contact,
            stats: &self.stats,
            dispatched,
            instrumentation: first.instrumentation.as_deref(),
            requests_sent: &requests_sent,
            resolved: &resolved,
        };
        let results = self.write_tasks(&context, first, tasks).await;
        self.stats.add_requests(context.requests_sent());
        let elapsed = started_at.elapsed();
        let outcome = |(task, (result, attempts)): (&WriteTask, (WriteResult, u32))| {
            let outcome = Outcome::from_write(task.index, task.key.contact.clone(), result, attempts);
            Outcome { elapsed, resolved: resolved.get().cloned(), ..outcome }
        };
        tasks.iter().zip(results).map(outcome).collect()
    }

    /// The result of each task, with the number of requests that it took.
    async fn write_tasks(&self, context: &WriteContext<'_>, first: &WriteTask, tasks: &[WriteTask]) -> Vec<(WriteResult, u32)> {
        let Some(bulk) = &self.bulk else {
            let result = self.writer.write(context, self.pairs(first)).await;
            return vec![(result, context.requests_sent())];
        };
        let entry = |task: &WriteTask| Entry { contact: task.key.contact.clone(), pairs: self.pairs(task) };
        let entries: Vec<_> = tasks.iter().map(entry).collect();
        bulk.write(&self.writer, context, &entries).await
    }

    fn pairs(&self, task: &WriteTask) -> Vec<(String, Value)> {
        let pair = |(key, value): &(usize, String)| Some((self.keys.get(*key)?.clone(), Value::String(value.clone())));
        task.pairs.iter().filter_map(pair).collect()
    }

    /// The counts of read-back batches; `None` without a bulk writer.
    pub fn verification(&self) -> Option<VerificationStats> {
        self.bulk.as_ref().map(BulkWriter::verification)
    }
}
