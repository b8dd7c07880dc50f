//! One action on many chats.

use serde_json::{Value, json};

use crate::sandbox::handlers::chats::attributes;
use crate::sandbox::handlers::{chats, contacts};
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::Document;
use crate::sandbox::state::schemas::to_wid;
use crate::sandbox::validate::Call;

/// Applies an action to all chats, or to none if one does not exist or the action is invalid.
pub fn update(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let chats = call.strings("chats");
    let wids: Vec<String> = chats.map(to_wid).collect();
    for wid in &wids {
        state.find("chats", call.device(), wid)?;
    }
    let action = call.text("action").unwrap_or_default();
    ensure_valid(state, call, action)?;
    if matches!(action, "block" | "unblock") {
        chats::ensure_online(state, call)?;
    }
    let assigner = chats::assigner(state, call);
    for wid in &wids {
        match action {
            "block" => contacts::set_blocked(state, call.device(), wid, true),
            "unblock" => contacts::set_blocked(state, call.device(), wid, false),
            _ => change(state.find_mut("chats", call.device(), wid)?, call, action, assigner.as_ref()),
        }
    }
    Ok(Response::ok(&json!({"action": action, "updated": wids.len(), "chats": wids})))
}

fn ensure_valid(state: &AccountState, call: &Call, action: &str) -> Result<(), ApiError> {
    let invalid = |problem: &str| Err(ApiError::invalid("body.params", problem, problem));
    let has_any = |wires: [&str; 2]| wires.iter().any(|wire| call.field(wire).is_some());
    match action {
        "assign" if !has_any(["params.agent", "params.department"]) => invalid("assign needs params.agent or params.department"),
        "labels" if !has_any(["params.add", "params.remove"]) => invalid("labels needs params.add or params.remove"),
        "assign" => {
            call.text("params.agent").map(|id| state.find("users", "", id)).transpose()?;
            call.text("params.department").map(|id| state.find("departments", call.device(), id)).transpose()?;
            Ok(())
        }
        _ => Ok(()),
    }
}

fn change(chat: &mut Document, call: &Call, action: &str, assigner: Option<&Value>) {
    let text = |wire| call.text(wire).map(str::to_owned);
    let labels = |wire| call.list(wire);
    match action {
        "resolve" => attributes::set_status(chat, "resolved"),
        "unresolve" => attributes::set_status(chat, "active"),
        "pin" | "unpin" => attributes::set_pinned(chat, action == "pin"),
        "mute" | "unmute" => attributes::set_muted(chat, action == "mute"),
        "read" | "unread" => attributes::set_unread(chat, action == "unread"),
        "assign" => attributes::assign(chat, text("params.agent"), text("params.department"), assigner.cloned()),
        "unassign" => {
            chat.shift_remove("owner");
        }
        "labels" => {
            attributes::add_labels(chat, labels("params.add"));
            attributes::remove_labels(chat, labels("params.remove"));
        }
        _ => {}
    }
}
