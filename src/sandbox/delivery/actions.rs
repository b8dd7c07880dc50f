//! Actions of a message: changes to its chat and contact once it is sent.

use serde_json::Value;

use crate::sandbox::handlers::chats::attributes;
use crate::sandbox::handlers::contacts;
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::{Document, str_at};

/// Applies a message's actions in their order.
pub fn apply(state: &mut AccountState, message: &Document) {
    let Some((device, wid)) = str_at(message, "device").zip(str_at(message, "wid")) else { return };
    if message.get("sendReadAck") == Some(&Value::Bool(true)) {
        apply_one(state, device, wid, ("chat:read", &Value::Null));
    }
    for action in message.get("actions").and_then(Value::as_array).into_iter().flatten() {
        let name = action.get("action").and_then(Value::as_str).unwrap_or_default();
        apply_one(state, device, wid, (name, action.get("params").unwrap_or(&Value::Null)));
    }
}

fn apply_one(state: &mut AccountState, device: &str, wid: &str, (name, params): (&str, &Value)) {
    let (target, verb) = name.split_once(':').unwrap_or_default();
    let collection = if target == "metadata" { "contacts" } else { "chats" };
    let Some(document) = state.store.get_mut(collection, device, wid) else { return };
    match target {
        "metadata" => update_metadata(document, verb, params),
        "labels" => update_labels(document, verb, params),
        "chat" => update_chat(document, verb, params),
        _ => {}
    }
}

fn update_chat(chat: &mut Document, verb: &str, params: &Value) {
    let id = |name: &str| params.get(name).and_then(Value::as_str).map(str::to_owned);
    match verb {
        "assign" => attributes::assign(chat, id("agent"), id("department"), None),
        "unassign" => drop(chat.shift_remove("owner")),
        "resolve" => attributes::set_status(chat, "resolved"),
        "unresolve" => attributes::set_status(chat, "active"),
        "read" => attributes::set_unread(chat, false),
        "unread" => attributes::set_unread(chat, true),
        _ => {}
    }
}

fn update_labels(chat: &mut Document, verb: &str, params: &Value) {
    let update = match verb {
        "add" => attributes::add_labels,
        "remove" => attributes::remove_labels,
        _ => attributes::replace_labels,
    };
    update(chat, list(params, "labels"));
}

fn update_metadata(contact: &mut Document, verb: &str, params: &Value) {
    match verb {
        "remove" => contacts::remove_metadata(contact, list(params, "keys")),
        "set" => contacts::replace_all_metadata(contact, list(params, "metadata")),
        _ => contacts::merge_metadata(contact, list(params, "metadata")),
    }
}

fn list<'a>(params: &'a Value, name: &str) -> &'a [Value] {
    params.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}
