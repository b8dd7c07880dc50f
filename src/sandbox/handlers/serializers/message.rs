//! Messages in chats, their files and notes, as answers and events show them.

use serde_json::{Value, json};

use crate::sandbox::handlers::serializers::chat;
use crate::sandbox::handlers::serializers::contact::{contact_at, summary};
use crate::sandbox::media::mime_types;
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::{Document, entry_object, fill, str_at, strings_at, value_at};
use crate::sandbox::state::schemas::chat_type_of_wid;
use crate::sandbox::timestamp;

/// A message with the fields that follow from its content, its chat and its direction. `type` is the kind of content.
pub fn message(state: &AccountState, document: &Document) -> Document {
    let mut message = document.clone();
    let [device, chat, id] = strings_at(document, ["device", "chatWid", "id"]);
    let kind = kind(document);
    message.insert("kind".to_owned(), kind.into());
    message.insert("type".to_owned(), kind.into());
    fill(
        &mut message,
        json!({
            "chat": chat, "status": "active", "body": "", "createdAt": document.get("date"), "reactions": [], "events": {}, "mtype": "message",
            "widFull": format!("{}_{chat}_{id}", is_sent(document)),
            "links": message_links(&device, &chat, &id), "meta": flags(document, &chat), "stats": {"localMessages": 0},
        }),
    );
    add_addresses(state, &mut message, &device, &chat);
    add_content(&mut message);
    add_product(state, &mut message, &device);
    complete_media(&mut message);
    message
}

/// A message as webhook events contain it: with its chat, and the contact that wrote it or receives it.
pub fn event_data(state: &AccountState, message: &Document) -> Value {
    let mut data = self::message(state, message);
    let device = str_at(message, "device").unwrap_or_default();
    let wid = str_at(message, "chatWid").unwrap_or_default();
    let chat = state.store.get("chats", device, wid).map(|document| chat::chat(state, document));
    let contact = contact_at(state, device, str_at(message, "author").unwrap_or(wid));
    data.extend(
        [("chat", chat), ("contact", contact)].into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into()))),
    );
    let seconds = str_at(message, "date").and_then(timestamp::parse).unwrap_or_default() / 1000;
    data.insert("timestamp".to_owned(), seconds.into());
    data.into()
}

/// `contacts` for shared contacts, else the stored kind.
pub fn kind(message: &Document) -> &str {
    match str_at(message, "kind").or_else(|| str_at(message, "type")).unwrap_or("text") {
        "contact" => "contacts",
        kind => kind,
    }
}

fn is_sent(message: &Document) -> bool {
    str_at(message, "flow") == Some("outbound")
}

/// Sender and receiver: the number itself at one end, the chat at the other.
fn add_addresses(state: &AccountState, message: &mut Document, device: &str, chat: &str) {
    let own = state.store.get("devices", "", device);
    let own = own.map(|device| (device.get("wid").cloned(), device.get("phone").cloned())).unwrap_or_default();
    let contact = summary(state, device, chat);
    let (wid, number, other) =
        if is_sent(message) { ("from", "fromNumber", "toContact") } else { ("to", "toNumber", "fromContact") };
    let name = contact.as_ref().and_then(|contact| contact.get("displayName")).filter(|_| !is_sent(message)).cloned();
    let author = (is_sent(message) && chat_type_of_wid(chat) == "group").then(|| own.0.clone());
    fill(message, json!({"author": author, wid: own.0, number: own.1, other: contact, "meta": {"notifyName": name}}));
}

fn flags(message: &Document, chat: &str) -> Value {
    let chat_type = chat_type_of_wid(chat);
    let body = str_at(message, "body").unwrap_or_default();
    let (source, via) = if is_sent(message) { ("api", "platform") } else { ("android", "app") };
    let is_format = |format| str_at(message, "media.format") == Some(format);
    json!({
        "rtl": false, "containsEmoji": body.chars().any(|character| character > '\u{1f2ff}'), "isGif": is_format("gif"),
        "isFailed": str_at(message, "ack") == Some("failed"), "isStar": false, "isEdited": message.contains_key("editedAt"),
        "isGroup": chat_type == "group", "isForwarded": false, "isEphemeral": false, "isNotification": false, "isLive": false,
        "isBroadcast": chat.ends_with("@broadcast"), "isChannel": chat_type == "channel", "isBizNotification": false,
        "isDoc": kind(message) == "document", "isLinkPreview": false, "isPSA": false, "isRevoked": false, "isUnreadType": false,
        "isFirstMessage": false, "source": source, "via": via,
    })
}

