//! The filters of lists and bulk deletes. A query parameter without an entry here compares with the field of the same name.

mod predicate;

use serde_json::Value;

use crate::sandbox::countries;
use crate::sandbox::handlers::filters::predicate::{Filter, Predicate, date_at};
use crate::sandbox::query::Query;
use crate::sandbox::state::document::{Document, str_at, value_at};
use crate::sandbox::state::schemas::{CollectionSchema, chat_type_of_wid};
use crate::sandbox::state::{AccountState, facts};
use crate::sandbox::timestamp;

/// Query parameters that are not filters.
const NOT_FILTERS: &[&str] = &["page", "size", "limit", "skip", "sort", "sync", "include", "exclude"];

fn predicate(collection: &str, wire: &'static str) -> Predicate {
    match (collection, wire) {
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
        ("messages" | "user_status", "before") => Predicate::Before(|_, document| date_at(document, "date")),
        ("chats", "search") => Predicate::ContainsWords(&["name", "phone", "wid"]),
        ("chats" | "messages" | "user_status", "after") => Predicate::After(|_, document| date_at(document, "date")),
        ("contacts", "search") => {
            Predicate::ContainsWords(&["name", "displayName", "phone", "wid", "info.surname", "info.email"])
        }
        ("contacts", "type") => Predicate::AnyOf(contact_types),
        ("contacts", "has") => Predicate::AllOf(|state, contact| {
            let email = str_at(contact, "info.email").map(|_| "email".to_owned());
            email.into_iter().chain(facts::chat_of(state, contact).map(|_| "chat".to_owned())).collect()
        }),
        ("contacts", "hasChat") => Predicate::Flag(|state, contact| facts::chat_of(state, contact).is_some()),
        ("contacts", "country") => Predicate::AnyOf(country),
        ("contacts", "metadataKey") => Predicate::AllOf(|_, contact| metadata(contact, "key")),
        ("contacts", "metadataValue") => Predicate::AllOf(|_, contact| metadata(contact, "value")),
        ("contacts", "after") => Predicate::After(|_, contact| date_at(contact, "createdAt")),
        ("contacts", "before") => Predicate::Before(|_, contact| date_at(contact, "createdAt")),
        ("contacts", "updatedAfter") => Predicate::After(|_, contact| updated_at(contact)),
        ("contacts", "updatedBefore") => Predicate::Before(|_, contact| updated_at(contact)),
        ("contacts", "lastMessageAfter") => Predicate::After(last_message),
        ("contacts", "lastMessageBefore") => Predicate::Before(last_message),
        ("messages", "wid") => Predicate::AnyOf(|_, message| strings(message, &["id", "wid"])),
        ("messages", "search") => Predicate::ContainsWords(&["body", "media.caption", "media.filename"]),
        ("messages", "chat") => Predicate::Equals("chatWid"),
        // The filter is the type of the chat; the field is the kind of content.
        ("messages", "type") => Predicate::AnyOf(|_, message| {
            str_at(message, "chatWid").map(chat_type_of_wid).map(str::to_owned).into_iter().collect()
        }),
        ("messages", "from") => Predicate::AnyOf(|_, message| strings(message, &["from", "fromNumber"])),
        ("messages", "to") => Predicate::AnyOf(|_, message| strings(message, &["to", "toNumber"])),
        ("messages", "begin") => {
            Predicate::MatchesOne(|state, message, id| compare_dates(state, "messages", message, id, i64::ge))
        }
        ("messages", "end") => Predicate::MatchesOne(|state, message, id| compare_dates(state, "messages", message, id, i64::le)),
        ("user_status", "begin") => {
            Predicate::MatchesOne(|state, post, id| compare_dates(state, "user_status", post, id, i64::ge))
        }
        ("user_status", "end") => Predicate::MatchesOne(|state, post, id| compare_dates(state, "user_status", post, id, i64::le)),
        ("chat_files", "search") => Predicate::ContainsWords(&["filename", "caption"]),
        ("chat_files", "type") => Predicate::AnyOf(|_, file| strings(file, &["type", "kind", "format"])),
        ("outbound", "search") => Predicate::ContainsWords(&["message", "poll.name", "event.name", "media.filename"]),
        ("outbound", "agents") => Predicate::Equals("agent"),
        ("outbound", "target") => Predicate::AnyOf(|_, message| vec![target_type(message).to_owned()]),
        ("outbound", "waIds") => Predicate::Equals("waId"),
        ("outbound", "devices") => Predicate::Equals("device"),
        ("chat_files" | "campaigns" | "files" | "meeting_links", "after") | ("outbound", "after" | "createdAfter") => {
            Predicate::After(|_, document| date_at(document, "createdAt"))
        }
        ("chat_files" | "campaigns" | "files" | "meeting_links", "before") | ("outbound", "before" | "createdBefore") => {
            Predicate::Before(|_, document| date_at(document, "createdAt"))
        }
        ("campaigns", "device") => Predicate::Equals("device.id"),
        ("campaigns", "owner") => Predicate::AnyOf(|_, campaign| strings(campaign, &["owner.id", "user.id"])),
        ("campaigns", "phone") => Predicate::AnyOf(|_, campaign| contact_values(campaign, "phone")),
        ("campaigns", "group") => Predicate::AnyOf(|_, campaign| contact_values(campaign, "group")),
        ("campaign_contacts", "search") => Predicate::ContainsWords(&["name", "phone", "group", "wid"]),
        ("campaign_contacts", "target") => Predicate::AnyOf(|_, contact| strings(contact, &["phone", "group"])),
        ("webhooks", "search") => Predicate::ContainsWords(&["name", "url"]),
        // A webhook without a device belongs to all devices.
        ("webhooks", "devices") => Predicate::AnyOf(|state, hook| match strings(hook, &["device", "device.id"]) {
            own if own.is_empty() => state.store.all("devices").flat_map(|device| strings(device, &["id"])).collect(),
            own => own,
        }),
        ("files", "search") => Predicate::ContainsWords(&["filename", "reference", "message", "id"]),
        ("files", "tags") => Predicate::AnyOf(tags),
        ("files", "owner") => Predicate::Equals("user.id"),
        ("files", "filesize") => Predicate::MatchesAll(is_in_size_range),
        ("user_status", "mine") => Predicate::Equals("fromMe"),
        ("user_status", "scheduled") => Predicate::Flag(|_, post| facts::is_scheduled_post(post)),
        ("user_status", "ack") => Predicate::AnyOf(|_, post| vec![facts::post_ack(post).to_owned()]),
        ("user_status", "search") => Predicate::ContainsWords(&["body", "media.caption"]),
        ("user_status", "chat") => {
            Predicate::MatchesOne(|_, post, wid| [str_at(post, "chatWid"), str_at(post, "from")].contains(&Some(wid)))
        }
        ("user_status", "phone") => Predicate::Equals("fromNumber"),
        ("users", "search") => Predicate::ContainsWords(&["displayName", "email"]),
        ("users", "device") => Predicate::MatchesOne(|_, user, device| facts::has_access(user, device)),
        ("users", "exceptIds") => Predicate::NoneOf(|_, user| str_at(user, "id").map(str::to_owned).into_iter().collect()),
        ("users", "onlineBefore") => Predicate::Before(|_, user| date_at(user, "lastSeenAt")),
        ("users", "onlineAfter") => Predicate::After(|_, user| date_at(user, "lastSeenAt")),
        ("users", "loginBefore") => Predicate::Before(|_, user| date_at(user, "lastLoginAt")),
        ("users", "loginAfter") => Predicate::After(|_, user| date_at(user, "lastLoginAt")),
        ("quick_replies", "permissions") => Predicate::Equals("permission"),
        ("quick_replies", "agents") => Predicate::Equals("agent"),
        ("meeting_links", "search") => Predicate::ContainsWords(&["message", "url"]),
        ("meeting_links", "expiresBefore") => Predicate::Before(|_, link| date_at(link, "expiresAt")),
        ("meeting_links", "expiresAfter") => Predicate::After(|_, link| date_at(link, "expiresAt")),
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
pub fn from_query<'a>(schema: &CollectionSchema, query: &'a Query) -> Vec<Filter<'a>> {
    let filters = query.iter().filter(|(wire, values)| !NOT_FILTERS.contains(wire) && !values.is_empty());
    filters.map(|(wire, values)| Filter { predicate: predicate(schema.name, wire), values }).collect()
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

/// The country of a contact: the stored one, or else that of the number.
fn country(_: &AccountState, contact: &Document) -> Vec<String> {
    let of_number = || countries::from_phone_digits(str_at(contact, "phone")?.trim_start_matches('+'));
    let country = str_at(contact, "info.country").or_else(|| of_number().map(|country| country.code));
    country.map(str::to_owned).into_iter().collect()
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

/// Compares the date of a document with that of the document `id`; false if that does not exist.
fn compare_dates(state: &AccountState, collection: &str, document: &Document, id: &str, holds: fn(&i64, &i64) -> bool) -> bool {
    let date = |document: &Document| str_at(document, "date").and_then(timestamp::parse);
    let other = str_at(document, "device").and_then(|device| state.store.get(collection, device, id));
    date(document).zip(other.and_then(date)).is_some_and(|(own, other)| holds(&own, &other))
}

fn target_type(message: &Document) -> &'static str {
    match str_at(message, "wid").and_then(|wid| wid.rsplit_once('@')) {
        Some((_, "g.us")) => "group",
        Some((_, "newsletter")) => "channel",
        _ => "user",
    }
}

fn strings(document: &Document, paths: &[&str]) -> Vec<String> {
    paths.iter().filter_map(|path| str_at(document, path)).map(str::to_owned).collect()
}

fn contact_values(campaign: &Document, field: &str) -> Vec<String> {
    let contacts = campaign.get("contacts").and_then(Value::as_array).into_iter().flatten();
    contacts.filter_map(|contact| contact.get(field)?.as_str()).map(str::to_owned).collect()
}

/// A filter of a bulk delete, where some names have another meaning than in a list.
pub fn for_bulk_delete<'a>(wire: &'static str, values: &'a [String]) -> Filter<'a> {
    let predicate = match wire {
        "ids" => Predicate::Equals("id"),
        "before" => Predicate::Before(|_, file| date_at(file, "createdAt")),
        "after" => Predicate::After(|_, file| date_at(file, "createdAt")),
        "expires" => Predicate::Before(|_, file| date_at(file, "expiresAt")),
        "owner" => Predicate::Equals("user.id"),
        "tags" => Predicate::AnyOf(tags),
        "size" => Predicate::MatchesOne(|_, file, limit| size(file) > limit.parse().ok()),
        "filename" | "ext" | "mime" | "kind" | "format" | "permission" | "origin" | "sha2" => Predicate::Equals(wire),
        // An unknown filter matches nothing, so that it does not delete too much.
        _ => Predicate::MatchesOne(|_, _, _| false),
    };
    Filter { predicate, values }
}

fn tags(_: &AccountState, file: &Document) -> Vec<String> {
    let tags = file.get("tags").and_then(Value::as_array).into_iter().flatten();
    tags.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn size(file: &Document) -> Option<u64> {
    file.get("size").and_then(Value::as_u64)
}

/// Whether the size is in the range `min,max`; either bound may be empty.
fn is_in_size_range(_: &AccountState, file: &Document, limits: &[String]) -> bool {
    let text = limits.join(",");
    let (min, max) = text.split_once(',').unwrap_or((&text, ""));
    let number = |text: &str, usual| text.trim().parse::<u64>().unwrap_or(usual);
    size(file).is_some_and(|size| (number(min, 0)..=number(max, u64::MAX)).contains(&size))
}
