//! What operations work on: the documents, and which devices a fault keeps offline.

pub(crate) mod blob_store;
pub(crate) mod cascade;
pub(crate) mod delivery;
pub(crate) mod fixtures;
pub(crate) mod pairing;
pub(crate) mod schemas;
pub(crate) mod store;

use std::sync::Arc;

use std::collections::HashMap;

use crate::sandbox::response::ApiError;
use crate::sandbox::state::blob_store::BlobStore;
use crate::sandbox::state::delivery::DeliverySimulator;
use crate::sandbox::state::pairing::Pairing;
use crate::sandbox::state::store::{Document, Store, text_at};
use crate::sandbox::webhooks::events::WebhookLog;

/// Places of documents, in the order of a list.
pub type Order = Arc<[usize]>;

/// The documents and what is known besides them.
#[derive(Debug, Default)]
pub struct AccountState {
    pub store: Store,
    pub outbox: DeliverySimulator,
    pub hooks: WebhookLog,
    /// Files and pictures.
    pub contents: BlobStore,
    /// Devices that a fault keeps offline.
    offline: Vec<String>,
    last_list: Option<Remembered>,
    pairings: HashMap<String, Pairing>,
}

#[derive(Debug)]
struct Remembered {
    asked: String,
    version: u64,
    order: Order,
}

impl AccountState {
    /// A world with these documents, in which nothing has happened.
    pub fn of(store: Store) -> Self {
        Self { store, ..Self::default() }
    }

    /// The document, or the service's 404.
    pub fn find(&self, collection: &str, owner: &str, id: &str) -> Result<&Document, ApiError> {
        self.store.get(collection, owner, id).ok_or_else(|| not_found(collection))
    }

    /// The document to change, or the service's 404.
    pub fn find_mut(&mut self, collection: &str, owner: &str, id: &str) -> Result<&mut Document, ApiError> {
        self.store.get_mut(collection, owner, id).ok_or_else(|| not_found(collection))
    }

    /// The status of a device's session: what its document says, unless a fault keeps it offline.
    pub fn session_status<'a>(&self, device: &'a Document) -> &'a str {
        let kept_offline = text_at(device, "id").is_some_and(|id| self.offline.iter().any(|one| one == id));
        if kept_offline { "offline" } else { text_at(device, "session.status").unwrap_or_default() }
    }

    pub fn set_offline(&mut self, devices: Vec<String>) {
        if self.offline != devices {
            self.offline = devices;
            self.last_list = None;
        }
    }

    /// What connects a device.
    pub fn pairing(&mut self, device: &str) -> &mut Pairing {
        self.pairings.entry(device.to_owned()).or_insert_with(|| Pairing::of(device))
    }

    /// The order of the last list, if it was this one and nothing has changed since.
    pub fn remembered(&self, asked: &str) -> Option<Order> {
        let last = self.last_list.as_ref()?;
        (last.asked == asked && last.version == self.store.version()).then(|| last.order.clone())
    }

    pub fn remember(&mut self, asked: String, order: Order) {
        self.last_list = Some(Remembered { asked, version: self.store.version(), order });
    }
}

fn not_found(collection: &str) -> ApiError {
    let label = schemas::kind(collection).map_or("Document", |kind| kind.label);
    ApiError::new(404, format!("{label} not found"))
}