/// The fields of polls, events and shared contacts that no request has.
fn add_content(message: &mut Document) {
    if let kind @ ("poll" | "event") = kind(message) {
        let content = json!({kind: {"name": str_at(message, "body").unwrap_or_default()}});
        fill(message, content);
    }
    if let Some(poll) = message.get_mut("poll").and_then(Value::as_object_mut) {
        complete_poll(poll);
    }
    if let Some(event) = message.get_mut("event").and_then(Value::as_object_mut) {
        fill(event, json!({"invalidated": false, "totalParticipants": 0}));
    }
    if let Some([latitude, longitude]) = value_at(message, "location.coordinates").and_then(Value::as_array).map(Vec::as_slice) {
        let place = json!({"lat": latitude, "lon": longitude});
        fill(message, json!({"location": place}));
    }
    if let Some(contacts) = message.get("contacts").cloned() {
        fill(message, json!({"vcards": contacts}));
    }
}

/// The product instead of its id.
fn add_product(state: &AccountState, message: &mut Document, device: &str) {
    let Some(id) = str_at(message, "product").map(str::to_owned) else { return };
    let seller = state.store.get("devices", "", device).and_then(|device| device.get("wid"));
    let mut product = state.store.get("products", device, &id).cloned().unwrap_or_default();
    fill(&mut product, json!({"id": id, "seller": seller}));
    message.insert("product".to_owned(), product.into());
}

fn complete_poll(poll: &mut Document) {
    name_options(poll);
    let multiple = poll.get("multiple") == Some(&Value::Bool(true));
    let options = poll.get("options").and_then(Value::as_array).map_or(1, Vec::len);
    let max = if multiple { options } else { 1 };
    fill(poll, json!({"count": 0, "participants": 0, "invalidated": false, "expired": false, "max": max}));
}

/// The options of a poll as objects with a name.
pub fn name_options(poll: &mut Document) {
    for option in poll.get_mut("options").and_then(Value::as_array_mut).into_iter().flatten() {
        if option.is_string() {
            *option = json!({"name": option});
        }
    }
}

/// The file of a message: what it is, where it is, and where it is downloaded.
fn complete_media(message: &mut Document) {
    let [device, chat, id, flow, created] = strings_at(message, ["device", "chatWid", "id", "flow", "createdAt"]);
    if !message.contains_key("media") {
        return;
    }
    let Some(media) = entry_object(message, "media") else { return };
    let [file, mime] = strings_at(media, ["id", "mime"]);
    let flow = if flow == "outbound" { "out" } else { "in" };
    let links = (!file.is_empty()).then(|| file_links(&device, &file, &chat, &id));
    fill(
        media,
        json!({
            "status": "available", "type": mime_types::kind(&mime), "format": "native", "extension": mime_types::extension_of(&mime),
            "message": id, "chat": chat, "flow": flow, "createdAt": created, "meta": {"hasPreview": false}, "links": links,
            "stats": {"downloads": 0, "deliveries": 0}, "caption": "",
        }),
    );
}

/// A file of a chat with its links.
pub fn chat_file(document: &Document) -> Document {
    let mut file = document.clone();
    let [device, id, chat, message] = strings_at(document, ["device", "id", "chat", "message"]);
    fill(
        &mut file,
        json!({
            "format": "native", "caption": "", "uploadedAt": document.get("createdAt"), "meta": {"hasPreview": false},
            "stats": {"downloads": 0, "deliveries": 0}, "links": file_links(&device, &id, &chat, &message),
        }),
    );
    file
}

/// Paths of a file and of what it belongs to.
pub fn file_links(device: &str, file: &str, chat: &str, message: &str) -> Value {
    let base = format!("/v1/chat/{device}");
    let path = |part: &str, id: &str| (!id.is_empty()).then(|| format!("{base}/{part}/{id}"));
    json!({
        "resource": path("files", file), "download": format!("{base}/files/{file}/download"), "chat": path("chats", chat),
        "contact": chat.ends_with("@c.us").then(|| path("contacts", chat)), "message": path("messages", message),
    })
}

fn message_links(device: &str, chat: &str, message: &str) -> Value {
    let base = format!("/v1/chat/{device}");
    json!({
        "message": format!("{base}/messages/{message}"), "chat": format!("{base}/chats/{chat}"),
        "contact": chat.ends_with("@c.us").then(|| format!("{base}/contacts/{chat}")),
        "device": format!("/v1/devices/{device}"),
    })
}
