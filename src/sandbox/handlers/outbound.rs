//! Outbound messages: updated while queued, deleted.

use serde_json::Value;

use crate::sandbox::handlers::serializers;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::{AccountState, outbound, schemas};
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

const RECEIVER_FIELDS: &[&str] = &["phone", "group", "channel", "chat"];

/// Changes a message that is still queued; 409 afterwards.
pub fn update(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let previous = state.find("outbound", "", call.id())?.clone();
    if str_at(&previous, "status") != Some("queued") {
        return Err(ApiError::new(409, "The message has left the queue: it cannot be changed"));
    }
    for (field, collection) in [("device", "devices"), ("agent", "users")] {
        call.text(field).map(|id| state.find(collection, "", id)).transpose()?;
    }
    let message = apply_changes(&previous, call);
    outbound::change(state, &previous, message.clone());
    Ok(Response::ok(&serializers::view(state, &schemas::OUTBOUND, &message)))
}

fn apply_changes(previous: &Document, call: &Call) -> Document {
    let mut message = previous.clone();
    if call.fields().any(|(field, _)| RECEIVER_FIELDS.contains(&field)) {
        RECEIVER_FIELDS.iter().for_each(|receiver| drop(message.shift_remove(*receiver)));
    }
    for (field, value) in call.fields().filter(|(field, _)| *field != "remove") {
        message.insert(field.to_owned(), value.clone());
    }
    if let Some(due) = call.text("deliverAt").and_then(timestamp::parse) {
        message.insert("deliverAt".to_owned(), timestamp::format(due).into());
    }
    let removed = call.strings("remove");
    removed.for_each(|path| remove_at(&mut message, path));
    message.insert("wid".to_owned(), outbound::receiver_wid(&message).into());
    message
}

/// Removes the value at a dotted path.
fn remove_at(document: &mut Document, path: &str) {
    match path.split_once('.') {
        Some((first, rest)) => {
            if let Some(inner) = document.get_mut(first).and_then(Value::as_object_mut) {
                remove_at(inner, rest);
            }
        }
        None => drop(document.shift_remove(path)),
    }
}

/// Deletes a message. A queued message is not sent any more; of a sent one only the record is deleted.
pub fn delete(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    state.find("outbound", "", call.id())?;
    let removed = outbound::remove(state, call.id()).unwrap_or_default();
    Ok(Response::ok(&serializers::view(state, &schemas::OUTBOUND, &removed)))
}
