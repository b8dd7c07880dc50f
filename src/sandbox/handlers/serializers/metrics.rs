//! Counts of a device: its chats, the last messages in them, and what it sent.

use serde_json::{Value, json};

use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::{Document, fill, str_at, value_at};
use crate::sandbox::timestamp;

/// Names of the spans of time for which a device counts what it sent, and their length.
const SPANS: [(&str, i64); 8] = [
    ("total", i64::MAX),
    ("minutes", timestamp::MINUTE),
    ("quarter", 15 * timestamp::MINUTE),
    ("hour", 60 * timestamp::MINUTE),
    ("day", timestamp::DAY),
    ("week", 7 * timestamp::DAY),
    ("month", 30 * timestamp::DAY),
    ("year", 365 * timestamp::DAY),
];

/// Counts of chats, contacts and unread messages, and the last messages.
pub fn metrics(state: &AccountState, device: &str) -> Document {
    let chats: Vec<&Document> = documents(state, "chats", device).collect();
    let of_type = |kind: &str| -> Vec<&Document> { chats.iter().copied().filter(|chat| chat_type(chat) == kind).collect() };
    let (direct, groups, channels) = (of_type("chat"), of_type("group"), of_type("channel"));
    let count = |collection: &str| documents(state, collection, device).count();
    let owned = documents(state, "channels", device).filter(|channel| str_at(channel, "permission") == Some("owner")).count();
    let left = documents(state, "groups", device).filter(|group| group.get("isReadOnly") == Some(&Value::Bool(true))).count();
    let archived = chats.iter().filter(|chat| is_archived(chat)).count();
    let mut metrics = Document::new();
    fill(
        &mut metrics,
        json!({
            "openChats": chats.len() - archived, "archivedChats": archived, "groupChats": count("groups"),
            "groupChatsActive": count("groups") - left, "groupChatsInactive": left, "channels": count("channels"),
            "channelsOwned": owned, "channelsFollowing": count("channels") - owned, "communityChats": of_type("community").len(),
            "contacts": count("contacts"), "contactsAgenda": count("contacts"),
            "unreadChats": unread_chats(&direct), "unreadGroupChats": unread_chats(&groups), "unreadChannels": unread_chats(&channels),
            "unreadMessages": unread_messages(&direct), "unreadGroupMessages": unread_messages(&groups),
            "unreadChannelMessages": unread_messages(&channels),
        }),
    );
    add_last(state, &mut metrics, device, &direct, "");
    add_last(state, &mut metrics, device, &groups, "Group");
    metrics
}

fn documents<'a>(state: &'a AccountState, collection: &str, device: &str) -> impl Iterator<Item = &'a Document> + use<'a> {
    state.store.documents(collection, device).into_iter().flat_map(|documents| documents.values())
}

/// The text at a key; a path would be split at its dots.
fn text<'a>(document: &'a Document, key: &str) -> Option<&'a str> {
    document.get(key).and_then(Value::as_str)
}

fn chat_type(chat: &Document) -> &str {
    text(chat, "type").unwrap_or("chat")
}

fn is_archived(chat: &Document) -> bool {
    ["status", "waStatus"].iter().any(|field| text(chat, field) == Some("archived"))
}

fn unread(chat: &Document) -> u64 {
    chat.get("unreadCount").and_then(Value::as_u64).unwrap_or_default()
}

fn unread_chats(chats: &[&Document]) -> usize {
    chats.iter().filter(|chat| unread(chat) > 0).count()
}

fn unread_messages(chats: &[&Document]) -> u64 {
    chats.iter().map(|chat| unread(chat)).sum()
}

