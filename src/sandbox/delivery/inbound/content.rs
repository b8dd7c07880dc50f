//! New messages of each type of content.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::sandbox::delivery::conversation;
use crate::sandbox::delivery::conversation::NewMessage;
use crate::sandbox::delivery::inbound::fields::{Fields, invalid, list_in};
use crate::sandbox::delivery::inbound::group;
use crate::sandbox::handlers::serializers;
use crate::sandbox::media::mime_types;
use crate::sandbox::response::ApiError;
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::{Document, fill, str_at, without_nulls};
use crate::sandbox::state::events::EventSubject;
use crate::sandbox::state::schemas::{phone_of_wid, wid_of_phone};

/// The name of a file that has none, by type of message. The sandbox generates valid content for the images and sounds.
const FILENAMES: &[(&str, &str)] =
    &[("image", "photo.png"), ("audio", "voice.wav"), ("video", "video.mp4"), ("document", "document.pdf")];
const FORMATS: &[&str] = &["native", "ptt", "gif"];

/// A message of text.
pub fn text(state: &mut AccountState, fields: &Fields<'_>) -> Result<Document, ApiError> {
    add(state, fields, json!({"body": fields.text("body")?}))
}

/// A file. Its text is the caption of the file, and the body of the message is empty.
pub fn file(state: &mut AccountState, fields: &Fields<'_>) -> Result<Document, ApiError> {
    let (filename, mime) = name_and_mime(fields)?;
    let content = fields.optional_text("content")?;
    if content.is_some_and(|content| STANDARD.decode(content).is_err()) {
        return Err(invalid("content is not base64"));
    }
    let format = fields.optional_text("format")?.unwrap_or("native");
    if !FORMATS.contains(&format) {
        return Err(invalid(&format!("format is {format:?}; use one of {}", FORMATS.join(", "))));
    }
    let caption = fields.optional_text("body")?.unwrap_or_default();
    let media = json!({
        "type": fields.event_type, "filename": filename, "mime": mime, "format": format, "caption": caption, "content": content,
        "status": "available", "meta": duration(fields)?.map(|seconds| json!({"duration": seconds})),
    });
    add(state, fields, json!({"media": without_nulls(media)}))
}

/// Name and MIME type, each derived from the other if it is not given.
fn name_and_mime(fields: &Fields<'_>) -> Result<(String, String), ApiError> {
    let (name, mime) = (fields.optional_text("filename")?, fields.optional_text("mime")?);
    let default = FILENAMES.iter().find(|(name, _)| *name == fields.event_type).map_or("file", |(_, filename)| filename);
    let stem = default.split('.').next().unwrap_or_default();
    let from_mime = mime.and_then(mime_types::extension_of).map(|extension| format!("{stem}.{extension}"));
    let name = name.map(str::to_owned).or(from_mime).unwrap_or_else(|| default.to_owned());
    let mime = mime.or_else(|| mime_types::from_filename(&name)).unwrap_or(mime_types::UNKNOWN).to_owned();
    Ok((name, mime))
}

/// Seconds of a sound or video.
fn duration(fields: &Fields<'_>) -> Result<Option<Value>, ApiError> {
    match fields.get("duration") {
        Some(Value::Number(seconds)) => Ok(Some(seconds.clone().into())),
        Some(_) => Err(invalid("duration is not a number of seconds")),
        None => Ok(matches!(fields.event_type, "audio" | "video").then(|| json!(1))),
    }
}

/// A position, with or without a name and an address.
pub fn location(state: &mut AccountState, fields: &Fields<'_>) -> Result<Document, ApiError> {
    let location = fields.object("location")?;
    if ["lat", "lon"].iter().any(|name| !location.get(*name).is_some_and(Value::is_number)) {
        return Err(invalid("location needs the numbers lat and lon; name and address are optional"));
    }
    add(state, fields, json!({"location": location}))
}

/// Contact cards.
pub fn contacts(state: &mut AccountState, fields: &Fields<'_>) -> Result<Document, ApiError> {
    let cards: Vec<Value> = fields.list("contacts")?.iter().map(card).collect::<Result<_, _>>()?;
    add(state, fields, json!({"contacts": cards}))
}

fn card(contact: &Value) -> Result<Value, ApiError> {
    let text = |name: &str| contact.get(name).and_then(Value::as_str);
    let (Some(name), Some(phone)) = (text("name"), text("phone")) else {
        return Err(invalid("contacts holds objects with a name and a phone"));
    };
    let digits = wid_of_phone(phone).replace("@c.us", "");
    Ok(json!({"name": name, "formattedName": name, "phone": phone, "phones": [{"number": phone, "waid": digits}]}))
}

/// A poll without votes.
pub fn poll(state: &mut AccountState, fields: &Fields<'_>) -> Result<Document, ApiError> {
    let poll = fields.object("poll")?;
    let options = list_in(poll, "options")?;
    let name = str_at(poll, "name").ok_or_else(|| invalid("poll has no name"))?;
    if !options.iter().all(Value::is_string) {
        return Err(invalid("the options of poll are not all strings"));
    }
    let options: Vec<Value> = options.iter().map(|name| json!({"name": name})).collect();
    let multiple = poll.get("multiple") == Some(&Value::Bool(true));
    add(state, fields, json!({"poll": {"name": name, "options": options, "multiple": multiple}}))
}

/// Adds a message to its chat, and records its event.
fn add(state: &mut AccountState, fields: &Fields<'_>, content: Value) -> Result<Document, ApiError> {
    let (device, sender) = (fields.device(state)?, fields.sender()?);
    let chat = fields.chat(&sender)?;
    let mut message = without_nulls(content);
    let address = json!({
        "device": device, "chatWid": chat, "kind": fields.event_type, "quoted": quoted(state, fields, device)?,
        "meta": flags(state, fields, (device, &chat, &sender))?,
    });
    fill(&mut message, address);
    if chat != sender {
        fill(&mut message, json!({"author": sender, "fromNumber": phone_of_wid(&sender)}));
        group::ensure(state, device, &chat, &sender);
    }
    let message = conversation::add(state, &NewMessage { flow: "inbound", ack: "delivered", content: message });
    let event = if chat.ends_with("@newsletter") { "channel:in" } else { "message:in:new" };
    let data = |state: &AccountState| serializers::event_data(state, &message);
    state.record_webhook_event(event, device, EventSubject::message(&message), data);
    Ok(serializers::message(state, &message))
}

/// The name of the sender, and the flags of the message.
fn flags(state: &AccountState, fields: &Fields<'_>, (device, chat, sender): (&str, &str, &str)) -> Result<Value, ApiError> {
    let contact = serializers::contact_at(state, device, sender);
    let known = contact.as_ref().and_then(|contact| str_at(contact, "displayName"));
    Ok(json!({
        "notifyName": fields.optional_text("name")?.or(known), "isFirstMessage": state.store.get("chats", device, chat).is_none(),
        "isForwarded": fields.get("forwarded") == Some(&Value::Bool(true)),
    }))
}

/// The message that a message replies to.
fn quoted(state: &AccountState, fields: &Fields<'_>, device: &str) -> Result<Option<Value>, ApiError> {
    let Some(id) = fields.optional_text("quoted")? else { return Ok(None) };
    let quoted = state.find("messages", device, id)?;
    let field = |name: &str| quoted.get(name);
    Ok(Some(json!({
        "wid": id, "kind": field("kind"), "from": field("from"), "body": field("body"), "createdAt": field("date"),
        "reference": field("reference"),
    })))
}
