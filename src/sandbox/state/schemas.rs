//! The collections: owner, key, id format and default fields of their documents; seeding.

mod sending;

use serde_json::{Value, json};

mod conversations;
pub(crate) mod defaults;
mod whatsapp;
mod workspace;

use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::schemas::conversations::{apply_chat_file_defaults, apply_chat_message_defaults, apply_note_defaults};
pub use crate::sandbox::state::schemas::defaults::{EPOCH, chat_type_of_wid, is_phone, phone_of_wid, wid_of_phone};
use crate::sandbox::state::schemas::defaults::{apply_common_defaults, derive_address, set_default};
pub use crate::sandbox::state::schemas::whatsapp::{add_invite, channel_wid, expiry, group_wid, product_id};
use crate::sandbox::state::schemas::whatsapp::{
    apply_channel_defaults, apply_file_defaults, apply_group_defaults, apply_product_defaults, apply_public_channel_defaults,
    apply_status_defaults,
};
use crate::sandbox::state::schemas::workspace::{
    apply_department_defaults, apply_label_defaults, apply_meeting_link_defaults, apply_quick_reply_defaults, apply_user_defaults,
};
use crate::sandbox::timestamp;

/// A collection; the generic handlers of `crud.rs` work for every one in `COLLECTIONS`.
#[derive(Debug)]
pub struct CollectionSchema {
    pub name: &'static str,
    /// Name of one document in messages: `Chat not found`.
    pub label: &'static str,
    /// Whether the documents belong to a device, not to the account.
    pub per_device: bool,
    /// The field that identifies a document of an owner.
    pub key: &'static str,
    /// The format of the key in `common.toml`; none accepts any text.
    pub format: Option<&'static str>,
    /// Makes an id from a sequence number.
    pub make_id: fn(u64) -> String,
    /// Adds the missing fields of a document.
    pub apply_defaults: fn(&mut Document) -> Result<(), String>,
}

/// Template of a collection of the account.
const ACCOUNT_COLLECTION: CollectionSchema = CollectionSchema {
    name: "",
    label: "",
    per_device: false,
    key: "id",
    format: Some("resource_id"),
    make_id: resource_id,
    apply_defaults: apply_common_defaults,
};
/// Template of a collection of each device.
const DEVICE_COLLECTION: CollectionSchema = CollectionSchema { per_device: true, ..ACCOUNT_COLLECTION };
/// Template of a collection of each device with wids as keys.
const WID_COLLECTION: CollectionSchema = CollectionSchema { key: "wid", format: Some("chat_wid"), ..DEVICE_COLLECTION };

pub static USERS: CollectionSchema =
    CollectionSchema { name: "users", label: "Agent", apply_defaults: apply_user_defaults, ..ACCOUNT_COLLECTION };
pub static DEVICES: CollectionSchema =
    CollectionSchema { name: "devices", label: "Device", apply_defaults: apply_device_defaults, ..ACCOUNT_COLLECTION };
pub static DEPARTMENTS: CollectionSchema =
    CollectionSchema { name: "departments", label: "Department", apply_defaults: apply_department_defaults, ..DEVICE_COLLECTION };
pub static CONTACTS: CollectionSchema =
    CollectionSchema { name: "contacts", label: "Contact", apply_defaults: apply_contact_defaults, ..WID_COLLECTION };
pub static CHATS: CollectionSchema =
    CollectionSchema { name: "chats", label: "Chat", apply_defaults: apply_chat_defaults, ..WID_COLLECTION };
pub static QUEUE: CollectionSchema =
    CollectionSchema { name: "queue", label: "Message", apply_defaults: sending::apply_outbound_defaults, ..DEVICE_COLLECTION };
