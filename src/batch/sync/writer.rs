//! Writes the metadata of one contact; creates the contact first if it is missing and the run asks for that.

use std::str::FromStr;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use http::HeaderMap;

use crate::api::{self, ModelError, Operation};
use crate::batch::run_stats::RunStats;
use crate::batch::status::Status;
use crate::batch::sync::metadata_diff::{changed_pairs, clears, without_absent_clears};
use crate::batch::sync::resolver::{ContactResolver, ResolvePolicy, ResolvedWid, phone_of};
use crate::choice::parse_choice;
use crate::client::config::Validate;
use crate::client::observe::attempt_log::AttemptLog;
use crate::client::{CallOptions, Client, Error, ErrorKind, Response, RuntimeKind, Value};

/// The reason of a row that changes nothing.
pub const UNCHANGED: &str = "unchanged";
/// The reason of a row that the service accepted in bulk and that was not read back.
pub const UNVERIFIED: &str = "accepted, not read back";

/// What to do with a contact that does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnMissing {
    #[default]
    Fail,
    Create,
    Skip,
}

impl FromStr for OnMissing {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        parse_choice("on_missing", name, &[("fail", Self::Fail), ("create", Self::Create), ("skip", Self::Skip)])
    }
}

/// The result of a write.
#[derive(Debug)]
pub enum WriteResult {
    Written,
    /// Accepted in bulk and not read back.
    Unverified,
    Skipped(&'static str),
    Failed(Error),
    /// The service accepted the write, but the read-back does not confirm it.
    VerificationFailed(Status, String),
}

/// The hooks' part of a row: the log of its attempts, and the headers of its requests.
#[derive(Debug)]
pub struct RowInstrumentation {
    pub attempt_log: Arc<AttemptLog>,
    pub headers: HeaderMap,
}

/// The contact of a write, and what the write shares with its run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WriteContext<'a> {
    pub device: &'a str,
    pub contact: &'a str,
    pub stats: &'a RunStats,
    /// Set when the first request that changes data is sent.
    pub dispatched: &'a Arc<AtomicBool>,
    pub instrumentation: Option<&'a RowInstrumentation>,
    pub requests_sent: &'a AtomicU32,
    /// Set to the wid that was written, if the service reported another one than the number's own.
    pub resolved: &'a OnceLock<String>,
}

impl<'a> WriteContext<'a> {
    /// The same write to another contact.
    fn with_contact(&self, contact: &'a str) -> Self {
        Self { contact, ..*self }
    }

    /// Number of requests sent so far, retries included.
    pub fn requests_sent(&self) -> u32 {
        self.requests_sent.load(Ordering::Relaxed)
    }
}

/// Writes metadata to contacts.
#[derive(Debug)]
pub struct MetadataWriter {
    client: Arc<Client>,
    fork_generation: u64,
    on_missing: OnMissing,
    resolver: ContactResolver,
    /// Read the contact first, and write only the pairs that differ.
    diff_before_write: bool,
    get: &'static Operation,
    upsert: &'static Operation,
    create: &'static Operation,
    options: CallOptions,
}

impl MetadataWriter {
    /// A writer whose calls have the client's `options`.
    pub fn new(
        client: Arc<Client>,
        fork_generation: u64,
        on_missing: OnMissing,
        resolve: ResolvePolicy,
        diff_before_write: bool,
        options: CallOptions,
    ) -> Result<Self, ModelError> {
        Ok(Self {
            client,
            fork_generation,
            on_missing,
            resolver: ContactResolver::new(resolve)?,
            diff_before_write,
            get: api::operation("contacts.get")?,
            upsert: api::operation("contacts.upsert_metadata")?,
            create: api::operation("contacts.create")?,
            // The planner has validated contact, keys and values already, once per row.
            options: CallOptions { validate: Some(Validate::Off), ..options },
        })
    }

    /// Stores the wid that an earlier run looked up.
    pub fn remember_wid(&self, contact: &str, wid: String) {
        self.resolver.remember(contact, wid);
    }

    /// Writes the pairs to the contact.
    pub(crate) async fn write(&self, context: &WriteContext<'_>, pairs: Vec<(String, Value)>) -> WriteResult {
        self.write_or_fail(context, pairs).await.unwrap_or_else(WriteResult::Failed)
    }

    async fn write_or_fail(&self, context: &WriteContext<'_>, mut pairs: Vec<(String, Value)>) -> Result<WriteResult, Error> {
        let known = match self.resolver.policy {
            ResolvePolicy::All => Some(self.resolve(context).await?),
            ResolvePolicy::Missing => self.resolver.get(context.contact),
            ResolvePolicy::Off => None,
        };
        let is_current = self.resolver.policy == ResolvePolicy::Off || known.as_ref().is_some_and(|known| known.is_current);
        let mut wid = known.map_or_else(|| context.contact.to_owned(), |known| known.wid);
        let mut result = self.upsert_existing(&context.with_contact(&wid), &mut pairs).await;
        if !is_current && result.as_ref().is_err_and(is_contact_missing) {
            let resolved = self.look_up(context).await?.wid;
            if resolved != wid {
                wid = resolved;
                result = self.upsert_existing(&context.with_contact(&wid), &mut pairs).await;
            }
        }
        if wid != context.contact {
            let _ = context.resolved.set(wid.clone());
        }
        match result {
            Err(error) if is_contact_missing(&error) => match self.on_missing {
                OnMissing::Fail => Err(error),
                OnMissing::Skip => Ok(WriteResult::Skipped("no such contact")),
                OnMissing::Create => self.create_and_upsert(&context.with_contact(&wid), pairs).await,
            },
            result => result,
        }
    }

