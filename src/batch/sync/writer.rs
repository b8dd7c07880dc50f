//! Writes one contact's metadata, and creates the contact first where that is wished.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use http::HeaderMap;

use crate::api::{self, ModelError, Operation};
use crate::batch::sync::metadata_diff;
use crate::batch::sync::outcome::Status;
use crate::client::config::Validate;
use crate::client::observe::attempt_log::AttemptLog;
use crate::client::observe::latency::{HistogramSnapshot, LatencyHistogram};
use crate::client::rate_limit::limiter::RateLimiter;
use crate::client::{CallOptions, Client, Error, ErrorKind, Response, RuntimeKind, Value};

/// Why a row is skipped that holds nothing new.
pub const UNCHANGED: &str = "unchanged";
/// Of a row that the service accepted in bulk, and nobody has looked at since.
pub const NOT_READ_BACK: &str = "accepted, not read back";
/// How the wid of a contact with a phone number ends.
pub(crate) const NUMBER: &str = "@c.us";

/// What to do with a contact that the service does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnMissing {
    #[default]
    Fail,
    Create,
    Skip,
}

impl OnMissing {
    /// The choice called `fail`, `create` or `skip`.
    pub fn named(name: &str) -> Result<Self, String> {
        match name {
            "fail" => Ok(Self::Fail),
            "create" => Ok(Self::Create),
            "skip" => Ok(Self::Skip),
            _ => Err(format!("on_missing={name:?} is none of fail, create, skip")),
        }
    }
}

/// What came of a write.
#[derive(Debug)]
pub enum WriteResult {
    Done,
    /// In bulk, and not looked at.
    Accepted,
    Skipped(&'static str),
    Lost(Error),
    /// The service accepted it, and what was read back says otherwise.
    NotHeld(Status, String),
}

/// What hooks have to do with a row: where its attempts are noted down, and the headers of its requests.
#[derive(Debug)]
pub struct RowInstrumentation {
    pub notes: Arc<AttemptLog>,
    pub headers: HeaderMap,
}

/// Whom a write is for, and what ties it to its run.
#[derive(Debug, Clone, Copy)]
pub struct WriteContext<'a> {
    pub device: &'a str,
    pub contact: &'a str,
    pub pace: &'a Arc<RateLimiter>,
    /// Set when the first request goes out that changes anything.
    pub begun: &'a Arc<AtomicBool>,
    pub watched: Option<&'a RowInstrumentation>,
}

/// Writes metadata to contacts.
#[derive(Debug)]
pub struct MetadataWriter {
    client: Arc<Client>,
    generation: u64,
    on_missing: OnMissing,
    /// Read the contact first, and write only what differs.
    compares: bool,
    read: &'static Operation,
    upsert: &'static Operation,
    create: &'static Operation,
    options: CallOptions,
    latencies: Arc<LatencyHistogram>,
}

impl MetadataWriter {
    /// `options` are those of the client, for each of its calls.
    pub fn new(
        client: Arc<Client>,
        generation: u64,
        on_missing: OnMissing,
        compares: bool,
        options: CallOptions,
    ) -> Result<Self, ModelError> {
        let (upsert, create) = (api::operation("contacts.upsert_metadata")?, api::operation("contacts.create")?);
        let read = api::operation("contacts.get")?;
        // The plan of the run has checked contact, keys and values already, once for each row.
        let options = CallOptions { validate: Some(Validate::Off), ..options };
        let latencies = Arc::default();
        Ok(Self { client, generation, on_missing, compares, read, upsert, create, options, latencies })
    }

    /// How long the answers took.
    pub fn measured(&self) -> HistogramSnapshot {
        self.latencies.measured()
    }

    /// Writes, and tells how many requests it took.
    pub async fn write(&self, write: &WriteContext<'_>, pairs: Vec<(String, Value)>) -> (WriteResult, u32) {
        let (first, pairs, mut sent) = self.write_known(write, pairs).await;
        let failure = match first {
            Ok(wrote) => return (wrote, sent),
            Err(failure) => failure,
        };
        if !contact_is_missing(&failure) {
            return (WriteResult::Lost(failure), sent);
        }
        match self.on_missing {
            OnMissing::Fail => (WriteResult::Lost(failure), sent),
            OnMissing::Skip => (WriteResult::Skipped("no such contact"), sent),
            OnMissing::Create => {
                let wrote = self.create_and_put(write, &pairs, &mut sent).await;
                (wrote, sent)
            }
        }
    }

