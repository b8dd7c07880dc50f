//! Inbound messages. No operation creates them, only the sandbox's admin routes do.

use serde_json::{Value, json};

use crate::api;
use crate::sandbox::delivery::conversation;
use crate::sandbox::delivery::conversation::NewMessage;
use crate::sandbox::response::ApiError;
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::Document;
use crate::sandbox::state::events::EventSubject;
use crate::sandbox::state::schemas::wid_of_phone;

const FIELDS: &[&str] = &["device", "from", "body", "chat"];

/// Adds a message to a device's chat, and returns it as the chat contains it.
pub fn receive(state: &mut AccountState, fields: &Value) -> Result<Document, ApiError> {
    let content = content(state, fields)?;
    let is_channel = content.get("chatWid").and_then(Value::as_str).is_some_and(|wid| wid.ends_with("@newsletter"));
    let message = conversation::add(state, &NewMessage { flow: "inbound", ack: "delivered", content });
    let event = if is_channel { "channel:in" } else { "message:in:new" };
    let device = fields.get("device").and_then(Value::as_str).unwrap_or_default();
    let data = |state: &AccountState| conversation::event_data(state, &message);
    state.record_webhook_event(event, device, EventSubject::message(&message), data);
    Ok(message)
}

fn content(state: &AccountState, fields: &Value) -> Result<Document, ApiError> {
    let Value::Object(names) = fields else { return Err(invalid("must be an object with device, from and body")) };
    if let Some(unknown) = names.keys().find(|name| !FIELDS.contains(&name.as_str())) {
        return Err(invalid(&format!("unknown field {unknown}; the fields are {}", FIELDS.join(", "))));
    }
    let text = |name: &str| {
        let text = fields.get(name).and_then(Value::as_str);
        text.ok_or_else(|| invalid(&format!("{name} is missing or not a string")))
    };
    let (device, body) = (text("device")?, text("body")?);
    state.find("devices", "", device)?;
    let sender = parse_wid("from", text("from")?)?;
    let chat = fields.get("chat").and_then(Value::as_str).map_or(Ok(sender.clone()), |chat| parse_wid("chat", chat))?;
    let author = (chat != sender).then(|| ("author".to_owned(), json!({"wid": sender})));
    let content = [("device", device), ("chatWid", &chat), ("kind", "text"), ("body", body)];
    Ok(content.into_iter().map(|(name, value)| (name.to_owned(), value.into())).chain(author).collect())
}

/// A wid, or the wid of a phone number.
fn parse_wid(field: &str, text: &str) -> Result<String, ApiError> {
    let has_format = |format| api::format(format).is_ok_and(|format| format.is_match(text));
    match () {
        () if has_format("phone") => Ok(wid_of_phone(text)),
        () if has_format("chat_wid") => Ok(text.to_owned()),
        () => Err(invalid(&format!("{field} is {text:?}; use a phone number such as +447362053576, or a wid"))),
    }
}

fn invalid(problem: &str) -> ApiError {
    ApiError::new(400, format!("incoming: {problem}"))
}
