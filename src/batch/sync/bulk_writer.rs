//! Writes the metadata of many contacts per call. That the bulk operation accepts metadata, and that it keeps keys that a row does
//! not write, is an assumption: some rows are read before and after the write, and the run stops if they contradict it. See
//! docs/decisions/0021.

use std::iter::repeat_n;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::api::{self, ModelError, Operation};
use crate::batch::sync::devices::probe_backoff;
use crate::batch::sync::metadata_diff::metadata_keys;
use crate::batch::sync::queue::DequeueLimit;
use crate::batch::sync::resolver::phone_of;
use crate::batch::sync::verification::{SendResult, Verification, VerificationStats, resolve_results, verify};
use crate::batch::sync::writer::{MetadataWriter, WriteContext, WriteResult};
use crate::client::{Error, ErrorKind, Response, Value};

/// Settings of bulk writes.
#[derive(Debug, Clone, Copy)]
pub struct BulkConfig {
    /// Maximum number of rows per call.
    pub rows: usize,
    /// Number of rows to read back per batch until a row is confirmed.
    pub first_sample: usize,
    /// After that, one row of this many is read back.
    pub sample_every: usize,
    /// How long a written row may take to become visible: the service may write after it has responded.
    pub visibility_timeout: Duration,
}

/// A contact and its metadata.
#[derive(Debug)]
pub(crate) struct Entry {
    pub contact: String,
    pub pairs: Vec<(String, Value)>,
}

/// Writes in bulk, and keeps the verification statistics.
#[derive(Debug)]
pub struct BulkWriter {
    config: BulkConfig,
    create: &'static Operation,
    /// Number of rows written so far.
    rows: AtomicUsize,
    verification: Mutex<VerificationStats>,
}

impl BulkWriter {
    /// Creates a writer. Fails if the API model has no bulk create operation.
    pub fn new(config: BulkConfig) -> Result<Self, ModelError> {
        let create = api::operation("contacts.bulk_create")?;
        Ok(Self { config, create, rows: AtomicUsize::new(0), verification: Mutex::default() })
    }

    /// A copy of the counts of the batches that were read back.
    pub fn verification(&self) -> VerificationStats {
        self.lock().clone()
    }

    /// Sends one batch at a time until the first row is confirmed, so that a wrong assumption affects one batch only.
    pub(crate) fn dequeue_limit(&self) -> DequeueLimit {
        let stats = self.lock();
        DequeueLimit { max_rows: self.config.rows.max(1), exclusive: stats.confirmed == 0, is_stopped: stats.failure.is_some() }
    }

    /// Writes different contacts of one device. Returns the result of each, with the number of requests of its call.
    pub(crate) async fn write(
        &self,
        writer: &MetadataWriter,
        context: &WriteContext<'_>,
        entries: &[Entry],
    ) -> Vec<(WriteResult, u32)> {
        let batch = Batch { bulk: self, writer, context, entries };
        let samples = batch.fetch_keys(self.select_samples(entries.len())).await;
        let sent = batch.send().await;
        let accepted = samples.into_iter().filter(|sample| matches!(sent.get(sample.index), Some((Ok(()), _))));
        let verifications = batch.read_back(accepted.collect()).await;
        self.lock().record(&verifications, rejection(&sent));
        resolve_results(sent, &verifications)
    }

    /// Indices of the rows to read back.
    fn select_samples(&self, count: usize) -> Vec<usize> {
        let written = self.rows.fetch_add(count, Ordering::Relaxed);
        let BulkConfig { first_sample, sample_every, .. } = self.config;
        if self.dequeue_limit().exclusive {
            let samples = first_sample.min(count);
            return (0..samples).map(|sample| sample * count / samples).collect();
        }
        (0..count).filter(|index| (written + index).is_multiple_of(sample_every.max(1))).collect()
    }

    fn lock(&self) -> MutexGuard<'_, VerificationStats> {
        self.verification.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A row that is read back.
#[derive(Debug)]
struct Sample<'a> {
    index: usize,
    entry: &'a Entry,
    /// Keys of the contact before the write; `None` if it could not be read.
    keys_before: Option<Vec<String>>,
}

/// A batch that is being written.
#[derive(Debug, Clone, Copy)]
struct Batch<'a> {
    bulk: &'a BulkWriter,
    writer: &'a MetadataWriter,
    context: &'a WriteContext<'a>,
    entries: &'a [Entry],
}

