//! Documents as they appear in responses: with derived fields, and the fields that a query includes or excludes.

use serde_json::{Value, json};

use crate::sandbox::query::Query;
use crate::sandbox::state::document::{Document, entry_object, str_at, value_at};
use crate::sandbox::state::schemas::CollectionSchema;
use crate::sandbox::state::{AccountState, facts};

/// Capacity of a device's queue.
const QUEUE_CAPACITY: usize = 10_000;

/// Maximum number of messages or notes included in a chat.
const MAX_INCLUDED: usize = 20;

/// A document with its derived, included and excluded fields.
pub fn serialize(state: &AccountState, schema: &CollectionSchema, document: &Document, query: &Query) -> Document {
    let mut serialized = match schema.name {
        "devices" => device(state, document),
        "campaigns" => campaign(document),
        "chats" => chat(state, document),
        "groups" => group(document),
        "departments" | "meeting_links" => with_device_summary(state, document),
        "user_status" => post(document),
        "outbound" => return outbound(state, document, query),
        _ => document.clone(),
    };
    for value in query.get("include").unwrap_or_default() {
        include(state, schema.name, document, &mut serialized, value);
    }
    for value in query.get("exclude").unwrap_or_default() {
        serialized.shift_remove(value);
    }
    serialized
}

/// A chat with its contact.
pub fn chat(state: &AccountState, document: &Document) -> Document {
    let mut serialized = document.clone();
    let address = str_at(document, "device").zip(str_at(document, "wid"));
    if let Some(contact) = address.and_then(|(device, wid)| state.store.get("contacts", device, wid)) {
        serialized.insert("contact".to_owned(), Value::Object(contact.clone()));
    }
    serialized
}

/// A group without the pending requests to join.
pub fn group(document: &Document) -> Document {
    let mut serialized = document.clone();
    serialized.shift_remove("pendingMembers");
    serialized
}

/// A document with a summary of its device instead of the id.
fn with_device_summary(state: &AccountState, document: &Document) -> Document {
    let mut serialized = document.clone();
    let device = state.device_summary(str_at(document, "device").unwrap_or_default());
    serialized.insert("device".to_owned(), device);
    serialized
}

/// A status post with its current acknowledgement.
fn post(document: &Document) -> Document {
    let mut serialized = document.clone();
    serialized.insert("ack".to_owned(), facts::post_ack(document).into());
    serialized
}

/// The current session of a device.
pub fn session(state: &AccountState, device: &Document) -> Value {
    let mut session = device.get("session").cloned().unwrap_or_else(|| json!({}));
    if let Some(fields) = session.as_object_mut() {
        fields.insert("status".to_owned(), state.session_status(device).into());
    }
    session
}

/// A device with its queue, metrics and session.
pub fn device(state: &AccountState, document: &Document) -> Document {
    let mut serialized = document.clone();
    let id = str_at(document, "id").unwrap_or_default();
    serialized.insert("queue".to_owned(), queue(state, document));
    serialized.insert("session".to_owned(), session(state, document));
    let count = |collection| state.store.documents(collection, id).map_or(0, |documents| documents.len());
    if let Some(metrics) = entry_object(&mut serialized, "metrics") {
        metrics.insert("contacts".to_owned(), count("contacts").into());
        metrics.insert("openChats".to_owned(), count("chats").into());
    }
    serialized
}

/// An outbound message with the fields that the query includes.
fn outbound(state: &AccountState, message: &Document, query: &Query) -> Document {
    let mut serialized = facts::public_message(message);
    for value in query.get("include").unwrap_or_default() {
        let included = match value.as_str() {
            "device" => Some(state.device_summary(str_at(message, "device").unwrap_or_default())),
            "agent" => str_at(message, "agent").and_then(|id| state.store.get("users", "", id)).map(|user| user.clone().into()),
            _ => message.get(value).cloned(),
        };
        included.into_iter().for_each(|included| drop(serialized.insert(value.clone(), included)));
    }
    serialized
}

/// A campaign with statistics instead of its contacts.
pub fn campaign(document: &Document) -> Document {
    let contacts = facts::campaign_contacts(document);
    let count = |status: &str| contacts.iter().filter(|contact| str_at(contact, "status") == Some(status)).count();
    let (delivered, failed) = (count("delivered"), count("failed"));
    let stats = json!({
        "total": contacts.len(), "processed": delivered + failed, "delivered": delivered, "read": 0, "failed": failed,
        "excluded": 0, "invalid": 0,
    });
    let mut serialized = document.clone();
    serialized.shift_remove("contacts");
    serialized.insert("stats".to_owned(), stats);
    serialized
}

/// The queue of a device.
pub fn queue(state: &AccountState, device: &Document) -> Value {
    let queued = state.store.documents("queue", str_at(device, "id").unwrap_or_default());
    let size = queued.map_or(0, |messages| messages.len());
    let scheduled = queued.into_iter().flatten().filter(|(_, message)| message.contains_key("deliverAt")).count();
    json!({
        "size": size,
        "total": size,
        "available": QUEUE_CAPACITY.saturating_sub(size),
        "status": str_at(device, "queue.status").unwrap_or("active"),
        "messages": size - scheduled,
        "scheduled": scheduled,
    })
}

/// The members of a group chat: those of its group, or else those in the chat.
pub fn participants(state: &AccountState, chat: &Document) -> Vec<Value> {
    let address = str_at(chat, "device").zip(str_at(chat, "wid"));
    let group = address.and_then(|(device, wid)| state.store.get("groups", device, wid));
    let own = || value_at(chat, "group.participants");
    let members = group.and_then(|group| group.get("participants")).or_else(own).and_then(Value::as_array);
    members.cloned().unwrap_or_default()
}

/// The contact of a document with a wid, such as a message.
fn contact_of(state: &AccountState, document: &Document) -> Option<Value> {
    let wid = str_at(document, "chatWid").or_else(|| str_at(document, "wid"))?;
    state.store.get("contacts", str_at(document, "device")?, wid).cloned().map(Value::Object)
}

/// The messages or notes of a chat, newest first.
fn chat_items(state: &AccountState, chat: &Document, collection: &str) -> Value {
    let field = if collection == "messages" { "chatWid" } else { "chat" };
    let documents = state.store.documents(collection, str_at(chat, "device").unwrap_or_default()).into_iter().flatten();
    let own = documents.map(|(_, document)| document).filter(|document| str_at(document, field) == str_at(chat, "wid"));
    let mut items: Vec<&Document> = own.collect();
    let date = |document: &&Document| str_at(document, "date").or_else(|| str_at(document, "createdAt")).map(str::to_owned);
    items.sort_by_key(|document| std::cmp::Reverse(date(document)));
    items.into_iter().take(MAX_INCLUDED).cloned().map(Value::Object).collect()
}

/// Adds an included field.
fn include(state: &AccountState, collection: &str, document: &Document, serialized: &mut Document, value: &str) {
    let included = match value {
        "chat" => facts::chat_of(state, document).map(|chat| Value::Object(chat.clone())),
        "agents" => Some(state.store.all("users").cloned().map(Value::Object).collect()),
        "contact" => contact_of(state, document),
        "messages" | "notes" if collection == "chats" => Some(chat_items(state, document, value)),
        "participants" => Some(participants(state, document).into()),
        // Anything else is part of the document if it was seeded.
        _ => Some(document.get(value).cloned().unwrap_or_else(|| json!([]))),
    };
    if let Some(included) = included {
        serialized.insert(value.to_owned(), included);
    }
}