/// The last message of the chats, and the last one that was sent to them; `part` is in the names of groups.
fn add_last(state: &AccountState, metrics: &mut Document, device: &str, chats: &[&Document], part: &str) {
    let latest = |field: &str| chats.iter().filter(|chat| chat.contains_key(field)).max_by_key(|chat| text(chat, field));
    if let Some(chat) = latest("lastMessageAt") {
        add_message(metrics, &format!("last{part}"), chat, value_at(chat, "lastMessage").and_then(Value::as_object));
        let author = value_at(chat, "lastMessage.author");
        let more =
            if part.is_empty() { json!({"lastChatUnread": unread(chat)}) } else { json!({"lastGroupMessageAuthor": author}) };
        fill(metrics, more);
    }
    if let Some(chat) = latest("lastOutboundMessageAt") {
        add_message(metrics, &format!("lastReplied{part}"), chat, last_reply(state, device, chat));
    }
}

fn add_message(metrics: &mut Document, prefix: &str, chat: &Document, message: Option<&Document>) {
    let field = |names: [&str; 2]| names.iter().find_map(|name| message?.get(*name)).cloned();
    let fields = [
        ("ChatId", chat.get("wid").cloned()),
        ("MessageId", field(["id", "wid"])),
        ("MessageType", field(["kind", "type"])),
        ("MessageBody", field(["body", "caption"])),
        ("MessageAt", field(["date", "createdAt"])),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            metrics.insert(format!("{prefix}{name}"), value);
        }
    }
}

/// The newest message that was sent to a chat.
fn last_reply<'a>(state: &'a AccountState, device: &str, chat: &Document) -> Option<&'a Document> {
    let wid = text(chat, "wid");
    let is_reply = |message: &&Document| text(message, "chatWid") == wid && text(message, "flow") == Some("outbound");
    state.store.documents("messages", device)?.values().rev().find(is_reply)
}

/// What a device sent, or failed to send.
pub struct Usage<'a> {
    messages: Vec<&'a Document>,
}

/// Collects what a device sent or failed to send; messages that are still queued do not count.
pub fn usage<'a>(state: &'a AccountState, device: &str) -> Usage<'a> {
    let is_done = |message: &&Document| str_at(message, "status") != Some("queued");
    let own = state.store.all("outbound").filter(|message| message.get("device").and_then(Value::as_str) == Some(device));
    Usage { messages: own.filter(is_done).collect() }
}

fn is_failed(message: &Document) -> bool {
    str_at(message, "status") == Some("failed")
}

fn is_media(message: &Document) -> bool {
    message.contains_key("media")
}

/// Counts of what a device sent in each span of time up to now.
pub fn stats(usage: &Usage<'_>) -> Value {
    let now = timestamp::now_millis();
    let since = |span: i64| if span == i64::MAX { String::new() } else { timestamp::format(now - span) };
    SPANS.iter().map(|(name, span)| ((*name).to_owned(), count_since(usage, &since(*span)))).collect()
}

/// Dates in ISO-8601 sort as text.
fn count_since(usage: &Usage<'_>, since: &str) -> Value {
    let date = |message: &Document| str_at(message, "processedAt").or_else(|| str_at(message, "createdAt")).map(str::to_owned);
    let messages: Vec<_> =
        usage.messages.iter().filter(|message| date(message).is_some_and(|date| date.as_str() >= since)).collect();
    let failed = messages.iter().filter(|message| is_failed(message)).count();
    let media = messages.iter().filter(|message| is_media(message)).count();
    json!({
        "sent": messages.len() - failed, "failed": failed, "media": media, "totalUpstreamSize": 0, "totalDeliveryTime": 0,
        "totalUpstreamSpeed": 0,
    })
}

/// What counts toward a subscription.
pub fn billed(usage: &Usage<'_>) -> Value {
    let (failed, sent): (Vec<&Document>, Vec<&Document>) = usage.messages.iter().copied().partition(|message| is_failed(message));
    let media = sent.iter().filter(|message| is_media(message)).count();
    json!({
        "textMessages": sent.len() - media, "mediaMessages": media, "failedMessages": failed.len(), "filesSize": 0, "numberChecks": 0,
        "catalogQueries": 0, "campaigns": 0,
    })
}
