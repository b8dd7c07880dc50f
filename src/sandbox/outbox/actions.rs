//! What a message asks to be done with its chat once it is sent.

use serde_json::{Value, json};

use crate::sandbox::clock;
use crate::sandbox::store::{Document, object_in, text_at};
use crate::sandbox::world::World;

/// Does what the message asks for, in its order.
pub fn act(world: &mut World, message: &Document) {
    let Some((device, wid)) = text_at(message, "device").zip(text_at(message, "wid")) else { return };
    if message.get("sendReadAck") == Some(&Value::Bool(true)) {
        with_chat(world, device, wid, |chat| set_unread(chat, 0));
    }
    for action in message.get("actions").and_then(Value::as_array).into_iter().flatten() {
        let name = action.get("action").and_then(Value::as_str).unwrap_or_default();
        let given = action.get("params").cloned().unwrap_or_default();
        match name.split_once(':') {
            Some(("metadata", how)) => change_metadata(world, (device, wid), how, &given),
            Some(("labels", how)) => with_chat(world, device, wid, |chat| change_labels(chat, how, &given)),
            _ => with_chat(world, device, wid, |chat| change_chat(chat, name, &given)),
        }
    }
}

fn with_chat(world: &mut World, device: &str, wid: &str, change: impl FnOnce(&mut Document)) {
    if let Some(chat) = world.store.get_mut("chats", device, wid) {
        change(chat);
    }
}

fn change_chat(chat: &mut Document, name: &str, given: &Value) {
    match name {
        "chat:assign" => assign(chat, given),
        "chat:unassign" => {
            chat.shift_remove("owner");
        }
        "chat:resolve" => set_status(chat, "resolved"),
        "chat:unresolve" => set_status(chat, "active"),
        "chat:read" => set_unread(chat, 0),
        "chat:unread" => set_unread(chat, 1),
        _ => {}
    }
}

fn assign(chat: &mut Document, given: &Value) {
    let Some(owner) = object_in(chat, "owner") else { return };
    for part in ["agent", "department"] {
        if let Some(id) = given.get(part) {
            owner.insert(part.to_owned(), id.clone());
        }
    }
    owner.insert("assignedAt".to_owned(), clock::now().into());
}

fn set_status(chat: &mut Document, status: &str) {
    chat.insert("status".to_owned(), status.into());
    chat.insert("statusUpdatedAt".to_owned(), clock::now().into());
}

fn set_unread(chat: &mut Document, count: u64) {
    chat.insert("unreadCount".to_owned(), count.into());
    if let Some(meta) = object_in(chat, "meta") {
        meta.insert("unreadCount".to_owned(), count.into());
    }
}

fn change_labels(chat: &mut Document, how: &str, given: &Value) {
    let named: Vec<Value> = given.get("labels").and_then(Value::as_array).cloned().unwrap_or_default();
    let labels = chat.entry("labels").or_insert_with(|| json!([]));
    let Some(labels) = labels.as_array_mut() else { return };
    if how != "add" {
        labels.retain(|label| how == "remove" && !named.contains(label));
    }
    if how != "remove" {
        named.into_iter().for_each(|label| {
            if !labels.contains(&label) {
                labels.push(label);
            }
        });
    }
}

fn change_metadata(world: &mut World, (device, wid): (&str, &str), how: &str, given: &Value) {
    let Some(contact) = world.store.get_mut("contacts", device, wid) else { return };
    let Some(pairs) = contact.entry("metadata").or_insert_with(|| json!([])).as_array_mut() else { return };
    let list = |name: &str| given.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    match how {
        "remove" => pairs.retain(|pair| !list("keys").iter().any(|key| pair.get("key") == Some(key))),
        "set" => *pairs = list("metadata"),
        _ => merge_pairs(pairs, &list("metadata")),
    }
}

/// A key that is there keeps its place and gets the new value; a new one comes last.
fn merge_pairs(pairs: &mut Vec<Value>, given: &[Value]) {
    for pair in given {
        match pairs.iter_mut().find(|known| known.get("key") == pair.get("key")) {
            Some(known) => *known = pair.clone(),
            None => pairs.push(pair.clone()),
        }
    }
}
