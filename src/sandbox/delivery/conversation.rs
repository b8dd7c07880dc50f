//! Adds messages to their chats; a missing chat and contact are created.

use serde_json::{Value, json};

use crate::sandbox::delivery::attachments;
use crate::sandbox::handlers::serializers;
use crate::sandbox::state::document::{Document, entry_object, str_at, strings_at, value_at};
use crate::sandbox::state::events::EventSubject;
use crate::sandbox::state::schemas::wid_of_phone;
use crate::sandbox::state::{AccountState, schemas};
use crate::sandbox::timestamp;

/// Fields of an outbound message that its chat message copies.
const COPIED_FIELDS: &[&str] = &["reference", "agent", "location", "poll", "event", "product", "vcards", "contacts"];

/// A message to add to a chat.
pub struct NewMessage<'a> {
    pub flow: &'a str,
    pub ack: &'a str,
    /// The device, the chat's wid, kind, body, and further fields of the message.
    pub content: Document,
}

/// The chat message of an outbound message.
pub fn content(message: &Document) -> Document {
    let field = |name: &str| message.get(name).cloned().unwrap_or_default();
    // A message that is sent at once has its id already.
    let id = message.get("waId").map(|id| ("id".to_owned(), id.clone()));
    let mut content = Document::from_iter(id.into_iter().chain([
        ("device".to_owned(), field("device")),
        ("chatWid".to_owned(), field("wid")),
        ("kind".to_owned(), field("type")),
        ("body".to_owned(), body(message)),
    ]));
    for name in COPIED_FIELDS.iter().filter(|name| message.contains_key(**name)) {
        content.insert((*name).to_owned(), field(name));
    }
    if let Some(quote) = str_at(message, "quote") {
        content.insert("quoted".to_owned(), json!({"wid": quote}));
    }
    if let Some(fields) = message.get("media").and_then(Value::as_object) {
        let mut media = Document::from_iter([("status".to_owned(), "available".into())]);
        media.extend(fields.clone());
        content.insert("media".to_owned(), media.into());
    }
    content
}

/// The text that represents a message in a list of chats.
fn body(message: &Document) -> Value {
    let paths = ["message", "poll.name", "event.name", "reaction", "location.name", "location.address"];
    paths.iter().find_map(|path| value_at(message, path)).cloned().unwrap_or_else(|| "".into())
}

/// Adds a message to its chat, and records the events of the chat.
pub fn add(state: &mut AccountState, new: &NewMessage<'_>) -> Document {
    let [device, wid] = strings_at(&new.content, ["device", "chatWid"]);
    ensure_contact_and_chat(state, &device, &wid, str_at(&new.content, "meta.notifyName"));
    let message = chat_message(state, new, &device, &wid);
    let [id] = strings_at(&message, ["id"]);
    state.store.upsert(&schemas::MESSAGES, &device, &id, message.clone());
    if let Some(chat) = state.store.get_mut("chats", &device, &wid) {
        update_chat(chat, &message, new.flow);
        let chat = chat.clone();
        let data = |state: &AccountState| Value::Object(serializers::chat(state, &chat));
        state.record_webhook_event("chat:update", &device, EventSubject::chat(&chat), data);
    }
    message
}

/// Creates the contact, for a person, and the chat if the device does not have them. `name` is the person's in WhatsApp.
fn ensure_contact_and_chat(state: &mut AccountState, device: &str, wid: &str, name: Option<&str>) {
    let address = json!({"device": device, "wid": wid, "createdAt": timestamp::now()});
    let Value::Object(address) = address else { return };
    let is_person = wid.ends_with("@c.us");
    for schema in is_person.then_some(&schemas::CONTACTS).into_iter().chain([&schemas::CHATS]) {
        if state.store.get(schema.name, device, wid).is_some() {
            continue;
        }
        let mut document = address.clone();
        let field = if schema.name == "contacts" { "displayName" } else { "name" };
        if let Some(name) = name_of(state, device, wid, name) {
            document.insert(field.to_owned(), name);
        }
        // Contacts and chats require a wid and a device only, so this does not fail.
        if (schema.apply_defaults)(&mut document).is_ok() {
            state.store.upsert(schema, device, wid, document.clone());
        }
        if schema.name == "contacts" {
            let subject = EventSubject { object: "contact", id: wid.to_owned() };
            let data = |state: &AccountState| Value::Object(serializers::view(state, schema, &document));
            state.record_webhook_event("contact:update", device, subject, data);
        }
    }
}

/// The name of a new chat: that of its group or person.
fn name_of(state: &AccountState, device: &str, wid: &str, name: Option<&str>) -> Option<Value> {
    let group = state.store.get("groups", device, wid).and_then(|group| group.get("name"));
    group.cloned().or_else(|| name.filter(|_| wid.ends_with("@c.us")).map(Value::from))
}

fn chat_message(state: &mut AccountState, new: &NewMessage<'_>, device: &str, wid: &str) -> Document {
    let own_phone = state.store.get("devices", "", device).and_then(|device| str_at(device, "phone")).unwrap_or_default();
    let own = (json!(wid_of_phone(own_phone)), json!(own_phone));
    let other = (json!(wid), json!(schemas::phone_of_wid(wid)));
    let is_outbound = new.flow == "outbound";
    let ((from, from_number), (to, to_number)) = if is_outbound { (own, other) } else { (other, own) };
    let id = str_at(&new.content, "id").map(str::to_owned);
    let id = id.unwrap_or_else(|| state.store.new_id(&schemas::MESSAGES, device));
    let date = timestamp::now();
    let fields = json!({
        "id": id, "wid": id, "flow": new.flow, "kind": "text", "body": "", "date": date, "fromMe": is_outbound,
        "from": from, "fromNumber": from_number, "to": to, "toNumber": to_number, "ack": new.ack,
        "events": {new.ack: {"date": date}},
    });
    let Value::Object(mut message) = fields else { return Document::new() };
    message.extend(new.content.clone());
    attachments::attach(state, &mut message);
    let kind = message.get("kind").cloned().unwrap_or_default();
    message.insert("type".to_owned(), kind);
    message
}

/// Updates the dates, counts and last message of a chat.
fn update_chat(chat: &mut Document, message: &Document, flow: &str) {
    schemas::count_message(chat, message);
    schemas::set_last_message(chat, message);
    if flow == "inbound" {
        increment(chat, "unreadCount");
        let unread = chat.get("unreadCount").cloned().unwrap_or_default();
        if let Some(meta) = entry_object(chat, "meta") {
            meta.insert("unreadCount".to_owned(), unread);
            meta.insert("isUnread".to_owned(), true.into());
        }
    }
}

fn increment(document: &mut Document, field: &str) {
    let count = document.get(field).and_then(Value::as_i64).unwrap_or(0) + 1;
    document.insert(field.to_owned(), count.into());
}
