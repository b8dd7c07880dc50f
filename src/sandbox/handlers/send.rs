//! Messages to send. Every kind of them becomes an outbound message; what it holds is the body of the request.

use serde_json::{Value, json};

use crate::sandbox::response::{ApiError, Response};
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::{Document, str_at, value_at};
use crate::sandbox::state::facts;
use crate::sandbox::state::outbound;
use crate::sandbox::state::schemas;
use crate::sandbox::state::schemas::kind_of_wid;
use crate::sandbox::timestamp;
use crate::sandbox::validate::Call;

/// What an operation sends, by its name; files are looked at more closely.
const TYPES: &[(&str, &str)] = &[
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

/// Kinds of files by the ends of their names.
const KINDS: &[(&str, &[&str])] = &[
    ("image", &["jpg", "jpeg", "png", "webp"]),
    ("video", &["mp4", "mov", "3gp", "gif"]),
    ("audio", &["mp3", "ogg", "oga", "m4a", "wav", "aac", "opus"]),
];

pub fn send(state: &mut AccountState, call: &Call) -> Result<Response, ApiError> {
    let device = call.text("device").unwrap_or_default();
    ensure_taken(state, call, device)?;
    if let Some(agent) = call.text("agent") {
        state.find("users", "", agent)?;
    }
    ensure_known(state, call, device)?;
    let message = message(state, call, device)?;
    Ok(Response::json(201, &facts::public_message(&outbound::enqueue(state, message))))
}

/// Whether the device's queue takes messages, and can send at once where that is asked for.
fn ensure_taken(state: &AccountState, call: &Call, device: &str) -> Result<(), ApiError> {
    let found = state.find("devices", "", device)?;
    if outbound::queue_status(found) == "reject" {
        return Err(ApiError::new(409, "The queue of this device rejects messages: set its status to active"));
    }
    let at_once = call.flag("live") || call.text("enqueue") == Some("never");
    if at_once && state.session_status(found) != "online" {
        return Err(ApiError::offline(Some(&call.operation.name)));
    }
    if at_once && !outbound::can_send(state, device) {
        return Err(ApiError::new(409, "The queue of this device does not run: nothing can be sent at once"));
    }
    Ok(())
}

/// Whether the device has the group or channel that is written to, and the poll or event that is answered.
fn ensure_known(state: &AccountState, call: &Call, device: &str) -> Result<(), ApiError> {
    let receiver = ["group", "channel", "chat"].iter().find_map(|name| call.text(name)).unwrap_or_default();
    let joined = match kind_of_wid(receiver) {
        "group" => Some("groups"),
        "channel" => Some("channels"),
        _ => None,
    };
    if let Some(collection) = joined.filter(|_| state.store.get("chats", device, receiver).is_none()) {
        state.find(collection, device, receiver)?;
    }
    for (field, kind) in [("vote.poll", "poll"), ("attend.event", "event")] {
        let Some(id) = call.text(field) else { continue };
        if str_at(state.find("messages", device, id)?, "kind") != Some(kind) {
            return Err(ApiError::invalid(
                &format!("body.{field}"),
                format!("This message is no {kind}"),
                "it is of another kind",
            ));
        }
    }
    Ok(())
}

fn message(state: &mut AccountState, call: &Call, device: &str) -> Result<Document, ApiError> {
    let Some(kind) = schemas::kind("outbound") else { return Err(ApiError::new(500, "No outbound messages")) };
    let given = call.fields_with_defaults();
    let user = state.find("devices", "", device)?.get("user").cloned();
    let fields = json!({
        "id": state.store.new_id(kind, ""), "device": device, "user": user, "wid": outbound::receiver_wid(&given), "type": type_of(state, call, &given)?,
        "source": "api", "status": "queued", "deliveryStatus": "pending", "webhookStatus": "pending",
        "createdAt": timestamp::now(), "retentionPolicy": "plan_defaults",
        "retry": {"max": given.get("retries"), "delay": 0, "count": 0},
    });
    let Value::Object(mut message) = fields else { return Ok(given) };
    message.extend(given);
    set_moments(&mut message)?;
    if call.operation.name == "send.clear_vote"
        && let Some(vote) = message.get_mut("vote")
    {
        vote["options"] = json!([]);
    }
    if let Some(text) = forwarded(state, &message) {
        message.insert("message".to_owned(), text);
    }
    ["retries", "expiration"].iter().for_each(|name| drop(message.shift_remove(*name)));
    Ok(message)
}

fn type_of(state: &AccountState, call: &Call, given: &Document) -> Result<&'static str, ApiError> {
    if let Some((_, kind)) = TYPES.iter().find(|(name, _)| *name == call.operation.name) {
        return Ok(kind);
    }
    match str_at(given, "media.format") {
        Some("ptt") => return Ok("voice"),
        Some("gif") => return Ok("video"),
        _ => {}
    }
    if let Some(id) = str_at(given, "media.file") {
        return kind_of_file(state, id);
    }
    let named = str_at(given, "media.filename").or_else(|| str_at(given, "media.url"));
    Ok(named.map_or("text", kind_of_name))
}

fn kind_of_file(state: &AccountState, id: &str) -> Result<&'static str, ApiError> {
    let found = state.store.all("files").find(|file| str_at(file, "id") == Some(id));
    let file = found.ok_or_else(|| ApiError::new(404, "File not found"))?;
    Ok(kind_of_name(str_at(file, "filename").unwrap_or_default()))
}

fn kind_of_name(name: &str) -> &'static str {
    let path = name.split(['?', '#']).next().unwrap_or_default();
    let end = path.rsplit('.').next().unwrap_or_default().to_lowercase();
    KINDS.iter().find(|(_, ends)| ends.contains(&end.as_str())).map_or("document", |(kind, _)| kind)
}

/// Moments as the service writes them, and when to give the message up.
fn set_moments(message: &mut Document) -> Result<(), ApiError> {
    if let Some(moment) = str_at(message, "deliverAt").and_then(timestamp::read) {
        message.insert("deliverAt".to_owned(), timestamp::written(moment).into());
    }
    let Some(expiration) = message.get("expiration").filter(|value| value.is_object()) else { return Ok(()) };
    let now = timestamp::milliseconds();
    let text = |name: &str| expiration.get(name).and_then(Value::as_str);
    let end = match (expiration.get("seconds").and_then(Value::as_i64), text("duration"), text("date")) {
        (Some(seconds), ..) => Some(now + seconds * 1000),
        (_, Some(duration), _) => timestamp::duration(duration).map(|length| now + length),
        (.., date) => date.and_then(timestamp::read),
    };
    let problem = "give seconds, a date, or a duration such as 15m, 1h or 1d";
    let end = end.ok_or_else(|| ApiError::invalid("body.expiration", format!("Invalid expiration: {problem}"), problem))?;
    if str_at(message, "deliverAt").and_then(timestamp::read).is_some_and(|leaves| end <= leaves) {
        let problem = "the message would be given up before it is sent";
        return Err(ApiError::invalid("body.expiration", format!("Invalid expiration: {problem}"), problem));
    }
    message.insert("expiresAt".to_owned(), timestamp::written(end).into());
    Ok(())
}

/// The text of the message that is sent on, where the device has it.
fn forwarded(state: &AccountState, message: &Document) -> Option<Value> {
    let id = str_at(message, "forward.message")?;
    let source = state.store.get("messages", str_at(message, "device")?, id)?;
    value_at(source, "body").cloned()
}
