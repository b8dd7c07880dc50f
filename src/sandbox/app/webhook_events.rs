//! Webhook events of operations: changes to documents and to the session of a device.

use serde_json::Value;

use crate::sandbox::handlers::serializers;
use crate::sandbox::response::Response;
use crate::sandbox::state::document::Document;
use crate::sandbox::state::events::EventSubject;
use crate::sandbox::state::schemas::to_wid;
use crate::sandbox::state::{AccountState, schemas};
use crate::sandbox::validate::Call;

/// The event and the object of operations that change something, by the resource, which is also the collection.
const EVENTS: &[(&str, &str, &str)] = &[
    ("chats", "chat:update", "chat"),
    ("contacts", "contact:update", "contact"),
    ("groups", "group:update", "group"),
    ("messages", "message:update", "message"),
    ("user_status", "status:update", "status"),
];

/// Records an event for each document that a successful operation changed. Its data is the document, whatever the operation
/// answers: many answer with a note, or with counts.
pub fn record_change(state: &mut AccountState, call: &Call, response: &Response) {
    let resource = call.operation.name.split('.').next();
    let Some((collection, event, object)) = EVENTS.iter().find(|(collection, ..)| resource == Some(*collection)) else { return };
    if call.operation.method == http::Method::GET || response.status >= 300 {
        return;
    }
    let answer: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let documents = changed_documents(state, collection, call, &answer);
    if documents.is_empty() && call.operation.method == http::Method::DELETE {
        // The answer is the deleted document.
        let subject = EventSubject { object, id: call.id().to_owned() };
        state.record_webhook_event(event, call.device(), subject, |_| answer);
    }
    for (id, document) in documents {
        let subject = EventSubject { object, id };
        state.record_webhook_event(event, call.device(), subject, |state| data(state, collection, &document));
    }
}

/// The documents of the collection that the request or its answer names.
fn changed_documents(state: &AccountState, collection: &str, call: &Call, answer: &Value) -> Vec<(String, Document)> {
    let entries = call.items().iter().chain([call.body(), answer]);
    let fields = entries.flat_map(|entry| ["id", "wid", "phone"].map(|name| entry.get(name)));
    let named = fields.flatten().chain(call.list("chats")).chain(call.items()).filter_map(Value::as_str);
    let mut ids: Vec<String> = call.path().iter().map(String::as_str).chain(named).map(to_wid).collect();
    let mut seen = std::collections::HashSet::new();
    ids.retain(|id| seen.insert(id.clone()));
    let find = |id: String| Some((id.clone(), state.store.get(collection, call.device(), &id)?.clone()));
    ids.into_iter().filter_map(find).collect()
}

fn data(state: &AccountState, collection: &str, document: &Document) -> Value {
    match schemas::find(collection) {
        _ if collection == "messages" => serializers::event_data(state, document),
        Some(schema) => serializers::view(state, schema, document).into(),
        None => Value::Null,
    }
}

/// The session status of the device, for operations that may change it.
pub fn session_status(state: &AccountState, call: &Call) -> Option<String> {
    if !call.operation.name.starts_with("session.") {
        return None;
    }
    let device = state.store.get("devices", "", call.device())?;
    Some(state.session_status(device).to_owned())
}

/// Records an event if the session status is another than before the call.
pub fn record_session_change(state: &mut AccountState, call: &Call, before: Option<String>) {
    if before.is_some() && session_status(state, call) != before {
        record_session(state, call.device());
    }
}

/// Records the session event of a device.
pub fn record_session(state: &mut AccountState, device: &str) {
    let subject = EventSubject { object: "device", id: device.to_owned() };
    state.record_webhook_event("number:session", device, subject, |state| {
        let document = state.store.get("devices", "", device);
        document.map(|document| serializers::device(state, document).into()).unwrap_or_default()
    });
}