    /// Writes to a contact that is there; gives the pairs back for one that is not.
    async fn write_known(
        &self,
        write: &WriteContext<'_>,
        pairs: Vec<(String, Value)>,
    ) -> (Result<WriteResult, Error>, Value, u32) {
        let mut read = 0;
        let mut pairs = pairs;
        if self.compares {
            let (reply, sent) = self.look(write).await;
            read = sent;
            match reply {
                Ok(reply) => pairs = metadata_diff::differing(pairs, &reply.body),
                Err(failure) => return (Err(failure), Value::Map(pairs), read),
            }
            if pairs.is_empty() {
                return (Ok(WriteResult::Skipped(UNCHANGED)), Value::Null, read);
            }
        }
        let pairs = Value::Map(pairs);
        let (put, sent) = self.put(write, &pairs).await;
        (put.map(|()| WriteResult::Done), pairs, read + sent)
    }

    /// Creates the contact and writes again. After a creation whose outcome is unknown the write, which may be repeated,
    /// tells whether it happened.
    async fn create_and_put(&self, write: &WriteContext<'_>, metadata: &Value, sent: &mut u32) -> WriteResult {
        let (created, calls) = self.create(write).await;
        *sent += calls;
        let unsure = match created {
            Ok(()) => None,
            Err(failure) if failure.details().status == Some(409) => None,
            Err(failure) if failure.kind() == ErrorKind::OutcomeUnknown => Some(failure),
            Err(failure) => return WriteResult::Lost(failure),
        };
        let (second, calls) = self.put(write, metadata).await;
        *sent += calls;
        match (second, unsure) {
            (Ok(()), _) => WriteResult::Done,
            (Err(missing), Some(unsure)) if contact_is_missing(&missing) => WriteResult::Lost(unsure),
            (Err(failure), _) => WriteResult::Lost(failure),
        }
    }

    async fn put(&self, write: &WriteContext<'_>, metadata: &Value) -> (Result<(), Error>, u32) {
        let arguments = [Value::Text(write.device.to_owned()), Value::Text(write.contact.to_owned()), metadata.clone()];
        let (reply, sent) = self.send(self.upsert, &arguments, write).await;
        (reply.map(drop), sent)
    }

    async fn create(&self, write: &WriteContext<'_>) -> (Result<(), Error>, u32) {
        if !write.contact.ends_with(NUMBER) {
            let problem = format!("({}) has no phone number, so it cannot be created", write.contact);
            return (Err(Error::argument(&self.create.name, "phone", &problem)), 0);
        }
        let (reply, sent) = self.send(self.create, &self.arguments(self.create, write), write).await;
        (reply.map(drop), sent)
    }

    /// Reads the contact.
    pub(crate) async fn look(&self, write: &WriteContext<'_>) -> (Result<Response, Error>, u32) {
        self.send(self.read, &self.arguments(self.read, write), write).await
    }

    /// The arguments of an operation that needs no more than to know the contact.
    fn arguments(&self, operation: &Operation, write: &WriteContext<'_>) -> Vec<Value> {
        let arguments = operation.parameters.iter().map(|parameter| match parameter.name.as_str() {
            "device" => Value::Text(write.device.to_owned()),
            "contact" => Value::Text(write.contact.to_owned()),
            "phone" => Value::Text(format!("+{}", write.contact.trim_end_matches(NUMBER))),
            _ => Value::Null,
        });
        arguments.collect()
    }

    pub(crate) async fn send(
        &self,
        operation: &Operation,
        arguments: &[Value],
        write: &WriteContext<'_>,
    ) -> (Result<Response, Error>, u32) {
        let mut request = match self.client.plan(operation, arguments, &self.options) {
            Ok(request) => request,
            Err(failure) => return (Err(failure), 0),
        };
        request.pace = Some(Arc::clone(write.pace));
        request.latencies = Some(Arc::clone(&self.latencies));
        if let Some(watched) = write.watched {
            request.notes = Some(Arc::clone(&watched.notes));
            request.headers.extend(watched.headers.clone());
        }
        // A read leaves nothing in doubt.
        request.begun = (operation.name != self.read.name).then(|| Arc::clone(write.begun));
        match self.client.send(&request, RuntimeKind::Async, self.generation).await {
            Ok(reply) => {
                let sent = reply.attempts;
                let readable = reply.ensure_json(&request, &self.client.config.key);
                (readable.map(|()| reply), sent)
            }
            Err(failure) => {
                let attempts = failure.details().attempts;
                (Err(failure), attempts)
            }
        }
    }
}

/// Whether the service does not have the contact; a device that it does not have is another matter.
fn contact_is_missing(failure: &Error) -> bool {
    failure.details().status == Some(404) && failure.said() != Some("Device not found")
}
