//! Writes one contact's metadata, and creates the contact first where that is wished.

use std::sync::Arc;

use crate::api::{self, Operation, TableError};
use crate::client::config::Validate;
use crate::client::limit::Pace;
use crate::client::{CallOptions, Client, Failure, Kind, Lane, Value};

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
pub enum Wrote {
    Done,
    Skipped(&'static str),
    Lost(Failure),
}

/// Writes metadata to the contacts of one number.
#[derive(Debug)]
pub struct Writer {
    client: Arc<Client>,
    generation: u64,
    device: String,
    on_missing: OnMissing,
    upsert: &'static Operation,
    create: &'static Operation,
    options: CallOptions,
}

impl Writer {
    pub fn new(client: Arc<Client>, generation: u64, device: String, on_missing: OnMissing) -> Result<Self, TableError> {
        let (upsert, create) = (api::operation("contacts.upsert_metadata")?, api::operation("contacts.create")?);
        // The plan of the run has checked contact, keys and values already, once for each row.
        let options = CallOptions { validate: Some(Validate::Off), ..CallOptions::default() };
        Ok(Self { client, generation, device, on_missing, upsert, create, options })
    }

    /// Writes, and tells how many requests it took.
    pub async fn write(&self, contact: &str, pairs: Vec<(String, Value)>, pace: &Arc<Pace>) -> (Wrote, u32) {
        let metadata = Value::Map(pairs);
        let (first, mut sent) = self.put(contact, &metadata, pace).await;
        let failure = match first {
            Ok(()) => return (Wrote::Done, sent),
            Err(failure) => failure,
        };
        if !contact_is_missing(&failure) {
            return (Wrote::Lost(failure), sent);
        }
        match self.on_missing {
            OnMissing::Fail => (Wrote::Lost(failure), sent),
            OnMissing::Skip => (Wrote::Skipped("no such contact"), sent),
            OnMissing::Create => {
                let wrote = self.create_and_put(contact, &metadata, pace, &mut sent).await;
                (wrote, sent)
            }
        }
    }

    /// Creates the contact and writes again. After a creation whose outcome is unknown the write, which may be repeated,
    /// tells whether it happened.
    async fn create_and_put(&self, contact: &str, metadata: &Value, pace: &Arc<Pace>, sent: &mut u32) -> Wrote {
        let (created, calls) = self.create(contact, pace).await;
        *sent += calls;
        let unsure = match created {
            Ok(()) => None,
            Err(failure) if failure.details().status == Some(409) => None,
            Err(failure) if failure.kind() == Kind::OutcomeUnknown => Some(failure),
            Err(failure) => return Wrote::Lost(failure),
        };
        let (second, calls) = self.put(contact, metadata, pace).await;
        *sent += calls;
        match (second, unsure) {
            (Ok(()), _) => Wrote::Done,
            (Err(missing), Some(unsure)) if contact_is_missing(&missing) => Wrote::Lost(unsure),
            (Err(failure), _) => Wrote::Lost(failure),
        }
    }

    async fn put(&self, contact: &str, metadata: &Value, pace: &Arc<Pace>) -> (Result<(), Failure>, u32) {
        let arguments = [Value::Text(self.device.clone()), Value::Text(contact.to_owned()), metadata.clone()];
        self.send(self.upsert, &arguments, pace).await
    }

    async fn create(&self, contact: &str, pace: &Arc<Pace>) -> (Result<(), Failure>, u32) {
        let Some(digits) = contact.strip_suffix("@c.us") else {
            let problem = format!("({contact}) has no phone number, so it cannot be created");
            return (Err(Failure::argument(&self.create.name, "phone", &problem)), 0);
        };
        let arguments = self.create.parameters.iter().map(|parameter| match parameter.name.as_str() {
            "device" => Value::Text(self.device.clone()),
            "phone" => Value::Text(format!("+{digits}")),
            _ => Value::Null,
        });
        self.send(self.create, &arguments.collect::<Vec<_>>(), pace).await
    }

    async fn send(&self, operation: &Operation, arguments: &[Value], pace: &Arc<Pace>) -> (Result<(), Failure>, u32) {
        let mut request = match self.client.plan(operation, arguments, &self.options) {
            Ok(request) => request,
            Err(failure) => return (Err(failure), 0),
        };
        request.pace = Some(Arc::clone(pace));
        match self.client.send(&request, Lane::Background, self.generation).await {
            Ok(reply) => (reply.ensure_json(&request, &self.client.config.key), reply.attempts),
            Err(failure) => {
                let attempts = failure.details().attempts;
                (Err(failure), attempts)
            }
        }
    }
}

/// Whether the service does not have the contact; a device that it does not have is another matter.
fn contact_is_missing(failure: &Failure) -> bool {
    failure.details().status == Some(404) && failure.said() != Some("Device not found")
}