pub static LABELS: CollectionSchema = CollectionSchema {
    name: "labels",
    label: "Label",
    key: "name",
    format: None,
    apply_defaults: apply_label_defaults,
    ..DEVICE_COLLECTION
};
pub static QUICK_REPLIES: CollectionSchema = CollectionSchema {
    name: "quick_replies",
    label: "Quick reply",
    apply_defaults: apply_quick_reply_defaults,
    ..DEVICE_COLLECTION
};
pub static MEETING_LINKS: CollectionSchema = CollectionSchema {
    name: "meeting_links",
    label: "Meeting link",
    apply_defaults: apply_meeting_link_defaults,
    ..DEVICE_COLLECTION
};
pub static MESSAGES: CollectionSchema = CollectionSchema {
    name: "messages",
    label: "Message",
    format: Some("message_id"),
    make_id: message_id,
    apply_defaults: apply_chat_message_defaults,
    ..DEVICE_COLLECTION
};
pub static NOTES: CollectionSchema =
    CollectionSchema { name: "notes", label: "Note", apply_defaults: apply_note_defaults, ..DEVICE_COLLECTION };
pub static CHAT_FILES: CollectionSchema =
    CollectionSchema { name: "chat_files", label: "File", apply_defaults: apply_chat_file_defaults, ..DEVICE_COLLECTION };
pub static BLOCKED: CollectionSchema =
    CollectionSchema { name: "blocked", label: "Contact", key: "phone", format: Some("phone"), ..DEVICE_COLLECTION };
pub static GROUPS: CollectionSchema = CollectionSchema {
    name: "groups",
    label: "Group",
    format: Some("group_wid"),
    make_id: group_wid,
    apply_defaults: apply_group_defaults,
    ..WID_COLLECTION
};
pub static CHANNELS: CollectionSchema = CollectionSchema {
    name: "channels",
    label: "Channel",
    format: Some("channel_wid"),
    make_id: channel_wid,
    apply_defaults: apply_channel_defaults,
    ..WID_COLLECTION
};
pub static PUBLIC_CHANNELS: CollectionSchema = CollectionSchema {
    name: "public_channels",
    label: "Channel",
    key: "wid",
    format: Some("channel_wid"),
    make_id: channel_wid,
    apply_defaults: apply_public_channel_defaults,
    ..ACCOUNT_COLLECTION
};
pub static PRODUCTS: CollectionSchema = CollectionSchema {
    name: "products",
    label: "Product",
    format: Some("product"),
    make_id: product_id,
    apply_defaults: apply_product_defaults,
    ..DEVICE_COLLECTION
};
pub static USER_STATUS: CollectionSchema = CollectionSchema {
    name: "user_status",
    label: "Status",
    format: Some("status_id"),
    make_id: post_id,
    apply_defaults: apply_status_defaults,
    ..DEVICE_COLLECTION
};
pub static FILES: CollectionSchema =
    CollectionSchema { name: "files", label: "File", apply_defaults: apply_file_defaults, ..ACCOUNT_COLLECTION };
pub static OUTBOUND: CollectionSchema = CollectionSchema {
    name: "outbound",
    label: "Message",
    apply_defaults: sending::apply_outbound_defaults,
    ..ACCOUNT_COLLECTION
};
pub static CAMPAIGNS: CollectionSchema = CollectionSchema {
    name: "campaigns",
    label: "Campaign",
    apply_defaults: sending::apply_campaign_defaults,
    ..ACCOUNT_COLLECTION
};
pub static WEBHOOKS: CollectionSchema = CollectionSchema {
    name: "webhooks",
    label: "Webhook",
    apply_defaults: sending::apply_webhook_defaults,
    ..ACCOUNT_COLLECTION
};

