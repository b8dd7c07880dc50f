//! How rows that have their turn are written: one by a call, or many.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use futures_util::FutureExt;

use crate::batch::sync::bulk_writer::{BulkWriter, Entry};
use crate::batch::sync::executor::SyncExecutor;
use crate::batch::sync::outcome::Outcome;
use crate::batch::sync::queue::WriteTask;
use crate::batch::sync::writer::{WriteContext, WriteResult};
use crate::client::Value;

impl SyncExecutor {
    /// Writes rows of one device; None when the run gave them up before anything was sent.
    pub(super) async fn run(&self, jobs: &[WriteTask]) -> Option<Vec<Outcome>> {
        let begun = Arc::new(AtomicBool::new(false));
        let mut cancelled = self.cancelled.subscribe();
        let operation = if self.bulk.is_some() { "contacts.bulk_create" } else { "contacts.upsert_metadata" };
        let given_up = |job: &WriteTask| Outcome::interrupted(job.index, job.target.1.clone(), operation);
        let interrupted = || jobs.iter().map(given_up).collect();
        // A panic ends the rows, not the worker: others wait for their turn.
        let written = AssertUnwindSafe(self.write(jobs, &begun)).catch_unwind();
        tokio::select! {
            outcomes = written => Some(outcomes.unwrap_or_else(|_| interrupted())),
            _ = cancelled.wait_for(|cancelled| *cancelled) => begun.load(Ordering::Acquire).then(|| {
                self.calls.fetch_add(1, Ordering::Relaxed);
                interrupted()
            }),
        }
    }

    async fn write(&self, jobs: &[WriteTask], begun: &Arc<AtomicBool>) -> Vec<Outcome> {
        let started = Instant::now();
        let Some(first) = jobs.first() else { return Vec::new() };
        let (device, contact) = &first.target;
        let device = self.line().devices.get(*device).map(|device| Arc::clone(&device.id)).unwrap_or_default();
        let write = WriteContext { device: &device, contact, pace: &self.pace, begun, watched: first.watched.as_deref() };
        let found = match &self.bulk {
            Some(bulk) => self.write_batch(bulk, &write, jobs).await,
            None => {
                let (wrote, attempts) = self.writer.write(&write, self.pairs(first)).await;
                self.calls.fetch_add(u64::from(attempts), Ordering::Relaxed);
                vec![(wrote, attempts)]
            }
        };
        let elapsed = started.elapsed();
        let outcome = |(job, (wrote, attempts)): (&WriteTask, (WriteResult, u32))| {
            let outcome = Outcome::of(job.index, job.target.1.clone(), wrote, attempts);
            Outcome { elapsed, ..outcome }
        };
        jobs.iter().zip(found).map(outcome).collect()
    }

    async fn write_batch(&self, bulk: &BulkWriter, write: &WriteContext<'_>, jobs: &[WriteTask]) -> Vec<(WriteResult, u32)> {
        let entry = |job: &WriteTask| Entry { contact: job.target.1.clone(), pairs: self.pairs(job) };
        let entries: Vec<_> = jobs.iter().map(entry).collect();
        let (found, calls) = bulk.write(&self.writer, write, &entries).await;
        self.calls.fetch_add(u64::from(calls), Ordering::Relaxed);
        found
    }

    fn pairs(&self, job: &WriteTask) -> Vec<(String, Value)> {
        let named = |(key, value): &(usize, String)| Some((self.plan.keys().get(*key)?.clone(), Value::Text(value.clone())));
        job.pairs.iter().filter_map(named).collect()
    }
}
