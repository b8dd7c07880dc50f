//! The state of the account: documents, file contents, pairings, webhook logs, and the events that are not applied yet.

pub(crate) mod account_forms;
pub(crate) mod blob_store;
pub(crate) mod cascade;
pub(crate) mod document;
pub(crate) mod events;
pub(crate) mod facts;
pub(crate) mod fixtures;
pub(crate) mod outbound;
pub(crate) mod pairing;
pub(crate) mod schemas;
pub(crate) mod seed;
mod seed_chats;
pub(crate) mod store;
pub(crate) mod webhook_log;

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use crate::sandbox::response::ApiError;
use crate::sandbox::state::blob_store::BlobStore;
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::events::{EventSubject, MessageEvent, WebhookEvent, subscribers};
use crate::sandbox::state::pairing::Pairing;
use crate::sandbox::state::store::Store;
use crate::sandbox::state::webhook_log::WebhookLog;

/// Indices of documents, in the order of a list.
pub type Order = Arc<[usize]>;

/// What handlers read and change.
#[derive(Debug, Default)]
pub struct AccountState {
    pub store: Store,
    pub blobs: BlobStore,
    pub webhook_log: WebhookLog,
    message_events: Vec<MessageEvent>,
    webhook_events: Vec<WebhookEvent>,
    /// Devices that a fault keeps offline.
    offline: Vec<String>,
    cached_order: Option<CachedOrder>,
    pairings: HashMap<String, Pairing>,
}

#[derive(Debug)]
struct CachedOrder {
    key: String,
    version: u64,
    order: Order,
}

impl AccountState {
    /// An account with these documents, and nothing in flight.
    pub fn from_store(store: Store) -> Self {
        Self { store, ..Self::default() }
    }

    /// The document, or a 404.
    pub fn find(&self, collection: &str, owner: &str, id: &str) -> Result<&Document, ApiError> {
        self.store.get(collection, owner, id).ok_or_else(|| not_found(collection))
    }

    /// The document to change, or a 404.
    pub fn find_mut(&mut self, collection: &str, owner: &str, id: &str) -> Result<&mut Document, ApiError> {
        self.store.get_mut(collection, owner, id).ok_or_else(|| not_found(collection))
    }

    /// The session status of a device: `offline` while a fault keeps it offline.
    pub fn session_status<'a>(&self, device: &'a Document) -> &'a str {
        let is_offline = str_at(device, "id").is_some_and(|id| self.offline.iter().any(|device| device == id));
        if is_offline { "offline" } else { str_at(device, "session.status").unwrap_or_default() }
    }

    /// Sets which devices a fault keeps offline; the order of lists is computed again.
    pub fn set_offline(&mut self, devices: Vec<String>) {
        if self.offline != devices {
            self.offline = devices;
            self.cached_order = None;
        }
    }

    /// The pairing of a device, started on first use.
    pub fn pairing(&mut self, device: &str) -> &mut Pairing {
        self.pairings.entry(device.to_owned()).or_insert_with(|| Pairing::new(device))
    }

    /// The order of the last list, if it has this key and no document has changed since.
    pub fn cached_order(&self, key: &str) -> Option<Order> {
        let cached = self.cached_order.as_ref()?;
        (cached.key == key && cached.version == self.store.version()).then(|| cached.order.clone())
    }

    /// Keeps the order of a list until a document changes.
    pub fn cache_order(&mut self, key: String, order: Order) {
        self.cached_order = Some(CachedOrder { key, version: self.store.version(), order });
    }

    /// Records a change that the delivery simulator must know.
    pub fn record_message_event(&mut self, event: MessageEvent) {
        self.message_events.push(event);
    }

    /// Takes the recorded changes, oldest first.
    pub fn take_message_events(&mut self) -> Vec<MessageEvent> {
        std::mem::take(&mut self.message_events)
    }

    /// Records an event for webhooks; `data` is called only if a webhook subscribes to it.
    pub fn record_webhook_event(
        &mut self,
        name: &'static str,
        device: &str,
        subject: EventSubject,
        data: impl FnOnce(&Self) -> Value,
    ) {
        let subscribers = subscribers(&self.store, name, device);
        if !subscribers.is_empty() {
            let data = data(self);
            self.post_webhook_event(WebhookEvent { name, device: device.to_owned(), subject, data, subscribers });
        }
    }

    /// Posts an event to the webhooks that it names.
    pub fn post_webhook_event(&mut self, event: WebhookEvent) {
        self.webhook_events.push(event);
    }

    /// Takes the recorded webhook events, oldest first.
    pub fn take_webhook_events(&mut self) -> Vec<WebhookEvent> {
        std::mem::take(&mut self.webhook_events)
    }
}

fn not_found(collection: &str) -> ApiError {
    let label = schemas::find(collection).map_or("Document", |schema| schema.label);
    ApiError::new(404, format!("{label} not found"))
}
