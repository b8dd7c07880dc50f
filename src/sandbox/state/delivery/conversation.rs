//! A message in its chat; chat and contact are made where they are new.

use serde_json::{Value, json};

use crate::sandbox::handlers::serializers;
use crate::sandbox::state::AccountState;
use crate::sandbox::state::schemas;
use crate::sandbox::state::schemas::wid_of_phone;
use crate::sandbox::state::store::{Document, at, object_in, text_at};
use crate::sandbox::timestamp;
use crate::sandbox::webhooks::events;
use crate::sandbox::webhooks::events::Subject;

/// Fields of an outbound message that its chat shows as they are.
const SHOWN: &[&str] = &["reference", "agent", "location", "poll", "event", "product", "vcards"];

/// What is new in a chat.
pub struct NewMessage<'a> {
    pub flow: &'a str,
    pub ack: &'a str,
    /// device, wid of the chat, kind, body and whatever else is shown.
    pub content: Document,
}

/// What a chat shows of an outbound message.
pub fn content(message: &Document) -> Document {
    let field = |name: &str| message.get(name).cloned().unwrap_or_default();
    let mut content = Document::from_iter([
        ("device".to_owned(), field("device")),
        ("chatWid".to_owned(), field("wid")),
        ("kind".to_owned(), field("type")),
        ("body".to_owned(), body(message)),
    ]);
    for name in SHOWN.iter().filter(|name| message.contains_key(**name)) {
        content.insert((*name).to_owned(), field(name));
    }
    if let Some(quote) = text_at(message, "quote") {
        content.insert("quoted".to_owned(), json!({"wid": quote}));
    }
    if let Some(media) = message.get("media").and_then(Value::as_object) {
        let mut shown = Document::from_iter([("status".to_owned(), "available".into())]);
        shown.extend(media.clone());
        content.insert("media".to_owned(), shown.into());
    }
    content
}

/// The text that stands for a message.
fn body(message: &Document) -> Value {
    let paths = ["message", "poll.name", "event.name", "reaction", "location.name", "location.address"];
    paths.iter().find_map(|path| at(message, path)).cloned().unwrap_or_else(|| "".into())
}

/// Puts a message into its chat and tells of what it changed.
pub fn add(world: &mut AccountState, new: &NewMessage<'_>) -> Document {
    let text = |name| text_at(&new.content, name).unwrap_or_default().to_owned();
    let (device, wid) = (text("device"), text("chatWid"));
    meet(world, &device, &wid);
    let message = complete(world, new, &device, &wid);
    if let Some(kind) = schemas::kind("messages") {
        let id = text_at(&message, "id").unwrap_or_default().to_owned();
        world.store.put(kind, &device, &id, message.clone());
    }
    if let Some(chat) = world.store.get_mut("chats", &device, &wid) {
        count(chat, &message, new.flow);
        let chat = chat.clone();
        events::tell(world, "chat:update", &device, Subject::chat(&chat), |world| Value::Object(serializers::chat(world, &chat)));
    }
    message
}

/// Makes contact and chat, where the device does not have them.
fn meet(world: &mut AccountState, device: &str, wid: &str) {
    let address = json!({"device": device, "wid": wid, "createdAt": timestamp::now()});
    let Value::Object(address) = address else { return };
    let is_person = wid.ends_with("@c.us");
    let (contacts, chats) = (schemas::kind("contacts"), schemas::kind("chats"));
    for kind in contacts.filter(|_| is_person).into_iter().chain(chats) {
        if world.store.get(kind.name, device, wid).is_some() {
            continue;
        }
        let mut document = address.clone();
        // A wid and a device are all that these two need.
        if (kind.complete)(&mut document).is_ok() {
            world.store.put(kind, device, wid, document.clone());
        }
        if kind.name == "contacts" {
            let subject = Subject { object: "contact", id: wid.to_owned() };
            events::tell(world, "contact:update", device, subject, |_| Value::Object(document));
        }
    }
}

fn complete(world: &mut AccountState, new: &NewMessage<'_>, device: &str, wid: &str) -> Document {
    let own = world.store.get("devices", "", device).and_then(|device| text_at(device, "phone")).unwrap_or_default();
    let (own_number, own_wid) = (own.to_owned(), wid_of_phone(own));
    let other_number = wid.strip_suffix("@c.us").map(|digits| format!("+{digits}"));
    let is_out = new.flow == "outbound";
    let ours = (json!(own_wid), json!(own_number));
    let theirs = (json!(wid), json!(other_number));
    let ((from, from_number), (to, to_number)) = if is_out { (ours, theirs) } else { (theirs, ours) };
    let id = schemas::kind("messages").map(|kind| world.store.new_id(kind, device)).unwrap_or_default();
    let moment = timestamp::now();
    let kind = text_at(&world_chat(world, device, wid), "type").unwrap_or("chat").to_owned();
    let fields = json!({
        "id": id, "wid": id, "flow": new.flow, "type": kind, "kind": "text", "body": "", "date": moment, "fromMe": is_out,
        "from": from, "fromNumber": from_number, "to": to, "toNumber": to_number, "ack": new.ack,
        "events": {new.ack: {"date": moment}}, "meta": {"isGroup": kind == "group", "source": if is_out { "api" } else { "phone" }},
    });
    let Value::Object(mut message) = fields else { return Document::new() };
    message.extend(new.content.clone());
    message
}

fn world_chat(world: &AccountState, device: &str, wid: &str) -> Document {
    world.store.get("chats", device, wid).cloned().unwrap_or_default()
}

/// What a message changes in its chat.
fn count(chat: &mut Document, message: &Document, flow: &str) {
    let moment = message.get("date").cloned().unwrap_or_default();
    let (by_flow, counted) = match flow {
        "outbound" => ("lastOutboundMessageAt", "outboundMessages"),
        _ => ("lastInboundMessageAt", "inboundMessages"),
    };
    for field in ["date", "lastMessageAt", by_flow] {
        chat.insert(field.to_owned(), moment.clone());
    }
    chat.entry("firstMessageAt").or_insert(moment);
    let last = ["id", "flow", "kind", "body", "date", "ack"]
        .map(|name| (name.to_owned(), message.get(name).cloned().unwrap_or_default()));
    chat.insert("lastMessage".to_owned(), Document::from_iter(last).into());
    if let Some(stats) = object_in(chat, "stats") {
        ["localMessages", counted].iter().for_each(|name| add_one(stats, name));
    }
    if flow == "inbound" {
        add_one(chat, "unreadCount");
        let unread = chat.get("unreadCount").cloned().unwrap_or_default();
        if let Some(meta) = object_in(chat, "meta") {
            meta.insert("unreadCount".to_owned(), unread);
        }
    }
}

fn add_one(document: &mut Document, field: &str) {
    let count = document.get(field).and_then(Value::as_i64).unwrap_or(0) + 1;
    document.insert(field.to_owned(), count.into());
}

/// A message as webhooks are told of it: with its chat.
pub fn told(world: &AccountState, message: &Document) -> Value {
    let mut told = message.clone();
    let address = text_at(message, "device").zip(text_at(message, "chatWid"));
    if let Some(chat) = address.and_then(|(device, wid)| world.store.get("chats", device, wid)) {
        told.insert("chat".to_owned(), serializers::chat(world, chat).into());
    }
    let seconds = text_at(message, "date").and_then(timestamp::read).unwrap_or_default() / 1000;
    told.insert("timestamp".to_owned(), seconds.into());
    told.into()
}
