//! Documents as the service answers them: with what follows from other documents, and what a query includes or excludes.

use serde_json::{Value, json};

use crate::sandbox::handlers::ack;
use crate::sandbox::handlers::campaigns;
use crate::sandbox::handlers::filters::chat_of;
use crate::sandbox::handlers::send::answered;
use crate::sandbox::query::Query;
use crate::sandbox::state::AccountState;
use crate::sandbox::state::delivery::device_of;
use crate::sandbox::state::schemas::CollectionSchema;
use crate::sandbox::state::store::{Document, at, object_in, text_at};

/// Messages that a device's queue has room for.
const QUEUE_ROOM: usize = 10_000;

/// Messages or notes of a chat that come with it.
const INCLUDED: usize = 20;

/// A document on its way out.
pub fn dressed(world: &AccountState, kind: &CollectionSchema, document: &Document, query: &Query) -> Document {
    let mut dressed = match kind.name {
        "devices" => device(world, document),
        "campaigns" => campaign(document),
        "chats" => chat(world, document),
        "groups" => group(document),
        "departments" | "meeting_links" => with_device(world, document),
        "user_status" => post(document),
        "outbound" => return outbound(world, document, query),
        _ => document.clone(),
    };
    for value in query.get("include").unwrap_or_default() {
        include(world, kind.name, document, &mut dressed, value);
    }
    for value in query.get("exclude").unwrap_or_default() {
        dressed.shift_remove(value);
    }
    dressed
}

/// A chat with its contact.
pub fn chat(world: &AccountState, document: &Document) -> Document {
    let mut dressed = document.clone();
    let address = text_at(document, "device").zip(text_at(document, "wid"));
    if let Some(contact) = address.and_then(|(device, wid)| world.store.get("contacts", device, wid)) {
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
fn with_device(world: &AccountState, document: &Document) -> Document {
    let mut dressed = document.clone();
    let device = device_of(world, text_at(document, "device").unwrap_or_default());
    dressed.insert("device".to_owned(), device);
    dressed
}

/// A status post, which is sent once its moment has come.
fn post(document: &Document) -> Document {
    let mut dressed = document.clone();
    dressed.insert("ack".to_owned(), ack(document).into());
    dressed
}

/// A device's session as it is now.
pub fn session(world: &AccountState, device: &Document) -> Value {
    let mut session = device.get("session").cloned().unwrap_or_else(|| json!({}));
    if let Some(fields) = session.as_object_mut() {
        fields.insert("status".to_owned(), world.session_status(device).into());
    }
    session
}

/// A device with its queue, its counts and the state of its session.
pub fn device(world: &AccountState, document: &Document) -> Document {
    let mut dressed = document.clone();
    let id = text_at(document, "id").unwrap_or_default();
    dressed.insert("queue".to_owned(), queue(world, document));
    dressed.insert("session".to_owned(), session(world, document));
    let count = |collection| world.store.documents(collection, id).map_or(0, |found| found.len());
    if let Some(metrics) = object_in(&mut dressed, "metrics") {
        metrics.insert("contacts".to_owned(), count("contacts").into());
        metrics.insert("openChats".to_owned(), count("chats").into());
    }
    dressed
}

/// A message to send, with what the query includes.
fn outbound(world: &AccountState, message: &Document, query: &Query) -> Document {
    let mut dressed = answered(message);
    for value in query.get("include").unwrap_or_default() {
        let found = match value.as_str() {
            "device" => Some(device_of(world, text_at(message, "device").unwrap_or_default())),
            "agent" => text_at(message, "agent").and_then(|id| world.store.get("users", "", id)).map(|user| user.clone().into()),
            _ => message.get(value).cloned(),
        };
        found.into_iter().for_each(|found| drop(dressed.insert(value.clone(), found)));
    }
    dressed
}

/// A campaign with its counts, without the contacts, which have a list of their own.
pub fn campaign(document: &Document) -> Document {
    let contacts = campaigns::contacts(document);
    let with = |status: &str| contacts.iter().filter(|contact| text_at(contact, "status") == Some(status)).count();
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
pub fn queue(world: &AccountState, device: &Document) -> Value {
    let waiting = world.store.documents("queue", text_at(device, "id").unwrap_or_default());
    let size = waiting.map_or(0, |messages| messages.len());
    let scheduled = waiting.into_iter().flatten().filter(|(_, message)| message.contains_key("deliverAt")).count();
    json!({
        "size": size,
        "total": size,
        "available": QUEUE_ROOM.saturating_sub(size),
        "status": text_at(device, "queue.status").unwrap_or("active"),
        "messages": size - scheduled,
        "scheduled": scheduled,
    })
}

/// The members of a group chat: those of its group, else what the chat itself says.
pub fn participants(world: &AccountState, chat: &Document) -> Vec<Value> {
    let address = text_at(chat, "device").zip(text_at(chat, "wid"));
    let group = address.and_then(|(device, wid)| world.store.get("groups", device, wid));
    let own = || at(chat, "group.participants");
    let members = group.and_then(|group| group.get("participants")).or_else(own).and_then(Value::as_array);
    members.cloned().unwrap_or_default()
}

/// The contact that a message, or another document with a wid, is about.
fn contact_of(world: &AccountState, document: &Document) -> Option<Value> {
    let wid = text_at(document, "chatWid").or_else(|| text_at(document, "wid"))?;
    world.store.get("contacts", text_at(document, "device")?, wid).cloned().map(Value::Object)
}

/// The last messages, or all notes, of a chat; newest first.
fn of_chat(world: &AccountState, chat: &Document, collection: &str) -> Value {
    let field = if collection == "messages" { "chatWid" } else { "chat" };
    let documents = world.store.documents(collection, text_at(chat, "device").unwrap_or_default()).into_iter().flatten();
    let own = documents.map(|(_, document)| document).filter(|document| text_at(document, field) == text_at(chat, "wid"));
    let mut found: Vec<&Document> = own.collect();
    let date = |document: &&Document| text_at(document, "date").or_else(|| text_at(document, "createdAt")).map(str::to_owned);
    found.sort_by_key(|document| std::cmp::Reverse(date(document)));
    found.into_iter().take(INCLUDED).cloned().map(Value::Object).collect()
}

/// Puts what the query asks for into the answer.
fn include(world: &AccountState, kind: &str, document: &Document, dressed: &mut Document, value: &str) {
    let found = match value {
        "chat" => chat_of(world, document).map(|chat| Value::Object(chat.clone())),
        "agents" => Some(world.store.all("users").cloned().map(Value::Object).collect()),
        "contact" => contact_of(world, document),
        "messages" | "notes" if kind == "chats" => Some(of_chat(world, document, value)),
        "participants" => Some(participants(world, document).into()),
        // Anything else is in the document already, where a caller has seeded it.
        _ => Some(document.get(value).cloned().unwrap_or_else(|| json!([]))),
    };
    if let Some(found) = found {
        dressed.insert(value.to_owned(), found);
    }
}
