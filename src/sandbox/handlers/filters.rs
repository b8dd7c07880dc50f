//! The filters of lists. A query parameter without a line here compares with the field of its own name.

mod conversations;
mod predicate;
mod sending;
mod whatsapp;
mod workspace;

use serde_json::Value;

use crate::sandbox::handlers::filters::predicate::{Filter, Test, moment};
pub use crate::sandbox::handlers::filters::whatsapp::of_bulk;
use crate::sandbox::query::Query;
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::{Document, str_at, value_at};
use crate::sandbox::state::facts;
use crate::sandbox::state::schemas::CollectionSchema;

/// Parameters that steer a list without filtering it.
const NO_FILTERS: &[&str] = &["page", "size", "limit", "skip", "sort", "sync", "include", "exclude"];

fn test(kind: &CollectionSchema, wire: &'static str) -> Test {
    match (kind.name, wire) {
        ("chat_files" | "messages", _) => conversations::test(kind, wire),
        ("meeting_links" | "quick_replies" | "users", _) => workspace::test(kind, wire),
        ("channels" | "files" | "groups" | "user_status", _) => whatsapp::test(kind, wire),
        (_, "ids") => Test::Is("id"),
        (_, "labels") => Test::Among(labels),
        (_, "labelsExclude") => Test::NotAmong(labels),
        ("devices", "sessionStatus") => Test::Among(|state, device| vec![state.session_status(device).to_owned()]),
        ("devices", "search") => Test::Words(&["phone", "alias", "description"]),
        ("chats", "status") => Test::Among(statuses),
        ("chats", "unread") => Test::Holds(|_, chat| chat.get("unreadCount").and_then(Value::as_i64).unwrap_or(0) > 0),
        ("chats", "active") => Test::Holds(|_, chat| str_at(chat, "waStatus") == Some("active")),
        ("chats", "canSend") => Test::Holds(|_, chat| value_at(chat, "meta.canSend") != Some(&Value::Bool(false))),
        ("chats", "readOnly") => Test::Holds(|_, chat| value_at(chat, "meta.isReadOnly") == Some(&Value::Bool(true))),
        ("chats", "archived") => Test::Holds(|_, chat| {
            str_at(chat, "status") == Some("archived") || value_at(chat, "meta.isArchived") == Some(&Value::Bool(true))
        }),
        ("chats", "agent") => Test::Is("owner.agent"),
        ("chats", "search") => Test::Words(&["name", "phone", "wid"]),
        ("chats", "after") => Test::After(|_, chat| moment(chat, "date")),
        ("contacts", "search") => Test::Words(&["name", "displayName", "phone", "wid", "info.surname", "info.email"]),
        ("contacts", "type") => Test::Among(kinds_of_contact),
        ("contacts", "has") => Test::AllAmong(|state, contact| {
            let email = str_at(contact, "info.email").map(|_| "email".to_owned());
            email.into_iter().chain(facts::chat_of(state, contact).map(|_| "chat".to_owned())).collect()
        }),
        ("contacts", "hasChat") => Test::Holds(|state, contact| facts::chat_of(state, contact).is_some()),
        ("contacts", "country") => Test::Is("info.country"),
        ("contacts", "metadataKey") => Test::AllAmong(|_, contact| metadata(contact, "key")),
        ("contacts", "metadataValue") => Test::AllAmong(|_, contact| metadata(contact, "value")),
        ("contacts", "after") => Test::After(|_, contact| moment(contact, "createdAt")),
        ("contacts", "before") => Test::Before(|_, contact| moment(contact, "createdAt")),
        ("contacts", "updatedAfter") => Test::After(|_, contact| changed(contact)),
        ("contacts", "updatedBefore") => Test::Before(|_, contact| changed(contact)),
        ("contacts", "lastMessageAfter") => Test::After(last_message),
        ("contacts", "lastMessageBefore") => Test::Before(last_message),
        ("outbound" | "campaigns" | "campaign_contacts" | "webhooks", _) => sending::test(kind.name, wire),
        _ => Test::Is(wire),
    }
}

/// Where the value of a sorted field is, where that is not the field itself.
pub fn paths_of_sort(field: &str) -> &'static [&'static str] {
    match field {
        "updatedAt" => &["info.updatedAt", "createdAt"],
        "name" => &["name", "displayName"],
        "date" => &["date", "createdAt"],
        _ => &[],
    }
}

/// The filters that a query sets.
pub fn of<'a>(kind: &CollectionSchema, query: &'a Query) -> Vec<Filter<'a>> {
    let filtering = query.iter().filter(|(wire, values)| !NO_FILTERS.contains(wire) && !values.is_empty());
    filtering.map(|(wire, values)| Filter { test: test(kind, wire), values }).collect()
}

/// When a contact changed last; one that never did dates from its creation.
fn changed(contact: &Document) -> Option<String> {
    moment(contact, "info.updatedAt").or_else(|| moment(contact, "createdAt"))
}

fn last_message(state: &AccountState, contact: &Document) -> Option<String> {
    moment(facts::chat_of(state, contact)?, "lastMessageAt")
}

/// A document's labels; a contact without its own has those of its chat.
fn labels(state: &AccountState, document: &Document) -> Vec<String> {
    let own = document.get("labels").or_else(|| facts::chat_of(state, document)?.get("labels"));
    let texts = own.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

/// A chat's status; a muted one is found as such too.
fn statuses(_: &AccountState, chat: &Document) -> Vec<String> {
    let muted = value_at(chat, "meta.isChatMuted") == Some(&Value::Bool(true));
    str_at(chat, "status").into_iter().chain(muted.then_some("muted")).map(str::to_owned).collect()
}

fn metadata(contact: &Document, part: &str) -> Vec<String> {
    let pairs = contact.get("metadata").and_then(Value::as_array).into_iter().flatten();
    pairs.filter_map(|pair| pair.get(part)?.as_str()).map(str::to_owned).collect()
}

/// The words that the filter `type` knows a contact by.
fn kinds_of_contact(_: &AccountState, contact: &Document) -> Vec<String> {
    let by_wid = match str_at(contact, "wid").and_then(|wid| wid.rsplit_once('@')) {
        Some((_, "g.us")) => "group",
        Some((_, "newsletter")) => "channel",
        Some((_, "lid")) => "private",
        _ => "user",
    };
    let kind = str_at(contact, "info.kind").unwrap_or("personal");
    [by_wid, kind].map(str::to_owned).to_vec()
}
