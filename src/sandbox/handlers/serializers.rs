//! Documents as the service answers them: with what follows from other documents, and what a query includes or excludes.

use serde_json::{Value, json};

use crate::sandbox::query::Query;
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::{Document, entry_object, str_at, value_at};
use crate::sandbox::state::facts;
use crate::sandbox::state::schemas::CollectionSchema;

/// Messages that a device's queue has room for.
const QUEUE_ROOM: usize = 10_000;

/// Messages or notes of a chat that come with it.
const INCLUDED: usize = 20;

/// A document on its way out.
pub fn dressed(state: &AccountState, kind: &CollectionSchema, document: &Document, query: &Query) -> Document {
    let mut dressed = match kind.name {
        "devices" => device(state, document),
        "campaigns" => campaign(document),
        "chats" => chat(state, document),
        "groups" => group(document),
        "departments" | "meeting_links" => with_device(state, document),
        "user_status" => post(document),
        "outbound" => return outbound(state, document, query),
        _ => document.clone(),
    };
    for value in query.get("include").unwrap_or_default() {
        include(state, kind.name, document, &mut dressed, value);
    }
    for value in query.get("exclude").unwrap_or_default() {
        dressed.shift_remove(value);
    }
    dressed
}

/// A chat with its contact.
pub fn chat(state: &AccountState, document: &Document) -> Document {
    let mut dressed = document.clone();
    let address = str_at(document, "device").zip(str_at(document, "wid"));
    if let Some(contact) = address.and_then(|(device, wid)| state.store.get("contacts", device, wid)) {
        dressed.insert("contact".to_owned(), Value::Object(contact.clone()));
    }
    dressed
}

/// A group; who asks to be let in is told elsewhere.
pub fn group(document: &Document) -> Document {
    let mut dressed = document.clone();
    dressed.shift_remove("pendingMembers");
    dressed
}

/// A document that shows its device and not only names it.
fn with_device(state: &AccountState, document: &Document) -> Document {
    let mut dressed = document.clone();
    let device = state.device_summary(str_at(document, "device").unwrap_or_default());
    dressed.insert("device".to_owned(), device);
    dressed
}

/// A status post, which is sent once its moment has come.
fn post(document: &Document) -> Document {
    let mut dressed = document.clone();
    dressed.insert("ack".to_owned(), facts::post_ack(document).into());
    dressed
}

/// A device's session as it is now.
pub fn session(state: &AccountState, device: &Document) -> Value {
    let mut session = device.get("session").cloned().unwrap_or_else(|| json!({}));
    if let Some(fields) = session.as_object_mut() {
        fields.insert("status".to_owned(), state.session_status(device).into());
    }
    session
}

/// A device with its queue, its counts and the state of its session.
pub fn device(state: &AccountState, document: &Document) -> Document {
    let mut dressed = document.clone();
    let id = str_at(document, "id").unwrap_or_default();
    dressed.insert("queue".to_owned(), queue(state, document));
    dressed.insert("session".to_owned(), session(state, document));
    let count = |collection| state.store.documents(collection, id).map_or(0, |found| found.len());
    if let Some(metrics) = entry_object(&mut dressed, "metrics") {
        metrics.insert("contacts".to_owned(), count("contacts").into());
        metrics.insert("openChats".to_owned(), count("chats").into());
    }
    dressed
}

/// A message to send, with what the query includes.
fn outbound(state: &AccountState, message: &Document, query: &Query) -> Document {
    let mut dressed = facts::public_message(message);
    for value in query.get("include").unwrap_or_default() {
        let found = match value.as_str() {
            "device" => Some(state.device_summary(str_at(message, "device").unwrap_or_default())),
            "agent" => str_at(message, "agent").and_then(|id| state.store.get("users", "", id)).map(|user| user.clone().into()),
            _ => message.get(value).cloned(),
        };
        found.into_iter().for_each(|found| drop(dressed.insert(value.clone(), found)));
    }
    dressed
}

/// A campaign with its counts, without the contacts, which have a list of their own.
pub fn campaign(document: &Document) -> Document {
    let contacts = facts::campaign_contacts(document);
    let with = |status: &str| contacts.iter().filter(|contact| str_at(contact, "status") == Some(status)).count();
    let (delivered, failed) = (with("delivered"), with("failed"));
    let stats = json!({
        "total": contacts.len(), "processed": delivered + failed, "delivered": delivered, "read": 0, "failed": failed,
        "excluded": 0, "invalid": 0,
    });
    let mut dressed = document.clone();
    dressed.shift_remove("contacts");
    dressed.insert("stats".to_owned(), stats);
    dressed
}

/// The state of a device's queue.
pub fn queue(state: &AccountState, device: &Document) -> Value {
    let waiting = state.store.documents("queue", str_at(device, "id").unwrap_or_default());
    let size = waiting.map_or(0, |messages| messages.len());
    let scheduled = waiting.into_iter().flatten().filter(|(_, message)| message.contains_key("deliverAt")).count();
    json!({
        "size": size,
        "total": size,
        "available": QUEUE_ROOM.saturating_sub(size),
        "status": str_at(device, "queue.status").unwrap_or("active"),
        "messages": size - scheduled,
        "scheduled": scheduled,
    })
}

/// The members of a group chat: those of its group, else what the chat itself says.
pub fn participants(state: &AccountState, chat: &Document) -> Vec<Value> {
    let address = str_at(chat, "device").zip(str_at(chat, "wid"));
    let group = address.and_then(|(device, wid)| state.store.get("groups", device, wid));
    let own = || value_at(chat, "group.participants");
    let members = group.and_then(|group| group.get("participants")).or_else(own).and_then(Value::as_array);
    members.cloned().unwrap_or_default()
}

/// The contact that a message, or another document with a wid, is about.
fn contact_of(state: &AccountState, document: &Document) -> Option<Value> {
    let wid = str_at(document, "chatWid").or_else(|| str_at(document, "wid"))?;
    state.store.get("contacts", str_at(document, "device")?, wid).cloned().map(Value::Object)
}

/// The last messages, or all notes, of a chat; newest first.
fn of_chat(state: &AccountState, chat: &Document, collection: &str) -> Value {
    let field = if collection == "messages" { "chatWid" } else { "chat" };
    let documents = state.store.documents(collection, str_at(chat, "device").unwrap_or_default()).into_iter().flatten();
    let own = documents.map(|(_, document)| document).filter(|document| str_at(document, field) == str_at(chat, "wid"));
    let mut found: Vec<&Document> = own.collect();
    let date = |document: &&Document| str_at(document, "date").or_else(|| str_at(document, "createdAt")).map(str::to_owned);
    found.sort_by_key(|document| std::cmp::Reverse(date(document)));
    found.into_iter().take(INCLUDED).cloned().map(Value::Object).collect()
}

/// Puts what the query asks for into the answer.
fn include(state: &AccountState, kind: &str, document: &Document, dressed: &mut Document, value: &str) {
    let found = match value {
        "chat" => facts::chat_of(state, document).map(|chat| Value::Object(chat.clone())),
        "agents" => Some(state.store.all("users").cloned().map(Value::Object).collect()),
        "contact" => contact_of(state, document),
        "messages" | "notes" if kind == "chats" => Some(of_chat(state, document, value)),
        "participants" => Some(participants(state, document).into()),
        // Anything else is in the document already, where a caller has seeded it.
        _ => Some(document.get(value).cloned().unwrap_or_else(|| json!([]))),
    };
    if let Some(found) = found {
        dressed.insert(value.to_owned(), found);
    }
}
