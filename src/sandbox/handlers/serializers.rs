//! Documents as answers and events show them: complete, and with the fields that a query includes or excludes.
//!
//! A stored document has what handlers, filters and sorts read. `view` adds the rest, for documents of every origin: the
//! built-in company, a caller's seed, a request or a message.

mod chat;
mod completed;
mod contact;
mod device;
mod message;
mod metrics;
mod sending;
mod settings;
mod whatsapp;

use serde::Serialize;
use serde_json::{Value, json};

pub use crate::sandbox::handlers::serializers::chat::participants;
use crate::sandbox::handlers::serializers::completed::Completed;
pub use crate::sandbox::handlers::serializers::contact::{business_info, contact_at, is_business};
pub use crate::sandbox::handlers::serializers::device::{queue, session, summary as device_summary};
pub use crate::sandbox::handlers::serializers::message::{event_data, name_options};
use crate::sandbox::query::Query;
use crate::sandbox::state::document::{Document, fill, str_at};
use crate::sandbox::state::schemas::CollectionSchema;
use crate::sandbox::state::{AccountState, facts, schemas};
use crate::sandbox::timestamp;

/// Maximum number of messages or notes included in a chat.
const MAX_INCLUDED: usize = 20;

/// A complete document of a collection.
pub fn view(state: &AccountState, schema: &CollectionSchema, document: &Document) -> Document {
    match schema.name {
        "devices" => device::device(state, document),
        "chats" => chat::chat(state, document),
        "contacts" => contact::contact(state, document),
        "messages" => message::message(state, document),
        "chat_files" => message::chat_file(document),
        "groups" => chat::group(state, document),
        "channels" | "public_channels" => chat::listed(state, document),
        "quick_replies" => with_update(document),
        "outbound" => sending::outbound(state, document),
        "campaigns" => sending::campaign(state, document),
        "campaign_contacts" => sending::campaign_contact(document),
        "webhooks" => sending::webhook(state, document),
        "files" => sending::file(state, document),
        "users" => user(document),
        "departments" | "meeting_links" => with_device_summary(state, document),
        "user_status" => whatsapp::post(state, document),
        _ => document.clone(),
    }
}

/// A document that can be written as JSON.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Serialized<'a> {
    Whole(Document),
    Completed(Completed<'a>),
}

/// A document with its derived, included and excluded fields.
pub fn serialize<'a>(
    state: &'a AccountState,
    schema: &CollectionSchema,
    document: &'a Document,
    query: &Query,
) -> Serialized<'a> {
    // Contacts are listed by thousands.
    if schema.name == "contacts" && query.get("include").or(query.get("exclude")).is_none() {
        return Serialized::Completed(contact::completed(state, document));
    }
    Serialized::Whole(serialize_whole(state, schema, document, query))
}

fn serialize_whole(state: &AccountState, schema: &CollectionSchema, document: &Document, query: &Query) -> Document {
    if schema.name == "outbound" {
        return sending::outbound_with(state, document, query);
    }
    let mut serialized = view(state, schema, document);
    for value in query.get("include").unwrap_or_default() {
        include(state, schema.name, document, &mut serialized, value);
    }
    for value in query.get("exclude").unwrap_or_default() {
        serialized.shift_remove(value);
    }
    serialized
}

/// A chat as answers and events show it.
pub fn chat(state: &AccountState, document: &Document) -> Document {
    chat::chat(state, document)
}

/// A device as answers and events show it.
pub fn device(state: &AccountState, document: &Document) -> Document {
    device::device(state, document)
}

/// A message of a chat as answers and events show it.
pub fn message(state: &AccountState, document: &Document) -> Document {
    message::message(state, document)
}

fn user(document: &Document) -> Document {
    let mut user = document.clone();
    let text = |name: &str| str_at(document, name);
    let since = ["lastLoginAt", "lastSeenAt", "createdAt"].into_iter().find_map(text).map(str::to_owned);
    fill(&mut user, settings::of_user(&since.unwrap_or_else(|| timestamp::format(schemas::EPOCH)), text("email")));
    user
}

/// A document that was last updated when it was created, unless it says otherwise.
fn with_update(document: &Document) -> Document {
    let mut serialized = document.clone();
    fill(&mut serialized, json!({"updatedAt": document.get("createdAt")}));
    serialized
}

/// A document with its owner, and a summary of its device instead of the id.
fn with_device_summary(state: &AccountState, document: &Document) -> Document {
    let mut serialized = with_update(document);
    let device = device::summary(state, str_at(document, "device").unwrap_or_default());
    serialized.insert("device".to_owned(), device);
    let owner = facts::account_owner(state);
    fill(&mut serialized, json!({"user": owner, "owner": owner}));
    serialized
}

/// The contact of a document with a wid, such as a message.
fn contact_of(state: &AccountState, document: &Document) -> Option<Document> {
    let wid = str_at(document, "chatWid").or_else(|| str_at(document, "wid"))?;
    contact_at(state, str_at(document, "device")?, wid)
}

/// The messages or notes of a chat, newest first.
fn chat_items(state: &AccountState, chat: &Document, schema: &CollectionSchema) -> Value {
    let field = if schema.name == "messages" { "chatWid" } else { "chat" };
    let documents = state.store.documents(schema.name, str_at(chat, "device").unwrap_or_default()).into_iter().flatten();
    let own = documents.map(|(_, document)| document).filter(|document| str_at(document, field) == str_at(chat, "wid"));
    let mut items: Vec<&Document> = own.collect();
    let date = |document: &&Document| str_at(document, "date").or_else(|| str_at(document, "createdAt")).map(str::to_owned);
    items.sort_by_key(|document| std::cmp::Reverse(date(document)));
    items.into_iter().take(MAX_INCLUDED).map(|document| Value::Object(view(state, schema, document))).collect()
}

/// Adds an included field.
fn include(state: &AccountState, collection: &str, document: &Document, serialized: &mut Document, value: &str) {
    let included = match value {
        "chat" => facts::chat_of(state, document).map(|document| chat::chat(state, document).into()),
        "agents" => Some(state.store.all("users").cloned().map(Value::Object).collect()),
        "contact" => contact_of(state, document).map(Value::Object),
        "messages" if collection == "chats" => Some(chat_items(state, document, &schemas::MESSAGES)),
        "notes" if collection == "chats" => Some(chat_items(state, document, &schemas::NOTES)),
        "participants" => Some(participants(state, document).into()),
        // Anything else is part of the document if it was seeded.
        _ => Some(serialized.get(value).cloned().unwrap_or_else(|| json!([]))),
    };
    if let Some(included) = included {
        serialized.insert(value.to_owned(), included);
    }
}
