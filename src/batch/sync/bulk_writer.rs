//! Writes the metadata of many contacts by one call. That this call takes metadata, and that it keeps the keys it is not given, is
//! assumed: some rows are read before and after, and a run ends where they show otherwise.

use std::iter::repeat_n;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::api::{self, ModelError, Operation};
use crate::batch::sync::devices::pauses;
use crate::batch::sync::metadata_diff;
use crate::batch::sync::outcome::Status;
use crate::batch::sync::writer::{MetadataWriter, NUMBER, WriteContext, WriteResult};
use crate::client::{Error, ErrorKind, Response, Value};

/// How rows are put together.
#[derive(Debug, Clone, Copy)]
pub struct BulkConfig {
    /// Rows of a call.
    pub rows: usize,
    /// Rows that are read back of each batch until one has held, and later one row in so many.
    pub first_sample: usize,
    pub sample_every: usize,
    /// How long a row may take to show: the service may write later than it answers.
    pub patience: Duration,
}

/// What was read back.
#[derive(Debug, Clone, Default)]
pub struct VerificationStats {
    pub read_back: usize,
    pub held: usize,
    /// Why nothing more may be written in bulk.
    pub refuted: Option<String>,
}

/// What a worker may take from the line.
#[derive(Debug, Clone, Copy)]
pub struct DequeueLimit {
    pub most: usize,
    /// Nothing beside what is under way.
    pub alone: bool,
    pub is_over: bool,
}

impl DequeueLimit {
    pub const SINGLE: Self = Self { most: 1, alone: false, is_over: false };
}

/// A contact and its metadata.
#[derive(Debug)]
pub struct Entry {
    pub contact: String,
    pub pairs: Vec<(String, Value)>,
}

/// What a contact that was read back shows.
#[derive(Debug)]
enum Finding {
    Held,
    /// It can't be read.
    Unread,
    Wrong(String),
    /// Keys are gone that the row does not name.
    Destroyed(String),
}

/// Writes in bulk, and knows what the sample says.
#[derive(Debug)]
pub struct BulkWriter {
    batching: BulkConfig,
    create: &'static Operation,
    /// Rows that went into batches.
    rows: AtomicUsize,
    sample: Mutex<VerificationStats>,
}

impl BulkWriter {
    pub fn new(batching: BulkConfig) -> Result<Self, ModelError> {
        let create = api::operation("contacts.bulk_create")?;
        Ok(Self { batching, create, rows: AtomicUsize::new(0), sample: Mutex::default() })
    }

    pub fn sample(&self) -> VerificationStats {
        self.known().clone()
    }

    /// Until a row has held, one batch goes at a time: a service that does otherwise than assumed is not to be found out by hundreds.
    pub fn intake(&self) -> DequeueLimit {
        let known = self.known();
        DequeueLimit { most: self.batching.rows.max(1), alone: known.held == 0, is_over: known.refuted.is_some() }
    }

    /// Writes different contacts of one device: what came of each, and the requests that it took all together.
    pub async fn write(
        &self,
        writer: &MetadataWriter,
        write: &WriteContext<'_>,
        entries: &[Entry],
    ) -> (Vec<(WriteResult, u32)>, u32) {
        let chosen = self.choose(entries);
        let mut calls = 0;
        let mut before = Vec::with_capacity(chosen.len());
        for entry in chosen.iter().filter_map(|index| entries.get(*index)) {
            before.push(self.keys(writer, write, entry, &mut calls).await);
        }
        let sent = self.send(writer, write, entries, &mut calls).await;
        let accepted = chosen.into_iter().zip(before).filter(|(index, _)| matches!(sent.get(*index), Some((Ok(()), _))));
        let found = self.look(writer, write, entries, accepted.collect(), &mut calls).await;
        self.learn(&sent, &found);
        (judged(sent, &found), calls)
    }

    /// The rows to read back.
    fn choose(&self, entries: &[Entry]) -> Vec<usize> {
        let count = entries.len();
        let number = self.rows.fetch_add(count, Ordering::Relaxed);
        let BulkConfig { first_sample, sample_every, .. } = self.batching;
        if self.intake().alone {
            let some = first_sample.min(count);
            return (0..some).map(|place| place * count / some).collect();
        }
        (0..count).filter(|index| (number + index).is_multiple_of(sample_every.max(1))).collect()
    }

