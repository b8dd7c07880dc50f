//! Changes to the attributes of a chat, for single and bulk operations.

use serde_json::{Value, json};

use crate::sandbox::state::document::{Document, entry_object, set_at, str_at};
use crate::sandbox::timestamp;

/// Sets the status; the dates change only if the status does.
pub fn set_status(chat: &mut Document, status: &str) {
    if str_at(chat, "status") == Some(status) {
        return;
    }
    if let Some(previous) = chat.get("statusUpdatedAt").cloned() {
        chat.insert("prevStatusUpdatedAt".to_owned(), previous);
    }
    chat.insert("status".to_owned(), status.into());
    chat.insert("statusUpdatedAt".to_owned(), timestamp::now().into());
}

/// Marks a chat as read or unread; an unread chat has at least one unread message.
pub fn set_unread(chat: &mut Document, unread: bool) {
    let unread_count = chat.get("unreadCount").and_then(Value::as_i64).unwrap_or_default();
    let count = if unread { unread_count.max(1) } else { 0 };
    chat.insert("unreadCount".to_owned(), count.into());
    let Some(meta) = entry_object(chat, "meta") else { return };
    meta.insert("unreadCount".to_owned(), count.into());
    meta.insert("isUnread".to_owned(), unread.into());
    meta.insert("unreadCountAt".to_owned(), timestamp::now().into());
}

/// Pins or unpins a chat.
pub fn set_pinned(chat: &mut Document, pinned: bool) {
    set_at(chat, "meta.isPinned", pinned.into());
}

/// Mutes or unmutes a chat.
pub fn set_muted(chat: &mut Document, muted: bool) {
    set_at(chat, "meta.isChatMuted", muted.into());
}

/// Archives or restores a chat; restoring one of status `archived` makes it active.
pub fn set_archived(chat: &mut Document, archived: bool) {
    set_at(chat, "meta.isArchived", archived.into());
    chat.insert("waStatus".to_owned(), if archived { "archived" } else { "active" }.into());
    if !archived && str_at(chat, "status") == Some("archived") {
        set_status(chat, "active");
    }
}

/// Adds the labels that the chat does not have.
pub fn add_labels(chat: &mut Document, labels: &[Value]) {
    let Some(current) = labels_mut(chat) else { return };
    for label in labels {
        if !current.contains(label) {
            current.push(label.clone());
        }
    }
}

/// Removes labels; those that the chat does not have are ignored.
pub fn remove_labels(chat: &mut Document, labels: &[Value]) {
    if let Some(current) = labels_mut(chat) {
        current.retain(|label| !labels.contains(label));
    }
}

/// Replaces all labels of a chat.
pub fn replace_labels(chat: &mut Document, labels: &[Value]) {
    chat.insert("labels".to_owned(), json!([]));
    add_labels(chat, labels);
}

fn labels_mut(chat: &mut Document) -> Option<&mut Vec<Value>> {
    chat.entry("labels").or_insert_with(|| json!([])).as_array_mut()
}

/// Assigns a chat to the agent and the department, if given.
pub fn assign(chat: &mut Document, agent: Option<String>, department: Option<String>, assigner: Option<Value>) {
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

/// Unassigns the agent of a chat, not its department.
pub fn unassign_agent(chat: &mut Document) {
    let Some(owner) = entry_object(chat, "owner") else { return };
    owner.shift_remove("agent");
    if !owner.contains_key("department") {
        chat.shift_remove("owner");
    }
}
