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
    let count = |collection: &str| state.store.documents(collection, device).map_or(0, |documents| documents.len());
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
    messages: Vec<Sent<'a>>,
}

struct Sent<'a> {
    /// In ISO-8601, which sorts as text.
    date: &'a str,
    is_failed: bool,
    is_media: bool,
}

/// Collects what a device sent or failed to send; messages that are still queued do not count.
pub fn usage<'a>(state: &'a AccountState, device: &str) -> Usage<'a> {
    let own = state.store.all("outbound").filter(|message| text(message, "device") == Some(device));
    Usage { messages: own.filter(|message| text(message, "status") != Some("queued")).map(sent).collect() }
}

fn sent(message: &Document) -> Sent<'_> {
    Sent {
        date: text(message, "processedAt").or_else(|| text(message, "createdAt")).unwrap_or_default(),
        is_failed: text(message, "status") == Some("failed"),
        is_media: message.contains_key("media"),
    }
}

/// Counts of what a device sent in each span of time up to now.
pub fn stats(usage: &Usage<'_>) -> Value {
    let now = timestamp::now_millis();
    let since = |span: i64| if span == i64::MAX { String::new() } else { timestamp::format(now - span) };
    SPANS.iter().map(|(name, span)| ((*name).to_owned(), count_since(usage, &since(*span)))).collect()
}

fn count_since(usage: &Usage<'_>, since: &str) -> Value {
    let count = |counts: fn(&Sent<'_>) -> bool| usage.messages.iter().filter(|sent| sent.date >= since && counts(sent)).count();
    json!({
        "sent": count(|sent| !sent.is_failed), "failed": count(|sent| sent.is_failed), "media": count(|sent| sent.is_media),
        "totalUpstreamSize": 0, "totalDeliveryTime": 0, "totalUpstreamSpeed": 0,
    })
}

/// What counts toward a subscription.
pub fn billed(usage: &Usage<'_>) -> Value {
    let count = |counts: fn(&Sent<'_>) -> bool| usage.messages.iter().filter(|sent| counts(sent)).count();
    json!({
        "textMessages": count(|sent| !sent.is_failed && !sent.is_media), "mediaMessages": count(|sent| !sent.is_failed && sent.is_media),
        "failedMessages": count(|sent| sent.is_failed), "filesSize": 0, "numberChecks": 0, "catalogQueries": 0, "campaigns": 0,
    })
}
