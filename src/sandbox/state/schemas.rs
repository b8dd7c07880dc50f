//! The collections: whose documents they hold, what identifies one, and what a caller's document is completed with.

mod sending;

use serde_json::{Value, json};

mod conversations;
pub(crate) mod defaults;
mod whatsapp;
mod workspace;

use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::schemas::conversations::{complete_chat_file, complete_chat_message, complete_note};
pub use crate::sandbox::state::schemas::defaults::{EPOCH, is_phone, kind_of_wid, phone_of_wid, wid_of_phone};
use crate::sandbox::state::schemas::defaults::{complete_address, complete_plain, default};
pub use crate::sandbox::state::schemas::whatsapp::{channel_wid, expiry, group_wid, invite, product_id};
use crate::sandbox::state::schemas::whatsapp::{
    complete_channel, complete_file, complete_group, complete_product, complete_public_channel, complete_status,
};
use crate::sandbox::state::schemas::workspace::{
    complete_department, complete_label, complete_meeting_link, complete_quick_reply, complete_user,
};
use crate::sandbox::timestamp;

/// One collection: a line in `ALL`, and the plain verbs of `crud.rs` work for it.
#[derive(Debug)]
pub struct CollectionSchema {
    pub name: &'static str,
    /// What one document is called: `Chat not found`.
    pub label: &'static str,
    /// Whether each device has its own.
    pub per_device: bool,
    /// The field that identifies a document among those of its owner.
    pub key: &'static str,
    /// The format of `common.toml` that the key has; none where any text will do.
    pub format: Option<&'static str>,
    /// The id of a document that comes without one, from a running number.
    pub make_id: fn(u64) -> String,
    /// Fills in what a caller's document leaves out.
    pub complete: fn(&mut Document) -> Result<(), String>,
}

/// A collection of the account.
const ACCOUNT: CollectionSchema = CollectionSchema {
    name: "",
    label: "",
    per_device: false,
    key: "id",
    format: Some("resource_id"),
    make_id: resource_id,
    complete: complete_plain,
};
/// A collection that each device has of its own.
const DEVICE: CollectionSchema = CollectionSchema { per_device: true, ..ACCOUNT };
/// One whose documents are known by their wid.
const BY_WID: CollectionSchema = CollectionSchema { key: "wid", format: Some("chat_wid"), ..DEVICE };

/// The account's collections first: devices come before what belongs to them.
pub const ALL: &[CollectionSchema] = &[
    CollectionSchema { name: "users", label: "Agent", complete: complete_user, ..ACCOUNT },
    CollectionSchema { name: "devices", label: "Device", complete: complete_device, ..ACCOUNT },
    CollectionSchema { name: "departments", label: "Department", complete: complete_department, ..DEVICE },
    CollectionSchema { name: "contacts", label: "Contact", complete: complete_contact, ..BY_WID },
    CollectionSchema { name: "chats", label: "Chat", complete: complete_chat, ..BY_WID },
    CollectionSchema { name: "queue", label: "Message", complete: sending::complete_outbound, ..DEVICE },
    CollectionSchema { name: "labels", label: "Label", key: "name", format: None, complete: complete_label, ..DEVICE },
    CollectionSchema { name: "quick_replies", label: "Quick reply", complete: complete_quick_reply, ..DEVICE },
    CollectionSchema { name: "meeting_links", label: "Meeting link", complete: complete_meeting_link, ..DEVICE },
    CollectionSchema {
        name: "messages",
        label: "Message",
        format: Some("message_id"),
        make_id: message_id,
        complete: complete_chat_message,
        ..DEVICE
    },
    CollectionSchema { name: "notes", label: "Note", complete: complete_note, ..DEVICE },
    CollectionSchema { name: "chat_files", label: "File", complete: complete_chat_file, ..DEVICE },
    CollectionSchema { name: "blocked", label: "Contact", key: "phone", format: Some("phone"), ..DEVICE },
    CollectionSchema {
        name: "groups",
        label: "Group",
        format: Some("group_wid"),
        make_id: group_wid,
        complete: complete_group,
        ..BY_WID
    },
    CollectionSchema {
        name: "channels",
        label: "Channel",
        format: Some("channel_wid"),
        make_id: channel_wid,
        complete: complete_channel,
        ..BY_WID
    },
    CollectionSchema {
        name: "public_channels",
        label: "Channel",
        key: "wid",
        format: Some("channel_wid"),
        make_id: channel_wid,
        complete: complete_public_channel,
        ..ACCOUNT
    },
    CollectionSchema {
        name: "products",
        label: "Product",
        format: Some("product"),
        make_id: product_id,
        complete: complete_product,
        ..DEVICE
    },
    CollectionSchema {
        name: "user_status",
        label: "Status",
        format: Some("status_id"),
        make_id: post_id,
        complete: complete_status,
        ..DEVICE
    },
    CollectionSchema { name: "files", label: "File", complete: complete_file, ..ACCOUNT },
    CollectionSchema { name: "outbound", label: "Message", complete: sending::complete_outbound, ..ACCOUNT },
    CollectionSchema { name: "campaigns", label: "Campaign", complete: sending::complete_campaign, ..ACCOUNT },
    CollectionSchema { name: "webhooks", label: "Webhook", complete: sending::complete_webhook, ..ACCOUNT },
];