    /// The wid of the contact's number.
    async fn resolve(&self, context: &WriteContext<'_>) -> Result<ResolvedWid, Error> {
        match self.resolver.get(context.contact) {
            Some(known) => Ok(known),
            None => self.look_up(context).await,
        }
    }

    /// Asks the service for the wid of the contact's number.
    async fn look_up(&self, context: &WriteContext<'_>) -> Result<ResolvedWid, Error> {
        let Some(phone) = phone_of(context.contact) else {
            return Ok(ResolvedWid { wid: context.contact.to_owned(), is_current: true });
        };
        let response = self.send(self.resolver.operation, &[Value::String(phone)], context).await?;
        Ok(self.resolver.record(context.contact, &response.body))
    }

    async fn upsert_existing(&self, context: &WriteContext<'_>, pairs: &mut Vec<(String, Value)>) -> Result<WriteResult, Error> {
        if self.diff_before_write || pairs.iter().any(clears) {
            let response = self.fetch_contact(context).await?;
            let compare = if self.diff_before_write { changed_pairs } else { without_absent_clears };
            *pairs = compare(std::mem::take(pairs), &response.body);
            if pairs.is_empty() {
                return Ok(WriteResult::Skipped(UNCHANGED));
            }
        }
        self.upsert(context, pairs).await
    }

    /// Creates the contact and writes again. If the outcome of the creation is unknown, the write, which is idempotent, shows
    /// whether it happened.
    async fn create_and_upsert(&self, context: &WriteContext<'_>, mut pairs: Vec<(String, Value)>) -> Result<WriteResult, Error> {
        // A new contact has no key to clear.
        pairs.retain(|pair| !clears(pair));
        let unknown = match self.create(context).await {
            Ok(()) => None,
            Err(error) if error.context().status == Some(409) => None,
            Err(error) if error.kind() == ErrorKind::OutcomeUnknown => Some(error),
            Err(error) => return Err(error),
        };
        if pairs.is_empty() {
            return unknown.map_or(Ok(WriteResult::Written), Err);
        }
        match (self.upsert(context, &mut pairs).await, unknown) {
            (Err(missing), Some(unknown)) if is_contact_missing(&missing) => Err(unknown),
            (result, _) => result,
        }
    }

    /// Takes the pairs while they are written.
    async fn upsert(&self, context: &WriteContext<'_>, pairs: &mut Vec<(String, Value)>) -> Result<WriteResult, Error> {
        let text = |text: &str| Value::String(text.to_owned());
        let arguments = [text(context.device), text(context.contact), Value::Object(std::mem::take(pairs))];
        let result = self.send(self.upsert, &arguments, context).await;
        if let [_, _, Value::Object(sent)] = arguments {
            *pairs = sent;
        }
        result.map(|_| WriteResult::Written)
    }

    async fn create(&self, context: &WriteContext<'_>) -> Result<(), Error> {
        if phone_of(context.contact).is_none() {
            let message = format!("({}) has no phone number, so it cannot be created", context.contact);
            return Err(Error::argument(&self.create.name, "phone", &message));
        }
        self.send(self.create, &arguments(self.create, context), context).await.map(drop)
    }

    pub(crate) async fn fetch_contact(&self, context: &WriteContext<'_>) -> Result<Response, Error> {
        self.send(self.get, &arguments(self.get, context), context).await
    }

    /// Sends a call of the run, and adds its requests to those of the context.
    pub(crate) async fn send(
        &self,
        operation: &'static Operation,
        arguments: &[Value],
        context: &WriteContext<'_>,
    ) -> Result<Response, Error> {
        let mut request = self.client.build_request(operation, arguments, &self.options)?;
        context.stats.attach(&mut request);
        if let Some(instrumentation) = context.instrumentation {
            request.sinks.attempt_log = Some(Arc::clone(&instrumentation.attempt_log));
            request.http.headers.extend(instrumentation.headers.clone());
        }
        // A read changes nothing, so its outcome is never unknown.
        let is_read = [self.get, self.resolver.operation].iter().any(|read| read.name == operation.name);
        request.sinks.dispatched = (!is_read).then(|| Arc::clone(context.dispatched));
        let result = self.client.send(&request, RuntimeKind::Async, self.fork_generation).await;
        let attempts = result.as_ref().map_or_else(|error| error.context().attempts, |response| response.attempts);
        context.requests_sent.fetch_add(attempts, Ordering::Relaxed);
        let response = result?;
        response.validate_json(&request, &self.client.config.api_key)?;
        Ok(response)
    }
}

/// The arguments of an operation that needs only the contact.
fn arguments(operation: &Operation, context: &WriteContext<'_>) -> Vec<Value> {
    let argument = |name: &str| match name {
        "device" => Value::String(context.device.to_owned()),
        "contact" => Value::String(context.contact.to_owned()),
        "phone" => phone_of(context.contact).map_or(Value::Null, Value::String),
        _ => Value::Null,
    };
    operation.parameters.iter().map(|parameter| argument(&parameter.name)).collect()
}

/// Whether the contact does not exist. A missing device is another error.
fn is_contact_missing(error: &Error) -> bool {
    error.context().status == Some(404) && error.server_message() != Some("Device not found")
}
