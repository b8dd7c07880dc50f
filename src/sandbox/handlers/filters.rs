//! The filters of lists. A query parameter without an entry here compares with the field of the same name.

mod conversations;
mod predicate;
mod sending;
mod whatsapp;
mod workspace;

use serde_json::Value;

use crate::sandbox::handlers::filters::predicate::{Filter, Predicate, date_at};
pub use crate::sandbox::handlers::filters::whatsapp::for_bulk_delete;
use crate::sandbox::query::Query;
use crate::sandbox::state::document::{Document, str_at, value_at};
use crate::sandbox::state::schemas::CollectionSchema;
use crate::sandbox::state::{AccountState, facts};

/// Query parameters that are not filters.
const NOT_FILTERS: &[&str] = &["page", "size", "limit", "skip", "sort", "sync", "include", "exclude"];

fn predicate(kind: &CollectionSchema, wire: &'static str) -> Predicate {
    match (kind.name, wire) {
        ("chat_files" | "messages", _) => conversations::predicate(kind, wire),
        ("meeting_links" | "quick_replies" | "users", _) => workspace::predicate(kind, wire),
        ("channels" | "files" | "groups" | "user_status", _) => whatsapp::predicate(kind, wire),
        (_, "ids") => Predicate::Equals("id"),
        (_, "labels") => Predicate::AnyOf(labels),
        (_, "labelsExclude") => Predicate::NoneOf(labels),
        ("devices", "sessionStatus") => Predicate::AnyOf(|state, device| vec![state.session_status(device).to_owned()]),
        ("devices", "search") => Predicate::ContainsWords(&["phone", "alias", "description"]),
        ("chats", "status") => Predicate::AnyOf(statuses),
        ("chats", "unread") => Predicate::Flag(|_, chat| chat.get("unreadCount").and_then(Value::as_i64).unwrap_or(0) > 0),
        ("chats", "active") => Predicate::Flag(|_, chat| str_at(chat, "waStatus") == Some("active")),
        ("chats", "canSend") => Predicate::Flag(|_, chat| value_at(chat, "meta.canSend") != Some(&Value::Bool(false))),
        ("chats", "readOnly") => Predicate::Flag(|_, chat| value_at(chat, "meta.isReadOnly") == Some(&Value::Bool(true))),
        ("chats", "archived") => Predicate::Flag(|_, chat| {
            str_at(chat, "status") == Some("archived") || value_at(chat, "meta.isArchived") == Some(&Value::Bool(true))
        }),
        ("chats", "agent") => Predicate::Equals("owner.agent"),
        ("chats", "search") => Predicate::ContainsWords(&["name", "phone", "wid"]),
        ("chats", "after") => Predicate::After(|_, chat| date_at(chat, "date")),
        ("contacts", "search") => {
            Predicate::ContainsWords(&["name", "displayName", "phone", "wid", "info.surname", "info.email"])
        }
        ("contacts", "type") => Predicate::AnyOf(contact_types),
        ("contacts", "has") => Predicate::AllOf(|state, contact| {
            let email = str_at(contact, "info.email").map(|_| "email".to_owned());
            email.into_iter().chain(facts::chat_of(state, contact).map(|_| "chat".to_owned())).collect()
        }),
        ("contacts", "hasChat") => Predicate::Flag(|state, contact| facts::chat_of(state, contact).is_some()),
        ("contacts", "country") => Predicate::Equals("info.country"),
        ("contacts", "metadataKey") => Predicate::AllOf(|_, contact| metadata(contact, "key")),
        ("contacts", "metadataValue") => Predicate::AllOf(|_, contact| metadata(contact, "value")),
        ("contacts", "after") => Predicate::After(|_, contact| date_at(contact, "createdAt")),
        ("contacts", "before") => Predicate::Before(|_, contact| date_at(contact, "createdAt")),
        ("contacts", "updatedAfter") => Predicate::After(|_, contact| updated_at(contact)),
        ("contacts", "updatedBefore") => Predicate::Before(|_, contact| updated_at(contact)),
        ("contacts", "lastMessageAfter") => Predicate::After(last_message),
        ("contacts", "lastMessageBefore") => Predicate::Before(last_message),
        ("outbound" | "campaigns" | "campaign_contacts" | "webhooks", _) => sending::predicate(kind.name, wire),
        _ => Predicate::Equals(wire),
    }
}

/// The paths that a sort field stands for, if they differ from its name.
pub fn sort_paths(field: &str) -> &'static [&'static str] {
    match field {
        "updatedAt" => &["info.updatedAt", "createdAt"],
        "name" => &["name", "displayName"],
        "date" => &["date", "createdAt"],
        _ => &[],
    }
}

/// The filters of a query.
pub fn from_query<'a>(kind: &CollectionSchema, query: &'a Query) -> Vec<Filter<'a>> {
    let filters = query.iter().filter(|(wire, values)| !NOT_FILTERS.contains(wire) && !values.is_empty());
    filters.map(|(wire, values)| Filter { predicate: predicate(kind, wire), values }).collect()
}

/// When a contact was last updated, or else created.
fn updated_at(contact: &Document) -> Option<String> {
    date_at(contact, "info.updatedAt").or_else(|| date_at(contact, "createdAt"))
}

fn last_message(state: &AccountState, contact: &Document) -> Option<String> {
    date_at(facts::chat_of(state, contact)?, "lastMessageAt")
}

/// The labels of a document; contacts without labels have those of their chat.
fn labels(state: &AccountState, document: &Document) -> Vec<String> {
    let labels = document.get("labels").or_else(|| facts::chat_of(state, document)?.get("labels"));
    let labels = labels.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    labels.map(str::to_owned).collect()
}

/// The status of a chat; muted chats also match `muted`.
fn statuses(_: &AccountState, chat: &Document) -> Vec<String> {
    let muted = value_at(chat, "meta.isChatMuted") == Some(&Value::Bool(true));
    str_at(chat, "status").into_iter().chain(muted.then_some("muted")).map(str::to_owned).collect()
}

fn metadata(contact: &Document, part: &str) -> Vec<String> {
    let pairs = contact.get("metadata").and_then(Value::as_array).into_iter().flatten();
    pairs.filter_map(|pair| pair.get(part)?.as_str()).map(str::to_owned).collect()
}

/// The values of the filter `type` that match a contact.
fn contact_types(_: &AccountState, contact: &Document) -> Vec<String> {
    let wid_type = match str_at(contact, "wid").and_then(|wid| wid.rsplit_once('@')) {
        Some((_, "g.us")) => "group",
        Some((_, "newsletter")) => "channel",
        Some((_, "lid")) => "private",
        _ => "user",
    };
    let kind = str_at(contact, "info.kind").unwrap_or("personal");
    [wid_type, kind].map(str::to_owned).to_vec()
}
