//! What can be changed about one chat, for the single calls and the bulk one alike.

use serde_json::{Value, json};

use crate::sandbox::state::document::{Document, entry_object, set_at, str_at};
use crate::sandbox::timestamp;

/// Setting the status that the chat has already leaves its dates as they are.
pub fn set_status(chat: &mut Document, status: &str) {
    if str_at(chat, "status") == Some(status) {
        return;
    }
    if let Some(earlier) = chat.get("statusUpdatedAt").cloned() {
        chat.insert("prevStatusUpdatedAt".to_owned(), earlier);
    }
    chat.insert("status".to_owned(), status.into());
    chat.insert("statusUpdatedAt".to_owned(), timestamp::now().into());
}

/// A chat that is marked as unread has at least one unread message.
pub fn set_unread(chat: &mut Document, unread: bool) {
    let known = chat.get("unreadCount").and_then(Value::as_i64).unwrap_or_default();
    let count = if unread { known.max(1) } else { 0 };
    chat.insert("unreadCount".to_owned(), count.into());
    let Some(meta) = entry_object(chat, "meta") else { return };
    meta.insert("unreadCount".to_owned(), count.into());
    meta.insert("isUnread".to_owned(), unread.into());
    meta.insert("unreadCountAt".to_owned(), timestamp::now().into());
}

pub fn set_pinned(chat: &mut Document, pinned: bool) {
    set_at(chat, "meta.isPinned", pinned.into());
}

pub fn set_muted(chat: &mut Document, muted: bool) {
    set_at(chat, "meta.isChatMuted", muted.into());
}

/// What the archive holds is not active on WhatsApp; out of it, a chat of status `archived` is active again.
pub fn set_archived(chat: &mut Document, archived: bool) {
    set_at(chat, "meta.isArchived", archived.into());
    chat.insert("waStatus".to_owned(), if archived { "archived" } else { "active" }.into());
    if !archived && str_at(chat, "status") == Some("archived") {
        set_status(chat, "active");
    }
}

pub fn add_labels(chat: &mut Document, labels: &[Value]) {
    let Some(known) = labels_of(chat) else { return };
    for label in labels {
        if !known.contains(label) {
            known.push(label.clone());
        }
    }
}

pub fn remove_labels(chat: &mut Document, labels: &[Value]) {
    if let Some(known) = labels_of(chat) {
        known.retain(|label| !labels.contains(label));
    }
}

/// The chat has these labels and no others afterwards.
pub fn replace_labels(chat: &mut Document, labels: &[Value]) {
    chat.insert("labels".to_owned(), json!([]));
    add_labels(chat, labels);
}

fn labels_of(chat: &mut Document) -> Option<&mut Vec<Value>> {
    chat.entry("labels").or_insert_with(|| json!([])).as_array_mut()
}

/// Makes the agent and the department the owners of a chat.
pub fn give(chat: &mut Document, agent: Option<String>, department: Option<String>, assigner: Option<Value>) {
    let Some(owner) = entry_object(chat, "owner") else { return };
    if let Some(agent) = agent {
        owner.insert("agent".to_owned(), agent.into());
    }
    if let Some(assigner) = assigner {
        owner.insert("assigner".to_owned(), assigner);
    }
    owner.insert("assignedAt".to_owned(), timestamp::now().into());
    if let Some(department) = department {
        owner.insert("department".to_owned(), department.into());
    }
}

/// Takes the chat away from its agent; its department keeps it.
pub fn take_from_agent(chat: &mut Document) {
    let Some(owner) = entry_object(chat, "owner") else { return };
    owner.shift_remove("agent");
    if !owner.contains_key("department") {
        chat.shift_remove("owner");
    }
}
