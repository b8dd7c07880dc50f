//! Chats: status, owner, labels, read state, pin, mute and archive.

pub mod attributes;
pub(crate) mod bulk;
pub(crate) mod files;
pub(crate) mod notes;
pub(crate) mod whatsapp;

use serde_json::Value;

use crate::sandbox::handlers::{crud, serializers};
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::{AccountState, facts, schemas};
use crate::sandbox::validate::Call;

/// Sets the status of a chat, such as `resolved`.
pub fn set_status(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    change(state, call, |chat| attributes::set_status(chat, call.text("status").unwrap_or_default()))
}

/// Assigns the given agent, department or both.
pub fn assign(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let agent = agent(state, call)?;
    let department =
        call.text("department").map(|id| state.find("departments", call.device(), id).map(|_| id.to_owned())).transpose()?;
    let assigner = assigner(state, call);
    let chat = state.find_mut("chats", call.device(), call.id())?;
    attributes::assign(chat, agent, department, assigner);
    chat_response(state, call)
}

/// Removes the owner; idempotent.
pub fn unassign(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    state.find_mut("chats", call.device(), call.id())?.shift_remove("owner");
    chat_response(state, call)
}

/// The id of the agent, given by id or email; the id takes precedence.
fn agent(state: &AccountState, call: &Call) -> Result<Option<String>, ApiError> {
    if let Some(id) = call.text("agent") {
        return state.find("users", "", id).map(|_| Some(id.to_owned()));
    }
    let Some(email) = call.text("email") else { return Ok(None) };
    let user = state.store.all("users").find(|user| str_at(user, "email") == Some(email));
    let id = user.and_then(|user| str_at(user, "id"));
    id.map(|id| Some(id.to_owned())).ok_or_else(|| ApiError::new(404, "Agent not found"))
}

/// The owner of the device, who also owns the API key.
pub fn assigner(state: &AccountState, call: &Call) -> Option<Value> {
    facts::device_owner(state, state.store.get("devices", "", call.device())?).get("id").cloned()
}

/// Marks a chat as read or unread.
pub fn set_read_status(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    change(state, call, |chat| attributes::set_unread(chat, call.field("unread") != Some(&Value::Bool(false))))
}

/// Adds labels with `upsert`, removes them with `remove`, replaces all of them otherwise.
pub fn update_labels(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let change_labels = match (call.query_flag("upsert"), call.query_flag("remove")) {
        (true, _) => attributes::add_labels,
        (_, true) => attributes::remove_labels,
        _ => attributes::replace_labels,
    };
    change(state, call, |chat| change_labels(chat, call.items()))
}

/// Changes the attributes of a chat that the body names: pinned, muted and others.
pub fn update_attributes(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let flag = |name| call.field(name).and_then(Value::as_bool);
    change(state, call, |chat| {
        if let Some(pinned) = flag("pinned") {
            attributes::set_pinned(chat, pinned);
        }
        if let Some(muted) = flag("muted") {
            attributes::set_muted(chat, muted);
        }
    })
}

/// Archives a chat.
pub fn archive(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    change(state, call, |chat| attributes::set_archived(chat, true))
}

/// Unarchives a chat.
pub fn unarchive(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    change(state, call, |chat| attributes::set_archived(chat, false))
}

/// Deletes the chat with its messages, notes and files; with `whatsapp` the session must be online.
pub fn delete(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    state.find("chats", call.device(), call.id())?;
    if call.flag("whatsapp") {
        ensure_online(state, call)?;
    }
    crud::delete(state, &schemas::CHATS, call)
}

/// Returns a 503 unless the session is online, for operations that need it only sometimes.
pub fn ensure_online(state: &AccountState, call: &Call) -> Result<(), ApiError> {
    let device = state.find("devices", "", call.device())?;
    if state.session_status(device) == "online" { Ok(()) } else { Err(ApiError::offline(Some(&call.operation.name))) }
}

fn change(state: &mut AccountState, call: &Call, change: impl FnOnce(&mut Document)) -> Result<Response, ApiError> {
    change(state.find_mut("chats", call.device(), call.id())?);
    chat_response(state, call)
}

fn chat_response(state: &AccountState, call: &Call) -> Result<Response, ApiError> {
    let chat = state.find("chats", call.device(), call.id())?;
    Ok(Response::ok(&serializers::chat(state, chat)))
}