impl<'a> Batch<'a> {
    async fn fetch_contact(&self, entry: &Entry) -> Result<Response, Error> {
        self.writer.fetch_contact(&WriteContext { contact: &entry.contact, ..*self.context }).await
    }

    /// Reads the samples before the write.
    async fn fetch_keys(&self, samples: Vec<usize>) -> Vec<Sample<'a>> {
        let mut fetched = Vec::with_capacity(samples.len());
        for index in samples {
            let Some(entry) = self.entries.get(index) else { continue };
            let keys_before = match self.fetch_contact(entry).await {
                Ok(response) => metadata_keys(&response.body),
                Err(error) if error.context().status == Some(404) => Some(Vec::new()),
                Err(_) => None,
            };
            fetched.push(Sample { index, entry, keys_before });
        }
        fetched
    }

    /// Sends all entries. A rejected part is sent again in halves, until only the invalid entries fail.
    async fn send(&self) -> Vec<SendResult> {
        let mut results = Vec::with_capacity(self.entries.len());
        let mut parts = vec![self.entries];
        while let Some(part) = parts.pop() {
            let sent_before = self.context.requests_sent();
            match self.send_part(part).await {
                Err(error) if part.len() > 1 && is_rejected(&error) => {
                    let (first, second) = part.split_at(part.len() / 2);
                    parts.extend([second, first]);
                }
                result => results.extend(repeat_n((result, self.context.requests_sent() - sent_before), part.len())),
            }
        }
        results
    }

    async fn send_part(&self, part: &[Entry]) -> Result<(), Error> {
        let create = self.bulk.create;
        if let Some(entry) = part.iter().find(|entry| phone_of(&entry.contact).is_none()) {
            let message = format!("({}) has no phone number, so it can't be written in bulk", entry.contact);
            return Err(Error::argument(&create.name, "phone", &message));
        }
        self.writer.send(create, &arguments(create, self.context.device, part), self.context).await.map(drop)
    }

    /// Reads samples until they are confirmed, or until `visibility_timeout` ends.
    async fn read_back(&self, mut samples: Vec<Sample<'a>>) -> Vec<(usize, Verification)> {
        let mut verifications = Vec::with_capacity(samples.len());
        let mut delays = probe_backoff(self.bulk.config.visibility_timeout);
        loop {
            let (mut pending, mut mismatches) = (Vec::new(), Vec::new());
            for sample in samples {
                let contact = self.fetch_contact(sample.entry).await;
                let verification = verify(&sample.entry.pairs, sample.keys_before.as_deref(), contact);
                if verification.is_final() {
                    verifications.push((sample.index, verification));
                } else {
                    mismatches.push((sample.index, verification));
                    pending.push(sample);
                }
            }
            let Some(delay) = delays.next().filter(|_| !pending.is_empty()) else {
                verifications.extend(mismatches);
                return verifications;
            };
            tokio::time::sleep(delay).await;
            samples = pending;
        }
    }
}

fn arguments(create: &Operation, device: &str, part: &[Entry]) -> Vec<Value> {
    let contact = |entry: &Entry| {
        let phone = phone_of(&entry.contact).unwrap_or_default();
        let metadata = Value::Object(entry.pairs.clone());
        Value::Object(vec![("phone".to_owned(), Value::String(phone)), ("metadata".to_owned(), metadata)])
    };
    let argument = |name: &str| match name {
        "device" => Value::String(device.to_owned()),
        "contacts" => Value::List(part.iter().map(contact).collect()),
        _ => Value::Null,
    };
    create.parameters.iter().map(|parameter| argument(&parameter.name)).collect()
}

/// The error of a batch of several rows that were all rejected.
fn rejection(sent: &[SendResult]) -> Option<String> {
    let is_rejection = |(result, _): &SendResult| result.as_ref().is_err_and(is_rejected);
    let all_rejected = sent.len() > 1 && sent.iter().all(is_rejection);
    sent.first().filter(|_| all_rejected).and_then(|(result, _)| result.as_ref().err()).map(ToString::to_string)
}

/// Whether the content of the batch was rejected, and nothing was written.
fn is_rejected(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::InvalidArgument => true,
        ErrorKind::Status => matches!(error.context().status, Some(400 | 413 | 422)) && !error.context().possibly_executed,
        _ => false,
    }
}
