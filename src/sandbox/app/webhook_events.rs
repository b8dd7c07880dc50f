//! Webhook events of operations: changes to documents and to the session of a device.

use serde_json::Value;

use crate::sandbox::handlers::serializers;
use crate::sandbox::response::Response;
use crate::sandbox::state::AccountState;
use crate::sandbox::state::events::EventSubject;
use crate::sandbox::validate::Call;

/// The event and the object of operations that change something, by the prefix of the operation's name.
const EVENTS: &[(&str, &str, &str)] = &[
    ("chats.", "chat:update", "chat"),
    ("contacts.", "contact:update", "contact"),
    ("groups.", "group:update", "group"),
    ("messages.", "message:update", "message"),
    ("user_status.", "status:update", "status"),
];

/// Records the event of a successful operation that changed a document.
pub fn record_change(state: &mut AccountState, call: &Call, response: &Response) {
    let name = call.operation.name.as_str();
    let Some((_, event, object)) = EVENTS.iter().find(|(prefix, ..)| name.starts_with(prefix)) else { return };
    if call.operation.method == http::Method::GET || response.status >= 300 {
        return;
    }
    let data: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    // The path of a create operation ends with the device: the new id is in the response only.
    let new_id = data.get("id").and_then(Value::as_str).filter(|_| call.id() == call.device());
    let subject = EventSubject { object, id: new_id.unwrap_or(call.id()).to_owned() };
    state.record_webhook_event(event, call.device(), subject, |_| data);
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