    /// The keys that the contact has now; None where they can't be read.
    async fn keys(
        &self,
        writer: &MetadataWriter,
        write: &WriteContext<'_>,
        entry: &Entry,
        calls: &mut u32,
    ) -> Option<Vec<String>> {
        let (reply, sent) = writer.look(&WriteContext { contact: &entry.contact, ..*write }).await;
        *calls += sent;
        match reply {
            Ok(reply) => metadata_diff::keys_of(&reply.body),
            Err(failure) if failure.details().status == Some(404) => Some(Vec::new()),
            Err(_) => None,
        }
    }

    /// Sends all rows; a batch that the service refuses for what is in it is sent again in halves, so that a row fails alone.
    async fn send(
        &self,
        writer: &MetadataWriter,
        write: &WriteContext<'_>,
        entries: &[Entry],
        calls: &mut u32,
    ) -> Vec<(Result<(), Error>, u32)> {
        let mut found = Vec::with_capacity(entries.len());
        let mut waiting = vec![entries];
        while let Some(part) = waiting.pop() {
            let (answer, sent) = self.send_part(writer, write, part).await;
            *calls += sent;
            match answer {
                Err(failure) if part.len() > 1 && is_refusal(&failure) => {
                    let (first, second) = part.split_at(part.len() / 2);
                    waiting.extend([second, first]);
                }
                answer => found.extend(repeat_n((answer, sent), part.len())),
            }
        }
        found
    }

    async fn send_part(&self, writer: &MetadataWriter, write: &WriteContext<'_>, part: &[Entry]) -> (Result<(), Error>, u32) {
        if let [Entry { contact, .. }] = part
            && !contact.ends_with(NUMBER)
        {
            let problem = format!("({contact}) has no phone number, so it can't be written in bulk");
            return (Err(Error::argument(&self.create.name, "phone", &problem)), 0);
        }
        if part.iter().any(|entry| !entry.contact.ends_with(NUMBER)) {
            // Halved until it is alone, as one that the service refuses.
            return (Err(Error::argument(&self.create.name, "phone", "is lacking")), 0);
        }
        let (reply, sent) = writer.send(self.create, &self.arguments(write.device, part), write).await;
        (reply.map(drop), sent)
    }

    fn arguments(&self, device: &str, part: &[Entry]) -> Vec<Value> {
        let contact = |entry: &Entry| {
            let phone = format!("+{}", entry.contact.trim_end_matches(NUMBER));
            let metadata = Value::Map(entry.pairs.clone());
            Value::Map(vec![("phone".to_owned(), Value::Text(phone)), ("metadata".to_owned(), metadata)])
        };
        let argument = |name: &str| match name {
            "device" => Value::Text(device.to_owned()),
            "contacts" => Value::List(part.iter().map(contact).collect()),
            _ => Value::Null,
        };
        self.create.parameters.iter().map(|parameter| argument(&parameter.name)).collect()
    }

    /// Reads contacts until they have what was written, or are not expected to have it any more.
    async fn look(
        &self,
        writer: &MetadataWriter,
        write: &WriteContext<'_>,
        entries: &[Entry],
        mut left: Vec<(usize, Option<Vec<String>>)>,
        calls: &mut u32,
    ) -> Vec<(usize, Finding)> {
        let mut found = Vec::with_capacity(left.len());
        let mut later = pauses(self.batching.patience);
        loop {
            let (mut doubtful, mut again) = (Vec::new(), Vec::new());
            for (index, before) in left {
                let Some(entry) = entries.get(index) else { continue };
                let (reply, sent) = writer.look(&WriteContext { contact: &entry.contact, ..*write }).await;
                *calls += sent;
                match seen(entry, before.as_deref(), reply) {
                    finding @ (Finding::Held | Finding::Unread) => found.push((index, finding)),
                    finding => {
                        doubtful.push((index, finding));
                        again.push((index, before));
                    }
                }
            }
            let Some(pause) = later.next().filter(|_| !again.is_empty()) else {
                found.extend(doubtful);
                return found;
            };
            tokio::time::sleep(pause).await;
            left = again;
        }
    }

