//! Messages in chats: edited, deleted, and who has received them.

use serde_json::{Value, json};

use crate::sandbox::handlers::chats;
use crate::sandbox::handlers::serializers;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::cascade::delete_where;
use crate::sandbox::state::document::{Document, str_at, value_at};
use crate::sandbox::state::schemas::phone_of_wid;
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

/// WhatsApp lets a text be changed for so many minutes, and a message be taken back for everyone.
const EDITABLE: i64 = 20 * timestamp::MINUTE;
const REVOCABLE: i64 = 60 * timestamp::MINUTE;

/// Who has received and read the message: the other side, or the members of the group.
pub fn delivery_info(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let message = state.find("messages", call.device(), call.id())?;
    let ack = str_at(message, "ack").unwrap_or("pending");
    let receivers = receivers(state, call, message);
    let reached = |stages: &[&str], event: &str| -> Vec<Value> {
        let told = |field| value_at(message, &format!("events.{event}.{field}"));
        let moment = told("reportedAt").or_else(|| told("date")).or_else(|| message.get("date"));
        let all = if stages.contains(&ack) { receivers.as_slice() } else { &[] };
        all.iter().map(|wid| json!({"wid": wid, "phone": phone_of_wid(wid), "date": moment})).collect()
    };
    Ok(Response::ok(&json!({
        "id": call.id(),
        "chat": str_at(message, "chatWid"),
        "ack": ack,
        "receivers": receivers.len(),
        "delivered": reached(&["delivered", "read", "played"], "delivered"),
        "read": reached(&["read", "played"], "read"),
    })))
}

fn receivers(state: &AccountState, call: &Call, message: &Document) -> Vec<String> {
    let wid = str_at(message, "chatWid").unwrap_or_default();
    let chat = state.store.get("chats", call.device(), wid);
    let members = chat.map(|chat| serializers::participants(state, chat)).unwrap_or_default();
    let wids: Vec<String> = members.iter().filter_map(|member| member.get("wid")?.as_str()).map(str::to_owned).collect();
    match str_at(message, "flow") {
        Some("inbound") => Vec::new(),
        _ if wids.is_empty() => vec![wid.to_owned()],
        _ => wids,
    }
}

/// Only a sent text, and only while WhatsApp allows it.
pub fn edit(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let message = state.find_mut("messages", call.device(), call.id())?;
    if str_at(message, "flow") != Some("outbound") {
        return Err(ApiError::new(400, "Only sent messages can be edited"));
    }
    if age(message) > EDITABLE {
        return Err(ApiError::new(400, "Messages can be edited for 20 minutes only"));
    }
    message.insert("body".to_owned(), call.text("message").unwrap_or_default().into());
    message.insert("editedAt".to_owned(), timestamp::now().into());
    Ok(Response::ok(message))
}

fn age(message: &Document) -> i64 {
    let date = str_at(message, "date").and_then(timestamp::read).unwrap_or_default();
    timestamp::milliseconds() - date
}

/// For everyone (`revoke`) only a young message of one's own, unless forced; with `clean` its files go too.
pub fn delete(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let says = |wire| call.query_value(wire).is_some_and(|value| value == "true");
    let message = state.find("messages", call.device(), call.id())?;
    if says("revoke") && !says("force") {
        ensure_revocable(message)?;
    }
    if says("revoke") {
        chats::ensure_online(state, call)?;
    }
    let answer = json!({"id": call.id(), "chat": str_at(message, "chatWid"), "deleted": true, "revoked": says("revoke")});
    state.store.remove("messages", call.device(), call.id());
    if says("clean") {
        delete_where(&mut state.store, "chat_files", call.device(), |file| str_at(file, "message") == Some(call.id()));
    }
    Ok(Response::ok(&answer))
}

fn ensure_revocable(message: &Document) -> Result<(), ApiError> {
    if str_at(message, "flow") != Some("outbound") {
        return Err(ApiError::new(400, "Only sent messages can be deleted for everyone"));
    }
    if age(message) > REVOCABLE {
        return Err(ApiError::new(400, "Messages can be deleted for everyone for 60 minutes only"));
    }
    Ok(())
}