/// The receivers of a campaign, which are kept in it.
pub const CAMPAIGN_CONTACTS: CollectionSchema = CollectionSchema { name: "campaign_contacts", label: "Contact", ..ACCOUNT };

/// 24 hex digits.
fn resource_id(number: u64) -> String {
    format!("5b{number:022x}")
}

/// 20 hex digits, as WhatsApp writes them.
fn message_id(number: u64) -> String {
    format!("3EB0{number:016X}")
}

/// The same, never equal to a message's.
fn post_id(number: u64) -> String {
    format!("3EB05{number:015X}")
}

/// The collection called `name`.
pub fn kind(name: &str) -> Option<&'static CollectionSchema> {
    ALL.iter().find(|kind| kind.name == name)
}

fn complete_device(device: &mut Document) -> Result<(), String> {
    let wid = str_at(device, "phone").map(wid_of_phone);
    default(device, "alias", || "".into());
    default(device, "status", || "operative".into());
    if let Some(wid) = wid {
        default(device, "wid", || wid.into());
    }
    let started = timestamp::written(EPOCH);
    default(device, "session", || json!({"status": "online", "uptime": 0, "lastSyncAt": started}));
    default(device, "queue", || json!({"status": "active"}));
    default(device, "createdAt", || timestamp::written(EPOCH).into());
    Ok(())
}

pub fn complete_contact(contact: &mut Document) -> Result<(), String> {
    complete_address(contact)?;
    let named = str_at(contact, "name").or_else(|| str_at(contact, "phone")).unwrap_or_default().to_owned();
    default(contact, "type", || "user".into());
    default(contact, "displayName", || named.into());
    default(contact, "createdAt", || timestamp::written(EPOCH).into());
    complete_metadata(contact)
}

/// Metadata as the list of pairs that the service answers; a caller may seed a mapping.
fn complete_metadata(contact: &mut Document) -> Result<(), String> {
    default(contact, "metadata", || json!([]));
    let Some(metadata) = contact.get_mut("metadata") else { return Ok(()) };
    if let Value::Object(mapping) = metadata {
        *metadata = std::mem::take(mapping).into_iter().map(|(key, value)| json!({"key": key, "value": value})).collect();
    }
    let is_pair = |pair: &Value| ["key", "value"].iter().all(|field| pair.get(field).is_some_and(Value::is_string));
    let right = metadata.as_array().is_some_and(|pairs| pairs.iter().all(is_pair));
    if right { Ok(()) } else { Err("metadata is a mapping, or a list of {key, value}, of text".to_owned()) }
}

fn complete_chat(chat: &mut Document) -> Result<(), String> {
    complete_address(chat)?;
    let wid = str_at(chat, "wid").unwrap_or_default().to_owned();
    let named = str_at(chat, "phone").unwrap_or(&wid).to_owned();
    default(chat, "name", || named.into());
    default(chat, "type", || kind_of_wid(&wid).into());
    default(chat, "status", || "active".into());
    default(chat, "waStatus", || "active".into());
    default(chat, "labels", || json!([]));
    default(chat, "unreadCount", || 0.into());
    let dated = chat.get("lastMessageAt").cloned().unwrap_or_else(|| timestamp::written(EPOCH).into());
    default(chat, "date", || dated);
    Ok(())
}

#[cfg(test)]
mod tests;