    fn learn(&self, sent: &[(Result<(), Error>, u32)], found: &[(usize, Finding)]) {
        let mut known = self.known();
        let is_first = known.held == 0;
        let wrong = |finding: &Finding| match finding {
            Finding::Wrong(said) | Finding::Destroyed(said) => Some(said.clone()),
            Finding::Held | Finding::Unread => None,
        };
        known.read_back += found.iter().filter(|(_, finding)| !matches!(finding, Finding::Unread)).count();
        known.held += found.iter().filter(|(_, finding)| matches!(finding, Finding::Held)).count();
        let destroyed = found.iter().find(|(_, finding)| matches!(finding, Finding::Destroyed(_)));
        let first_wrong = found.iter().find_map(|(_, finding)| wrong(finding));
        let refused = || match sent.first() {
            Some((Err(failure), _)) if sent.len() > 1 && sent.iter().all(|(answer, _)| refuses(answer)) => {
                Some(failure.to_string())
            }
            _ => None,
        };
        known.refuted = known.refuted.take().or_else(|| match destroyed {
            Some((_, finding)) => wrong(finding),
            None if is_first && known.held == 0 => first_wrong.or_else(refused),
            None => None,
        });
    }

    fn known(&self) -> MutexGuard<'_, VerificationStats> {
        self.sample.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn seen(entry: &Entry, before: Option<&[String]>, reply: Result<Response, Error>) -> Finding {
    match reply {
        Ok(reply) => compared(entry, before, &reply.body),
        Err(failure) if failure.details().status == Some(404) => Finding::Wrong("there is no such contact".to_owned()),
        Err(_) => Finding::Unread,
    }
}

fn compared(entry: &Entry, before: Option<&[String]>, body: &[u8]) -> Finding {
    let Some(now) = metadata_diff::keys_of(body) else { return Finding::Unread };
    let gone: Vec<_> = before.unwrap_or_default().iter().filter(|key| !now.contains(*key)).map(String::as_str).collect();
    if !gone.is_empty() {
        return Finding::Destroyed(format!("the contact has lost {}, which the row does not name", gone.join(", ")));
    }
    let differing = metadata_diff::differing(entry.pairs.clone(), body);
    if differing.is_empty() {
        return Finding::Held;
    }
    let keys: Vec<_> = differing.iter().map(|(key, _)| key.as_str()).collect();
    Finding::Wrong(format!("the contact has not what was written to {}", keys.join(", ")))
}

/// The rows of a batch with what was found out: those that were not looked at share the doubt about those that were.
fn judged(sent: Vec<(Result<(), Error>, u32)>, found: &[(usize, Finding)]) -> Vec<(WriteResult, u32)> {
    let doubt = found.iter().find_map(|(_, finding)| match finding {
        Finding::Wrong(said) | Finding::Destroyed(said) => Some(said),
        Finding::Held | Finding::Unread => None,
    });
    let judge = |index: usize| match found.iter().find(|(place, _)| *place == index).map(|(_, finding)| finding) {
        Some(Finding::Held) => WriteResult::Done,
        Some(Finding::Wrong(said) | Finding::Destroyed(said)) => {
            WriteResult::NotHeld(Status::Failed, format!("accepted in bulk, but {said} when it was read back"))
        }
        Some(Finding::Unread) | None => match doubt {
            Some(said) => {
                WriteResult::NotHeld(Status::Unknown, format!("accepted in bulk with a row that was read back: {said}"))
            }
            None => WriteResult::Accepted,
        },
    };
    let wrote = sent.into_iter().enumerate().map(|(index, (answer, attempts))| match answer {
        Ok(()) => (judge(index), attempts),
        Err(failure) => (WriteResult::Lost(failure), attempts),
    });
    wrote.collect()
}

fn refuses(answer: &Result<(), Error>) -> bool {
    answer.as_ref().is_err_and(is_refusal)
}

/// Whether something in the batch is to blame, and nothing was written.
fn is_refusal(failure: &Error) -> bool {
    match failure.kind() {
        ErrorKind::InvalidArgument => true,
        ErrorKind::Status => matches!(failure.details().status, Some(400 | 413 | 422)) && !failure.details().maybe_executed,
        _ => false,
    }
}