/// All collections; devices come before the collections that belong to them.
pub static COLLECTIONS: [&CollectionSchema; 22] = [
    &USERS,
    &DEVICES,
    &DEPARTMENTS,
    &CONTACTS,
    &CHATS,
    &QUEUE,
    &LABELS,
    &QUICK_REPLIES,
    &MEETING_LINKS,
    &MESSAGES,
    &NOTES,
    &CHAT_FILES,
    &BLOCKED,
    &GROUPS,
    &CHANNELS,
    &PUBLIC_CHANNELS,
    &PRODUCTS,
    &USER_STATUS,
    &FILES,
    &OUTBOUND,
    &CAMPAIGNS,
    &WEBHOOKS,
];

/// The contacts of a campaign, stored in its document.
pub static CAMPAIGN_CONTACTS: CollectionSchema =
    CollectionSchema { name: "campaign_contacts", label: "Contact", ..ACCOUNT_COLLECTION };

/// An id of 24 hex digits.
fn resource_id(number: u64) -> String {
    format!("5b{number:022x}")
}

/// An id of 20 hex digits, in WhatsApp's format.
fn message_id(number: u64) -> String {
    format!("3EB0{number:016X}")
}

/// The same, distinct from message ids.
fn post_id(number: u64) -> String {
    format!("3EB05{number:015X}")
}

/// The collection called `name`.
pub fn find(name: &str) -> Option<&'static CollectionSchema> {
    COLLECTIONS.into_iter().find(|schema| schema.name == name)
}

fn apply_device_defaults(device: &mut Document) -> Result<(), String> {
    let wid = str_at(device, "phone").map(wid_of_phone);
    set_default(device, "alias", || "".into());
    set_default(device, "status", || "operative".into());
    if let Some(wid) = wid {
        set_default(device, "wid", || wid.into());
    }
    let started = timestamp::format(EPOCH);
    set_default(device, "session", || json!({"status": "online", "uptime": 0, "lastSyncAt": started}));
    set_default(device, "queue", || json!({"status": "active"}));
    set_default(device, "createdAt", || timestamp::format(EPOCH).into());
    Ok(())
}

pub fn apply_contact_defaults(contact: &mut Document) -> Result<(), String> {
    derive_address(contact)?;
    let display_name = str_at(contact, "name").or_else(|| str_at(contact, "phone")).unwrap_or_default().to_owned();
    set_default(contact, "type", || "user".into());
    set_default(contact, "displayName", || display_name.into());
    set_default(contact, "createdAt", || timestamp::format(EPOCH).into());
    normalize_metadata(contact)
}

/// Converts metadata seeded as a mapping to the service's list of pairs.
fn normalize_metadata(contact: &mut Document) -> Result<(), String> {
    set_default(contact, "metadata", || json!([]));
    let Some(metadata) = contact.get_mut("metadata") else { return Ok(()) };
    if let Value::Object(mapping) = metadata {
        *metadata = std::mem::take(mapping).into_iter().map(|(key, value)| json!({"key": key, "value": value})).collect();
    }
    let is_pair = |pair: &Value| ["key", "value"].iter().all(|field| pair.get(field).is_some_and(Value::is_string));
    let is_valid = metadata.as_array().is_some_and(|pairs| pairs.iter().all(is_pair));
    if is_valid { Ok(()) } else { Err("metadata is a mapping, or a list of {key, value}, of text".to_owned()) }
}

fn apply_chat_defaults(chat: &mut Document) -> Result<(), String> {
    derive_address(chat)?;
    let wid = str_at(chat, "wid").unwrap_or_default().to_owned();
    let display_name = str_at(chat, "phone").unwrap_or(&wid).to_owned();
    set_default(chat, "name", || display_name.into());
    set_default(chat, "type", || chat_type_of_wid(&wid).into());
    set_default(chat, "status", || "active".into());
    set_default(chat, "waStatus", || "active".into());
    set_default(chat, "labels", || json!([]));
    set_default(chat, "unreadCount", || 0.into());
    let date = chat.get("lastMessageAt").cloned().unwrap_or_else(|| timestamp::format(EPOCH).into());
    set_default(chat, "date", || date);
    Ok(())
}

#[cfg(test)]
mod tests;
