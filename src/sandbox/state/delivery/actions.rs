//! What a message asks to be done with its chat once it is sent.

use serde_json::Value;

use crate::sandbox::handlers::chats::attributes;
use crate::sandbox::handlers::contacts;
use crate::sandbox::state::AccountState;
use crate::sandbox::state::store::{Document, text_at};

/// Does what the message asks for, in its order.
pub fn act(world: &mut AccountState, message: &Document) {
    let Some((device, wid)) = text_at(message, "device").zip(text_at(message, "wid")) else { return };
    if message.get("sendReadAck") == Some(&Value::Bool(true)) {
        with_chat(world, device, wid, |chat| attributes::set_unread(chat, false));
    }
    for action in message.get("actions").and_then(Value::as_array).into_iter().flatten() {
        let name = action.get("action").and_then(Value::as_str).unwrap_or_default();
        let given = action.get("params").cloned().unwrap_or_default();
        match name.split_once(':') {
            Some(("metadata", how)) => {
                if let Some(contact) = world.store.get_mut("contacts", device, wid) {
                    change_metadata(contact, how, &given);
                }
            }
            Some(("labels", how)) => with_chat(world, device, wid, |chat| change_labels(chat, how, &given)),
            _ => with_chat(world, device, wid, |chat| change_chat(chat, name, &given)),
        }
    }
}

fn with_chat(world: &mut AccountState, device: &str, wid: &str, change: impl FnOnce(&mut Document)) {
    if let Some(chat) = world.store.get_mut("chats", device, wid) {
        change(chat);
    }
}

fn change_chat(chat: &mut Document, name: &str, given: &Value) {
    let id = |name: &str| given.get(name).and_then(Value::as_str).map(str::to_owned);
    match name {
        "chat:assign" => attributes::give(chat, id("agent"), id("department"), None),
        "chat:unassign" => drop(chat.shift_remove("owner")),
        "chat:resolve" => attributes::set_status(chat, "resolved"),
        "chat:unresolve" => attributes::set_status(chat, "active"),
        "chat:read" => attributes::set_unread(chat, false),
        "chat:unread" => attributes::set_unread(chat, true),
        _ => {}
    }
}

fn change_labels(chat: &mut Document, how: &str, given: &Value) {
    let change = match how {
        "add" => attributes::add_labels,
        "remove" => attributes::remove_labels,
        _ => attributes::replace_labels,
    };
    change(chat, list(given, "labels"));
}

fn change_metadata(contact: &mut Document, how: &str, given: &Value) {
    match how {
        "remove" => contacts::remove_metadata(contact, list(given, "keys")),
        "set" => contacts::set_metadata(contact, list(given, "metadata")),
        _ => contacts::merge_metadata(contact, list(given, "metadata")),
    }
}

fn list<'a>(given: &'a Value, name: &str) -> &'a [Value] {
    given.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}
