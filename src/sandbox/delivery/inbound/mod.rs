//! Events that no operation of the API causes: what senders write and change, and what becomes of sent messages.

mod changes;
mod content;
mod fields;
mod group;
mod status;

use serde_json::Value;

use crate::sandbox::delivery::inbound::fields::Fields;
use crate::sandbox::response::ApiError;
use crate::sandbox::state::AccountState;
use crate::sandbox::state::document::Document;

/// A type of event: the fields that it has in addition to `type`, and what it does.
struct EventType {
    name: &'static str,
    /// Groups of fields.
    fields: &'static [&'static [&'static str]],
    apply: fn(&mut AccountState, &Fields<'_>) -> Result<Document, ApiError>,
}

const SENDER: &[&str] = &["device", "from"];
const MESSAGE: &[&str] = &["device", "from", "chat", "name", "quoted", "forwarded"];
const FILE: &[&str] = &["body", "filename", "mime", "content", "format", "duration"];

static TYPES: [EventType; 14] = [
    EventType { name: "text", fields: &[MESSAGE, &["body"]], apply: content::text },
    EventType { name: "image", fields: &[MESSAGE, FILE], apply: content::file },
    EventType { name: "audio", fields: &[MESSAGE, FILE], apply: content::file },
    EventType { name: "video", fields: &[MESSAGE, FILE], apply: content::file },
    EventType { name: "document", fields: &[MESSAGE, FILE], apply: content::file },
    EventType { name: "location", fields: &[MESSAGE, &["location"]], apply: content::location },
    EventType { name: "contacts", fields: &[MESSAGE, &["contacts"]], apply: content::contacts },
    EventType { name: "poll", fields: &[MESSAGE, &["poll"]], apply: content::poll },
    EventType { name: "vote", fields: &[SENDER, &["message", "options"]], apply: changes::vote },
    EventType { name: "reaction", fields: &[SENDER, &["message", "reaction"]], apply: changes::react },
    EventType { name: "edit", fields: &[SENDER, &["message", "body"]], apply: changes::edit },
    EventType { name: "delete", fields: &[SENDER, &["message"]], apply: changes::delete },
    EventType { name: "join", fields: &[SENDER, &["chat"]], apply: group::join },
    EventType { name: "status", fields: &[&["message", "status", "reason"]], apply: status::report },
];

/// Causes an event; returns the message or group that it is about.
pub fn receive(state: &mut AccountState, event: &Value) -> Result<Document, ApiError> {
    let Value::Object(event) = event else { return Err(fields::invalid("must be an object with device, from and body")) };
    let event_type = event_type(event)?;
    let known = || event_type.fields.iter().copied().flatten().copied();
    if let Some(unknown) = event.keys().find(|name| *name != "type" && !known().any(|field| field == *name)) {
        let known: Vec<_> = known().collect();
        let problem = format!("unknown field {unknown}; the fields of type {} are {}", event_type.name, known.join(", "));
        return Err(fields::invalid(&problem));
    }
    (event_type.apply)(state, &Fields { event_type: event_type.name, fields: event })
}

fn event_type(event: &Document) -> Result<&'static EventType, ApiError> {
    let Some(name) = event.get("type") else { return Ok(&TYPES[0]) };
    let found = TYPES.iter().find(|event_type| name == event_type.name);
    found.ok_or_else(|| {
        let names: Vec<_> = TYPES.iter().map(|event_type| event_type.name).collect();
        fields::invalid(&format!("type is {name}; use one of {}", names.join(", ")))
    })
}
