//! Sending: the request body of every send operation becomes an outbound message.

use serde_json::{Value, json};

use crate::sandbox::handlers::serializers;
use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::document::{Document, str_at, value_at};
use crate::sandbox::state::schemas::chat_type_of_wid;
use crate::sandbox::state::{AccountState, facts, outbound, schemas};
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

/// The message type by operation; that of text and media depends on the file.
const MESSAGE_TYPES: &[(&str, &str)] = &[
    ("send.poll", "poll"),
    ("send.vote", "vote"),
    ("send.clear_vote", "vote"),
    ("send.event", "event"),
    ("send.event_response", "event"),
    ("send.location", "location"),
    ("send.contacts", "contact"),
    ("send.reaction", "reaction"),
    ("send.product", "product"),
    ("send.forward", "forward"),
];

/// Message types of files by extension.
const FILE_TYPES: &[(&str, &[&str])] = &[
    ("image", &["jpg", "jpeg", "png", "webp"]),
    ("video", &["mp4", "mov", "3gp", "gif"]),
    ("audio", &["mp3", "ogg", "oga", "m4a", "wav", "aac", "opus"]),
];

/// Puts a message into the queue of its device. Fails if what it refers to, such as an agent or a group, is missing.
pub fn send(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let device = &sender(state, call);
    ensure_accepting(state, call, device)?;
    if let Some(agent) = call.text("agent") {
        state.find("users", "", agent)?;
    }
    ensure_references_exist(state, call, device)?;
    let mut message = new_message(state, call, device)?;
    if is_immediate(call) {
        message.insert("waId".to_owned(), state.store.new_id(&schemas::MESSAGES, device).into());
    }
    let message = outbound::enqueue(state, message);
    Ok(Response::json(201, &serializers::view(state, &schemas::OUTBOUND, &message)))
}

/// The device that sends: the given one, or the first of the account.
fn sender(state: &AccountState, call: &Call) -> String {
    let first = || state.store.all("devices").next().and_then(|device| str_at(device, "id"));
    call.text("device").or_else(first).unwrap_or_default().to_owned()
}

/// Checks that the queue of the device accepts messages, and is running if the message must be sent immediately.
fn ensure_accepting(state: &AccountState, call: &Call, device: &str) -> Result<(), ApiError> {
    let device_document = state.find("devices", "", device)?;
    if outbound::queue_status(device_document) == "reject" {
        return Err(ApiError::new(409, "The queue of this device rejects messages; set its status to active"));
    }
    let is_immediate = is_immediate(call);
    if is_immediate && state.session_status(device_document) != "online" {
        return Err(ApiError::offline(Some(&call.operation.name)));
    }
    if is_immediate && !outbound::can_send(state, device) {
        return Err(ApiError::new(409, "The queue of this device is not running: nothing can be sent immediately"));
    }
    Ok(())
}

/// Whether the message must be sent at once, and so has its WhatsApp id in the answer.
fn is_immediate(call: &Call) -> bool {
    call.flag("live") || call.text("enqueue") == Some("never")
}

/// Checks that the device has the receiving group or channel, and the poll or event that the message responds to.
fn ensure_references_exist(state: &AccountState, call: &Call, device: &str) -> Result<(), ApiError> {
    let receiver = ["group", "channel", "chat"].iter().find_map(|name| call.text(name)).unwrap_or_default();
    let collection = match chat_type_of_wid(receiver) {
        "group" => Some("groups"),
        "channel" => Some("channels"),
        _ => None,
    };
    if let Some(collection) = collection.filter(|_| state.store.get("chats", device, receiver).is_none()) {
        state.find(collection, device, receiver)?;
    }
    for (field, kind) in [("vote.poll", "poll"), ("attend.event", "event")] {
        let Some(id) = call.text(field) else { continue };
        if str_at(state.find("messages", device, id)?, "kind") != Some(kind) {
            return Err(ApiError::invalid(
                &format!("body.{field}"),
                format!("The message is not of type {kind}"),
                "it has another type",
            ));
        }
    }
    Ok(())
}

