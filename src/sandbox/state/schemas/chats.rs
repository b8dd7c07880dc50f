//! Default fields of chats; counts and dates that follow from their messages.

use serde_json::{Value, json};

use crate::sandbox::state::document::{Document, entry_object, fill, str_at, value_at};
use crate::sandbox::state::schemas::defaults::{EPOCH, chat_type_of_wid, derive_address, set_default, set_defaults};
use crate::sandbox::timestamp;

/// What a chat keeps of its last message.
const LAST_MESSAGE: [&str; 9] = ["id", "flow", "type", "kind", "body", "date", "ack", "fromNumber", "author"];

/// The id of a chat is its wid.
pub fn apply_chat_defaults(chat: &mut Document) -> Result<(), String> {
    derive_address(chat)?;
    let wid = str_at(chat, "wid").unwrap_or_default().to_owned();
    let display_name = str_at(chat, "phone").unwrap_or(&wid).to_owned();
    let date = ["lastMessageAt", "createdAt"].iter().find_map(|name| str_at(chat, name)).map(str::to_owned);
    let date = date.unwrap_or_else(|| timestamp::format(EPOCH));
    let unread = ["unreadCount", "meta.unreadCount"].iter().find_map(|path| value_at(chat, path)).cloned().unwrap_or(json!(0));
    chat.insert("id".to_owned(), wid.as_str().into());
    let defaults = json!({
        "name": display_name, "type": chat_type_of_wid(&wid), "status": "active", "waStatus": "active", "labels": [],
        "unreadCount": unread, "date": date, "createdAt": date, "statusUpdatedAt": date, "meta": flags(&unread),
        "stats": {"notes": 0, "localMessages": 0, "inboundMessages": 0, "outboundMessages": 0},
    });
    fill(chat, defaults);
    Ok(())
}

fn flags(unread: &Value) -> Value {
    json!({
        "unreadCount": unread, "isUnread": unread.as_u64().is_some_and(|count| count > 0), "isUserInitiated": false, "canSend": true,
        "isFavorite": false, "isPinned": false, "isChatPinned": false, "isReadOnly": false, "isArchived": false, "isLocked": false,
        "isPasswordProtected": false, "muteExpiration": 0, "isChatMuted": false, "isSpam": false, "modifyTag": 0, "ephemeral": 0,
        "hasOlderMessages": false, "isPhoneHidden": false,
    })
}

/// Counts a message in the statistics of its chat.
pub fn count_message(chat: &mut Document, message: &Document) {
    let direction = if is_sent(message) { "outboundMessages" } else { "inboundMessages" };
    let Some(stats) = entry_object(chat, "stats") else { return };
    for field in ["localMessages", direction] {
        let count = stats.get(field).and_then(Value::as_i64).unwrap_or(0) + 1;
        stats.insert(field.to_owned(), count.into());
    }
}

/// Makes a message the last one of its chat.
pub fn set_last_message(chat: &mut Document, message: &Document) {
    let date = message.get("date").cloned().unwrap_or_default();
    let directed = if is_sent(message) { "lastOutboundMessageAt" } else { "lastInboundMessageAt" };
    for field in ["date", "lastMessageAt", directed] {
        chat.insert(field.to_owned(), date.clone());
    }
    set_default(chat, "firstMessageAt", || date);
    // In a group, that of the member who wrote last.
    if let Some(number) = message.get("fromNumber").filter(|number| !is_sent(message) && number.is_string()) {
        chat.insert("fromNumber".to_owned(), number.clone());
    }
    let last = LAST_MESSAGE.iter().filter_map(|name| Some(((*name).to_owned(), message.get(*name)?.clone())));
    chat.insert("lastMessage".to_owned(), Document::from_iter(last).into());
}

/// Makes a note the last one of its chat.
pub fn set_last_note(chat: &mut Document, note: &Document) {
    let last =
        ["id", "message", "author", "createdAt"].iter().filter_map(|name| Some(((*name).to_owned(), note.get(*name)?.clone())));
    chat.insert("lastNote".to_owned(), Document::from_iter(last).into());
    chat.insert("lastNoteAt".to_owned(), note.get("createdAt").cloned().unwrap_or_default());
}

fn is_sent(message: &Document) -> bool {
    str_at(message, "flow") == Some("outbound")
}

/// Completes a chat without messages: it shows an empty message of its date, as nothing else is known.
pub fn finish_chat(chat: &mut Document) {
    let date = chat.get("date").cloned().unwrap_or_default();
    let last = json!({"flow": "inbound", "type": "text", "kind": "text", "body": "", "date": date, "ack": "delivered"});
    set_defaults(chat, json!({"firstMessageAt": date, "lastMessageAt": date, "lastMessage": last}));
    if str_at(chat, "lastMessage.flow") == Some("inbound") {
        set_default(chat, "lastInboundMessageAt", || date);
    }
}
