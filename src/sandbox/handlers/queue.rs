//! The queue of a device.

use serde_json::{Value, json};

use crate::sandbox::handlers::serializers;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::document::{Document, entry_object, str_at};
use crate::sandbox::state::{AccountState, outbound};
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

/// Returns the status and size of a device's queue.
pub fn status(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    queue_response(state, call)
}

/// Appends the queued messages to the queue of another device.
pub fn route(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let target = call.text("device").unwrap_or_default();
    state.find("devices", "", target)?;
    outbound::route(state, call.device(), target);
    queue_response(state, call)
}

/// Sets the status of the queue; it takes effect immediately, with or without `force`.
pub fn set_status(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let device = state.find_mut("devices", "", call.device())?;
    if let Some(queue) = entry_object(device, "queue") {
        queue.insert("status".to_owned(), call.text("status").unwrap_or("active").into());
        queue.insert("statusUpdatedAt".to_owned(), timestamp::now().into());
    }
    queue_response(state, call)
}

/// Deletes the queued messages that match every filter.
pub fn empty(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let messages = state.store.documents("queue", call.device()).into_iter().flatten();
    let ids: Vec<String> = messages.filter(|(_, message)| matches(message, call)).map(|(id, _)| id.clone()).collect();
    ids.iter().for_each(|id| drop(outbound::remove(state, id)));
    queue_response(state, call)
}

fn matches(message: &Document, call: &Call) -> bool {
    let created = str_at(message, "createdAt").and_then(timestamp::parse).unwrap_or_default();
    let limit = |field: &str| call.text(field).and_then(timestamp::parse);
    let is_scheduled = message.contains_key("deliverAt");
    is_one_of(message, "id", call.field("ids"))
        && is_one_of(message, "phone", call.field("phones"))
        && is_one_of(message, "group", call.field("groups"))
        && limit("before").is_none_or(|limit| created < limit)
        && limit("after").is_none_or(|limit| created > limit)
        && !(is_scheduled && call.flag("skipScheduled"))
}

fn is_one_of(message: &Document, field: &str, allowed: Option<&Value>) -> bool {
    let Some(allowed) = allowed.and_then(Value::as_array) else { return true };
    message.get(field).is_some_and(|value| allowed.contains(value))
}

fn queue_response(state: &AccountState, call: &Call) -> Result<Response, ApiError> {
    let device = state.find("devices", "", call.device())?;
    let field = |name: &str| device.get(name).cloned().unwrap_or(Value::Null);
    let queue = serializers::queue(state, device);
    Ok(Response::ok(&json!({"id": field("id"), "phone": field("phone"), "alias": field("alias"), "queue": queue})))
}
