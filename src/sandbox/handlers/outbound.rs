//! Messages that were given to the service to send: changed while they wait, taken away.

use serde_json::Value;

use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::facts;
use crate::sandbox::state::outbound;
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

const RECEIVERS: &[&str] = &["phone", "group", "channel", "chat"];

pub fn update(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let earlier = state.find("outbound", "", call.id())?.clone();
    if str_at(&earlier, "status") != Some("queued") {
        return Err(ApiError::new(409, "The message has left the queue: it cannot be changed"));
    }
    for (field, collection) in [("device", "devices"), ("agent", "users")] {
        call.text(field).map(|id| state.find(collection, "", id)).transpose()?;
    }
    let message = changed(&earlier, call);
    outbound::change(state, &earlier, message.clone());
    Ok(Response::ok(&facts::public_message(&message)))
}

fn changed(earlier: &Document, call: &Call) -> Document {
    let mut message = earlier.clone();
    if call.fields().any(|(field, _)| RECEIVERS.contains(&field)) {
        RECEIVERS.iter().for_each(|receiver| drop(message.shift_remove(*receiver)));
    }
    for (field, value) in call.fields().filter(|(field, _)| *field != "remove") {
        message.insert(field.to_owned(), value.clone());
    }
    if let Some(moment) = call.text("deliverAt").and_then(timestamp::read) {
        message.insert("deliverAt".to_owned(), timestamp::written(moment).into());
    }
    let removed = call.field("remove").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    removed.for_each(|path| empty(&mut message, path));
    message.insert("wid".to_owned(), outbound::receiver_wid(&message).into());
    message
}

/// Takes away the value at a path of keys.
fn empty(document: &mut Document, path: &str) {
    match path.split_once('.') {
        Some((first, rest)) => {
            if let Some(inner) = document.get_mut(first).and_then(Value::as_object_mut) {
                empty(inner, rest);
            }
        }
        None => drop(document.shift_remove(path)),
    }
}

/// A message that waits is not sent any more; of one that was sent only the record goes.
pub fn delete(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    state.find("outbound", "", call.id())?;
    let removed = outbound::remove(state, call.id()).unwrap_or_default();
    Ok(Response::ok(&facts::public_message(&removed)))
}
