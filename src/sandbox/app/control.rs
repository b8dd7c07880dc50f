//! What tests control: documents, faults, the request log, inbound messages, and when deliveries happen.

use serde_json::Value;

use crate::sandbox::app::{App, webhook_events};
use crate::sandbox::delivery;
use crate::sandbox::delivery::DeliverySimulator;
use crate::sandbox::faults::FaultError;
use crate::sandbox::handlers::session;
use crate::sandbox::request_log::RecordedRequest;
use crate::sandbox::response::ApiError;
use crate::sandbox::state::seed::SeedError;
use crate::sandbox::state::{AccountState, schemas, seed};
use crate::sandbox::webhooks::outbox::{WebhookDeliveryOptions, WebhookOutbox};
use crate::sandbox::webhooks::signing::Signing;

impl App {
    /// Restores the initial documents; clears the faults and the request log.
    pub fn reset(&self) {
        let account = AccountState::from_store(self.fixtures.clone());
        let mut state = self.state();
        state.account = account;
        state.simulator = DeliverySimulator::default();
        state.webhooks = WebhookOutbox::default();
        state.generation += 1;
        state.faults.clear();
        state.request_log.clear();
    }

    /// Adds documents to the account. Fails, without effect, if one of them is invalid.
    pub fn seed(&self, documents: Value) -> Result<(), SeedError> {
        seed::seed(&mut self.state().account.store, documents)?;
        self.rescheduled.notify_one();
        Ok(())
    }

    /// Connects a device whose session waits for its code to be scanned.
    pub fn scan(&self, device: &str, phone: Option<String>) -> Result<(), ApiError> {
        let mut state = self.state();
        session::connect(&mut state.account, device, phone)?;
        webhook_events::record_session(&mut state.account, device);
        self.apply_events(&mut state);
        self.rescheduled.notify_one();
        Ok(())
    }

    /// Causes an incoming event, and returns the message or group that it is about.
    pub fn receive(&self, event: &Value) -> Result<Value, ApiError> {
        let mut state = self.advance_and_lock();
        let subject = delivery::receive(&mut state.account, event)?;
        self.apply_events(&mut state);
        Ok(subject.into())
    }

    /// Runs every step of every message; those of scheduled messages only with `scheduled`. The webhook deliveries are
    /// in flight when this returns.
    pub fn settle(&self, scheduled: bool) {
        let mut guard = self.state();
        let state = &mut *guard;
        state.simulator.drain(&mut state.account, scheduled);
        self.flush_webhooks(state);
    }

    /// Changes how webhooks are delivered; deferred deliveries are dispatched with the earlier options.
    pub fn set_webhook_delivery(&self, options: &Value) -> Result<(), ApiError> {
        let options = WebhookDeliveryOptions::from_json(options)?;
        let mut state = self.state();
        self.flush_webhooks(&mut state);
        state.webhooks.options = options;
        Ok(())
    }

    /// The recorded requests, oldest first, without the API key.
    /// Signs the webhook deliveries that follow, until a reset; without a key they are not signed.
    pub fn set_webhook_signature(&self, options: &Value) -> Result<(), ApiError> {
        self.state().webhooks.signing = Signing::from_json(options)?;
        Ok(())
    }

    /// The recorded requests, oldest first.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state().request_log.list(&self.options.api_key)
    }

    /// Forgets the recorded requests.
    pub fn clear_requests(&self) {
        self.state().request_log.clear();
    }

    /// Adds a fault and returns its ID, which `remove_fault` takes.
    pub fn add_fault(&self, fault: Value) -> Result<u64, FaultError> {
        let mut state = self.state();
        let id = state.faults.add(fault)?;
        state.refresh_offline();
        Ok(id)
    }

    /// Removes a fault; false if there is none with this ID.
    pub fn remove_fault(&self, id: u64) -> bool {
        let mut state = self.state();
        let removed = state.faults.remove(id);
        state.refresh_offline();
        self.rescheduled.notify_one();
        removed
    }

    /// Removes all faults, and restores the default webhook delivery.
    pub fn clear_faults(&self) {
        let mut state = self.state();
        state.faults.clear();
        self.flush_webhooks(&mut state);
        state.webhooks.options = WebhookDeliveryOptions::default();
        state.refresh_offline();
        self.rescheduled.notify_one();
    }

    /// The faults that still apply.
    pub fn faults(&self) -> Value {
        serde_json::to_value(self.state().faults.list()).unwrap_or_default()
    }

    /// The number of documents in each collection.
    pub fn counts(&self) -> Value {
        serde_json::to_value(self.advance_and_lock().account.store.counts()).unwrap_or_default()
    }

    /// The stored documents of a collection, or `None` if there is no such collection.
    pub fn documents(&self, collection: &str) -> Option<Vec<Value>> {
        schemas::find(collection)?;
        Some(self.advance_and_lock().account.store.all(collection).cloned().map(Value::Object).collect())
    }
}
