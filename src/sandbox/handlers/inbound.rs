//! A message from somebody outside. No operation does this: the sandbox's own controls do.

use serde_json::{Value, json};

use crate::api;
use crate::sandbox::response::ApiError;
use crate::sandbox::state::AccountState;
use crate::sandbox::state::delivery;
use crate::sandbox::state::delivery::NewMessage;
use crate::sandbox::state::schemas::wid_of_phone;
use crate::sandbox::state::store::Document;
use crate::sandbox::webhooks::events;
use crate::sandbox::webhooks::events::Subject;

/// What the caller may say of the message.
const FIELDS: &[&str] = &["device", "from", "body", "chat"];

pub fn receive(world: &mut AccountState, given: &Value) -> Result<Document, ApiError> {
    let Value::Object(fields) = given else { return Err(wrong("give an object with device, from and body")) };
    if let Some(unknown) = fields.keys().find(|name| !FIELDS.contains(&name.as_str())) {
        return Err(wrong(&format!("{unknown} is not known; there are {}", FIELDS.join(", "))));
    }
    let text =
        |name: &str| given.get(name).and_then(Value::as_str).ok_or_else(|| wrong(&format!("{name} is missing or not text")));
    let (device, body) = (text("device")?, text("body")?);
    world.find("devices", "", device)?;
    let sender = wid("from", text("from")?)?;
    let chat = given.get("chat").and_then(Value::as_str).map_or(Ok(sender.clone()), |chat| wid("chat", chat))?;
    let fields = json!({"device": device, "chatWid": chat, "kind": "text", "body": body});
    let Value::Object(mut content) = fields else { return Ok(Document::new()) };
    if chat != sender {
        content.insert("author".to_owned(), json!({"wid": sender}));
    }
    let message = delivery::add_to_chat(world, &NewMessage { flow: "inbound", ack: "delivered", content });
    let event = if chat.ends_with("@newsletter") { "channel:in" } else { "message:in:new" };
    events::tell(world, event, device, Subject::message(&message), |world| delivery::told(world, &message));
    Ok(message)
}

/// A wid, or the wid of a phone number.
fn wid(field: &str, text: &str) -> Result<String, ApiError> {
    let fits = |format| api::format(format).is_ok_and(|format| format.is_match(text));
    match () {
        () if fits("phone") => Ok(wid_of_phone(text)),
        () if fits("chat_wid") => Ok(text.to_owned()),
        () => Err(wrong(&format!("{field} is {text:?}: give a phone number such as +447362053576, or a wid"))),
    }
}

fn wrong(problem: &str) -> ApiError {
    ApiError::new(400, format!("incoming: {problem}"))
}
