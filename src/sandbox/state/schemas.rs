//! The collections: owner, key, id format and default fields of their documents; seeding.

mod chats;
mod conversations;
pub(crate) mod defaults;
mod devices;
mod sending;
mod whatsapp;
mod workspace;

use serde_json::{Value, json};

use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::schemas::chats::apply_chat_defaults;
pub use crate::sandbox::state::schemas::chats::{count_message, finish_chat, set_last_message, set_last_note};
use crate::sandbox::state::schemas::conversations::{apply_chat_file_defaults, apply_chat_message_defaults, apply_note_defaults};
pub use crate::sandbox::state::schemas::defaults::{EPOCH, chat_type_of_wid, is_phone, phone_of_wid, to_wid, wid_of_phone};
use crate::sandbox::state::schemas::defaults::{apply_common_defaults, derive_address, set_default, set_defaults};
use crate::sandbox::state::schemas::devices::apply_device_defaults;
pub use crate::sandbox::state::schemas::devices::phone_of_device;
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
    pub apply_defaults: ApplyDefaults,
}

type ApplyDefaults = fn(&mut Document) -> Result<(), String>;

impl CollectionSchema {
    const fn with_ids(self, format: &'static str, make_id: fn(u64) -> String) -> Self {
        Self { format: Some(format), make_id, ..self }
    }
}

/// A collection of the account.
const fn account(name: &'static str, label: &'static str, apply_defaults: ApplyDefaults) -> CollectionSchema {
    let format = Some("resource_id");
    CollectionSchema { name, label, per_device: false, key: "id", format, make_id: resource_id, apply_defaults }
}

/// A collection of each device.
const fn per_device(name: &'static str, label: &'static str, apply_defaults: ApplyDefaults) -> CollectionSchema {
    CollectionSchema { per_device: true, ..account(name, label, apply_defaults) }
}

/// A collection of each device with wids as keys.
const fn by_wid(name: &'static str, label: &'static str, apply_defaults: ApplyDefaults) -> CollectionSchema {
    CollectionSchema { key: "wid", format: Some("chat_wid"), ..per_device(name, label, apply_defaults) }
}

/// The members of the team.
pub static USERS: CollectionSchema = account("users", "Agent", apply_user_defaults);
/// The devices; most other collections belong to one.
pub static DEVICES: CollectionSchema = account("devices", "Device", apply_device_defaults);
/// The departments of a device.
pub static DEPARTMENTS: CollectionSchema = per_device("departments", "Department", apply_department_defaults);
/// The contacts of a device, by wid.
pub static CONTACTS: CollectionSchema = by_wid("contacts", "Contact", apply_contact_defaults);
/// The chats of a device, by wid.
pub static CHATS: CollectionSchema = by_wid("chats", "Chat", apply_chat_defaults);
/// The queue of a device: messages that have not been sent.
pub static QUEUE: CollectionSchema = per_device("queue", "Message", sending::apply_outbound_defaults);
/// The labels of a device, by name.
pub static LABELS: CollectionSchema =
    CollectionSchema { key: "name", format: None, ..per_device("labels", "Label", apply_label_defaults) };
/// The quick replies of a device.
pub static QUICK_REPLIES: CollectionSchema = per_device("quick_replies", "Quick reply", apply_quick_reply_defaults);
/// The meeting links of a device.
pub static MEETING_LINKS: CollectionSchema = per_device("meeting_links", "Meeting link", apply_meeting_link_defaults);
/// The messages in the chats of a device.
pub static MESSAGES: CollectionSchema =
    per_device("messages", "Message", apply_chat_message_defaults).with_ids("message_id", message_id);
/// The notes in the chats of a device.
pub static NOTES: CollectionSchema = per_device("notes", "Note", apply_note_defaults);
/// The files in the chats of a device.
pub static CHAT_FILES: CollectionSchema = per_device("chat_files", "File", apply_chat_file_defaults);
/// The blocked contacts of a device, by phone.
pub static BLOCKED: CollectionSchema =
    CollectionSchema { key: "phone", format: Some("phone"), ..per_device("blocked", "Contact", apply_common_defaults) };
/// The groups of a device, by wid.
pub static GROUPS: CollectionSchema = by_wid("groups", "Group", apply_group_defaults).with_ids("group_wid", group_wid);
/// The channels of a device, by wid.
pub static CHANNELS: CollectionSchema =
    by_wid("channels", "Channel", apply_channel_defaults).with_ids("channel_wid", channel_wid);
/// Channels of others, which searches find.
pub static PUBLIC_CHANNELS: CollectionSchema = CollectionSchema {
    key: "wid",
    ..account("public_channels", "Channel", apply_public_channel_defaults).with_ids("channel_wid", channel_wid)
};
/// The products in the catalog of a device.
pub static PRODUCTS: CollectionSchema = per_device("products", "Product", apply_product_defaults).with_ids("product", product_id);
/// The status posts of a device.
pub static USER_STATUS: CollectionSchema =
    per_device("user_status", "Status", apply_status_defaults).with_ids("status_id", post_id);
/// The uploaded files.
pub static FILES: CollectionSchema = account("files", "File", apply_file_defaults);
/// The outbound messages, queued and sent.
pub static OUTBOUND: CollectionSchema = account("outbound", "Message", sending::apply_outbound_defaults);
/// The campaigns.
pub static CAMPAIGNS: CollectionSchema = account("campaigns", "Campaign", sending::apply_campaign_defaults);
/// The webhooks.
pub static WEBHOOKS: CollectionSchema = account("webhooks", "Webhook", sending::apply_webhook_defaults);

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
pub static CAMPAIGN_CONTACTS: CollectionSchema = account("campaign_contacts", "Contact", apply_common_defaults);

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

/// Completes a contact, its phone from its wid or the reverse. Fails if neither is given.
pub fn apply_contact_defaults(contact: &mut Document) -> Result<(), String> {
    derive_address(contact)?;
    let display_name = str_at(contact, "name").or_else(|| str_at(contact, "phone")).unwrap_or_default().to_owned();
    set_defaults(contact, json!({"type": "user", "displayName": display_name, "createdAt": timestamp::format(EPOCH)}));
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

#[cfg(test)]
mod tests;
