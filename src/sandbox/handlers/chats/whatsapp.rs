//! Chat operations that involve the phone: typing, synchronization, participants.

use serde_json::{Value, json};

use crate::sandbox::handlers::{crud, serializers};
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::document::{Document, fill, set_at, str_at};
use crate::sandbox::state::schemas::wid_of_phone;
use crate::sandbox::state::{AccountState, schemas};
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

/// Accepts a typing indicator; nothing is stored. A group must exist, a phone number needs no chat.
pub fn send_typing(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let chat = match call.text("group") {
        Some(group) => state.find("chats", call.device(), group).map(|_| group.to_owned())?,
        None => wid_of_phone(call.text("chat").unwrap_or_default()),
    };
    let duration = call.field("duration").and_then(Value::as_i64).unwrap_or(2);
    Ok(Response::ok(&json!({"chat": chat, "action": call.text("action"), "duration": duration})))
}

/// Sets the synchronization date of the most recent chats.
pub fn sync_chats(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let number = |wire| call.query_number(wire).unwrap_or_default();
    let chats = state.store.documents("chats", call.device()).into_iter().flatten();
    let mut recent: Vec<_> = chats.map(|(id, chat)| (str_at(chat, "lastMessageAt").map(str::to_owned), id.clone())).collect();
    recent.sort_by(|left, right| right.cmp(left));
    recent.truncate(number("size"));
    let (now, mut messages) = (timestamp::now(), 0);
    for (_, wid) in &recent {
        set_at(state.find_mut("chats", call.device(), wid)?, "syncedAt", now.as_str().into());
        messages += messages_of(state, call.device(), wid).len().min(number("messages"));
    }
    set_at(state.find_mut("devices", "", call.device())?, "session.lastSyncAt", now.as_str().into());
    Ok(Response::ok(&json!({"status": "synced", "chats": recent.len(), "messages": messages, "syncedAt": now})))
}

/// Returns the messages of a chat, newest first.
pub fn sync_chat_messages(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    state.find("chats", call.device(), call.id())?;
    let limit = call.query_value("before").and_then(|text| timestamp::parse(&text)).unwrap_or(i64::MAX);
    let mut messages = messages_of(state, call.device(), call.id());
    let date = |message: &Document| str_at(message, "date").and_then(timestamp::parse).unwrap_or_default();
    messages.retain(|message| date(message) < limit);
    messages.sort_by_key(|message| std::cmp::Reverse(date(message)));
    let page: Vec<_> = crud::page(call, &messages)?.iter().map(|message| serializers::message(state, message)).collect();
    Ok(Response::ok(&page))
}

fn messages_of<'a>(state: &'a AccountState, device: &str, wid: &str) -> Vec<&'a Document> {
    let messages = state.store.documents("messages", device).into_iter().flatten().map(|(_, message)| message);
    messages.filter(|message| str_at(message, "chatWid") == Some(wid)).collect()
}

/// Returns the members of a group that match every filter.
pub fn list_participants(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    // A group without messages has members, but no chat.
    let group = state.store.get("groups", call.device(), call.id());
    let chat = group.map_or_else(|| state.find("chats", call.device(), call.id()), Ok)?;
    if !call.id().ends_with("@g.us") {
        return Err(ApiError::new(400, "The chat is not a group"));
    }
    let members = serializers::participants(state, chat).into_iter().map(|member| serialize_member(state, call, member));
    let members: Vec<Value> = members.filter(|member| matches(call, member)).collect();
    Ok(Response::ok(&crud::page(call, &members)?))
}

fn serialize_member(state: &AccountState, call: &Call, mut member: Value) -> Value {
    let Some(fields) = member.as_object_mut() else { return member };
    let synced = state.store.get("devices", "", call.device()).and_then(|device| str_at(device, "session.lastSyncAt"));
    let by_phone = str_at(fields, "phone").map(wid_of_phone);
    let wid = str_at(fields, "wid").or_else(|| str_at(fields, "id")).map(str::to_owned).or(by_phone).unwrap_or_default();
    let contact = state.store.get("contacts", call.device(), &wid);
    let (is_contact, is_chat) = (contact.is_some(), state.store.get("chats", call.device(), &wid).is_some());
    for (field, value) in [("id", wid.as_str()), ("wid", &wid), ("chatWid", call.id())] {
        fields.insert(field.to_owned(), value.into());
    }
    fields.insert("isContact".to_owned(), is_contact.into());
    fill(fields, json!({"isChatActive": is_chat, "syncedAt": synced}));
    let include_contact = call.query.get("include").is_some_and(|values| values.iter().any(|value| value == "contact"));
    if let Some(contact) = contact.filter(|_| include_contact) {
        fields.insert("contact".to_owned(), serializers::view(state, &schemas::CONTACTS, contact).into());
    }
    member
}

fn matches(call: &Call, member: &Value) -> bool {
    let text = |field: &str| member.get(field).and_then(Value::as_str).unwrap_or_default().to_lowercase();
    let values = |wire: &str| call.query.get(wire).filter(|values| !values.is_empty());
    let texts = [text("name"), text("phone"), text("wid")];
    let contains_words =
        |words: &str| words.to_lowercase().split_whitespace().all(|word| texts.iter().any(|text| text.contains(word)));
    values("search").is_none_or(|values| values.iter().all(|words| contains_words(words)))
        && values("phone").is_none_or(|values| values.iter().any(|phone| wid_of_phone(phone) == text("wid")))
        && values("role").is_none_or(|values| values.iter().any(|role| role == role_of(member)))
        && values("contact").is_none_or(|values| values.iter().all(|value| (value == "true") == is_true(member, "isContact")))
}

fn role_of(member: &Value) -> &'static str {
    match (is_true(member, "isSuperAdmin"), is_true(member, "isAdmin")) {
        (true, _) => "owner",
        (_, true) => "admin",
        _ => "participant",
    }
}

fn is_true(member: &Value, field: &str) -> bool {
    member.get(field).and_then(Value::as_bool).unwrap_or_default()
}