fn new_message(state: &mut AccountState, call: &Call, device: &str) -> Result<Document, ApiError> {
    let body = call.fields_with_defaults();
    let user = facts::device_owner(state, state.find("devices", "", device)?);
    let fields = json!({
        "id": state.store.new_id(&schemas::OUTBOUND, ""), "device": device, "user": user, "wid": outbound::receiver_wid(&body), "type": type_of(state, call, &body)?,
        "source": "api", "status": "queued", "deliveryStatus": "pending", "webhookStatus": "pending",
        "createdAt": timestamp::now(), "retentionPolicy": "plan_defaults",
        "retry": {"max": body.get("retries"), "delay": 0, "count": 0},
    });
    let Value::Object(mut message) = fields else { return Ok(body) };
    message.extend(body);
    set_dates(&mut message)?;
    if call.operation.name == "send.clear_vote"
        && let Some(vote) = message.get_mut("vote")
    {
        vote["options"] = json!([]);
    }
    if let Some(text) = forwarded_text(state, &message) {
        message.insert("message".to_owned(), text);
    }
    ["retries", "expiration"].iter().for_each(|name| drop(message.shift_remove(*name)));
    Ok(message)
}

fn type_of(state: &AccountState, call: &Call, body: &Document) -> Result<&'static str, ApiError> {
    if let Some((_, kind)) = MESSAGE_TYPES.iter().find(|(name, _)| *name == call.operation.name) {
        return Ok(kind);
    }
    match str_at(body, "media.format") {
        Some("ptt") => return Ok("voice"),
        Some("gif") => return Ok("video"),
        _ => {}
    }
    if let Some(id) = str_at(body, "media.file") {
        return file_type(state, id);
    }
    let named = str_at(body, "media.filename").or_else(|| str_at(body, "media.url"));
    Ok(named.map_or("text", type_of_filename))
}

fn file_type(state: &AccountState, id: &str) -> Result<&'static str, ApiError> {
    let file = state.store.all("files").find(|file| str_at(file, "id") == Some(id));
    let file = file.ok_or_else(|| ApiError::new(404, "File not found"))?;
    Ok(type_of_filename(str_at(file, "filename").unwrap_or_default()))
}

fn type_of_filename(name: &str) -> &'static str {
    let path = name.split(['?', '#']).next().unwrap_or_default();
    let extension = path.rsplit('.').next().unwrap_or_default().to_lowercase();
    FILE_TYPES.iter().find(|(_, extensions)| extensions.contains(&extension.as_str())).map_or("document", |(kind, _)| kind)
}

/// Formats the delivery date as the service does, and sets when the message expires.
fn set_dates(message: &mut Document) -> Result<(), ApiError> {
    if let Some(date) = str_at(message, "deliverAt").and_then(timestamp::parse) {
        message.insert("deliverAt".to_owned(), timestamp::format(date).into());
    }
    let Some(expiration) = message.get("expiration").filter(|value| value.is_object()) else { return Ok(()) };
    let now = timestamp::now_millis();
    let text = |name: &str| expiration.get(name).and_then(Value::as_str);
    let expires = match (expiration.get("seconds").and_then(Value::as_i64), text("duration"), text("date")) {
        (Some(seconds), ..) => Some(now + seconds * 1000),
        (_, Some(duration), _) => timestamp::parse_duration(duration).map(|duration| now + duration),
        (.., date) => date.and_then(timestamp::parse),
    };
    let problem = "give seconds, a date, or a duration such as 15m, 1h or 1d";
    let expires =
        expires.ok_or_else(|| ApiError::invalid("body.expiration", format!("Invalid expiration: {problem}"), problem))?;
    if str_at(message, "deliverAt").and_then(timestamp::parse).is_some_and(|due| expires <= due) {
        let problem = "it expires before it is sent";
        return Err(ApiError::invalid("body.expiration", format!("Invalid expiration: {problem}"), problem));
    }
    message.insert("expiresAt".to_owned(), timestamp::format(expires).into());
    Ok(())
}

/// The text of the forwarded message, if the device has it.
fn forwarded_text(state: &AccountState, message: &Document) -> Option<Value> {
    let id = str_at(message, "forward.message")?;
    let source = state.store.get("messages", str_at(message, "device")?, id)?;
    value_at(source, "body").cloned()
}
