//! Facts that follow from documents.

use serde_json::{Value, json};

use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::timestamp;

/// Whether a team member has access to a device: members without a list have access to all.
pub fn has_access(user: &Document, device: &str) -> bool {
    let devices = user.get("devices").and_then(Value::as_array);
    devices.is_none_or(|devices| devices.iter().any(|id| id.as_str() == Some(device)))
}

/// A summary of the account's owner, the first user.
pub fn account_owner(state: &AccountState) -> Value {
    let owner = state.store.all("users").next();
    owner.map(|user| json!({"id": user.get("id"), "displayName": user.get("displayName")})).unwrap_or_default()
}

/// The user of a device: the one that it names, or else the account's owner.
pub fn device_owner(state: &AccountState, device: &Document) -> Value {
    device.get("user").filter(|user| user.is_object()).cloned().unwrap_or_else(|| account_owner(state))
}

/// The contacts of a campaign, which are stored in it.
pub fn campaign_contacts(campaign: &Document) -> Vec<&Document> {
    campaign.get("contacts").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object).collect()
}

/// The chat with a contact, or of a message.
pub fn chat_of<'a>(state: &'a AccountState, document: &Document) -> Option<&'a Document> {
    let wid = str_at(document, "chatWid").or_else(|| str_at(document, "wid"))?;
    state.store.get("chats", str_at(document, "device")?, wid)
}

/// Whether a status post is scheduled for later.
pub fn is_scheduled_post(post: &Document) -> bool {
    str_at(post, "deliverAt").and_then(timestamp::parse).is_some_and(|due| due > timestamp::now_millis())
}

/// The acknowledgement of a status post: a scheduled post is sent when it is due.
pub fn post_ack(post: &Document) -> &str {
    let ack = str_at(post, "ack").unwrap_or_default();
    if ack == "pending" && !is_scheduled_post(post) { "sent" } else { ack }
}

/// An outbound message without the fields that the sandbox adds for itself.
pub fn public_message(message: &Document) -> Document {
    let mut message = message.clone();
    ["events", "campaign", "campaignContact"].iter().for_each(|name| drop(message.shift_remove(*name)));
    message
}
