//! Messages that were given to the service to send: changed while they wait, taken away.

use serde_json::Value;

use crate::sandbox::handlers::send;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::delivery;
use crate::sandbox::state::store::{Document, text_at};
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

const RECEIVERS: &[&str] = &["phone", "group", "channel", "chat"];

pub fn update(world: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let earlier = world.find("outbound", "", call.id())?.clone();
    if text_at(&earlier, "status") != Some("queued") {
        return Err(ApiError::new(409, "The message has left the queue: it cannot be changed"));
    }
    for (field, collection) in [("device", "devices"), ("agent", "users")] {
        call.text(field).map(|id| world.find(collection, "", id)).transpose()?;
    }
    let message = changed(&earlier, call);
    delivery::change(world, &earlier, message.clone());
    Ok(Response::ok(&send::answered(&message)))
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
    message.insert("wid".to_owned(), send::wid(&message).into());
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
pub fn delete(world: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    world.find("outbound", "", call.id())?;
    let removed = delivery::remove(world, call.id()).unwrap_or_default();
    Ok(Response::ok(&send::answered(&removed)))
}
