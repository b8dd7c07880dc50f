//! Messages in chats: editing, deleting, delivery information.

use serde_json::{Value, json};

use crate::sandbox::handlers::{chats, serializers};
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::cascade::delete_where;
use crate::sandbox::state::document::{Document, str_at, value_at};
use crate::sandbox::state::schemas::phone_of_wid;
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

/// How long WhatsApp allows a text to be edited, and a message to be deleted for everyone.
const EDIT_WINDOW: i64 = 20 * timestamp::MINUTE;
const REVOKE_WINDOW: i64 = 60 * timestamp::MINUTE;

/// Returns who has received and read the message: the contact, or the members of the group.
pub fn delivery_info(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let message = state.find("messages", call.device(), call.id())?;
    let ack = str_at(message, "ack").unwrap_or("pending");
    let receivers = receivers(state, call, message);
    let recipients = |stages: &[&str], event: &str| -> Vec<Value> {
        let event_field = |field| value_at(message, &format!("events.{event}.{field}"));
        let date = event_field("reportedAt").or_else(|| event_field("date")).or_else(|| message.get("date"));
        let wids = if stages.contains(&ack) { receivers.as_slice() } else { &[] };
        wids.iter().map(|wid| json!({"wid": wid, "phone": phone_of_wid(wid), "date": date})).collect()
    };
    Ok(Response::ok(&json!({
        "id": call.id(),
        "chat": str_at(message, "chatWid"),
        "ack": ack,
        "receivers": receivers.len(),
        "delivered": recipients(&["delivered", "read", "played"], "delivered"),
        "read": recipients(&["read", "played"], "read"),
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

/// Edits a sent message.
pub fn edit(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let message = state.find_mut("messages", call.device(), call.id())?;
    if str_at(message, "flow") != Some("outbound") {
        return Err(ApiError::new(400, "Only sent messages can be edited"));
    }
    if age(message) > EDIT_WINDOW {
        return Err(ApiError::new(400, "Messages can be edited for 20 minutes only"));
    }
    message.insert("body".to_owned(), call.text("message").unwrap_or_default().into());
    message.insert("editedAt".to_owned(), timestamp::now().into());
    let message = state.find("messages", call.device(), call.id())?;
    Ok(Response::ok(&serializers::message(state, message)))
}

fn age(message: &Document) -> i64 {
    let date = str_at(message, "date").and_then(timestamp::parse).unwrap_or_default();
    timestamp::now_millis() - date
}

/// Deletes a message: with `revoke` for everyone (sent recently, unless forced), with `clean` including its files.
pub fn delete(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let message = state.find("messages", call.device(), call.id())?;
    if call.query_flag("revoke") && !call.query_flag("force") {
        ensure_revocable(message)?;
    }
    if call.query_flag("revoke") {
        chats::ensure_online(state, call)?;
    }
    let response =
        json!({"id": call.id(), "chat": str_at(message, "chatWid"), "deleted": true, "revoked": call.query_flag("revoke")});
    state.store.remove("messages", call.device(), call.id());
    if call.query_flag("clean") {
        delete_where(&mut state.store, "chat_files", call.device(), |file| str_at(file, "message") == Some(call.id()));
    }
    Ok(Response::ok(&response))
}

fn ensure_revocable(message: &Document) -> Result<(), ApiError> {
    if str_at(message, "flow") != Some("outbound") {
        return Err(ApiError::new(400, "Only sent messages can be deleted for everyone"));
    }
    if age(message) > REVOKE_WINDOW {
        return Err(ApiError::new(400, "Messages can be deleted for everyone for 60 minutes only"));
    }
    Ok(())
}
