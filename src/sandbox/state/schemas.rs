//! The collections: whose documents they hold, what identifies one, and what a caller's document is completed with.

mod sending;

use serde_json::{Value, json};

mod conversations;
mod whatsapp;
mod workspace;

use crate::api;
use crate::sandbox::state::document::{Document, str_at};
use crate::sandbox::state::schemas::conversations::{complete_chat_file, complete_chat_message, complete_note};
pub use crate::sandbox::state::schemas::whatsapp::{channel_wid, expiry, group_wid, invite, product_id};
use crate::sandbox::state::schemas::whatsapp::{
    complete_channel, complete_file, complete_group, complete_product, complete_public_channel, complete_status,
};
use crate::sandbox::state::schemas::workspace::{
    complete_department, complete_label, complete_meeting_link, complete_quick_reply, complete_user,
};
use crate::sandbox::state::store::Store;
use crate::sandbox::timestamp;

/// Moment of everything that the sandbox starts with, so that every run starts with the same documents.
pub const EPOCH: i64 = 1_767_225_600_000;

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
    format: Option<&'static str>,
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

/// A document of the caller's that cannot be taken, with its place in what was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedError(String);

impl SeedError {
    fn at(place: &str, problem: &str) -> Self {
        Self(format!("{place}: {problem}"))
    }
}

impl std::fmt::Display for SeedError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SeedError {}

/// Puts the caller's documents into the store: all of them or, when one is wrong, none.
pub fn seed(store: &mut Store, given: Value) -> Result<(), SeedError> {
    let Value::Object(mut given) = given else {
        return Err(SeedError::at("seed", "give an object with a list of documents for each collection"));
    };
    if let Some(unknown) = given.keys().find(|name| kind(name).is_none()) {
        let known: Vec<_> = ALL.iter().map(|kind| kind.name).collect();
        return Err(SeedError::at(unknown, &format!("there is no such collection; there are {}", known.join(", "))));
    }
    let mut ready = Vec::new();
    for kind in ALL {
        let documents = given.remove(kind.name).unwrap_or_else(|| json!([]));
        let Value::Array(documents) = documents else {
            return Err(SeedError::at(kind.name, "give a list of documents"));
        };
        for (index, document) in documents.into_iter().enumerate() {
            let prepared = prepare(store, kind, document, &ready);
            ready.push(prepared.map_err(|problem| SeedError::at(&format!("{}[{index}]", kind.name), &problem))?);
        }
    }
    for Prepared { kind, owner, id, document } in ready {
        keep_waiting(store, kind, &document);
        store.upsert(kind, &owner, &id, document);
    }
    Ok(())
}

/// A message that waits is in the queue of its device and among the outbound messages, wherever a caller puts it.
fn keep_waiting(store: &mut Store, kind: &CollectionSchema, message: &Document) {
    let other = match kind.name {
        "queue" => "outbound",
        "outbound" if str_at(message, "status") == Some("queued") => "queue",
        _ => return,
    };
    let (Some(other), Some(id)) = (self::kind(other), str_at(message, "id")) else { return };
    let owner = if other.per_device { str_at(message, "device").unwrap_or_default() } else { "" };
    store.upsert(other, owner, id, message.clone());
}

struct Prepared {
    kind: &'static CollectionSchema,
    owner: String,
    id: String,
    document: Document,
}

/// A document with its defaults, its owner and its id.
fn prepare(store: &mut Store, kind: &'static CollectionSchema, document: Value, ready: &[Prepared]) -> Result<Prepared, String> {
    let Value::Object(mut document) = document else { return Err("a document is an object".to_owned()) };
    let owner = if kind.per_device { owner(store, &document, ready)? } else { String::new() };
    if kind.key == "id" && !document.contains_key("id") {
        document.insert("id".to_owned(), store.new_id(kind, &owner).into());
    }
    (kind.complete)(&mut document)?;
    let id = str_at(&document, kind.key).ok_or_else(|| format!("{} is missing or not text", kind.key))?.to_owned();
    if let Some(format) = kind.format {
        ensure_format(kind.key, &id, format)?;
    }
    Ok(Prepared { kind, owner, id, document })
}

fn owner(store: &Store, document: &Document, ready: &[Prepared]) -> Result<String, String> {
    let device = str_at(document, "device").ok_or("device is missing: give the id of the device it belongs to")?;
    // Devices are prepared before all others, and there are few of them.
    let given = || ready.iter().take_while(|one| !one.kind.per_device).any(|one| one.kind.name == "devices" && one.id == device);
    if store.get("devices", "", device).is_none() && !given() {
        return Err(format!("there is no device {device:?}; seed it first or in the same call"));
    }
    Ok(device.to_owned())
}

fn ensure_format(field: &str, value: &str, format: &str) -> Result<(), String> {
    let format = api::format(format).map_err(|error| error.to_string())?;
    if format.is_match(value) { Ok(()) } else { Err(format!("{field} is {value:?}, not {}", format.description)) }
}

pub fn is_phone(text: &str) -> bool {
    ensure_format("phone", text, "phone").is_ok()
}

/// Sets a field that the document does not have.
pub fn default(document: &mut Document, key: &str, value: impl FnOnce() -> Value) {
    if !document.contains_key(key) {
        document.insert(key.to_owned(), value());
    }
}

fn complete_plain(document: &mut Document) -> Result<(), String> {
    default(document, "createdAt", || timestamp::written(EPOCH).into());
    Ok(())
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

/// The wid that belongs to a phone number: its digits and `@c.us`.
pub fn wid_of_phone(phone: &str) -> String {
    let mut wid: String = phone.chars().filter(char::is_ascii_digit).collect();
    wid.push_str("@c.us");
    wid
}

/// `wid` from `phone` or `phone` from `wid`, where one of them is missing.
fn complete_address(document: &mut Document) -> Result<(), String> {
    match (str_at(document, "wid").map(str::to_owned), str_at(document, "phone").map(str::to_owned)) {
        (None, None) => Err("give a wid or a phone".to_owned()),
        (None, Some(phone)) => {
            ensure_format("phone", &phone, "phone")?;
            document.insert("wid".to_owned(), wid_of_phone(&phone).into());
            Ok(())
        }
        (Some(wid), None) => {
            if let Some(phone) = phone_of_wid(&wid) {
                document.insert("phone".to_owned(), phone.into());
            }
            Ok(())
        }
        (Some(_), Some(_)) => Ok(()),
    }
}

/// The phone number that belongs to a wid, where it has one.
pub fn phone_of_wid(wid: &str) -> Option<String> {
    wid.strip_suffix("@c.us").map(|digits| format!("+{digits}"))
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

/// What kind of chat a wid names.
pub fn kind_of_wid(wid: &str) -> &'static str {
    match wid.rsplit_once('@') {
        Some((_, "g.us")) => "group",
        Some((_, "newsletter")) => "channel",
        _ => "chat",
    }
}

#[cfg(test)]
mod tests;
